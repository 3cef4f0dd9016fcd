#!/usr/bin/env python3
"""Put files into the program.

    embed.py --name NAME --header INCLUDE OUT.c OUT.h -- FILE...
    embed.py --name NAME --header INCLUDE OUT.c OUT.h --depfile D -- FOLDER

Makes a table chy_NAME[] of chy_asset (base/asset.h), sorted by name, with
chy_NAME_count rows. INCLUDE is how the header is included: store/schema.h.
A folder is taken with all it holds; names are then paths below it.

SPDX-License-Identifier: ISC
"""

import hashlib
import os
import sys


def collect(paths):
    """(name, path) of every file, and the folders that were looked into."""
    found, folders = [], []
    for path in paths:
        if not os.path.isdir(path):
            found.append((os.path.basename(path), path))
            continue
        for where, dirs, files in os.walk(path):
            dirs[:] = sorted(d for d in dirs if not d.startswith("."))
            folders.append(where)
            for name in sorted(files):
                if name.startswith(".") or name == "meson.build":
                    continue
                full = os.path.join(where, name)
                found.append((os.path.relpath(full, path), full))
    return sorted(found), folders


def rows(data):
    for i in range(0, len(data), 20):
        yield "\t" + ",".join(str(b) for b in data[i:i + 20]) + ","


def main(argv):
    options, files = argv[1:argv.index("--")], argv[argv.index("--") + 1:]
    name = header = depfile = None
    outputs = []
    while options:
        word = options.pop(0)
        if word == "--name":
            name = options.pop(0)
        elif word == "--header":
            header = options.pop(0)
        elif word == "--depfile":
            depfile = options.pop(0)
        else:
            outputs.append(word)
    out_c, out_h = outputs
    found, folders = collect(files)

    note = "/* Made by tools/embed.py; do not edit. */\n"
    guard = "CHY_" + header.upper().replace("/", "_").replace(".", "_")
    with open(out_h, "w", encoding="utf-8") as f:
        f.write(f"{note}#ifndef {guard}\n#define {guard}\n\n"
                f"#include \"base/asset.h\"\n\n"
                f"extern const chy_asset chy_{name}[];\n"
                f"extern const size_t chy_{name}_count;\n\n#endif\n")
    with open(out_c, "w", encoding="utf-8") as f:
        f.write(f"{note}#include \"{header}\"\n\n")
        table = []
        for i, (short, path) in enumerate(found):
            with open(path, "rb") as g:
                data = g.read()
            f.write(f"static const unsigned char data_{i}[] = {{\n")
            for line in rows(data + b"\0"):
                f.write(line + "\n")
            f.write("};\n\n")
            tag = hashlib.sha256(data).hexdigest()[:16]
            quoted = short.replace("\\", "/").replace('"', "")
            table.append(f"\t{{ \"{quoted}\", {{ (const char *)data_{i}, "
                         f"{len(data)} }}, \"{tag}\" }},\n")
        f.write(f"const chy_asset chy_{name}[] = {{\n")
        f.writelines(table)
        f.write("\t{ NULL, { NULL, 0 }, NULL },\n};\n\n"
                f"const size_t chy_{name}_count = {len(found)};\n")
    if depfile:
        with open(depfile, "w", encoding="utf-8") as f:
            deps = " ".join(p.replace(" ", "\\ ")
                            for p in [p for _, p in found] + folders)
            f.write(f"{out_c} {out_h}: {deps}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
