# What the scripts here share: a fresh folder, the program, TAP.
#
#   . "$TESTS/lib.sh"
#   run 0 "what is claimed" chancery read file
#   out_has "words"
#   done_testing
#
# SPDX-License-Identifier: ISC

set -u
: "${CHANCERY_PROGRAM:?the program to test}"
unset CHANCERY_ARCHIVE CHANCERY_READER
work=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work" || exit 1
export HOME="$work/home" XDG_DATA_HOME="$work/data" TMPDIR="$work/tmp"
mkdir -p "$HOME" "$TMPDIR"
n=0
failed=0

# Archives are files, or with a server in $CHANCERY_TEST_SERVER each is a
# schema there (tests/postgresql/with): the scripts name files all the same.
in_files() {
	[ -z "${CHANCERY_TEST_SERVER-}" ]
}

# address FILE: of the archive that a script calls so.
address() {
	if in_files; then
		printf '%s\n' "$1"
		return
	fi
	case $1 in
	postgresql:*)	printf '%s\n' "$1"; return ;;
	/*)		name=$1 ;;
	*)		name=$PWD/$1 ;;
	esac
	printf '%s&options=-csearch_path%%3Dt%s\n' "$CHANCERY_TEST_SERVER" \
	    "$(printf '%s' "$name" | cksum | tr -d ' ')"
}

use_archive() {
	CHANCERY_ARCHIVE=$(address "$1")
	export CHANCERY_ARCHIVE
}

chancery() {
	if in_files; then
		"$CHANCERY_PROGRAM" "$@"
		return
	fi
	before=
	for arg in "$@"; do
		case $before in
		-a|--archive|--keep)	arg=$(address "$arg") ;;
		esac
		before=$arg
		set -- "$@" "$arg"
		shift
	done
	"$CHANCERY_PROGRAM" "$@"
}

# ok STATUS LABEL: 0 is good.
ok() {
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		failed=1
		sed 's/^/# out: /' out 2>/dev/null | head -n 12
		sed 's/^/# err: /' err 2>/dev/null | head -n 12
	fi
}

skip() {
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}

# run STATUS LABEL COMMAND...: the exit status is part of the contract.
run() {
	want=$1 label=$2
	shift 2
	"$@" >out 2>err </dev/null
	got=$?
	[ "$got" -eq "$want" ]
	ok $? "$label (status $got, wanted $want)"
}

out_has() {
	grep -qF -e "$1" out
	ok $? "${2-says on standard output: $1}"
}

out_lacks() {
	! grep -qF -e "$1" out
	ok $? "${2-does not say on standard output: $1}"
}

err_has() {
	grep -qF -e "$1" err
	ok $? "${2-says on standard error: $1}"
}

done_testing() {
	echo "1..$n"
	exit $failed
}

# telegram SERIAL [REF] [WORD]: a telegram of a post that does not exist.
telegram() {
	cat <<EOF
VZCZCXRO$(printf %04d "$1")
OO RUEHC
DE RUEHPA #$(printf %04d "$1") 1611456
ZNY CCCCC ZZH
O 091456Z JUN 08
FM AMEMBASSY PORT ARDEN
TO RUEHC/SECSTATE WASHDC IMMEDIATE 0101
BT
C O N F I D E N T I A L PORT ARDEN $(printf %06d "$1")

SIPDIS

E.O. 12958: DECL: 06/09/2018
TAGS: PREL, ECON
SUBJECT: HARBOUR MINISTER ON ${3:-LIGHTHOUSE} DUES
${2:+
REF: $2
}
1. (C) The minister will lower the ${3:-lighthouse} dues in autumn.

2. (U) The ferry to Saint Brannoc runs again.
WREN
BT
#$(printf %04d "$1")
NNNN
EOF
}
