#!/bin/sh
# A whole case of forty items, as a desk officer would enter it from one
# telegram: listed by party, kind and status, dated with their basis, closed
# as history did; what does not fit together; two more telegrams that come in
# by their references alone; and the board as it was on a day.
#
# The telegrams are ours; only their numbers and dates are of the case.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
use_archive "$work/a.sqlite"
export CHANCERY_USER=tarrant
case=OMAN-TIP-2008

# tel SERIAL DTG REF TEXT
tel() {
	cat <<EOT
O $2
FM AMEMBASSY MUSCAT
TO SECSTATE WASHDC IMMEDIATE

C O N F I D E N T I A L MUSCAT $(printf %06d "$1")

DEPARTMENT FOR NEA/ARP, G/TIP

E.O. 12958: DECL: 06/09/2018
TAGS: PHUM, PREL, MU
SUBJECT: A FICTION UNDER THIS NUMBER
${3:+
REF: $3
}
$4

WREN
EOT
}
mkdir in
tel 425 "091456Z JUN 08" "" "1. (U) This is an action request; see paragraph 8.

2. (C) Two.

3. (C) Three.

4. (C) Four.

5. (C) Five.

6. (C) Six.

7. (C) Seven.

8. (C) Post requests guidance in responding to the letter and the note.

9. (C) Nine." >in/08MUSCAT425.txt
run 0 "import" chancery import in
run 0 "two actions, to the first office it is passed to" \
    chancery action list --office NEA/ARP --today 2008-06-10
out_has "2 open, 0 late"
run 0 "red the day after" chancery action list --today 2008-06-11
out_has "2 open, 2 late"

run 0 "the case" chancery case new $case Oman and the report of 2008
# it NAME KIND BY TO PARAGRAPH WHAT [FIELD=VALUE...]
entered=0
it() {
	name=$1 kind=$2 by=$3 to=$4 par=$5 what=$6
	shift 6
	chancery case enter $case name="$name" kind="$kind" by="$by" to="$to" \
	    what="$what" made=2008-06-09 ${par:+source=08MUSCAT425#$par} "$@" \
	    >/dev/null && entered=$((entered + 1))
}
dept=Department/US us=/US oman=/Oman badr=Badr/Oman
written="channel=written"
it C01 guidance-request Embassy/US $dept 8 "how to answer the wish for a letter" due=2008-06-10 basis=assumed phrase=IMMEDIATE "closes_when=a telegram that cites 08 MUSCAT 425"
it C01b guidance-request Embassy/US $dept 8 "how to answer the note" due=2008-06-10 basis=assumed phrase=IMMEDIATE
it C02 request $badr $us 8 "a letter signed at the very top" about=remedy
it C02a condition $badr $us 8 "it holds out a better rating" parent=C02
it C02b condition $badr $us 8 "it says how both work on from here" parent=C02
it C02c condition $badr $us 8 "it values the friendship" parent=C02
it C03 demand $oman $us 2 "the report be taken back" about=remedy source=08MUSCAT425#3
it C04 demand $oman $us 5 "another rating" about=rating
it C05 refusal $oman $us 2 "the rating of 2008" about=report source=08MUSCAT425#5
it C05a refusal MFA/Oman $dept 9 "rejects the reports of 2007 and 2008" about=report $written
it C06 consequence $oman $us 2 "cooperation ends" about=cooperation "condition=until the report is taken back" source=08MUSCAT425#3
it C07 threat $oman $us 2 "relations will be looked at anew" about=relations source=08MUSCAT425#3
it C07a threat $oman $us 3 "with the trade agreement" "about=trade agreement" parent=C07
it C08 event $badr Council/Oman 4 "tells the Council of the report" due=2008-06-10 basis=derived phrase=tomorrow
it C09 threat Council/Oman $us 4 "the bill may be laid aside" about=bill due=2008-06-10 basis=derived phrase=tomorrow
it C10 position Council/Oman $us 4 "the bill is before the Council" about=bill due=2008-01-31 phrase="since January 2008"
it C11 refusal $oman $us 4 "steps proposed by others" about=steps
it C12 refusal $oman $us 4 "a calendar set by others" about=calendar
it C13 deadline $us $oman 4 "sixty days to act" about=calendar due=2008-08-03 other=2008-08-08 basis=assumed phrase="from the day of the report"
it C14 refusal $oman $us 4 "steps until there is friendship" about=steps "condition=friendship" measurable=no
it C15 refusal $badr $us 6 "the plan, by anybody" about=cooperation "condition=until the rating is another"
it C16 refusal Ambassador/US $oman 6 "a published finding stays" about=remedy
it C17a request $us $badr 6 "speak for the bill" about=bill due=2008-08-03 basis=assumed
it C17b request $us $badr 6 "more cases in court" about=law due=2008-08-03 basis=assumed
it C17c request $us $badr 6 "shelter for those who need it" about=shelter due=2008-08-03 basis=assumed
it C17d condition $us $oman 6 "these would allow another rating" about=rating
it C18 warning $us $oman 6 "laying the bill aside would cost the rating" about=bill
it C19 commitment $badr $us 6 "sees to each case himself" about=cooperation
it C20 demand MFA/Oman $dept 9 "the report be explained and taken back" about=remedy $written
it C21 consequence MFA/Oman $us 9 "cooperation and dialogue end" about=cooperation $written
it C22 threat MFA/Oman $us 9 "relations weighed from the ground up" about=relations $written
it C23 refusal $badr $us 7 "a visit of engineers" about=visit due=2008-06-10 other=2008-06-17 basis=derived phrase=Tuesday
it C24 position $oman $us 5 "raised no objection to the report of 2007" about=report source=08MUSCAT425#6
it C25 position $oman $us 6 "there is no large problem" about=problem source=08MUSCAT425#9
it C26 position $us $oman 6 "too little was done" about=problem
it C27 document MFA/Oman $dept 9 "the note in full" $written
it C28 assessment Ambassador/US /US 7 "the highest level knows of it"
it C29 rating $us $oman 2 "3 for 2008; the neighbour 2" about=rating made=2008-06-04
it C30 review records/US /US "" "of the classification" due=2018-06-09 basis=explicit phrase="DECL: 06/09/2018"
it C31 window President/US Congress/US "" "a determination" first=2008-07-19 due=2008-09-02 basis=derived phrase="45 to 90 days from 4 June 2008"
[ $entered -eq 40 ]
ok $? "forty items entered ($entered)"
link() {
	run 0 "$1 $2 $3" chancery case link $case "$1" "$2" "$3"
}
link C12 answers C13
link C16 answers C03
link C16 answers C04
link C18 depends-on C09

# names KIND-OF-LIST: what a list has, on one line.
names() {
	grep -o '"case":"[^"]*","id":"[^"]*"' out | sed 's/.*"id":"//; s/"//' | sort | tr '\n' ' '
}
owed() {
	chancery case items $case --as json --today 2008-06-09 | grep "\"owed\":\"$1\"" >out
	[ "$(names)" = "$2 " ]
	ok $? "owed $1: $2 (got $(names))"
}
owed inside "C01 C01b C31"
owed by-us "C02 C03 C04 C20"
owed to-us "C13 C17a C17b C17c C19"
has() {
	label=$1 want=$2
	shift 2
	chancery case items $case --as json "$@" >out
	[ "$(names)" = "$want " ]
	ok $? "$label: $want (got $(names))"
}
has "threats" "C07 C07a C09 C22" --kind threat
has "refusals of ours" "C16" --kind refusal --by US
has "refusals of Badr" "C15 C23" --kind refusal --by Badr
has "demands" "C03 C04 C20" --kind demand
has "of the Ministry" "C05a C20 C21 C22 C27" --by MFA
has "assessment, owed by nobody" "C28" --kind assessment
out_has '"owed":"nobody"'
has "all are open" "C08" --kind event --status open

field() {
	chancery case items $case --as json >out
	grep "\"id\":\"$1\"" out | grep -qF -- "$2"
	ok $? "$1 has $2"
}
field C01 '"due":"2008-06-10"'
field C01 '"basis":"assumed"'
field C08 '"due":"2008-06-10"'
field C08 '"basis":"derived","phrase":"tomorrow"'
field C13 '"due":"2008-08-03","first":null,"other":"2008-08-08","basis":"assumed"'
field C14 '"measurable":false'
field C15 '"measurable":true'
field C23 '"other":"2008-06-17"'
field C30 '"due":"2018-06-09"'
field C31 '"first":"2008-07-19"'
field C03 '"paragraph":"2"'
field C03 '"paragraph":"3"'
field C12 '{"kind":"answers","to":"C13"}'

# What does not fit together.
chancery case show $case --as json | tr '{' '\n' >conflicts
fits_not() {
	grep -e "\"a\":\"$1\",\"b\":\"$2\"" -e "\"a\":\"$2\",\"b\":\"$1\"" conflicts |
	    grep -qF -e "$3"
	ok $? "$1 and $2: $3"
}
fits_not C19 C15 contradicts
fits_not C19 C06 contradicts
fits_not C03 C20 variant-of
fits_not C02 C20 variant-of
fits_not C03 C20 '"only":"explained","only_in":"C20"'
fits_not C05 C05a variant-of
fits_not C07 C22 variant-of
fits_not C07a C22 '"only":"trade agreement","only_in":"C07a"'
fits_not C06 C21 '"only":"dialogue","only_in":"C21"'
fits_not C08 C23 "one day by two names"
fits_not C24 C05a "accepted in one place, rejected in another"

# Two more telegrams attach by reference alone.
tel 431 "111300Z JUN 08" "A. MUSCAT 426
B. MUSCAT 425" "1. (C) More." >in/08MUSCAT431.txt
tel 527 "141200Z JUL 08" "A. MUSCAT 474
B. MUSCAT 464
C. MUSCAT 444
D. MUSCAT 425" "1. (C) Withdrawn, cancelled, postponed, withdrawn." >in/08MUSCAT527.txt
tel 528 "151200Z JUL 08" "MUSCAT 474" "1. (C) Of something else." >in/08MUSCAT528.txt
run 0 "import" chancery import in
run 0 "the case" chancery case show $case --as json
out_has '"why":"REF B, 08MUSCAT425"' "431 is in, as its REF B says"
out_has '"why":"REF D, 08MUSCAT425"' "527 is in, as its REF D says"
out_lacks "08MUSCAT528" "what does not cite it is not"
run 0 "neither closed the action" chancery action list --today 2008-07-20
out_has "2 open"
out_has "perhaps answered by 08MUSCAT431"

# The board as it was.
red() {
	chancery case items $case --as json --status overdue --today "$1" >out
	[ "$(names)" = "$2" ]
	ok $? "late on $1: ${2:-nothing} (got $(names))"
}
red 2008-06-10 ""
red 2008-06-11 "C01 C01b "
red 2008-09-02 "C01 C01b C13 C17a C17b C17c "
red 2008-09-03 "C01 C01b C13 C17a C17b C17c C31 "

# And closed as it went.
close() {
	run 0 "$1 $2 on $3" chancery case close-item $case "$1" --status "$2" --day "$3" "$4"
}
close C07 realised 2008-07-14 08MUSCAT527
close C23 closed 2008-07-14 "visit cancelled, 08MUSCAT527"
close C03 superseded 2008-10-17 "reassessment"
close C04 closed 2008-10-17 "PD 2009-5"
close C05 closed 2008-10-17 "tier changed"
close C05a closed 2008-10-17 "tier changed"
close C13 lapsed 2008-10-17 "decision on the determination"
close C15 closed 2008-10-17 "condition met"
close C17d closed 2008-10-17 "reassessment"
close C29 superseded 2008-10-17 "watch list"
close C31 closed 2008-10-17 "PD 2009-5, day 135"
close C06 closed 2008-10-19 08MUSCAT744
close C01 answered 2008-06-12 ""
red 2008-10-16 "C01 C01b C13 C17a C17b C17c C31 "
red 2008-10-17 "C01 C01b C17a C17b C17c "
has "realised" "C07" --status realised
has "superseded" "C03 C29" --status superseded
has "closed" "C04 C05 C05a C06 C15 C17d C23 C31" --status closed
run 0 "the page" chancery case print $case --today 2008-10-16
out_has "2008-07-19 to 2008-09-02 (derived: 45 to 90 days from 4 June 2008)"
run 0 "all of it is kept when everything is read again" chancery reindex
has "as before" "C04 C05 C05a C06 C15 C17d C23 C31" --status closed
done_testing
