#!/usr/bin/env python3
# Fidelity: what the program reads from the real telegrams of the corpus, field
# by field against the facts that stand beside them, for the text, the page and
# the CSV form. Prints every miss and the score; exit status 1 below a target.
#
# SPDX-License-Identifier: ISC
#
# usage: fidelity.py CHANCERY CORPUS

import json
import os
import subprocess
import sys

# Files that contradict themselves, with the reason (the fields excused).
CONTRADICTORY = {
    '88BAGHDAD28': ({'reference_id', 'dtg', 'classification', 'origin',
                     'tags', 'references'},
                    'header and body are of two telegrams'),
    '08RABAT727': ({'classification'},
                   'the page says SECRET over a CONFIDENTIAL text'),
}

TARGETS = {'reference_id': 100.0, 'dtg': 100.0, 'classification': 100.0,
           'origin': 100.0, 'tags': 99.5, 'references': 99.0}

# Fields that say where a telegram came from, not what it says.
PROVENANCE = {'file', 'part', 'wrapper', 'id_basis'}


def read(chancery, paths):
    out = subprocess.run([chancery, 'read', '--as', 'json', *paths],
                         check=True, stdout=subprocess.PIPE).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


def expected_and_got(fact, tel):
    """Yield (field, expected, got) for all that may be compared."""
    yield 'reference_id', fact['reference_id'], tel['canonical_id']
    if fact['dtg'] is not None:
        yield 'dtg', fact['dtg'], tel['dtg_iso']
    level = tel['classification'] and tel['classification']['level']
    yield 'classification', fact['classification'], level
    name = tel['originator'] and tel['originator']['name']
    yield 'origin', fact['origin'], name
    if fact['tags_complete']:
        yield 'tags', fact['tags'], tel['tags_raw']
    if fact['references'] is not None:
        seen = []
        for ref in tel['references']:
            if ref['kind'] == 'telegram' and ref['value'] not in seen:
                seen.append(ref['value'])
        want = []
        for ref in fact['references']:
            if ref not in want:
                want.append(ref)
        yield 'references', want, seen


def score(form, facts, telegrams):
    total, right = {}, {}
    for fact in facts:
        key = fact['reference_id']
        tel = telegrams.get(key)
        excused, reason = CONTRADICTORY.get(key, (set(), ''))
        if tel is None:
            print(f'miss {form} {key} not read')
            for field in TARGETS:
                total[field] = total.get(field, 0) + 1
            continue
        for field, want, got in expected_and_got(fact, tel):
            if field in excused and want != got:
                print(f'excused {form} {key} {field}: {reason}')
                continue
            total[field] = total.get(field, 0) + 1
            if want == got:
                right[field] = right.get(field, 0) + 1
            else:
                print(f'miss {form} {key} {field}: want {want} got {got}')
    passed = True
    for field, target in TARGETS.items():
        n = total.get(field, 0)
        got = 100.0 * right.get(field, 0) / n if n else 0.0
        ok = n > 0 and got >= target
        passed &= ok
        print(f'{form:5} {field:15} {right.get(field, 0):5} of {n:5} '
              f'{got:7.2f} % (target {target} %){"" if ok else "  BELOW"}')
    return passed


def same(form, a, b):
    """Two readings of one telegram agree but for where it came from."""
    bad = [k for k in a if k not in PROVENANCE and a[k] != b.get(k)]
    if bad:
        print(f'differs {form} {a["file"]}: {", ".join(bad)}')
    return not bad


def main():
    chancery, corpus = sys.argv[1:3]
    folder = os.path.join(corpus, 'state-2000s')
    if not os.path.isdir(folder):
        print(f'fidelity: the corpus is absent: {folder}\n'
              'set CHANCERY_CORPUS to the folder that holds state-2000s',
              file=sys.stderr)
        return 2
    with open(os.path.join(corpus, 'state-2000s.facts.jsonl')) as f:
        facts = [json.loads(line) for line in f]
    by_key = {f['reference_id']: f for f in facts}

    names = sorted(os.listdir(folder))
    texts = {}
    for tel, name in zip(read(chancery, [os.path.join(folder, n)
                                         for n in names]), names):
        texts[name[:-4]] = tel
    passed = score('text', facts, texts)

    folder = os.path.join(corpus, 'html')
    names = sorted(os.listdir(folder))
    pages = {}
    for tel, name in zip(read(chancery, [os.path.join(folder, n)
                                         for n in names]), names):
        pages[name[:-5]] = tel
    passed &= score('page', [by_key[k] for k in pages], pages)

    records = {}
    for tel in read(chancery, [os.path.join(corpus, 'state-2000s.csv')]):
        records[tel['wrapper']['reference_id']] = tel
    passed &= score('csv', facts, records)

    agree = 0
    for key, tel in list(pages.items()) + list(records.items()):
        form = tel['wrapper']['kind']
        agree += same(form, tel, texts[key])
    total = len(pages) + len(records)
    print(f'same fields from text, page and csv: {agree} of {total}')
    passed &= agree == total
    return 0 if passed else 1


sys.exit(main())
