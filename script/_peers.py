"""Runs a peer, or takes what it answered before: a peer that is the same program, with the same words and the same bytes before
it, says the same. Its answers are kept in build/peers/answers. Never used for our own programs.
"""
import functools
import hashlib
import os
import pathlib
import pickle
import subprocess
import tempfile

ANSWERS = pathlib.Path(__file__).resolve().parent.parent / "build" / "peers" / "answers"


@functools.cache
def fingerprint(path):
    return hashlib.sha256(pathlib.Path(path).resolve().read_bytes()).digest()


@functools.cache
def fingerprint_of_all(folder):
    """Of each file of a tree: of one that peers read as they like."""
    names = sorted(file for file in pathlib.Path(folder).rglob("*") if file.is_file())
    return hashlib.sha256(b"".join(str(name).encode() + b"\0" + fingerprint(name) for name in names)).digest()


def asked(command, stdin, files, folder, cwd):
    """What an answer depends on; each part with its length, so that none runs into the next."""
    program, *words = map(str, command)
    parts = [fingerprint(program), *(word.encode("utf-8", "surrogateescape") for word in words), b"", stdin]
    parts.append(fingerprint_of_all(folder) if folder else b"")
    parts += [pathlib.Path(cwd or ".", file).read_bytes() for file in files]
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()


def run(command, *, stdin=b"", files=(), folder=None, cwd=None):
    """Exit status, standard output and standard error, as bytes. `files` or all of `folder` is what the peer reads, from `cwd`; the names
    of the files have to be among the words or in the input, without the path of a folder that is made anew each time."""
    kept = ANSWERS / asked(command, stdin, files, folder, cwd)
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    done = subprocess.run([str(word) for word in command], input=stdin, cwd=cwd, capture_output=True, check=False)
    answer = done.returncode, done.stdout, done.stderr
    if done.returncode >= 0:  # one that was killed has not answered
        keep(kept, answer)
    return answer


def keep(kept, answer):
    ANSWERS.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=ANSWERS, delete=False) as made:
        made.write(pickle.dumps(answer))
    os.replace(made.name, kept)
