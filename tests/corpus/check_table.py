#!/usr/bin/env python3
"""Findings by rule over the real telegrams, and those that were judged.

    check_table.py PROGRAM              the table
    check_table.py PROGRAM --draw N     N findings drawn over all rules
    check_table.py PROGRAM --test       TAP: the judged ones are found still,
                                        and how many are right

The telegrams are those of $CHANCERY_CORPUS.

The draw goes round the rules in the order of their codes, one finding of
each that has one left, chosen with a fixed seed, until N are drawn: so rare
rules are judged as well as common ones. What was judged by reading is in
checked.tsv: file, line, code, verdict (right, wrong), no text.

SPDX-License-Identifier: ISC
"""

import collections
import json
import os
import random
import subprocess
import sys

SEED = 20080609
here = os.path.dirname(os.path.abspath(sys.argv[0]))


def findings(program, corpus):
    out = subprocess.run(
        [program, "check", "--as", "json", "--today", "2026-01-01",
         os.path.join(corpus, "state-2000s")],
        capture_output=True, text=True, check=False).stdout
    return [json.loads(line) for line in out.splitlines()]


def key(row):
    return os.path.basename(row["file"]), row["line"], row["code"]


def draw(rows, n):
    by_code = collections.defaultdict(list)
    for row in rows:
        by_code[row["code"]].append(key(row))
    rand = random.Random(SEED)
    for code in sorted(by_code):
        rand.shuffle(by_code[code])
    drawn = []
    while len(drawn) < n and any(by_code.values()):
        for code in sorted(by_code):
            if by_code[code] and len(drawn) < n:
                drawn.append(by_code[code].pop())
    return drawn


def table(rows):
    count, files, severity = collections.Counter(), {}, {}
    for row in rows:
        code = row["code"]
        count[code] += 1
        files.setdefault(code, set()).add(row["file"])
        severity[code] = row["severity"]
    print(f"{'code':9} {'severity':8} {'findings':>8} {'telegrams':>9}")
    for code in sorted(count):
        print(f"{code:9} {severity[code]:8} {count[code]:8} "
              f"{len(files[code]):9}")
    print(f"{len(count)} rules, {sum(count.values())} findings, "
          f"{len(set(r['file'] for r in rows))} telegrams")


def judged():
    with open(os.path.join(here, "checked.tsv"), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                name, number, code, verdict = line.rstrip("\n").split("\t")
                yield (name, int(number), code), verdict


def test(rows):
    found = set(map(key, rows))
    verdicts = list(judged())
    right = sum(v == "right" for _, v in verdicts)
    gone = [k for k, v in verdicts if v == "right" and k not in found]
    print("1..2")
    for k in gone[:20]:
        print("# not found any more:", *k)
    print(f"{'not ok' if gone else 'ok'} 1 - what was judged right is found")
    good = len(verdicts) >= 200 and right >= 0.98 * len(verdicts)
    print(f"{'ok' if good else 'not ok'} 2 - {right} of {len(verdicts)} "
          "findings drawn at random are right")
    return 1 if gone or not good else 0


def main(argv):
    program, corpus = argv[1], os.environ.get("CHANCERY_CORPUS", "")
    if not os.path.isdir(os.path.join(corpus, "state-2000s")):
        print("1..0 # SKIP no corpus; set CHANCERY_CORPUS")
        return 0
    rows = findings(os.path.abspath(program), corpus)
    if "--test" in argv:
        return test(rows)
    if "--draw" in argv:
        for k in draw(rows, int(argv[argv.index("--draw") + 1])):
            print(*k, sep="\t")
        return 0
    table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
