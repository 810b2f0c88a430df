#!/usr/bin/env python3
"""The shop of examples/, made safe: shows with a real engine that `plimsoll fix --unsafe` leaves a shop which is safer and works.

usage: shop.py PLIMSOLL [FIXED]     (FIXED: a folder that is taken as the fixed shop, in the place of what PLIMSOLL makes)
       shop.py --stand-ins          (only makes the base images, which are kept)

The shop is built and started twice, as it is and after it was fixed, from what `plimsoll show compose` says. Before: it works, as
root, with capabilities, on root file systems that can be written to, and its images hold its secrets. After: each service has
grade A or A?, all are healthy, and the kernel says of each that it has no more than what its Compose file states.

Everything happens in namespaces of its own (network, processes, mounts): there is nothing but a loopback device, so nothing is
reached and nobody reaches it. Base images are stand-ins (stand_ins.py, stand-ins/Dockerfile), the hosts that builds fetch from
are played (outside.py). Exit status 77: no engine can be started here.
"""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import outside
import seen
import stand_ins
from api import Api
from engine import Engine
from shop_at_engine import Failed, Shop, request

ROOT = pathlib.Path(__file__).resolve().parents[2]
TODAY = "2026-11-24"
# All of them are made up: examples/shop/README.md. `HIDDEN` must not be in an image, not even in a layer below.
HIDDEN = ("npm_FAKEfakeFAKEfakeFAKEfakeFAKEfake0000", "FAKE-keyboard-cat-2019", "FAKE-smtp-EXAMPLE", "FAKE-hunter2",
          "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "RkFLRS1GQUtFLUZBS0Ugd")
STRIPE_KEY = "FAKE-stripe-EXAMPLE"
WRITTEN = "/plimsoll-was-here"
# Of what the builder keeps for the next run: both shops, and those of some changes.
KEPT_BYTES = 6 * 10**9
NAMESPACES = ["setpriv", "--pdeathsig", "SIGKILL", "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]


class ShopEngine(Engine):
    def import_image(self):
        return True


class Story:
    def __init__(self, plimsoll, engine, work, fixed):
        self.plimsoll, self.engine, self.work, self.fixed = plimsoll, engine, work, fixed
        self.api = Api(engine.socket.removeprefix("unix://"))
        self.problems, self.count, self.began = [], 0, time.monotonic()

    def say(self, text):
        print(f"{time.monotonic() - self.began:5.1f} s  {text}", flush=True)

    def check(self, what, truth, told=""):
        self.count += 1
        if not truth:
            self.problems.append(f"{what}: {told}" if told != "" else what)
        return truth

    def ask(self, folder, *arguments):
        done = subprocess.run([self.plimsoll, *arguments], cwd=folder, capture_output=True, text=True, check=False,
                              env={"PATH": os.environ["PATH"], "PLIMSOLL_SHELLCHECK": "off"})
        if done.returncode not in (0, 1):
            raise Failed(f"plimsoll {' '.join(arguments)}: {done.returncode} {done.stderr}")
        return json.loads(done.stdout)

    def grades(self, folder):
        """Of each service."""
        entries = self.ask(folder, "check", "--today", TODAY, "--checklist-only", "--format", "json", ".")["checklist"]
        found = {}
        for entry in entries:
            if entry["subject"]["kind"] == "service":
                missed = [item for item in entry["items"] if item["verdict"] == "fail"]
                unknown = [item for item in entry["items"] if item["verdict"] == "unknown"]
                found[entry["subject"]["name"]] = (entry["grade"] + ("?" if unknown else ""), missed)
        return found

    @contextlib.contextmanager
    def running(self, folder):
        """The shop of a folder, built and started."""
        empty = self.work / "empty"
        shutil.rmtree(empty, ignore_errors=True)
        empty.mkdir()
        model = self.ask(folder, "show", "compose", "--env", f"STRIPE_KEY={STRIPE_KEY}", ".")
        shop = Shop(self.engine, self.api, model, folder, empty)
        try:
            shop.remove()  # what a run left that was ended
            shop.build()
            self.say("built")
            shop.start()
            shop.wait_for_page(180)
            self.say("started")
            yield shop
        finally:
            shop.remove()
            self.check("left at the engine", not shop.left(), shop.left())

    def try_shop(self, shop, when):
        """What customers do reaches every service."""
        page = shop.wait_for_page(90)
        self.check(f"{when}: the page of web, with the products of api and db", "<li>an anchor: 349.00</li>" in page, page)
        status, told = request("GET", "/api/products")
        self.check(f"{when}: the products of api", status == 200 and json.loads(told)[0]["name"] == "a mug", told)
        status, told = request("PUT", "/api/pictures/mug.jpg", b"no picture")
        self.check(f"{when}: a picture is kept", status == 201, (status, told, shop.logs("api")))
        status, told = request("POST", "/api/orders", f"{when} Harbour Road 7".encode())
        self.check(f"{when}: an order is taken", status == 202, told)
        shop.wait_for_log("worker", f"Order {when}\\nHarbour Road 7", 60)
        self.check(f"{when}: worker prints a label", True)

    def histories(self, shop):
        """By service that is built: what history and inspect say of its image, and the layers that are not of a base."""
        bases = set().union(*(seen.layers(self.api.ask("GET", f"/images/stand-in/{name}:1/json")) for name in stand_ins.IMAGES))
        for name, image in shop.images.items():
            if image.startswith("shop-test/"):
                described = self.api.ask("GET", f"/images/{image}/json")
                text = json.dumps([described, self.api.ask("GET", f"/images/{image}/history")])
                yield name, [word for word in HIDDEN if word in text], seen.files_with(HIDDEN, seen.layers(described) - bases)

    def before(self, folder):
        """Nothing of this is wanted: it shows that the checks which come after it can fail."""
        grades = self.grades(folder)
        self.check("before: no service has grade A", all(grade[0] != "A" for grade, _ in grades.values()), grades)
        with self.running(folder) as shop:
            self.try_shop(shop, "before")
            shop.wait_until_healthy(["api"], 120)
            for name in shop.services:
                process = seen.Process(shop.inspect(name)["State"]["Pid"])
                status, told = shop.execute_as_root(name, "touch", WRITTEN)
                self.check(f"before: {name} can write to /", status == 0, told)
                self.check(f"before: {name} has capabilities", process.bounding != 0)
                self.check(f"before: {name} may gain privileges", not process.no_new_privileges)
                self.check(f"before: {name} has no memory limit", (process.limits()[0] or 2**62) >= 2**60, process.limits())
            built = list(self.histories(shop))
            self.check("before: secrets in history and inspect", {"api", "web"} <= {name for name, words, _ in built if words}, built)
            self.check("before: secrets in layers", {"api", "web"} <= {name for name, _, files in built if files}, built)
        return grades

    def after(self, folder):
        grades = self.grades(folder)
        for name, (grade, missed) in grades.items():
            self.check(f"after: {name} has grade A", grade in ("A", "A?"),
                       f"{grade}: " + "; ".join(f"{item['item']}: {item['reason']}" for item in missed))
        with self.running(folder) as shop:
            shop.wait_until_healthy(shop.services, 180)
            self.say("all are healthy")
            for name in shop.services:
                self.look_at(shop, name)
            for name, words, files in self.histories(shop):
                self.check(f"after: no secret in history and inspect of {name}", not words, words)
                self.check(f"after: no secret in a layer of {name}", not files, files)
            self.try_shop(shop, "after")
            shop.wait_until_healthy(shop.services, 60)
            for name in shop.services:
                self.check(f"after: {name} was started once", shop.inspect(name)["RestartCount"] == 0, shop.logs(name))
        return grades

    def look_at(self, shop, name):
        stated, container = shop.project.service(name), shop.inspect(name)
        process = seen.Process(container["State"]["Pid"])
        self.check(f"after: {name} is not root", 0 not in process.uids, process.uids)
        given = seen.mask(stated.get("cap_add") or [])
        self.check(f"after: {name} has the capabilities that are stated", process.bounding == given, seen.names_of(process.bounding))
        self.check(f"after: {name} uses no others", process.effective & ~given == 0 and process.permitted & ~given == 0
                   and (0 in process.uids or process.effective == 0), seen.names_of(process.effective))
        self.check(f"after: {name} gains no privileges", process.no_new_privileges)
        self.check(f"after: {name} has a seccomp filter", process.seccomp == 2, process.seccomp)
        status, told = shop.execute_as_root(name, "touch", WRITTEN)
        self.check(f"after: the root of {name} is read-only", status != 0 and "Read-only file system" in told, (status, told))
        host = container["HostConfig"]
        wanted = (host["Memory"], host["NanoCpus"] // 10**6, host["PidsLimit"])
        self.check(f"after: {name} has limits", all(wanted) and process.limits() == wanted, (wanted, process.limits()))

    def tell(self):
        shop = ROOT / "examples/shop"
        folders = {}
        for name in ("before", "after"):
            # The folder's name is the project's.
            folders[name] = self.work / name / "shop"
            shutil.copytree(self.fixed if name == "after" and self.fixed else shop, folders[name])
        before = self.before(folders["before"])
        if not self.fixed:
            fixes = self.ask(folders["after"], "fix", "--unsafe", "--today", TODAY, "--format", "json", ".")["fixes"]
            self.say(f"fixed: {sum(fix['status'] == 'applied' for fix in fixes)} of {len(fixes)} fixes are applied")
        after = self.after(folders["after"])
        self.api.ask("POST", "/build/prune", **{"keep-storage": KEPT_BYTES})
        for name in sorted(before):
            self.say(f"{name}: {before[name][0]} -> {after[name][0]}")


def make_stand_ins(cache, work):
    """With the network of this machine; None, or why it can't be done."""
    cache.begin()
    engine = ShopEngine(str(work), cache.data)
    why = engine.start()
    if why is None:
        try:
            stand_ins.make(cache, engine, work)
            Api(engine.socket.removeprefix("unix://")).ask("POST", "/build/prune", all=1)
        finally:
            engine.stop()
        cache.finish()
    return why


def enter_network():
    subprocess.run(["busybox", "ip", "link", "set", "lo", "up"], check=True)
    # The engine itself fetches what ADD names.
    hosts = "127.0.0.1 localhost\n" + "".join(f"{outside.ADDRESS} {name}\n" for name in stand_ins.OUTSIDE)
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write(hosts)
    os.chmod(file.name, 0o644)
    subprocess.run(["mount", "--bind", file.name, "/etc/hosts"], check=True)
    os.unlink(file.name)


def tell_story(cache, work, plimsoll, fixed):
    enter_network()
    engine = ShopEngine(str(work), cache.data, {"SSL_CERT_FILE": str(cache.ca / "ca.crt")})
    why = engine.start()
    if why is not None:
        return why, 1
    story = Story(plimsoll, engine, work, fixed)
    try:
        outside.serve(cache)
        story.tell()
    except Failed as failed:
        story.problems.append(str(failed))
    finally:
        engine.stop()
    for problem in story.problems:
        print(problem)
    print(f"{story.count} checks, {len(story.problems)} failed")
    return None, 1 if story.problems else 0


def inside(phase, folder, plimsoll, fixed):
    if os.path.isdir("/run/containerd"):
        # The engine is to start a containerd of its own.
        subprocess.run(["mount", "-t", "tmpfs", "none", "/run/containerd"], check=True)
    cache = stand_ins.Cache(ROOT / "examples/shop/api/requirements.txt")
    work = pathlib.Path(folder)
    why, status = (make_stand_ins(cache, work), 0) if phase == "--make" else tell_story(cache, work, plimsoll, fixed)
    if why is not None:
        print(f"skipped: {why}")
        return 77
    return status


def apart(phase, *arguments):
    """Runs a phase in namespaces of its own, which end with this process."""
    command = NAMESPACES + (["--net"] if phase == "--tell" else [])
    with tempfile.TemporaryDirectory(prefix="plimsoll-shop-") as folder:
        return subprocess.run([*command, sys.executable, __file__, phase, folder, *arguments], check=False).returncode


def outer(plimsoll, fixed):
    """Without a program, the stand-ins are made and that is all."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if os.getuid() != 0:
        print("skipped: an engine starts only for root")
        return 77
    for program in ("busybox", "debootstrap", "dpkg-scanpackages", "openssl", "unshare"):
        if not shutil.which(program):
            print(f"skipped: {program} is not installed")
            return 77
    if subprocess.run([*NAMESPACES, "--net", "true"], check=False).returncode != 0:
        print("skipped: no namespaces of its own are to be had")
        return 77
    cache = stand_ins.Cache(ROOT / "examples/shop/api/requirements.txt")
    cache.acquire()
    status = 0
    for _ in range(2):  # packages come over a network
        if not cache.is_complete():
            began = time.monotonic()
            status = apart("--make")
            print(f"stand-ins are made in {time.monotonic() - began:.0f} s, exit status {status}", flush=True)
    if status == 0 and plimsoll is not None:
        status = apart("--tell", plimsoll, *([fixed] if fixed else []))
    return status


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in ("--make", "--tell"):
        sys.exit(inside(*[*sys.argv[1:], None, None][:4]))
    if sys.argv[1:] == ["--stand-ins"]:
        sys.exit(outer(None, None))
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(outer(*[*map(os.path.abspath, sys.argv[1:]), None][:2]))
