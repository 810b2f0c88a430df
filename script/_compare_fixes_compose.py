#!/usr/bin/env python3
"""Fixes copies of all real Compose files and has Compose's own loader read the results.

    _compare_fixes_compose.py --binary PLIMSOLL --oracle PATH --data SHARED/data [--every N]

Once with safe fixes and once with all, of the files as they are and of variants of them: with CRLF and without a last line's end, and
with an override that states a limit in `deploy` for each service. Each project that Compose has loaded must load afterwards; its model
may differ only in the keys that the rules of the fixes written are for (MEANT), and must in each of these; a second run must change
nothing, and no finding of a fix written may be left. Printed is which part of each rule's findings was fixed. Exit status 1: something
is not so.
"""
import argparse
import collections
import concurrent.futures
import fnmatch
import json
import pathlib
import subprocess
import sys
import tempfile
import time

# What the fixes of a rule change: the key that each of them must change, and what they may change besides. Below a service or job.
MEANT = {
    "apparmor-unconfined": (["security_opt.[]"], []),
    "missing-capability-drop": (["cap_drop.[]"], ["cap_add.[]", "user"]),
    "missing-cpu-limit": (["cpus", "deploy.resources.limits.cpus"], []),
    "missing-health-check": (["healthcheck.test.[]"], ["healthcheck.interval", "healthcheck.timeout", "healthcheck.start_period"]),
    "missing-memory-limit": (["mem_limit", "deploy.resources.limits.memory"], []),
    "missing-no-new-privileges": (["security_opt.[]"], []),
    "missing-pids-limit": (["pids_limit", "deploy.resources.limits.pids"], []),
    "port-on-all-interfaces": (["ports.#.host_ip"], []),
    "privileged-container": (["privileged"], []),
    "root-equivalent-capability": (["cap_add.[]"], []),
    "root-user": (["user"], []),
    "seccomp-unconfined": (["security_opt.[]"], []),
    "secret-in-env": (["secrets.#.source"], ["secrets.#.*", "environment.*"]),
    # Its other kind, which changes the text alone: what Compose loads is the same. See rule_of.
    "secret-in-env: .env": ([], []),
    "unstated-user": (["user"], []),
    "writable-config-mount": (["volumes.#.read_only"], []),
    "writable-root-filesystem": (["read_only"], ["tmpfs.[]"]),
}
# Files that fixes make beside secrets: their values, and what keeps them out of builds and of Git.
KEPT = (".dockerignore", ".env", "secrets/.gitignore")
# Rules that come to the same key: one change may be of both.
SHARED_KEYS = {"user"}


def rule_of(fix):
    return f"{fix['rule']}: .env" if fix["title"].startswith("take it from .env") else fix["rule"]


def report(binary, command, folder, *options):
    done = subprocess.run([binary, command, "--no-shellcheck", "--format", "json", "--fail-on", "never", *options, "."],
                          cwd=folder, capture_output=True, check=False)
    assert done.returncode in (0, 2, 3) and done.stdout, (done.returncode, done.stderr.decode(errors="replace")[:2000])
    return json.loads(done.stdout)


FLAGS = ["-q", "-no-os-env", "-p", "p", "-no-path-resolution", "-no-env-resolution", "-all-profiles"]


def load(oracle, folder):
    """The project's model; an error's text where Compose refuses it."""
    done = subprocess.run([oracle, *FLAGS], cwd=folder, capture_output=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.decode(errors="replace").strip()


def load_all(oracle, root):
    """Each folder's project: by one process where that is one file."""
    single = [f"{folder.name}/compose.yaml" for folder in sorted(root.iterdir()) if not (folder / "compose.override.yaml").exists()]
    done = subprocess.run([oracle, *FLAGS, "-batch"], cwd=root, input="\n".join(single) + "\n", capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    models = {answer["file"].split("/")[0]: answer["ok"] if "ok" in answer else answer["error"] for answer in answers}
    assert len(models) == len(single), "the oracle has not answered for each file"
    folders = [folder for folder in root.iterdir() if folder.name not in models]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        models.update(zip([f.name for f in folders], pool.map(lambda folder: load(oracle, folder), folders), strict=True))
    return models


def leaves(value, path=()):
    """Each scalar with its path: `[]` for one of a list, `#` with a number for a mapping in a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, path + (key,))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, path + ((f"#{number}",) if isinstance(inner, (dict, list)) else ("[]",)))
    else:
        yield path, value


def changed_paths(before, after):
    old, new = collections.Counter(leaves(before)), collections.Counter(leaves(after))
    return {path for path, _ in (old - new) + (new - old)}


def below_service(path):
    """("web", "ports.#.host_ip") of a path in a service; (None, the path) of any other."""
    if path[0] not in ("services", "jobs") or len(path) < 3:
        return None, ".".join(path)
    return path[1], ".".join("#" if part.startswith("#") else part for part in path[2:])


def check_secrets(folder, before, after):
    """Of each secret that has come: its file has the very value that a variable of one service had, which now names the file."""
    wrong = []
    for secret, stated in after.get("secrets", {}).items():
        if secret in before.get("secrets", {}):
            continue
        file = folder / "secrets" / f"{secret}.txt"
        modes = [path.stat().st_mode & 0o777 for path in (file.parent, file)]
        if stated != {"name": f"p_{secret}", "file": f"./secrets/{secret}.txt"} or modes != [0o700, 0o644]:
            wrong.append(f"{folder.name}: {secret}: {stated}")
        users = []
        for service, now in after["services"].items():
            old = before["services"][service].get("environment", {})
            for variable, value in now.get("environment", {}).items():
                if value == f"/run/secrets/{secret}" and variable.endswith("_FILE") and variable not in old:
                    plain = variable.removesuffix("_FILE")
                    users.append(service)
                    if plain in now["environment"] or old.get(plain) != file.read_text():
                        wrong.append(f"{folder.name}: {service}: {plain} is not what it was")
        if [service for service, now in after["services"].items() if any(s["source"] == secret for s in now.get("secrets", []))] != users:
            wrong.append(f"{folder.name}: {secret} is mounted elsewhere")
        if len(users) != 1:
            wrong.append(f"{folder.name}: {secret} is used by {users}")
    return wrong


def check_variables(folder):
    """What was moved to `.env` is its owner's alone."""
    file = folder / ".env"
    return [f"{folder.name}: others may read .env"] if file.exists() and file.stat().st_mode & 0o777 != 0o600 else []


def check_model(name, before, after, applied):
    wrong = []
    by_key = collections.defaultdict(set)  # key below a service: the places where it has changed
    for path in changed_paths(before, after):
        if path[0] == "secrets" and path[1] not in before.get("secrets", {}) and "secret-in-env" in applied:
            continue  # see check_secrets
        service, key = below_service(path)
        by_key[key].add((service, path if "#" in key else ()))
        if service is None or not any(fnmatch.fnmatchcase(key, pattern) for rule in applied for pattern in sum(MEANT[rule], [])):
            wrong.append(f"{name}: changed, and not meant: {'.'.join(path)}")
    for rule, count in applied.items():
        main = MEANT[rule][0]
        changed = len(set().union(*(by_key[key] for key in main)))
        if main and (changed < count or (changed > count and not SHARED_KEYS & set(main))):
            wrong.append(f"{name}: {count} fixes of {rule}, but {changed} changes of {' or '.join(main)}")
    return wrong


def texts(root):
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def counted(findings):
    return collections.Counter((f["file"], f["rule"]) for f in findings)


def print_rules(before, result):
    findings = collections.Counter(f["rule"] for f in before["findings"])
    by_status = collections.defaultdict(collections.Counter)
    reasons = collections.Counter()
    for fix in result["fixes"]:
        by_status[fix["status"]][rule_of(fix)] += 1
        if "reason" in fix:
            reasons[fix["rule"], fix["reason"].split(" in line ")[0]] += 1
    print(f"  {'rule':28} findings fixed dropped  share")
    for rule in sorted(MEANT, key=lambda rule: -by_status["applied"][rule]):
        if findings[rule.split(":")[0]]:
            fixed = by_status["applied"][rule]
            found = findings[rule.split(":")[0]]
            print(f"  {rule:28} {found:8} {fixed:5} {by_status['dropped'][rule]:7}  {fixed / found:5.0%}")
    for (rule, reason), count in reasons.most_common(8):
        print(f"  dropped {count:4} {rule}: {reason}")


def crlf(folder, _model):
    file = folder / "compose.yaml"
    file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").rstrip(b"\r\n"))


def limits_in_override(folder, model):
    lines = ["services:"]
    for service in model.get("services", {}):
        lines += [f"  {json.dumps(service)}:", "    deploy:", "      resources:", "        limits:", '          cpus: "0.5"']
    if len(lines) > 1:
        (folder / "compose.override.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def compare(arguments, options, vary=None):
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for file in sorted((arguments.data / "compose/realworld").glob("*.y*ml"))[::arguments.every]:
            folder = root / file.name.rsplit(".", 1)[0]
            folder.mkdir()
            (folder / "compose.yaml").write_bytes(file.read_bytes())
        models_before = load_all(arguments.oracle, root)
        if vary:
            for folder, model in models_before.items():
                if isinstance(model, dict):
                    vary(root / folder, model)
            models_before = load_all(arguments.oracle, root)
        texts_before = texts(root)
        before = report(arguments.binary, "check", root)
        began = time.monotonic()
        result = report(arguments.binary, "fix", root, *options)
        seconds = time.monotonic() - began
        models_after, texts_after = load_all(arguments.oracle, root), texts(root)
        again = report(arguments.binary, "fix", root, *options)
        after = report(arguments.binary, "check", root)

        applied = [f for f in result["fixes"] if f["status"] == "applied"]
        by_project = collections.defaultdict(collections.Counter)
        for fix in applied:
            by_project[fix["file"].split("/")[0]][rule_of(fix)] += 1
        strangers = {f["rule"] for f in applied} - set(MEANT)
        wrong += [f"{rule}: what its fixes mean is not said here" for rule in sorted(strangers)]
        for folder, model in models_before.items():
            if not isinstance(model, dict) or by_project[folder].keys() & strangers:
                continue
            if isinstance(models_after[folder], dict):
                wrong += check_model(folder, model, models_after[folder], by_project[folder])
                wrong += check_secrets(root / folder, model, models_after[folder]) + check_variables(root / folder)
            else:
                wrong.append(f"{folder}: Compose refuses it: {models_after[folder]}")
        made = texts_after.keys() - texts_before.keys()
        secret_files = fnmatch.filter(made, "*/secrets/*.txt")
        wrong += [f"{file}: left" for file in made - set(secret_files) if file.split("/", 1)[1] not in KEPT]
        moved = {f["file"].split("/")[0] for f in applied if rule_of(f).endswith(".env")}
        wrong += [f"{folder}: .env is not there, or more than was wanted"
                  for folder in moved ^ {file.split("/")[0] for file in made if file.endswith("/.env")}]
        if len(secret_files) != sum(rule_of(f) == "secret-in-env" for f in applied) or texts_before.keys() - texts_after.keys():
            wrong.append("files were left or lost")
        wrong += [f"{file}: a second run has changed it" for file, text in texts(root).items() if text != texts_after.get(file)]
        wrong += [f"{f['file']}: a second run applies {f['rule']}" for f in again["fixes"] if f["status"] == "applied"]
        for file, text in texts_after.items():
            if b"\r\n" in texts_before.get(file, b"") and text.count(b"\n") != text.count(b"\r\n"):
                wrong.append(f"{file}: line ends without CR")
        old, fixed, left = counted(before["findings"]), counted(applied), counted(after["findings"])
        for (file, rule), count in left.items():
            if count > old[file, rule] - fixed[file, rule]:
                wrong.append(f"{file}: {rule}: {old[file, rule]} findings, {fixed[file, rule]} fixed, {count} left")
        changed = sum(texts_before[file] != texts_after[file] for file in texts_before)
        loaded = sum(isinstance(model, dict) for model in models_before.values())
        print(f"{' '.join(options) or 'safe'}{f', {vary.__name__}' if vary else ''}: {changed} of {len(texts_before)} files changed, "
              f"{loaded} projects load, {len(applied)} fixes written, {sum(f['status'] == 'dropped' for f in result['fixes'])} dropped, "
              f"findings {len(before['findings'])} -> {len(after['findings'])}, {seconds:.1f} s")
        print_rules(before, result)
        sys.stdout.flush()
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--oracle", required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="one of so many files")
    arguments = parser.parse_args()
    unsafe = ["--unsafe"]
    wrong = compare(arguments, []) + compare(arguments, unsafe) + compare(arguments, unsafe, crlf)
    wrong += compare(arguments, unsafe, limits_in_override)
    print(*wrong[:40], sep="\n")
    print(f"{len(wrong)} wrong")
    raise SystemExit(1 if wrong else 0)


main()
