#!/usr/bin/env python3
# Citations in REF lists of the real telegrams, as the program reads them,
# against what a person read there (citations-judged.tsv). A citation is right
# when the program has one of its letter, kind and value, in its order; one
# that the program has and the person not counts as wrong, too. TAP.
#
# SPDX-License-Identifier: ISC
#
# usage: citations_score.py CHANCERY

import difflib
import json
import os
import subprocess
import sys

TARGET = {'judged': 95.0, 'check': 95.0, 'fresh': 95.0}
HERE = os.path.dirname(os.path.abspath(__file__))


def judged():
    sets = {}
    with open(os.path.join(HERE, 'citations-judged.tsv')) as f:
        for line in f:
            if line.startswith('#'):
                continue
            which, tel, number, letter, kind, value = line.rstrip().split('\t')
            wanted = sets.setdefault(which, {}).setdefault(tel, [])
            if number != '0':
                wanted.append((letter, kind, value))
    return sets


def read(chancery, folder, ids):
    paths = [os.path.join(folder, i + '.txt') for i in ids]
    out = subprocess.run([chancery, 'read', '--as', 'json', *paths],
                         check=True, stdout=subprocess.PIPE).stdout
    telegrams = [json.loads(line) for line in out.decode().splitlines()]
    return dict(zip(ids, telegrams))


def triple(ref):
    kind = ref['kind']
    return (ref['letter'] or '-', kind,
            (ref.get('dtg') or ref['value'] or '-')
            if kind == 'telegram' else '-')


def main():
    corpus = os.environ.get('CHANCERY_CORPUS', '')
    folder = os.path.join(corpus, 'state-2000s')
    if not corpus or not os.path.isdir(folder):
        print('1..0 # SKIP no corpus: set CHANCERY_CORPUS')
        return 0
    sets = judged()
    print(f'1..{len(sets)}')
    failed = 0
    for n, (which, wanted) in enumerate(sets.items(), 1):
        telegrams = read(sys.argv[1], folder, list(wanted))
        all_of, right = 0, 0
        for tel, want in wanted.items():
            got = [triple(r) for r in telegrams[tel]['references']]
            match = difflib.SequenceMatcher(a=want, b=got, autojunk=False)
            same = sum(b.size for b in match.get_matching_blocks())
            right += same
            all_of += max(len(want), len(got))
            if same < max(len(want), len(got)):
                print(f'# {tel}: want {want} got {got}')
        share = 100.0 * right / all_of
        ok = share >= TARGET[which]
        failed += not ok
        print(f'# {which}: {right} of {all_of} right, {share:.1f} %')
        print(f'{"ok" if ok else "not ok"} {n} - citations {which}: at least '
              f'{TARGET[which]} % are read right')
    return 1 if failed else 0


sys.exit(main())
