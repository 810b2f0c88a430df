#!/usr/bin/env python3
"""Compares our reading of Dockerfiles with BuildKit's.

    compare.py --oracle PATH --ours PATH --data SHARED/data [--mutations N] [--seed S]

Reads all Dockerfiles of the corpora, N random mutations of them and 2 N made-up files with both programs. Both must accept or refuse a
file; of an accepted one, each instruction's name, lines and arguments must be equal. Exit status 1: they differ.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "script"))
import _peers  # noqa: E402

# What mutations insert: the signs that the grammar gives a meaning to.
SIGNS = [b"\\", b"\\\n", b"\n", b"\r\n", b"#", b"`", b"<<EOF", b"<<-E", b"EOF\n", b"'", b'"', b"[", b"]", b",", b'["a"]',
         b"$", b"${", b"}", b"=", b" ", b"\t", b"--", b"--from=", b"--mount=type=cache,", b"--chown", b"\xff", b"\x00",
         b"\xc2\xa0", b"\xef\xbb\xbf", b"ONBUILD ", b"FROM x\n", b"AS ", b"HEALTHCHECK ", b"ARG ", b"ENV ", b"LABEL a b=c\n",
         b"# escape=`\n", b"# check=x\n", b"\n\n", b"SHELL ", b"VOLUME ", b"RUN ", b"COPY ", b"{}", b"1e999", b"\\u12", b";"]


def run_ours(program, stdin, folder):
    return subprocess.run([str(program)], input=stdin, capture_output=True, cwd=folder).stdout


def run_peer(program, stdin, folder):
    return _peers.run([str(program)], stdin=stdin, files=stdin.decode().splitlines(), cwd=folder)[1]


def ask(program, run, files, folder):
    """The answers of a program; a file at which it dies is given None, and the rest is asked again."""
    answers = {}
    while files:
        out = run(program, "".join(f"{file}\n" for file in files).encode(), folder)
        for line in out.decode("utf-8", errors="replace").splitlines():
            answer = json.loads(line)
            answers[answer["file"]] = answer
        left = [f for f in files if str(f) not in answers]
        if left:
            answers[str(left[0])] = None
        files = left[1:]
    return answers


def differences(theirs, ours):
    if theirs is None:
        return None  # BuildKit itself died
    if ours is None:
        return "we died"
    if "error" not in theirs and "no FROM" in ours.get("error", ""):
        # The oracle reads instructions only; BuildKit refuses a file without a stage in its next step.
        stages = [i for i in theirs["instructions"] if i["cmd"].lower() == "from"]
        return f"they: {len(stages)} stages | we: {ours['error']}" if stages else None
    if ("error" in theirs) != ("error" in ours):
        return f"they: {theirs.get('error', 'accepted')} | we: {ours.get('error', 'accepted')}"
    if "error" in theirs:
        return None
    theirs, ours = theirs["instructions"], ours["instructions"]
    for a, b in zip(theirs, ours):
        a.setdefault("args", [])
        if a != b and not same_sorted(a, b):
            return f"they: {a} | we: {b}"
    return None if len(theirs) == len(ours) else f"they: {len(theirs)} instructions | we: {len(ours)}"


def same_sorted(a, b):
    """BuildKit sorts the ports of EXPOSE in place."""
    return a["cmd"].lower() == "expose" and {**a, "args": sorted(a["args"])} == {**b, "args": sorted(b["args"])}


def mutate(random_, data):
    for _ in range(random_.choice((1, 1, 1, 2, 3, 5))):
        at = random_.randrange(len(data) + 1)
        kind = random_.randrange(6)
        if kind == 0:
            data = data[:at]
        elif kind == 1:
            data = data[:at] + data[at + random_.randrange(1, 20):]
        elif kind == 2:
            data = data[:at] + bytes([random_.randrange(256)]) + data[at + 1:]
        elif kind == 3:
            lines = data.splitlines(keepends=True)
            if len(lines) > 1:
                i, j = random_.randrange(len(lines)), random_.randrange(len(lines))
                lines[i], lines[j] = lines[j], lines[i]
            data = b"".join(lines)
        else:
            data = data[:at] + random_.choice(SIGNS) + data[at:]
    return data


KEYWORDS = ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
            "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR", "ONBUILD RUN", "ONBUILD COPY", "onbuild env",
            "Onbuild From", "Onbuild ONBUILD RUN", "RUNN", "wor\u212adir", "H\u0130", "COPY --from=a", "HEALTHCHECK CMD"]
PIECES = ["a", "b=c", "=x", "a=", "'q r'", '"q r"', "'", '"', "\\", "\\\\", "`", "$x", "${x:-y}", "${x", "${", "[", "]", '["a"]',
          '["a", "b"]', '["a",]', "[1]", "[1e999]", '["\\u00e9"]', '["\\ud800"]', "[null]", "[]", "[[]]", "{}", "<<EOF", "<<-EOF",
          '<<"EOF"', "<<'E O F'", "<< EOF", "3<<EOF", "<<\\EOF", "<<<EOF", "<<", "<<$x", "<<${x:-EOF}", "x<<EOF", "--", "--x",
          "--x=y", "--link", "--link=", "--link=TRUE", "--link=no", "--chown=a", "--chown", "--from=b", '--from="b"', "--exclude=x",
          "--parents", "--platform=x", "--network=host", "--network=x", "--network=", "--security=insecure", "--security=y",
          "--device=a", "--device=a,required=2", "--device=a,name=b", "--device=", "--device=name=a,b", "--device=a,b=c",
          "--mount=type=cache,target=/x", "--mount=from=$a", "--mount=from=$", '--mount=\\"a\\"b', '--mount=\\"a,b\\",c', "--mount=",
          "--mount=a,", "--interval=5s", "--interval=0.5us", "--interval=1h2m3.5s", "--interval=-1s", "--interval=0", "--interval=",
          "--interval=5", "--interval=9223372036.854775807s", "--interval=9223372036854775808ns", "--interval=.s", "--timeout=1\u00b5s",
          "--retries=3", "--retries=-1", "--retries=+2", "--retries=2147483648", "--retries=x", "--start-period=1ms", "NONE", "none",
          "CMD", "AS", "as", "A\u017f", "x.y_z-1", "1x", "\u00e9", "\u00a0", "\u2003", "\v", "\f", "\t", " ", "#", "#c", "\r", "80/tcp", "8000-8010",
          "EOF", "\0", "\udcff", "\udcc3", "\udc85", "\udca0", "\ufeff"]
ENDINGS = ["\n"] * 12 + ["\r\n", "\n\n", "\\\n", " \\ \t\n", "`\n", "\\\n\n", "\\\n# c\n", "\nEOF\n", "\n\tEOF\n", "\n b\nEOF\n", "\nEOF\r\n", ""]
HEADS = [""] * 8 + ["# escape=`\n", "# escape=\\\n", "#escape=x\n", "# check=skip=all\n", "\ufeff", "# syntax=a/b\n", "# c\n# escape=`\n",
                    "#escape=`\n#ESCAPE=`\n", "  # escape = ` \n", "#escape= \n", "#!x\n# escape=`\n"]


def make_up(random_):
    """A file of plausible nonsense: every construct beside every other."""
    text = random_.choice(HEADS)
    if random_.random() < 0.9:
        text += "FROM a\n"
    for _ in range(random_.randrange(1, 4)):
        text += random_.choice(KEYWORDS)
        for _ in range(random_.randrange(4)):
            text += random_.choice([" "] * 8 + ["", "\t", "\u00a0"]) + random_.choice(PIECES)
        text += random_.choice(ENDINGS)
    return text.encode("utf-8", "surrogateescape")


def corpora(data):
    files = sorted((data / "lint/realworld").glob("*.Dockerfile"))
    for peer in ("kics", "checkov", "trivy", "buildkit"):
        files += sorted(f for f in (data / "lint" / peer).rglob("*") if f.is_file() and "ocker" in f.name)
    return files


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--mutations", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.oracle, options.ours, options.data = (pathlib.Path(path).resolve() for path in (options.oracle, options.ours, options.data))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = corpora(options.data)
        random_ = random.Random(options.seed)
        mutants = []
        for i in range(options.mutations):
            mutants.append(pathlib.Path(f"{i}.Dockerfile"))
            (folder / mutants[-1]).write_bytes(mutate(random_, random_.choice(files).read_bytes()))
        made_up = []
        for i in range(options.mutations * 2):
            made_up.append(pathlib.Path(f"made-up-{i}.Dockerfile"))
            (folder / made_up[-1]).write_bytes(make_up(random_))
        wrong = 0
        for title, group in (("corpora", files), ("mutations", mutants), ("made up", made_up)):
            theirs, ours = ask(options.oracle, run_peer, group, folder), ask(options.ours, run_ours, group, folder)
            accepted = sum(1 for a in theirs.values() if a and "error" not in a)
            bad = [(f, d) for f in group if (d := differences(theirs[str(f)], ours[str(f)]))]
            wrong += len(bad)
            print(f"{title}: {len(group)} files, {accepted} accepted by BuildKit, {len(group) - len(bad)} agree")
            for file, difference in bad[:20]:
                kept = pathlib.Path(tempfile.gettempdir()) / f"disagree-{file.name}"
                kept.write_bytes((folder / file).read_bytes())
                print(f"  {kept}: {difference[:600]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
