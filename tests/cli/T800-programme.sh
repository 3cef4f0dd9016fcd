#!/bin/sh
# programme: describe, load, ask, record, link; what is kept, and who sees it.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
use_archive "$work/a.sqlite"
page=$TESTS/../../docs/man/chancery-programme.5

# The examples of the manual, as they stand there.
awk '/^\.Bd -literal/ { n++; next } /^\.Ed/ { next }
    /^\.Sh EXAMPLES/ { on = 1 } /^\.(Pp|Sh)/ { n0 = n }
    on && n > n0 { print > ("example-" n) }' "$page"
run 0 "define makes an archive" chancery programme define example-1
out_has "described"
run 0 "again" chancery programme define example-1
out_has "unchanged"
run 0 "load" chancery programme load lights example-2
out_has "3 ratings, 1 fact, 0 recommendations: 4 new, 0 changed, 0 unchanged"
run 0 "loading again changes nothing" chancery programme load lights example-2
out_has "0 new, 0 changed, 4 unchanged"
run 0 "due" chancery programme due lights --year 2025 --today 2025-07-01
out_has "2025-07-02 to 2025-08-01  Decision on each dark harbour: Kesselhavn"
out_has "not yet open, in 1 day"
out_has "derived, from report on 2025-06-02"
run 0 "predict" chancery programme predict lights
out_has "Port Arden: forced to dark unless raised"
out_has "fair in 2024 and 2025"
run 0 "predict as JSON" chancery programme predict lights --as json
out_has '"outcome":"forced"'
out_has '"rests_on":[{"year":2024,"grade":"fair","source":"report"}'
run 0 "table" chancery programme table lights
out_has "Kesselhavn                -    dark"
run 0 "table as CSV" chancery programme table lights --as csv
[ "$(sed -n 2p out)" = "KH,Kesselhavn,,dark" ]
ok $? "a line a subject"

# Errors have a place.
printf 'programme x\ngrade a 1 "b"\nrule r dote\n' >bad.programme
run 3 "a fault in a description" chancery programme define bad.programme
err_has "bad.programme:3:8: not a form of rule: dote"
printf 'subject\tyear\tgrade\nPA\t2025\tred\n' >bad.tsv
run 3 "a fault in a table" chancery programme load lights bad.tsv
err_has "bad.tsv:2:9: not a grade of the programme: red"
printf 'subject\tyear\tgrade\tsource\nPA\t2026\tdark\tx\nPA\t2026\tgood\tx\n' >twice.tsv
run 3 "a source that contradicts itself" chancery programme load lights twice.tsv
err_has "twice.tsv:3:1: says otherwise than line 2 of the same source"
run 0 "nothing of it was kept" chancery programme table lights --as csv
out_lacks "2026"
sed 's/^grade dark.*//; s/becomes=dark/becomes=fair/; s/grade=dark/grade=fair/' \
    example-1 >smaller.programme
run 3 "a description that records would not fit" \
    chancery programme define smaller.programme
err_has "what is recorded does not fit this description"
run 3 "no such file" chancery programme load lights nowhere.tsv
run 3 "no such programme" chancery programme show nothing
err_has "there is no programme nothing"
run 3 "no such subject" chancery programme show lights --subject ZZ
run 5 "no such word" chancery programme paint lights
err_has "list, show, table, due, predict"
run 5 "words are missing" chancery programme telegrams lights PA
run 5 "no day" chancery programme due lights --today 2025-02-30
run 5 "no year" chancery programme due lights --year soon
run 5 "nothing bundled of that name" chancery programme load lights

# Sources that differ stand beside each other; a change keeps what was.
printf 'subject\tyear\tgrade\tsource\nPA\t2025\tdark\tpress\n' >press.tsv
run 0 "another source" chancery programme load lights press.tsv
out_has "sources differ in 1 place"
run 0 "the higher one holds" chancery programme table lights
out_has "fair!"
run 0 "what was wrong is mended" chancery programme record lights \
    subject=PA "name=Port Arden" year=2025 grade=good source=report
out_has "0 new, 1 changed"
run 0 "and seen in the history" chancery programme history lights
out_has "rating, replaced since  subject=PA  year=2025  source=report"
out_has "grade=good"
run 0 "a row is taken back" chancery programme record lights --gone \
    subject=PA year=2025 grade=dark source=press
run 0 "and does not count" chancery programme table lights
out_lacks "!"
run 0 "but is in the history" chancery programme history lights --as json
out_has '"grade":"dark","published":null,"reason":null,"marking":"UNCLASSIFIED","holds":false'

# A source that is filed after the record hides it from who may not see that.
run 0 "a record names a telegram" chancery programme record lights \
    fact=event name=decision subject=KH year=2025 date=2025-07-20 \
    source=08PORTARDEN7
run 0 "not filed yet" chancery programme due lights --today 2025-07-30 \
    --reader U
out_has "met on 2025-07-20"
telegram 7 >08PORTARDEN7.txt
run 0 "now it is" chancery import 08PORTARDEN7.txt
run 0 "who may see it" chancery programme due lights --today 2025-07-30 \
    --reader C
out_has "met on 2025-07-20"
run 0 "who may not" chancery programme due lights --today 2025-07-30 --reader U
out_has "open, 2 days left"
run 0 "nor in the history" chancery programme history lights --reader U
out_lacks "decision"

# Stopped in the middle, a table is there as a whole or not at all.
{
	printf 'subject\tyear\tgrade\tsource\n'
	i=0
	while [ $i -lt 4000 ]; do
		printf 'S%d\t2024\tgood\treport\n' $i
		i=$((i + 1))
	done
} >many.tsv
"$CHANCERY_PROGRAM" programme load lights many.tsv >out 2>err &
sleep 0.03
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
got=$(chancery programme table lights --year 2024 --as csv | grep -c good)
[ "$got" -eq 0 ] || [ "$got" -eq 4000 ]
ok $? "killed while it loads: all or nothing ($got)"
run 0 "and again" chancery programme load lights many.tsv
out_has "4000 ratings"
[ "$(chancery programme table lights --year 2024 --as csv |
    grep -c good)" -eq 4000 ]
ok $? "now all"

# The programme of the samples.
use_archive "$work/demo.sqlite"
run 0 "the samples" chancery demo --keep "$CHANCERY_ARCHIVE"
run 0 "list" chancery programme list
out_has "port-safety  Port Safety Rating"
out_has "treaty-reporting  Lights at Sea: reports of the parties"
run 0 "before the determination" \
    chancery programme due port-safety --year 2026 --today 2026-03-12
out_has "2026-04-16 to 2026-05-31  Determination: Arden Islands; Maristan"
out_has "not yet open, in 35 days"
out_has "assuming submitted on the day of report"
out_has "2026-05-01  Plan of action, 60 days: Arden Islands; Maristan"
out_has "2026-05-09  Plan of action, 60 days: Arden Islands"
out_has "assumed, one of several, from delivered on 2026-03-10"
out_has "2026-04-01  Explanation of each change: Maristan"
run 0 "on the day the telegram of 15 May tells of" \
    chancery programme show port-safety --year 2026 --today 2026-05-14
out_has "Arden Islands (since 2026-05-14 B watch)"
out_has "Velloria (sources differ)"
out_has "Certain assistance withheld: Arden Islands; lifted 2026-05-14"
run 0 "the day before" \
    chancery programme show port-safety --year 2026 --today 2026-05-13
out_lacks "since 2026-05-14"
run 0 "third year by waiver" \
    chancery programme predict port-safety --year 2026 --subject TAM
out_has "Tamarind Coast: waived"
run 0 "and no fourth" chancery programme predict port-safety --year 2027
out_has "Tamarind Coast: forced to C unless raised"

run 0 "telegrams" chancery programme telegrams port-safety ARD 2026 --as csv
out_has "26PORTARDEN214,,cited,yes,source of: event delivered"
out_has "26PORTARDEN344,,proposed,yes"
run 0 "a person confirms" chancery programme link port-safety ARD 2026 \
    "26 port arden 344#1" --note "the end of it"
out_has "confirmed"
run 0 "and refuses" chancery programme refuse port-safety ARD 2026 \
    26USNMCMERROW58
run 0 "one not filed yet" chancery programme link port-safety ARD 2026 \
    26PORTARDEN318
run 0 "telegrams now" chancery programme telegrams port-safety ARD 2026 --as csv
out_has "26PORTARDEN344,1,confirmed,yes,the end of it"
out_has "26PORTARDEN318,,confirmed,no"
out_lacks "26USNMCMERROW58"
cp out before
run 0 "reindex" chancery reindex
run 0 "links, ratings and facts survive it" \
    chancery programme telegrams port-safety ARD 2026 --as csv
cmp -s out before
ok $? "the same list"
run 0 "taken back" chancery programme link port-safety ARD 2026 \
    26PORTARDEN318 --gone
out_has "taken back"
run 0 "verify" chancery verify

# A case of the programme brings its telegrams, where it is about the subject.
run 0 "a case" chancery case new ARDEN-PSR-2026 "The Ardens and the rating" \
    --who "I. Tarrant"
run 0 "of the programme" \
    chancery case set ARDEN-PSR-2026 programme port-safety
run 0 "with a telegram" chancery case add ARDEN-PSR-2026 26KESSELHAVN428
run 0 "it is about nobody yet" \
    chancery programme telegrams port-safety ARD 2026 --as csv
out_lacks "26KESSELHAVN428"
run 0 "now about the Ardens" chancery case set ARDEN-PSR-2026 tag ZQ
run 0 "its members stand behind the grade" \
    chancery programme telegrams port-safety ARD 2026 --as csv
out_has "26KESSELHAVN428,,case,yes,member of case ARDEN-PSR-2026"
run 0 "of that year" chancery programme telegrams port-safety ARD 2025 --as csv
out_lacks "26KESSELHAVN428"
run 0 "not for who may not see it" \
    chancery programme telegrams port-safety ARD 2026 --as csv --reader U
out_lacks "26KESSELHAVN428"
run 0 "said outright" \
    chancery case set ARDEN-PSR-2026 programme port-safety:MAR
run 0 "then about Maristan alone" \
    chancery programme telegrams port-safety MAR 2026 --as csv
out_has "26KESSELHAVN428,,case"
run 0 "and not the Ardens" \
    chancery programme telegrams port-safety ARD 2026 --as csv
out_lacks "26KESSELHAVN428,,case"

# A record whose source a reader may not see is not there for them, and
# nothing is computed from it.
run 0 "the owner" chancery programme due port-safety --today 2026-03-12 --as csv
out_has "Plan of action, 60 days\",Arden Islands,,2026-05-09,assumed"
run 0 "a reader below" chancery programme due port-safety --today 2026-03-12 \
    --as csv --reader U//FOUO
out_has "Plan of action, 60 days\",Arden Islands,,2026-05-01,assumed"
out_lacks "2026-05-09"
run 0 "nor telegrams" \
    chancery programme telegrams port-safety ARD 2026 --reader U//FOUO
out_lacks "26PORTARDEN214"
run 3 "who may not write" chancery programme load port-safety --reader S
err_has "for the owner"

# The tiers: what the program ships of them.
run 0 "define what is bundled" chancery programme define tip
run 0 "load it" chancery programme load tip
run 0 "the window of 2008" chancery programme due tip --year 2008 \
    --today 2008-09-03
out_has "2008-06-01  Report to Congress"
run 0 "the tier of the report of 2008 is added" chancery programme record tip \
    iso3=OMN country=Oman year=2008 tier=3 source=KH2017
run 0 "and the window opens" chancery programme due tip --year 2008 \
    --today 2008-09-03 --subject Oman
out_has "2008-07-19 to 2008-09-02  Determination on each tier 3 government: Oman"
out_has "overdue by 1 day"
run 0 "reassessed: the published tier stays" chancery programme table tip
out_has "3>2WL"
done_testing
