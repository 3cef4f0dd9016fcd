#!/usr/bin/env python3
# Every reference of generated telegrams, whose truth is known, leads to its
# telegram, and each telegram knows all that cite it. The generator stands
# beside the corpus; without it the test is skipped. TAP.
#
# SPDX-License-Identifier: ISC
#
# usage: references_truth.py CHANCERY [TELEGRAMS [CSV TRUTH]]

import json
import os
import subprocess
import sys
import tempfile

BATCH = 2000


def generate(folder, n):
    tool = os.path.join(os.environ['CHANCERY_CORPUS'], '..', 'tools',
                        'gen_corpus.py')
    csv = os.path.join(folder, 'g.csv')
    truth = os.path.join(folder, 'g.jsonl')
    subprocess.run([sys.executable, tool, str(n), '--jobs', '1', '--csv', csv,
                    '--truth', truth], check=True, stderr=subprocess.DEVNULL)
    return csv, truth


def main():
    chancery = os.path.abspath(sys.argv[1])
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    corpus = os.environ.get('CHANCERY_CORPUS', '')
    tool = os.path.join(corpus, '..', 'tools', 'gen_corpus.py')
    if len(sys.argv) <= 3 and (not corpus or not os.path.isfile(tool)):
        print('1..0 # SKIP no generator beside the corpus')
        return 0
    with tempfile.TemporaryDirectory() as folder:
        csv, truth = sys.argv[3:5] if len(sys.argv) > 4 else \
            generate(folder, n)
        archive = os.path.join(folder, 'a.sqlite')
        subprocess.run([chancery, 'import', '-a', archive, csv], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        want, citers = {}, {}
        with open(truth) as f:
            for line in f:
                fact = json.loads(line)
                want[fact['reference_id']] = fact['references']
                for ref in fact['references']:
                    citers.setdefault(ref, set()).add(fact['reference_id'])
        total = right = back = 0
        wrong = []
        ids = list(want)
        for at in range(0, len(ids), BATCH):
            out = subprocess.run([chancery, 'refs', '-a', archive, '--as',
                                  'json', *ids[at:at + BATCH]], check=True,
                                 stdout=subprocess.PIPE).stdout.decode()
            for line in out.splitlines():
                got = json.loads(line)
                key = got['canonical_id']
                led = [c['canonical_id'] for c in got['cites']]
                total += len(want[key])
                right += sum(a == b for a, b in zip(led, want[key]))
                if led != want[key]:
                    wrong.append(f'{key}: {led}, not {want[key]}')
                by = {c['canonical_id'] for c in got['cited_by']
                      if c['paragraph'] is None}
                back += by == citers.get(key, set())
                if by != citers.get(key, set()):
                    wrong.append(f'{key}: cited by {sorted(by)}')
    for line in wrong[:10]:
        print('# ' + line)
    print('1..2')
    print(f'# {right} of {total} references of {len(ids)} telegrams')
    print('not ' * (right != total or any(': [' in w for w in wrong)) +
          'ok 1 - each reference leads to its telegram')
    print('not ' * (back != len(ids)) +
          'ok 2 - each telegram knows who cites it')
    return 1 if wrong else 0


sys.exit(main())
