#!/bin/sh
# names, like, compare, cite, timeline, network, facets --kind, search --fold:
# over the samples, and over telegrams that are nearly the same.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"

run 0 "the samples are filed" chancery demo --keep "$work/a.sqlite"
use_archive a.sqlite

# ---- names ----
run 0 "names" chancery names --limit 3
out_has "person"
out_has "Arden Islands"
out_has "more"
run 0 "names as json" chancery names --as json --kind body
out_has '"kind":"body"'
out_lacks '"kind":"person"'
out_has '"name":"Ministry of Foreign Affairs"'
out_has '"variants":['
run 0 "names in what a query finds" chancery names --kind person -q 26PORTARDEN198
out_has "query: "
run 0 "a name in any spelling and size of letters" chancery names tresillian
out_has "Edmund Tresillian"
out_has "#"
run 0 "a name as json" chancery names --as json --limit 2 Nancarrow
out_has '"paragraphs":['
out_has '"beside":['
run 3 "a name that nobody has" chancery names Xyzzy
err_has "no telegram has this name"
run 5 "a kind that there is not" chancery names --kind ship
err_has "person"
run 5 "a bad query" chancery names -q 'harbour and ('
err_has "^"

# Who may see less is told less, and the same as if there were no more.
chancery names --as json >all.json
run 0 "names for a reader" chancery names --as json --reader U
[ "$(wc -l <out)" -lt "$(wc -l <all.json)" ]
ok $? "a reader of U sees fewer names"

# ---- like ----
run 0 "like" chancery like --limit 3 26PORTARDEN198
out_has "it cites this one"
out_has "TAGS"
run 0 "like as json" chancery like --as json 26PORTARDEN198
out_has '"reasons":[{"kind":"cited-by","text":null,"weight":3000}'
run 3 "like what is not filed" chancery like 26PORTARDEN999
run 5 "like with a wrong number" chancery like --limit 0 26PORTARDEN198

# ---- near-duplicates ----
mkdir in
i=0
while [ $i -lt 3 ]; do
	i=$((i + 1))
	telegram $((40 + i)) | sed "s/^2\\. (U).*/2. (U) The ferry to Saint \
Brannoc runs again from the first of the month on, every day but Sunday, from \
the north mole, and comes back the same evening before the lights are lit. The \
fare is what it was. The mail goes with it, as it did until the storm, and a \
warden of the council goes along to count who goes and who comes.${1-}/" \
	    >in/08PORTARDEN$((40 + i)).txt
done
sed 's/every day but Sunday/every day but Friday/' in/08PORTARDEN42.txt >x
mv x in/08PORTARDEN42.txt
telegram 50 "" BUOY | sed 's/ferry/barge/' >in/08PORTARDEN50.txt
run 0 "four telegrams" chancery import in
run 0 "near-duplicates come first" chancery like --as json 08PORTARDEN41
[ "$(grep -c '"near_duplicate":true' out)" -eq 2 ]
ok $? "two of them"
head -n 1 out | grep -q '"canonical_id":"08PORTARDEN43".*"same":1.000'
ok $? "the same first"
run 0 "folded" chancery search --fold "ferry mail lights"
out_has "near-duplicate 08PORTARDEN42"
run 0 "folding is of the display" chancery search --fold --as json "ferry mail lights"
[ "$(wc -l <out)" -eq 3 ]
ok $? "every hit is given"
[ "$(grep -c '"near_duplicate_of":"' out)" -eq 2 ]
ok $? "and says below which it belongs"

# ---- compare ----
run 0 "compare two" chancery compare 08PORTARDEN41 08PORTARDEN42
out_has "[-Sunday,-] {+Friday,+}"
run 0 "compare as json" chancery compare --as json 08PORTARDEN41 08PORTARDEN42
out_has '{"kind":"removed","text":"Sunday,"},{"kind":"added","text":"Friday,"}'
run 0 "compare as html" chancery compare --as html 08PORTARDEN41 08PORTARDEN42
out_has '<del class="removed">Sunday,</del>'
out_lacks "style="
run 0 "copies of one" chancery compare 26PORTARDEN198
out_has "26PORTARDEN198, copy 1"
out_has "[-19.-] {+17.+}"
run 0 "one without copies" chancery compare 08PORTARDEN41
out_has "no copies"
run 0 "all of it" chancery compare --whole --as json 08PORTARDEN41 08PORTARDEN43
out_has '"field":"subject"'
run 3 "compare with what is not filed" chancery compare 08PORTARDEN41 08PORTARDEN49
run 5 "three are too many" chancery compare 08PORTARDEN41 08PORTARDEN42 08PORTARDEN43

# ---- cite ----
run 0 "cite" chancery cite "26PORTARDEN214#3"
out_has "telegram 26 PORT ARDEN 214"
out_has "10 March 2026, 1432Z, Confidential, para. 3."
run 0 "Chicago" chancery cite --style chicago 26PORTARDEN214
out_has "March 10, 2026"
run 0 "BibTeX" chancery cite --style bibtex 26PORTARDEN214
out_has "@misc{26PORTARDEN214,"
run 0 "RIS" chancery cite --style ris 26PORTARDEN214
out_has "TY  - PCOMM"
[ "$(tail -n 1 out | tr -d '\r')" = "ER  - " ]
ok $? "ends with ER"
run 0 "CSL" chancery cite --style csl --accessed 2026-11-25 26PORTARDEN214 "08STATE88417#1"
if command -v python3 >/dev/null 2>&1; then
	python3 - out >err 2>&1 <<'PY'
import json, sys
items = json.load(open(sys.argv[1]))
assert isinstance(items, list) and len(items) == 2
# Names and types of the public schema, csl-data.json: an item must have id and
# type, and may have no other variables than the schema's.
kinds = {"id": (str, int), "type": str, "genre": str, "title": str,
         "number": (str, int), "note": str, "author": list,
         "recipient": list, "issued": dict, "accessed": dict}
for item in items:
    assert {"id", "type"} <= set(item)
    assert item["type"] == "personal_communication"
    for name, value in item.items():
        assert isinstance(value, kinds[name]), name
    for name in ("author", "recipient"):
        for one in item.get(name, []):
            assert set(one) <= {"family", "given", "literal"}
    for name in ("issued", "accessed"):
        parts = item.get(name, {"date-parts": [[1]]})["date-parts"]
        assert 1 <= len(parts) <= 2 and all(1 <= len(p) <= 3 and
            all(isinstance(n, int) for n in p) for p in parts)
PY
	ok $? "CSL-JSON is what its schema asks for"
else
	skip "CSL-JSON is what its schema asks for" "no python3"
fi
run 3 "what a reader may not see is not cited" chancery cite --reader U "24PORTARDEN402"
run 3 "a paragraph that there is not" chancery cite "26PORTARDEN214#99"
run 5 "no such style" chancery cite --style mla 26PORTARDEN214
err_has "bibtex"
run 5 "no such day" chancery cite --accessed yesterday 26PORTARDEN214

# ---- counted ----
run 0 "timeline" chancery timeline --by year date:2024..2026
out_has "2026"
run 0 "timeline as json" chancery timeline --as json --by day date:2026-03
out_has '{"by":"day","period":"2026-03-'
run 0 "timeline drawn" chancery timeline --as svg
out_has 'role="img"'
out_has "<desc"
out_lacks "style"
run 0 "and its table" chancery timeline --as html
out_has "<table"
run 5 "no such period" chancery timeline --by week
run 0 "network" chancery network
out_has "Port Arden, State"
run 0 "network as json" chancery network --as json
out_has '{"kind":"node","node":0,"post":"STATE"'
out_has '{"kind":"edge","from":'
run 0 "network drawn" chancery network --as svg
out_has "<title id=\"network-t\">"
run 0 "network and its table" chancery network --as html
out_has "<table"
run 0 "citations" chancery network --of references --as json date:2026
out_has '"kind":"citation"'
out_has '"missing":true'
run 5 "citations are not drawn" chancery network --of references --as svg
run 5 "of what" chancery network --of ships
run 0 "facets by other parts" chancery facets --kind originator,caption,person --limit 3
out_has "originator"
out_has "SIPDIS"
run 0 "facets as json" chancery facets --kind addressee --as json
out_has '"term":"(to:STATE or info:STATE)"'
run 5 "no such facet" chancery facets --kind ship
err_has "originator"
run 5 "a bad query there" chancery network 'harbour and ('
err_has "^"
done_testing
