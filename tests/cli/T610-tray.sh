#!/bin/sh
# Distribution in an archive: at filing, trays, the desk, changes by hand,
# corrected copies, readers, reindex, trying rules.
#
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
rules=$TESTS/../../data/rules
use_archive "$work/a.sqlite"
export USER=tarrant

# copy SERIAL CAPTIONS [CORRECTED]
copy() {
	cat <<END
O 091456Z JUN 08
FM AMEMBASSY PORT ARDEN
TO SECSTATE WASHDC IMMEDIATE 0101
INFO NSC WASHDC PRIORITY

C O N F I D E N T I A L PORT ARDEN $(printf %06d "$1")
${3:+
C O R R E C T E D  C O P Y ($3)
}
$2

DEPARTMENT FOR WE/ISL, MAR/PSR

E.O. 12958: DECL: 06/09/2018
TAGS: PREL, ETRD, EWWT, ZQ
SUBJECT: HARBOUR MINISTER ON LIGHTHOUSE DUES

1. (U) Action request: see paragraph 2.

2. (C) The minister says that the hydrographic survey may begin. Post
requests guidance.

WREN
END
}

run 0 "an archive without rules" chancery import /dev/null
copy 7 SIPDIS >early.txt
run 0 "files before there are rules" chancery import early.txt
run 3 "and distributes nothing" chancery distribute 08PORTARDEN7
err_has "was filed before the archive had rules"
run 5 "nor can it" chancery distribute --query x early.txt
run 0 "rules are kept" chancery distribute --rules "$rules/demo.rules" --save
out_has "rules kept; what is filed from now on is distributed by them"
run 0 "the early one is distributed when asked" \
    chancery distribute --record --query lighthouse
out_has "1 telegrams distributed"
run 0 "once" chancery distribute --record
out_has "0 telegrams distributed"

copy 8 SIPDIS >eight.txt
run 0 "a telegram is filed" chancery import eight.txt
run 0 "and distributed" chancery distribute --brief 08PORTARDEN8
out_has "  For action: WE/ISL"
out_has "  For information: MAR/PSR, INR, S/ES-O, EC/TRA"
out_has "  Posted to: interagency store"
out_has "  Suggested to the desk: SCI/HYD"
run 0 "a query finds both" chancery distribute --brief lighthouse
out_has "08PORTARDEN7"
out_has "08PORTARDEN8"
run 0 "why" chancery why "08 PORT ARDEN 8" ec/tra
out_has "EC/TRA has it for information"
out_has "D03  ETRD: EC/TRA."
out_has '      TAGS: "ETRD"'
run 3 "why not" chancery why 08PORTARDEN8 PRM
err_has "no rule that fires names PRM"
run 3 "why of nothing" chancery why 08PORTARDEN9 PRM

run 0 "the tray of the desk" chancery tray WE/ISL
out_has "2 telegrams, 2 for action, 2 not read"
out_has 'R03 passing line "DEPARTMENT FOR WE/ISL, MAR/PSR"'
run 0 "any case" chancery tray we/isl
out_has "2 telegrams"
run 0 "is read" chancery tray WE/ISL --read 08PORTARDEN8 --by "I. Tarrant"
run 0 "and says so" chancery tray WE/ISL
out_has "2 telegrams, 2 for action, 1 not read"
run 3 "what is not there cannot be read" \
    chancery tray PRM --read 08PORTARDEN8
run 0 "all trays" chancery tray
out_has "WE/ISL  2, 2 for action"
run 0 "the desk" chancery desk
out_has "suggested: SCI/HYD"
out_has "2 to decide"

run 5 "nothing by hand without a reason" \
    chancery desk 08PORTARDEN8 --add PRM
err_has "say why; the reason is kept with the copy"
run 0 "add" chancery desk 08PORTARDEN8 --add PRM --reason "they asked"
run 0 "kept" chancery why 08PORTARDEN8 PRM
out_has "by tarrant: they asked"
run 0 "and told with the others" chancery distribute 08PORTARDEN8
out_has '      by hand tarrant "they asked"'
run 3 "not twice" chancery desk 08PORTARDEN8 --add PRM --reason "again"
err_has "PRM has it already"
run 0 "move" chancery desk 08PORTARDEN8 --move EC/TRA --to EB/CIP \
    --reason "trade figures"
run 0 "moved from" chancery why 08PORTARDEN8 EC/TRA
out_has "EC/TRA had it"
out_has "by tarrant: trade figures"
run 0 "moved to" chancery why 08PORTARDEN8 EB/CIP
out_has "EB/CIP has it for information"
run 0 "recall" chancery desk 08PORTARDEN8 --recall INR --reason "not theirs"
run 0 "recalled" chancery why 08PORTARDEN8 INR
out_has "recalled"
out_has "by tarrant: not theirs"
run 0 "action goes to another" \
    chancery desk 08PORTARDEN8 --action MAR/PSR --reason "it is theirs"
run 0 "one action office" chancery distribute --brief 08PORTARDEN8
out_has "  For action: MAR/PSR"
out_has "WE/ISL"
run 0 "a suggestion is sent" \
    chancery desk 08PORTARDEN8 --send SCI/HYD --reason "the team is theirs"
run 0 "and is there" chancery tray SCI/HYD
out_has "1 telegrams"
run 3 "a suggestion is sent once" \
    chancery desk 08PORTARDEN8 --send SCI/HYD --reason "again"

# A corrected copy that restricts.
copy 8 "EXDIS
SIPDIS" "EXDIS ADDED" >corrected.txt
run 0 "a corrected copy" chancery import corrected.txt
out_has "1 copies of filed ones"
run 0 "is distributed anew" chancery distribute --brief 08PORTARDEN8
out_lacks "Posted to: interagency store" "the store copy is withdrawn"
out_has "For action: MAR/PSR" "what was done by hand stays"
run 0 "recalled by the rule" chancery why 08PORTARDEN8 EB/CIP
out_has "EB/CIP has it" "what was sent by hand waits for the desk"
run 0 "the store" chancery why 08PORTARDEN8 interagency store
out_has "recalled"
out_has "corrected copy"
run 0 "the desk is asked about those" chancery desk
out_has "PRM has a copy that tarrant sent by hand"
run 0 "what a person took back stays back" chancery distribute \
    --as json 08PORTARDEN8
out_lacks '"kind":"info","addressee":"DEPARTMENT","office":"INR"'
run 0 "and is settled" chancery desk 08PORTARDEN8 --done PRM \
    --reason "agreed with the post"
run 0 "the archive is sound" chancery verify
out_has "all sound"

# The same again, and another copy that is not a correction.
run 0 "the same bytes" chancery import eight.txt
copy 7 SIPDIS | sed 's/WREN/WREN /' >other.txt
sed -i 's/may begin/may  begin/' other.txt
run 0 "a further copy" chancery import other.txt
run 0 "is not sent again" chancery tray SCI/HYD
out_has "1 telegrams"

chancery distribute --as json 08PORTARDEN8 >before
chancery tray WE/ISL >>before
chancery desk | sed 's/[0-9]* min [a-z]*//' >>before
run 0 "reindex" chancery reindex
chancery distribute --as json 08PORTARDEN8 >after
chancery tray WE/ISL >>after
chancery desk | sed 's/[0-9]* min [a-z]*//' >>after
cmp -s before after
ok $? "what people did survives reindex"
run 0 "and all is sound" chancery verify

# Who may not see the telegram sees nothing of who got it.
run 3 "a reader to U: no distribution" \
    chancery distribute --reader U 08PORTARDEN7
err_has "08PORTARDEN7"
cp err err-secret
run 3 "as of one that is not there" \
    chancery distribute --reader U 08PORTARDEN99
sed 's/PORTARDEN99/PORTARDEN7/' err >err-none
sed -n 1p err-none >a; sed -n 1p err-secret >b
cmp -s a b
ok $? "in the same words"
run 0 "no tray" chancery tray --reader U WE/ISL
out_has "0 telegrams"
run 0 "no offices" chancery tray --reader U
[ ! -s out ]
ok $? "not even their names"
run 0 "no desk" chancery desk --reader U
out_has "0 to decide"
run 3 "no why" chancery why --reader U 08PORTARDEN7 WE/ISL
run 0 "with portion-release an extract" \
    chancery tray --reader U --portion-release WE/ISL
out_has "an extract"
out_lacks "LIGHTHOUSE"
out_lacks "Lighthouse"
out_lacks "R03"
run 0 "of paragraph 1" \
    chancery show --reader U --portion-release 08PORTARDEN7
out_has "Action request"
out_lacks "hydrographic"
run 3 "others change nothing" chancery desk --reader C 08PORTARDEN7 \
    --add PRM --reason x
err_has "is for the owner of the archive"

# An archive with secrets, and one without: a reader to U sees no difference.
samples=$TESTS/../../samples
mkdir open
for f in "$samples"/*.txt; do
	one=one.${f##*/}.sqlite
	chancery import -a "$one" "$f" >/dev/null 2>&1
	[ "$(chancery count -a "$one" -r U "")" = 0 ] || cp "$f" open
	rm -f "$one"*
done
for a in all open; do
	chancery distribute -a $a.sqlite --rules "$rules/demo.rules" --save \
	    >/dev/null
done
chancery import -a all.sqlite "$samples"/*.txt >/dev/null 2>&1
chancery import -a open.sqlite open >/dev/null 2>&1
for a in all open; do
	chancery tray -a $a.sqlite -r U >$a.out
	for o in WE/ISL INR MAR/PSR S/ES-O FER/SB T.ALDOUS; do
		chancery tray -a $a.sqlite -r U $o
	done >>$a.out
	chancery desk -a $a.sqlite -r U | sed 's/[0-9]* min [a-z]*//' >>$a.out
	for t in 26PORTARDEN214 26PORTARDEN198 21TAMARIND702; do
		chancery distribute -a $a.sqlite -r U $t 2>&1
		chancery why -a $a.sqlite -r U $t INR 2>&1 | sed 's/sent .*//'
	done >>$a.out
done
cmp -s all.out open.out
ok $? "secrets change nothing in trays, desk and reasons"
grep -q "MAR/PSR" all.out
ok $? "and there is something to see"

# Two sections: the second names nobody, and need not.
for k in 1 2; do
	sed "s/PORT ARDEN 000008/PORT ARDEN 000021/
	    s/C O N F I D E N T I A L/& SECTION 0$k OF 02/" eight.txt >section-$k.txt
done
sed -i '/^DEPARTMENT FOR/d; /^TAGS/d' section-2.txt
run 0 "the second section first" chancery import section-2.txt
run 0 "nobody for action yet" chancery why 08PORTARDEN21 "no action office"
run 0 "then the first" chancery import section-1.txt
run 0 "who has it" chancery distribute --brief 08PORTARDEN21
out_has "  For action: WE/ISL"
out_lacks "no action office"

# Trying rules on what is filed.
cat >new.rules <<END
include "demo-copy.rules"
rule N1 "Lighthouses: LH/1." if words lighthouse then info LH/1
rule N2 "The store is closed." if caption SIPDIS then suppress R24
END
cp "$rules"/*.rules .
mv demo.rules demo-copy.rules
echo 'office LH/1 "Lights"' >>demo-offices.rules
run 0 "try" chancery distribute --try new.rules --query lighthouse
out_has '08PORTARDEN7  LH/1 gains info: N1 subject "LIGHTHOUSE"'
out_has "08PORTARDEN7  interagency store loses posted: R24"
out_has "3 telegrams, 2 would change: 2 copies gained or turned, 2 lost"
run 0 "try changes nothing" chancery tray LH/1
out_has "0 telegrams"
run 0 "the same rules change nothing" \
    chancery distribute --try demo-copy.rules
out_has "3 telegrams, 0 would change"
run 0 "in JSON" chancery distribute --as json --try new.rules
out_has '"change":"gains","office":"LH/1"'
run 5 "a query that is wrong" chancery distribute --try new.rules \
    --query date:2026-13

# A case that is open sends what cites it to those who watch it, but only what
# is marked so high that its readers may know of the case.
cites() {
	sed 's|^1. (U) Action|REF: 08 PORT ARDEN 70\n\n&|'
}
copy 70 SIPDIS >seventy.txt
run 0 "a telegram" chancery import seventy.txt
run 0 "a case" chancery case new DUES Lighthouse dues
run 0 "with the telegram" chancery case add DUES 08PORTARDEN70
run 0 "and a watcher" chancery case set DUES watcher L/MAR
copy 71 SIPDIS | cites >seventyone.txt
run 0 "a telegram that cites it is filed" chancery import seventyone.txt
run 0 "and goes to the watcher" chancery why 08PORTARDEN71 L/MAR
out_has "R32"
out_has 'open case: "DUES"'
run 0 "as a preview says" chancery distribute --brief \
    --rules "$rules/demo.rules" 08PORTARDEN71
out_has "L/MAR"
copy 72 SIPDIS >seventytwo.txt
run 0 "one that cites nothing" chancery import seventytwo.txt
run 0 "does not" chancery distribute --brief 08PORTARDEN72
out_lacks "L/MAR"
copy 73 SIPDIS | cites | sed 's|^C O N F I D E N T I A L|UNCLAS|; s|(C)|(U)|
    s|^E.O..*|E.O. 12958: N/A|' >seventythree.txt
run 0 "one that anybody may read" chancery import seventythree.txt
run 0 "tells nobody of the case" chancery distribute --brief 08PORTARDEN73
out_lacks "L/MAR"
run 0 "a closed case" chancery case set DUES closed 2008-06-30
copy 74 SIPDIS | cites >seventyfour.txt
run 0 "is over" chancery import seventyfour.txt
run 0 "for its watchers, too" chancery distribute --brief 08PORTARDEN74
out_lacks "L/MAR"

done_testing
