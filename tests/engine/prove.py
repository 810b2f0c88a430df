#!/usr/bin/env python3
"""Proves fixes with a real engine: what works is written, what does not is withdrawn and explained from what was seen.

usage: prove.py PLIMSOLL

Starts Docker's engine as run-lines.py does. Images are made of busybox's root file system. Each case is a folder with a Compose
file, the fixes that are asked for, and what must become of each; some run side by side, and after them nothing may be left at the
engine. Exit status 77: no engine can be started here.
"""
import concurrent.futures
import io
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tarfile
import tempfile
import time

from engine import Engine

IMAGE = "plimsoll-test:1"
SLEEP = "exec sleep 1000"


def service(command, *lines, image=IMAGE, name="web"):
    body = "".join(f"    {line}\n" for line in lines)
    return f"  {name}:\n    image: {image}\n    command: [sh, -c, {json.dumps(command)}]\n{body}"


def archive(name, text):
    """A tar."""
    bytes_out = io.BytesIO()
    with tarfile.open(fileobj=bytes_out, mode="w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text.encode()))
    return bytes_out.getvalue().decode()


# What hardens a service: its root file system, capabilities, rights, limits.
HARDENING = ("writable-root-filesystem,missing-capability-drop,missing-no-new-privileges,missing-memory-limit,missing-pids-limit,"
             "missing-cpu-limit")


class Case:
    """Files by path; the rules whose fixes are asked for; by (rule, line or None) the status, and a pattern of the reason."""

    def __init__(self, name, files, select, expected):
        self.name, self.files, self.select, self.expected = name, files, select, expected


# Fixes of the root file system and of capabilities are proposed for images that are known: these have their names, and programs
# of ours.
IMAGES = {
    "redis:7.0": SLEEP,
    "redis:7.1": f"mkdir -p /var/x && echo a > /var/x/started && {SLEEP}",
    "redis:7.2": f"mknod /dev/shm/a c 1 3 && {SLEEP}",
}


def redis(tag, *lines):
    body = "".join(f"    {line}\n" for line in (f"image: redis:{tag}", "volumes: ['data:/data']", *lines))
    return {"compose.yaml": f"services:\n  web:\n{body}volumes: {{data: }}\n"}


CASES = [
    Case("a service that goes on working is hardened",
         redis("7.0", "healthcheck:", "  test: [CMD, 'true']"), HARDENING,
         {"writable-root-filesystem": ("proved", ""), "missing-capability-drop": ("proved", ""),
          "missing-no-new-privileges": ("proved", ""), "missing-memory-limit": ("proved", ""), "missing-pids-limit": ("proved", "")}),
    Case("one that writes at its start keeps its root, and the path is named",
         redis("7.1", "healthcheck: {test: [CMD, test, -e, /var/x/started]}"), HARDENING,
         {"writable-root-filesystem": ("withdrawn", r"web writes to /var, which is read-only.*file system.*writes in /var/x: .*tmpfs"),
          "missing-no-new-privileges": ("proved", ""), "missing-memory-limit": ("proved", "")}),
    Case("one that makes a device keeps its capabilities, and is told which it needs",
         redis("7.2", "healthcheck: {test: [CMD, test, -e, /dev/shm/a]}"), HARDENING,
         {"missing-capability-drop": ("withdrawn", r"capability MKNOD.*mknod: /dev/shm/a: Operation not permitted"),
          "writable-root-filesystem": ("proved", ""), "missing-no-new-privileges": ("proved", "")}),
    Case("one that needs more memory than the limit gives is told so",
         {"compose.yaml": "services:\n" + service(
             f"dd if=/dev/zero of=/big/a bs=1M count=700 && touch /big/done && {SLEEP}", "tmpfs: [/big]",
             "healthcheck: {test: [CMD, test, -e, /big/done]}")},
         HARDENING,
         {"missing-memory-limit": ("withdrawn", r"web is killed at its memory limit of \d+ MiB"),
          "missing-no-new-privileges": ("proved", ""), "missing-pids-limit": ("proved", "")}),
    Case("a file that the service writes stays writable",
         {"compose.yaml": "services:\n" + service(f"echo b >> /etc/app.conf && {SLEEP}", "volumes: ['./app.conf:/etc/app.conf']")
          + service(f"grep -q a /etc/app.conf && {SLEEP}", "volumes: ['./app.conf:/etc/app.conf']", name="reader"),
          "app.conf": "a\n"},
         "writable-config-mount",
         {("writable-config-mount", 5): ("withdrawn", r"web writes to /etc/app.conf, which is read-only"),
          ("writable-config-mount", 9): ("proved", "")}),
    Case("what reaches the host, or is not there, is not started",
         {"compose.yaml": "services:\n" + service(SLEEP, "volumes: ['/etc/ld.so.conf:/etc/app.conf']", name="host")
          + service(SLEEP, "volumes: ['./app.conf:/etc/app.conf']", image="nosuch:1", name="gone")
          + service("exit 3", "volumes: ['./app.conf:/etc/app.conf']", name="broken")
          + service(SLEEP, "privileged: true", name="privileged"),
          "app.conf": "a\n"},
         "writable-config-mount,privileged-container",
         {("writable-config-mount", 5): ("unproved", r"host: it mounts /etc/ld.so.conf of the host"),
          ("writable-config-mount", 9): ("unproved", r"gone: its image nosuch:1 is not at the engine"),
          ("writable-config-mount", 13): ("unproved", r"before it is fixed, broken ends with status 3"),
          "privileged-container": ("unproved", r"privileged: it is privileged")}),
    Case("an image that still builds and runs is fixed",
         {"Dockerfile": f"FROM {IMAGE}\nADD a.txt /d/\nRUN test -s /d/a.txt\nCMD test -s /d/a.txt && exec sleep 1000\n", "a.txt": "a\n"},
         "add-instead-of-copy",
         {"add-instead-of-copy": ("proved", "")}),
    Case("a program that only a shell can start keeps its shell",
         {"Dockerfile": f"FROM {IMAGE}\nRUN echo exec sleep 1000 > /start && chmod 755 /start\nCMD /start\n"},
         "shell-form-command",
         {"shell-form-command": ("withdrawn", "exec format error")}),
    Case("an archive that looks like none must be unpacked, or the image no longer builds",
         {"Dockerfile": f"FROM {IMAGE}\nADD bundle /d/\nRUN grep -q hello /d/inside\nCMD [\"sleep\", \"1000\"]\n",
          "bundle": archive("inside", "hello\n")},
         "add-instead-of-copy",
         {"add-instead-of-copy": ("withdrawn", "Dockerfile no longer builds.*grep -q hello")}),
    Case("a service that is built is proved with its service, and what it needs is started first",
         {"compose.yaml": "services:\n  web:\n    build: .\n    depends_on: {data: {condition: service_healthy}}\n"
                          + service(f"echo ready > /data/a && {SLEEP}", "volumes: ['shared:/data']",
                                    "healthcheck: {test: [CMD, test, -s, /data/a]}", name="data")
                          + "volumes: {shared: }\n",
          "Dockerfile": f"FROM {IMAGE}\nADD a.txt /d/\nHEALTHCHECK --interval=1m CMD test -s /d/a.txt\nCMD [\"sleep\", \"1000\"]\n",
          "a.txt": "a\n"},
         "add-instead-of-copy",
         {"add-instead-of-copy": ("proved", "")}),
]


class Run:
    def __init__(self, plimsoll, engine):
        self.plimsoll, self.engine, self.problems, self.count = plimsoll, engine, [], 0

    def command(self, folder, *arguments):
        return subprocess.run([self.plimsoll, "fix", "--unsafe", "--prove", "--preset", "all", "--no-shellcheck", "--today", "2026-11-24",
                               "--prove-timeout", "40", *arguments], cwd=folder, capture_output=True, text=True, timeout=300,
                              env={"PATH": os.environ["PATH"], "DOCKER_HOST": self.engine.socket}, check=False)

    def check(self, what, truth, seen):
        self.count += 1
        if not truth:
            self.problems.append(f"{what}: {seen}")

    def left(self):
        """Whatever has the label of a run."""
        label = ["--filter", "label=plimsoll.prove"]
        return [line for command in (["ps", "-aq"], ["network", "ls", "-q"], ["volume", "ls", "-q"], ["images", "-q"])
                for line in self.engine.run(*command, *label).stdout.split()]

    def case(self, case):
        with tempfile.TemporaryDirectory(prefix="plimsoll-prove-") as folder:
            for path, text in case.files.items():
                file = pathlib.Path(folder, path)
                file.parent.mkdir(exist_ok=True)
                file.write_text(text)
            began = time.monotonic()
            done = self.command(folder, "--format", "json", "--select", case.select, ".")
            print(f"{time.monotonic() - began:5.1f} s  {case.name}", flush=True)
            self.check(case.name, done.returncode in (0, 1), done.stderr)
            if done.returncode in (0, 1):
                self.judge(case, folder, json.loads(done.stdout)["fixes"])

    def judge(self, case, folder, fixes):
        told = [(f["rule"], f["line"], f["status"], f.get("reason", "")) for f in fixes]
        for key, (status, reason) in case.expected.items():
            rule, line = key if isinstance(key, tuple) else (key, None)
            found = [f for f in told if f[0] == rule and line in (None, f[1])]
            self.check(f"{case.name}: {key} {status}", len(found) == 1 and found[0][2] == status and re.search(reason, found[0][3]), told)
        for path, text in case.files.items():
            is_changed = pathlib.Path(folder, path).read_text() != text
            is_proved = any(f["status"] == "proved" and f["file"].lstrip("./") == path for f in fixes)
            self.check(f"{case.name}: {path} written", is_changed == is_proved, told)

    def no_engine(self):
        with tempfile.TemporaryDirectory(prefix="plimsoll-prove-") as folder:
            pathlib.Path(folder, "compose.yaml").write_text("services:\n" + service(SLEEP))
            done = self.command(folder, "--docker-host", "unix:///nonexistent/docker.sock", ".")
            self.check("no engine", done.returncode == 2 and "no engine answers at unix:///nonexistent" in done.stderr, done)

    def interrupted(self):
        """Nothing is left and nothing is written."""
        with tempfile.TemporaryDirectory(prefix="plimsoll-prove-") as folder:
            file = pathlib.Path(folder, "compose.yaml")
            text = "services:\n" + service(SLEEP, "volumes: ['./app.conf:/etc/app.conf']", "healthcheck: {test: [CMD, 'false']}")
            file.write_text(text)
            pathlib.Path(folder, "app.conf").write_text("a\n")
            process = subprocess.Popen([self.plimsoll, "fix", "--unsafe", "--prove", "--no-shellcheck", "--select", "writable-config-mount",
                                        "--docker-host", self.engine.socket, "."], cwd=folder, stderr=subprocess.PIPE, text=True)
            for line in process.stderr:
                if "waiting" in line:
                    process.send_signal(signal.SIGINT)
                    break
            process.stderr.read()
            self.check("interrupted", process.wait(60) == -signal.SIGINT, process.returncode)
            self.check("interrupted: left", not self.left(), self.left())
            self.check("interrupted: written", file.read_text() == text, file.read_text())


def main(plimsoll):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the engine is stopped all the same
    with tempfile.TemporaryDirectory(prefix="plimsoll-engine-", ignore_cleanup_errors=True) as folder:
        engine = Engine(folder)
        why = engine.start()
        if why is not None:
            print(f"skipped: {why}")
            return 77
        try:
            run = Run(os.path.abspath(plimsoll), engine)
            for image, script in IMAGES.items():
                run.check(f"making {image}", engine.make_image(image, image.partition(":")[0] + "-server", script), image)
            # Most of the time is waiting for health checks.
            with concurrent.futures.ThreadPoolExecutor(3) as pool:
                list(pool.map(run.case, CASES))
            run.check("left at the engine", not run.left(), run.left())
            run.no_engine()
            run.interrupted()
        finally:
            engine.stop()
    for problem in run.problems:
        print(problem)
    print(f"{run.count} checks, {len(run.problems)} failed")
    return 1 if run.problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
