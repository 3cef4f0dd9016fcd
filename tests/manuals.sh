#!/bin/sh
# Manual pages: no warning of mandoc, a page for every verb, and each page
# names every option that the program's own help names.
#
#   manuals.sh PROGRAM PAGE...
#
# SPDX-License-Identifier: ISC
set -u
program=$1
shift
n=0 failed=0
ok() {
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		failed=1
	fi
}

if ! command -v mandoc >/dev/null 2>&1; then
	echo "1..0 # SKIP mandoc is not installed"
	exit 0
fi
dir=
for page; do
	dir=${page%/*}
	out=$(mandoc -Tlint -W warning "$page" 2>&1)
	[ -z "$out" ]
	ok $? "${page##*/} passes mandoc -Tlint"
	[ -z "$out" ] || echo "$out" | sed 's/^/# /'
	grep -q '^\.Sh EXAMPLES' "$page"
	ok $? "${page##*/} has an example"
done
for verb in $("$program" help --verbs); do
	page=$dir/chancery-$verb.1
	[ -f "$page" ]
	ok $? "$verb has a page"
	[ -f "$page" ] || continue
	left=
	for option in $("$program" help --options "$verb"); do
		word=$(echo "${option#--}" | sed 's/-/\\\\*-/g')
		grep -q -e "Fl \\\\*-$word" -e "Fl -$word" "$page" ||
		    left="$left $option"
	done
	[ -z "$left" ]
	ok $? "chancery-$verb.1 has all options"
	[ -z "$left" ] || echo "# missing:$left"
done
echo "1..$n"
exit $failed
