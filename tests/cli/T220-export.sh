#!/bin/sh
# export: every form, read again by what it is for; rights; what is there
# already.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
use_archive a.sqlite

mkdir in
telegram 7 >in/1.txt
telegram 8 "08 PORT ARDEN 7" ANCHOR >in/2.txt
telegram 9 "08 PORT ARDEN 8, 08 STATE 999" "=CMD(7)" | sed \
    's/^1\. (C) The/1. (C) From São Brannoc: the/; s/^2\. (U) /2. (U)\nFrom the quay: "two", he said./' >in/3.txt
# Without number or date, and with something hidden.
printf 'A note of no form.\n\nFrom nobody, about dues.\n' >in/4.txt
telegram 12 | sed 's/^C O N F I D E N T I A L/S E C R E T/; s/CCCCC/SSSSS/; s/lower/sink/' >in/5.txt
run 0 "import" chancery import in
run 0 "count" chancery count
out_has 5

# JSON Lines and text.
run 0 "jsonl" chancery export
[ "$(wc -l <out)" -eq 5 ]
ok $? "an object a line"
run 0 "text" chancery export --to text
out_has "08PORTARDEN8"
run 0 "into a file" chancery export --to text --output all.txt anchor
[ -s all.txt ] && [ ! -e all.txt.part ]
ok $? "which is whole"
err_has "1 telegram written to all.txt"

# The others are read by programs that know the form.
run 0 "csv" chancery export --to csv -o all.csv
run 0 "mbox" chancery export --to mbox -o all.mbox
run 0 "maildir" chancery export --to maildir -o dir
run 0 "again" chancery export --to maildir -o dir
err_has "0 telegrams written"
mv dir/new/08PORTARDEN8.chancery "dir/cur/08PORTARDEN8.chancery:2,S"
run 0 "what was read" chancery export --to maildir -o dir
err_has "0 telegrams written"
run 0 "sqlite" chancery export --to sqlite -o all.db
run 0 "html" chancery export --to html -o pages
cat >look.py <<'END'
import csv, email.policy, glob, mailbox, os, re, sqlite3, sys
n = 0
def ok(good, what):
    global n
    n += 1
    print(("" if good else "not ") + "ok", what)
rows = list(csv.DictReader(open("all.csv", newline="", encoding="utf-8")))
ok(len(rows) == 5, "csv has a row a telegram")
by = {r["canonical_id"]: r for r in rows}
ok(by["08PORTARDEN8"]["references"] == "08PORTARDEN7", "csv has references")
ok(by["08PORTARDEN9"]["subject"].endswith("DUES"), "csv has subjects")
ok(not any(c and c[0] in "=+-@" for r in rows for c in r.values()),
   "no cell of the csv is a formula")
ok('"two"' in by["08PORTARDEN9"]["text"], "csv has quotes")
def parse(f):
    return email.message_from_binary_file(f, policy=email.policy.default)
box = mailbox.mbox("all.mbox", factory=parse)
ok(len(box) == 5, "mbox has a message a telegram")
m = {x["Message-ID"]: x for x in box}
nine = m["<08portarden9@telegram.invalid>"]
ok(nine["References"].split() == ["<08portarden8@telegram.invalid>",
   "<08state999@telegram.invalid>"], "a message names what it cites")
ok(nine["In-Reply-To"] in m, "so that mail readers show threads")
ok(str(nine["Date"]) == "Mon, 09 Jun 2008 14:56:00 +0000", "its date")
ok("São Brannoc" in nine.get_content(), "its text beyond ASCII")
ok("\nFrom the quay" in nine.get_content() or
   "\n>From the quay" in nine.get_content(), "a line with From is kept")
ok(all(not x.defects and not any(getattr(v, "defects", ()) for v in x.values())
   for x in box), "every message is right by RFC 5322")
ok(len(mailbox.Maildir("dir", create=False)) == 5, "maildir has all")
db = sqlite3.connect("all.db")
ok(db.execute("SELECT count(*) FROM telegram").fetchone() == (5,),
   "sqlite has all")
ok(db.execute("SELECT t.canonical_id FROM paragraph_text f JOIN paragraph p "
   "ON p.rowid = f.rowid JOIN telegram t ON t.id = p.telegram WHERE "
   "paragraph_text MATCH 'sink'").fetchall() == [("08PORTARDEN12",)],
   "sqlite finds words")
ok(db.execute("PRAGMA integrity_check").fetchone() == ("ok",),
   "sqlite is sound")
pages = glob.glob("pages/*.html")
ok(len(pages) == 6, "a page a telegram and a list")
links = [(p, h) for p in pages for h in re.findall(r'href="([^"]+)"',
         open(p, encoding="utf-8").read())]
ok(len(links) > 12 and all(os.path.exists("pages/" + h.replace("%25", "%"))
   for p, h in links), "all links lead somewhere")
page = open("pages/08PORTARDEN9.html", encoding="utf-8").read()
ok('href="08PORTARDEN8.html"' in page and "08STATE999.html" not in page,
   "links to what is there, and to nothing else")
END
python3 look.py >looked 2>err
[ $? -eq 0 ]
ok $? "all of them are read"
while read -r line; do
	case $line in
	"ok "*)	true ;;
	*)	false ;;
	esac
	ok $? "${line#*ok }"
done <looked

# What is there is not overwritten.
run 3 "html into a folder with something" chancery export --to html -o pages
err_has "is not empty"
run 3 "sqlite onto a file" chancery export --to sqlite -o all.db
err_has "is there already"
run 5 "a folder needs a path" chancery export --to html
err_has "--output"
run 5 "a bad query makes nothing" chancery export --to html -o none 'foo:x'
[ ! -e none ]
ok $? "no folder"
run 5 "nor a file" chancery export --to sqlite -o none.db '('
[ ! -e none.db ]
ok $? "no file"
run 6 "no place for it" chancery export --to html -o nowhere/pages

# A reader gets what they may see.
run 0 "a reader" chancery export --reader C --to sqlite -o c.db
run 0 "a reader's pages" chancery export --reader C --to html -o c
run 0 "a reader's mail" chancery export --reader C --to maildir -o cdir
! grep -rqi sink c c.db cdir && [ ! -e c/08PORTARDEN12.html ] &&
    [ -e c/08PORTARDEN9.html ]
ok $? "has nothing that is hidden"
grep -qi sink all.csv all.mbox
ok $? "which is in the owner's"

done_testing
