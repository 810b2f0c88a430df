#!/usr/bin/env python3
"""Turns the types of data/compose_attributes.json into the tables of src/data/compose.h; a part of compile_data.py."""
import re

from check_data import DataError, load_entries

KINDS = {"null": 1, "boolean": 2, "integer": 4, "number": 12, "string": 16, "any": 127}
LIST, MAP = 32, 64
BOUND = set("text flag opt_out external integer unsigned16 unsigned32 unsigned64 real nano_cpus bytes duration file_mode device_count "
            "ulimit string_list any_texts command test mapping labels environment options multi_options string_map hosts ssh fields "
            "list map unprinted".split())
PRINTED = {"": "if_not_empty", "?": "if_given", "!": "always"}


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def alternatives(type_text):
    """The parts of "a|[b|c]|{any: d|e}" that stand on the outermost level."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(type_text):
        depth += {"[": 1, "{": 1, "(": 1, "]": -1, "}": -1, ")": -1}.get(letter, 0)
        if letter == "|" and depth == 0:
            parts.append(type_text[start:at])
            start = at + 1
    return [*parts, type_text[start:]]


def split_bound(type_text):
    """A type, and what stands behind the last > outside of brackets."""
    depth = 0
    for at in range(len(type_text) - 1, -1, -1):
        depth += {"]": 1, "}": 1, ")": 1, "[": -1, "{": -1, "(": -1}.get(type_text[at], 0)
        if depth == 0 and type_text[at] == ">":
            return type_text[:at].strip(), type_text[at + 1 :].strip()
    return type_text.strip(), ""


class Compose:
    """Reads types and writes each different shape once, those that it needs before it."""

    def __init__(self, path, out):
        document, entries = load_entries(path)
        self.path, self.out, self.types = path, out, document["types"]
        self.entries = {entry["name"]: entry for entry in entries}
        self.shapes, self.fields = {}, {}

    def range(self, words, shape):
        match = re.fullmatch(r"(-?\d+)\.\.(-?\d*)", words)
        if match:
            shape["least"] = match[1]
            if match[2]:
                shape["most"] = match[2]
        elif words.startswith("/"):
            shape["pattern"] = f"ComposePattern::{words.strip('/')}"
        else:
            shape["choices"] = self.out.names(words.split(","))

    def one(self, part, shape):
        """Adds what one alternative allows."""
        if part.startswith("["):
            shape["kinds"] |= LIST
            shape["items"] = "&" + self.shape(part[1 : part.rindex("]")])
            if part.endswith("!"):
                shape["unique"] = "true"
        elif part.startswith("{"):
            keys, values = part[1:-1].split(":", 1)
            shape["kinds"] |= MAP
            shape["values"] = "&" + self.shape(values)
            shape["keys"] = f"ComposeKeys::{keys.rstrip('*')}"
            if keys.endswith("*"):
                shape["open"] = "true"
        elif part.startswith("@"):
            shape["kinds"] |= MAP
            shape["fields"] = "&" + self.named(part[1:])
        else:
            match = re.fullmatch(r"(\w+)(?:\((.*)\))?", part)
            if not match or match[1] not in KINDS:
                raise DataError(f'{self.path}: no type "{part}"')
            shape["kinds"] |= KINDS[match[1]]
            if match[2]:
                self.range(match[2], shape)

    @staticmethod
    def usual(shape):
        """What a value becomes if the type does not say so."""
        # Lists of names beside a map are that map's short form.
        if "values" in shape:
            return "map"
        if "items" in shape:
            return "list"
        if "fields" in shape:
            return "fields"
        return "flag" if shape["kinds"] == KINDS["boolean"] else "integer" if shape["kinds"] == KINDS["integer"] else "text"

    def shape(self, type_text):
        """The name of the shape's constant."""
        wanted, bound = split_bound(type_text)
        usual = ""
        if wanted in self.types:
            wanted, usual = split_bound(self.types[wanted])
        bound = bound or usual
        shape = {"kinds": 0}
        for part in alternatives(wanted):
            self.one(part.strip(), shape)
        bound = re.sub(r" as \w+$", "", bound)
        printed = bound[-1:] if bound[-1:] in ("?", "!") else ""
        bound = bound.rstrip("?!") or self.usual(shape)
        if bound not in BOUND:
            raise DataError(f'{self.path}: nothing becomes "{bound}"')
        if (bound == "fields" and printed == "") or bound == "command":
            printed = "!" if bound == "command" else "?"
        row = f"{{.kinds = {shape.pop('kinds')}, .type = ComposeType::{bound}, .printed = ComposePrinted::{PRINTED[printed]}"
        for key in ("fields", "values", "items", "keys", "open", "unique", "pattern", "least", "most", "choices"):
            if key in shape:
                row += f", .{key} = {shape[key]}"
        row += "}"
        if row not in self.shapes:
            self.shapes[row] = f"kShape{len(self.shapes)}"
            self.out.lines.append(f"constexpr ComposeShape {self.shapes[row]} = {row};")
        return self.shapes[row]

    def named(self, name):
        """The name of the constant of a mapping with known keys."""
        if name not in self.entries:
            raise DataError(f'{self.path}: no entry "{name}"')
        if name in self.fields:
            return self.fields[name][0]
        entry = self.entries[name]
        attributes = dict(entry["attributes"])
        for other in entry.get("with", []):
            attributes |= self.entries[other]["attributes"]
        rows = []
        for key, type_text in sorted(attributes.items()):
            printed = re.search(r" as (\w+)$", type_text)
            rows.append(f"{text(key)}, {text(printed[1] if printed else key)}, &{self.shape(type_text)}")
        self.out.table("ComposeAttribute", f"kAttributes_{name}", rows)
        row = (f"{text(name)}, kAttributes_{name}, {self.out.names(entry.get('required', []))}, "
               f"{self.out.names(entry.get('one_of', []))}, {str(entry.get('extensions', True)).lower()}, "
               f"{str(entry.get('open', False)).lower()}")
        self.fields[name] = (f"kFields_{name}", row)
        # Some are only part of others.
        self.out.lines.append(f"[[maybe_unused]] constexpr ComposeFields kFields_{name} = {{{row}}};")
        return f"kFields_{name}"


def compose_attributes(path, out):
    compose = Compose(path, out)
    for name in compose.entries:
        compose.named(name)
    project = compose.shape("@project")
    out.table("ComposeFields", "kComposeFieldRows", [row for _, (_, row) in sorted(compose.fields.items())])
    return ["constinit const std::span<const ComposeFields> kComposeFields = kComposeFieldRows;",
            f"constinit const ComposeShape kComposeProject = {project};"]
