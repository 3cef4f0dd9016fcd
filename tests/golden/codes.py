#!/usr/bin/env python3
"""Every diagnostic that can be reported occurs in a golden .lint, and not in
the one that is close by.

    codes.py PROGRAM

SPDX-License-Identifier: ISC
"""

import json
import os
import re
import subprocess
import sys

here = os.path.dirname(os.path.abspath(sys.argv[0]))
table = os.path.join(here, "../../src/diag/diagnostics.def")
golden = os.path.join(here, "check")


def shown(name):
    try:
        with open(os.path.join(golden, name), encoding="utf-8") as f:
            return set(re.findall(r"\[([A-Z0-9]+-\d+)\]$", f.read(), re.M))
    except FileNotFoundError:
        return None


def main(program):
    with open(table, encoding="utf-8") as f:
        codes = re.findall(r'^DIAG\(\w+,\s*"([A-Z0-9]+-\d+)"', f.read(), re.M)
    out = subprocess.run([program, "explain", "--as", "json"] + codes,
                         capture_output=True, text=True, check=True).stdout
    about = {}
    for line in out.splitlines():
        row = json.loads(line)
        if row["kind"] == "diagnostic":
            about[row["code"]] = row
    print(f"1..{len(codes)}")
    failed = 0
    for n, code in enumerate(codes, 1):
        why = ""
        if about[code]["reported_by"] == "nobody":
            if not about[code].get("waits_for"):
                why = "nobody reports it, and it waits for nothing"
        elif code not in (shown(f"{code}.lint") or ()):
            why = f"not in check/{code}.lint"
        elif code in (shown(f"{code}-silent.lint") or {code}):
            why = f"in check/{code}-silent.lint, or there is none"
        elif "example" not in about[code]:
            why = "explain has no example"
        print(f"{'not ok' if why else 'ok'} {n} - {code}"
              + (f": {why}" if why else ""))
        failed |= bool(why)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
