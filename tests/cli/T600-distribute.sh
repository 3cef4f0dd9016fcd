#!/bin/sh
# Rules over files: who gets it and why, tests beside rules, what is wrong in
# them.
#
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
rules=$TESTS/../../data/rules
samples=$TESTS/../../samples

run 0 "the tests of the sample rules" \
    chancery distribute --test "$rules/sample.rules"
out_has "ok 1 - a country desk answers, others are told"
run 0 "and of the demo's" chancery distribute --test "$rules/demo.rules"

run 0 "a sample" chancery distribute --rules "$rules/demo.rules" \
    "$samples/26PORTARDEN214.txt"
cat >want <<'END'
26PORTARDEN214
DEPARTMENT, action, within 30 min
  For action:
    WE/ISL
      R03 passing line "DEPARTMENT FOR WE/ISL, MAR/PSR, L/MAR"; D01 TAGS "ZQ", TAGS "ZY"
  For information:
    MAR/PSR (co-drafter)
      R03 passing line "DEPARTMENT FOR WE/ISL, MAR/PSR, L/MAR"; D02 TAGS "EWWT", ¶2 "Port Safety Report", subject "PORT SAFETY RATING"
    L/MAR
      R03 passing line "DEPARTMENT FOR WE/ISL, MAR/PSR, L/MAR"
    INR
      R15 TAGS "PREL", TAGS "ZQ"
    S/ES-O
      R19 precedence "IMMEDIATE"
    L
      R22 ¶8 "the Note as handed over"
    EC/TRA
      D03 TAGS "ETRD"
AMEMBASSY KESSELHAVN, info, within 180 min
AMEMBASSY SAINT BRANNOC, info, within 180 min
NSC, info, within 180 min
  For information:
    OFFICE OF THE MARITIME ADVISER
      R05 passing line "NSC FOR OFFICE OF THE MARITIME ADVISER (T. ALDOUS)"
    T. ALDOUS
      R05 passing line "NSC FOR OFFICE OF THE MARITIME ADVISER (T. ALDOUS)"
WHITE HOUSE, info, within 180 min, unsteered
  Posted to:
    interagency store
      R24 caption "SIPDIS"
  Suggested to the desk:
    SCI/HYD
      D05 ¶4 "hydrographic", ¶8e3 "tide gauge"
  Withheld:
    FER/SB - withheld by R29: Classification C: remove readers without C clearance or without a cleared terminal.
      D07 FM "AMEMBASSY PORT ARDEN", subject "FERRY", ¶5 "ferries"
  Action item opened on:
    ¶7
      R21 ¶1 "Action Request: this telegram asks for guidance, in paragraph 7 below."
  Marked:
    FGI
      R22 ¶8 "the Note as handed over"
END
diff -u want out >diff
ok $? "golden: every office with its rules and words"
sed 's/^/# /' diff

run 0 "EXDIS to posts, NIACT, no action office, NODIS" chancery distribute \
    --brief --rules "$rules/demo.rules" "$samples/21STATE109544.txt" \
    "$samples/21MARISTAN513.txt" "$samples/26USNMCMERROW19.txt" \
    "$samples/21TAMARIND702.txt"
cat >want <<'END'
21STATE109544
AMEMBASSY MARISTAN, action, within 30 min
AMEMBASSY TAMARIND, info, within 30 min
  Withheld: S/ES-O, INR, WE/ISL

21MARISTAN513
DEPARTMENT, action, within 30 min
  For action: WE/ISL
  For information: S/ES-O, CA/OCS (co-drafter), DS/IP, L
AMEMBASSY TAMARIND, info, within 30 min
AMEMBASSY KESSELHAVN, info, within 30 min
NSC, info, within 30 min, unsteered
CIA WASHDC, info, within 30 min
SECDEF WASHDC, info, within 30 min
JOINT STAFF WASHDC, info, within 30 min
  Posted to: interagency store
  Alarm: NIACT IMMEDIATE (10 min)
  Marked: FGI

26USNMCMERROW19
DEPARTMENT, action, within 360 min, unsteered
NORTHERN MARITIME COUNCIL COLLECTIVE, info, within 360 min
  For the desk: no action office (240 min)

21TAMARIND702
DEPARTMENT, action, within 30 min, unsteered
  Withheld: INR, S/ES-O, WE/ISL
  For the desk: no action office (15 min)
END
diff -u want out >diff
ok $? "golden: names alone"
sed 's/^/# /' diff

run 0 "names alone" chancery distribute --brief --rules \
    "$rules/demo.rules" "$samples/21STATE109544.txt" \
    "$samples/26PORTARDEN214.txt"
out_has "  For action: WE/ISL"
out_lacks "R03"
run 0 "NODIS" chancery distribute --brief --rules "$rules/demo.rules" \
    "$samples/21TAMARIND702.txt"
out_has "  Withheld: INR, S/ES-O, WE/ISL"
out_has "  For the desk: no action office (15 min)"

run 0 "JSON" chancery distribute --as json --rules "$rules/demo.rules" \
    "$samples/26PORTARDEN214.txt"
cp out d.json
python3 - <<'END' >out 2>&1
import json
with open("d.json", encoding="utf-8") as f:
    d = json.loads(f.read())
action = [x for x in d["deliveries"] if x["kind"] == "action"]
assert [x["office"] for x in action] == ["WE/ISL"], action
assert action[0]["because"][1]["rule"] == "D01"
m = action[0]["because"][1]["matched"][0]
assert m["words"] == "ZQ" and m["place"] == "TAGS" and m["span"]["length"] == 2
assert d["canonical_id"] == "26PORTARDEN214" and not d["rejected"]
END
ok $? "JSON has the rules and spans"

telegram 1 >one.txt
chancery distribute --rules "$rules/sample.rules" one.txt >first
chancery distribute --rules "$rules/sample.rules" one.txt >second
cmp -s first second
ok $? "the same telegram, the same distribution"
run 0 "from standard input" sh -c "\"\$CHANCERY_PROGRAM\" distribute \
    --rules '$rules/sample.rules' --brief - <one.txt"
out_has "08PORTARDEN1"
run 0 "offices of another day" chancery distribute --date 2013-06-09 --rules \
    "$rules/sample.rules" one.txt
run 0 "copies that come back" chancery distribute --us "PORT ARDEN" --brief \
    --rules "$rules/sample.rules" one.txt
out_has "PORT ARDEN, origin"
out_has "  For information: AMB, DCM, POL, ECON, FILES"

cat >bad.rules <<'END'
rule R1 "first"
	if tagg PREL
	then item
END
run 3 "a rule that is wrong" chancery distribute --rules bad.rules one.txt
err_has 'bad.rules:2:5: "tagg" begins no condition'
err_has '	   ^'
echo 'include "gone.rules"' >going.rules
run 3 "an include that is not there" chancery distribute --rules going.rules \
    one.txt
err_has "gone.rules cannot be included"
run 3 "no rule file" chancery distribute --rules none.rules one.txt
err_has "none.rules: it cannot be opened"
cat >failing.rules <<'END'
addressee HOME is "SECSTATE WASHDC"
rule R1 "first" if tag PREL then info POL
test "it is not so" telegram "one.txt" expects info ECON; nobody
END
run 3 "a test that fails" chancery distribute --test failing.rules
out_has "not ok 1 - it is not so"
out_has "# ECON is not there for info"
out_has "# somebody gets it"
run 5 "nothing to distribute" chancery distribute --rules "$rules/sample.rules"
run 5 "a day that is none" chancery distribute --date yesterday one.txt
run 5 "save without rules" chancery distribute --save
done_testing
