#!/bin/sh
# saved: searches under a name, what is new, to whom; feeds and mail.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
use_archive a.sqlite

telegram 7 >7.txt
telegram 8 "" ANCHOR >8.txt
telegram 9 "" ANCHOR >9.txt
telegram 10 "" ANCHOR | sed 's/^C O N F I D E N T I A L/S E C R E T/' >10.txt
run 0 "import" chancery import 7.txt 8.txt
run 0 "nothing is saved" chancery saved
[ ! -s out ]
ok $? "and said"
run 0 "save one" chancery saved add anchors subject:anchor
run 0 "and another" chancery saved add late is:overdue or lighthouse
run 3 "a name is taken" chancery saved add anchors x
err_has "there is a saved search anchors"
run 5 "a bad name" chancery saved add 'a b' x
err_has 'not "a b"'
run 5 "a bad query" chancery saved add bad 'x ('
err_has "^"
run 0 "the list" chancery saved list
out_has "anchors  0 new of 1  subject:anchor"
run 0 "nothing is new yet" chancery saved new anchors
out_has "anchors: 0 new"
run 0 "two more" chancery import 9.txt 10.txt
run 0 "the list knows" chancery saved --as json
out_has '"name":"anchors","query":"subject:anchor","total":3,"new":2'
run 0 "kept" chancery saved new -k anchors
out_has "anchors: 2 new"
out_has "08PORTARDEN10"
run 0 "told" chancery saved new --as json anchors
[ "$(wc -l <out)" -eq 2 ]
ok $? "each with a line"
out_has '"saved":"anchors"'
run 0 "once" chancery saved new anchors
out_has "anchors: 0 new"

# A correction is news, a copy of it is not.
sed 's/^SIPDIS/C O R R E C T E D  C O P Y (TEXT)\n\nSIPDIS/' 9.txt >9c.txt
run 0 "a corrected copy" chancery import 9c.txt
run 0 "is news" chancery saved new anchors
out_has "anchors: 1 new"

# A reader's are their own.
run 0 "a reader has none" chancery saved --reader C
[ ! -s out ]
ok $? "of the owner's"
run 3 "nor by name" chancery saved new --reader C anchors
run 0 "the same name is free" chancery saved add --reader C anchors anchor
run 0 "and counts what they see" chancery saved --reader C
out_has "anchors  0 new of 2"
telegram 11 "" ANCHOR >11.txt
telegram 12 "" ANCHOR | sed 's/^C O N F I D E N T I A L/S E C R E T/' >12.txt
run 0 "one for them, one not" chancery import 11.txt 12.txt
run 0 "news for the reader" chancery saved new --reader C anchors
out_has "anchors: 1 new"
run 0 "and for the owner" chancery saved new -k anchors
out_has "anchors: 2 new"

# A feed and mail.
run 0 "a feed" chancery saved new -k --as atom \
    --site https://registry.example anchors
out_has '<feed xmlns="http://www.w3.org/2005/Atom">'
out_has 'href="https://registry.example/t/08PORTARDEN11"'
out_has '<updated>2008-06-09T14:56:00Z</updated>'
python3 -c 'import sys, xml.dom.minidom as d
f = d.parse("out").documentElement
for e in [f] + f.getElementsByTagName("entry"):
    for n in ("id", "title", "updated"):
        assert [c for c in e.childNodes if c.nodeName == n], n
for e in f.getElementsByTagName("entry"):
    assert e.getElementsByTagName("author")' 2>err
ok $? "with what RFC 4287 wants"
run 5 "a feed is of one" chancery saved new --as atom
run 0 "into a Maildir" chancery saved new --maildir box anchors
out_has "2 delivered"
[ "$(ls box/new | wc -l)" -eq 2 ]
ok $? "what is new alone"
run 0 "once" chancery saved new --maildir box anchors
out_has "0 delivered"
run 0 "what is new of all" chancery saved new
out_has "late: 0 new"
echo x >file
run 6 "a Maildir that cannot be" chancery saved new --maildir file/box late
telegram 13 "" LIGHTHOUSE >13.txt
run 0 "one more" chancery import 13.txt
chancery saved new late >/dev/full 2>err
[ $? -ne 0 ]
ok $? "a full disk is told"
run 0 "and nothing is lost" chancery saved new late
out_has "late: 1 new"

# It outlives reading again; it can be forgotten.
run 0 "reindex" chancery reindex
run 0 "is still known" chancery saved new anchors
out_has "anchors: 0 new"
run 0 "remove" chancery saved remove anchors
run 3 "it is gone" chancery saved remove anchors
run 0 "the reader's is not" chancery saved --reader C
out_has "anchors"
run 5 "no such verb" chancery saved forget anchors

done_testing
