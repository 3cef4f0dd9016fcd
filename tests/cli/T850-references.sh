#!/bin/sh
# refs, thread and gaps over a small archive of telegrams of posts that do not
# exist: lists, times, years, spellings, what is missing; the same whatever
# came first; a reader told of what they may see alone.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"

# tel LEVEL DTG FM POST SERIAL MCN SECTIONS REF TEXT
tel() {
	class=UNCLAS
	[ "$1" = S ] && class='S E C R E T'
	[ "$7" -gt 1 ] && class="$class SECTION 01 OF 0$7"
	cat <<EOF
R $2
FM $3
TO SECSTATE WASHDC $6
INFO AMEMBASSY KESSELHAVN
BT
$class $4 $(printf %06d "$5")

E.O. 12958: DECL: 06/09/2018
TAGS: PREL
SUBJECT: DUES $5

REF: $8

1. ($1) $9
WREN
EOF
}

mkdir in
pa='AMEMBASSY PORT ARDEN' kh='AMEMBASSY KESSELHAVN'
tel U '100900Z JAN 08' "$pa" 'PORT ARDEN' 10 0100 1 'NONE' 'Nothing.' >in/a
tel U '200900Z JAN 08' "$pa" 'PORT ARDEN' 20 0101 3 \
    'A. PORT ARDEN 10, 12-14 AND 15 (NOTAL)
     B. CDR ARDENFLEET DTG 151200Z JAN 08
     C. PORT ARDEN 310
     D. VOSS-TARRANT E-MAIL OF JAN 3
     E. ARDENFLET 3
     F. SEPTEL' \
    'As REFS A AND C say, and as KESSELHAVN 500 said, dues fall.' >in/b
tel U '151200Z JAN 08' 'CDR ARDENFLEET' 'ARDENFLEET' 3 0001 1 NONE 'Ships.' \
    >in/c
tel U '200900Z DEC 07' "$pa" 'PORT ARDEN' 310 0099 1 NONE 'Winter.' >in/d
tel U '300900Z JAN 08' "$pa" 'PORT ARDEN' 30 0110 1 \
    'A. PORT ARDEN 20
     B. KESSELHAVN 77' 'See REFTELS.' >in/e
tel U '310900Z JAN 08' "$kh" 'KESSELHAVN' 80 0001 1 'PORT ARDEN 20' \
    'As 08 PORT ARDEN 30 says.' >in/f
tel S '010900Z FEB 08' "$pa" 'PORT ARDEN' 40 0115 1 \
    'A. PORT ARDEN 20
     B. PORT ARDEN 35' 'Secret dues.' >in/g
run 0 "filed" chancery import -a one.sqlite in
use_archive one.sqlite

run 0 "refs" chancery refs --as json "08 PORT ARDEN 20"
out_has '"value":"08PORTARDEN13","kind":"telegram","letter":"A","text":"14","sender":null,"dtg_iso":null,"notes":["range"]' \
    "a range is all of it"
out_has '"notes":["notal"],"resolution":"not-filed"'
out_has '"sender":"CDR ARDENFLEET","dtg_iso":"2008-01-15T12:00Z","notes":[],"resolution":"resolved-dtg","canonical_id":"08ARDENFLEET3"'
out_has '"resolution":"resolved-year-before","canonical_id":"07PORTARDEN310","paragraphs":["1"]' \
    "letters used in the text"
out_has '"resolution":"resolved-spelling","canonical_id":"08ARDENFLEET3"'
out_has '"resolution":"separate"'
out_has '"cites_in_text":[{"value":"08KESSELHAVN500","resolution":"not-filed","canonical_id":null,"paragraphs":["1"]}]'
run 0 "refs for people" chancery refs 08PORTARDEN20
out_has "B. CDR ARDENFLEET DTG 151200Z JAN 08  (filed, by sender and date-time group: 08ARDENFLEET3)"
out_has "(filed with the year before: 07PORTARDEN310)"
out_has "in the text: 1"
run 0 "cited in a paragraph" chancery refs 08PORTARDEN30
out_has "08KESSELHAVN80 in paragraph 1"
run 0 "cited by time" chancery refs --as json 08ARDENFLEET3
out_has '"letter":"B","resolution":"resolved-dtg","paragraph":null'
run 5 "no telegram named" chancery refs
err_has "MRN is missing"

run 0 "query words take the same way" chancery count cites:08ARDENFLEET3
[ "$(cat out)" = 1 ]
ok $? "cites: by time"
run 0 "citedby" chancery count citedby:08PORTARDEN20
[ "$(cat out)" = 3 ]
ok $? "citedby: number, time and year before"

run 0 "unresolved" chancery refs --unresolved --as json
sed -n 1p out >first
grep -q '"resolution":"not-filed","kind":"telegram","count":7,"values":7' first
ok $? "by reason and frequency"
grep -q '"resolution":"separate"' first && grep -q '"kind":"email"' first
ok $? "also what is no telegram"
run 0 "of a query" chancery refs --unresolved from:KESSELHAVN
out_has "1 telegram, 2 citations: 2 resolved, 0 not"
run 5 "a number that is none" chancery refs --unresolved --most many
run 5 "a query that is none" chancery refs --unresolved '('
err_has "^"

run 0 "thread with what is missing" chancery thread 08PORTARDEN30
out_has "08PORTARDEN14  cited, not in the archive; about 2008-01-14, between 08PORTARDEN10 and 08PORTARDEN20; cited by 08PORTARDEN20"
out_has "08KESSELHAVN77  cited, not in the archive; about 2008-01-30, before 08KESSELHAVN80"
run 0 "as json" chancery thread --as json 08PORTARDEN30
out_has '"estimate":{"date":"2008-01-14","basis":"between","lower":"08PORTARDEN10","upper":"08PORTARDEN20","cited_by":"08PORTARDEN20","capped":false}'

run 0 "gaps" chancery gaps --post "Port Arden" --year 2008
out_has "PORTARDEN 2008: 4 filed, highest number 40, 36 missing, 5 of them cited"
out_has "missing 1-9, 11-19, 21-29, 31-39"
out_has "08PORTARDEN12  about 2008-01-12, between 08PORTARDEN10 and 08PORTARDEN20; cited by 08PORTARDEN20 REF A"
out_has "PORTARDEN to STATE: 10 sections missing"
out_has "    104-109  between 08PORTARDEN20 of 2008-01-20 and 08PORTARDEN30 of 2008-01-30" \
    "three sections have three numbers"
out_has "    111-114  between 08PORTARDEN30"
run 0 "gaps as json" chancery gaps --as json --post "Port Arden" --year 2008
out_has '"blocks":[{"first":1,"last":1,"filed":0,"cited":0}'
out_has '"missing_months":[{"month":1,"count":'
run 0 "of a query" chancery gaps from:KESSELHAVN
out_has "KESSELHAVN 2008"
out_lacks "PORTARDEN 2008"
run 5 "a year that is none" chancery gaps --year soon

run 0 "a reader" chancery gaps --reader U --post "Port Arden" --year 2008
out_has "3 filed, highest number 30, 27 missing, 4 of them cited" \
    "does not see a gap that only a hidden telegram shows"
out_lacks "111-114"
run 0 "nor does it cite for them" chancery refs --reader U 08PORTARDEN20
out_has "cited by 2:"

# Whatever came first.
for order in "g f e d c b a" "c a g e b d f" "e g a c f b d"; do
	two=two-$(echo "$order" | tr -d ' ').sqlite
	for name in $order; do
		chancery import -a "$two" "in/$name" >/dev/null 2>&1
	done
	for what in "thread 08PORTARDEN20" "thread --as json 08PORTARDEN12" \
	    "refs --as json 08PORTARDEN20" "refs 08PORTARDEN10" \
	    "refs --unresolved --as json" "gaps --as json" "gaps" \
	    "thread --reader U 07PORTARDEN310"; do
		# shellcheck disable=SC2086
		chancery $what >first 2>&1
		# shellcheck disable=SC2086
		CHANCERY_ARCHIVE=$(address "$two") chancery $what >second 2>&1
		cmp -s first second && [ -s first ]
		ok $? "filed as $order: the same $what"
	done
done
run 0 "reindex changes nothing" chancery reindex -a "$two"
chancery refs --as json 08PORTARDEN20 >first
chancery refs -a "$two" --as json 08PORTARDEN20 >second
cmp -s first second
ok $? "refs after it"
done_testing
