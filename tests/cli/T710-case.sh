#!/bin/sh
# case: proposals with their reasons, accepted by a person; items by hand;
# links; members by reference, TAGS and names; one page; who may see what.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
use_archive "$work/a.sqlite"
export CHANCERY_USER=tarrant

mkdir in
cat >in/08PORTARDEN61.txt <<'EOT'
P 091456Z JUN 08
FM AMEMBASSY PORT ARDEN
TO SECSTATE WASHDC PRIORITY

S E C R E T PORT ARDEN 000061

E.O. 12958: DECL: 06/09/2018
TAGS: PREL, EWWT, ZQ
SUBJECT: MARRACK AND THE LIGHTHOUSE

1. (C) On June 8 Minister Marrack told us that the Council cannot accept the rating. She demanded a correction and warned that without one the pilots would strike. She promised to look into any vessel.

2. (S) Marrack said that the Council would take no action on ferries until the rating is changed. The Council will meet on June 20.

3. (C) I urged Marrack to open the register and publish the tide tables.

WREN
EOT
cat >in/08PORTARDEN62.txt <<'EOT'
P 101456Z JUN 08
FM AMEMBASSY PORT ARDEN
TO SECSTATE WASHDC PRIORITY

C O N F I D E N T I A L PORT ARDEN 000062

E.O. 12958: DECL: 06/10/2018
TAGS: PREL, ZQ
SUBJECT: THE LIGHTHOUSE, CONTINUED

REF: A. 08 KESSELHAVN 3 B. PORT ARDEN 61

1. (C) It leans.

WREN
EOT
cat >in/08PORTARDEN63.txt <<'EOT'
P 111456Z JUN 08
FM AMEMBASSY PORT ARDEN
TO SECSTATE WASHDC PRIORITY

UNCLAS PORT ARDEN 000063

E.O. 12958: N/A
TAGS: PREL, EWWT, ZQ
SUBJECT: FERRIES

1. (U) Marrack spoke of ferries.

WREN
EOT
run 0 "import" chancery import in
run 0 "propose" chancery case propose 08PORTARDEN61 --as json
out_has '"kind":"refusal"'
out_has '"kind":"commitment"'
out_has '"rests_on":"cannot accept"' "the words it rests on"
out_has '"rule":"refuse-cannot"' "and the rule"
out_has '"due":"2008-06-20"' "the day of an event"
out_has '"kind":"contradicts"' "a promise and a refusal of everything"
run 0 "propose for people" chancery case propose 08PORTARDEN61
out_has "82% by refuse-cannot, on: cannot accept"
run 0 "a reader sees what his paragraphs say" chancery case propose \
    08PORTARDEN61 --as json --reader C --portion-release
out_lacks "ferries"
out_has '"kind":"commitment"'
run 3 "or nothing" chancery case propose 08PORTARDEN61 --reader C

run 0 "a new case" chancery case new ARDEN-1 The lighthouse and the rating
run 3 "its name is taken" chancery case new ARDEN-1 another
run 3 "a name of letters" chancery case new 'ARDEN 1' another
run 0 "accept one" chancery case accept ARDEN-1 08PORTARDEN61 61-1a
out_has "1 accepted"
run 0 "and all" chancery case accept ARDEN-1 08PORTARDEN61
run 0 "once" chancery case accept ARDEN-1 08PORTARDEN61
out_has "0 accepted"
run 3 "none that was not proposed" chancery case accept ARDEN-1 08PORTARDEN61 61-9z
run 0 "what is in it" chancery case items ARDEN-1 --as json
out_has '"id":"61-1a","kind":"refusal"'
out_has '"canonical_id":"08PORTARDEN61","paragraph":"1"'
run 0 "by kind" chancery case items ARDEN-1 --kind commitment --as json
[ "$(wc -l <out)" -eq 1 ]
ok $? "one promise"
out_has '"owed":"to-us"'
run 0 "two things were asked of them" chancery case items ARDEN-1 --kind request --as json
[ "$(wc -l <out)" -eq 2 ]
ok $? "each an item"

run 0 "by hand" chancery case enter ARDEN-1 kind=demand by=Marrack/Arden to=Embassy/US \
    "what=a new lamp" about=lamp source=08PORTARDEN63#1 due=2008-07-01 phrase="by July"
out_has "ARDEN-1/D1" "gets the letter of its kind"
run 5 "not without a kind" chancery case enter ARDEN-1 what=x
run 5 "nor with a field that is none" chancery case enter ARDEN-1 kind=demand colour=red
run 3 "nor on what is not filed" chancery case enter ARDEN-1 kind=demand what=x source=08PARIS1#1
run 0 "overdue is computed" chancery case items ARDEN-1 --status overdue --today 2008-07-02
out_has "D1"
run 0 "from the day" chancery case items ARDEN-1 --status overdue --today 2008-07-01
out_lacks "D1"
run 0 "link" chancery case link ARDEN-1 D1 depends-on 61-1a
run 5 "a link that is none" chancery case link ARDEN-1 D1 likes 61-1a
run 0 "close" chancery case close-item ARDEN-1 D1 --status withdrawn --day 2008-07-05 she found one
run 0 "as it was then" chancery case items ARDEN-1 --status overdue --today 2008-07-03
out_has "D1" "it was late before it was withdrawn"
run 0 "and now" chancery case items ARDEN-1 --kind demand --as json
out_has '"status":"withdrawn"'
out_has '"closed_by":"she found one"'
out_has '{"kind":"depends-on","to":"61-1a"}'

# Members: by reference at once, by TAGS and names when asked.
run 0 "add" chancery case add ARDEN-1 08PORTARDEN61
run 0 "what cites it came along" chancery case show ARDEN-1 --as json
out_has '"canonical_id":"08PORTARDEN62"'
out_has '"why":"REF B, 08PORTARDEN61"'
run 0 "a TAG" chancery case set ARDEN-1 tag ZQ
run 0 "and another" chancery case set ARDEN-1 tag EWWT
cat >in/08PORTARDEN64.txt <<'EOT'
P 121456Z JUN 08
FM AMEMBASSY PORT ARDEN
TO SECSTATE WASHDC PRIORITY

UNCLAS PORT ARDEN 000064

E.O. 12958: N/A
TAGS: EWWT, ZQ
SUBJECT: MORE FERRIES

1. (U) None came.

WREN
EOT
run 0 "file one with both" chancery import in
run 0 "is proposed" chancery case candidates ARDEN-1
out_has "08PORTARDEN64"
out_lacks "08PORTARDEN61" "what is in is not"
run 0 "and taken in by a person" chancery case add ARDEN-1 08PORTARDEN64
run 0 "then it is not proposed" chancery case candidates ARDEN-1
out_lacks "08PORTARDEN64"
run 0 "a party" chancery case set ARDEN-1 party Arden --note Marrack
run 0 "a watcher" chancery case set ARDEN-1 watcher voss
run 0 "file code" chancery case set ARDEN-1 file 46/12
run 3 "nothing else" chancery case set ARDEN-1 colour red

run 0 "one page" chancery case print ARDEN-1 --today 2008-06-10
out_has "SECRET"
out_has "File 46/12"
out_has "Does not fit together"
out_has "promises what is refused otherwise"
[ "$(grep -c '^SECRET$' out)" -eq 2 ]
ok $? "its label first and last"
run 0 "calendar" chancery case ics ARDEN-1
out_has "DTSTART;VALUE=DATE:20080620"

# The case took the label of its telegram.
run 0 "a reader below" chancery case list --reader C --as json
[ ! -s out ]
ok $? "has no such case"
run 3 "nor by its name" chancery case show ARDEN-1 --reader C
run 0 "one for all" chancery case new ARDEN-2 --label U Ferries
run 0 "with items of both kinds" chancery case enter ARDEN-2 kind=demand name=D1 by=Arden to=US what=ferries source=08PORTARDEN63#1
run 0 "one secret" chancery case enter ARDEN-2 kind=threat name=T1 by=Arden to=US what=none source=08PORTARDEN61#2
run 0 "of which a reader sees one" chancery case items ARDEN-2 --reader U --as json
[ "$(wc -l <out)" -eq 1 ]
ok $? "the other is not there"
run 0 "nor counted" chancery case list --reader U --as json
out_has '"items":1'
run 3 "nor changed" chancery case close-item ARDEN-2 T1 --reader U gone
err_has "no such item"

chancery case show ARDEN-1 ARDEN-2 --as json >before
run 0 "reindex" chancery reindex
chancery case show ARDEN-1 ARDEN-2 --as json >after
cmp -s before after
ok $? "the cases are as they were"
run 5 "no such word" chancery case dance
done_testing
