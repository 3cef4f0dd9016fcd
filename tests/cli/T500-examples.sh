#!/bin/sh
# The examples of the manual pages, as they stand there, over the samples.
# What needs a terminal, a server or another program is not run.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
pages=$(cd "$TESTS/../../docs/man" && pwd)

run 0 "the samples are filed" chancery demo --keep "$work/archive.sqlite"
in_files || "$CHANCERY_PROGRAM" demo --keep "$work/archive.sqlite" >/dev/null
mkdir "$HOME/telegrams"
telegram 7 >08PORTARDEN7.txt
cp 08PORTARDEN7.txt "$HOME/telegrams"
printf '"1","6/9/2008 14:56","08PORTARDEN7","Embassy Port Arden","SECRET","","FM PORT ARDEN","1. (S) No."\n' >dump.csv
cp "$TESTS"/../../data/rules/*.rules .
use_archive "$work/archive.sqlite"
export CHANCERY_ARCHIVE EDITOR=true VISUAL=

for page in "$pages"/*.1; do
	sed -n 's/^\.Dl \$ //p; s/^\$ \(chancery .*\)/\1/p' "$page" |
	    sed 's/\\(dq/"/g; s/\\(aq/'"'"'/g; s/\\-/-/g' >examples
	while read -r example; do
		case $example in
		*jq*)		continue ;;
		*serve*|*postgresql:*)	continue ;;
		*demo*)		;;
		chancery*)	;;
		*)		continue ;;
		esac
		example=${example%%&& cp*}
		eval "$example" >out 2>err </dev/null
		ok $? "${page##*/}: $example"
	done <examples
done
done_testing
