#!/usr/bin/env python3
"""Turns data/*.json into one C++ file of sorted constant tables, so that the program parses nothing when it starts.

Usage: compile_data.py DATA_DIR OUT.cc. The structures are those of src/data/tables.h. Called by cmake/data.cmake.
"""
import pathlib
import re
import sys

from check_data import DataError, expand, load_entries
from compile_compose import compose_attributes

CHARSETS = {"digit": "digit", "hex": "hex", "HEX": "hex_upper", "lower": "lower", "UPPER": "upper_digit", "alnum": "alnum",
            "word": "word", "url": "url", "b64": "base64", "base32": "base32"}
FAMILIES = set("none alpine debian ubuntu fedora rhel suse arch amazon wolfi photon windows busybox unknown".split())
BASE_KEYS = set("repository tags like family libc user users package_manager shell tools add drop maybe lacks complete "
                "health_check full_size smaller source checked".split())


def text(value):
    """A C++ string_view literal."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def boolean(value):
    return "true" if value else "false"


def version_key(version):
    return [int(part) if part.isdigit() else 0 for part in version.split(".")]


class Writer:
    """Collects the definitions; equal lists of names are written once."""

    def __init__(self):
        self.lists = {}
        self.lines = []

    def names(self, items):
        items = tuple(items)
        if not items:
            return "{}"
        if items not in self.lists:
            name = f"kNames{len(self.lists)}"
            self.lists[items] = name
            self.lines.append(f"constexpr std::string_view {name}[] = {{{', '.join(map(text, items))}}};")
        return self.lists[items]

    def sorted_names(self, items):
        return self.names(sorted(set(items)))

    def table(self, kind, name, rows):
        self.lines.append(f"constexpr {kind} {name}[] = {{")
        self.lines += [f"    {{{row}}}," for row in rows]
        self.lines.append("};")


def base_row(entry, profiles, watched, where):
    """One entry with its profile laid under it."""
    unknown = set(entry) - BASE_KEYS
    if unknown:
        raise DataError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    if "like" in entry and entry["like"] not in profiles:
        raise DataError(f'{where}: no profile "{entry["like"]}"')
    row = {**profiles.get(entry.get("like"), {}), **entry}
    if row["family"] not in FAMILIES:
        raise DataError(f'{where}: unknown family "{row["family"]}"')
    maybe = set(row.get("maybe", []))
    tools = (set(row.get("tools", [])) | set(row.get("add", []))) - set(row.get("drop", []))
    maybe -= tools
    lacks = set(row.get("lacks", [])) - tools - maybe
    strangers = (tools | maybe | lacks) - watched
    if strangers:
        raise DataError(f"{where}: not in \"watched\": {', '.join(sorted(strangers))}")
    # `tools` holds the doubtful ones too: whoever reads it alone must not call them missing.
    row.update(tools=tools | maybe, maybe=maybe, lacks=lacks)
    return row


def base_images(path, out):
    document, entries = load_entries(path)
    watched = set(document["watched"])
    rows = {}
    for number, entry in enumerate(entries, 1):
        where = f"{path}: entry {number} ({entry.get('repository')})"
        row = base_row(entry, document["profiles"], watched, where)
        globs = row["tags"] if isinstance(row["tags"], list) else [row["tags"]]
        for repository in expand(row["repository"]):
            for glob in globs:
                of_repository = rows.setdefault(repository, {})
                if "*" in of_repository or glob in of_repository:
                    raise DataError(f'{where}: "{repository}:{glob}" is never reached')
                of_repository[glob] = row
    lines = []
    for repository in sorted(rows):
        for glob, row in rows[repository].items():
            lines.append(", ".join([
                f".repository = {text(repository)}, .tag_glob = {text(glob)}",
                f".family = Family::{row['family']}, .libc = Libc::{row['libc']}",
                f".user = {text(row.get('user') or '')}, .user_known = {boolean(row.get('user') is not None)}",
                f".users = {out.sorted_names(row.get('users', []))}",
                f".package_manager = {text(row['package_manager'])}, .shell = {text(row['shell'])}",
                f".tools = {out.sorted_names(row['tools'])}, .tools_complete = {boolean(row.get('complete'))}",
                f".health_check = {boolean(row.get('health_check'))}, .full_size = {boolean(row.get('full_size'))}",
                f".smaller = {text(row.get('smaller', ''))}",
                f".source = {text(row['source'].replace('{repository}', repository))}, .checked = {text(row['checked'])}",
                f".maybe = {out.sorted_names(row['maybe'])}, .lacks = {out.sorted_names(row['lacks'])}",
            ]))
    out.table("BaseImage", "kBaseImageRows", lines)
    return out.sorted_names(watched), out.sorted_names(document["essential"])


NEEDS_KEYS = set("repository tags programs user account lowered capabilities kept mounted scratch moved_by file_variables raises "
                 "runtime with health source checked".split())


def image_needs(path, known_capabilities, out):
    _, entries = load_entries(path)
    rows = {}
    for entry in entries:
        where = f"{path}: {entry['repository']}"
        strangers = (set(entry) - NEEDS_KEYS) | (set(entry.get("capabilities", [])) - known_capabilities)
        if strangers:
            raise DataError(f"{where}: unknown: {', '.join(sorted(strangers))}")
        if not all(folder.startswith("/") for key in ("kept", "mounted", "scratch") for folder in entry.get(key, [])):
            raise DataError(f"{where}: folders are absolute")
        for repository in expand(entry["repository"]):
            for glob in entry["tags"]:
                of_repository = rows.setdefault(repository, {})
                if "*" in of_repository or glob in of_repository:
                    raise DataError(f'{where}: "{repository}:{glob}" is never reached')
                of_repository[glob] = entry
    lines = []
    for repository in sorted(rows):
        for glob, entry in rows[repository].items():
            health = entry.get("health", {})
            lists = ", ".join(f".{key} = {out.names(entry.get(key, []))}" for key in ("programs", "capabilities", "kept", "mounted",
                                                                                      "scratch", "moved_by", "file_variables"))
            started = entry.get("with", [{}])
            if len(started) > 1 or not all(folder.startswith("~/") for folder in started[0].get("scratch", [])):
                raise DataError(f"{where}: one `with`, of folders in the home")
            lists += f", .starters = {out.names(started[0].get('programs', []))}, .starters_scratch = {out.names(started[0].get('scratch', []))}"
            lines.append(", ".join([
                f".repository = {text(repository)}, .tag_glob = {text(glob)}",
                f".user = {text(entry.get('user', ''))}, .account = {text(entry.get('account', ''))}",
                f".lowered = {text(entry.get('lowered', ''))}, .runtime = {boolean(entry.get('runtime'))}",
                f".capabilities_known = {boolean('capabilities' in entry)}, .scratch_known = {boolean('scratch' in entry)}",
                f".raises = {boolean(entry.get('raises'))}", lists,
                f".health = {{.tool = {text(health.get('tool', ''))}, .test = {text(health.get('test', ''))}, "
                f".timeout = {text(health.get('timeout', ''))}, .unless = {out.names(health.get('unless', []))}}}",
            ]))
    out.table("ImageNeeds", "kImageNeedsRows", lines)


def date_number(value):
    return int(value.replace("-", "")) if value else 0


def products(directory, out):
    """Products with their cycles, in ascending order; returns the index of each product."""
    _, entries = load_entries(directory / "end_of_life.json")
    _, names = load_entries(directory / "codenames.json")
    codenames = {(n["product"], n["cycle"]): n["codename"] for n in names if "codename" in n}
    lines, index = [], {}
    for entry in sorted(entries, key=lambda e: e["product"]):
        number = len(index)
        index[entry["product"]] = f"&kProductRows[{number}]"
        cycles = []
        for cycle in sorted(entry["cycles"], key=lambda c: version_key(c["cycle"])):
            codename = codenames.get((entry["product"], cycle["cycle"]))
            # Node's code names are not what people call its releases.
            label = f"{cycle['cycle']} ({codename})" if codename and entry["product"] != "nodejs" else cycle["cycle"]
            cycles.append(f"{text(cycle['cycle'])}, {text(label)}, {date_number(cycle.get('date'))}, "
                          f"{date_number(cycle.get('extended'))}")
        out.table("Cycle", f"kCycles{number}", cycles)
        lines.append(f"{text(entry['product'])}, {text(entry['name'])}, {text(entry.get('successor', ''))}, "
                     f"{text(entry['source'])}, {text(entry['checked'])}, kCycles{number}")
    out.table("Product", "kProductRows", lines)
    rows = [(n.get("codename") or n["alias"], n) for n in names]
    out.table("Codename", "kCodenameRows", [f"{text(name)}, {index[n['product']]}, {text(n['cycle'])}, {boolean('codename' in n)}"
                                            for name, n in sorted(rows, key=lambda row: row[0])])
    return index


def image_products(path, index, out):
    document, entries = load_entries(path)
    rows = {}
    for entry in entries:
        for repository in expand(entry["repository"]):
            if repository in rows:
                raise DataError(f"{path}: {repository} is there twice")
            rows[repository] = ", ".join([text(repository), *(index[entry[kind]] if kind in entry else "nullptr"
                                                             for kind in ("software", "distribution")),
                                          text(entry.get("version", ""))])
    out.table("ImageProduct", "kImageProductRows", [row for _, row in sorted(rows.items())])
    words = sorted(document["tag_words"].items())
    out.table("TagWord", "kTagWordRows", [f"{text(word)}, {index[product]}" for word, product in words])


def withdrawn(path, out):
    _, entries = load_entries(path)
    rows = sorted((repository, entry) for entry in entries for repository in expand(entry["repository"]))
    out.table("Withdrawn", "kWithdrawnRows", [
        ", ".join(map(text, (name, e["since"], e["replacement"], e["source"].replace("{repository}", name)))) for name, e in rows])


def shape_parts(shape, where):
    """The fixed beginning of a shape, and its other parts as C++."""
    pieces = re.split(r"(\{[^{}]*\})", shape)
    if not pieces[0]:
        raise DataError(f"{where}: {shape}: a shape starts with fixed text")
    parts = []
    for piece in filter(None, pieces[1:]):
        match = re.fullmatch(r"\{(\w+):(\d+)(-(\d*))?\}", piece)
        if not match:
            parts.append(f"{{.literal = {text(piece)}}}")
            continue
        low = int(match[2])
        high = low if match[3] is None else int(match[4] or 65535)
        parts.append(f"{{.charset = Charset::{CHARSETS[match[1]]}, .min = {low}, .max = {high}}}")
    return pieces[0], parts


def secret_shapes(path, out):
    _, entries = load_entries(path)
    rows, number = [], 0
    for entry in entries:
        for shape in entry["shapes"]:
            prefix, parts = shape_parts(shape, path)
            rest = "{}"
            if parts:
                rest, number = f"kParts{number}", number + 1
                out.lines.append(f"constexpr ShapePart {rest}[] = {{{', '.join(parts)}}};")
            rows.append((prefix, f"{text(prefix)}, {text(entry['kind'])}, {rest}"))
    out.table("SecretShape", "kSecretShapeRows", [row for _, row in sorted(rows)])


def secret_files(path, out):
    _, entries = load_entries(path)
    rows = [(glob.lower(), entry["kind"], entry.get("certainty", "sure"))
            for entry in sorted(entries, key=lambda e: e["kind"] != "") for glob in expand(entry["glob"])]
    out.table("FileGlob", "kSecretFileRows",
              [f"{text(glob)}, {{{text(kind)}, Certainty::{certainty}}}" for glob, kind, certainty in rows])


def context_clutter(path, out):
    _, entries = load_entries(path)
    out.table("ClutterGlob", "kContextClutterRows",
              [f"{text(glob.lower())}, {{{text(entry['kind'])}, {boolean(entry.get('folder', False))}}}"
               for entry in entries for glob in expand(entry["glob"])])


def ignore_lines(path, out):
    document, entries = load_entries(path)
    rows = []
    for entry in entries:
        if entry["use"] not in ("safe", "by_builds", "maybe"):
            raise DataError(f"{path}: {entry['heading']}: there is no use \"{entry['use']}\"")
        for pattern in entry["patterns"]:
            if "/" in pattern.removeprefix("**/"):
                raise DataError(f"{path}: {pattern}: more than one name")
            manifests = out.names(entry.get("manifests", []))
            rows.append(f"{text(entry['heading'])}, {text(pattern)}, {manifests}, IgnoreUse::{entry['use']}")
    out.table("IgnoreLine", "kIgnoreLineRows", rows)
    return [f"constinit const Names kBuildReaders = {out.sorted_names(document['readers'])};"]


def dangerous_syscalls(path, out):
    _, entries = load_entries(path)
    rows = sorted((name, entry["allows"]) for entry in entries for name in entry["names"])
    out.table("DangerousSyscall", "kDangerousSyscallRows", [f"{text(name)}, {text(allows)}" for name, allows in rows])


def secret_names(path, out):
    document, entries = load_entries(path)
    lists = {"WellKnownSecrets": [name for entry in entries for name in entry["names"]]}
    for key, name in (("words", "SecretWords"), ("endings", "SecretEndings"), ("last_words", "SecretLastWords"),
                      ("before_key", "BeforeKey"), ("public", "PublicWords"), ("pointers", "PointerWords"),
                      ("not_secret", "NotSecret"), ("harmless", "HarmlessValues"), ("references", "References")):
        lists[name] = document[key]
    return [f"constinit const Names k{name} = {out.sorted_names(items)};" for name, items in lists.items()]


def spdx(path, out):
    _, entries = load_entries(path)
    lists = {entry["kind"]: [name.lower() for name in entry["ids"]] for entry in entries}
    return [f"constinit const Names k{name} = {out.sorted_names(lists[kind])};"
            for kind, name in (("license", "SpdxLicenses"), ("exception", "SpdxExceptions"))]


def plain_images(path, out):
    _, entries = load_entries(path)
    return [f"constinit const Names kPlainImages = {out.sorted_names(entry['repository'] for entry in entries)};"]


def account_numbers(path, out):
    _, entries = load_entries(path)
    rows = sorted((e["account"], family, e["number"]) for e in entries for family in e.get("families", [""]))
    out.table("AccountNumber", "kAccountNumberRows", [", ".join(map(text, row)) for row in rows])


def telemetry(path, out):
    _, entries = load_entries(path)
    rows = sorted((program, entry) for entry in entries for program in entry["programs"])
    out.table("Telemetry", "kTelemetryRows",
              [", ".join(map(text, (program, e["name"], e["variable"], e["value"]))) for program, e in rows])


def signals(path, out):
    """In the order of their numbers, from 1 on."""
    _, entries = load_entries(path)
    return [f"constinit const Names kSignals = {out.names(entries[0]['names'])};"]


def capabilities(path, out):
    _, entries = load_entries(path)
    lists = {entry["kind"]: entry["names"] for entry in entries}
    strangers = set(lists["default"]) - set(lists["all"])
    if strangers:
        raise DataError(f"{path}: no such capability: {', '.join(sorted(strangers))}")
    return [f"constinit const Names k{name} = {out.sorted_names(lists[kind])};"
            for kind, name in (("all", "Capabilities"), ("default", "DefaultCapabilities"))]


def service_ports(path, out):
    _, entries = load_entries(path)
    for entry in entries:
        if entry["kind"] not in ("data", "control", "engine"):
            raise DataError(f"{path}: {entry['port']}: no such kind")
    out.table("ServicePort", "kServicePortRows",
              [f"{e['port']}, {text(e['service'])}, PortKind::{e['kind']}" for e in sorted(entries, key=lambda e: e["port"])])


def host_paths(path, out):
    about, entries = load_entries(path)
    for entry in entries:
        if entry["reach"] not in ("root", "state") or not entry["path"].startswith(("/", "~")):
            raise DataError(f"{path}: {entry['path']}: no such reach or no path")
    out.table("HostPath", "kHostPathRows",
              [f"{text(e['path'])}, {text(e['what'])}, HostReach::{e['reach']}, {boolean(e['below'])}, {boolean(e['readable'])}"
               for e in sorted(entries, key=lambda e: e["path"])])
    return [f"constinit const Names kHarmlessPaths = {out.sorted_names(about['harmless'])};"]


def host_devices(path, out):
    _, entries = load_entries(path)
    for entry in entries:
        if entry["kind"] not in ("disk", "kernel", "control", "mount"):
            raise DataError(f"{path}: {entry['pattern']}: no such kind")
    out.table("HostDevice", "kHostDeviceRows",
              [f"{text(e['pattern'])}, DeviceKind::{e['kind']}" for e in sorted(entries, key=lambda e: e["pattern"])])


def hadolint_levels(path, out):
    _, entries = load_entries(path)
    for entry in entries:
        if entry["level"] not in ("error", "warning", "info", "style", "ignore"):
            raise DataError(f"{path}: {entry['code']}: hadolint has no level \"{entry['level']}\"")
    out.table("HadolintLevel", "kHadolintLevelRows",
              [f"{text(e['code'])}, {text(e['level'])}" for e in sorted(entries, key=lambda e: e["code"])])


def compile_data(directory):
    out = Writer()
    watched, essential = base_images(directory / "base_images.json", out)
    index = products(directory, out)
    image_products(directory / "image_products.json", index, out)
    withdrawn(directory / "withdrawn.json", out)
    secret_shapes(directory / "secret_shapes.json", out)
    secret_files(directory / "secret_files.json", out)
    dangerous_syscalls(directory / "dangerous_syscalls.json", out)
    context_clutter(directory / "context_clutter.json", out)
    names = secret_names(directory / "secret_names.json", out) + spdx(directory / "spdx.json", out)
    names += ignore_lines(directory / "ignore_lines.json", out)
    names += plain_images(directory / "plain_images.json", out) + signals(directory / "signals.json", out)
    names += capabilities(directory / "capabilities.json", out)
    service_ports(directory / "published_ports.json", out)
    names += host_paths(directory / "host_paths.json", out)
    host_devices(directory / "host_devices.json", out)
    hadolint_levels(directory / "hadolint_levels.json", out)
    known = {name for entry in load_entries(directory / "capabilities.json")[1] for name in entry["names"]}
    image_needs(directory / "image_needs.json", known, out)
    telemetry(directory / "telemetry.json", out)
    account_numbers(directory / "account_numbers.json", out)
    names += compose_attributes(directory / "compose_attributes.json", out)
    exported = [("BaseImage", "BaseImages"), ("Product", "Products"), ("Codename", "Codenames"),
                ("ImageProduct", "ImageProducts"), ("TagWord", "TagWords"), ("Withdrawn", "Withdrawn"),
                ("SecretShape", "SecretShapes"), ("FileGlob", "SecretFiles"), ("ClutterGlob", "ContextClutter"),
                ("DangerousSyscall", "DangerousSyscalls"), ("Telemetry", "Telemetry"),
                ("HadolintLevel", "HadolintLevels"), ("ServicePort", "ServicePorts"), ("HostPath", "HostPaths"),
                ("HostDevice", "HostDevices"), ("AccountNumber", "AccountNumbers"), ("IgnoreLine", "IgnoreLines")]
    spans = [f"constinit const std::span<const {kind}> k{name} = k{name.removesuffix('s')}Rows;" for kind, name in exported]
    spans.append("constinit const std::span<const ImageNeeds> kImageNeeds = kImageNeedsRows;")
    spans.append(f"constinit const Names kWatchedTools = {watched};")
    spans.append(f"constinit const Names kEssentialPrograms = {essential};")
    return "\n".join(["// Generated by tools/compile_data.py from data/*.json: do not edit.", '#include "data/tables.h"', "",
                      "namespace plimsoll::data {", "namespace {", *out.lines, "}  // namespace", "", *spans, *names,
                      "}  // namespace plimsoll::data", ""])


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        result = compile_data(pathlib.Path(arguments[1]))
    except (DataError, KeyError) as error:
        print(f"compile_data.py: {error}", file=sys.stderr)
        return 1
    pathlib.Path(arguments[2]).write_text(result, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
