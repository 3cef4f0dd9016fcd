#!/usr/bin/env python3
"""Make vocab_tables.c of the tables of the trade.

    gen_vocab.py DATA [EXTRA] OUTPUT

DATA is the folder of *.tsv files. EXTRA may hold a posts.tsv and a
tags-country.tsv with the same columns, for the made-up posts and countries
of the bundled samples; its rows come after the others. OUTPUT is written
only when everything was right. The same input gives the same output.

A table is UTF-8, a heading line, tab-separated, no quoting. A wrong number
of columns, a key twice, a date that is none, a blank too many: one line on
standard error for each, and exit status 1.

SPDX-License-Identifier: ISC
"""

import os
import re
import sys
import unicodedata

KEY_MAX = 64
MASK = (1 << 64) - 1

POST_KINDS = ["embassy", "consulate", "mission", "office", "department",
              "agency", "series"]
POST_WEIGHT = ["department", "embassy", "mission", "consulate", "office",
               "agency", "series"]
FAMILIES = ["F1", "F2", "F3", "F4", "AEA", "marker"]
FIX_KINDS = ["error", "run together", "renamed", "words", "person"]
PRECEDENCES = ["CRITIC", "EMERGENCY", "FLASH", "NIACT_IMMEDIATE",
               "IMMEDIATE", "PRIORITY", "ROUTINE"]
EXEMPTION_SCHEMES = ["X", "25X", "50X"]

problems = []


def problem(text):
    problems.append(text)


# ---- the hash of vocab.h ----

def mix(h, w):
    h = ((h ^ w) * 0x9e3779b97f4a7c15) & MASK
    return h ^ (h >> 32)


def hash_key(key):
    b = key.encode("utf-8")
    h = (len(b) * 0xc2b2ae3d27d4eb4f) & MASK
    while len(b) > 8:
        h = mix(h, int.from_bytes(b[:8], "little"))
        b = b[8:]
    n = len(b)
    if n >= 4:
        h = mix(h, int.from_bytes(b[:4], "little") |
                int.from_bytes(b[n - 4:], "little") << 32)
    elif n > 0:
        h = mix(h, b[0] | b[n >> 1] << 8 | b[n - 1] << 16)
    h = (h * 0xff51afd7ed558ccd) & MASK
    return h >> 32


def fold(text):
    """As chy_vocab_fold: capitals without marks, one blank between words."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text)
                   if not unicodedata.combining(c))
    if not bare.isascii():
        problem(f"a letter that chy_vocab_fold writes otherwise: {text}")
    return re.sub(" +", " ", bare).strip(" ").upper()


# ---- reading ----

class Row(dict):
    """One row by column name, with the place it stands at."""

    def __init__(self, names, cells, where):
        super().__init__(zip(names, cells))
        self.where = where
        self.index = 0

    def number(self, name):
        text = self[name]
        if text == "":
            return 0
        if not re.fullmatch(r"[0-9]{1,9}", text):
            problem(f"{self.where}: {name}: not a number: {text}")
            return 0
        return int(text)

    def ymd(self, name):
        text = self[name]
        if text == "":
            return 0
        if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
                            text):
            problem(f"{self.where}: {name}: not a date: {text}")
            return 0
        return int(text.replace("-", ""))

    def one_of(self, name, words):
        if self[name] not in words:
            problem(f"{self.where}: {name}: not one of "
                    f"{', '.join(words)}: {self[name]}")
            return 0
        return words.index(self[name])


def read_table(folder, name, columns, must_exist=True):
    path = os.path.join(folder, name + ".tsv")
    if not os.path.exists(path):
        if must_exist:
            problem(f"{name}.tsv: no such table")
        return []
    with open(path, "rb") as f:
        data = f.read()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        problem(f"{name}.tsv: not UTF-8 at byte {e.start}")
        return []
    if not text.endswith("\n"):
        problem(f"{name}.tsv: no line end after the last row")
    lines = text.split("\n")[:-1]
    if not lines or lines[0].split("\t") != columns:
        problem(f"{name}.tsv:1: columns are not {' '.join(columns)}")
        return []
    rows = []
    for n, line in enumerate(lines[1:], 2):
        where = f"{path}:{n}"
        cells = line.split("\t")
        if len(cells) != len(columns):
            problem(f"{where}: {len(cells)} columns, not {len(columns)}")
            continue
        for column, cell in zip(columns, cells):
            if cell != cell.strip() or "\r" in cell:
                problem(f"{where}: {column}: blank at an end")
        rows.append(Row(columns, cells, where))
    if not rows and must_exist:
        problem(f"{name}.tsv: no rows")
    return rows


def number_rows(rows):
    for i, row in enumerate(rows):
        row.index = i
    return rows


def no_empty(rows, column):
    for row in rows:
        if row[column] == "":
            problem(f"{row.where}: {column} is empty")


# ---- keys ----

class Keys:
    """Keys of one index, in order; each gives a row."""

    def __init__(self, name):
        self.name = name
        self.list = []
        self.rows = {}

    def add(self, key, row, unique=True):
        if key == "":
            return
        if len(key.encode("utf-8")) > KEY_MAX:
            problem(f"{row.where}: key longer than {KEY_MAX} bytes: {key}")
            return
        if key in self.rows:
            if unique and self.rows[key] is not row:
                problem(f"{row.where}: {key} is also at "
                        f"{self.rows[key].where}")
            return
        self.rows[key] = row
        self.list.append(key)


def unique(rows, *columns):
    """The columns together may occur once."""
    seen = {}
    for row in rows:
        key = "\t".join(row[c] for c in columns)
        if key in seen:
            problem(f"{row.where}: {' '.join(key.split())} is also at "
                    f"{seen[key].where}")
        seen.setdefault(key, row)


def keys_of(name, rows, column, uniq=True):
    keys = Keys(name)
    for row in rows:
        keys.add(fold(row[column]), row, uniq)
    return keys


# ---- writing ----

def c_string(text):
    out = []
    for b in text.encode("utf-8"):
        if b in b'"\\?':
            out.append("\\" + chr(b))
        elif 32 <= b < 127:
            out.append(chr(b))
        else:
            out.append(f"\\{b:03o}")
    return '"' + "".join(out) + '"'


def c_slice(text):
    return f"{{ {c_string(text)}, {len(text.encode('utf-8'))} }}"


class Writer:
    def __init__(self):
        self.lines = []

    def put(self, line=""):
        self.lines.append(line)

    def rows(self, ctype, name, rows, fields):
        """fields: (name in C, function from row to C expression)."""
        self.put(f"const uint32_t chy_vocab_{name}_count = {len(rows)};")
        self.put(f"const {ctype} chy_vocab_{name}_rows[{len(rows)}] = {{")
        for row in rows:
            self.put("\t{")
            for field, value in fields:
                self.put(f"\t\t.{field} = {value(row)},")
            self.put("\t},")
        self.put("};")
        self.put()

    def index(self, keys):
        size = 4
        while size < 2 * len(keys.list):
            size *= 2
        slots = [0] * size
        for i, key in enumerate(keys.list):
            at = hash_key(key) & (size - 1)
            while slots[at]:
                at = (at + 1) & (size - 1)
            slots[at] = i + 1
        name = keys.name
        self.put(f"static const chy_vocab_key {name}_keys[] = {{")
        for key in keys.list:
            self.put(f"\t{{ {c_slice(key)}, {keys.rows[key].index} }},")
        self.put("};")
        self.put(f"static const uint16_t {name}_slots[{size}] = {{")
        for at in range(0, size, 12):
            self.put("\t" + " ".join(f"{s}," for s in slots[at:at + 12]))
        self.put("};")
        self.put(f"const chy_vocab_index chy_vocab_{name}_index = {{")
        self.put(f"\t{name}_slots, {name}_keys, {size - 1}, "
                 f"{len(keys.list)}")
        self.put("};")
        self.put()


def text(column):
    return lambda row: c_slice(row[column])


def number(column):
    return lambda row: str(row.number(column))


def texts(*columns):
    return [(c, text(c)) for c in columns]


# ---- the tables ----

def tags(out, data, extra):
    kinds = [("subject", "SUBJECT"), ("country", "GEOGRAPHIC"),
             ("program", "PROGRAM"), ("organization", "ORGANIZATION")]
    columns = {
        "subject": ["code", "meaning", "category", "survey_count", "status",
                    "source"],
        "country": ["code", "country", "iso3166_alpha2", "survey_count",
                    "status"],
        "program": ["code", "meaning", "survey_count", "status", "source"],
        "organization": ["code", "meaning", "survey_count", "status",
                         "source"],
    }
    rows, indexes, countries = [], [], []
    for name, kind in kinds:
        part = read_table(data, "tags-" + name, columns[name])
        if name == "country":
            if extra:
                part += read_table(extra, "tags-country", columns[name],
                                   False)
            for row in part:
                row["meaning"] = row["country"]
                # The table has no column for it; its README says so.
                row["source"] = "survey; FIPS 10-4"
            countries = part
        no_empty(part, "code")
        for row in part:
            row["kind"] = kind
            row.setdefault("category", "")
            row.setdefault("iso3166_alpha2", "")
        indexes.append(keys_of("tag_" + kind.lower(), part, "code"))
        rows += part
    number_rows(rows)
    out.rows("chy_tag", "tag", rows, [
        ("code", text("code")),
        ("meaning", text("meaning")),
        ("category", text("category")),
        ("iso2", text("iso3166_alpha2")),
        ("status", text("status")),
        ("source", text("source")),
        ("kind", lambda r: "CHY_TAG_" + r["kind"]),
        ("survey_count", number("survey_count")),
    ])
    out.index(keys_of("tag", rows, "code", False))
    for keys in indexes:
        out.index(keys)

    by_name = Keys("tag_country")
    for row in countries:
        if len(row["country"]) <= KEY_MAX:
            by_name.add(fold(row["country"]), row, False)
    for row in countries:
        name = row["country"]
        if ", " in name:
            last, first = name.split(", ", 1)
            by_name.add(fold(first + " " + last), row, False)
            if len([r for r in countries
                    if r["country"].startswith(last)]) == 1:
                by_name.add(fold(last), row, False)
        if " (" in name:
            short = name.split(" (")[0]
            if len([r for r in countries
                    if r["country"].startswith(short)]) == 1:
                by_name.add(fold(short), row, False)
    by_code = {row["code"]: row for row in countries}
    for row in read_table(data, "country-names", ["name", "code", "status"]):
        if row["code"] not in by_code:
            problem(f"{row.where}: code: no such country: {row['code']}")
        elif fold(row["name"]) in by_name.rows:
            problem(f"{row.where}: name: {row['name']} is a country already")
        else:
            by_name.add(fold(row["name"]), by_code[row["code"]])
    out.index(by_name)

    fixes = number_rows(read_table(data, "tags-fixes", [
        "seen", "use", "survey_count", "kind", "note"]))
    no_empty(fixes, "seen")
    codes = {fold(r["code"]) for r in rows}
    for row in fixes:
        for word in row["use"].split():
            if word not in codes:
                problem(f"{row.where}: use: no such code: {word}")
    out.rows("chy_tag_fix", "tag_fix", fixes, [
        ("seen", text("seen")),
        ("use", text("use")),
        ("note", text("note")),
        ("kind", lambda r: "CHY_TAG_FIX_" +
         FIX_KINDS[r.one_of("kind", FIX_KINDS)].upper().replace(" ", "_")),
        ("survey_count", number("survey_count")),
    ])
    out.index(keys_of("tag_fix", fixes, "seen"))
    return {r["code"] for r in countries}


def captions(out, data):
    rows = number_rows(read_table(data, "captions", [
        "token", "aliases", "portion", "family", "class", "meaning",
        "who_may_read", "read_test", "classification_allowed", "implies",
        "conflicts", "rule", "period", "survey_count", "status", "source"]))
    no_empty(rows, "token")
    fields = texts("token", "aliases", "portion", "meaning", "who_may_read",
                   "read_test", "classification_allowed", "implies",
                   "conflicts", "rule", "period", "status", "source")
    fields += [
        ("class_", text("class")),
        ("family", lambda r: "CHY_CAPTION_" +
         FAMILIES[r.one_of("family", FAMILIES)].upper()),
        ("marker", lambda r: "true" if r["family"] == "marker" else "false"),
        ("channel", lambda r: "true" if r["class"] == "channel" else "false"),
        ("survey_count", number("survey_count")),
    ]
    out.rows("chy_caption", "caption", rows, fields)
    words, portions = Keys("caption"), Keys("caption_portion")
    for row in rows:
        words.add(fold(row["token"]), row)
        for word in re.split("; *", row["aliases"]):
            words.add(fold(word), row)
        if " / " in row["token"]:
            for word in row["token"].split(" / "):
                words.add(fold(word), row)
    # A mark has the short form; the token in full is accepted there too.
    for row in rows:
        for form in re.split("; *", row["portion"]):
            portions.add(fold(form), row)
    for row in rows:
        if row["portion"]:
            portions.add(fold(row["token"]), row, False)
            for word in re.split("; *", row["aliases"]):
                portions.add(fold(word), row, False)
    out.index(words)
    out.index(portions)


def posts(out, data, extra, countries):
    columns = ["plad", "mrn_name", "mrn_key", "routing_indicator",
               "tags_country", "kind", "released_count", "header_count",
               "source"]
    rows = read_table(data, "posts", columns)
    if extra:
        rows += read_table(extra, "posts", columns, False)
    number_rows(rows)
    for row in rows:
        row.one_of("kind", POST_KINDS)
        if row["plad"] == "" and row["mrn_key"] == "":
            problem(f"{row.where}: neither plad nor mrn_key")
        if (row["mrn_key"] == "") != (row["mrn_name"] == ""):
            problem(f"{row.where}: mrn_name and mrn_key go together")
        if row["mrn_key"] and not re.fullmatch(r"[A-Z]{3,20}",
                                               row["mrn_key"]):
            problem(f"{row.where}: mrn_key: not 3 to 20 capitals")
        if row["routing_indicator"] and \
                not re.fullmatch(r"[RQU][A-Z]{3,7}",
                                 row["routing_indicator"]):
            problem(f"{row.where}: routing_indicator: malformed")
        if row["tags_country"] and row["tags_country"] not in countries:
            problem(f"{row.where}: tags_country: no such code: "
                    f"{row['tags_country']}")
    unique(rows, "plad", "mrn_key", "routing_indicator")

    def weight(row):
        kind = row["kind"]
        return (POST_WEIGHT.index(kind) if kind in POST_WEIGHT else 9,
                -row.number("header_count"), -row.number("released_count"),
                row.index)

    def chain(column, field):
        groups = {}
        for row in sorted(rows, key=weight):
            if row[column]:
                groups.setdefault(row[column], []).append(row)
        keys = Keys("post_" + field)
        for row in rows:
            row["next_" + field] = 0
        for word in sorted(groups):
            group = groups[word]
            keys.add(word, group[0])
            for row, after in zip(group, group[1:]):
                row["next_" + field] = after.index + 1
        return keys

    indexes = [chain("plad", "plad"), chain("mrn_key", "key"),
               chain("routing_indicator", "routing")]
    names = Keys("post_mrn_name")
    for row in sorted(rows, key=lambda r: (
            r["mrn_key"] != re.sub("[^A-Z]", "", r["mrn_name"]), weight(r))):
        names.add(row["mrn_name"], row, False)
    fields = texts("plad", "mrn_name", "mrn_key", "routing_indicator",
                   "tags_country", "source")
    fields += [
        ("kind", lambda r: "CHY_POST_" + r["kind"].upper()),
        ("released_count", number("released_count")),
        ("header_count", number("header_count")),
    ]
    fields += [(f, lambda r, f=f: str(r[f]))
               for f in ("next_plad", "next_key", "next_routing")]
    out.rows("chy_post", "post", rows, fields)
    for keys in indexes + [names]:
        out.index(keys)

    aliases = number_rows(read_table(data, "mrn-aliases", [
        "alias", "mrn_key", "from", "to", "source"]))
    keys = {r["mrn_key"] for r in rows}
    for row in aliases:
        if row["mrn_key"] not in keys:
            problem(f"{row.where}: no such post: {row['mrn_key']}")
        if row["alias"] == row["mrn_key"]:
            problem(f"{row.where}: an alias of itself")
        for column in ("from", "to"):
            if row[column] and not re.fullmatch(r"\d{4}", row[column]):
                problem(f"{row.where}: {column}: not a year")
    out.rows("chy_vocab_alias", "alias", aliases, [
        ("key", text("mrn_key")),
        ("source", text("source")),
        ("from", number("from")),
        ("to", number("to")),
    ])
    out.index(keys_of("alias", aliases, "alias"))


def titles(out, data):
    rows = number_rows(read_table(data, "post-titles", [
        "use", "match", "title", "status", "source"]))
    uses = ["prefix", "exact", "word"]
    out.rows("chy_vocab_title", "title", rows, texts("match", "title") + [
        (use, lambda r, use=use: "true" if r["use"] == use else "false")
        for use in ("prefix", "exact")])
    for use in uses:
        keys = Keys("title_" + use)
        for row in rows:
            row.one_of("use", uses)
            if use == "exact" or " " not in row["match"]:
                if row["use"] == use:
                    keys.add(fold(row["match"]), row)
            elif row["use"] == use:
                problem(f"{row.where}: match: one word only")
        out.index(keys)


def addresses(out, data):
    rows = number_rows(read_table(data, "collectives", [
        "plad", "routing_indicator", "header_count", "note"]))
    no_empty(rows, "plad")
    unique(rows, "plad", "routing_indicator")
    last = {}
    for row in rows:
        row["next_plad"] = 0
        if row["plad"] in last:
            last[row["plad"]]["next_plad"] = row.index + 1
        last[row["plad"]] = row
    out.rows("chy_collective", "collective", rows,
             texts("plad", "routing_indicator", "note") +
             [("header_count", number("header_count")),
              ("next_plad", lambda r: str(r["next_plad"]))])
    out.index(keys_of("collective", rows, "plad", False))

    rows = number_rows(read_table(data, "offices", [
        "symbol", "meaning", "parent", "survey_count", "status"]))
    no_empty(rows, "symbol")
    out.rows("chy_office", "office", rows,
             texts("symbol", "meaning", "parent", "status") +
             [("survey_count", number("survey_count"))])
    out.index(keys_of("office", rows, "symbol"))


def signals(out, data):
    rows = number_rows(read_table(data, "precedences", [
        "rank", "prosign", "fl2_digraph", "name_in_address", "name_full",
        "handling_objective_minutes", "preempts", "fl5_form",
        "who_may_assign", "status", "source"]))
    if [r["rank"] for r in rows] != [str(i) for i in
                                     range(len(PRECEDENCES))]:
        problem("precedences.tsv: ranks are not 0 to "
                f"{len(PRECEDENCES) - 1} in order")
        return
    for row in rows:
        row["name"] = row["name_in_address"] or \
            row["name_full"].split(" (")[0]
    out.rows("chy_precedence_row", "precedence", rows,
             texts("name", "name_in_address", "name_full", "prosign",
                   "fl2_digraph", "preempts", "fl5_form", "who_may_assign",
                   "status", "source") +
             [("value", lambda r: "CHY_PRECEDENCE_" + PRECEDENCES[r.index]),
              ("rank", number("rank")),
              ("objective_minutes", number("handling_objective_minutes"))])
    out.index(keys_of("precedence_word", rows, "name_in_address"))
    # O is both NIACT IMMEDIATE and IMMEDIATE; alone it says the latter.
    backwards = list(reversed(rows))
    keys = keys_of("precedence_prosign", backwards, "prosign", False)
    for row in reversed(backwards):
        if keys.rows[row["prosign"]]["name"] == "NIACT IMMEDIATE":
            problem(f"{row.where}: NIACT IMMEDIATE before IMMEDIATE")
    out.index(keys)
    out.index(keys_of("precedence_digraph", backwards, "fl2_digraph", False))

    rows = number_rows(read_table(data, "prosigns", [
        "prosign", "format_line", "meaning", "position", "status",
        "source"]))
    no_empty(rows, "prosign")
    keys = keys_of("prosign", rows, "prosign")
    for row in rows:
        words = row["prosign"].split(" ")
        if words[1:] == ["n"]:
            words = words[:1]
        for word in words:
            keys.add(fold(word), row, False)
    out.rows("chy_prosign", "prosign", rows,
             texts("prosign", "meaning", "position", "status", "source") +
             [("format_line", number("format_line"))])
    out.index(keys)

    rows = number_rows(read_table(data, "operating-signals", [
        "signal", "meaning", "where_used", "survey_count", "status",
        "source"]))
    no_empty(rows, "signal")
    out.rows("chy_opsig", "opsig", rows,
             texts("signal", "meaning", "where_used", "status", "source") +
             [("survey_count", number("survey_count"))])
    out.index(keys_of("opsig", rows, "signal"))


def orders(out, data):
    columns = ["number", "printed_number", "signed", "effective", "last_day",
               "line_forms", "classifier_statement", "reason_section",
               "reason_letters", "max_years_normal", "max_years_special",
               "missing_instruction", "seen", "source", "confidence"]
    rows = number_rows(read_table(data, "executive-orders", columns))
    no_empty(rows, "number")
    no_empty(rows, "effective")
    if [r["effective"] for r in rows] != sorted(r["effective"]
                                                for r in rows):
        problem("executive-orders.tsv: not in order of effective")
    out.rows("chy_order", "order", rows,
             texts("number", "printed_number") +
             [("signed_", text("signed"))] + texts(*columns[3:]) +
             [("from", lambda r: str(r.ymd("effective"))),
              ("to", lambda r: str(r.ymd("last_day")))])
    for row in rows:
        row.ymd("signed")
    out.index(keys_of("order", rows, "number"))
    out.index(keys_of("order_printed", rows, "printed_number", False))

    columns = ["scheme", "code", "meaning", "valid_from", "valid_to",
               "source", "confidence"]
    rows = number_rows(read_table(data, "classification-reasons", columns))
    keys = Keys("reason")
    printed = Keys("reason_printed")
    for row in rows:
        scheme, code = fold(row["scheme"]), fold(row["code"])
        keys.add(scheme + " " + code, row)
        # Without blanks, brackets and hyphens, as vocab.c reads them.
        printed.add(re.sub(r"[ ()-]", "", scheme + code), row, False)
    out.rows("chy_reason", "reason", rows,
             texts(*columns) +
             [("from", lambda r: str(r.ymd("valid_from"))),
              ("to", lambda r: str(r.ymd("valid_to"))),
              ("exemption", lambda r: "true" if r["scheme"] in
               EXEMPTION_SCHEMES else "false")])
    out.index(keys)
    out.index(printed)

    columns = ["code", "statute", "meaning", "applies_to", "note",
               "confidence"]
    rows = number_rows(read_table(data, "foia-exemptions", columns))
    no_empty(rows, "code")
    out.rows("chy_exemption", "exemption", rows, texts(*columns))
    out.index(keys_of("exemption", rows, "code"))


HEAD = """\
/*
 * The tables of the trade as rows and hashes. Made by tools/gen_vocab.py of
 * the tables in data/; change those.
 *
 * SPDX-License-Identifier: ISC
 */
#include "vocab/vocab_int.h"
"""


NAME_KINDS = ["stop", "title", "part", "given", "portfolio", "head", "tail",
              "lesser", "particle", "says", "position", "place", "body"]


def name_words(out, data, extra):
    """Words that names are found by; countries and posts are places."""
    columns = ["word", "kinds", "use"]
    rows = read_table(data, "name-words", columns)
    no_empty(rows, "word")
    unique(rows, "word")
    known = {row["word"]: row for row in rows}

    def add(word, kind, use, where):
        row = known.get(word)
        if row is None:
            row = Row(columns, [word, kind, use], where)
            known[word] = row
            rows.append(row)
        elif kind not in row["kinds"].split():
            row["kinds"] = (row["kinds"] + " " + kind).strip()
            row["use"] = row["use"] or use

    def places(folder, must_exist):
        for row in read_table(folder, "tags-country", [
                "code", "country", "iso3166_alpha2", "survey_count",
                "status"], must_exist):
            name = row["country"].split(" (")[0]
            if ", " not in name and name and name[0].isupper():
                add(fold(name), "place", name, row.where)
        for row in read_table(folder, "posts", [
                "plad", "mrn_name", "mrn_key", "routing_indicator",
                "tags_country", "kind", "released_count", "header_count",
                "source"], must_exist):
            if row["kind"] in ("embassy", "consulate") and row["mrn_name"]:
                word = fold(row["mrn_name"])
                add(word, "place", word.title(), row.where)

    places(data, True)
    if extra:
        places(extra, False)
    # The first word of one of several tells that it is worth looking.
    for word in sorted(known):
        if " " in word:
            add(word.split(" ")[0], "lead", "", known[word].where)
    rows.sort(key=lambda r: r["word"])
    number_rows(rows)

    def bits(row):
        kinds = NAME_KINDS + ["lead"]
        n = 0
        for kind in row["kinds"].split():
            if kind not in kinds:
                problem(f"{row.where}: kinds: no such kind: {kind}")
            else:
                n |= 1 << kinds.index(kind)
        return str(n)

    out.rows("chy_name_word", "name_word", rows, [
        ("use", text("use")),
        ("kinds", bits),
    ])
    keys = keys_of("name_word", rows, "word")
    out.index(keys)
    # Most words are not in it: a bit for the upper half of each hash.
    words = [0] * 1024
    for key in keys.list:
        bit = hash_key(key) >> 16
        words[bit >> 6] |= 1 << (bit & 63)
    out.put("const uint64_t chy_vocab_name_word_filter[1024] = {")
    for at in range(0, 1024, 4):
        out.put("\t" + " ".join(f"UINT64_C({w:#x})," for w in
                                words[at:at + 4]))
    out.put("};")
    out.put()


def main(args):
    if len(args) not in (2, 3):
        sys.stderr.write("usage: gen_vocab.py DATA [EXTRA] OUTPUT\n")
        return 1
    data, output = args[0], args[-1]
    extra = args[1] if len(args) == 3 else None
    if extra and not os.path.isdir(extra):
        problem(f"{extra}: not a folder")
        extra = None

    out = Writer()
    out.put(HEAD)
    countries = tags(out, data, extra)
    captions(out, data)
    posts(out, data, extra, countries)
    titles(out, data)
    addresses(out, data)
    signals(out, data)
    orders(out, data)
    name_words(out, data, extra)
    if problems:
        for line in problems:
            sys.stderr.write(f"gen_vocab: {line}\n")
        return 1
    with open(output, "w", encoding="ascii", newline="\n") as f:
        f.write("\n".join(out.lines).rstrip("\n") + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
