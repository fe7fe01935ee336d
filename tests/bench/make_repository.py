#!/usr/bin/env python3
"""Makes a bare repository of a given shape to measure on, the same one each time.

    make_repository.py FOLDER SHAPE

The history is what a team with git-verdict leaves behind: a first commit with all
files, then landings. A landing is a topic branch of three commits to the code and
one with the staging log of its work item (SUCCESS, validated_sha = the commit
before it), merged into main. The last landing is the same in every shape, so only
what lies around it differs. Ids of commits depend on nothing but the shape.

FOLDER/landing.json tells a harness about that last landing: base, head, log.
"""
import json
import pathlib
import subprocess
import sys
from typing import NamedTuple


class Shape(NamedTuple):
    commits: int
    files: int
    items: int


SHAPES = {
    "tiny": Shape(commits=100, files=60, items=10),
    "medium": Shape(commits=20_000, files=5_000, items=2_000),
    "wide": Shape(commits=60, files=50_000, items=10),
    # these two differ in the length of their history only
    "short-history": Shape(commits=1_000, files=1_000, items=200),
    "long-history": Shape(commits=20_000, files=1_000, items=200),
}
CODE_COMMITS = 3  # per landing, besides the log and the merge
FILES_PER_COMMIT = 3
FANOUT = 40
FIRST_SECOND = 1_700_000_000
SIGNATURE = "Bench <bench@example.org>"


def code_path(number):
    return f"code/{number % FANOUT:02}/{number // FANOUT % FANOUT:02}/{number:05}.txt"


def code_text(number, revision):
    return f"file {number}, revision {revision}\n" + "a line of code\n" * (5 + number % 25)


def log_path(item):
    return f"docs/work-items/{item}/15-staging-log.md"


def log_text(item, validated_sha):
    return (f"---\nwork_item: {item}\nstaging_status: SUCCESS\nvalidated_sha: {validated_sha}\n"
            f"checks:\n  - name: smoke\n    result: pass\n---\n# Staging log of {item}\n\n"
            + "- one more step, nothing to report\n" * 40)


class Import:
    """A running `git fast-import`: commits go in, marks and ids come out."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            ["git", "-C", folder, "fast-import", "--quiet", "--depth=0"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1 << 20)
        self.commits = 0

    def write(self, text):
        self.process.stdin.write(text.encode())

    def commit(self, branch, message, files, first_parent=None, merged=None):
        """Adds a commit with `files` (path -> text) on top of its first parent; gives its mark."""
        self.commits += 1
        when = f"{SIGNATURE} {FIRST_SECOND + 60 * self.commits} +0000"
        self.write(f"commit refs/heads/{branch}\nmark :{self.commits}\n"
                   f"author {when}\ncommitter {when}\ndata {len(message)}\n{message}\n")
        if first_parent is not None:
            self.write(f"from :{first_parent}\n")
        if merged is not None:
            self.write(f"merge :{merged}\n")
        for path, text in files.items():
            self.write(f"M 100644 inline {path}\ndata {len(text)}\n{text}\n")
        return self.commits

    def id_of(self, mark):
        self.write(f"get-mark :{mark}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().decode().strip()

    def finish(self):
        self.process.stdin.close()
        if self.process.wait() != 0:
            sys.exit("make_repository.py: git fast-import failed")


def land(history, main, item, revision, numbers):
    """One landing of `item` that rewrites the files `numbers`; gives the mark of its merge."""
    landed = {}
    topic = main
    for start in range(0, len(numbers), FILES_PER_COMMIT):
        files = {code_path(n): code_text(n, revision)
                 for n in numbers[start:start + FILES_PER_COMMIT]}
        landed |= files
        topic = history.commit("topic", f"Work on {item}\n\nRefs: {item}\n", files, topic)
    log = {log_path(item): log_text(item, history.id_of(topic))}
    topic = history.commit("topic", f"{item}: staging log\n", log, topic)
    return history.commit("main", f"Merge {item}\n", landed | log, main, topic)


def make_history(history, shape):
    """Writes all commits; gives the marks of main before and after the last landing."""
    first = {code_path(n): code_text(n, 0) for n in range(shape.files)}
    for number in range(1, shape.items + 1):
        first[f"docs/work-items/BENCH-{number}/10-plan.md"] = f"# The plan of BENCH-{number}\n"
    main = history.commit("main", "A first version\n", first)

    touched = CODE_COMMITS * FILES_PER_COMMIT
    landing = 0
    while history.commits + 2 * (CODE_COMMITS + 2) <= shape.commits:
        numbers = [(landing * 7919 + k * 613) % shape.files for k in range(touched)]
        main = land(history, main, f"BENCH-{landing % shape.items + 1}", landing + 1, numbers)
        landing += 1
    return main, land(history, main, "BENCH-0", 0x7FFFFFFF, list(range(touched)))


def make_repository(folder, shape):
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", folder], check=True)
    history = Import(folder)
    base, head = make_history(history, shape)
    landing = {"base": history.id_of(base), "head": history.id_of(head), "log": log_path("BENCH-0"),
               "shape": shape._asdict(), "commits": history.commits}
    history.finish()
    # as `git gc` leaves a repository: one pack with the newest trees whole, a commit-graph
    for command in (["update-ref", "-d", "refs/heads/topic"], ["pack-refs", "--all"],
                    ["repack", "-a", "-d", "-f", "--quiet"],
                    ["commit-graph", "write", "--reachable", "--no-progress"]):
        subprocess.run(["git", "-C", folder, *command], check=True)
    (pathlib.Path(folder) / "landing.json").write_text(json.dumps(landing, indent=1) + "\n")
    return landing


def main(arguments):
    if len(arguments) != 2 or arguments[1] not in SHAPES:
        sys.exit(f"usage: make_repository.py FOLDER {'|'.join(SHAPES)}")
    folder, shape = arguments
    if pathlib.Path(folder).exists():
        sys.exit(f"make_repository.py: {folder} is there already")
    landing = make_repository(folder, SHAPES[shape])
    print(f"{folder}: {landing['commits']} commits, main is {landing['head']}")


if __name__ == "__main__":
    main(sys.argv[1:])
