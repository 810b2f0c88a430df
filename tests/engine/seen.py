"""What is seen of a running container and of an image from the host's side: processes, limits, layers."""
import pathlib
import subprocess

# Linux' numbers: include/uapi/linux/capability.h.
CAPABILITIES = """CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE
NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE
SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM
BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE""".split()


def mask(names):
    return sum(1 << CAPABILITIES.index(name.upper().removeprefix("CAP_")) for name in set(names))


def names_of(bits):
    return [name for number, name in enumerate(CAPABILITIES) if bits >> number & 1]


class Process:
    """Process 1 of a container, by its number on the host."""

    def __init__(self, pid):
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        fields = {key: value.split() for key, _, value in (line.partition(":") for line in status.splitlines())}
        self.pid = pid
        self.uids = {int(uid) for uid in fields["Uid"]}
        self.no_new_privileges = fields["NoNewPrivs"] == ["1"]
        self.seccomp = int(fields["Seccomp"][0])
        self.bounding, self.effective, self.permitted = (int(fields[key][0], 16) for key in ("CapBnd", "CapEff", "CapPrm"))

    def limit(self, controller, old_file, new_file):
        """What its control group says, in the old hierarchy or the new one; None where it is not there."""
        for line in pathlib.Path(f"/proc/{self.pid}/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            root, file = f"/sys/fs/cgroup/{controllers}", old_file
            if not controllers:
                root, file = "/sys/fs/cgroup", new_file
            elif controller not in controllers.split(","):
                continue
            found = pathlib.Path(root + path, file)
            if found.exists():
                return found.read_text().strip()
        return None

    def limits(self):
        """Bytes of memory, thousandths of a processor, processes: as the kernel keeps them."""
        memory = self.limit("memory", "memory.limit_in_bytes", "memory.max")
        processes = self.limit("pids", "pids.max", "pids.max")
        quota = self.limit("cpu", "cpu.cfs_quota_us", "cpu.max")
        period = self.limit("cpu", "cpu.cfs_period_us", "cpu.max")
        thousandths = None
        if quota and quota.split()[0] not in ("max", "-1"):
            thousandths = int(quota.split()[0]) * 1000 // int(period.split()[-1])
        return (int(memory) if memory not in (None, "max") else None, thousandths, int(processes) if processes not in (None, "max") else None)


def layers(image):
    """The folders of an image's layers (overlay2)."""
    data = image["GraphDriver"]["Data"]
    return {folder for key in ("UpperDir", "LowerDir") for folder in data.get(key, "").split(":") if folder}


def files_with(words, folders):
    """The files in these folders that hold one of the words."""
    if not folders:
        return []
    command = ["grep", "-rlF", "-D", "skip"] + [part for word in words for part in ("-e", word)] + sorted(folders)
    done = subprocess.run(command, capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, check=False)
    return done.stdout.splitlines()
