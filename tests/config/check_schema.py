#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds docs/asyncgrep.schema.json against the parser: both take the same files, keys and values, and refuse the same.

    check_schema.py ASYNCGREP SCHEMA FILE.yaml...

Needs the packages of tests/formats/requirements.txt.
"""
import json
import os
import re
import subprocess
import sys

import jsonschema
import ruamel.yaml

# What is wrong with these only the program can know, and why.
BEYOND = {
    "anchor": "YAML that the parser does not have",
    "tag": "YAML that the parser does not have",
    "extend_names_empty_in_braces": "what names braces stand for",
    "extend_rule_unknown": "which rules there are",
    "extend_rule_without_calls": "which rules there are",
    "extend_set_of_tests": "which sets there are",
    "extend_set_unknown": "which sets there are",
    "extend_twice": "what a rule is called besides",
    "patterns_missing": "which files there are",
    "per_path_rule": "which rules there are",
    "per_path_select_rule": "which rules there are",
    "rule_unknown": "which rules there are",
    "rule_unknown_ignore": "which rules there are",
    "severity_rule": "which rules there are",
}
# Messages of the program about that.
UNKNOWN = re.compile(r"is no code, prefix|unknown rule|unknown set|has no list|No such file|leads out of the folder")

# Whatever the key, one of these is right for it and most are wrong. Numbers, truth values and null without quotes are
# no texts to YAML, though the parser takes them for such; so they are tried where no text may stand.
SCALARS = [True, False, 0, 1, 4, 1024, 1025, 1000001, -1, 1.5, None]
VALUES = ["AG1", "AG1, AG6", "", " , ", "true", "4", "text", "never", "always", "sarif", "error", "warning", "fatal",
          [], ["AG1"], ["AG1", "AG6"], ["AG1", ""], [["AG1"]], ["never"], {}, {"AG1": "error"},
          {"a": {"ignore": "AG1"}}]
# Where a mapping may stand, also these: severities, names, paths.
MAPPINGS = [
    {"AG1": ["error"]}, {"AG1": "never"}, {"AG1": "fatal"},
    {"AG602": "a.b"}, {"AG602": ["a.b", "c.{d,e}", "*f", "g*"]}, {"AG602": ""}, {"AG602": "$timeouts"},
    {"AG602": "a.{b"}, {"AG602": "a.}b"}, {"AG602": "a.{}"}, {"AG602": "a.{b}.{c}"}, {"AG602": "a.*.b"},
    {"AG602": "a."}, {"AG602": ".a"}, {"AG602": "a..b"}, {"AG602": "*.a"}, {"AG602": "a.*"}, {"AG602": "."},
    {"AG602": []}, {"AG602": [["a"]]}, {"AG602": {"a": "b"}}, {"$timeouts": "a.b"},
    {"a": {}}, {"a": {"select": "AG1"}}, {"a": {"select": ["AG1"], "ignore": "AG6"}}, {"a": []},
    {"a": {"select": []}}, {"a": {"ignore": ""}}, {"a": {"format": "text"}}, {"a": {"select": {"AG1": "a"}}},
    *({path: {"ignore": "AG1"}} for path in (
        "/a", "../a", "..", "..a", ":(attr:x)a", ":(icase,attr:x)a", ":(glob)**/a", ":!a", ":/a")),
]


class Checker:
    def __init__(self, program, schema):
        self.program = program
        jsonschema.Draft7Validator.check_schema(schema)
        self.schema = schema
        self.validator = jsonschema.Draft7Validator(schema)
        self.wrong = []

    def need(self, condition, message):
        if not condition:
            self.wrong.append(message)

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], capture_output=True, text=True, timeout=20)

    def schema_takes(self, text):
        try:
            data = ruamel.yaml.YAML(typ="safe", pure=True).load(text)
        except ruamel.yaml.YAMLError:
            return False
        return self.validator.is_valid(data)

    def files(self, names):
        for name in names:
            with open(name, encoding="utf-8") as stream:
                by_schema = self.schema_takes(stream.read())
            folder, file = os.path.split(name)
            done = subprocess.run([self.program, "--list-rules", "--config", file], cwd=folder, capture_output=True,
                                  timeout=20)
            takes = done.returncode == 0
            if file.removesuffix(".yaml") in BEYOND:
                self.need(not takes and by_schema, f"{file}: not beyond the schema any more; take it out of BEYOND")
            else:
                self.need(takes == by_schema, f"{file}: the parser says {takes}, the schema {by_schema}")

    def keys(self):
        shown = json.loads(self.run("--show-config", "--no-config", "--no-index", "--format", "json").stdout)
        options = shown.pop("options")
        del shown["configuration"]
        self.need({*options, *shown} == set(self.schema["properties"]), "the keys of parser and schema differ: "
                  f"{ {*options, *shown} ^ set(self.schema['properties']) }")
        del options["format"]  # it is given here
        self.need("default" not in self.schema["properties"]["format"], "format has a default")
        for key, option in options.items():
            default = self.schema["properties"].get(key, {}).get("default")
            self.need(option["value"] == default, f"{key}: another default")

    def values(self):
        for key, schema in self.schema["properties"].items():
            texts = not ("type" in schema or "enum" in schema)
            good = 0
            mappings = MAPPINGS if schema.get("type") == "object" else []
            for value in VALUES + mappings + ([] if texts else SCALARS) + schema.get("enum", []):
                text = json.dumps({key: value}, ensure_ascii=False)
                with open("probe.yaml", "w", encoding="utf-8") as stream:
                    stream.write(text)
                done = self.run("--list-rules", "--config", "probe.yaml")
                takes = done.returncode == 0 or bool(UNKNOWN.search(done.stderr))
                by_schema = self.schema_takes(text)
                self.need(takes == by_schema, f"{text}: the parser says {takes}, the schema {by_schema}: {done.stderr}")
                good += by_schema
            self.need(good, f"{key}: no value was right")
            self.need(not self.schema_takes(json.dumps({key + "x": True})), f"{key}x is taken")


def main():
    program, schema, *names = sys.argv[1:]
    with open(schema, encoding="utf-8") as stream:
        checker = Checker(program, json.load(stream))
    checker.files(names)
    checker.keys()
    checker.values()
    print("\n".join(checker.wrong))
    sys.exit(bool(checker.wrong))


main()
