"""Compares our reading of Compose's variables and .env files with compose-go's, over random texts and compose-go's own
.env files. usage: _compare_templates.py --oracle FILE --ours FILE [--data DIR] [--count N] [--seed N] [--show N]

Texts are made of the pieces that matter (operators, quotes, escapes, braces, line ends), so most of them are odd. Both
must refuse the same texts; where both accept, the results must be equal."""
import argparse
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys

ENVIRONMENT = {"A": "one", "B": "", "Cc": "x y", "LONG_NAME": "$A", "D1": "'q'\\n#"}
NAMES = ["A", "B", "Cc", "LONG_NAME", "D1", "U", "a", "_x", "unset9"]
TEMPLATE_PIECES = [
    "$", "$$", "{", "}", "${", ":-", "-", ":?", "?", ":+", "+", ":", " ", ".", "1", "é", "text", "$(x)", "}}", "{}", "\t",
    "/", "\\", "\"", "ſ", "K", "=", "%",
]
DOTENV_PIECES = [
    "=", ": ", ":", "\n", "\n", "\r\n", " ", "\t", "#", " #", "# note\n", "'", "\"", "\\", "\\n", "\\$", "\\\"", "\\'",
    "\\\\", "\\0", "\\0101", "\\0778", "\\012", "\\x41", "\\c", "export ", "export\t", "export\n", "$A", "${B:-d}", "${U}",
    "${A:+x}", "${U?why}", "${", "$$", "word", "1", "é", "\u00a0", "\v", "\f", "\u2003", ".", "-", "[0]", "_", "!", ",",
    "a b", "\u0001", "=\"", "='", "\"\n", "'\n", "${Q}", "$Cc",
]


def reference(generator):
    """A variable as people write it, with another one in its default now and then."""
    name = generator.choice(NAMES)
    if generator.random() < 0.25:
        return "$" + name
    if generator.random() < 0.2:
        return "${" + name + "}"
    rest = reference(generator) if generator.random() < 0.35 else generator.choice(["", "d", "a b", "x:y", "-", "?", "{", "}"])
    return "${" + name + generator.choice([":-", "-", ":?", "?", ":+", "+"]) + rest + "}"


def template(generator):
    parts = []
    for _ in range(generator.randrange(1, 8)):
        parts.append(reference(generator) if generator.random() < 0.4 else
                     generator.choice(TEMPLATE_PIECES + NAMES))
    text = "".join(parts)
    if generator.random() < 0.3 and text:
        at = generator.randrange(len(text))
        text = text[:at] + text[at + 1:]
    return text.replace("\n", "").replace("\r", "")


def dotenv(generator):
    if generator.random() < 0.5:
        return "".join(generator.choice(DOTENV_PIECES + NAMES) for _ in range(generator.randrange(1, 14)))
    lines = []
    for _ in range(generator.randrange(1, 5)):
        value = "".join(generator.choice(DOTENV_PIECES + NAMES) for _ in range(generator.randrange(4)))
        quote = generator.choice(["", "", "'", "\""])
        lines.append(generator.choice(NAMES + ["Q", "export Q"]) + generator.choice(["=", "=", ": ", " = "]) +
                     quote + value + quote)
    return "\n".join(lines) + generator.choice(["", "\n"])


def answers_of_ours(program, what, texts):
    pieces = []
    for text in texts:
        pieces += [b"%d\n" % len(text), text]
    call = [program, what] + [f"{name}={value}" for name, value in ENVIRONMENT.items()]
    out = subprocess.run(call, input=b"".join(pieces), stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)


def settings():
    return ["-q", "-no-os-env"] + [word for name, value in ENVIRONMENT.items() for word in ("-e", f"{name}={value}")]


def templates_of_oracle(oracle, texts):
    out = subprocess.run([oracle, *settings(), "-what", "template"], input=b"".join(text + b"\n" for text in texts),
                         stdout=subprocess.PIPE, check=True).stdout
    return [{"ok": answer["out"]} if "out" in answer else {"error": answer["error"]}
            for answer in map(json.loads, out.splitlines())]


def dotenv_of_oracle(oracle, text):
    done = subprocess.run([oracle, *settings(), "-what", "dotenv"], input=text, capture_output=True, check=False)
    return {"ok": json.loads(done.stdout)} if done.returncode == 0 else {"error": done.stderr.decode(errors="replace").strip()}


def is_equal(what, ours, theirs):
    if "ok" in ours or "ok" in theirs:
        return ours.get("ok") == theirs.get("ok") and "ok" in ours and "ok" in theirs
    # What a variable must be set for is the author's text, so it has to be equal as well.
    required = "required variable "
    return what != "template" or not theirs["error"].startswith(required) or ours["error"] == theirs["error"]


def compare(name, what, texts, ours, theirs, show):
    different = [(text, a, b) for text, a, b in zip(texts, ours, theirs, strict=True) if not is_equal(what, a, b)]
    refused = sum("error" in answer for answer in theirs)
    print(f"{name}: {len(texts) - len(different)} of {len(texts)} equal ({refused} refused by compose-go)")
    for text, a, b in different[:show]:
        print(f"  {text!r}\n    ours:   {a}\n    theirs: {b}")
    return not different


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5)
    options = parser.parse_args()
    generator = random.Random(options.seed)

    texts = [template(generator).encode() for _ in range(options.count)]
    good = compare("templates", "template", texts, answers_of_ours(options.ours, "template", texts),
                   templates_of_oracle(options.oracle, texts), options.show)

    texts = [dotenv(generator).encode() for _ in range(options.count)]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        theirs = list(pool.map(lambda text: dotenv_of_oracle(options.oracle, text), texts))
        good &= compare(".env texts", "dotenv", texts, answers_of_ours(options.ours, "dotenv", texts), theirs, options.show)
        if options.data:
            files = sorted(path for path in options.data.rglob("*.env") if path.is_file())
            texts = [path.read_bytes() for path in files]
            theirs = list(pool.map(lambda text: dotenv_of_oracle(options.oracle, text), texts))
            good &= compare("compose-go's .env files", "dotenv", texts, answers_of_ours(options.ours, "dotenv", texts),
                            theirs, options.show)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
