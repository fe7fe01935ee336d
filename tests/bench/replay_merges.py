#!/usr/bin/env python3
"""Makes a bare repository whose history is full of merges, for replay_merges.

    replay_merges.py FOLDER SEED MERGES

Branches edit, add, delete, copy and move files, move folders, change modes, turn files into
folders and links, and cross each other. A merge is what git gives, or resolved by hand, or
evil. The same seed gives the same repository.
"""
import hashlib
import pathlib
import random
import subprocess
import sys
import zlib

WORDS = ["{", "}", "", "return 0;", "int a;", "a();", "b();", "c();", "if (a)", "else", "end"]
FOLDERS = ["", "src/", "src/core/", "src/core/deep/", "docs/", "lib/", "lib/x/", "tools/"]
REGULAR, EXECUTABLE, LINK, GITLINK = "100644", "100755", "120000", "160000"


class Store:
    """Writes loose objects without asking git."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, kind, data):
        data = f"{kind} {len(data)}\0".encode() + data
        name = hashlib.sha1(data).hexdigest()
        path = self.folder / "objects" / name[:2] / name[2:]
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(zlib.compress(data, 1))
        return name

    def tree(self, files):
        entries, folders = [], {}
        for path, (mode, blob) in files.items():
            name, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(name, {})[rest] = (mode, blob)
            else:
                entries.append((name, mode, name, blob))
        for name, below in folders.items():
            entries.append((name + "/", "40000", name, self.tree(below)))
        lines = [f"{mode} {name}\0".encode() + bytes.fromhex(blob)
                 for _, mode, name, blob in sorted(entries)]
        return self.write("tree", b"".join(lines))


class Maker:
    def __init__(self, folder, seed):
        self.folder = pathlib.Path(folder)
        subprocess.run(["git", "init", "-q", "--bare", folder], check=True)
        self.store = Store(self.folder)
        self.random = random.Random(seed)
        self.restless = seed % 4  # how much happens between two merges
        self.texts = {}
        self.files = {}  # of a commit
        self.parents = {}
        self.clock = 1_700_000_000
        self.merges = 0

    def git(self, *arguments):
        ran = subprocess.run(["git", "--git-dir", self.folder, *arguments], capture_output=True)
        return ran.returncode, ran.stdout

    # --- contents
    def blob(self, text):
        name = self.store.write("blob", text.encode("latin-1"))
        self.texts[name] = text
        return name

    def text(self, blob):
        if blob not in self.texts:
            self.texts[blob] = self.git("cat-file", "blob", blob)[1].decode("latin-1")
        return self.texts[blob]

    def line(self):
        if self.random.random() < 0.5:
            return self.random.choice(WORDS)
        return f"line {self.random.randrange(10 ** 6)}"

    def new_text(self):
        if self.random.random() < 0.05:
            return "bin\0" + str(self.random.random())
        lines = [self.line() for _ in range(self.random.choice([0, 1, 3, 10, 30, 60]))]
        return "\n".join(lines) + self.random.choice(["", "\n", "\n", "\n"])

    def edited(self, text):
        lines = text.split("\n")
        for _ in range(self.random.choice([1, 1, 1, 2, 5, 20])):
            at = self.random.randrange(len(lines))
            what = self.random.random()
            if what < 0.4:
                lines[at] = self.line()
            elif what < 0.7:
                lines[at:at] = [self.line() for _ in range(self.random.randint(1, 3))]
            elif what < 0.85 and len(lines) > 1:
                del lines[at:at + self.random.randint(1, 3)]
            else:
                block = lines[at:at + 4]
                del lines[at:at + 4]
                to = self.random.randint(0, len(lines))
                lines[to:to] = block
            lines = lines or [""]
        return "\n".join(lines)

    # --- changes
    def free(self, files, path):
        parts = path.split("/")
        above = {"/".join(parts[:i]) for i in range(1, len(parts))}
        return not (above & files.keys()) and path not in files and not any(
            other.startswith(path + "/") for other in files)

    def new_path(self, files):
        while True:
            path = self.random.choice(FOLDERS) + f"f{self.random.randrange(90)}"
            if self.free(files, path):
                return path

    def change(self, files):
        paths = sorted(files)
        path = self.random.choice(paths) if paths else None
        what = self.random.random()
        if path is None or what < 0.12:
            files[self.new_path(files)] = (REGULAR, self.blob(self.new_text()))
            return
        mode, blob = files[path]
        if what < 0.60:
            if mode in (REGULAR, EXECUTABLE):
                files[path] = (mode, self.blob(self.edited(self.text(blob))))
        elif what < 0.68:
            del files[path]
        elif what < 0.80:
            del files[path]
            if mode in (REGULAR, EXECUTABLE) and self.random.random() < 0.5:
                blob = self.blob(self.edited(self.text(blob)))
            files[self.new_path(files)] = (mode, blob)
        elif what < 0.83:
            files[self.new_path(files)] = (mode, blob)
        elif what < 0.88:
            self.move_folder(files, path)
        elif what < 0.93:
            files[path] = ({REGULAR: EXECUTABLE, EXECUTABLE: REGULAR}.get(mode, mode), blob)
        elif what < 0.95:
            files[path] = (LINK, self.blob(f"f{self.random.randrange(40)}"))
        elif what < 0.96:
            files[path] = (GITLINK, f"{self.random.randrange(16 ** 4):040x}")
        elif what < 0.98:
            del files[path]
            files[path + "/below"] = (mode, blob)
        else:
            files[path] = (REGULAR, self.blob(self.new_text()))

    def move_folder(self, files, path):
        if "/" not in path:
            return
        old = path.rsplit("/", 1)[0]
        new = self.random.choice(["moved", "lib/y", "src/other", "docs"])
        for name in [name for name in files if name.startswith(old + "/")]:
            to = new + name[len(old):]
            if not new.startswith(old) and self.free(files, to):
                files[to] = files.pop(name)

    # --- commits
    def commit(self, files, parents):
        self.clock += 60
        who = f"Ada <ada@example.invalid> {self.clock} +0000"
        text = f"tree {self.store.tree(files)}\n" + "".join(f"parent {p}\n" for p in parents)
        text += f"author {who}\ncommitter {who}\n\nchange\n"
        name = self.store.write("commit", text.encode())
        self.files[name] = files
        self.parents[name] = parents
        return name

    def grow(self, tip, most=3):
        for _ in range(self.random.randint(1, min(most, 1 + self.restless))):
            files = dict(self.files[tip])
            for _ in range(self.random.choice([1, 1, 2, 4][:1 + self.restless])):
                self.change(files)
            tip = self.commit(files, [tip])
        return tip

    def merged(self, ours, theirs):
        """What git gives, and whether it was clean."""
        code, out = self.git("merge-tree", "--write-tree", ours, theirs)
        if code not in (0, 1):  # git 2.39 gives up on some of these by an assertion
            return dict(self.files[ours]), False
        files = {}
        listing = self.git("ls-tree", "-r", "-z", out.split()[0].decode())[1]
        for entry in filter(None, listing.split(b"\0")):
            head, path = entry.split(b"\t")
            mode, _, blob = head.decode().split()
            files[path.decode()] = (mode, blob)
        return files, code == 0

    def merge(self, ours, theirs):
        files, clean = self.merged(ours, theirs)
        how = self.random.random()
        if not clean:
            files = self.by_hand(files, self.files[ours], self.files[theirs])
        elif how < 0.10:
            self.change(files)
        elif how < 0.20:
            self.one_side(files, self.files[ours], self.files[theirs])
        self.merges += 1
        return self.commit(files, [ours, theirs])

    def by_hand(self, files, ours, theirs):
        """A conflict resolved as people do: one side's file, or both sides' lines."""
        solved = {}
        for path, (mode, blob) in sorted(files.items()):
            name = path.split("~")[0]
            text = self.text(blob) if mode in (REGULAR, EXECUTABLE) else ""
            how = self.random.random()
            if "<<<<<<<" in text and how < 0.5:
                marks = ("<<<<<<<", "=======", ">>>>>>>")
                text = "\n".join(x for x in text.split("\n") if not x.startswith(marks))
                solved[path] = (mode, self.blob(text))
            elif "<<<<<<<" in text or "~" in path:
                side = ours if how < 0.75 else theirs
                if name in side and self.free(solved, name):
                    solved[name] = side[name]
            elif self.free(solved, path):
                solved[path] = (mode, blob)
        if self.random.random() < 0.4:
            self.one_side(solved, ours, theirs)
        return solved

    def one_side(self, files, ours, theirs):
        side = self.random.choice([ours, theirs])
        paths = sorted(p for p in files.keys() | side.keys() if files.get(p) != side.get(p))
        for path in self.random.sample(paths, min(len(paths), self.random.choice([1, 1, 2, 9]))):
            files.pop(path, None)
            if path in side and self.free(files, path):
                files[path] = side[path]

    def apply_alike(self, a, b):
        """The same change on two branches, as a cherry-pick gives."""
        state = self.random.randrange(10 ** 9)
        tips = []
        for tip in (a, b):
            keep, self.random = self.random, random.Random(state)
            tips.append(self.grow(tip, most=1))
            self.random = keep
        return tips

    def run(self, merges):
        root = self.commit({f"{self.random.choice(FOLDERS)}f{i}":
                            (REGULAR, self.blob(self.new_text())) for i in range(60)}, [])
        tips = [root] * 4
        while self.merges < merges:
            tips = [self.grow(tip) for tip in tips]
            a, b = self.random.sample(range(len(tips)), 2)
            if self.random.random() < 0.2:
                tips[a], tips[b] = self.apply_alike(tips[a], tips[b])
            both = (tips[a], tips[b])
            tips[a] = self.merge(*both)
            if self.random.random() < 0.25:  # criss-cross
                tips[b] = self.merge(both[1], both[0])
            elif self.random.random() < 0.5:
                tips[b] = tips[a]
            if self.random.random() < 0.2:
                tips[self.random.randrange(len(tips))] = tips[a]
        for i, tip in enumerate(tips):
            self.git("update-ref", f"refs/heads/b{i}", tip)
        self.git("symbolic-ref", "HEAD", "refs/heads/b0")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    maker = Maker(sys.argv[1], int(sys.argv[2]))
    maker.run(int(sys.argv[3]))


if __name__ == "__main__":
    main()
