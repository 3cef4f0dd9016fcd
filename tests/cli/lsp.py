# A client of the language server: what an editor would ask, and the answers.
# SPDX-License-Identifier: ISC
import json
import os
import subprocess
import sys

PROGRAM = os.environ["CHANCERY_PROGRAM"]
URI = "file:///mission/26KESSELHAVN500.tel"
TEXT = """\
OO RUEHC
DE RUEHKH #0500/01 3300915
ZNR UUUUU ZZH
O 260915Z NOV 26
FM AMEMBASSY KESSELHAVN
TO RUEHC/SECSTATE WASHDC IMMEDIATE
BT
UNCLAS KESSELHAVN 000500

SIPDIS

E.O. 13526: N/A
TAGS: PREL EFIS
SUBJECT: \U0001d11e THE CHOIR OF THE HARBOUR SINGS

1. (U) The choir sang.  The Ambassador listened.

2. (C) This mark is higher than the line above.
HALLORAN
BT
#0500
"""
LINES = TEXT.split("\n")
count = 0
bad = 0


def ok(good, label):
    global count, bad
    count += 1
    bad += not good
    print(f"{'ok' if good else 'not ok'} {count} - {label}")


class Client:
    def __init__(self, *options):
        self.server = subprocess.Popen([PROGRAM, "lsp", *options],
                                       stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL)
        self.last = 0

    def send(self, body):
        if not isinstance(body, bytes):
            body = json.dumps({"jsonrpc": "2.0", **body}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body)
                                + body)
        self.server.stdin.flush()

    def read(self):
        length = 0
        while (line := self.server.stdout.readline().strip()):
            if line.startswith(b"Content-Length:"):
                length = int(line[15:])
        return json.loads(self.server.stdout.read(length))

    def ask(self, method, params=None):
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params or {}})
        answer = self.read()
        assert answer["id"] == self.last, answer
        return answer

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def at(self, method, line, column, **more):
        return self.ask("textDocument/" + method, {
            "textDocument": {"uri": URI},
            "position": {"line": line, "character": column},
            **more})["result"]

    def leave(self):
        self.ask("shutdown")
        self.tell("exit", {})
        return self.server.wait(10)


def open_text(client, text):
    client.tell("textDocument/didOpen", {"textDocument": {
        "uri": URI, "languageId": "telegram", "version": 1, "text": text}})
    return client.read()["params"]


def line_of(words):
    return next(i for i, line in enumerate(LINES) if words in line)


def session():
    c = Client()
    ok(c.ask("textDocument/hover")["error"]["code"] == -32002,
       "nothing before initialize")
    able = c.ask("initialize", {"capabilities": {}})["result"]["capabilities"]
    ok(able["positionEncoding"] == "utf-16" and able["hoverProvider"],
       "initialize says what it can do")
    c.tell("initialized", {})
    ok(c.ask("textDocument/rename")["error"]["code"] == -32601,
       "a method that it does not know")
    c.send(b"{]")
    ok(c.read()["error"]["code"] == -32700, "a body that is no JSON")

    told = open_text(c, TEXT)
    ok(told["uri"] == URI and told["version"] == 1, "findings are published")
    ok(all(d["source"] == "chancery" and d["message"] and
           1 <= d["severity"] <= 4 for d in told["diagnostics"]),
       "each with severity and words")
    codes = {d["code"]: d["range"]["start"]["line"]
             for d in told["diagnostics"]}
    ok(codes.get("CLS-040") == line_of("2. (C)"),
       "a mark higher than the line, at its line")

    def hover(words, column):
        answer = c.at("hover", line_of(words), column)
        return answer["contents"]["value"] if answer else ""

    ok("External Political Relations" in hover("TAGS: PREL", 7), "a tag")
    ok("Embassy Kesselhavn" in hover("FM AM", 5), "a post")
    ok("26 November 2026, 09:15Z" in hover("O 2609", 4), "a time group")
    ok("IMMEDIATE" in hover("O 2609", 0), "a precedence")
    ok("SIPDIS" in hover("SIPDIS", 2), "a caption")
    ok("originator" in hover("FM AM", 0) and
       "Micronesia" not in hover("FM AM", 0), "a keyword is no tag")
    ok(hover("The choir", 8) == "", "nothing is said of plain words")

    def labels(words, column):
        answer = c.at("completion", line_of(words), column)
        return [i["label"] for i in answer["items"]]

    ok("PREL" in labels("TAGS: PREL", 8) and
       all(x.startswith("PR") for x in labels("TAGS: PREL", 8)),
       "completion of a tag")
    ok("AMEMBASSY KESSELHAVN" in labels("FM AM", 12), "completion of a post")

    tags = line_of("TAGS: PREL")
    fixes = c.ask("textDocument/codeAction", {
        "textDocument": {"uri": URI}, "context": {"diagnostics": []},
        "range": {"start": {"line": tags, "character": 0},
                  "end": {"line": tags, "character": 15}}})["result"]
    ok(len(fixes) == 1 and fixes[0]["isPreferred"] and "," in
       fixes[0]["edit"]["changes"][URI][0]["newText"], "a quick fix")

    outline = [s["name"] for s in c.at("documentSymbol", 0, 0)]
    ok("Heading" in outline and "Subject" in outline and
       any(s.startswith("2") for s in outline), "the outline")
    # The clef is one character, two units, four bytes.
    subject = next(s for s in c.at("documentSymbol", 0, 0)
                   if s["name"] == "Subject")
    ok(subject["range"]["end"]["character"] ==
       len(LINES[line_of("SUBJECT")].encode("utf-16-le")) // 2,
       "columns are UTF-16 units")

    c.tell("textDocument/didChange", {
        "textDocument": {"uri": URI, "version": 2},
        "contentChanges": [{"text": ""}]})
    told = c.read()["params"]
    ok(told["version"] == 2 and told["diagnostics"] == [],
       "an emptied document")
    ok(c.at("documentSymbol", 0, 0) == [] and c.at("hover", 3, 3) is None,
       "and no place in it")
    c.tell("textDocument/didClose", {"textDocument": {"uri": URI}})
    ok(c.at("hover", 0, 0) is None, "a closed document is not there")
    ok(c.leave() == 0, "shutdown, exit")


def bytes_for_columns():
    c = Client("--reading")
    able = c.ask("initialize", {"capabilities": {"general": {
        "positionEncodings": ["utf-8", "utf-16"]}}})["result"]
    ok(able["capabilities"]["positionEncoding"] == "utf-8",
       "bytes for columns where the client offers them")
    open_text(c, TEXT)
    subject = next(s for s in c.at("documentSymbol", 0, 0)
                   if s["name"] == "Subject")
    ok(subject["range"]["end"]["character"] ==
       len(LINES[line_of("SUBJECT")].encode()), "columns are bytes")
    ok(c.leave() == 0, "shutdown, exit")


def rude_clients():
    for label, data in (
            ("a client that leaves", b""),
            ("a length that is none", b"Content-Length: x\r\n\r\n{}"),
            ("a length beyond all measure",
             b"Content-Length: 99999999999999\r\n\r\n{}"),
            ("a body cut off", b"Content-Length: 100\r\n\r\n{}")):
        done = subprocess.run([PROGRAM, "lsp"], input=data,
                              capture_output=True, timeout=20)
        ok(done.returncode == 6 and done.stderr, label)


session()
bytes_for_columns()
rude_clients()
print(f"1..{count}")
sys.exit(bad > 0)
