"""Starts Docker's engine (Debian's docker.io) as root with its own socket, folders and pid file, and stops it by its pid."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time


class Engine:
    def __init__(self, folder, data=None, environment=None):
        """Without a folder for its data it begins with none. What it needs of the environment besides is stated."""
        self.folder, self.socket = folder, f"unix://{folder}/docker.sock"
        self.data, self.environment = data, environment or {}
        self.client = "/usr/bin/docker" if os.path.exists("/usr/bin/docker") else shutil.which("docker")
        self.server = shutil.which("dockerd") or "/usr/sbin/dockerd"
        self.process = None

    def start(self):
        """None, or why there is no engine."""
        if os.getuid() != 0:
            return "an engine starts only for root"
        if not os.path.exists(self.server) or not self.client:
            return "docker.io is not installed"
        if not os.path.exists("/bin/busybox"):
            return "busybox-static is not installed"
        for driver in (None, "vfs"):
            why = self.start_with(driver)
            if why is None:
                return None
        return why

    def start_with(self, driver):
        data = self.data or f"{self.folder}/data-{driver}"
        command = [self.server, "--data-root", str(data), "--exec-root", f"{self.folder}/exec", "-H", self.socket,
                   "--pidfile", f"{self.folder}/docker.pid", "--bridge", "none", "--iptables=false", "--ip6tables=false",
                   "--containerd-namespace", "plimsoll", "--containerd-plugins-namespace", "plimsoll-plugins"]
        command += ["--storage-driver", driver] if driver else []
        with open(f"{self.folder}/dockerd.log", "wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                                            env={**os.environ, **self.environment})
        for _ in range(300):
            if self.process.poll() is not None:
                break
            if self.run("version").returncode == 0 and self.import_image():
                return None
            time.sleep(0.1)
        self.stop()
        last = pathlib.Path(f"{self.folder}/dockerd.log").read_text(errors="replace").strip().splitlines()[-1:]
        return f"the engine does not start: {' '.join(last)[:300]}"

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        # The engine leaves a network namespace mounted.
        points = [line.split()[4] for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines()]
        for point in reversed(points):
            if point.startswith(self.folder + "/"):
                subprocess.run(["umount", "-l", point], check=False)

    def run(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "DOCKER_BUILDKIT": "0"}
        return subprocess.run([self.client, "-H", self.socket, *arguments], capture_output=True, text=True, cwd=self.folder,
                              env=environment, stdin=subprocess.DEVNULL, timeout=120)

    def import_image(self):
        root = pathlib.Path(self.folder, "image")
        (root / "bin").mkdir(parents=True, exist_ok=True)
        (root / "etc").mkdir(exist_ok=True)
        (root / "etc/passwd").write_text("root:x:0:0::/:/bin/sh\ndaemon:x:1:1::/:/bin/sh\n")
        (root / "etc/group").write_text("root:x:0:\ndaemon:x:1:\n")
        shutil.copy("/bin/busybox", root / "bin/busybox")
        for name in ("sh", "sleep", "true", "false", "cat", "chmod", "chown", "dd", "echo", "grep", "mkdir", "mknod", "test", "touch"):
            if not (root / "bin" / name).is_symlink():
                (root / "bin" / name).symlink_to("busybox")
        subprocess.run(["tar", "-C", root, "-cf", f"{self.folder}/image.tar", "."], check=True)
        return self.run("import", f"{self.folder}/image.tar", "plimsoll-test:1").returncode == 0

    def make_image(self, name, program, script):
        """An image of the same root file system that runs this script as its program."""
        folder = pathlib.Path(self.folder, "build")
        folder.mkdir(exist_ok=True)
        (folder / "program").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "program").chmod(0o755)
        (folder / "Dockerfile").write_text(f'FROM plimsoll-test:1\nCOPY program /bin/{program}\nCMD ["{program}"]\n')
        return self.run("build", "-q", "-t", name, str(folder)).returncode == 0

    def inspect(self, container):
        return json.loads(self.run("container", "inspect", container).stdout)[0]
