#!/bin/sh
# import, search, count, facets, show, refs, thread, export, stats, verify,
# reindex: one archive from beginning to end.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"

mkdir in in/sub
telegram 7 >in/08PORTARDEN7.txt
telegram 8 "08 PORT ARDEN 7" ANCHOR >in/sub/08PORTARDEN8.txt
telegram 9 "08 PORT ARDEN 8, 08 STATE 999" >in/08PORTARDEN9.txt

run 3 "no archive yet" chancery search harbour
err_has "there is no archive at $XDG_DATA_HOME/chancery/archive.sqlite"
err_has "chancery import"

run 0 "import makes one" chancery import in
out_has "3 new"
[ -f "$XDG_DATA_HOME/chancery/archive.sqlite" ]
ok $? "where XDG_DATA_HOME says"
run 0 "again" chancery import in
out_has "0 new"
out_has "3 known"

use_archive "$work/a.sqlite"
run 0 "another archive" chancery import --as json in
out_has '"new":3'

run 0 "count" chancery count anchor
[ "$(cat out)" = 1 ]
ok $? "count prints the number alone"
run 0 "count of all" chancery count
[ "$(cat out)" = 3 ]
ok $? "counts all"
run 0 "search" chancery search --as json anchor
out_has '"canonical_id":"08PORTARDEN8"'
out_has '"snippet":'
[ "$(wc -l <out)" -eq 1 ]
ok $? "one object a telegram"
run 0 "search for people" chancery search from:'"port arden"' lighthouse
out_has "query: "
out_has "2 telegrams"
run 0 "nothing found is an answer" chancery search --as json nosuchword
[ ! -s out ]
ok $? "and has no lines"
run 5 "a bad query" chancery search 'harbour and (lighthouse'
err_has "^"
run 0 "limit" chancery search --as json --limit 1 harbour
[ "$(wc -l <out)" -eq 1 ]
ok $? "one a page"
run 5 "a limit too high" chancery search --limit 1001 harbour
run 0 "facets" chancery facets --as json
out_has '"facet":"year"'

run 0 "show" chancery show --as json 08PORTARDEN7
out_has '"canonical_id":"08PORTARDEN7"'
run 0 "in another spelling" chancery show "08 PORT ARDEN 000007"
out_has "lighthouse dues"
run 0 "raw" chancery show --as raw 08PORTARDEN7
cmp -s out in/08PORTARDEN7.txt
ok $? "raw gives the bytes"
run 0 "one paragraph" chancery show 08PORTARDEN7#2
out_has "ferry"
out_lacks "lighthouse"
run 3 "not filed" chancery show 08PORTARDEN70 08PORTARDEN7
err_has "08PORTARDEN70"
out_has "lighthouse dues" "the other one is shown"

run 0 "refs" chancery refs --as json 08PORTARDEN8
out_has '"canonical_id":"08PORTARDEN7"'
out_has '"cited_by":[{"canonical_id":"08PORTARDEN9"'
run 0 "thread" chancery thread --as json 08PORTARDEN9
[ "$(wc -l <out)" -eq 4 ]
ok $? "three filed, one missing"
out_has '"missing":true'
run 0 "thread for people" chancery thread 08PORTARDEN9
out_has "1 missing"

run 0 "export" chancery export
[ "$(wc -l <out)" -eq 3 ]
ok $? "a line each"
run 5 "export to what is not there" chancery export --to papyrus
err_has "jsonl"
run 0 "stats" chancery stats --as json
out_has '"telegrams":3'
run 0 "verify" chancery verify
out_has "all sound"
run 0 "reindex" chancery reindex
run 0 "the same after it" chancery count anchor
[ "$(cat out)" = 1 ]
ok $? "found again"

# A reader sees what they would see if the rest did not exist.
run 0 "a reader below" chancery count --reader U
[ "$(cat out)" = 0 ]
ok $? "nothing above them is counted"
run 3 "nor shown" chancery show --reader U 08PORTARDEN7
cp err below
run 3 "nor told apart from what is not there" chancery show --reader U 08PORTARDEN777
sed 's/08PORTARDEN777/08PORTARDEN7/g' err | cmp -s - below
ok $? "the message is the same"
CHANCERY_READER=C
export CHANCERY_READER
run 0 "the reader from the environment" chancery count
[ "$(cat out)" = 3 ]
ok $? "who may see all three"
run 3 "verify is for the owner" chancery verify
err_has "owner"
unset CHANCERY_READER
run 5 "a reader that is no label" chancery count --reader wren
err_has "wren"

# Where a file lay on the machine that filed it is the owner's business.
run 0 "the owner" chancery show --as json 08PORTARDEN8
out_has '"file":"in/sub/08PORTARDEN8.txt"'
run 0 "a reader" chancery show --reader C --as json 08PORTARDEN8
out_has '"file":"08PORTARDEN8.txt"'

# The same telegram in another form is a copy.
{ printf '<html><pre>'; sed 's/&/\&amp;/g' in/08PORTARDEN7.txt; printf '</pre></html>'; } >page.html
run 0 "a page of a filed one" chancery import --as json page.html
out_has '"copies":1'
run 0 "is not counted" chancery count
[ "$(cat out)" = 3 ]
ok $? "still three"

# An archive of before: its index would be put together in one go by whoever
# files when it has 64 parts, which takes half a minute after a bulk load.
if in_files; then
	setting() {
		python3 - "$CHANCERY_ARCHIVE" "$1" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute(sys.argv[2])
db.commit()
print(db.execute("SELECT v FROM words_config WHERE k = 'crisismerge'").fetchone()[0])
END
	}
	[ "$(setting "UPDATE words_config SET v = 64 WHERE k = 'crisismerge'")" = 64 ]
	ok $? "an old archive"
	sed 's/PORT ARDEN 0*7$/PORT ARDEN 000078/' in/08PORTARDEN7.txt >new.txt
	run 0 "one is filed" chancery import new.txt
	[ "$(setting "SELECT 1")" -ge 1000 ]
	ok $? "no filing waits for the index"
fi
done_testing
