#!/usr/bin/env python3
# References of made telegrams against what is known of them: every number that
# a list cites is read, and every one is found.
#
# usage: references_truth.py CHANCERY ARCHIVE TRUTH
#
# TRUTH has an object a line, {"reference_id": ID, "references": [ID, ...]}, of
# telegrams that are all in the archive. Prints what differs, the first ten, and
# the score; exit status 1 where anything does.
#
# SPDX-License-Identifier: ISC

import json
import subprocess
import sys

SHOWN = 10


def main(chancery, archive, truth_path):
    with open(truth_path, encoding='utf-8') as f:
        truth = {d['reference_id']: sorted(set(d['references']))
                 for d in map(json.loads, f)}
    run = [chancery, '--archive', archive]
    seen, cited, wrong = set(), 0, 0
    with subprocess.Popen(run + ['export', ''], stdout=subprocess.PIPE) as p:
        for line in p.stdout:
            told = json.loads(line)
            number = told['reference_id']
            if number not in truth or number in seen:
                continue
            seen.add(number)
            read = sorted({r['value'] for r in told['references']
                           if r['kind'] == 'telegram'})
            cited += len(truth[number])
            lost = [v for v in read if v not in truth]
            if read != truth[number] or lost:
                wrong += 1
                if wrong <= SHOWN:
                    print(f'{number}: read {read}, true {truth[number]}')
    if p.returncode != 0:
        print('the export failed')
        return 1
    missing = len(truth) - len(seen)
    stats = json.loads(subprocess.run(run + ['stats', '--as', 'json'],
                                      stdout=subprocess.PIPE,
                                      check=True).stdout)
    resolved = stats['references_resolved']
    print(f'{len(seen)} telegrams, {missing} not there; {cited} references, '
          f'{wrong} telegrams read wrong; {stats["references"]} told, '
          f'{resolved} resolved')
    return 1 if wrong or missing or resolved != stats['references'] else 0


if __name__ == '__main__':
    if len(sys.argv) != 4:
        sys.exit('usage: references_truth.py CHANCERY ARCHIVE TRUTH')
    sys.exit(main(*sys.argv[1:]))
