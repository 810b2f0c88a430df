"""Translates the project that `plimsoll show compose` prints into requests to the Engine API, as `docker compose up` would make them.

Knows what the shop uses, before and after it is fixed, and refuses every other attribute: nothing of the model is dropped
silently. Differs from Compose in what a test needs, and in that alone:
- ports are published on the loopback address;
- what is mounted from outside of the project's folder (the engine's socket, /etc) is an empty folder in its place;
- health checks are made every ten seconds, in the place of what is stated: more often, they would be most of the load;
- where this machine withholds capabilities from root, "all" are those that there are, and a privileged container is one with all of
  them and without a seccomp filter: the engine would refuse more.
"""
import os
import pathlib
import re

import seen

LABEL = "plimsoll.shop"
UNITS = {"ns": 1, "us": 10**3, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
SECOND = 10**9

# Handled elsewhere, or of no consequence to a container that is started once.
ELSEWHERE = {"build", "image", "depends_on", "networks", "network_mode", "container_name", "profiles", "env_file"}


class UnknownAttribute(Exception):
    pass


def nanoseconds(duration):
    return int(sum(float(number) * UNITS[unit] for number, unit in re.findall(r"([\d.]+)(ns|us|ms|s|m|h)", duration)))


class Project:
    """The model, and where its parts are at the engine."""

    def __init__(self, model, folder, images, empty):
        self.model, self.folder, self.images, self.empty = model, pathlib.Path(folder), images, empty

    def service(self, name):
        return self.model["services"][name]

    def services_in_order(self):
        """Each after those that it depends on."""
        order, names = [], sorted(self.model["services"])

        def visit(name, above):
            if name in above:
                raise ValueError(f"{name} depends on itself")
            for other in self.service(name).get("depends_on") or {}:
                visit(other, above | {name})
            if name not in order:
                order.append(name)

        for name in names:
            visit(name, frozenset())
        return order

    def networks(self):
        return {key: network["name"] for key, network in self.model.get("networks", {}).items()}

    def volumes(self):
        return {key: (volume or {})["name"] for key, volume in self.model.get("volumes", {}).items()}

    def container(self, name):
        """What POST /containers/create is given."""
        service = self.service(name)
        made = {"Image": self.images[name], "Labels": {LABEL: name}, "HostConfig": {"Mounts": []}, "Healthcheck": {"Interval": 10 * SECOND}}
        for attribute, value in service.items():
            if attribute in ELSEWHERE or value is None:
                continue
            translate = ATTRIBUTES.get(attribute)
            if translate is None:
                raise UnknownAttribute(f"{name}: {attribute}: {value}")
            translate(self, made, value)
        self.connect(name, made)
        return made

    def connect(self, name, made):
        service, host = self.service(name), made["HostConfig"]
        if "network_mode" in service:
            host["NetworkMode"] = service["network_mode"]
            return
        names = list(service.get("networks") or {})
        if len(names) != 1:
            raise UnknownAttribute(f"{name}: networks: {names}")
        settings = dict(service["networks"][names[0]] or {})
        network = self.networks()[names[0]]
        host["NetworkMode"] = network
        made["NetworkingConfig"] = {"EndpointsConfig": {network: {"Aliases": [name, *settings.pop("aliases", [])]}}}
        if settings:
            raise UnknownAttribute(f"{name}: networks: {settings}")

    def is_inside(self, path):
        return pathlib.Path(os.path.normpath(path)).is_relative_to(self.folder)

    def file_of(self, kind, name):
        """The file of a secret or a configuration."""
        stated = self.model[kind][name]
        if "file" in stated:
            return stated["file"]
        file = self.empty / f"{kind}-{name}"
        file.write_text(stated["content"] if "content" in stated else os.environ[stated["environment"]])
        file.chmod(0o444)
        return str(file)


def in_config(key):
    return lambda project, made, value: made.__setitem__(key, value)


def in_host(key, convert=lambda value: value):
    return lambda project, made, value: made["HostConfig"].__setitem__(key, convert(value))


def set_environment(project, made, value):
    made["Env"] = [f"{key}={text}" for key, text in value.items() if text is not None]


def set_health(project, made, value):
    check = made["Healthcheck"]
    for key, text in value.items():
        if key == "disable":
            check["Test"] = ["NONE"] if text else []
        elif key in ("test", "retries"):
            check[key.capitalize()] = text
        elif key in ("timeout", "start_period"):
            check["Timeout" if key == "timeout" else "StartPeriod"] = nanoseconds(text)
        elif key not in ("interval", "start_interval"):
            raise UnknownAttribute(f"healthcheck: {key}")


def set_ports(project, made, value):
    for port in value:
        inside = f"{port['target']}/{port.get('protocol', 'tcp')}"
        made.setdefault("ExposedPorts", {})[inside] = {}
        bindings = made["HostConfig"].setdefault("PortBindings", {}).setdefault(inside, [])
        bindings.append({"HostIp": "127.0.0.1", "HostPort": str(port.get("published", ""))})


def set_tmpfs(project, made, value):
    made["HostConfig"]["Tmpfs"] = dict(entry.partition(":")[::2] for entry in ([value] if isinstance(value, str) else value))


def set_volumes(project, made, value):
    for mount in value:
        kind, source = mount["type"], mount.get("source", "")
        unknown = set(mount) - {"type", "source", "target", "read_only", "bind", "volume", "tmpfs"}
        if unknown or kind not in ("bind", "volume", "tmpfs"):
            raise UnknownAttribute(f"volumes: {mount}")
        translated = {"Type": kind, "Target": mount["target"], "ReadOnly": mount.get("read_only", False)}
        if kind == "bind":
            translated["Source"] = source if project.is_inside(source) else str(project.empty)
        elif kind == "volume":
            translated["Source"] = project.volumes()[source] if source else ""
        elif mount.get("tmpfs"):
            stated = {"size": "SizeBytes", "mode": "Mode"}
            translated["TmpfsOptions"] = {stated[key]: int(text) for key, text in mount["tmpfs"].items()}
        made["HostConfig"]["Mounts"].append(translated)


def set_files(kind, folder):
    def translate(project, made, value):
        for entry in value:
            target = entry.get("target") or entry["source"]
            target = target if target.startswith("/") else f"{folder}{target}"
            made["HostConfig"]["Mounts"].append(
                {"Type": "bind", "Source": project.file_of(kind, entry["source"]), "Target": target, "ReadOnly": True})
    return translate


def set_restart(project, made, value):
    name, _, count = value.partition(":")
    made["HostConfig"]["RestartPolicy"] = {"Name": name, "MaximumRetryCount": int(count or 0)}


def all_capabilities():
    """What "all" is here: the engine knows it by ALL if nothing is withheld."""
    known = seen.mask(seen.CAPABILITIES[:seen.CAPABILITIES.index("PERFMON")])  # those of Linux before 5.8
    own = seen.Process("self").bounding & known
    return ["ALL"] if own == known else seen.names_of(own)


def add_capabilities(project, made, value):
    made["HostConfig"]["CapAdd"] = all_capabilities() if "ALL" in value else value


def set_privileged(project, made, value):
    host = made["HostConfig"]
    if all_capabilities() == ["ALL"] or not value:
        host["Privileged"] = value
        return
    host["CapAdd"] = all_capabilities()
    host["SecurityOpt"] = ["seccomp=unconfined", *host.get("SecurityOpt", [])]


def set_deploy(project, made, value):
    """The limits, the only part that a single engine follows."""
    unknown = set(value) - {"resources", "placement"} | set(value.get("resources", {})) - {"limits"}
    if unknown:
        raise UnknownAttribute(f"deploy: {unknown}")
    for key, text in value.get("resources", {}).get("limits", {}).items():
        ATTRIBUTES[{"cpus": "cpus", "memory": "mem_limit", "pids": "pids_limit"}[key]](project, made, text)


def set_stop_grace(project, made, value):
    made["StopTimeout"] = nanoseconds(value) // SECOND


ATTRIBUTES = {
    "command": in_config("Cmd"),
    "entrypoint": in_config("Entrypoint"),
    "user": in_config("User"),
    "working_dir": in_config("WorkingDir"),
    "hostname": in_config("Hostname"),
    "stop_signal": in_config("StopSignal"),
    "stop_grace_period": set_stop_grace,
    "environment": set_environment,
    "labels": lambda project, made, value: made["Labels"].update(value),
    "healthcheck": set_health,
    "ports": set_ports,
    "tmpfs": set_tmpfs,
    "volumes": set_volumes,
    "secrets": set_files("secrets", "/run/secrets/"),
    "configs": set_files("configs", "/"),
    "restart": set_restart,
    "deploy": set_deploy,
    "read_only": in_host("ReadonlyRootfs"),
    "privileged": set_privileged,
    "cap_add": add_capabilities,
    "cap_drop": in_host("CapDrop"),
    "security_opt": in_host("SecurityOpt"),
    "group_add": in_host("GroupAdd", lambda value: [str(group) for group in value]),
    "init": in_host("Init"),
    "sysctls": in_host("Sysctls"),
    "mem_limit": in_host("Memory", int),
    "memswap_limit": in_host("MemorySwap", int),
    "shm_size": in_host("ShmSize", int),
    "pids_limit": in_host("PidsLimit", int),
    "cpus": in_host("NanoCpus", lambda value: int(float(value) * SECOND)),
}
