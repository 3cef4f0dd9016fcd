#!/bin/sh
# Usage, help, completion: what the tables of options promise.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"

run 5 "no verb" chancery
err_has "usage: chancery"
run 5 "an unknown verb" chancery frobnicate
err_has 'no verb "frobnicate"'
run 0 "help" chancery help
out_has "search"
run 0 "--help" chancery --help
out_has "usage: chancery"
run 5 "help for what is not there" chancery help frobnicate

for verb in $(chancery help --verbs); do
	run 0 "help $verb" chancery help "$verb"
	out_has "usage: chancery $verb"
	run 0 "$verb --help" chancery "$verb" --help
	run 5 "$verb with an option that is not there" \
	    chancery "$verb" --frobnicate
	err_has "chancery $verb: there is no option --frobnicate"
	err_has "; there are --" "those that are there are named"
	err_has "chancery help $verb" "the remedy is named"
done
for verb in read explain import search show thread; do
	run 5 "$verb without words" chancery "$verb"
	err_has "is missing"
done
for verb in stats verify reindex serve demo forms version; do
	run 5 "$verb with a word too many" chancery "$verb" word
done

run 5 "a value that is none" chancery read --as papyrus x
err_has "json" "those that are there are named"
run 5 "a year that is none" chancery read --year MMVIII x
run 5 "a value missing" chancery search --limit
err_has "needs a value"
run 5 "an address that is none" chancery serve -a x --listen here
err_has "127.0.0.1:8425"
run 3 "serving what is not there" chancery serve -a none.sqlite
err_has "chancery import"
run 0 "options before the verb" chancery --reader C help

if command -v bash >/dev/null 2>&1; then
	cat >complete.sh <<'EOF'
. "$1/../../completion/chancery.bash"
try() {
	COMP_WORDS=("$CHANCERY_PROGRAM" "$@")
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_chancery "$CHANCERY_PROGRAM" "${COMP_WORDS[COMP_CWORD]}" \
	    "${COMP_WORDS[COMP_CWORD - 1]}"
	echo "${COMPREPLY[*]}"
}
try se
try search --li
try read --as js
try -a x cou
EOF
	bash complete.sh "$TESTS" >out 2>err
	out_has "search serve" "completes verbs"
	out_has "--limit" "completes options"
	out_has "json" "completes values"
	out_has "count" "completes the verb after an option"
fi
done_testing
