#!/usr/bin/env python3
# Import beside Xapian and notmuch: the same telegrams, whole, indexed by each,
# in turns. What counts is the user's CPU time, for all three read other forms.
#
# usage: peers.py CHANCERY FOLDER [ROUNDS]
#
# FOLDER holds one telegram a file, at any depth. Chancery reads, files, names and
# follows everything; Xapian gets the text and nothing else (its TermGenerator, with
# positions, as notmuch uses it); notmuch gets each telegram as the body of a
# mail, made beforehand. Needs notmuch and Python's xapian.
#
# SPDX-License-Identifier: ISC

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

XAPIAN = '''
import os, sys, xapian
db = xapian.WritableDatabase(sys.argv[2], xapian.DB_CREATE_OR_OPEN)
terms = xapian.TermGenerator()
terms.set_stemmer(xapian.Stem('none'))
for root, _, files in os.walk(sys.argv[1]):
    for name in files:
        with open(os.path.join(root, name), 'rb') as f:
            doc = xapian.Document()
            terms.set_document(doc)
            terms.index_text(f.read())
            db.add_document(doc)
db.commit()
'''


def files_of(folder):
    for root, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(root, name)


def write_mails(folder, mails):
    for place in ('cur', 'new', 'tmp'):
        os.makedirs(os.path.join(mails, place))
    total = 0
    for n, path in enumerate(files_of(folder)):
        with open(path, 'rb') as f:
            text = f.read()
        total += len(text)
        subject = re.search(rb'^SUBJECT: *([^\r\n]*)', text, re.M)
        with open(os.path.join(mails, 'cur', f'{n}:2,S'), 'wb') as f:
            f.write(b'From: post@example.org\nTo: all@example.org\n'
                    b'Date: Fri, 05 Mar 2004 10:00:00 +0000\n'
                    b'Message-ID: <%d@example.org>\nSubject: %s\n'
                    b'Content-Type: text/plain; charset=utf-8\n'
                    b'Content-Transfer-Encoding: 8bit\n\n'
                    % (n, subject.group(1) if subject else b'none'))
            f.write(text)
    return n + 1, total


def user_seconds(command, env=None):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(p) for p in files_of(path))


def main(chancery, folder, rounds=3):
    seconds = {'chancery': [], 'xapian': [], 'notmuch': []}
    sizes = {}
    with tempfile.TemporaryDirectory() as top:
        mails = os.path.join(top, 'mail')
        telegrams, total = write_mails(folder, mails)
        config = os.path.join(top, 'config')
        with open(config, 'w', encoding='utf-8') as f:
            f.write(f'[database]\npath={mails}\n[user]\nname=A\n'
                    'primary_email=post@example.org\n[new]\ntags=\n')
        env = dict(os.environ, NOTMUCH_CONFIG=config)
        archive = os.path.join(top, 'archive.chy')
        index = os.path.join(top, 'xapian')
        for _ in range(int(rounds)):
            for path in (archive, archive + '-wal', archive + '-shm'):
                if os.path.exists(path):
                    os.unlink(path)
            shutil.rmtree(index, ignore_errors=True)
            shutil.rmtree(os.path.join(mails, '.notmuch'), ignore_errors=True)
            seconds['chancery'].append(user_seconds(
                [chancery, '--archive', archive, 'import', folder]))
            seconds['xapian'].append(user_seconds(
                [sys.executable, '-c', XAPIAN, folder, index]))
            seconds['notmuch'].append(user_seconds(['notmuch', 'new'], env))
        sizes['chancery'] = size_of(archive)
        sizes['xapian'] = size_of(index)
        sizes['notmuch'] = size_of(os.path.join(mails, '.notmuch'))
    print(f'{telegrams} telegrams, {total / 1e6:.1f} MB, {rounds} rounds')
    print('             user CPU s  (least to most)  times ours  size/source')
    for name, took in seconds.items():
        ratio = statistics.median(
            t / ours for t, ours in zip(took, seconds['chancery']))
        print(f'{name:10} {statistics.median(took):12.2f}  '
              f'({min(took):.2f} to {max(took):.2f}) {ratio:10.1f} '
              f'{sizes[name] / total:12.2f}')
    return 0


if __name__ == '__main__':
    if len(sys.argv) not in (3, 4):
        sys.exit('usage: peers.py CHANCERY FOLDER [ROUNDS]')
    sys.exit(main(*sys.argv[1:]))
