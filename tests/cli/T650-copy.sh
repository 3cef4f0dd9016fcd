#!/bin/sh
# copy: an archive put at another address, between engines where there is a
# server, with all that people did.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
export USER=tarrant

rules=$TESTS/../../data/rules
use_archive "$work/a.sqlite"
run 0 "an archive" chancery demo --keep a.sqlite
printf '\0\1\2' >bytes.bin
chancery import bytes.bin >/dev/null 2>&1
run 0 "with a case" chancery case new FERRY-2026 "The ferry"

# A file each way round; with a server one of the two is there.
file=$work/file.sqlite
a=$(address a.sqlite) b=$(address b.sqlite)
run 0 "to a file" "$CHANCERY_PROGRAM" copy "$a" "$file"
out_has "all sound"
run 0 "and back" "$CHANCERY_PROGRAM" copy "$file" "$b" --as json
out_has '"problems":0'

all() {
	"$CHANCERY_PROGRAM" stats -a "$1" | grep -v "bytes of the archive"
	for q in "" "port*" '"the minister"' "ferry or harbour" "is:cited" \
	    "from:portarden tag:PREL" "class:C.." "mark:C"; do
		"$CHANCERY_PROGRAM" search -a "$1" --as json "$q"
		"$CHANCERY_PROGRAM" facets -a "$1" "$q"
	done
	"$CHANCERY_PROGRAM" tray -a "$1"
	"$CHANCERY_PROGRAM" desk -a "$1"
	"$CHANCERY_PROGRAM" action list -a "$1" --all --as json
	"$CHANCERY_PROGRAM" case list -a "$1"
	"$CHANCERY_PROGRAM" programme list -a "$1"
	"$CHANCERY_PROGRAM" search -a "$1" -r U harbour
}
all "$a" >a.out 2>&1
all "$file" >file.out 2>&1
all "$b" >b.out 2>&1
[ "$(wc -l <a.out)" -gt 300 ]
ok $? "there is something to compare"
cmp -s a.out file.out
ok $? "the file answers the same"
cmp -s a.out b.out
ok $? "and so does what was copied back"

# New numbers go on after the old ones.
telegram 77 >08PORTARDEN77.txt
run 0 "filed in the copy" chancery import -a "$b" 08PORTARDEN77.txt
run 0 "a case in the copy" chancery case new -a "$b" BUOYS "The buoys"
run 0 "the copy is sound" chancery verify -a "$b"

run 3 "not into an archive" "$CHANCERY_PROGRAM" copy "$a" "$b"
err_has "there is an archive already"
run 3 "nothing to copy" "$CHANCERY_PROGRAM" copy "$work/none.sqlite" "$work/c.sqlite"
err_has "there is no archive"
run 5 "one address" "$CHANCERY_PROGRAM" copy "$a"
CHANCERY_READER=U run 5 "a reader" "$CHANCERY_PROGRAM" copy "$a" "$work/d.sqlite"
err_has "owner"

# Stopped half-way nothing is there, and the next run does it.
for wait in 0.01 0.03 0.06 0.1; do
	"$CHANCERY_PROGRAM" copy "$a" "$work/e.sqlite" >/dev/null 2>&1 &
	pid=$!
	sleep $wait
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
done
"$CHANCERY_PROGRAM" copy "$a" "$work/e.sqlite" >out 2>err
status=$?
[ $status -eq 0 ] || { [ $status -eq 3 ] && grep -q already err; }
ok $? "killed four times, then copied"
run 0 "whole" "$CHANCERY_PROGRAM" verify -a "$work/e.sqlite"
all "$work/e.sqlite" >e.out 2>&1
cmp -s a.out e.out
ok $? "and the same"
done_testing
