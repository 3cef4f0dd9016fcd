#!/bin/sh
# chancery check: forms of output, levels, silences, repairs, the archive, the
# hook.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
golden=$(cd "$TESTS/../golden/check" && pwd)
today="--today 2009-01-01"

# Exit status is that of the worst finding.
cp "$golden/LEN-003-silent.in" clean.txt
cp "$golden/CLS-022.in" warning.txt
cp "$golden/CAP-005.in" style.txt
cp "$golden/CLS-021.in" error.txt
run 0 "notes are no fault" chancery check $today clean.txt
out_has "[MRN-007]"
run 1 "style" chancery check $today style.txt
run 2 "a warning" chancery check $today warning.txt
out_has "warning.txt:17:19: warning: "
out_has "    E.O. 12958: DECL: 06/11/2033"
grep -q '^ *^~~~~~~~~~$' out
ok $? "a caret stands under it"
run 3 "an error" chancery check $today error.txt
run 3 "the worst of all counts" chancery check $today clean.txt error.txt style.txt
run 3 "drafting is stricter" chancery check $today --drafting warning.txt
run 0 "--level hides what is less" chancery check $today --level error warning.txt
[ ! -s out ]
ok $? "nothing is told"
run 0 "--only" chancery check $today --only MRN-007 error.txt
run 0 "--without" chancery check $today --without 'CLS-*' error.txt
run 5 "a code that is none" chancery check --only NO-123 error.txt
err_has "there is no code like"
run 5 "a day that is none" chancery check --today yesterday error.txt
run 5 "no file" chancery check
run 3 "a file that is not there" chancery check $today none.txt
err_has "none.txt: cannot be opened"

# Filter, folder, stream: lines are the file's.
chancery check $today - <warning.txt >out 2>err
[ $? -eq 2 ]
ok $? "standard input"
out_has "-:17:19: warning"
mkdir folder
cp clean.txt warning.txt folder
run 2 "a folder" chancery check $today folder
out_has "folder/warning.txt:17:19"
cat clean.txt warning.txt >stream.txt
run 2 "a stream" chancery check $today stream.txt
lines=$(wc -l <clean.txt)
out_has "stream.txt:$((lines + 17)):19: warning" "lines go on through a stream"

# JSON, SARIF, JUnit.
run 2 "as json" chancery check $today --as json warning.txt
out_has '"code":"CLS-022"'
python3 -c 'import json,sys
for l in open("out"): assert json.loads(l)["line"] > 0' 2>err
ok $? "every line is an object"
run 3 "as sarif" chancery check $today --as sarif "$golden"
python3 "$TESTS/../sarif.py" out >err 2>&1
ok $? "all golden telegrams are valid SARIF 2.1.0"
run 0 "sarif of a clean file" chancery check $today --as sarif --level style clean.txt
python3 "$TESTS/../sarif.py" out >err 2>&1
ok $? "an empty list of results is valid"
run 2 "as junit" chancery check $today --as junit warning.txt clean.txt
out_has 'type="warning"'
python3 -c 'import xml.etree.ElementTree as e
r = e.parse("out").getroot()
assert r.tag == "testsuites" and len(r) == 2
for s in r:
    assert len(s) == int(s.get("tests"))
    assert len(s.findall("testcase/failure")) == int(s.get("failures"))' 2>err
ok $? "JUnit is well formed and counted"

# Silences need a reason, and count for nothing.
echo "warning.txt:17 CLS-022 the treaty says so" >folder/.chancery-silence
run 0 "silenced" chancery check $today folder
err_has "1 finding silenced"
run 0 "silenced, as json" chancery check $today --as json folder
out_has '"silenced":"the treaty says so"'
run 0 "silenced, as sarif" chancery check $today --as sarif folder
out_has '"justification":"the treaty says so"'
python3 "$TESTS/../sarif.py" out >err 2>&1
ok $? "suppressions are valid"
echo "warning.txt:16 CLS-022 another line" >folder/.chancery-silence
run 2 "another line is not silenced" chancery check $today folder
echo "warning.txt CLS-022" >folder/.chancery-silence
run 6 "no reason, no silence" chancery check $today folder
err_has "the reason is missing"
rm folder/.chancery-silence

# Repair: a new version, once, and never over what is there.
cp "$golden/CLS-011.in" eo.txt
cp eo.txt before.txt
run 0 "safe repairs" chancery check $today --fix eo.txt
out_has 'eo.txt:17:1: repaired, safe: "EO "'
cmp -s eo.txt before.txt
ok $? "the original is as it was"
[ -f eo.txt.fixed ]
ok $? "the new version lies beside it"
run 3 "nothing is written over" chancery check $today --fix eo.txt
err_has "is there already"
run 0 "the finding is gone" chancery check $today --level style eo.txt.fixed
run 0 "a second time changes nothing" chancery check $today --fix eo.txt.fixed
out_has "nothing to repair"
cp "$golden/CLS-024.in" year.txt
run 1 "what is doubtful is left" chancery check $today --fix year.txt
run 0 "--fix=all makes it" chancery check $today --fix=all -o year2.txt year.txt
grep -q "06/09/2018" year2.txt
ok $? "under the name that was asked for"
run 0 "repairs as json" chancery check $today --fix=all --as json -o year3.txt year.txt
out_has '"confidence":"doubtful"'
run 5 "--fix=some" chancery check --fix=some year.txt

# Beside each other, and in an archive.
run 2 "--together" chancery check $today --together "$golden/MCN-001.in"
out_has "[MCN-001]"
telegram 7 "08 PORT ARDEN 3" >a.txt
telegram 9 >b.txt
run 0 "filed" chancery import --archive arc.sqlite a.txt b.txt
run 2 "the archive" chancery check $today --archive arc.sqlite --query port
out_has "08PORTARDEN9:"
out_has "[MRN-006]" "a gap in the numbers"
out_has "[REF-008]" "a reference that is not filed"
echo "08PORTARDEN* * known" >arc.sqlite.silence
in_files || chancery() { "$CHANCERY_PROGRAM" "$@"; }	# beside a file alone
in_files || chancery import --archive arc.sqlite a.txt b.txt >/dev/null
run 0 "silenced in the archive" chancery check $today --archive arc.sqlite --query port
run 5 "files and a query" chancery check --query port a.txt
run 3 "no archive" chancery check --archive none.sqlite --query port

# explain
run 0 "explain a rule" chancery explain CLS-022
out_has "reason: "
out_has "repair: "
out_has "06/11/2033" "with an example"
run 0 "a rule that waits" chancery explain MAIL-001
out_has "waits for: the mail form"

# The hook of git.
if command -v git >/dev/null 2>&1; then
	git init -q repository 2>err
	cd repository || exit 1
	git config user.name W
	git config user.email w@example.invalid
	git config chancery.program "$CHANCERY_PROGRAM"
	cp "$TESTS/../../tools/pre-commit" .git/hooks/pre-commit
	cp ../clean.txt good.txt
	git add good.txt
	git commit -qm good >out 2>err
	ok $? "a clean telegram is committed"
	cp ../error.txt bad.txt
	git add bad.txt
	cp ../clean.txt bad.txt		# the index counts, not the file
	! git commit -qm bad >out 2>err
	ok $? "one with an error is not"
	cd ..
else
	skip "the hook" "git is not installed"
fi
done_testing
