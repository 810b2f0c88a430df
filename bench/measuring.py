"""Runs one command and says what it cost."""
import resource
import subprocess
import tempfile
import time


def measure(command, cwd=None):
    """Returns CPU seconds, wall seconds and peak memory in MB of one run."""
    # Peak memory comes from time(1): a child of Python begins with Python's own peak.
    with tempfile.NamedTemporaryFile("r") as peak:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(["/usr/bin/time", "-q", "-f", "%M", "-o", peak.name, *command], cwd=cwd, check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return cpu, wall, int(peak.read().split()[-1]) / 1024
