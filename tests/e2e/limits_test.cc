// What is far too large ends: soon, in little memory, with the right answer. The figures
// in docs/performance.md are what these tests print.

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cstdio>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

/// A run, and what it took. The time is the processor's, so that a busy machine does not count.
struct Measured {
  Ran ran;
  double seconds = 0, mebibytes = 0;
};

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// Runs git-verdict for a minute of processor time at most. A process starts with the peak of
/// the one that it was forked from: so a small shell starts it, and has ended when it runs.
Measured Measure(const std::string& directory, const std::string& arguments,
                 const test::Sandbox& sandbox) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  const std::string out = sandbox.Path("out"), err = sandbox.Path("err");
  const Environment paths{{"OUT", out}, {"ERR", err}, {"GO", sandbox.Path("go")}};
  const Ran shell = Shell(directory,
                          "[ -e \"$GO\" ] || mkfifo \"$GO\"\n"
                          "{ read -r <\"$GO\"; ulimit -t 60; exec \"$VERDICT\" " +
                              arguments + "; } >\"$OUT\" 2>\"$ERR\" &\necho $!",
                          paths);
  const pid_t program = std::stoi(shell.out);
  Shell(directory, "echo >\"$GO\"", paths);
  int status = 0;
  rusage usage{};
  while (::wait4(program, &status, 0, &usage) < 0)
    if (errno != EINTR) throw std::runtime_error("the program got lost");
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {{code, test::ReadFile(out), test::ReadFile(err)},
          Seconds(usage.ru_utime) + Seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

class Sizes : public Story {
 protected:
  Sizes() : base_(clone_.Id("origin/main")) { clone_.Git({"config", "core.compression", "1"}); }

  void SetUp() override {
    if (Scaled(100) < 100) GTEST_SKIP() << "these sizes are for the full run";
  }

  /// A commit on `parent`; `edits` and the id that it leaves behind are fast-import's.
  ObjectId Import(const ObjectId& parent, const std::string& edits) const {
    clone_.Git({"fast-import", "--quiet", "--force"},
               "commit refs/heads/built\ncommitter Ada <ada@example.invalid> 1700009000 +0000\n"
               "data 18\nx\n\nRefs: WI-1\n    \nfrom " +
                   parent.hex() + "\n" + edits + "\n");
    return clone_.Id("built");
  }

  static std::string Put(const std::string& path, const std::string& bytes) {
    return "M 100644 inline " + path + "\ndata " + std::to_string(bytes.size()) + "\n" + bytes +
           "\n";
  }

  static std::string PutFolder(const std::string& path, const ObjectId& tree) {
    return "M 040000 " + tree.hex() + " " + path + "\n";
  }

  ObjectId WithLog(const ObjectId& parent, const ObjectId& validated) const {
    return Import(parent, Put(kLog, StagingLog(validated)));
  }

  /// `check` of `head` on `base` says `headline` within the bounds, and prints what it took.
  void ExpectCheck(const std::string& what, const ObjectId& base, const ObjectId& head,
                   const std::string& headline, double mebibytes) const {
    const Measured took =
        Measure(clone_.path(), "check --base " + base.hex() + " --head " + head.hex(), sandbox_);
    EXPECT_EQ(Headlines(took.ran.out), headline) << took.ran.out << took.ran.err;
    std::printf("| %s | %s | %.3f s | %.0f MiB |\n", what.c_str(),
                headline.substr(headline.find_last_of(' ') + 1).c_str(), took.seconds,
                took.mebibytes);
    const bool is_static =
        Verdict(clone_.path(), {"--version"}).out.find("link: static") != std::string::npos;
    EXPECT_TRUE(!is_static || took.mebibytes < mebibytes) << took.mebibytes;
  }

  ObjectId base_;
};

/// A folder of a million files, but for those whose number is in `other`: they hold other bytes.
class MillionFiles : public Sizes {
 protected:
  ObjectId Folder(const std::vector<int>& other, int count = 1'000'000) const {
    const auto raw = [](const ObjectId& id) {
      return std::string(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
    };
    const std::string usual = raw(clone_.WriteObject("blob", "one\n")),
                      unusual = raw(clone_.WriteObject("blob", "two\n"));
    std::string tree;
    tree.reserve(static_cast<size_t>(count) * 36);
    for (int i = 0; i < count; ++i) {
      char name[16];
      std::snprintf(name, sizeof name, "f%07d", i);
      tree += "100644 " + std::string(name) + '\0' +
              (std::find(other.begin(), other.end(), i) == other.end() ? usual : unusual);
    }
    return clone_.WriteObject("tree", tree);
  }

  /// Both sides change one file of a folder of `count`; the merge of them is to land.
  void ExpectMerge(const std::string& what, int count, const std::string& headline) const {
    const ObjectId start = Import(base_, PutFolder("many", Folder({}, count)));
    const ObjectId moved = Import(start, PutFolder("many", Folder({1}, count)));
    const ObjectId validated = Import(start, PutFolder("many", Folder({2}, count)));
    const ObjectId merged = Import(moved, PutFolder("many", Folder({1, 2}, count)));
    ExpectCheck(what, moved, WithLog(merged, validated), headline, 400);
  }
};

TEST_F(MillionFiles, AreCompared) {
  const ObjectId validated = Import(base_, PutFolder("many", Folder({})));
  const ObjectId landing = WithLog(validated, validated);
  ExpectCheck("a folder of 1,000,000 files, new", base_, landing, "ALLOW - exact", 200);
  const ObjectId changed = Import(landing, PutFolder("many", Folder({77'777})));
  ExpectCheck("one of them changed", landing, WithLog(changed, changed), "ALLOW - exact", 300);
  ExpectCheck("one of them changed after staging", base_, changed, "BLOCK - STALE_CODE", 300);
}

TEST_F(MillionFiles, AreMergedAgainUpToAMillionNames) {
  ExpectMerge("900,000 files, one changed on either side", 900'000, "ALLOW - replay");
  ExpectMerge("1,000,000 files, one changed on either side", 1'000'000, "BLOCK - MERGE_CONFLICT");
}

class ManyFolders : public Sizes {
 protected:
  static std::string PutDeep(int levels, const std::string& bytes) {
    std::string path;
    for (int i = 0; i < levels; ++i) path += "d/";
    return Put(path + "file", bytes);
  }

  /// The file at the bottom is staged, and lands as `bytes`.
  void ExpectDeep(const std::string& what, int levels, const std::string& bytes,
                  const std::string& headline) const {
    const ObjectId validated = Import(base_, PutDeep(levels, "one\n"));
    const ObjectId head = Import(WithLog(validated, validated), PutDeep(levels, bytes));
    ExpectCheck(what, base_, head, headline, 150);
  }
};

TEST_F(ManyFolders, InOneAnotherAreComparedUpToAPathOf16KiB) {
  ExpectDeep("8,000 folders in one another", 8'000, "one\n", "ALLOW - exact");
  ExpectDeep("the file at the bottom changed after staging", 8'000, "two\n", "BLOCK - STALE_CODE");
  ExpectDeep("10,000 folders in one another", 10'000, "one\n", "BLOCK - TREE_MALFORMED");
}

TEST_F(ManyFolders, InOneAnotherAreMergedAgainUpToAThousand) {
  const auto expect = [this](const std::string& what, int levels, const std::string& headline) {
    const ObjectId start = Import(base_, PutDeep(levels, "one\n"));
    const ObjectId moved = Import(start, PutDeep(levels - 1, "two\n"));
    const ObjectId validated = Import(start, PutDeep(levels, "two\n"));
    const ObjectId merged = Import(moved, PutDeep(levels, "two\n"));
    ExpectCheck(what, moved, WithLog(merged, validated), headline, 150);
  };
  expect("900 folders in one another, both sides change a file below", 900, "ALLOW - replay");
  expect("8,000 folders, both sides change a file below", 8'000, "BLOCK - MERGE_CONFLICT");
}

/// A hundred megabytes where they do not belong.
class HundredMegabytes : public Sizes {
 protected:
  static std::string Large(const std::string& begin, const std::string& end = "") {
    std::string text = begin;
    text.resize(100'000'000, '\n');
    return text + end;
  }
};

TEST_F(HundredMegabytes, OfALogAreNotRead) {
  const ObjectId validated = Import(base_, Put("app.txt", "two\n"));
  const std::string log = StagingLog(validated);
  ExpectCheck("a log of 100 MB", base_, Import(validated, Put(kLog, Large(log))),
              "BLOCK - VERDICT_TOO_LARGE", 50);
  clone_.Git({"config", "fastimport.unpackLimit", "1"});
  const ObjectId first = Import(validated, Put(kLog, Large(log, "one")));
  const ObjectId second = Import(first, Put(kLog, Large(log, "two")));
  ExpectCheck("the same in a pack", base_, second, "BLOCK - VERDICT_TOO_LARGE", 50);
}

TEST_F(HundredMegabytes, OfCodeAreNotEither) {
  const ObjectId validated = Import(base_, Put("app.txt", Large("two\n")));
  const ObjectId landing = WithLog(validated, validated);
  ExpectCheck("a file of 100 MB", base_, landing, "ALLOW - exact", 50);
  const ObjectId signature = Import(landing, Put(kLog + ".sig", Large("x")));
  ExpectCheck("a signature of 100 MB", base_, signature, "BLOCK - STALE_CODE", 50);
}

TEST_F(HundredMegabytes, OfAPolicyAreNotEither) {
  const ObjectId base = Import(base_, Put(".verdict.yml", Large("version: 1\n")));
  clone_.Git({"update-ref", "refs/remotes/origin/main", base.hex()});
  const ObjectId validated = Import(base, Put("app.txt", "two\n"));
  ExpectCheck("a policy of 100 MB", base, WithLog(validated, validated),
              "CANNOT-EVALUATE - POLICY_INVALID", 50);
}

TEST_F(HundredMegabytes, AreNotMergedAgain) {
  const ObjectId start = Import(base_, Put("app.txt", Large("one\n", "one\n")));
  const ObjectId moved = Import(start, Put("app.txt", Large("two\n", "one\n")));
  const ObjectId validated = Import(start, Put("app.txt", Large("one\n", "two\n")));
  const ObjectId merged = Import(moved, Put("app.txt", Large("two\n", "two\n")));
  ExpectCheck("a file of 100 MB that both sides change", moved, WithLog(merged, validated),
              "BLOCK - MERGE_CONFLICT", 50);
}

}  // namespace
}  // namespace e2e
