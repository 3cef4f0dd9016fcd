#!/bin/sh
# chancery read, explain, forms: no archive.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"

telegram 7 >08PORTARDEN7.txt
run 0 "reads a file" chancery read --as json 08PORTARDEN7.txt
out_has '"canonical_id":"08PORTARDEN7"'
out_has '"schema":1'
run 0 "as text" chancery read 08PORTARDEN7.txt
out_has "lighthouse dues"
for as in $(chancery help --values as read); do
	run 0 "as $as" chancery read --as "$as" 08PORTARDEN7.txt
	[ -s out ]
	ok $? "as $as something is printed"
done

# Standard input, and a part of a telegram down to one line.
printf 'SUBJECT: ONE LINE\n' >line
chancery read --as json - <line >out 2>err
ok $? "reads standard input"
out_has '"subject":"ONE LINE"'

# Several telegrams in a file.
{ telegram 7; telegram 8; } >stream
run 0 "reads a stream" chancery read --as json stream
[ "$(wc -l <out)" -eq 2 ]
ok $? "two telegrams, two lines"
out_has '"part":2'

# The dump and the page.
cat >dump.csv <<'EOF'
"1","6/9/2008 14:56","08PORTARDEN7","Embassy Port Arden","SECRET","","O 091456Z JUN 08
FM AMEMBASSY PORT ARDEN","S E C R E T PORT ARDEN 000007

SUBJECT: HE SAID \"NO\"

1. (S) No."
EOF
run 0 "reads a dump" chancery read --as json dump.csv
out_has '"kind":"csv"'
out_has 'HE SAID \"NO\"'
cat >page.html <<'EOF'
<html><body><table class='cable'><tr><td>08PORTARDEN7</td><td>2008-06-09 02:02</td>
<td>2010-11-28</td><td>SECRET</td><td>Embassy Port Arden</td></tr></table>
<code><pre>O 091456Z JUN 08&#x000A;FM AMEMBASSY PORT ARDEN</pre></code>
<code><pre>S E C R E T PORT ARDEN 000007&#x000A;&#x000A;SUBJECT: LIGHTS&#x000A;&#x000A;1. (S) No.</pre></code></body></html>
EOF
run 0 "reads a page" chancery read --as json page.html
out_has '"kind":"page"'
out_has '"canonical_id":"08PORTARDEN7"'

# A good file after a bad one is read.
run 3 "a missing file" chancery read --as json none.txt 08PORTARDEN7.txt
out_has '"canonical_id":"08PORTARDEN7"'
err_has "none.txt: cannot be opened"

# --year, where nothing else says it.
grep -v '^O 09\|^DE ' 08PORTARDEN7.txt >undated
run 0 "no year" chancery read --as json --year 1999 undated
out_has '"reference_id":"99PORTARDEN7"'

# A reader of the output that goes away is no failure.
i=0
while [ $i -lt 400 ]; do telegram $((i + 1)); i=$((i + 1)); done >many
( chancery read --as json many 2>err2; echo $? >status ) | head -n 1 >out
[ "$(cat status)" -eq 0 ] && [ ! -s err2 ]
ok $? "a closed pipe is no failure"
if [ -w /dev/full ]; then
	chancery read --as json many >/dev/full 2>err
	[ $? -eq 6 ]
	ok $? "a full disk is one (6)"
	err_has "cannot write the output"
fi

run 0 "explains a TAGS code" chancery explain --as json PREL
out_has '"kind":"tag"'
out_has '"tag_kind":"subject"'
run 0 "explains a number" chancery explain --as json "08 MUSCAT 000425"
out_has '"canonical_id":"08MUSCAT425"'
[ "$(wc -l <out)" -eq 1 ]
ok $? "a number means only itself"
run 0 "explains a diagnostic" chancery explain --as json frm-002
out_has '"kind":"diagnostic"'
run 0 "a code that no table has" chancery explain --as json QQXQ
out_has '"tag_kind":"unknown"'
run 0 "explains for people" chancery explain NODIS
out_has "source: "

run 0 "lists forms" chancery forms
out_has "state"
run 0 "version" chancery version
out_has "chancery "
run 0 "--version" chancery --version
out_has "chancery "
done_testing
