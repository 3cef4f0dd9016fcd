#!/usr/bin/env python3
"""Is this a SARIF 2.1.0 log as consumers want it?

    sarif.py FILE

The constraints of the schema that matter to a log like ours, and those of
the specification that the schema cannot say (OASIS SARIF 2.1.0): required
properties, types, values that are enumerated, 1-based places in order, rule
indexes that fit, no property that is not defined. Where the package
jsonschema and a schema ($SARIF_SCHEMA) are there, that is asked as well.

SPDX-License-Identifier: ISC
"""

import json
import os
import re
import sys

LEVELS = {"none", "note", "warning", "error"}
KNOWN = {
    "log": {"$schema", "version", "runs", "properties"},
    "run": {"tool", "results", "columnKind", "artifacts", "properties"},
    "driver": {"name", "version", "rules", "informationUri", "properties"},
    "rule": {"id", "name", "shortDescription", "fullDescription", "help",
             "helpUri", "defaultConfiguration", "properties"},
    "result": {"ruleId", "ruleIndex", "level", "message", "locations",
               "suppressions", "fixes", "properties"},
    "region": {"startLine", "startColumn", "endLine", "endColumn",
               "charOffset", "charLength", "byteOffset", "byteLength"},
}
errors = []


def need(truth, what):
    if not truth:
        errors.append(what)


def only(obj, kind, where):
    need(isinstance(obj, dict), f"{where} is no object")
    extra = set(obj) - KNOWN[kind]
    need(not extra, f"{where} has {sorted(extra)}")


def message(obj, where):
    need(isinstance(obj, dict) and isinstance(obj.get("text"), str)
         and obj["text"] and set(obj) <= {"text", "markdown"},
         f"{where} is no message")


def check_rule(rule, where):
    only(rule, "rule", where)
    need(isinstance(rule.get("id"), str) and rule["id"], f"{where}: no id")
    for name in ("shortDescription", "fullDescription", "help"):
        if name in rule:
            message(rule[name], f"{where}.{name}")
    conf = rule.get("defaultConfiguration", {})
    need(conf.get("level", "warning") in LEVELS, f"{where}: level")


def check_result(result, rules, where):
    only(result, "result", where)
    message(result.get("message"), f"{where}.message")
    need(result.get("level") in LEVELS, f"{where}: level")
    index = result.get("ruleIndex", -1)
    need(isinstance(index, int) and -1 <= index < len(rules),
         f"{where}: ruleIndex {index}")
    if 0 <= index < len(rules):
        need(rules[index]["id"] == result.get("ruleId"),
             f"{where}: ruleIndex is of {rules[index]['id']}")
    for location in result.get("locations", []):
        place = location.get("physicalLocation", {})
        uri = place.get("artifactLocation", {}).get("uri")
        need(isinstance(uri, str) and re.fullmatch(
            r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-F]{2})+", uri),
            f"{where}: uri {uri!r}")
        # SARIF1004 of the public validator: else it cannot be joined to a base.
        need(not str(uri).startswith("/"), f"{where}: {uri!r} begins with /")
        region = place.get("region", {})
        only(region, "region", f"{where}.region")
        values = [region.get(k) for k in ("startLine", "startColumn",
                                          "endLine", "endColumn")]
        need(all(isinstance(v, int) and v >= 1 for v in values),
             f"{where}: region {values}")
        if all(isinstance(v, int) for v in values):
            need((values[2], values[3]) >= (values[0], values[1]),
                 f"{where}: ends before it begins")
    for s in result.get("suppressions", []):
        need(s.get("kind") in {"inSource", "external"}, f"{where}: kind")


def check(log):
    only(log, "log", "log")
    need(log.get("version") == "2.1.0", "version is not 2.1.0")
    need(isinstance(log.get("runs"), list), "no runs")
    for i, run in enumerate(log.get("runs", [])):
        only(run, "run", f"runs[{i}]")
        driver = run.get("tool", {}).get("driver")
        only(driver or {}, "driver", "driver")
        need(driver and isinstance(driver.get("name"), str), "no driver name")
        need(run.get("columnKind") in {None, "utf16CodeUnits",
                                       "unicodeCodePoints"}, "columnKind")
        rules = driver.get("rules", [])
        ids = [r.get("id") for r in rules]
        need(len(ids) == len(set(ids)), "a rule stands twice")
        for k, rule in enumerate(rules):
            check_rule(rule, f"rules[{k}]")
        for k, result in enumerate(run.get("results", [])):
            check_result(result, rules, f"results[{k}]")


def main(path):
    with open(path, encoding="utf-8") as f:
        log = json.load(f)
    check(log)
    schema = os.environ.get("SARIF_SCHEMA")
    if schema:
        import jsonschema
        with open(schema, encoding="utf-8") as f:
            jsonschema.validate(log, json.load(f))
    for e in errors[:20]:
        print(e)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
