#!/usr/bin/env python3
"""Compares our reader with PyYAML on mutants of tests/corpus.

Every mutant that we accept has to load in PyYAML (both the Python loader and, where it is
built in, libyaml), as one mapping in which the status key has the same value, and a plain
search for the status line has to find it exactly once. Whatever does not is printed.

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


def mutants(rng, texts, count):
    for _ in range(count):
        key, text = rng.choice(texts)
        for _ in range(rng.choice((1, 1, 2, 3))):
            text = mutate_once(rng, text, texts)
        yield key, text


def ask_reader(program, batch):
    stdin = b"".join(b"%s %d\n%s" % (key.encode(), len(text), text) for key, text in batch)
    answers = subprocess.run([program], input=stdin, stdout=subprocess.PIPE, check=True).stdout
    return [line.split(b" ")[0].decode() for line in answers.splitlines()]


def root_value(loader, block, key):
    """What PyYAML sees under the root key: its text, or a word on why there is none."""
    try:
        root = yaml.compose(block, Loader=loader)
    except yaml.YAMLError as error:
        return "unreadable: %s" % str(error).replace("\n", " ")
    if not isinstance(root, yaml.MappingNode):
        return "no mapping"
    values = [value.value for name, value in root.value if name.value == key]
    return values[0] if len(values) == 1 else "%d keys" % len(values)


def disagreement(key, text, answer):
    """Why another reader would not see `answer`; None when all agree."""
    token = "SUCCESS" if answer == "PASS" else "FAILED"
    match = re.match(rb"---\r?\n(.*?)^---\r?$", text, re.S | re.M)
    if not match:
        return "no fences"
    block = match.group(1)
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        value = root_value(loader, block, key)
        if value != token:
            return "%s: %s" % (loader.__name__, value)
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
    for begin in range(0, count, 2000):
        batch = list(mutants(rng, texts, min(2000, count - begin)))
        answers = ask_reader(program, batch)
        assert len(answers) == len(batch), "the reader stopped early"
        for (key, text), answer in zip(batch, answers):
            if answer not in ACCEPTED:
                continue
            accepted += 1
            if len(text) < 600:
                texts[rng.randrange(len(texts) // 2, len(texts))] = (key, text)  # mutate it further
            reason = disagreement(key, text, answer)
            if reason:
                reported += 1
                print("%s, but %s\n    %r" % (answer, reason, text))
    print("%d mutants, %d accepted, %d read differently" % (count, accepted, reported))
    return 1 if reported or not accepted else 0


if __name__ == "__main__":
    sys.exit(main())
