#!/bin/sh
# Killed between filing and distribution, again and again: a telegram is filed
# and distributed, or neither.
#
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
rules=$TESTS/../../data/rules
use_archive "$work/a.sqlite"

i=0
while [ $i -lt 400 ]; do
	mkdir -p in/$((i / 10))
	i=$((i + 1))
	telegram $i >in/$(((i - 1) / 10))/$i.txt
done
run 0 "rules" chancery distribute --rules "$rules/sample.rules" --save

# Ten telegrams at a time, killed after a pause that grows in steps, so that
# every point of the work is met by one of them.
bad=0 killed=0 round=0
while [ $round -lt 80 ]; do
	"$CHANCERY_PROGRAM" import in/$((round % 40)) >/dev/null 2>&1 &
	pid=$!
	sleep "0.$(printf %03d $((round % 16 + 2)))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ $? -eq 137 ] && killed=$((killed + 1))
	round=$((round + 1))
	chancery verify >out 2>err || bad=$((bad + 1))
	grep -q "all sound" out || bad=$((bad + 1))
	telegrams=$(chancery count "" 2>/dev/null)
	[ "${telegrams:-0}" = "$(chancery tray S/ES-O 2>/dev/null |
	    sed -n '$s/ telegrams.*//p')" ] || bad=$((bad + 1))
done
[ $killed -gt 5 ]
ok $? "it was killed on the way (more than five times)"
[ $bad -eq 0 ]
ok $? "all or nothing each time"
echo "# killed $killed of $round, not sound $bad"
run 0 "and goes on to the end" chancery import in
run 0 "with all of them" chancery count ""
out_has "400"
run 0 "each in its tray" chancery tray S/ES-O
out_has "400 telegrams"
run 0 "sound" chancery verify
done_testing
