#!/bin/sh
# The language of searches: every field, the examples of its manual, order and
# pages, lists of queries, completion.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
root=$TESTS/../..
use_archive a.sqlite
export CHANCERY_USER=tarrant

# note SERIAL DATE SUBJECT TEXT [REF]
note() {
	cat <<END
O $2
FM AMEMBASSY PORT ARDEN
TO SECSTATE WASHDC PRIORITY
INFO AMEMBASSY KESSELHAVN

C O N F I D E N T I A L PORT ARDEN $(printf %06d "$1")

SIPDIS

DEPARTMENT FOR WE/ISL

E.O. 12958: DECL: 06/09/2018
TAGS: PREL, EWWT, ZQ
SUBJECT: $3
${5:+
REF: $5
}
1. (C) $4

2. (U) Action request: see paragraph 1. Post requests guidance.

WREN
END
}

mkdir in
note 201 "091456Z JUN 08" "LIGHTHOUSE DUES" \
    "The pilots negotiated one two three four five six the tariff." >in/1.txt
note 202 "101456Z JUN 08" "TARIFF AND TARIFF AGAIN" \
    "The tariff was negotiated. A tariff on a tariff." "PORT ARDEN 201" >in/2.txt
note 205 "101456Z JUN 08" "DREDGING" \
    "Nothing of the kind; the ambassador's tariff once." \
    "A. PORT ARDEN 202 B. 07 KESSELHAVN 9" >in/3.txt
note 240 "110000Z JUL 09" "A QUIET WEEK" "Quiet." >in/4.txt
run 0 "import" chancery import in

# finds QUERY IDS...: those ids, sorted, and no others.
finds() {
	query=$1
	shift
	chancery search --as json "$query" 2>err |
	    sed -n 's/.*"canonical_id":"\([^"]*\)".*/\1/p' | sort | tr '\n' ' ' >found
	{ cat found; echo; } >out
	[ "$(cat found)" = "${*:+$* }" ]
	ok $? "$query"
}

A=08PORTARDEN201 B=08PORTARDEN202 C=08PORTARDEN205 D=09PORTARDEN240
finds 'tariff' $A $B $C
finds '"negotiated tariff"~6' $B
finds '"negotiated tariff"~7' $A $B
finds 'tariff near/7 negotiated' $A $B
finds '"tariff negotiated"~1' $B
finds '"tariff tariff"~1' $A $B $C
finds '"..."~3 or quiet'
finds 'negotiate~' $A $B
finds 'negotiate'
finds 'subject:tariff' $B
finds 'subject:/^tariff .*again$/' $B
finds 'subject:/^(dredging|a quiet)/' $C $D
finds 'quiet subject:/./' $D
finds 'subject:/x{2}/'
finds 'heading:kesselhavn' $A $B $C $D
finds 'body:kesselhavn'
finds 'passing:isl' $A $B $C $D
finds 'eo:12958 -subject:tariff' $A $C $D
finds 'from:/^PORT/' $A $B $C $D
finds 'from:/^KESS/'
finds 'info:/HAVN$/ date:2009' $D
finds 'tag:/^Z/' $A $B $C $D
finds 'tag:/^Y/'
finds 'caption:/dis$/' $A $B $C $D
finds 'mrn:/ARDEN20[12]$/' $A $B
finds 'mrn:08PORTARDEN202..239' $B $C
finds 'mrn:"08 PORT ARDEN 205..08 PORT ARDEN 300"' $C
finds 'ref:/^07/' $C
finds 'cites:08PORTARDEN201' $B
finds 'cites:{subject:dues or subject:tariff}' $B $C
finds 'citedby:{dredging}' $B
finds 'thread:{dredging}' $A $B $C
finds 'thread:{quiet}' $D
finds 'thread:{citedby:{dredging}} -tariff'
finds 'is:missing' $C
finds 'person:wren' $A $B $C $D
finds 'person:/^WR/' $A $B $C $D
finds 'person:nobody'
finds 'place:"Arden Islands" date:2009' $D
finds 'is:cited' $A $B
finds 'is:open' $A $B $C $D
finds 'is:overdue date:2008' $A $B $C
finds 'action:any' $A $B $C $D
finds 'action:closed'
finds 'action:we/isl date:2009' $D
finds 'action:department date:2009' $D
finds 'date:"10 June 2008"' $B $C
finds 'date:091456ZJUN08' $A
finds 'date:2008Q3..'  $D
finds 'date:10/6/2008..'
err_has "day first or month first"
finds 'is:unread'

# What is owed and who has it follow what people do.
run 0 "rules" chancery distribute --rules "$root/data/rules/demo.rules" --save
run 0 "distribute" chancery distribute --record --query dredging
finds 'is:unread' $C
finds 'office:WE/ISL' $C
finds 'office:we/isl' $C
finds 'office:NOBODY/AT'
run 0 "a case" chancery case new ISLES-2008 The isles
run 0 "its member" chancery case add ISLES-2008 08PORTARDEN202
# With what cites it.
finds 'case:isles-2008' $B $C
finds 'case:isles'

# Faults.
run 5 "an open brace" chancery search 'cites:{tariff'
err_has "          ^"
err_has "no closing brace"
run 5 "a pattern for a text" chancery search 'body:/x/'
err_has "no pattern can stand here"
run 5 "a bad pattern" chancery search 'subject:/a(/'
err_has "no closing parenthesis"

# What is understood is shown.
run 0 "forms are shown" chancery search 'negotiate~'
out_has 'query: "negotiate" or "negotiates" or "negotiated" or "negotiating"'
run 0 "dates are shown" chancery search 'date:"9 Jun 08..10 Jun 08"'
out_has 'query: date:2008-06-09..2008-06-10'

# order ARGS...: ids in the order of the result.
order() {
	chancery search --as json "$@" |
	    sed -n 's/.*"canonical_id":"\([^"]*\)".*/\1/p' | tr '\n' ' '
}
[ "$(order --sort newest '')" = "$D $B $C $A " ]
ok $? "newest first, then by number"
[ "$(order --sort oldest '')" = "$A $B $C $D " ]
ok $? "oldest first, then by number"
[ "$(order --sort relevance tariff)" = "$B $A $C " ] ||
    [ "$(order --sort relevance tariff)" = "$B $C $A " ]
ok $? "what says it more comes first"
[ "$(order --sort relevance quiet)" = "$D " ]
ok $? "relevance of one"
run 5 "no such order" chancery search --sort best tariff
run 5 "both page and after" chancery search --page 2 --after $A tariff
run 3 "after one that is not found" chancery search --after $D tariff
err_has "is not among what is found"
[ "$(order --limit 1 '')" = "$D " ]
ok $? "a first page"
note 250 "010000Z AUG 09" "MUCH LATER" "Later." >in/5.txt
run 0 "one more is filed" chancery import in/5.txt
[ "$(order --limit 2 --after "$D" '')" = "$B $C " ]
ok $? "the next page goes on where the first ended"
[ "$(order --limit 2 --after "$C" --sort oldest '')" = "$D 09PORTARDEN250 " ]
ok $? "in the other direction too"
first=$(order --limit 1 --sort relevance tariff)
[ "$first$(order --after "${first% }" --sort relevance tariff)" = \
    "$(order --sort relevance tariff)" ]
ok $? "and by relevance"

# Lists of queries.
printf 'tariff\n\n# a comment\nis:missing\n  dredging \n' >queries
run 0 "count a list" chancery count --queries queries
printf '3\ttariff\n1\tis:missing\n1\tdredging\n' | cmp -s - out
ok $? "each with its query"
run 0 "search a list" chancery search --as json --queries queries
[ "$(grep -c '"query":"tariff"' out)" = 3 ] &&
    [ "$(grep -c '"query":"dredging"' out)" = 1 ]
ok $? "each hit says whose it is"
printf 'tariff\nfoo:bar\ndredging\n' >queries
run 3 "a wrong one is told, the others go on" chancery count --queries queries
err_has "queries:2:"
err_has "no such field"
out_has "1	dredging"
run 3 "no such file" chancery count --queries nowhere
run 5 "a list and words" chancery count --queries queries tariff
echo tariff >one
n_in=$(chancery count --queries - <one)
[ "$n_in" = "3	tariff" ]
ok $? "from standard input"

# Completion.
run 0 "fields" chancery complete 'oil ci'
out_has "oil cites:	cites that telegram"
out_has "oil citedby:"
run 0 "posts" chancery complete 'from:po'
out_has "from:PORTARDEN	"
run 0 "in words" chancery complete --as json 'geo:Arde'
out_has '"text":"ZQ"'
out_has '"offset":4'
run 0 "flags" chancery complete 'is:mi'
out_has "is:missing	"
run 0 "numbers" chancery complete 'thread:09'
out_has "thread:09PORTARDEN250"
run 0 "cases" chancery complete 'case:is'
out_has "case:ISLES-2008	The isles"
run 0 "nothing in a phrase" chancery complete '"oil'
[ ! -s out ]
ok $? "and says nothing"
run 0 "nothing hidden" chancery complete --reader U 'from:po'
[ ! -s out ]
ok $? "is completed"

# Among many a pattern is tried on those alone that else fit: in braces that is
# what stands in the braces, not beside them.
mkdir many
for i in $(seq 1 40); do
	note $((300 + i)) "120000Z AUG 09" "A LOUD WEEK" "Loud." >"many/$i.txt"
done
run 0 "many more" chancery import many
finds 'again subject:/^tariff/' $B
finds 'again thread:{subject:/^dredging/}' $B

# A post that changed its name is one post.
mkdir renamed
note 11 "120000Z AUG 04" "BEFORE" "Then." | sed 's/PORT ARDEN/KIEV/' >renamed/1.txt
note 12 "120000Z AUG 09" "AFTER" "Now." | sed 's/PORT ARDEN/KYIV/' >renamed/2.txt
run 0 "under both names" chancery import renamed
finds 'from:kiev' 04KIEV11 09KYIV12
finds 'post:"Embassy Kyiv"' 04KIEV11 09KYIV12

# Where nothing is found, what is written nearly so.
instead() { # what is said QUERY
	run 0 "search $2" chancery search "$2"
	grep -qxF "$1" out
	ok $? "instead: $1"
}
instead 'nothing has "from:KEIV", with "from:KIEV": 2' 'from:keiv'
instead 'nothing has "dregding", with "dredging": 1' 'dregding -ferries'
instead 'nothing has "subject:befroe", with "subject:before": 1' 'subject:befroe'
run 0 "a word for a code" chancery search tag:external
grep -q '^nothing has "tag:EXTERNAL", with "tag:PREL": ' out
ok $? "the code is told"
run 0 "search what is near to nothing" chancery search zzyzx
[ "$(grep -c nothing out)" -eq 0 ]
ok $? "then nothing is said"

# Every example of the manual, on the bundled telegrams.
use_archive samples.sqlite
run 0 "import the samples" chancery import "$root/samples"
run 0 "a case there" chancery case new SKERRY-BANK Nets
run 0 "with a telegram" chancery case add SKERRY-BANK 24PORTARDEN388
run 0 "rules there" chancery distribute --rules \
    "$root/data/rules/demo.rules" --save
run 0 "distributed" chancery distribute --record --query skerry
sed -n '/^\.Sh EXAMPLES/,/^\.El/s/^\.It Li //p' "$root/docs/man/chancery-query.7" |
    sed 's/^"\(.*\)"$/\1/; s/\\(dq/"/g; s/\\e/\\/g' >examples
[ "$(wc -l <examples)" -ge 40 ]
ok $? "the manual has 40 examples"
run 0 "all are understood" chancery count --queries examples
[ "$(wc -l <out)" -eq "$(wc -l <examples)" ]
ok $? "and answered"
# from:oman, last month, and what is open but not late find nothing here.
[ "$(grep -c '^0	' out)" -le 3 ]
ok $? "nearly all find something: $(grep '^0	' out | tr '\n\t' ', ')"

done_testing
