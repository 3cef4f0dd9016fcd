#!/bin/sh
# Pictures of the pages, wide and narrow, to be looked at.
#
#   screenshots.sh URL FOLDER [PAGE...]
#
# URL is that of a server over the samples (chancery demo). Needs chromium.
#
# SPDX-License-Identifier: ISC
set -eu

url=${1%/}
folder=$2
shift 2
[ $# -gt 0 ] || set -- home= results=search?q=ferry \
    all=search?q= nothing='search?q=ferry+zzzz' bad='search?q=date:2026-13' \
    telegram=t/26PORTARDEN214 as-sent=t/26PORTARDEN214/as-sent \
    thread=t/26PORTARDEN214/thread missing=t/25KESSELHAVN902/thread \
    sections=t/26KESSELHAVN77 error=t/26PORTARDEN999 explain=explain/PREL

browser=$(command -v chromium || command -v chromium-browser ||
    command -v google-chrome) || { echo "no chromium" >&2; exit 77; }
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
mkdir -p "$folder"

for page; do
	name=${page%%=*}
	for width in 1440 390; do
		"$browser" --headless --no-sandbox --disable-gpu \
		    --disable-quic --no-first-run \
		    --disable-background-networking \
		    --disable-component-update --disable-sync \
		    --hide-scrollbars --user-data-dir="$profile" \
		    --window-size=$width,${HEIGHT:-2200} \
		    --screenshot="$folder/$name-$width.png" \
		    "$url/${page#*=}" >/dev/null 2>&1
		echo "$folder/$name-$width.png"
	done
done
