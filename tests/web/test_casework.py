#!/usr/bin/env python3
"""The action board and the cases in a browser without script: pages, forms,
tokens, what a reader may not see. Prints TAP.

    test_casework.py CHANCERY SAMPLES

SPDX-License-Identifier: ISC
"""

import html.parser
import http.client
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

PROGRAM, SAMPLES = sys.argv[1], sys.argv[2]
count = failed = 0


def ok(good, label):
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {label}", flush=True)
    return good


class Checker(html.parser.HTMLParser):
    """Every element is closed where it was opened."""
    VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input",
            "link", "meta", "rect", "line", "path"}

    def __init__(self):
        super().__init__()
        self.open, self.bad, self.tokens = [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)
        if dict(attrs).get("name") == "token":
            self.tokens += 1
        for name, _ in attrs:
            if name.startswith("on") or name == "style":
                self.bad.append(name)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.bad.append(tag)


class Server:
    def __init__(self, archive, *options):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--archive", archive, "--listen",
             f"127.0.0.1:{self.port}", *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port),
                                         0.2).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("the server does not start")

    def ask(self, method, path, body=None, headers=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        head = dict(headers or {})
        if body is not None:
            head["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(body)
        c.request(method, path, body, head)
        r = c.getresponse()
        text = r.read().decode("utf-8", "replace")
        c.close()
        return r.status, text, dict(r.getheaders())

    def get(self, path):
        return self.ask("GET", path)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def run(*args):
    return subprocess.run([PROGRAM, *args], check=True, capture_output=True,
                          text=True).stdout


def page(server, path, label):
    status, text, _ = server.get(path)
    checker = Checker()
    checker.feed(text)
    ok(status == 200 and not checker.bad and not checker.open,
       f"{label}: {path} is well made "
       f"({status}, {checker.bad[:3]}, {checker.open[:3]})")
    ok("&lt;/t" not in text and "&lt;span" not in text,
       f"{label}: no markup is shown as text")
    return text, checker


def main():
    work = tempfile.mkdtemp()
    archive = address(os.path.join(work, "a.sqlite"))
    os.environ["CHANCERY_USER"] = "tarrant"
    run("import", "--archive", archive, SAMPLES)
    run("case", "--archive", archive, "new", "ARDEN", "Islands <b> & ratings")
    run("case", "--archive", archive, "enter", "ARDEN", "kind=demand",
        "by=<i>Marrack/Arden", "to=Embassy/US", "what=<script>x</script>",
        "about=lamp", "due=2026-03-01", "phrase=by \"March\"",
        "source=26PORTARDEN214#3")
    server = Server(archive)

    text, _ = page(server, "/actions", "board")
    ok("26 PORT ARDEN 214" in text, "the sample's action is on it")
    ok('class="basis assumed">assumed</span> from IMMEDIATE' in text,
       "a date says in words how it is known")
    ok('class="group"' in text and "Late" in text, "late is a group")
    text, _ = page(server, "/actions?office=WE/ISL", "of one office")
    ok("MAR/PSR</a>" in text, "others are a link away")
    ok("26TAMARIND61" not in text, "and theirs is not there")
    status, text, headers = server.get("/actions.json")
    ok(status == 200 and text.startswith("{") and '"basis"' in text,
       "the board for programs")
    status, text, headers = server.get("/actions.csv?office=WE/ISL")
    ok(status == 200 and text.startswith("id,what"), "and as a table")
    status, text, headers = server.get("/actions/calendar")
    ok(status == 200 and text.startswith("BEGIN:VCALENDAR")
       and headers["Content-Type"].startswith("text/calendar"),
       "and as a calendar")

    one = "/actions/26PORTARDEN214%237"
    text, checker = page(server, one, "one action")
    ok(checker.tokens == 3, "every form has a token")
    token = re.search(r'name="token" value="([0-9a-f]{32})"', text).group(1)
    form = {"do": "assign", "owner": "I. <Tarrant>", "who": "ines",
            "reason": "hers"}
    status, _, _ = server.ask("POST", one, form)
    ok(status == 403, "no token, no change")
    status, _, _ = server.ask("POST", one, {**form, "token": "0" * 32})
    ok(status == 403, "a wrong one neither")
    status, _, _ = server.ask("POST", one, {**form, "token": token},
                              {"Sec-Fetch-Site": "cross-site"})
    ok(status == 403, "nor a form of another site")
    status, _, headers = server.ask("POST", one, {**form, "token": token})
    ok(status == 303 and headers["Location"] == one, "with it, back to the page")
    text, _ = page(server, one, "assigned")
    ok("I. &lt;Tarrant&gt;" in text and "hers" in text, "it is done, escaped")
    status, _, _ = server.ask("POST", one, {"do": "answer", "by": "telephone",
                                            "how": "close", "token": token,
                                            "who": ""})
    ok(status == 400, "nobody does nothing")
    status, _, _ = server.ask("POST", one, {"do": "answer", "how": "close",
                                            "by": "26STATE25102",
                                            "token": token, "who": "ines"})
    ok(status == 303, "closed by a telegram")
    text, _ = page(server, one, "closed")
    ok("26STATE25102" in text and "Reopen" in text, "and may be reopened")
    status, _, _ = server.get("/actions/26PORTARDEN214%2377")
    ok(status == 404, "what is not there")

    page(server, "/cases", "cases")
    text, _ = page(server, "/cases/ARDEN", "a case")
    ok("&lt;script&gt;x" in text and "<script>x" not in text,
       "what people write is escaped")
    text, checker = page(server, "/t/26PORTARDEN214/items", "proposals")
    ok("refuse-verb" in text and "sure, on" in text, "each with its reason")
    status, _, headers = server.ask("POST", "/t/26PORTARDEN214/items", {
        "all": "yes", "case": "ARDEN", "who": "ines", "token": token})
    ok(status == 303 and headers["Location"] == "/cases/ARDEN",
       "taken into the case")
    text, _ = page(server, "/cases/ARDEN", "with them")
    for words in ("Owed inside our own side", "Asked of us", "Clocks",
                  "Who has said what", "Does not fit together", "In order"):
        ok(words in text, f"it has: {words}")
    status, _, _ = server.ask("POST", "/cases/ARDEN", {
        "do": "status", "item": "D1", "status": "withdrawn",
        "by": "she laughed", "who": "ines", "token": token})
    ok(status == 303, "an item is closed")
    status, text, _ = server.get("/cases/ARDEN.json")
    ok('"status":"withdrawn"' in text, "and is so for programs")
    status, text, _ = server.get("/cases/ARDEN.txt")
    ok(status == 200 and "Does not fit together" in text or "Telegrams" in text,
       "the one-page brief")
    status, _, headers = server.ask("POST", "/cases", {
        "name": "NEW-1", "title": "New", "label": "U", "who": "ines",
        "token": token})
    ok(status == 303 and headers["Location"] == "/cases/NEW-1", "a new case")
    status, _, _ = server.ask("POST", "/cases", {
        "name": "NEW-1", "title": "New", "who": "ines", "token": token})
    ok(status == 409, "not twice")
    status, _, _ = server.ask("POST", "/search", {"token": token})
    ok(status == 405, "other pages take no form")
    server.stop()

    # What a reader may not see does not exist.
    server = Server(archive, "--reader", "U")
    text, checker = page(server, "/actions", "board for a reader")
    ok("214" not in text, "without what is above them")
    status, hidden, _ = server.get(one)
    status2, absent, _ = server.get("/actions/26PORTARDEN999%237")
    ok(status == status2 == 404, "hidden and absent are one")
    text, _ = page(server, "/cases", "cases for a reader")
    ok("ARDEN" not in text and "New" in text, "only those they may know of")
    text, checker = page(server, "/cases/NEW-1", "one of them")
    ok(checker.tokens == 0, "has no forms")
    server.stop()
    shutil.rmtree(work)


try:
    main()
finally:
    print(f"1..{count}")
sys.exit(failed > 0)
