#!/usr/bin/env python3
"""The server over an archive of the samples: status, headers, escaping,
links, what a reader may not see. Prints TAP.

    test_web.py CHANCERY SAMPLES

CHANCERY is the program; SAMPLES the folder of telegrams. Nothing but the
standard library, and a port of this machine.

SPDX-License-Identifier: ISC
"""

import csv
import html.parser
import http.client
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

from archives import address

POLICY = ("default-src 'none'; style-src 'self'; script-src 'self'; "
          "img-src 'self'; connect-src 'self'; form-action 'self'; "
          "base-uri 'none'; frame-ancestors 'none'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link",
        "meta", "source", "track", "wbr"}

HOSTILE = """R 011200Z APR 26
FM AMEMBASSY PORT ARDEN
TO SECSTATE WASHDC 0001

UNCLAS PORT ARDEN 009999

E.O. 13526: N/A
TAGS: PREL, ZQ
SUBJECT: <SCRIPT>ALERT("X")</SCRIPT> & 'QUOTES' " ONLOAD="X

REF: <IMG SRC=X ONERROR=ALERT(1)>

1. (U) zanzibar <b onmouseover="x">bold</b> </p></div><script>alert(1)</script>
and "quotes" & ampersands &lt;escaped&gt;.

O'HARA<I>
"""


class Checks:
    def __init__(self):
        self.n = self.bad = 0

    def ok(self, good, what, detail=""):
        self.n += 1
        print(f"{'ok' if good else 'not ok'} {self.n} - {what}")
        if not good:
            self.bad += 1
            for line in str(detail).splitlines()[:20]:
                print(f"  {line}")
        return good

    def none(self, faults, what):
        return self.ok(not faults, what, "\n".join(map(str, faults)))


class Page(html.parser.HTMLParser):
    """Well-formedness by a stack of open elements; links, anchors."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.links = [], [], [], []
        self.text = []
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"left open: {self.open}")
        for name in set(self.ids):
            if self.ids.count(name) > 1:
                self.faults.append(f"id twice: {name}")

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.faults.append(f"{tag} has {name}")
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src", "action"):
                self.links.append(value)
        if tag == "script" and not any(n == "src" for n, _ in attrs):
            self.faults.append("inline script")
        if tag == "style":
            self.faults.append("inline style")
        if tag in ("p", "ul", "ol", "div", "table", "section") and \
                self.open and self.open[-1] == "p":
            self.faults.append(f"{tag} in p")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}, "
                               f"open: {self.open[-3:]}")
            if tag in self.open:
                while self.open.pop() != tag:
                    pass
        else:
            self.open.pop()

    def handle_data(self, data):
        self.text.append(data)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, program, archive, reader=None, portion=False):
        self.port = free_port()
        words = [program, "serve", "--archive", archive,
                 "--listen", f"127.0.0.1:{self.port}"]
        if reader:
            words += ["--reader", reader]
        if portion:
            words += ["--portion-release"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
                if self.process.poll() is not None:
                    break
        raise SystemExit("Bail out! no server: "
                         + self.process.stderr.read().decode())

    def ask(self, target, method="GET", headers=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        c.request(method, target, headers=headers or {})
        r = c.getresponse()
        body = r.read()
        c.close()
        return r, body

    def text(self, target):
        """A page without the time of day, which is not the same twice."""
        r, body = self.ask(target)
        return r.status, re.sub(rb"[A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}, "
                                rb"\d\d:\d\dZ</span>", b"", body)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(20)
        err = self.process.stderr.read().decode(errors="replace")
        self.process.stderr.close()
        return status, err


def file_in(program, archive, paths):
    subprocess.run([program, "import", "--archive", archive] + paths,
                   check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def query(words):
    return "/search?q=" + urllib.parse.quote(words)


def check_headers(t, s):
    for target in ["/", query("ferry"), "/nowhere", "/search?q=date:2026-13",
                   "/assets/chancery.css", "/robots.txt", "/index.json",
                   "/%zz"]:
        r, _ = s.ask(target)
        t.none([f"{k}: {r.getheader(k)}" for k, v in HEADERS.items()
                if r.getheader(k) != v], f"headers of {target}")
    for target, status, kind in [
            ("/", 200, "text/html; charset=utf-8"),
            (query(""), 200, "text/html; charset=utf-8"),
            ("/assets/chancery.css", 200, "text/css; charset=utf-8"),
            ("/assets/keys.js", 200, "text/javascript; charset=utf-8"),
            ("/assets/none.css", 404, "text/html; charset=utf-8"),
            ("/assets/../web.h", 404, "text/html; charset=utf-8"),
            ("/index.json", 200, "application/json"),
            ("/search.csv?q=ferry", 200,
             "text/csv; charset=utf-8; header=present"),
            ("/favicon.ico", 404, "text/html; charset=utf-8"),
            ("/t/", 404, "text/html; charset=utf-8"),
            ("/t/99NOWHERE1.json", 404, "application/json"),
            ("/%zz", 400, "text/html; charset=utf-8"),
            ("/search?q=%ff", 400, "text/html; charset=utf-8"),
            ("/search?q=%00", 400, "text/html; charset=utf-8"),
            ("/?" + "a=b&" * 40, 400, "text/html; charset=utf-8"),
            ("/" + "x" * 20000, 414, "text/html; charset=utf-8")]:
        r, body = s.ask(target)
        t.ok(r.status == status and r.getheader("Content-Type") == kind,
             f"{target[:40]} is {status}, {kind}",
             f"{r.status} {r.getheader('Content-Type')} {body[:200]}")


def check_methods(t, s):
    for target in ["/", query("ferry"), "/nowhere"]:
        r, body = s.ask(target)
        h, empty = s.ask(target, "HEAD")
        t.ok(h.status == r.status and empty == b"" and
             h.getheader("Content-Length") == r.getheader("Content-Length"),
             f"HEAD {target} says what GET does, without a body")
    for method in ["POST", "PUT", "DELETE", "OPTIONS"]:
        r, _ = s.ask("/", method)
        t.ok(r.status == 405 and r.getheader("Allow") == "GET, HEAD" and
             r.getheader("Content-Security-Policy") == POLICY,
             f"{method} is refused", r.status)
    for host, status in [("evil.example", 421), ("127.0.0.1.evil.example", 421),
                         ("127.evil", 421), (f"localhost:{s.port}", 200),
                         ("127.0.0.1", 200), ("[::1]:80", 200), ("", 421)]:
        r, _ = s.ask("/", headers={"Host": host})
        t.ok(r.status == status, f"Host {host} is {status}", r.status)
    r, _ = s.ask("/assets/chancery.css")
    again, body = s.ask("/assets/chancery.css",
                        headers={"If-None-Match": r.getheader("ETag")})
    t.ok(again.status == 304 and body == b"", "an asset is not sent twice")
    r, _ = s.ask("/", headers={f"X-{i}": "x" * 900 for i in range(20)})
    t.ok(r.status == 431, "too many header fields are refused", r.status)


def check_states(t, s):
    r, body = s.ask("/search?q=date:2026-03..2025-01+ferry")
    t.ok(r.status == 400 and b"Nothing was searched." in body and
         b"^" in body, "a bad query has a caret, and nothing was searched")
    r, body = s.ask(query('"unclosed <i>'))
    t.ok(b"<i>" not in body, "a bad query is shown escaped")
    r, body = s.ask(query("ferry zzzzzz"))
    t.ok(r.status == 200 and b"No telegram matches both terms" in body and
         b"Without" in body, "no results: says what to drop")
    for words in ['"ferry"', '<b>"x"</b>', "a' onload='x", "\\", "é",
                  "&amp;", "%"]:
        r, body = s.ask(query(words))
        page = Page(body.decode())
        t.ok(r.status in (200, 400) and not page.faults,
             f"the query {words} leaves the page whole", page.faults)
    r, _ = s.ask(query("26 port arden 214"))
    t.ok(r.status == 303 and r.getheader("Location") == "/t/26PORTARDEN214",
         "a number in any spelling opens the telegram",
         (r.status, r.getheader("Location")))
    r, _ = s.ask("/t/26%20port%20arden%20214")
    t.ok(r.status == 303 and r.getheader("Location") == "/t/26PORTARDEN214",
         "a telegram has one address")
    r, body = s.ask("/t/26PORTARDEN999")
    t.ok(r.status == 404 and b"26 PORT ARDEN 999" in body or
         b"26 PORTARDEN 999" in body, "what is not there is named")
    r, body = s.ask(query("ferry") + "&page=999")
    t.ok(r.status == 200 and b"end before" in body,
         "past the last page is said")
    r, body = s.ask(query("ferry") + "&page=-1")
    t.ok(r.status == 200, "a page that is no number is the first")


def check_telegram(t, s, samples):
    r, body = s.ask("/t/26PORTARDEN214")
    text = body.decode()
    for part in ['id="p8"', 'href="#p8"', '<span class="pm c">(C)</span>',
                 'External Political Relations', 'class="ref missing"',
                 '<h2 class="legend" id="ar">Action request</h2>',
                 'href="/t/26PORTARDEN198"', 'class="frame doc indent"',
                 '<p class="sign">VOSS</p>']:
        t.ok(part in text, f"the telegram page has {part}")
    t.ok(text.index('id="p2"') < text.index('id="p1"'), "the summary leads")
    page = Page(text)
    t.none(page.faults, "the telegram page is well formed")
    path = os.path.join(samples, "26PORTARDEN214.txt")
    with open(path, "rb") as f:
        original = f.read()
    r, body = s.ask("/t/26PORTARDEN214/raw")
    t.ok(body == original, "raw is what was received, byte for byte")
    t.ok(r.getheader("Content-Disposition") ==
         'attachment; filename="26PORTARDEN214.txt"' and
         r.getheader("Content-Type").startswith("text/plain"),
         "raw is a download")
    r, body = s.ask("/t/26PORTARDEN214/as-sent")
    lines = re.findall(r'<tr id="l\d+"', body.decode())
    t.ok(len(lines) == len(original.splitlines()),
         "as sent has every line", (len(lines), len(original.splitlines())))
    r, body = s.ask("/t/26PORTARDEN214.json")
    t.ok(json.loads(body)["canonical_id"] == "26PORTARDEN214",
         "the JSON is the telegram's")
    r, body = s.ask("/search.json?q=ferry")
    found = json.loads(body)
    r, body = s.ask("/search.csv?q=ferry")
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    t.ok(found["total"] == len(rows) > 0 and rows[0]["canonical_id"] ==
         found["results"][0]["canonical_id"], "JSON and CSV agree")


def check_hostile(t, s):
    for target in ["/t/26PORTARDEN9999", "/t/26PORTARDEN9999/as-sent",
                   "/t/26PORTARDEN9999/thread", query("zanzibar")]:
        r, body = s.ask(target)
        page = Page(body.decode())
        t.ok(r.status == 200 and not page.faults and
             b"<script>" not in body.lower() and b"<img" not in body.lower(),
             f"a hostile telegram is text in {target}",
             (r.status, page.faults))
    r, body = s.ask("/t/26PORTARDEN9999")
    t.ok("alert(1)" in "".join(Page(body.decode()).text),
         "and nothing of it is lost")


def check_programmes(t, s, program, archive):
    r, body = s.ask("/programmes")
    t.ok(b"No rating programme is kept" in body, "no programme says so")
    r, body = s.ask("/programmes/port-safety")
    t.ok(r.status == 404, "what is not described is not found", r.status)
    for words in ["define", "load"]:
        subprocess.run([program, "programme", words, "--archive", archive,
                        "port-safety"], check=True,
                       stdout=subprocess.DEVNULL)
    r, body = s.ask("/programmes")
    t.ok(b'href="/programmes/port-safety"' in body, "then it is listed")
    r, body = s.ask("/programmes/port-safety?year=2026&subject=ARD")
    text, page = body.decode(), Page(body.decode())
    t.none(page.faults, "the page of a programme is well formed")
    for part in ['<span class="g c3">C</span>', "Published as C; reassessed "
                 "to B watch on 14 May 2026", "Sources differ: report says B",
                 'href="/t/26PORTARDEN214"', "16 Apr to 31 May",
                 '<span class="basis derived">derived</span>',
                 '<span class="basis assumed">assumed</span>',
                 "Explanation of each change", "wanting: Maristan",
                 'class="line top c"']:
        t.ok(part in text, f"it has {part}")
    t.ok(text.count('class="scroll') == 1, "only the grades scroll sideways")
    r, body = s.ask("/programmes/port-safety.json?year=2026")
    found = json.loads(body)
    t.ok(len(found["cells"]) == 8 and found["predictions"][0]["subject"] ==
         "TAM", "and is there as JSON")
    r, body = s.ask("/programmes/port-safety.csv")
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    t.ok(len(rows) == 50 and rows[0]["subject"] == "ARD", "as CSV")
    r, body = s.ask("/programmes/port-safety.txt")
    t.ok(b"since 2026-05-14 B watch" in body, "and as text")
    url = "/programmes/port-safety"
    cell = {"token": token_of(text.encode()), "year": "2026",
            "subject": "ARD"}
    r, _ = send(s, url, {**cell, "token": "0" * 32,
                         "confirm": "26PORTARDEN344"})
    t.ok(r.status == 403, "a link with another token is refused", r.status)
    r, _ = send(s, url, cell)
    t.ok(r.status == 400, "and one without a button", r.status)
    for button, telegram in [("confirm", "26PORTARDEN344"),
                             ("refuse", "26USNMCMERROW58")]:
        r, _ = send(s, url, {**cell, button: telegram})
        t.ok(r.status == 303 and r.getheader("Location") ==
             url + "?year=2026&subject=ARD#telegrams",
             f"a person may {button} {telegram}", r.status)
    r, body = s.ask(url + "?year=2026&subject=ARD")
    t.ok(b"a person confirmed it" in body and b"26 USNMC MERROW 58" not in
         body, "and it is so")
    r, _ = send(s, url, {**cell, "back": "26PORTARDEN344"})
    r, body = s.ask(url + "?year=2026&subject=ARD")
    t.ok(b"a person confirmed it" not in body, "until it is taken back")
    low = Server(program, archive, "U")
    r, body = low.ask("/programmes/port-safety?year=2026&subject=ARD")
    t.ok(r.status == 200 and b"26PORTARDEN214" not in body and
         b"9 May" not in body and b'class="line top c"' not in body,
         "a reader below has it without what they may not see")
    low.stop()


def check_lists(t, s, program, archive):
    """Pages about many telegrams: what they say, and that programs get what
    the commands print."""
    for target, parts in [
            ("/names", ["People, places and bodies", "Abel Nancarrow",
                        'href="/names/Arden%20Islands?kind=place"',
                        'class="line top ts"']),
            ("/names?kind=body&q=ferry", ["Harbour Council", "<b>bodies</b>"]),
            ("/names/Voss", ["It may mean <b>2 names</b>", "Helen J. Voss",
                             "Stand beside it"]),
            ("/names/Marrack", ['href="/t/26PORTARDEN214#p']),
            ("/names/helen%20voss?kind=person", ["Helen J. Voss"]),
            ("/gaps", ["What is missing", 'class="lost"', 'class="got"',
                       'href="/gaps?post=KESSELHAVN&amp;year=2025"']),
            ("/gaps?post=kesselhavn&year=2025", [
                "Kesselhavn, 2025", "25 KESSELHAVN 902", "about 5 November "
                "2025", 'href="/t/25KESSELHAVN915"', "Numbers that are not "
                "there", "missing, by estimate"]),
            ("/references", ["Citations that lead nowhere", "No telegram",
                             'href="/t/25KESSELHAVN902/thread"']),
            ("/timeline", ['class="line top ts"']),
            ("/network", ["Who writes to whom", '<svg xmlns=', 'role="img"',
                          'class="line top ts"',
                          "aria-label=\"Kesselhavn: ", 'href="/network.json?'
                          'of=references"', "Telegrams from one to another"]),
            ("/timeline?from=2026-02&to=2026-04", [
                'src="/assets/timeline.js"', 'value="2026-02"', "March 2026",
                "date:2026-02..2026-04", 'data-at="2026-03"',
                'id="figures"']),
            ("/timeline?by=day&q=date:2026-03", ["Telegrams by day",
                                                 "10 March 2026"]),
            ("/t/26PORTARDEN214/like", ["it cites this one", "TAGS", "names",
                                        'href="/compare?a=26PORTARDEN214']),
            ("/t/26PORTARDEN214/cite?para=8", ["para. 8", "BibTeX", "TY  - ",
                                               '&quot;recipient&quot;']),
            ("/compare?a=26PORTARDEN198", ["<b>One copy</b>", "<del>19.</del>",
                                           "<ins>17.</ins>", "pairtext"]),
            ("/compare?a=26STATE24240&b=26STATE25102&columns=1&whole=1",
             ["onetext", "(C) GUIDANCE", "Date-time group"]),
            ("/t/26PORTARDEN214", ['>Similar</h2>', 'data-key="c"',
                                   'href="#ref2"', 'id="ref2"',
                                   "; by its number"]),
            ("/t/26PORTARDEN198", ['href="/compare?a=26PORTARDEN198"']),
            ("/t/25KESSELHAVN902/thread", [
                "about 5 November 2025", 'href="/t/25KESSELHAVN903"'])]:
        r, body = s.ask(target)
        text = body.decode()
        page = Page(text)
        missing = [part for part in parts if part not in text]
        t.ok(r.status == 200 and not page.faults and not missing,
             f"{target} is whole and says what it should",
             (r.status, page.faults, missing))
    for target, words in [
            ("/names.json", ["names", "--limit", "1000"]),
            ("/names.json?q=ferry&kind=person",
             ["names", "--query", "ferry", "--kind", "person", "--limit",
              "1000"]),
            ("/names/Voss.json", ["names", "Voss", "--limit", "10"]),
            ("/gaps.json?year=2025", ["gaps", "--year", "2025"]),
            ("/references.json?q=ferry", ["refs", "--unresolved", "--most",
                                          "1000", "ferry"]),
            ("/network.json?q=ferry", ["network", "ferry"]),
            ("/network.json?of=references", ["network", "--of",
                                             "references"]),
            ("/timeline.json?by=day", ["timeline", "--by", "day"]),
            ("/t/26PORTARDEN214/like.json", ["like", "26PORTARDEN214",
                                             "--limit", "20"]),
            ("/compare.json?a=26PORTARDEN198", ["compare",
                                                "26PORTARDEN198"])]:
        out = subprocess.run([program] + words + ["--as", "json", "--archive",
                                                  archive], check=True,
                             stdout=subprocess.PIPE).stdout
        want = [json.loads(line) for line in out.splitlines()]
        got = json.loads(s.ask(target)[1])
        t.ok(want and got["schema"] == 1 and got["results"] == want,
             f"{target} is what the command prints",
             f"{len(want)} and {len(got.get('results', []))}")
    r, body = s.ask("/t/26PORTARDEN214/cite.json?para=8")
    cited = json.loads(body)
    t.ok(len(cited) == 1 and "para. 8" in cited[0]["note"],
         "a citation is a list of CSL-JSON")
    r, body = s.ask("/t/26PORTARDEN214/cite.txt?style=bibtex")
    t.ok(body.startswith(b"@misc{26PORTARDEN214"), "or text in any style")
    for target, status in [
            ("/names/Nobody%20Whatever", 404), ("/names/", 404),
            ("/names/a%2Fb", 404), ("/names?q=date:2026-13", 400),
            ("/gaps?q=date:2026-13", 400), ("/network.json?q=(", 400),
            ("/timeline?q=date:2026-13", 400),
            ("/timeline?from=x&to=%22", 200), ("/references?q=(", 400),
            ("/t/26PORTARDEN999/like", 404), ("/t/26PORTARDEN999/cite", 404),
            ("/t/26PORTARDEN214/cite?para=99", 404),
            ("/compare", 200), ("/compare?a=26PORTARDEN999", 404),
            ("/compare?a=26PORTARDEN214&b=26PORTARDEN999", 404),
            ("/gaps?post=NOWHERE&year=2026", 200),
            ("/gaps?page=99999", 200)]:
        r, body = s.ask(target)
        faults = Page(body.decode()).faults if ".json" not in target else []
        t.ok(r.status == status and not faults, f"{target} is {status}",
             (r.status, faults))


# Addresses of one shape that are looked at, as /t/*/like.json; of telegrams
# themselves all.
EACH = 25


def shape(target):
    return re.sub(r"/(t|names|distribution|actions|explain)/[^/?.]*",
                  r"/\1/*", target.split("?")[0])


def crawl(t, s):
    seen, queue, pages, faults = set(), ["/"], {}, []
    shapes = {}
    while queue and len(seen) < 6000:
        target = queue.pop()
        if target in seen:
            continue
        seen.add(target)
        kind = shape(target)
        shapes[kind] = shapes.get(kind, 0) + 1
        if shapes[kind] > EACH and kind not in ("/t/*", "/search"):
            continue
        r, body = s.ask(target)
        if r.status not in (200, 303):
            faults.append(f"{target}: {r.status}")
            continue
        if r.getheader("Content-Security-Policy") != POLICY:
            faults.append(f"{target}: no policy")
        if target.split("?")[0].endswith(".json"):
            try:
                for line in (body.splitlines() if body.startswith(b"{") and
                             body.count(b'"schema"') != 1 else [body]):
                    json.loads(line)
            except ValueError as e:
                faults.append(f"{target}: {e}")
        if not r.getheader("Content-Type").startswith("text/html"):
            continue
        page = pages[target] = Page(body.decode())
        faults += [f"{target}: {fault}" for fault in page.faults]
        # A query leads to many: its terms are followed one step only, and a
        # few of those that a list has. So do comparisons.
        many = {"/search?": 3, "/compare": 1}
        for link in page.links:
            there = urllib.parse.urljoin(target, link).split("#")[0]
            kind = there[:8]
            if kind in many and target != "/" and not (
                    target.startswith("/search")):
                many[kind] -= 1
                if many[kind] < 0:
                    continue
            if not there.startswith("/"):
                faults.append(f"{target}: leads out: {link}")
            elif there not in seen and (
                    not target.startswith("/search?") or
                    not there.startswith("/search") or
                    target == "/search?q="):
                queue.append(there)
    anchors = []
    for target, page in pages.items():
        for link in page.links:
            there, _, anchor = urllib.parse.urljoin(target, link
                                                    ).partition("#")
            if anchor and there in pages and anchor not in pages[there].ids:
                anchors.append(f"{target}: {link}")
    asked = len(seen) - sum(max(n - EACH, 0) for kind, n in shapes.items()
                            if kind not in ("/t/*", "/search"))
    t.none(faults, f"{asked} of {len(seen)} addresses, those of a kind up to "
           f"{EACH}: all resolve, all pages are well formed, all have the "
           "policy")
    t.none(anchors, "all anchors are there")


def check_reader(t, program, folder, samples, reader):
    """What may not be seen is as what is not there: the same bytes from an
    archive with all telegrams and from one with the permitted alone."""
    everything = os.path.join(folder, f"all-{reader}")
    permitted = os.path.join(folder, f"permitted-{reader}")
    os.mkdir(everything)
    os.mkdir(permitted)
    ids = {}
    for name in sorted(os.listdir(samples)):
        # One telegram a file, and its name is its number.
        if re.fullmatch(r"\d\d[A-Z]+\d+(-corrected|-\d)?\.txt", name):
            ids.setdefault(re.split(r"[-.]", name)[0], []).append(name)
            shutil.copy(os.path.join(samples, name), everything)
    file_in(program, address(everything + ".sqlite"), [everything])
    a = Server(program, address(everything + ".sqlite"), reader)
    _, body = a.ask("/search.csv?q=")
    visible = {row["canonical_id"] for row in
               csv.DictReader(io.StringIO(body.decode()))}
    hidden = sorted(set(ids) - visible)
    t.ok(visible and hidden, f"{reader} sees {len(visible)} telegrams, "
         f"{len(hidden)} are hidden")
    for key in visible:
        for name in ids.get(key, []):
            shutil.copy(os.path.join(samples, name), permitted)
    file_in(program, address(permitted + ".sqlite"), [permitted])
    b = Server(program, address(permitted + ".sqlite"), reader)
    targets = ["/", "/index.json", query(""), query("ferry"),
               "/search.json?q=ferry", query("marrack or harbour"),
               query("ferry zzzzzz")]
    for key in hidden:
        targets += [f"/t/{key}", f"/t/{key}.json", f"/t/{key}/as-sent",
                    f"/t/{key}/raw", f"/t/{key}/thread", query("mrn:" + key)]
    for key in sorted(visible):
        targets += [f"/t/{key}", f"/t/{key}/thread", f"/t/{key}/as-sent"]
    faults = [target for target in targets if a.text(target) != b.text(target)]
    t.none(faults, f"{len(targets)} pages for {reader}: hidden is absent")
    leaks = [key for key in hidden if a.ask(f"/t/{key}")[0].status != 404]
    t.none(leaks, "what is hidden has the page of what is not there")
    # A number that never was, of the same length, has the same page but for
    # the number itself.
    key = hidden[0]
    other = key[:-1] + ("0" if key[-1] != "0" else "1")
    if other not in ids:
        x, y = a.ask(f"/t/{key}"), a.ask(f"/t/{other}")
        t.ok(x[0].status == y[0].status == 404, "both are not found")
    a.stop()
    b.stop()


def token_of(body):
    found = re.search(rb'name="token" value="([0-9a-f]{32})"', body)
    return found.group(1).decode() if found else ""


def send(s, target, fields, headers=None):
    """A form as a browser sends it."""
    c = http.client.HTTPConnection("127.0.0.1", s.port, timeout=20)
    body = urllib.parse.urlencode(fields)
    c.request("POST", target, body, {
        "Content-Type": "application/x-www-form-urlencoded",
        **(headers or {})})
    r = c.getresponse()
    text = r.read()
    c.close()
    return r, text


def check_forms(t, s, url, token):
    give = {"token": token, "add": "1", "office": "PRM", "role": "info",
            "who": "I. Tarrant", "reason": "<b>asked</b> & needed"}
    r, _ = send(s, url, {**give, "token": "0" * 32})
    t.ok(r.status == 403, "a form with another token is refused", r.status)
    r, _ = send(s, url, {k: v for k, v in give.items() if k != "token"})
    t.ok(r.status == 403, "and one without", r.status)
    r, _ = send(s, url, give, {"Sec-Fetch-Site": "cross-site"})
    t.ok(r.status == 403, "and one from another site", r.status)
    r, body = send(s, url, {**give, "reason": ""})
    t.ok(r.status == 400 and b"say why" in body, "and one without a reason",
         r.status)
    r, _ = send(s, url, {**give, "reason": "x" * 40000})
    t.ok(r.status == 413, "and one too long", r.status)
    r, _ = send(s, "/search", give)
    t.ok(r.status == 405, "pages take no form", r.status)
    r, _ = send(s, "/distribution/08NOWHERE1", give)
    t.ok(r.status == 404, "nor what is not there", r.status)
    r, _ = send(s, url, give)
    t.ok(r.status == 303 and r.getheader("Location") == url,
         "a change is answered by a redirect", (r.status,
                                                r.getheader("Location")))
    _, body = s.ask(url)
    t.ok(b"by I. Tarrant: &lt;b&gt;asked&lt;/b&gt; &amp; needed" in body,
         "the reason is kept, and is text")
    r, body = send(s, url, give)
    t.ok(r.status == 400 and b"has it already" in body, "not twice")
    _, body = s.ask(url)
    number = re.search(rb'name="send" value="(\d+)"', body).group(1)
    r, _ = send(s, url, {"token": token, "send": number, "who": "I. Tarrant",
                         "reason": "the team is theirs"})
    _, body = s.ask("/tray?office=SCI/HYD")
    t.ok(r.status == 303 and b"26 PORT ARDEN 214" in body,
         "a suggestion is sent")
    number = re.search(rb'name="delivery" value="(\d+)"', body).group(1)
    r, _ = send(s, "/tray", {"token": token, "office": "SCI/HYD",
                             "telegram": "26PORTARDEN214",
                             "delivery": number})
    _, body = s.ask("/tray?office=SCI/HYD")
    t.ok(r.status == 303 and b">read " in body, "and read")


def check_distribution(t, program, folder, samples, hostile):
    archive = address(os.path.join(folder, "d.sqlite"))
    rules = os.path.join(samples, "..", "data", "rules", "demo.rules")
    subprocess.run([program, "distribute", "--archive", archive, "--rules",
                    rules, "--save"], check=True, stdout=subprocess.DEVNULL)
    file_in(program, archive, [samples, hostile])
    url = "/distribution/26PORTARDEN214"
    s = Server(program, archive)
    r, body = s.ask(url)
    page = Page(body.decode())
    t.ok(r.status == 200 and not page.faults, "a distribution is a page",
         page.faults)
    for words in ["WE/ISL", "R03", "<mark>ZQ</mark>", "FER/SB", "R29",
                  "SCI/HYD", "interagency store", "href=\"/t/26PORTARDEN214#p8"]:
        t.ok(words in body.decode(), f"it says {words}")
    for target, words in [("/tray?office=WE/ISL", "You have it because"),
                          ("/tray", "MAR/PSR"),
                          ("/distribution", "no action office"),
                          ("/t/26PORTARDEN214", "Who has it")]:
        r, body = s.ask(target)
        page = Page(body.decode())
        t.ok(r.status == 200 and not page.faults and words in body.decode(),
             f"{target} says {words}", page.faults)
    check_forms(t, s, url, token_of(s.ask(url)[1]))
    crawl(t, s)
    s.stop()
    s = Server(program, archive, "U")
    for target in [url, "/distribution/26PORTARDEN999"]:
        r, _ = s.ask(target)
        t.ok(r.status == 404, f"a reader to U: no {target}", r.status)
    _, body = s.ask("/distribution")
    t.ok(b"Arrabel" not in body and b"no action office" in body,
         "the desk has what they may see alone")
    _, body = s.ask("/distribution/24USNMCMERROW97")
    t.ok(token_of(body) == "", "and no forms")
    r, _ = send(s, url, {"token": "", "add": "1"})
    t.ok(r.status == 403, "nor may they send one", r.status)
    s.stop()


def main(program, samples):
    t = Checks()
    with tempfile.TemporaryDirectory() as folder:
        archive = address(os.path.join(folder, "a.sqlite"))
        hostile = os.path.join(folder, "hostile.txt")
        with open(hostile, "w", encoding="utf-8") as f:
            f.write(HOSTILE)
        file_in(program, archive, [samples])
        s = Server(program, archive)
        check_headers(t, s)
        check_methods(t, s)
        check_states(t, s)
        check_telegram(t, s, samples)
        file_in(program, archive, [hostile])
        check_hostile(t, s)
        check_programmes(t, s, program, archive)
        check_lists(t, s, program, archive)
        crawl(t, s)
        status, err = s.stop()
        t.ok(status == 0, "SIGTERM ends it well", (status, err))

        for reader in ["U", "C"]:
            check_reader(t, program, folder, samples, reader)

        check_distribution(t, program, folder, samples, hostile)

        s = Server(program, archive, "C", portion=True)
        crawl(t, s)
        s.stop()

        void = address(os.path.join(folder, "void.sqlite"))
        none = os.path.join(folder, "none")
        os.mkdir(none)
        file_in(program, void, [none])
        s = Server(program, void)
        for target in ["/", query("")]:
            r, body = s.ask(target)
            page = Page(body.decode())
            t.ok(r.status == 200 and not page.faults and
                 b"chancery import" in body,
                 f"an empty archive says so at {target}", page.faults)
        s.stop()

        run = subprocess.run([program, "serve", "--archive", void, "--listen",
                              f"0.0.0.0:{free_port()}"], timeout=20,
                             stderr=subprocess.PIPE)
        t.ok(run.returncode != 0 and b"reader" in run.stderr,
             "another address needs a reader", run.stderr)
    print(f"1..{t.n}")
    return 1 if t.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
