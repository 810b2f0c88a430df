"""The shop at an engine: builds its images, starts its services in order, waits for them, and removes all of it."""
import http.client
import os
import pathlib
import re
import subprocess
import time

from api import ApiError
from from_model import LABEL, Project
from outside import ADDRESS
from stand_ins import OUTSIDE, stand_in


class Failed(Exception):
    pass


def for_this_builder(dockerfile):
    """Debian's builder is older than `--mount=type=secret,env=NAME`: the shell reads the file in its place, which says the same."""
    lines = []
    for line in dockerfile.splitlines(keepends=True):
        while (found := re.match(r"RUN (.*?--mount=type=secret\S*?),env=(\w+)(\S*)((?: --mount=\S+)*) (.*)", line, re.DOTALL)):
            before, name, after, others, command = found.groups()
            secret = re.search(r"[=,]id=([^,\s]+)", before.rpartition("--mount=")[2] + after)
            line = f'RUN {before},mode=0444{after}{others} export {name}="$(cat /run/secrets/{secret.group(1)})" && {command}'
        lines.append(line)
    return "".join(lines)


def base_arguments(dockerfile):
    """The build arguments that put stand-ins in the place of the bases which a Dockerfile names by ARG."""
    given = {}
    for name, reference in re.findall(r"^ARG (\w+_IMAGE)=[\"']?([^\s\"']+)", dockerfile, re.MULTILINE):
        made = stand_in(reference)
        if made is None:
            raise Failed(f"there is no stand-in of {reference}")
        given[name] = made
    return given


class Shop:
    def __init__(self, engine, api, model, folder, empty):
        self.engine, self.api, self.empty = engine, api, empty
        self.images = {}
        self.project = Project(model, folder, self.images, empty)
        self.services = self.project.services_in_order()

    def build(self):
        for name in self.services:
            service = self.project.service(name)
            if "build" in service:
                self.images[name] = f"shop-test/{name}:1"
                self.build_image(name, service["build"])
                continue
            self.images[name] = stand_in(service["image"])
            if self.images[name] is None:
                raise Failed(f"{name}: there is no stand-in of {service['image']}")

    def build_image(self, name, build):
        unknown = set(build) - {"context", "dockerfile", "args", "secrets", "target"}
        if unknown:
            raise Failed(f"{name}: build: {unknown}")
        text = pathlib.Path(build["context"], build["dockerfile"]).read_text()
        dockerfile = self.empty.with_name(f"Dockerfile.{name}")
        dockerfile.write_text(for_this_builder(text))
        command = [self.engine.client, "-H", self.engine.socket, "build", "--progress", "plain", "--network", "host",
                   "--label", LABEL, "-t", self.images[name], "-f", dockerfile]
        for host in OUTSIDE:
            command += ["--add-host", f"{host}:{ADDRESS}"]
        arguments = {**(build.get("args") or {}), **base_arguments(text)}
        for key, value in arguments.items():
            command += ["--build-arg", key if value is None else f"{key}={value}"]
        for secret in build.get("secrets", []):
            source = self.project.file_of("secrets", secret["source"])
            command += ["--secret", f"id={secret.get('target') or secret['source']},src={source}"]
        command += ["--target", build["target"]] if build.get("target") else []
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.engine.folder), "DOCKER_BUILDKIT": "1"}
        done = subprocess.run([*command, build["context"]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                              env=environment, stdin=subprocess.DEVNULL, timeout=600, check=False)
        if done.returncode != 0:
            raise Failed(f"{name} does not build:\n{done.stdout[-3000:]}")

    def start(self):
        for name in self.project.networks().values():
            self.api.ask("POST", "/networks/create", {"Name": name, "CheckDuplicate": True, "Labels": {LABEL: ""}})
        for name in self.project.volumes().values():
            self.api.ask("POST", "/volumes/create", {"Name": name, "Labels": {LABEL: ""}})
        for name in self.services:
            for other, need in (self.project.service(name).get("depends_on") or {}).items():
                if need.get("condition") == "service_healthy":
                    self.wait_until_healthy([other], 60)
            try:
                self.api.ask("POST", "/containers/create", self.project.container(name), name=f"shop-{name}")
                self.api.ask("POST", f"/containers/shop-{name}/start")
            except ApiError as error:
                raise Failed(f"{name} does not start: {error}") from error

    def inspect(self, name):
        return self.api.ask("GET", f"/containers/shop-{name}/json")

    def wait_until_healthy(self, names, seconds):
        """Fails with the first service that ends or is not healthy in time."""
        ends, left = time.monotonic() + seconds, list(names)
        while left:
            state = self.inspect(left[0])["State"]
            health = state.get("Health") or {}
            if state["Status"] in ("exited", "dead"):
                raise Failed(f"{left[0]} ends with status {state['ExitCode']}:\n{self.logs(left[0])}")
            if not health:
                raise Failed(f"{left[0]} has no health check")
            if health["Status"] == "healthy":
                left.pop(0)
            elif time.monotonic() > ends:
                last = (health.get("Log") or [{}])[-1].get("Output", "")
                raise Failed(f"{left[0]} is {health['Status']}: {last}\n{self.logs(left[0])}")
            else:
                time.sleep(0.2)

    def logs(self, name):
        return self.api.logs(f"shop-{name}")[-2000:]

    def wait_for_log(self, name, words, seconds):
        ends = time.monotonic() + seconds
        while words not in self.api.logs(f"shop-{name}"):
            if time.monotonic() > ends:
                raise Failed(f"{name} does not say {words!r}:\n{self.logs(name)}")
            time.sleep(0.2)

    def wait_for_page(self, seconds):
        """The shop's page through the proxy."""
        ends, told = time.monotonic() + seconds, ""
        while time.monotonic() < ends:
            try:
                status, told = request("GET", "/")
                if status == 200:
                    return told
            except OSError as error:
                told = str(error)
            time.sleep(0.2)
        ended = [name for name in self.services if self.inspect(name)["State"]["Status"] != "running"]
        said = "".join(f"\n{name} says:\n{self.logs(name)}" for name in ended or ("proxy", "web", "api"))
        raise Failed(f"the proxy shows no page: {told}; ended: {ended}{said}")

    def execute_as_root(self, name, *command):
        return self.api.execute(f"shop-{name}", list(command), User="0:0")

    def remove(self):
        """Also what was only half made; what then is left is told."""
        named = '{"label":["%s"]}' % LABEL
        for container in self.api.ask("GET", "/containers/json", all=1, filters=named):
            self.api.ask("DELETE", f"/containers/{container['Id']}", force=1, v=1)
        for network in self.api.ask("GET", "/networks", filters=named):
            self.api.ask("DELETE", f"/networks/{network['Id']}")
        for volume in self.api.ask("GET", "/volumes", filters=named)["Volumes"] or []:
            self.api.ask("DELETE", f"/volumes/{volume['Name']}")
        for image in self.api.ask("GET", "/images/json", filters=named):
            self.api.ask("DELETE", f"/images/{image['Id']}", force=1)

    def left(self):
        containers = [container["Names"] for container in self.api.ask("GET", "/containers/json", all=1)]
        networks = [network["Name"] for network in self.api.ask("GET", "/networks")]
        volumes = [volume["Name"] for volume in self.api.ask("GET", "/volumes")["Volumes"] or []]
        images = [image["RepoTags"] for image in self.api.ask("GET", "/images/json", filters='{"label":["%s"]}' % LABEL)]
        return containers + [name for name in networks if name not in ("host", "none")] + volumes + images


def request(method, path, body=None):
    """To the proxy, on the port that it publishes."""
    connection = http.client.HTTPConnection("127.0.0.1", 80, timeout=20)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except http.client.HTTPException as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
    finally:
        connection.close()
