#!/bin/sh
# Look for what the build needs and install only what is missing.
#
#   need.sh [clang] [postgresql]   also clang and its run-time, for fuzzing
#                                   and CI; a server, for the tests
#
# Says what it installs. As root by the package manager, else through
# `sudo -n`; where neither works it prints the one command to type and ends
# with status 1. The names for each system are in the table below.
# SPDX-License-Identifier: ISC
set -u

# need        how to see it                     debian  fedora  arch  alpine
table() {
	cat <<'EOF'
cc            cmd:cc                 gcc                gcc                 gcc              gcc
libc          hdr:stdio.h            libc6-dev          glibc-devel         glibc            musl-dev
meson         cmd:meson              meson              meson               meson            meson
ninja         cmd:ninja              ninja-build        ninja-build         ninja            samurai
pkg-config    cmd:pkg-config         pkg-config         pkgconf-pkg-config  pkgconf          pkgconf
sqlite        pc:sqlite3             libsqlite3-dev     sqlite-devel        sqlite           sqlite-dev
libpq         pc:libpq               libpq-dev          libpq-devel         postgresql-libs  libpq-dev
zstd          pc:libzstd             libzstd-dev        libzstd-devel       zstd             zstd-dev
nettle        pc:nettle              nettle-dev         nettle-devel        nettle           nettle-dev
jansson       pc:jansson             libjansson-dev     jansson-devel       jansson          jansson-dev
microhttpd    pc:libmicrohttpd       libmicrohttpd-dev  libmicrohttpd-devel libmicrohttpd    libmicrohttpd-dev
cmocka        pc:cmocka              libcmocka-dev      libcmocka-devel     cmocka           cmocka-dev
mandoc        cmd:mandoc             mandoc             mandoc              mandoc           mandoc
EOF
	for also in "$@"; do
		case $also in
		clang)	cat <<'EOF'
clang         cmd:clang              clang              clang               clang            clang
compiler-rt   rt:                    libclang-rt-dev    compiler-rt         compiler-rt      compiler-rt
EOF
			;;
		postgresql)	cat <<'EOF'
postgresql    pg:                    postgresql         postgresql-server   postgresql       postgresql
EOF
			;;
		esac
	done
}

# "cmd:meson" is a program, "pc:sqlite3" a pkg-config file, "hdr:" a header,
# "rt:" the run-time of clang's sanitizers, "pg:" a server of PostgreSQL.
have() {
	case $1 in
	cmd:*)	command -v "${1#cmd:}" >/dev/null 2>&1 ;;
	pc:*)	if command -v pkg-config >/dev/null 2>&1; then
			pkg-config --exists "${1#pc:}" 2>/dev/null
		else
			ls /usr/lib*/pkgconfig/"${1#pc:}.pc" \
			    /usr/lib/*/pkgconfig/"${1#pc:}.pc" 2>/dev/null |
			    grep -q .
		fi ;;
	hdr:*)	echo "#include <${1#hdr:}>" | cc -E -x c - >/dev/null 2>&1 ;;
	pg:)	"$(dirname "$0")/../tests/postgresql/server" has ;;
	rt:*)	scratch=$(mktemp) || return 1
		echo 'int main(void){return 0;}' | clang -x c - \
		    -fsanitize=address -o "$scratch" >/dev/null 2>&1
		set -- $?
		rm -f "$scratch"
		return "$1" ;;
	esac
}

column=
if command -v apt-get >/dev/null 2>&1; then
	column=3 install="apt-get install -y --no-install-recommends"
elif command -v dnf >/dev/null 2>&1; then
	column=4 install="dnf install -y"
elif command -v pacman >/dev/null 2>&1; then
	column=5 install="pacman -S --needed --noconfirm"
elif command -v apk >/dev/null 2>&1; then
	column=6 install="apk add"
fi

missing() {
	table "$@" | while read -r need see debian fedora arch alpine; do
		have "$see" && continue
		case $column in
		3)	echo "$debian" ;;
		4)	echo "$fedora" ;;
		5)	echo "$arch" ;;
		6)	echo "$alpine" ;;
		*)	echo "$need" ;;
		esac
	done
}

want=$(missing "$@" | tr '\n' ' ')
want=${want% }
[ -n "$want" ] || exit 0

echo "need: missing packages: $want" >&2
if [ -z "$column" ]; then
	echo "need: no package manager known here; install these and try again" >&2
	exit 1
fi

if [ "$(id -u)" -eq 0 ]; then
	as=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
	as="sudo -n"
else
	echo "need: not root, and sudo would ask; type this and try again:" >&2
	if command -v sudo >/dev/null 2>&1; then
		echo "    sudo $install $want" >&2
	else
		echo "    su -c '$install $want'" >&2
	fi
	exit 1
fi

echo "need: installing them with: ${as:+$as }$install" >&2
export DEBIAN_FRONTEND=noninteractive
run() {
	# The list of packages is words on purpose.
	# shellcheck disable=SC2086
	$as $install $want >&2
}
if [ "$column" = 3 ]; then
	# A fresh system has no lists, an old one has stale ones.
	as_env="$as"
	[ -n "$as" ] && as_env="$as env DEBIAN_FRONTEND=noninteractive"
	as=$as_env
	install="$install -o DPkg::Lock::Timeout=300"
	run 2>/dev/null || { $as apt-get update >&2 && run; }
else
	run
fi || {
	echo "need: the packages could not be installed; try: $install $want" >&2
	exit 1
}

left=$(missing "$@" | tr '\n' ' ')
if [ -n "$left" ]; then
	echo "need: still missing after installing: $left" >&2
	exit 1
fi
