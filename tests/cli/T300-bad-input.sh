#!/bin/sh
# Input that is no telegram, or not whole: a message with place and remedy,
# the right status, never a crash.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"

telegram 7 >good.txt
: >empty
head -c 20000 /dev/urandom >binary
printf 'SUBJECT: NUL \000 BYTE\n\n1. (C) \000\n' >nul
printf 'SUBJECT: CAF\351 \223WORDS\224\n' >codepage
i=0
size=$(wc -c <good.txt)
whole=0
while [ $i -lt "$size" ]; do
	i=$((i + 37))
	head -c $i good.txt >cut
	chancery read --as json cut >out 2>err
	[ $? -le 3 ] && [ -s out ] || whole=1
done
ok $whole "a telegram cut off anywhere is read as what it is"

run 3 "an empty file" chancery read --as json empty
[ ! -s out ]
ok $? "has no telegram"
err_has "empty"
err_has "FRM-002"
run 0 "binary is read as text without a form" chancery read --as json binary
[ "$(wc -l <out)" -ge 1 ]
ok $? "and gives an object"
run 0 "NUL bytes" chancery read --as json nul
out_has '"subject":'
run 0 "another code page" chancery read --as json codepage
run 3 "a folder" chancery read .
err_has "chancery import"
run 3 "a missing file" chancery read none
err_has "none: cannot be opened: No such file"

# A page without a telegram, and a dump that is cut.
printf '<html><body>Nothing here</body></html>' >page.html
run 3 "a page without a telegram" chancery read page.html
err_has "page.html: a page without a telegram"
printf '"1","6/9/2008 14:56","08PORTARDEN7","Embassy Port Arden","SECRET","","FM PORT ARDEN","S E C R E T\n\n1. (S) CUT' >cut.csv
run 3 "a dump cut in a field" chancery read cut.csv
err_has "part 1"
err_has "closing quote"

# 20 MB of one line: above what one telegram may have.
head -c 20000000 /dev/zero | tr '\000' 'A' >line
run 3 "a line of 20 MB" chancery read line
err_has "16 MiB"

# The same into an archive: all of it is kept, and said.
use_archive "$work/a.sqlite"
mkdir in
cp good.txt binary nul codepage page.html cut.csv empty in
chancery import in >out 2>err
status=$?
[ $status -eq 0 ] || [ $status -eq 3 ]
ok $? "import goes through all of it (status $status)"
out_has "new"
out_has "unread"
run 0 "and the archive is sound" chancery verify
run 0 "the good one is there" chancery show 08PORTARDEN7
run 3 "a missing path" chancery import none
err_has "none"

# Archives that are none.
if in_files; then
	echo "no archive" >text.sqlite
	run 6 "a file that is no archive" chancery count -a text.sqlite
	err_has "text.sqlite"
else
	run 6 "a server that is not there" "$CHANCERY_PROGRAM" count -a \
	    "postgresql://envoy:hush@/x?host=$work/none&password=hush2"
	err_has "no connection"
	! grep -q hush err
	ok $? "and no password is said"
	run 6 "an address that is none" "$CHANCERY_PROGRAM" count -a \
	    "postgresql://%zz"
fi
run 3 "a missing archive" chancery count -a none.sqlite

# Without permission: as an ordinary user.
mkdir closed
telegram 8 >closed/08PORTARDEN8.txt
telegram 9 >shut.txt
as=
if [ "$(id -u)" -eq 0 ]; then
	if command -v setpriv >/dev/null 2>&1; then
		as="setpriv --reuid 65534 --regid 65534 --clear-groups"
	elif command -v su >/dev/null 2>&1; then
		as=su
	fi
	chown -R 65534:65534 "$work"
	if [ "$as" = su ] && ! su -s /bin/sh nobody -c true 2>/dev/null; then
		as=none
	fi
	[ -n "$as" ] || as=none
fi
chmod 000 closed shut.txt
ordinary() {
	case $as in
	'')	"$CHANCERY_PROGRAM" "$@" ;;
	su)	su -s /bin/sh nobody -c \
		    'cd "$0" && exec "$@"' -- "$work" "$CHANCERY_PROGRAM" "$@" ;;
	*)	$as "$CHANCERY_PROGRAM" "$@" ;;
	esac
}
if [ "$as" = none ] || ! ordinary version >/dev/null 2>&1; then
	skip "a folder without permission" "no ordinary user here"
else
	run 3 "a file without permission" ordinary read shut.txt
	err_has "shut.txt: cannot be opened: Permission denied"
	run 3 "a folder without permission" ordinary import -a o.sqlite closed good.txt
	err_has "closed"
	err_has "ermission"
	run 0 "the rest is filed" ordinary count -a o.sqlite
	[ "$(cat out)" = 1 ]
	ok $? "one telegram"
	chmod 755 closed
	mkdir locked
	chmod 555 locked
	[ -z "$as" ] || chown 0:0 locked
	ordinary import -a locked/a.sqlite good.txt >out 2>err
	status=$?
	[ $status -eq 6 ] || [ $status -eq 3 ]
	ok $? "an archive in a folder that cannot be written (status $status)"
	err_has "locked"
fi
done_testing
