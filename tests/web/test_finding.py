#!/usr/bin/env python3
"""Finding in the browser: order, pages, files, feeds, saved searches, the form
that builds a query, completion; and what a reader may not see in them. Prints
TAP.

    test_finding.py CHANCERY SAMPLES

SPDX-License-Identifier: ISC
"""

import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as xml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from test_web import Checks, Page, Server, file_in, query, send, token_of

ATOM = "{http://www.w3.org/2005/Atom}"


def numbers(body):
    """Telegrams of a page of results, in its order."""
    return re.findall(rb'<h3><a href="/t/([^"]+)"', body)


def check_order(t, s):
    pages = {order: numbers(s.ask(query("ferry or harbour") + "&sort=" + order)[1])
             for order in ("newest", "oldest", "relevance", "nonsense")}
    t.ok(pages["newest"] == pages["nonsense"] and len(pages["newest"]) > 10,
         "an order that is none is newest first")
    t.ok(len({tuple(p) for p in pages.values()}) == 3,
         "each order has its own page")
    _, body = s.ask(query("") + "&sort=oldest")
    here = numbers(body)
    link = re.search(rb'href="([^"]+)"\s+rel="next"', body).group(1).decode()
    link = link.replace("&amp;", "&")
    t.ok("after=" + here[-1].decode() in link and "sort=oldest" in link,
         "the next page begins behind the last telegram", link)
    _, body = s.ask(link)
    there = numbers(body)
    _, by_number = s.ask(query("") + "&sort=oldest&page=2")
    t.ok(there == numbers(by_number) and not set(here) & set(there),
         "and is the second")
    r, body = s.ask(query("") + "&page=2&after=99NOWHERE1")
    t.ok(r.status == 200 and len(numbers(body)) == 20,
         "behind nothing that is here, the page is by its number")
    _, body = s.ask("/search.json?q=ferry&sort=relevance")
    t.ok(json.loads(body)["results"][0]["canonical_id"] == "26PORTARDEN214",
         "programs get the order too")


def check_files(t, s, folder):
    total = int(re.search(rb"([\d,]+) telegrams", s.ask(query("ferry"))[1])
                .group(1))
    for form, kind in (("jsonl", "application/jsonl"),
                       ("csv", "text/csv; charset=utf-8; header=present"),
                       ("text", "text/plain; charset=utf-8"),
                       ("mbox", "application/mbox"),
                       ("sqlite", "application/vnd.sqlite3")):
        r, body = s.ask(f"/export/{form}?q=ferry")
        t.ok(r.status == 200 and r.getheader("Content-Type") == kind and
             r.getheader("Content-Disposition").startswith("attachment") and
             r.getheader("Content-Security-Policy") and len(body) > 1000,
             f"all as {form}", (r.status, r.getheader("Content-Type")))
        if form == "jsonl":
            n = sum(1 for line in body.splitlines() if json.loads(line))
        elif form == "mbox":
            n = len(re.findall(rb"(?m)^From chancery", body))
        elif form == "sqlite":
            path = os.path.join(folder, "x.sqlite")
            with open(path, "wb") as f:
                f.write(body)
            n = sqlite3.connect(path).execute(
                "SELECT count(*) FROM telegram").fetchone()[0]
        else:
            continue
        t.ok(n == total, f"{form} has all {total}", n)
    for target, status in (("/export/html?q=ferry", 404),
                           ("/export/maildir?q=", 404),
                           ("/export/none?q=", 404),
                           ("/export/jsonl?q=foo:x", 400),
                           ("/export/sqlite?q=(", 400)):
        r, _ = s.ask(target)
        t.ok(r.status == status, f"{target} is {status}", r.status)
    r, body = s.ask("/export/csv?q=ferry", "HEAD")
    t.ok(r.status == 200 and body == b"", "HEAD of a file")
    left = [n for n in os.listdir(os.environ.get("TMPDIR", "/tmp"))
            if n.startswith("chancery-export-")]
    t.none(left, "no file stays behind")


def check_feed(t, s):
    r, body = s.ask("/search.atom?q=ferry")
    feed = xml.fromstring(body)
    t.ok(r.getheader("Content-Type") == "application/atom+xml; charset=utf-8"
         and feed.tag == ATOM + "feed", "a feed")
    faults = [e for e in [feed] + feed.findall(ATOM + "entry")
              for n in ("id", "title", "updated") if e.find(ATOM + n) is None]
    t.none(faults, "has what RFC 4287 wants")
    links = [e.find(ATOM + "link").get("href")
             for e in feed.findall(ATOM + "entry")]
    bad = [u for u in links if not u.startswith(f"http://127.0.0.1:{s.port}/t/")
           or s.ask(urllib.parse.urlparse(u).path)[0].status != 200]
    t.ok(links and not bad, "its links lead to the telegrams", bad)
    r, _ = s.ask("/search.atom?q=(")
    t.ok(r.status == 400, "a bad query has none", r.status)


def check_saved(t, s, program, archive, samples):
    _, body = s.ask("/saved?query=subject:ferry&name=ferries")
    page = Page(body.decode())
    t.ok(not page.faults and b'value="subject:ferry"' in body,
         "the form has the query", page.faults)
    token = token_of(body)
    give = {"token": token, "name": "ferries", "query": "ferry", "act": "add"}
    r, _ = send(s, "/saved", {**give, "token": "0" * 32})
    t.ok(r.status == 403, "a form with another token is refused", r.status)
    r, _ = send(s, "/saved", give)
    t.ok(r.status == 303, "a search is kept", r.status)
    r, _ = send(s, "/saved", give)
    t.ok(r.status == 409, "not twice under one name", r.status)
    r, _ = send(s, "/saved", {**give, "name": "x", "query": "foo:bar"})
    t.ok(r.status == 400, "nor one that is wrong", r.status)
    r, _ = send(s, "/saved", {**give, "name": "a/b"})
    t.ok(r.status == 400, "nor under a name that is none", r.status)
    r, _ = send(s, "/saved", {**give, "act": "dance"})
    t.ok(r.status == 400, "nor is anything else done", r.status)
    _, body = s.ask("/saved.json")
    t.ok(json.loads(body)["saved"][0]["new"] == 0, "nothing is new yet")
    late = os.path.join(samples, "late.txt")
    with open(late, "w", encoding="utf-8") as f:
        f.write("R 011200Z APR 26\nFM AMEMBASSY PORT ARDEN\n"
                "TO SECSTATE WASHDC 0001\n\nUNCLAS PORT ARDEN 009998\n\n"
                "E.O. 13526: N/A\nTAGS: PREL\nSUBJECT: LATE FERRY\n\n"
                "1. (U) The ferry was late.\n\nWREN\n")
    file_in(program, archive, [late])
    _, body = s.ask("/saved")
    t.ok(b"<b>One</b> is new." in body, "what is filed is new")
    r, body = s.ask("/saved/ferries")
    t.ok(r.status == 200 and numbers(body) == [b"26PORTARDEN9998"],
         "and shown", numbers(body))
    _, body = s.ask("/saved/ferries")
    t.ok(numbers(body) == [b"26PORTARDEN9998"], "looking does not mark it")
    r, _ = send(s, "/saved", {"token": token, "name": "ferries",
                              "act": "told"})
    _, body = s.ask("/saved/ferries")
    t.ok(r.status == 303 and numbers(body) == [], "marking does")
    r, body = s.ask("/saved/ferries.atom")
    t.ok(r.status == 200 and b"LATE" not in body.upper().replace(
        b"LATE FERRY", b"") and b"26PORTARDEN9998" in body,
        "its feed goes on")
    for target in ("/saved/nothing", "/saved/nothing.atom", "/saved/"):
        r, _ = s.ask(target)
        t.ok(r.status == 404, f"{target} is not there", r.status)
    low = Server(program, archive, "U")
    r, body = low.ask("/saved")
    t.ok(b"ferries" not in body and low.ask("/saved/ferries")[0].status == 404,
         "another reader does not learn of it")
    low.stop()
    r, _ = send(s, "/saved", {"token": token, "name": "ferries",
                              "act": "remove"})
    t.ok(r.status == 303 and b"ferries" not in s.ask("/saved")[1],
         "it is forgotten")


def check_ask(t, s):
    _, body = s.ask("/ask")
    page = Page(body.decode())
    t.ok(not page.faults and b"negotiate~" in body and b"is:missing" in body,
         "the help has the language", page.faults)
    for fields, want in (
            ({"all": "ferry dues"}, '"ferry" "dues"'),
            ({"phrase": "port safety"}, '"port safety"'),
            ({"any": "ferry lighter", "none": "exercise drill"},
             '("ferry" or "lighter") -"exercise" -"drill"'),
            ({"from": "Port Arden", "class": "S.."},
             'from:"Port Arden" class:"S.."'),
            ({"after": "1 Mar 2026", "before": "2026-05"},
             'date:"1 Mar 2026..2026-05"'),
            ({"subject": 'a "quoted" (word'}, 'subject:"a quoted (word"'),
            ({}, "")):
        r, _ = s.ask("/ask?" + urllib.parse.urlencode({**fields, "go": "1"}))
        there = r.getheader("Location") or ""
        got = urllib.parse.parse_qs(urllib.parse.urlparse(there).query,
                                    keep_blank_values=True).get("q", ["?"])[0]
        t.ok(r.status == 303 and got == want, f"the form asks {want}", got)
        t.ok(s.ask(there)[0].status == 200, "which is understood")


def check_completion(t, s, program, archive):
    _, body = s.ask("/complete.json?q=ferry+from:port")
    found = json.loads(body)
    t.ok(found["completions"][0]["query"] == "ferry from:PORTARDEN" and
         found["completions"][0]["count"] > 1, "a post is completed", found)
    _, body = s.ask("/complete.json?q=%22ferry+fr")
    t.ok(json.loads(body)["completions"] == [], "nothing inside a phrase")
    low = Server(program, archive, "U")
    _, body = low.ask("/complete.json?q=mrn:2&limit=100")
    seen = {c["text"] for c in json.loads(body)["completions"]}
    hidden = [n for n in seen if low.ask("/t/" + n)[0].status != 200]
    t.ok(seen and not hidden, "only what a reader may see", hidden)
    low.stop()


def main(program, samples):
    t = Checks()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = os.path.join(folder, "tmp")
        os.mkdir(os.environ["TMPDIR"])
        copies = os.path.join(folder, "in")
        shutil.copytree(samples, copies)
        archive = os.path.join(folder, "a.sqlite")
        file_in(program, archive, [copies])
        s = Server(program, archive)
        check_order(t, s)
        check_files(t, s, folder)
        check_feed(t, s)
        check_saved(t, s, program, archive, copies)
        check_ask(t, s)
        check_completion(t, s, program, archive)
        status, err = s.stop()
        t.ok(status == 0, "SIGTERM ends it well", (status, err))
    print(f"1..{t.n}")
    return 1 if t.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
