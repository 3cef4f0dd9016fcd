#!/bin/sh
# The core, linked as a whole, asks the system for the C library alone.
# SPDX-License-Identifier: ISC
program=$1
echo 1..2
if "$program"; then
	echo "ok 1 - the core runs alone"
else
	echo "not ok 1 - the core runs alone"
fi
if [ "${SANITIZE:-none}" != none ]; then
	echo "ok 2 - needs libc alone # SKIP sanitizers bring libraries"
	exit 0
fi
needed=$(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
    grep -v '^libc\.' | tr '\n' ' ')
if [ -z "$needed" ]; then
	echo "ok 2 - needs libc alone"
else
	echo "not ok 2 - needs libc alone"
	echo "# needs: $needed"
fi
