#!/usr/bin/env python3
"""What is made of the table of diagnostics and its golden telegrams.

    gen_diagnostics.py examples ROOT OUT.c OUT.h [DEPFILE]
    gen_diagnostics.py manual ROOT OUT.7 [DEPFILE]

The examples are a C table of chy_asset (base/asset.h), a row a code: the
lines of tests/golden/check/CODE.lint that show it. The manual is
chancery-diagnostics(7).

SPDX-License-Identifier: ISC
"""

import os
import re
import sys

ROW = re.compile(r'^DIAG\((\w+),\s*"([^"]+)",\s*(\w+),\s*(\w+),\s*'
                 r'"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\)')
RETIRED = re.compile(r'^DIAG_RETIRED\((\w+),\s*"([^"]+)",\s*"([^"]*)",\s*'
                     r'"((?:[^"\\]|\\.)*)"')
ADVICE = re.compile(r'^ADVICE\((\w+),\s*"((?:[^"\\]|\\.)*)"\)')
AREA = re.compile(r'^AREA\("([^"]+)",\s*"([^"]+)",\s*"([^"]+)"\)')
REPAIR = re.compile(r"^REPAIR\((\w+),\s*(\w+),")


def rows(path, pattern):
    with open(path, encoding="utf-8") as f:
        return [m.groups() for m in map(pattern.match, f) if m]


def example(golden, code):
    """The finding and the lines under it, without the file's name."""
    try:
        with open(os.path.join(golden, code + ".lint"),
                  encoding="utf-8") as f:
            lines = f.read().split("\n")
    except FileNotFoundError:
        return ""
    for i, line in enumerate(lines):
        if line.endswith(f"[{code}]"):
            out = []
            for more in lines[i + 1:]:
                if not more.startswith("    "):
                    break
                out.append(more[4:])
            return "\n".join(out)
    return ""


def quote(text):
    body = "".join(f"\\{ord(c):03o}" if c in '"\\?' or ord(c) < 32 else c
                   for c in text)
    return '"' + body.replace("\\012", '\\n"\n\t    "') + '"'


def examples(root, out_c, out_h):
    golden = os.path.join(root, "tests/golden/check")
    codes = sorted(r[1] for r in rows(
        os.path.join(root, "src/diag/diagnostics.def"), ROW))
    note = "/* Made by tools/gen_diagnostics.py; do not edit. */\n"
    with open(out_h, "w", encoding="utf-8") as f:
        f.write(f"{note}#ifndef CHY_CMD_EXAMPLES_H\n"
                "#define CHY_CMD_EXAMPLES_H\n\n#include \"base/asset.h\"\n\n"
                "/* By code; a name of NULL ends the table. */\n"
                "extern const chy_asset chy_examples[];\n\n#endif\n")
    with open(out_c, "w", encoding="utf-8") as f:
        f.write(f'{note}#include "cmd/examples.h"\n\n'
                "const chy_asset chy_examples[] = {\n")
        for code in codes:
            text = example(golden, code)
            if text:
                size = len(text.encode("utf-8"))
                f.write(f'\t{{ "{code}", {{ {quote(text)}, {size} }}, "" }},\n')
        f.write("\t{ NULL, { NULL, 0 }, NULL },\n};\n")


def mdoc(text):
    """A sentence a line."""
    text = re.sub(r"\. (?=[A-Z][a-z ]|[A-Z]$)", ".\n", text)
    return literal(text)


def literal(text):
    text = text.replace("\\", "\\e")
    text = "".join(c if ord(c) < 127 else f"\\[u{ord(c):04X}]" for c in text)
    return "\\&" + text if text[:1] in ".'" else text


def unescape(text):
    return text.replace('\\"', '"').replace("\\\\", "\\")


def manual(root, out):
    def src(name):
        return os.path.join(root, "src", name)
    advice = dict(rows(src("check/advice.def"), ADVICE))
    repair = dict(rows(src("check/repairs.def"), REPAIR))
    diags = rows(src("diag/diagnostics.def"), ROW)
    retired = rows(src("diag/diagnostics.def"), RETIRED)
    golden = os.path.join(root, "tests/golden/check")
    with open(out, "w", encoding="utf-8") as f:
        f.write('.\\" Made by tools/gen_diagnostics.py; do not edit.\n'
                '.\\" SPDX-License-Identifier: ISC\n'
                ".Dd November 25, 2026\n.Dt CHANCERY-DIAGNOSTICS 7\n.Os\n"
                ".Sh NAME\n.Nm chancery-diagnostics\n"
                ".Nd rules that telegrams are checked against\n"
                ".Sh DESCRIPTION\n"
                "Every finding of\n.Xr chancery-check 1\nhas one of these "
                "codes.\nA code is stable for ever.\nThe first severity is "
                "for a telegram that was received, the second for one that "
                "is being written:\n.Cm note\nrecords,\n.Cm style\nis a "
                "convention not kept,\n.Cm warning\na rule broken whose "
                "meaning is clear still,\n.Cm error\nwhat could not be read, "
                "or may not be sent like this.\nA rule that is\n.Cm off\n"
                "is not reported.\n")
        for prefix, name, why in rows(src("check/areas.def"), AREA):
            mine = [d for d in diags if d[1].startswith(prefix)]
            if not mine:
                continue
            f.write(f".Ss {mdoc(name[0].upper() + name[1:])}\n{mdoc(why)}\n"
                    ".Bl -tag -width Ds\n")
            for ident, code, reading, drafting, text, source in mine:
                f.write(f".It Sy {code} ( {reading.lower()} , "
                        f"{drafting.lower()} )\n"
                        f"{mdoc(unescape(text))}.\n")
                if ident in advice:
                    f.write(mdoc(unescape(advice[ident])) + "\n")
                elif prefix in ("MAIL-", "SVC-"):
                    f.write("It waits for its form to be read.\n")
                if ident in repair:
                    f.write(".Fl -fix\nmends it"
                            + (".\n" if repair[ident] == "SAFE" else
                               " where all are asked for.\n"))
                shown = example(golden, code)
                if shown:
                    f.write(".Bd -literal -offset indent -compact\n"
                            + "\n".join(literal(s) for s in shown.split("\n"))
                            + "\n.Ed\n")
                f.write(f"Source: {mdoc(unescape(source).rstrip('.'))}.\n")
            f.write(".El\n")
        f.write(".Ss Retired\n.Bl -tag -width Ds -compact\n")
        for _, code, instead, _ in retired:
            f.write(f".It Sy {code}\n{mdoc(instead)}\n")
        f.write(".El\n.Sh EXAMPLES\nWhat a code means:\n.Pp\n"
                ".Dl $ chancery explain CLS-022\n.Sh SEE ALSO\n"
                ".Xr chancery-check 1 ,\n.Xr chancery-explain 1\n")


def main(argv):
    mode, root = argv[1:3]
    if mode == "examples":
        examples(root, *argv[3:5])
        outputs, dep = argv[3:5], argv[5:]
    else:
        manual(root, argv[3])
        outputs, dep = argv[3:4], argv[4:]
    if dep:
        golden = os.path.join(root, "tests/golden/check")
        used = [os.path.join(root, "src", p) for p in (
            "diag/diagnostics.def", "check/advice.def", "check/areas.def",
            "check/repairs.def")]
        used += [golden] + [os.path.join(golden, p)
                            for p in sorted(os.listdir(golden))
                            if p.endswith(".lint")
                            and not p.endswith("-silent.lint")]
        with open(dep[0], "w", encoding="utf-8") as f:
            f.write(" ".join(outputs) + ": " + " ".join(used) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
