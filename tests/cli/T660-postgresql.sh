#!/bin/sh
# What only a server has: the schema brought forward while others read, many
# who file at once, rights of readers, texts of any bytes, parts by year.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
if in_files; then
	echo "1..0 # SKIP needs tests/postgresql/with"
	exit 0
fi
use_archive a.sqlite
sql() {
	psql -qAtX "$CHANCERY_ARCHIVE" -c "$1"
}

mkdir in
for i in 1 2 3 4 5 6 7 8; do
	telegram $i "" "WORD$i" >in/08PORTARDEN$i.txt
done
run 0 "eight telegrams" chancery import in
run 0 "one part a year" sql "SELECT count(*) FROM pg_inherits WHERE inhparent = 'bytes_by_year'::regclass"
out_has 1
telegram 9 | sed 's/JUN 08/JUN 09/' >09PORTARDEN9.txt
run 0 "the next year" chancery import 09PORTARDEN9.txt
run 0 "has its own" sql "SELECT string_agg(inhrelid::regclass::text, ' ' ORDER BY 1) FROM pg_inherits WHERE inhparent = 'bytes_by_year'::regclass"
out_has "bytes_2009"

# A name that is not UTF-8.
name=$(printf 'caf\351.bin')
printf '\0binary' >"$name"
run 0 "a name of other bytes" chancery import "$name"
run 0 "is listed as it was" chancery stats
out_has "unread"
run 0 "and sound" chancery verify

# The schema of an older version, brought forward while somebody reads.
schemas=$TESTS/../../src/store/schema
use_archive old.sqlite
old=$(echo "$CHANCERY_ARCHIVE" | sed 's/.*%3D//')
psql -qX "$CHANCERY_TEST_SERVER" -c "CREATE SCHEMA $old"
psql -qX1 "$CHANCERY_ARCHIVE" -f "$schemas/postgresql-001.sql" \
    -f "$schemas/postgresql-002.sql" -f "$schemas/postgresql-003.sql" \
    -c "INSERT INTO meta VALUES ('schema', '3')"
run 6 "who reads says that it is old" chancery count
err_has "open it for writing once"
{
	echo "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
	echo "SELECT count(*) FROM telegram;"
	sleep 2
	echo "SELECT count(*) FROM telegram; SELECT count(*) FROM original;"
	echo "COMMIT;"
} | psql -qAtX "$CHANCERY_ARCHIVE" >reader.out 2>&1 &
reader=$!
sleep 0.5
chancery import in >import.out 2>&1 &
writer=$!
sleep 0.3
worst=0
for i in 1 2 3 4 5; do
	start=$(date +%s%N)
	psql -qAtX "$CHANCERY_ARCHIVE" -c "SELECT count(*) FROM telegram" >new.out
	took=$((($(date +%s%N) - start) / 1000000))
	[ $took -gt $worst ] && worst=$took
done
# A second of it is the client's start on a busy machine.
[ $worst -lt 1000 ]
ok $? "who comes to read does not wait behind who writes ($worst ms)"
wait $writer
ok $? "who writes brings it forward when who reads has ended"
wait $reader
[ "$(tr '\n' ' ' <reader.out)" = "0 0 0 " ]
ok $? "who reads reads on, what was there before"
run 0 "it is the newest" chancery programme list
run 0 "and sound" chancery verify
newest=$(sql "SELECT value FROM meta WHERE key = 'schema'")
use_archive a.sqlite
sql "UPDATE meta SET value = '999' WHERE key = 'schema'"
run 6 "one of a later version" chancery count
err_has "newer"
sql "UPDATE meta SET value = '$newest' WHERE key = 'schema'"

# Ten who file at once, on one archive: half of it is the same.
mkdir many
i=100
while [ $i -lt 220 ]; do
	telegram $i "" "MANY$i" >many/08PORTARDEN$i.txt
	i=$((i + 1))
done
pids=
for k in 0 1 2 3 4 5 6 7 8 9; do
	for f in many/*[$k$(((k + 1) % 10))].txt; do
		echo "$f"
	done >list$k
	# Names without blanks, of ours.
	# shellcheck disable=SC2046
	"$CHANCERY_PROGRAM" import $(cat list$k) >out$k 2>err$k &
	pids="$pids $!"
done
bad=0
for pid in $pids; do
	wait "$pid" || bad=1
done
ok $bad "ten imports at once"
[ "$(cat out? | sed -n 's/ new,.*//p' | awk '{ n += $1 } END { print n }')" = 120 ]
ok $? "each telegram is new to one of them"
run 0 "all are there" chancery count "many*"
[ "$(cat out)" = 120 ]
ok $? "once"
run 0 "no copies" chancery count is:copied
[ "$(cat out)" = 0 ]
ok $? "none"
run 0 "sound" chancery verify

# Who waits longer than agreed is told.
{
	echo "BEGIN; SELECT pg_advisory_xact_lock(hashtext(current_schema()), 1667791481);"
	sleep 3
} | psql -qAtX "$CHANCERY_ARCHIVE" >/dev/null &
sleep 0.5
telegram 500 >08PORTARDEN500.txt
run 0 "a telegram waits for the lock" chancery import 08PORTARDEN500.txt
wait

# A reader's rights are enough to read.
schema=$(sql "SELECT current_schema()")
sql "CREATE ROLE clerk LOGIN; GRANT USAGE ON SCHEMA $schema TO clerk;
    GRANT SELECT ON ALL TABLES IN SCHEMA $schema TO clerk"
clerk=$(echo "$CHANCERY_ARCHIVE" | sed 's/user=chancery/user=clerk/')
run 0 "a clerk reads" "$CHANCERY_PROGRAM" search -a "$clerk" word3
out_has "08PORTARDEN3"
telegram 600 >08PORTARDEN600.txt
run 6 "and does not write" "$CHANCERY_PROGRAM" import -a "$clerk" 08PORTARDEN600.txt
err_has "no permission"
! psql -qAtX "$clerk" -c "SELECT bytes_part(1950)" >out 2>err
ok $? "nor make parts"
! sql "SELECT bytes_part(12345)" >out 2>err
ok $? "and nobody makes one of no year"
sql "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA $schema TO clerk;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA $schema TO clerk"
sed 's/JUN 08/JUN 07/' 08PORTARDEN600.txt >07PORTARDEN600.txt
run 0 "with the rights of the manual they do, also a new year" \
    "$CHANCERY_PROGRAM" import -a "$clerk" 07PORTARDEN600.txt

# The server's disk is full; there is room again.
mkdir disk
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=1200k tmpfs disk 2>/dev/null; then
	chown "$(id -u postgres 2>/dev/null || id -u nobody)" disk
	psql -qX "$CHANCERY_TEST_SERVER" \
	    -c "CREATE TABLESPACE small LOCATION '$work/disk'"
	full="$CHANCERY_TEST_SERVER&options=-csearch_path%3Dfull%20-cdefault_tablespace%3Dsmall"
	run 6 "the disk is full" "$CHANCERY_PROGRAM" import -a "$full" "$TESTS/../../samples"
	err_has "the disk is full on the server"
	mount -o remount,size=60m disk
	run 0 "there is room again" "$CHANCERY_PROGRAM" import -a "$full" "$TESTS/../../samples"
	run 0 "sound" "$CHANCERY_PROGRAM" verify -a "$full"
	psql -qX "$CHANCERY_TEST_SERVER" -c "SET client_min_messages = error" \
	    -c "DROP SCHEMA \"full\" CASCADE" -c "DROP TABLESPACE small"
	umount disk
else
	skip "a full disk" "no file system can be mounted here"
fi

# A schema whose name wants quotes.
mission="$CHANCERY_TEST_SERVER&options=-csearch_path%3D%22Oman-2%22"
run 0 "a schema with capitals" "$CHANCERY_PROGRAM" import -a "$mission" in
run 0 "is sound" "$CHANCERY_PROGRAM" verify -a "$mission"
run 0 "and copied" "$CHANCERY_PROGRAM" copy "$mission" "$work/oman.sqlite"

# A database of something else, and one in another encoding.
psql -qX "$CHANCERY_TEST_SERVER" -c "CREATE SCHEMA other" -c "CREATE TABLE other.t (x int)"
run 6 "a database, but no archive" "$CHANCERY_PROGRAM" count -a "$CHANCERY_TEST_SERVER&options=-csearch_path%3Dother"
err_has "not an archive"
psql -qX "$CHANCERY_TEST_SERVER" -c "CREATE DATABASE latin ENCODING LATIN1 LOCALE 'C' TEMPLATE template0"
run 6 "not in UTF8" "$CHANCERY_PROGRAM" import -a "$(echo "$CHANCERY_TEST_SERVER" | sed 's,///chancery,///latin,')" in
err_has "createdb --encoding=UTF8"
run 6 "no such database" "$CHANCERY_PROGRAM" import -a "$(echo "$CHANCERY_TEST_SERVER" | sed 's,///chancery,///nothing,')" in
err_has "does not exist"
done_testing
