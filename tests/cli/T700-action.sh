#!/bin/sh
# action: opened at filing, assigned, answered, closed by a person; overdue as
# of a day; group tasking; the calendar; who may see what; all or nothing when
# killed.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
use_archive "$work/a.sqlite"
export CHANCERY_USER=tarrant

# asks SERIAL [WORDS]: an action request of paragraph 3, pointed to by 1.
asks() {
	cat <<EOT
O 091456Z JUN 08
FM AMEMBASSY PORT ARDEN
TO SECSTATE WASHDC IMMEDIATE 0101
INFO AMEMBASSY KESSELHAVN PRIORITY

C O N F I D E N T I A L PORT ARDEN $(printf %06d "$1")

DEPARTMENT FOR WE/ISL, L/MAR

E.O. 12958: DECL: 06/09/2018
TAGS: PREL, ZQ
SUBJECT: WHAT TO DO WITH LIGHTHOUSE $1

1. (U) This is an action request; please see paragraph 3.

2. (C) The lighthouse leans.

3. (C) Post requests guidance${2:- by June 13} in responding to the letter of the keeper and the note of his wife.

WREN
EOT
}

# answers SERIAL REF: a telegram of the Department that cites.
answers() {
	cat <<EOT
P 121000Z JUN 08
FM SECSTATE WASHDC
TO AMEMBASSY PORT ARDEN PRIORITY

${3:-C O N F I D E N T I A L} STATE $(printf %06d "$1")

E.O. 12958: DECL: 06/12/2018
TAGS: PREL, ZQ
SUBJECT: GUIDANCE ON THE LIGHTHOUSE

REF: $2

1. (C) Prop it up.

RICE
EOT
}

mkdir in
asks 41 >in/08PORTARDEN41.txt
run 0 "import" chancery import in
run 0 "two things are asked, so there are two actions" \
    chancery action list --today 2008-06-09 --as json
[ "$(wc -l <out)" -eq 2 ]
ok $? "one line each"
out_has '"id":"08PORTARDEN41#3a"'
out_has '"id":"08PORTARDEN41#3b"'
out_has '"pointed_from":"1"'
out_has '"office":"WE/ISL"' "the office it is passed to"
out_has '"due":"2008-06-13","basis":"explicit","phrase":"by June 13"'
out_has '"first_due":"2008-06-10","first_basis":"assumed"' \
    "IMMEDIATE: a first response the next working day"
out_lacks '"first_overdue":true' "nothing is late on the day"
run 0 "the day after" chancery action list --today 2008-06-11 --as json
out_has '"overdue":false,"first_overdue":true,"days_late":1'
run 0 "after the date" chancery action list --today 2008-06-16
out_has "2 open, 2 late"
run 0 "of another office" chancery action list --office L/MAR
out_has "0 open, 0 late"
run 0 "of this one" chancery action list --office WE/ISL --today 2008-06-09
out_has "2 open, 0 late"

run 0 "assign" chancery action assign '08PORTARDEN41#3a' --owner Wren \
    --why "knows the keeper"
run 0 "a part for the lawyers" chancery action sub '08PORTARDEN41#3a' \
    --office L/MAR --due 2008-06-11 may the keeper be sued
out_has '08PORTARDEN41#3a.1'
run 3 "not later than the whole" chancery action sub '08PORTARDEN41#3a' \
    --office L/MAR --due 2008-06-20 too late
err_has "no later"
run 0 "show" chancery action show '08PORTARDEN41#3a' --today 2008-06-09
out_has "owned by Wren (knows the keeper)"
out_has "08PORTARDEN41#3a.1" "with its part"
run 3 "not while a part is open" chancery action close '08PORTARDEN41#3a' \
    told by telephone
err_has "is open; close that first"
run 0 "close the part" chancery action close '08PORTARDEN41#3a.1' opinion filed

# An answer is proposed, and closes nothing.
answers 901 "08 PORT ARDEN 41" >in/08STATE901.txt
answers 902 "A. 08 KESSELHAVN 7 B. PORT ARDEN 41" "S E C R E T" >in/08STATE902.txt
run 0 "import the answers" chancery import in
run 0 "show" chancery action show '08PORTARDEN41#3a' --as json
out_has '"canonical_id":"08STATE901","post":"STATE","state":"proposed"'
out_has '"canonical_id":"08STATE902","post":"STATE","state":"proposed"'
out_has '"status":"open"' "and it is as open as before"
run 0 "a reader below does not see the secret one" chancery action show \
    '08PORTARDEN41#3a' --as json --reader C
out_lacks "08STATE902"
run 0 "an interim reply" chancery action interim '08PORTARDEN41#3a' 08STATE901
run 0 "stops the first clock alone" chancery action show '08PORTARDEN41#3a' \
    --today 2008-06-16 --as json
out_has '"status":"interim"'
out_has '"overdue":true,"first_overdue":false'
run 0 "the final one" chancery action answer '08PORTARDEN41#3a' 08STATE901
run 0 "is not the end" chancery action show '08PORTARDEN41#3a' --as json
out_has '"status":"answered"'
run 0 "a person confirms" chancery action close '08PORTARDEN41#3a' 08STATE901
run 0 "now it is" chancery action show '08PORTARDEN41#3a' --as json
out_has '"status":"closed"'
out_has '"closed_by":"08STATE901"'
run 0 "the list is shorter" chancery action list --today 2008-06-09
out_has "1 open"
run 0 "all of it" chancery action list --all --as json
[ "$(grep -c '"id"' out)" -eq 3 ]
ok $? "closed ones, too"
run 0 "reopen" chancery action reopen '08PORTARDEN41#3a' --why "it fell"
run 0 "with the reason kept" chancery action show '08PORTARDEN41#3a'
out_has "tarrant: reopened (it fell)"
run 3 "by nothing" chancery action interim '08PORTARDEN41#3b' 08STATE999
run 3 "no such action" chancery action show '08PORTARDEN41#9'

# What a reader may not see does not exist.
run 0 "a reader below" chancery action list --reader U --as json
[ ! -s out ]
ok $? "sees none"
run 3 "nor one by its name" chancery action show '08PORTARDEN41#3a' --reader U
sed 's/41#3a/41#9/' err >below
run 3 "told as what is not there" chancery action show '08PORTARDEN41#9' --reader U
cmp -s err below
ok $? "in the same words"
run 3 "and cannot touch it" chancery action close '08PORTARDEN41#3a' --reader U done

# The calendar, RFC 5545.
run 0 "calendar" chancery action ics
out_has "BEGIN:VCALENDAR"
out_has "DTSTART;VALUE=DATE:20080613"
[ "$(grep -c '^BEGIN:VEVENT' out)" -eq 2 ]
ok $? "one event each"
[ "$(tr -d '\r' <out | awk 'length > 75' | wc -l)" -eq 0 ]
ok $? "lines are folded"
[ "$(grep -c "$(printf '\r')$" out)" -eq "$(wc -l <out)" ]
ok $? "and end as the standard wants"

# The days of a precedence can be changed; what is open keeps its date.
run 0 "days" chancery action days
out_has "IMMEDIATE: first response in 1 working days"
run 0 "change" chancery action days IMMEDIATE 2 5
asks 42 " " >in/08PORTARDEN42.txt
run 0 "file another" chancery import in
run 0 "counts anew" chancery action show '08PORTARDEN42#3a' --as json
out_has '"first_due":"2008-06-11"'
out_has '"due":"2008-06-16","basis":"assumed"'
run 3 "not for others" chancery action days IMMEDIATE 3 --reader C

# By hand.
run 0 "from a paragraph" chancery action open '08PORTARDEN42#2' \
    --office WE/ISL --due 2008-07-01 measure the lean
out_has '08PORTARDEN42#2-1'

# One request to many: a chase list.
cat >in/08STATE950.txt <<'EOT'
R 121000Z JUN 08
FM SECSTATE WASHDC
TO AMEMBASSY PORT ARDEN
AMEMBASSY KESSELHAVN
AMEMBASSY PARIS

UNCLAS STATE 000950

E.O. 12958: N/A
TAGS: PREL
SUBJECT: ALL LIGHTHOUSES

1. This is an action request; see paragraph 2.

2. Posts are requested to report the lean of each lighthouse by June 30.

RICE
EOT
cat >in/08PARIS77.txt <<'EOT'
R 201000Z JUN 08
FM AMEMBASSY PARIS
TO SECSTATE WASHDC

UNCLAS PARIS 000077

E.O. 12958: N/A
TAGS: PREL
SUBJECT: NO LEAN

REF: STATE 950

1. None leans.

WREN
EOT
run 0 "a request to many" chancery import in
run 0 "one action" chancery action show '08STATE950#2' --as json
[ "$(grep -o '"state":"open"' out | wc -l)" -eq 3 ]
ok $? "three addressees owe an answer"
out_has '"canonical_id":"08PARIS77"' "of which one is proposed"
run 0 "one has answered" chancery action target '08STATE950#2' PARIS 08PARIS77
run 0 "two to chase" chancery action show '08STATE950#2' --as json
[ "$(grep -o '"state":"open"' out | wc -l)" -eq 2 ]
ok $? "two are open"
out_has '{"post":"PARIS","state":"answered","canonical_id":"08PARIS77"}'
run 3 "who was not asked" chancery action target '08STATE950#2' ROME 08PARIS77

# What people did is kept when all is read again.
chancery action list --all --as json >before
run 0 "reindex" chancery reindex
chancery action list --all --as json >after
cmp -s before after
ok $? "the actions are as they were"
run 0 "verify" chancery verify
out_has "all sound"

# A copy opens nothing twice, but is told.
sed 's/^C O N F I D/CORRECTED COPY\n\nC O N F I D/' in/08PORTARDEN42.txt >in/copy.txt
run 0 "a copy" chancery import in
run 0 "is in the log" chancery action show '08PORTARDEN42#3a'
out_has "copy was filed"

# Killed between filing and opening: both or neither.
mkdir many
i=1
while [ $i -le 300 ]; do
	asks $((1000 + i)) " and at once" >many/08PORTARDEN$((1000 + i)).txt
	i=$((i + 1))
done
use_archive "$work/k.sqlite"
whole=0
for wait in 0.005 0.02 0.03 0.04 0.05 0.06 0.08 0.1; do
	"$CHANCERY_PROGRAM" import many >/dev/null 2>&1 &
	pid=$!
	sleep "$wait"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	chancery count >/dev/null 2>&1 || continue
	filed=$(chancery count 2>/dev/null || echo 0)
	opened=$(chancery action list --all --as json 2>/dev/null | wc -l)
	[ "${filed:-0}" -eq 0 ] && continue
	[ "$opened" -eq $((2 * filed)) ] || whole=1
done
ok $whole "killed at eight moments: every filed telegram has its actions"
run 0 "and the rest is filed by the next import" chancery import many
[ "$(chancery action list --all --as json | wc -l)" -eq 600 ]
ok $? "all actions are there"

run 5 "no such word" chancery action dance
err_has "none of list, show"
run 5 "a day that is none" chancery action list --today yesterday
done_testing
