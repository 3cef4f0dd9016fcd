#!/usr/bin/env python3
"""What a reader may not see is as what is not there, on every page: one
archive with all telegrams and one with the permitted alone are served to the
same reader, and every address that either knows of must give the same bytes,
the time of day aside. Prints TAP.

    test_secrets.py CHANCERY SAMPLES ROUTES

CHANCERY is the program; SAMPLES the folder of telegrams; ROUTES the table of
addresses, of which each row must be reached. Nothing but the standard library,
and ports of this machine.

That the comparison can fail is shown by the owner, to whom the two are not the
same.

SPDX-License-Identifier: ISC
"""

import html
import http.client
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

# Addresses of a crawl. A query leads to ever more; those beyond are left out,
# and how many is told.
MOST = 5000
QUERIES = ["", "ferry", "harbour or marrack", "class:secret", "date:2026-03",
           "person:Voss", "is:missing", "ferry zzzzzz", "date:2026-13"]
LISTS = ["/search", "/names", "/gaps", "/references", "/network", "/timeline"]
# The time of day, and what is drawn by lot when a server starts.
EXPORTS = ["jsonl", "csv", "mbox", "text", "maildir", "html", "sqlite"]
CHANGING = re.compile(rb"[A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}, \d\d:\d\dZ</span>"
                      rb'|name="token" value="[0-9a-f]{32}"'
                      rb"|http://127\.0\.0\.1:\d+")
LINK = re.compile(r'(?:href|src)="([^"]+)"')


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, program, archive, reader, portion):
        self.port = free_port()
        self.process = subprocess.Popen(
            [program, "serve", "--archive", archive,
             "--listen", f"127.0.0.1:{self.port}", "--reader", reader]
            + (["--portion-release"] if portion else []),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.connection = None
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
                if self.process.poll() is not None:
                    break
        raise SystemExit("Bail out! no server: "
                         + self.process.stderr.read().decode())

    def ask(self, target):
        """Status, where it leads, type and bytes without the time of day."""
        for again in (False, True):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(
                        "127.0.0.1", self.port, timeout=60)
                self.connection.request("GET", target)
                r = self.connection.getresponse()
                body = r.read()
                break
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
                if again:
                    raise
        return (r.status, r.getheader("Location"),
                r.getheader("Content-Type"),
                r.getheader("Content-Disposition"), CHANGING.sub(b"", body))

    def stop(self):
        if self.connection:
            self.connection.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.process.stderr.close()


def run(program, *words):
    subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def fill(program, archive, folder, samples, names, hidden):
    """File the telegrams of these names, as if from the same place, with the
    rules of the samples and their programme; of the programme no row that
    rests on a telegram that is hidden."""
    data = os.path.join(samples, "..", "data")
    inbox = os.path.join(folder, "in")
    table = os.path.join(folder, "port-safety.tsv")
    os.mkdir(inbox)
    for name in names:
        shutil.copy(os.path.join(samples, name), inbox)
    with open(os.path.join(data, "programmes", "port-safety.tsv"),
              encoding="utf-8") as f:
        rows = [row for row in f
                if row.rstrip("\n").split("\t")[-1] not in hidden and
                not any("\t" + key + "\t" in row for key in hidden)]
    with open(table, "w", encoding="utf-8") as f:
        f.writelines(rows)
    run(program, "distribute", "--archive", archive, "--rules",
        os.path.join(data, "rules", "demo.rules"), "--save")
    run(program, "import", "--archive", archive, inbox)
    run(program, "programme", "define", "--archive", archive, "port-safety")
    run(program, "programme", "load", "--archive", archive, "port-safety",
        table)
    shutil.rmtree(inbox)


def open_case(program, archive, ids):
    """The same case over these telegrams, as far as they are filed."""
    run(program, "case", "new", "TEST-1", "--label", "U", "--who", "Wren",
        "--archive", archive, "The ferry and the rating")
    for key in ids:
        run(program, "case", "add", "--who", "Wren", "--archive", archive,
            "TEST-1", key)


def lines_of(program, archive, *words, reader=None):
    out = subprocess.run([program, *words, "--archive", archive, "--as",
                          "json"] + (["--reader", reader] if reader else []),
                         check=True, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL).stdout
    return [json.loads(line) for line in out.splitlines()]


def quote(words):
    return urllib.parse.quote(words, safe="")


def telegram_addresses(ids, visible, other):
    for key in ids:
        for rest in ("", ".json", ".txt", "/as-sent", "/raw", "/thread",
                     "/thread?order=date", "/thread.json", "/thread.txt",
                     "/items", "/like", "/like.json", "/like.txt", "/cite",
                     "/cite?para=1", "/cite?para=2", "/cite.json",
                     "/cite.txt"):
            yield f"/t/{key}{rest}"
        yield f"/distribution/{key}"
        for suffix in ("", ".json", ".txt"):
            yield f"/compare{suffix}?a={key}"
            yield f"/compare{suffix}?a={key}&b={other}"
            yield f"/compare{suffix}?a={other}&b={key}&columns=1&whole=1"
        yield f"/search?q=mrn:{key}"


def addresses(everything, program, ids, visible, routes):
    """Addresses that are not only those that pages link to: of all that is
    there, seen or not."""
    other = sorted(visible)[0]
    yield from ("/", "/tray", "/distribution", "/actions", "/cases",
                "/programmes", "/compare", "/explain/PREL", "/robots.txt",
                "/index.json", "/index.txt", "/actions.json", "/actions.txt",
                "/actions.csv", "/actions/calendar", "/cases/TEST-1",
                "/cases/TEST-1.json", "/cases/TEST-1.txt", "/cases/NONE",
                "/actions/NONE", "/nowhere")
    yield from ("/ask", "/saved", "/saved.json", "/saved/ferries",
                "/saved/ferries.atom", "/saved/none", "/saved/none.atom")
    for words in ("", "fer", "from:", "tag:P", "person:V", "place:", "org:",
                  "post:", "date:2", "case:", "office:", "mark:"):
        yield f"/complete.json?q={quote(words)}"
    for suffix in ("", ".json", ".txt", ".csv"):
        yield f"/programmes/port-safety{suffix}?year=2026&subject=ARD"
    for action in lines_of(program, everything, "action", "list", "--all"):
        yield f"/actions/{quote(action['id'])}"
    yield from telegram_addresses(ids, visible, other)
    for words in QUERIES:
        for page in LISTS:
            for suffix in ("", ".json", ".txt"):
                yield f"{page}{suffix}?q={quote(words)}"
        yield f"/search.csv?q={quote(words)}"
        yield f"/search.atom?q={quote(words)}"
        for sort in ("oldest", "relevance"):
            yield f"/search?sort={sort}&q={quote(words)}"
        for form in EXPORTS:
            yield f"/export/{form}?q={quote(words)}"
        yield f"/network.json?of=references&q={quote(words)}"
        yield f"/network.txt?of=references&q={quote(words)}"
        for by in ("day", "month", "year"):
            yield f"/timeline?by={by}&q={quote(words)}"
            yield f"/timeline.json?by={by}&from=2025&q={quote(words)}"
        for kind in ("person", "place", "body"):
            yield f"/names?kind={kind}&q={quote(words)}"
    for name in lines_of(program, everything, "names", "--limit", "1000"):
        yield f"/names/{quote(name['name'])}"
        yield f"/names/{quote(name['name'])}.json?kind={name['kind']}"
    for year in lines_of(program, everything, "gaps"):
        if "post" in year:
            yield f"/gaps?post={quote(year['post'])}&year={year['year']}"
            yield f"/gaps.json?post={quote(year['post'])}"
    # What else the table has, with an id that is there.
    for pattern in routes:
        yield (pattern.replace("**", "Voss").replace("/t/*", f"/t/{other}")
               .replace("*", other))


def patterns(path):
    with open(path, encoding="utf-8") as f:
        rows = re.findall(r'^ROUTE\("([^"]+)",\s*(\w+),\s*([^)]*)\)',
                          f.read(), re.M)
    suffixes = {"HTML": "", "JSON": ".json", "TEXT": ".txt", "CSV": ".csv",
                "ATOM": ".atom", "MBOX": ".mbox"}
    wanted = []
    for pattern, handler, formats in rows:
        for word in re.findall(r"CHY_WEB_(\w+)", formats):
            # A format that this test does not know is asked for as the name
            # of the format says.
            wanted.append((pattern + suffixes.get(word, "." + word.lower()),
                           handler))
    return wanted


def fitting(pattern):
    return re.compile(re.escape(pattern).replace(r"\*\*", ".+")
                      .replace(r"\*", "[^/]+") + "$")


class Tap:
    def __init__(self):
        self.n = self.bad = 0

    def ok(self, good, what, detail=()):
        self.n += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.n} - {what}", flush=True)
        if not good:
            for line in list(detail)[:20]:
                print(f"  {line}")


def difference(target, x, y):
    """Where two answers part, for who has to mend it."""
    if x[:4] != y[:4]:
        return f"{target}: {x[:4]} and {y[:4]}"
    a, b = x[4], y[4]
    i = next((i for i, (c, d) in enumerate(zip(a, b)) if c != d),
             min(len(a), len(b)))
    return (f"{target}: at {i}: {a[max(0, i - 40):i + 60]!r} and "
            f"{b[max(0, i - 40):i + 60]!r}")


def compare(a, b, starts):
    """Every address of starts, and all that pages of either link to."""
    seen, queue = set(), list(starts)
    faults, reached, pages = [], {}, 0
    queue.reverse()
    while queue and len(seen) < MOST:
        target = queue.pop()
        if target in seen:
            continue
        seen.add(target)
        x, y = a.ask(target), b.ask(target)
        if x != y:
            faults.append(difference(target, x, y))
        path = urllib.parse.unquote(target.split("?")[0])
        if x[0] == 200 and y[0] == 200:
            reached[path] = True
        pages += (x[2] or "").startswith("text/html")
        for answer in ((x,) if x == y else (x, y)):
            links = LINK.findall(answer[4].decode()) if (
                answer[2] or "").startswith("text/html") else []
            links += [answer[1]] if answer[1] else []
            for link in map(html.unescape, links):
                there = urllib.parse.urljoin(target, link).split("#")[0]
                # Results narrow ever further; one step of each is enough.
                deep = target.startswith("/search") and \
                    there.startswith("/search")
                if there.startswith("/") and there not in seen and not deep:
                    queue.insert(0, there)
    left = len(set(queue) - seen)
    return faults, reached, len(seen), pages, left


def check(t, program, folder, samples, routes, reader, portion):
    label = f"{reader}{', portions released' if portion else ''}"
    everything = os.path.join(folder, f"all-{reader}.sqlite")
    permitted = os.path.join(folder, f"permitted-{reader}.sqlite")
    ids = {}
    for name in sorted(os.listdir(samples)):
        # One telegram a file, and its name is its number.
        if re.fullmatch(r"\d\d[A-Z]+\d+(-corrected|-\d)?\.txt", name):
            ids.setdefault(re.split(r"[-.]", name)[0], []).append(name)
    # Pages say when a telegram was sent out, to the minute: both in the same.
    if time.time() % 60 > 40:
        time.sleep(61 - time.time() % 60)
    fill(program, everything, folder, samples, sum(ids.values(), []), set())
    visible = {row["canonical_id"] for row in lines_of(
        program, everything, "search", "", "--limit", "1000",
        reader=reader) if "canonical_id" in row}
    hidden = set(ids) - visible
    fill(program, permitted, folder, samples,
         sum((ids.get(key, []) for key in visible), []), hidden)
    t.ok(visible and hidden, f"{label}: sees {len(visible)} telegrams, "
         f"{len(hidden)} are hidden")
    # What cites a telegram of a case joins it, so of those that are hidden
    # only such as nobody cites: else somebody did other things there.
    alone = [key for key in sorted(hidden) if not lines_of(
        program, everything, "refs", key)[0]["cited_by"]]
    seen = sorted(visible & set(ids), reverse=True)[:3]
    t.ok(alone, f"{label}: there is something hidden for the case")
    open_case(program, everything, seen + alone[:5])
    open_case(program, permitted, seen)
    for archive in (everything, permitted):
        run(program, "saved", "add", "--reader", reader, "--archive", archive,
            "ferries", "ferry or harbour")
    starts = list(addresses(everything, program, sorted(ids),
                            visible, [p for p, _ in routes]))
    a = Server(program, everything, reader, portion)
    b = Server(program, permitted, reader, portion)
    faults, reached, n, pages, left = compare(a, b, starts)
    t.ok(not faults, f"{label}: {n} addresses, {pages} of them pages, give "
         f"the same bytes with and without what is hidden ({left} more were "
         "not asked for)", faults)
    t.ok(n >= len(set(starts)), f"{label}: all {len(set(starts))} addresses "
         "that are not found by links were among them")
    leaks = [key for key in hidden if a.ask(f"/t/{key}")[0] != 404]
    t.ok(not leaks, f"{label}: what is hidden has the page of what is not "
         "there", leaks)
    a.stop()
    b.stop()
    return everything, permitted, reached


def check_owner(t, program, everything, permitted):
    """The owner sees all, so these must not be the same."""
    a = Server(program, everything, "owner", False)
    b = Server(program, permitted, "owner", False)
    same = [target for target in ("/", "/search?q=", "/names", "/gaps",
                                  "/references", "/network", "/timeline",
                                  "/names.json", "/gaps.json",
                                  "/references.json", "/network.json",
                                  "/network.json?of=references",
                                  "/timeline.json", "/index.json")
            if a.ask(target) == b.ask(target)]
    t.ok(not same, "to the owner the two archives are not the same: the "
         "comparison can fail", same)
    a.stop()
    b.stop()


def main(program, samples, table):
    t = Tap()
    routes = patterns(table)
    reached = {}
    with tempfile.TemporaryDirectory() as folder:
        for reader, portion in [("U", False), ("C", False)]:
            everything, permitted, more = check(
                t, program, folder, samples, routes, reader, portion)
            reached.update(more)
        check_owner(t, program, everything, permitted)
    missed = [p for p, _ in routes
              if not any(map(fitting(p).match, reached))]
    t.ok(not missed, f"every one of {len(routes)} routes was compared where "
         "it answers", missed)
    print(f"1..{t.n}")
    return 1 if t.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3]))
