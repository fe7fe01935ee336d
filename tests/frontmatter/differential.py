#!/usr/bin/env python3
"""Compares our reader with PyYAML on mutants of tests/corpus.

Every mutant that we accept has to be readable for PyYAML (both the Python loader and, where it
is built in, libyaml), as one mapping whose plain scalars have the same texts, the status among
them; and a plain search for the status line has to find it exactly once. What does not is printed.

    differential.py path/to/read_verdicts path/to/tests/corpus [mutants] [seed]

By hand, 100,000 mutants take some minutes; ctest runs a few thousand. Exit code 1 when any
mutant is reported.
"""

import os
import random
import re
import subprocess
import sys

import yaml

NULL = "tag:yaml.org,2002:null"
ACCEPTED = ("PASS", "FAILED")
PIECES = [
    b"\n", b"\n", b"\r\n", b" ", b"  ", b"\n ", b"\n  ", b":", b": ", b" :", b"-", b"- ", b"\n- ", b"\n  - ",
    b"#", b" #", b"# ", b"'", b'"', b"''", b'""', b"\\", b"[", b"]", b"{", b"}", b",", b", ", b"[a, b]",
    b"{a: 1}", b"[a, ", b"|", b">", b"|-", b">+", b"|2", b"|\n", b">\n  ", b"?", b"? ", b"\n? ", b"!", b"! ",
    b"!!str ", b"&", b"&a ", b"*", b"*a", b"%", b"%YAML 1.2\n", b"@", b"`", b"~", b"null", b"<<: ", b"=",
    b"---", b"---\n", b"...\n", b"SUCCESS", b"FAILED", b"staging_status", b"staging_status: SUCCESS\n",
    b"staging_status: FAILED\n", b"  staging_status: FAILED\n", b"x: 1\n", b"x:\n", b"x: |\n  y\n", b'x: "y',
    b"x: 'y'\n", b"x: [y,\n  z]\n", b"- y\n", b"x: >\n\n  y\n", b"\xc3\xa9", b"\xe2\x80\xa8", b"\xc2\x85", b"\t", b"\0",
    b"\xef\xbb\xbf", b"a: b: c", b"x:y", b" # c\n", b"\n#c\n", b"x: ''\n", b'x: ""\n', b"0", b"1:2", b"2020-01-01",
]

TOKENS = [
    b"a", b"b: ", b"c", b":", b"::", b": ", b" ", b"  ", b"-", b"- ", b"-a", b"#", b" #", b" # c", b"'", b'"', b"'d'", b'"e"',
    b"''", b'""', b"'it''s'", b'"\\""', b'"\\n"', b"\\", b"[", b"]", b"{", b"}", b",", b", ", b"[a]", b"{a: b}", b"{a}",
    b"[a: b]", b"[]", b"{}", b"|", b">", b"|-", b">+", b"|2", b">1-", b"|+3", b"?", b"? ", b"?a", b"!", b"&", b"*", b"%",
    b"@", b"~", b"null", b"=", b"<<", b"\n", b"\n ", b"\n  ", b"\n    ", b"\n\n", b"\n\n  ", b"\n     \n  ", b"\n# c\n  ",
    b"\n- ", b"\n  - ", b"\n  b: ", b"0", b"\xc3\xa9", b"\xe2\x80\x94", b"\xc2\xa0", b"/", b".", b"+", b"(", b")", b"$",
]


def read_corpus(folder):
    """The rows of the index as (key, bytes)."""
    with open(os.path.join(folder, "index.tsv"), encoding="utf-8") as index:
        rows = [line.rstrip("\n").split("\t") for line in index][1:]
    texts = []
    for row in rows:
        with open(os.path.join(folder, row[0]), "rb") as file:
            text = file.read()
        if len(text) < 3000:
            texts.append((row[1], text))
    return texts


def rich_texts():
    """Logs that use most of what honest authors use, so that mutants reach all of the reader."""
    blocks = [
        b"a: {b: [1, 'two', \"three\"], c: {d: e}}\nstaging_status: SUCCESS\nf: [g, {h: i}]\n",
        b"staging_status: SUCCESS # note\nlist:\n  - a: 1\n    b: 'it''s'\n  - - x\n    - \"y\\n\"\n  - |\n    text\n",
        b"notes: >-\n  folded\n  text\n\n  more\nstaging_status: FAILED\nlit: |2+\n    deep\n  x\n\nend: x\n",
        b"runs:\n- id: 1\n  log: |\n    a\n     b\n- id: 2\n  q: \"long\n    string\"\nstaging_status: SUCCESS\n",
        b"plain: goes on\n  over lines\n  # comment\nstaging_status: SUCCESS\nm:\n  n:\n    o: p\n  q: r\n",
        b"flow: [\n  a, b,\n  'c', # d\n  {e: f,\n   g: h}\n  ]\nstaging_status: SUCCESS\nempty:\nx: ~\n",
        b"staging_status: SUCCESS\na:\n  - b:\n      c: [d, \"e\\u0041\", 'f']\n      g: >-\n       h\n  -\n    i: {j: -1, k: [l]}\n",
        b"staging_status: SUCCESS\nq: \"a\\x41 \\\n  b\"\nr: 'c\n\n  d'\ns: -t\nu: [v w, x: y, {z: ''}]\n",
        b"staging_status: SUCCESS\nl: |-\n  a\n   b\n\n  # c\nm: >2\n   d\n  e\nn: |+\n\n\no: p # q\n",
        b"k:\n  'a b': 1\n  \"c\": 2\n  d:\n  - e\n  - f: g\nstaging_status: SUCCESS\n",
    ]
    texts = [("staging_status", b"---\n" + block + b"---\nbody\n") for block in blocks]
    return texts + [(key, text.replace(b"\n", b"\r\n")) for key, text in texts]


def mutate_once(rng, text, others):
    """One small edit."""
    at = rng.randrange(len(text) + 1)
    to = min(len(text), at + rng.choice((1, 1, 2, 4, 12)))
    edit = rng.randrange(7)
    if edit <= 1:
        return text[:at] + rng.choice(PIECES) + text[at:]
    if edit == 2:
        return text[:at] + text[to:]
    if edit == 3:
        return text[:at] + rng.choice(PIECES) + text[to:]
    lines = text.splitlines(keepends=True) or [b""]
    line = rng.randrange(len(lines))
    if edit == 4:
        lines.insert(rng.randrange(len(lines) + 1), lines[line])
    elif edit == 5:
        lines[line] = b" " * rng.randrange(5) + lines[line].lstrip(b" ")
    else:
        donor = rng.choice(others)[1].splitlines(keepends=True) or [b""]
        lines.insert(line, rng.choice(donor))
    return b"".join(lines)


def split(text):
    """Opening fence, block, and the rest; the body is cut short, it never counts."""
    match = re.match(rb"(---\r?\n)(.*?)(^---(\r?\n|$))(.{,40})", text, re.S | re.M)
    return (match.group(1), match.group(2), match.group(3) + match.group(5)) if match else (b"", text, b"")


def assemble(rng):
    """A block put together from small pieces, the status line somewhere in it."""
    lines = []
    for _ in range(rng.randrange(1, 6)):
        line = b" " * rng.choice((0, 0, 1, 2, 2, 4)) + rng.choice((b"k: ", b"k%d: " % rng.randrange(9), b"- ", b""))
        for _ in range(rng.randrange(4)):
            line += rng.choice(TOKENS)
        lines.append(line + rng.choice((b"\n", b"\n", b"\n", b" \n", b"\n\n", b"\r\n")))
    lines.insert(rng.randrange(len(lines) + 1), b"staging_status: SUCCESS\n")
    return b"---\n" + b"".join(lines) + b"---\n"


def mutants(rng, texts, count):
    for _ in range(count):
        if rng.random() < 0.3:
            yield "staging_status", assemble(rng)
            continue
        key, text = rng.choice(texts)
        opening, block, rest = split(text)
        for _ in range(rng.choice((1, 1, 2, 3))):
            if rng.random() < 0.95:
                block = mutate_once(rng, block, texts)
            else:
                rest = mutate_once(rng, rest, texts)
        yield key, opening + block + rest


def ask_reader(program, batch):
    stdin = b"".join(b"%s %d\n%s" % (key.encode(), len(text), text) for key, text in batch)
    answers = subprocess.run([program], input=stdin, stdout=subprocess.PIPE, check=True).stdout
    return [read_answer(line.decode()) for line in answers.splitlines()]


def read_answer(line):
    """The verdict, and the plain root scalars as a dict of bytes."""
    verdict, *words = line.split(" ")
    if verdict not in ACCEPTED:
        return verdict, {}
    pairs = (word.split("=") for word in words)
    return verdict, {bytes.fromhex(key).decode(): bytes.fromhex(value).decode() for key, value in pairs}


def root_scalars(loader, block):
    """The plain scalars of the top level as PyYAML sees them, or a word on why there are none."""
    try:
        root = yaml.compose(block, Loader=loader)
    except yaml.YAMLError as error:
        return "unreadable: %s" % str(error).replace("\n", " ")
    if not isinstance(root, yaml.MappingNode):
        return "no mapping"
    pairs = [(name.value, value) for name, value in root.value]
    if len(dict(pairs)) != len(pairs):
        return "a key twice"
    return {
        name: value.value
        for name, value in pairs
        if isinstance(value, yaml.ScalarNode) and not value.style and value.tag != NULL
    }


def disagreement(key, text, verdict, scalars):
    """Why another reader would not see the same; None when all agree."""
    token = "SUCCESS" if verdict == "PASS" else "FAILED"
    match = re.match(rb"---\r?\n(.*?)^---\r?$", text, re.S | re.M)
    if not match:
        return "no fences"
    block = match.group(1)
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        theirs = root_scalars(loader, block)
        if theirs != scalars or scalars.get(key) != token:
            return "%s: %s" % (loader.__name__, theirs)
    lines = re.findall(rb"^" + key.encode() + rb": +([A-Z]+)", block, re.M)
    if lines != [token.encode()]:
        return "status lines: %r" % lines
    return None


def main():
    program, folder = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 4000
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    texts = read_corpus(folder) + rich_texts() * 12
    accepted = reported = 0
    rich = rich_texts()
    for (_, text), (verdict, _) in zip(rich, ask_reader(program, rich)):
        assert verdict in ACCEPTED, text
    for begin in range(0, count, 2000):
        batch = list(mutants(rng, texts, min(2000, count - begin)))
        answers = ask_reader(program, batch)
        assert len(answers) == len(batch), "the reader stopped early"
        for (key, text), (verdict, scalars) in zip(batch, answers):
            if verdict not in ACCEPTED:
                continue
            accepted += 1
            reason = disagreement(key, text, verdict, scalars)
            if reason:
                reported += 1
                print("%s, but %s\n    %r" % (verdict, reason, text))
    print("%d mutants, %d accepted, %d read differently" % (count, accepted, reported))
    return 1 if reported or not accepted else 0


if __name__ == "__main__":
    sys.exit(main())
