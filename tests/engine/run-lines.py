#!/usr/bin/env python3
"""Compares the containers that Plimsoll derives from run lines with those that a real engine makes of them.

usage: run-lines.py EFFECTIVE [SHARED_DATA]

EFFECTIVE is the program tests/peers/runline/effective.cc. Starts Docker's engine (Debian's docker.io) as root with its own
socket, folders and pid file, and stops it by its pid. After `docker create` each field of inspect must be the derived one; of
containers that can start, the capabilities, no-new-privileges and seccomp mode of the process too. Answers of engines that are
kept in SHARED_DATA are compared the same way, where it is present. Exit status 77: no engine can be started here.
"""
import json
import os
import pathlib
import shlex
import signal
import subprocess
import sys
import tempfile
import time

from engine import Engine

# Lines that can be started in most environments: their process is looked at as well.
STARTED = """
--network none
--network none --cap-drop ALL
--network none --cap-drop all --cap-add chown --cap-add CAP_SETUID
--network none --cap-add NET_ADMIN --cap-add SYS_PTRACE
--network none --cap-add sys_admin --cap-drop MKNOD --cap-drop net_raw
--network none --cap-drop CHOWN --cap-add CHOWN
--network none --security-opt no-new-privileges
--network none --security-opt no-new-privileges:true
--network none --security-opt=no-new-privileges=true --security-opt no-new-privileges:false
--network none --security-opt seccomp=unconfined
--network none --security-opt seccomp:unconfined --security-opt no-new-privileges
--network none --security-opt seccomp=PROFILE
--network none --security-opt systempaths=unconfined
--network none -u 1001:1001 --read-only --tmpfs /tmp:size=1m,exec --tmpfs /run
--network none -m 64m --cpus 0.5 --pids-limit 64 --memory-swap 64m
--network none --user 1001 -m 67108864 --cpu-quota 25000 --cpu-period 50000 --oom-score-adj 100
--network none --init -it
--network host --pid host --ipc host --uts host --user 0
--network none --cgroupns host --ipc private --shm-size 1m
--network none -v ./x:/ignored -v /tmp:/a:ro -v data:/b -v /anonymous
--network none --mount type=bind,src=/tmp,dst=/a,readonly --mount type=tmpfs,dst=/t,tmpfs-size=1m --mount dst=/v
--network none --device /dev/null:/dev/xnull --device /dev/zero:r --device /dev/full:/dev/xfull:rw
--network none --device-cgroup-rule 'c 1:3 rwm' --ulimit nofile=1024:2048 --ulimit core=0 --group-add 5 --group-add daemon
--network none -e A=b -e 'C=d e' -e EMPTY= --env F=g=h -l a=b --label c -w /work --hostname web
--network none --name named --stop-signal SIGINT --restart on-failure:5 --log-driver json-file --log-opt max-size=1m
--network none --entrypoint /bin/busybox
--network none --health-cmd 'true || exit 1' --health-interval 1h
--network none --no-healthcheck --rm
"""

# Lines whose containers need what an environment may lack (a bridge, a capability): they are only created.
CREATED = """
--privileged
--privileged=true --cap-drop ALL --security-opt seccomp=unconfined
--privileged=false --user root
--cap-add ALL
--cap-add all --cap-drop net_admin
--cap-drop ALL --cap-add ALL
-p 8080:80 -p 127.0.0.1:22022:22/tcp -p 90/udp -p 127.0.0.1::70
-p [::1]:8081:81 -p 9000-9002:9000-9002 --expose 100 --expose 200-202/udp
-p published=8082,target=82,protocol=udp
-P
--network bridge --add-host a:1.2.3.4 --add-host b:1.2.3.5
--network container:other
--network mine
--sysctl net.core.somaxconn=512 --cgroup-parent /custom
--userns host --pid container:other --ipc container:other
--restart always
--restart unless-stopped --oom-kill-disable -m 1g
--volumes-from other:ro
--log-driver none
--security-opt label=disable --security-opt apparmor=unconfined
--security-opt label:disable
--cpus 1/2 -m 1.5g --memory-swap -1 --pids-limit -1
-v named:/n:ro,nocopy -v /tmp/missing:/m:rshared
"""

# Lines that the engine or its client refuses.
REFUSED = """
--cap-add CAP_ALL
--cap-add NOTHING
--cpus 1 --cpu-quota 1000
-m 1x
-p 80:http
-p localhost:80:80
-p 8000-8002:80-81
-p 65536:80
--mount type=bind,dst=/a
--mount type=bind,src=/tmp
--mount type=bind,src=/tmp,dst=/a,ro=yes
--mount type=bind,src=/tmp,dst=/a,volume-nocopy
--mount type=none,dst=/a
--device /dev/null:/dev/x:y
--rm --restart always
--restart sometimes
--no-healthcheck --health-cmd true
--ulimit nofile=20:10
--ulimit files=20
--privileged=yes
--nonsense
-Z
-v /a:/b:ro:x
--pids-limit many
"""

# Of ../shared/data/runtime/engine-api: the lines that made the containers whose answers are kept there.
STORED = {
    "hardened": "--name hardened --read-only --cap-drop ALL --security-opt no-new-privileges -m 64m --cpus 1 --cpuset-cpus 0 "
                "--pids-limit 64 --tmpfs /tmp:rw,noexec,nosuid,size=16m --user 1001:1001 --restart on-failure:5 "
                "--log-opt max-size=10m --label tier=web",
    "privileged": "--name privileged --privileged --user 0",
    "exposed": "--name exposed --network host --pid host --ipc host --uts host -v /:/host -v /SOCKET:/var/run/docker.sock "
               "--security-opt seccomp=unconfined -e DB_PASSWORD=hunter2 --user 0 --restart always",
    "default": "--name default -p 8080:8080 -p 127.0.0.1:22022:22/tcp",
    "caps": "--name caps --cap-add SYS_ADMIN --cap-add NET_BIND_SERVICE --cap-drop MKNOD -v /etc:/hostetc:ro -v vol1:/data "
            "--device /dev/null:/dev/xnull --ulimit nofile=1024:2048 --cgroup-parent /custom --userns host",
    "secprof": "--name secprof --security-opt seccomp=sec.json",
    "netted": "--name netted --network backend",
}

# Linux's numbers of capabilities. Source: include/uapi/linux/capability.h.
CAPABILITIES = """CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE
NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT
SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG
WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE""".split()


def normal_capabilities(names):
    """As the engine compares them: in upper case, with CAP_, but ALL is ALL."""
    upper = [name.upper() for name in names or []]
    return sorted(n if n == "ALL" or n.startswith("CAP_") else "CAP_" + n for n in upper)


def expected_bindings(published):
    """PortBindings: ranges one by one, unless one port of the container has a range of the host."""
    bindings = {}
    for p in published:
        single = p["targetFirst"] == p["targetLast"] and p["first"] != p["last"]
        for i in range(p["targetLast"] - p["targetFirst"] + 1):
            host = f'{p["first"]}-{p["last"]}' if single else str(p["first"] + i) if p["first"] else ""
            key = f'{p["targetFirst"] + i}/{p["protocol"]}'
            bindings.setdefault(key, []).append({"HostIp": p["ip"], "HostPort": host})
    return bindings


def expected_exposed(facts, image):
    ports = {f"{n}/{p['protocol']}" for p in facts["exposed"] for n in range(p["first"], p["last"] + 1)}
    return sorted(ports | set(expected_bindings(facts["published"])) | set(image.get("ExposedPorts") or {}))


def expected_mounts(facts, image):
    """What is mounted in the end, but for memory disks of --tmpfs: kind, target, writable."""
    mounts = [(m["kind"], m["target"], not m["readOnly"]) for m in facts["mounts"] if not (m["kind"] == "tmpfs" and m["short"])]
    covered = {target for _, target, _ in mounts}
    return sorted(mounts + [("volume", target, True) for target in image.get("Volumes") or {} if target not in covered])


def expected_health(facts, image):
    if "health" not in facts:
        return (image.get("Healthcheck") or {}).get("Test")
    return ["NONE"] if facts["health"] == "<removed>" else ["CMD-SHELL", facts["health"]]


def seen_mounts(container):
    """Of inspect; a container that was only created lists them too, but for tmpfs of --mount."""
    mounts = [(m["Type"], m["Destination"], m["RW"]) for m in container["Mounts"] if m["Type"] != "tmpfs"]
    mounts += [("tmpfs", m["Target"], not m.get("ReadOnly", False)) for m in container["HostConfig"].get("Mounts") or []
               if m["Type"] == "tmpfs"]
    return sorted(mounts)


def expected_security(facts):
    """SecurityOpt: systempaths is the client's, a profile's file is replaced by its text, `disable` is added by the engine."""
    options = set()
    for option in facts["securityOpt"]:
        if option == "systempaths=unconfined":
            continue
        name, _, value = option.replace(":", "=", 1).partition("=")
        options.add("seccomp=FILE" if name == "seccomp" and value not in ("unconfined", "builtin") else f"{name}={value}")
    if facts.get("privileged") or facts.get("pid") == "host" or facts.get("ipc") == "host":
        options.add("label=disable")
    return sorted(options)


def seen_security(options):
    seen = set()
    for option in options or []:
        name, _, value = option.replace(":", "=", 1).partition("=")
        seen.add("seccomp=FILE" if name == "seccomp" and value.startswith("{") else f"{name}={value}")
    return sorted(seen)


def cpu_billionths(host):
    if host["NanoCpus"]:
        return host["NanoCpus"]
    return int(host["CpuQuota"] / (host["CpuPeriod"] or 100000) * 1e9) if host["CpuQuota"] > 0 else 0


def network_names(facts):
    """What a client calls the network that nobody named."""
    return [facts["network"]] if "network" in facts else ["default", "bridge"]


class Comparison:
    """Counts the fields that were compared and tells those that differ."""

    def __init__(self):
        self.fields, self.problems = 0, []

    def field(self, what, name, expected, seen):
        self.fields += 1
        if expected != seen:
            self.problems.append(f"{what}\n  {name}: Plimsoll derives {expected!r}, the engine has {seen!r}")

    def one_of(self, what, name, expected, seen):
        self.fields += 1
        if seen not in expected:
            self.problems.append(f"{what}\n  {name}: Plimsoll derives one of {expected!r}, the engine has {seen!r}")

    def host_config(self, what, facts, host):
        check = lambda name, expected, seen: self.field(what, name, expected, seen)
        number = lambda name: int(facts.get(name, 0))
        memory = number("memory")
        swap = number("memorySwap") if "memorySwap" in facts else 2 * memory
        check("Privileged", facts.get("privileged", False), host["Privileged"])
        check("ReadonlyRootfs", facts.get("readOnly", False), host["ReadonlyRootfs"])
        check("Init", facts.get("init", False), bool(host.get("Init")))
        check("Memory", memory, host["Memory"])
        check("MemorySwap", swap, host["MemorySwap"])
        check("cpus", number("nanoCpus"), cpu_billionths(host))
        check("PidsLimit", max(number("pids"), 0), max(host["PidsLimit"] or 0, 0))
        check("OomKillDisable", facts.get("oomKillDisable", False), bool(host["OomKillDisable"]))
        check("OomScoreAdj", number("oomScoreAdj"), host["OomScoreAdj"])
        check("CapAdd", normal_capabilities(facts["capAdd"]), normal_capabilities(host["CapAdd"]))
        check("CapDrop", normal_capabilities(facts["capDrop"]), normal_capabilities(host["CapDrop"]))
        check("SecurityOpt", expected_security(facts), seen_security(host["SecurityOpt"]))
        check("GroupAdd", facts["groups"], host["GroupAdd"] or [])
        self.one_of(what, "NetworkMode", network_names(facts), host["NetworkMode"])
        check("PidMode", facts.get("pid", ""), host["PidMode"])
        check("IpcMode", facts.get("ipc", "private"), host["IpcMode"])
        check("UTSMode", facts.get("uts", ""), host["UTSMode"])
        check("UsernsMode", facts.get("userns", ""), host["UsernsMode"])
        self.one_of(what, "CgroupnsMode", [facts["cgroupns"]] if "cgroupns" in facts else ["host", "private"], host["CgroupnsMode"])
        check("CgroupParent", facts.get("cgroupParent", ""), host["CgroupParent"])
        check("Runtime", facts.get("runtime", "runc"), host["Runtime"])
        restart = facts.get("restart", {"name": "no", "attempts": 0})
        check("RestartPolicy", (restart["name"], restart["attempts"]),
              (host["RestartPolicy"]["Name"] or "no", host["RestartPolicy"]["MaximumRetryCount"]))
        logging = facts.get("logging", {"driver": "", "options": {}})
        check("LogConfig", (logging["driver"] or "json-file", logging["options"]), (host["LogConfig"]["Type"], host["LogConfig"]["Config"]))
        check("AutoRemove", facts.get("autoRemove", False), host["AutoRemove"])
        check("PublishAllPorts", facts["publishAll"], host["PublishAllPorts"])
        check("PortBindings", expected_bindings(facts["published"]), host["PortBindings"] or {})
        check("ExtraHosts", [h.replace("=", ":", 1) for h in facts["extraHosts"]], host["ExtraHosts"] or [])
        check("VolumesFrom", facts["volumesFrom"], host["VolumesFrom"] or [])
        check("Sysctls", dict(s.split("=", 1) for s in facts["sysctls"]), host.get("Sysctls") or {})
        check("DeviceCgroupRules", facts["deviceRules"], host["DeviceCgroupRules"] or [])
        check("Devices", [(d["source"], d["target"], d["permissions"]) for d in facts["devices"]],
              [(d["PathOnHost"], d["PathInContainer"], d["CgroupPermissions"]) for d in host["Devices"] or []])
        check("Ulimits", sorted((u["name"], int(u["soft"]), int(u["hard"])) for u in facts["ulimits"]),
              sorted((u["Name"], u["Soft"], u["Hard"]) for u in host["Ulimits"] or []))
        check("Tmpfs", {m["target"]: m["options"] for m in facts["mounts"] if m["kind"] == "tmpfs" and m["short"]}, host.get("Tmpfs") or {})
        if facts.get("systemPathsUnconfined") or facts.get("privileged"):
            check("MaskedPaths", [], host["MaskedPaths"] or [])
        else:
            check("masked", True, bool(host["MaskedPaths"]))

    def config(self, what, facts, config, image):
        check = lambda name, expected, seen: self.field(what, name, expected, seen)
        if "user" in facts:
            check("User", facts["user"], config["User"])
        if "hostname" in facts:
            check("Hostname", facts["hostname"], config["Hostname"])
        for variable in facts["environment"]:
            check("Env", True, variable in (config["Env"] or []))
        for label in facts["labels"]:
            name, _, value = label.partition("=")
            check("Labels", value, (config["Labels"] or {}).get(name))
        if "entrypoint" in facts:
            check("Entrypoint", facts["entrypoint"], config["Entrypoint"])
        if facts.get("command") not in (None, "<removed>"):
            check("Cmd", facts["command"], config["Cmd"])
        if "workdir" in facts:
            check("WorkingDir", facts["workdir"], config["WorkingDir"])
        if "stopSignal" in facts:
            check("StopSignal", facts["stopSignal"], config["StopSignal"])
        check("Tty", facts.get("terminal", False), config["Tty"])
        check("OpenStdin", facts.get("openInput", False), config["OpenStdin"])
        check("ExposedPorts", expected_exposed(facts, image), sorted(config.get("ExposedPorts") or {}))
        check("Healthcheck", expected_health(facts, image), (config.get("Healthcheck") or {}).get("Test"))

    def container(self, what, facts, container, image):
        """`image` is its configuration, which counts where the line says nothing."""
        if facts is None or facts["problems"]:
            self.problems.append(f"{what}\n  Plimsoll refuses it: {facts and facts['problems']}")
            return
        self.host_config(what, facts, container["HostConfig"])
        self.config(what, facts, container["Config"], image)
        if "name" in facts:
            self.field(what, "Name", "/" + facts["name"], container["Name"])
        if not facts["volumesFrom"]:
            self.field(what, "Mounts", expected_mounts(facts, image), seen_mounts(container))

    def process(self, what, facts, status, system):
        """`status` is /proc/PID/status as a dictionary, `system` that of process 1, which bounds what anybody can have."""
        effective = int(status["CapBnd"], 16)  # of a user that is not root the effective set is empty
        names = {name for bit, name in enumerate(CAPABILITIES) if effective >> bit & 1}
        bound = {name for bit, name in enumerate(CAPABILITIES) if int(system["CapBnd"], 16) >> bit & 1}
        self.field(what, "CapBnd", sorted(set(facts["capabilities"]) & bound), sorted(names))
        root = facts.get("user", "0").split(":")[0] in ("0", "root", "")
        self.field(what, "CapEff", effective if root else 0, int(status["CapEff"], 16))
        self.field(what, "NoNewPrivs", int(facts.get("noNewPrivileges", False)), int(status["NoNewPrivs"]))
        off = facts.get("privileged") or facts.get("seccomp") == "unconfined"
        self.field(what, "Seccomp", 0 if off else 2, int(status["Seccomp"]))


def derive(effective, lines):
    """What Plimsoll makes of each line."""
    output = subprocess.run([effective], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def rows(table, folder):
    """The lines of a table as options. Relative sources are made absolute by the client, so none is kept."""
    lines = [line for line in table.strip().splitlines() if line]
    return [line.replace("-v ./x:/ignored ", "").replace("PROFILE", f"{folder}/profile.json") for line in lines]


def status_of(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def compare_live(engine, effective, comparison):
    plans = [(options, True) for options in rows(STARTED, engine.folder)] + [(options, False) for options in rows(CREATED, engine.folder)]
    lines = [f"docker create {options} plimsoll-test:1 sleep 1000" for options, _ in plans]
    other = engine.inspect("other")["Id"]
    started = unstarted = 0
    for line, (options, start), facts in zip(lines, plans, derive(effective, lines)):
        made = engine.run(*shlex.split(line)[1:])
        if made.returncode != 0:
            comparison.problems.append(f"{options}\n  the engine refuses it: {made.stderr.strip()}")
            continue
        name = made.stdout.strip().splitlines()[-1]
        for key in ("network", "pid", "ipc"):  # the engine writes the other container's id
            if facts.get(key) == "container:other":
                facts[key] = f"container:{other}"
        comparison.container(options, facts, engine.inspect(name), {})
        if start and "--entrypoint" not in options:
            if engine.run("start", name).returncode == 0:
                started += 1
                pid = engine.inspect(name)["State"]["Pid"]
                comparison.process(options, facts, process_status(engine, pid, "--init" in options), status_of(1))
            else:
                unstarted += 1
                print(f"not started here: {options}")
        engine.run("rm", "-f", "-v", name)
    return len(plans), started, unstarted


def process_status(engine, pid, behind_init):
    """Of the program itself: the engine's init stands before it, and a process may still be on its way to its program."""
    for _ in range(100):
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
        child = children.read_text().split() if behind_init and children.exists() else []
        status = status_of(child[0] if child else pid)
        if status["Name"] == "sleep":
            return status
        time.sleep(0.05)
    return status


def compare_refused(engine, effective, comparison):
    lines = [f"docker run {options} plimsoll-test:1 true" for options in rows(REFUSED, engine.folder)]
    for line, facts in zip(lines, derive(effective, lines)):
        made = engine.run(*shlex.split(line.replace("docker run", "docker create"))[1:])
        comparison.field(line, "refused", bool(facts["problems"]), made.returncode != 0)
        if made.returncode == 0:
            engine.run("rm", "-f", made.stdout.strip().splitlines()[-1])
    return len(lines)


def compare_stored(folder, effective, comparison):
    count = 0
    for version in ("v20.10", "v29.7"):
        answers = pathlib.Path(folder, "runtime/engine-api", version)
        image = json.loads((answers / "image-plim-classic-1.json").read_text())["Config"]
        for name, options in STORED.items():
            path = answers / f"container-{name}.json"
            if path.exists():
                count += 1
                [facts] = derive(effective, [f"docker run {options} plim/classic:1"])
                comparison.container(f"{version}: {options}", facts, json.loads(path.read_text()), image)
    return count


def report(comparison):
    for problem in comparison.problems:
        print(problem)
    print(f"{comparison.fields} fields compared, {len(comparison.problems)} differ")
    return 1 if comparison.problems else 0


def main(effective, shared=None):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the engine is stopped all the same
    comparison = Comparison()
    if shared and os.path.isdir(shared):
        print(f"stored answers: {compare_stored(shared, effective, comparison)} containers")
    with tempfile.TemporaryDirectory(prefix="plimsoll-engine-", ignore_cleanup_errors=True) as folder:
        pathlib.Path(folder, "profile.json").write_text('{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []}')
        engine = Engine(folder)
        why = engine.start()
        if why is not None:
            status = report(comparison)
            print(f"skipped: {why}")
            return status or 77
        try:
            engine.run("create", "--name", "other", "plimsoll-test:1", "sleep", "1000")
            created, started, unstarted = compare_live(engine, effective, comparison)
            refused = compare_refused(engine, effective, comparison)
            print(f"the engine: {created} containers created, {started} started, {unstarted} could not start here, {refused} lines refused")
        finally:
            engine.stop()
    return report(comparison)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
