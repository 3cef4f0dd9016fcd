#!/usr/bin/env python3
# Writes the schema's SQL files as one C array: embed_schema.py OUT IN...
# The name of a file is engine-NNN.sql.
#
# SPDX-License-Identifier: ISC
import pathlib
import sys

out, names = sys.argv[1], sorted(sys.argv[2:], key=lambda n: pathlib.Path(n).name)
with open(out, "w", encoding="ascii") as f:
    f.write("/* Made by tools/embed_schema.py. */\n#include \"store/store_int.h\"\n\n")
    for i, name in enumerate(names):
        data = pathlib.Path(name).read_bytes() + b"\0"
        f.write("static const char step_%d[] = {\n" % i)
        for at in range(0, len(data), 16):
            f.write("\t" + ", ".join("%d" % b for b in data[at:at + 16]) + ",\n")
        f.write("};\n\n")
    f.write("const chy_schema_step chy_schema_steps[] = {\n")
    for i, name in enumerate(names):
        engine, version = pathlib.Path(name).stem.rsplit("-", 1)
        f.write("\t{ \"%s\", %d, step_%d },\n" % (engine, int(version), i))
    f.write("};\nconst size_t chy_schema_step_count = %d;\n" % len(names))
