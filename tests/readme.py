#!/usr/bin/env python3
# The README's examples print what it says they print. A line "    $ command"
# is run in a scratch folder that has the samples; the indented lines after it
# are what must come out, empty lines apart. "..." alone on a line stands for lines left out.
#
# SPDX-License-Identifier: ISC
#
# usage: readme.py PROGRAM README SAMPLES

import os
import shutil
import subprocess
import sys
import tempfile


def examples(path):
    command, lines = None, []
    for line in open(path):
        if line.startswith('    $ '):
            if command:
                yield command, lines
            command, lines = line[6:].rstrip('\n'), []
        elif line.startswith('    ') and command:
            lines.append(line[4:].rstrip('\n'))
        elif line.strip() and command:
            yield command, lines
            command = None
    if command:
        yield command, lines


def fits(want, got):
    if '...' not in want:
        return want == got
    at = want.index('...')
    tail = want[at + 1:]
    return got[:at] == want[:at] and len(got) >= len(want) - 1 and (
        not tail or got[-len(tail):] == tail)


def main():
    program, readme, samples = map(os.path.abspath, sys.argv[1:4])
    scratch = tempfile.mkdtemp()
    failed = n = 0
    try:
        os.mkdir(os.path.join(scratch, 'build'))
        os.symlink(program, os.path.join(scratch, 'build', 'chancery'))
        os.symlink(samples, os.path.join(scratch, 'samples'))
        env = dict(os.environ, CHANCERY_ARCHIVE='samples.sqlite')
        env.pop('CHANCERY_READER', None)
        for command, want in examples(readme):
            n += 1
            out = subprocess.run(['sh', '-c', command], cwd=scratch, env=env,
                                 stdout=subprocess.PIPE).stdout
            got = [line.rstrip() for line in out.decode().splitlines()
                   if line.strip()]
            if want and not fits(want, got):
                failed += 1
                print(f'not ok {n} - README: {command}')
                for line in got:
                    print(f'# got: {line}')
            else:
                print(f'ok {n} - README: {command}')
    finally:
        shutil.rmtree(scratch)
    print(f'1..{n}')
    return 1 if failed or n == 0 else 0


sys.exit(main())
