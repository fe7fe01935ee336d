// Things that are far too large, deep or many.

#include <gtest/gtest.h>

#include "tests/e2e/hostile.h"

namespace e2e {
namespace {

class HostileSize : public Story {
 protected:
  Ran Check(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), "check");
    return Verdict(clone_.path(), more);
  }

  /// A commit on top of `parent` made by `edits`, as fast-import reads them.
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

  ObjectId WithLog(const ObjectId& validated) const {
    return Import(validated, Put(kLog, StagingLog(validated)));
  }
};

TEST_F(HostileSize, ALogOf17MiBIsNotRead) {
  ChangeCode();
  RecordLog(StagingLog(clone_.Id()) + std::string(17 << 20, '\n'));
  const Ran ran = Check();
  EXPECT_EQ(ran.status, 1);
  ExpectRefusal(ran, "VERDICT_TOO_LARGE");
  ExpectRefusal(Verdict(clone_.path(), {"show"}), "VERDICT_TOO_LARGE");
  ExpectRefusal(Verdict(clone_.path(), {"lint", kLog}), "VERDICT_TOO_LARGE");
}

TEST_F(HostileSize, ALogThatDoesNotFitIntoMemoryIsJudgedByItsHeader) {
  if (Verdict(clone_.path(), {"--version"}).out.find("link: static") == std::string::npos)
    GTEST_SKIP() << "only a static program has its memory to itself";
  ChangeCode();
  RecordLog(StagingLog(clone_.Id()) + std::string(200 << 20, '\n'));
  const Ran ran = Shell(clone_.path(), "ulimit -v 150000; exec \"$VERDICT\" check");
  EXPECT_EQ(ran.status, 1);
  ExpectRefusal(ran, "VERDICT_TOO_LARGE");
}

TEST_F(HostileSize, ALogOf16MiBIs) {
  ChangeCode();
  std::string log = StagingLog(clone_.Id());
  log.resize(16 << 20, '\n');
  RecordLog(log);
  EXPECT_EQ(Headlines(Check().out), "ALLOW - exact");
}

TEST_F(HostileSize, AFrontmatterWithoutAnEndIsRefusedSoon) {
  ChangeCode();
  RecordLog("---\nstaging_status: SUCCESS\n" + std::string(15 << 20, 'x'));
  ExpectRefusal(Check(), "VERDICT_FRONTMATTER");
}

TEST_F(HostileSize, FoldersFiveThousandDeep) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "d/";
  const ObjectId validated = Import(clone_.Id("origin/main"), Put(deep + "file", "one\n"));
  const ObjectId landing = WithLog(validated);
  EXPECT_EQ(Headlines(Check({"--head", landing.hex()}).out), "ALLOW - exact");
  const ObjectId changed = Import(landing, Put(deep + "file", "two\n"));
  const Ran ran = Check({"--head", changed.hex()});
  ExpectRefusal(ran, "STALE_CODE");
  EXPECT_EQ(ran.status, 1);
  EXPECT_LT(ran.out.size(), 4000U);
}

TEST_F(HostileSize, FoldersFiveThousandDeepOnTheWayToNoLog) {
  std::string deep = "docs/work-items/";
  for (int i = 0; i < 3000; ++i) deep += "WI-1/";
  const ObjectId head = Import(clone_.Id("origin/main"), Put(deep + "15-staging-log.md", "x\n"));
  ExpectRefusal(Check({"--head", head.hex()}), "VERDICT_MISSING");
  EXPECT_EQ(Verdict(clone_.path(), {"show", head.hex()}).status, 0);
}

TEST_F(HostileSize, AFolderOfFiftyThousandFiles) {
  const std::string blob = clone_.WriteObject("blob", "x\n").hex();
  std::string files;
  for (int i = 0; i < 50'000; ++i)
    files += "100644 blob " + blob + "\tf" + std::to_string(i) + "\n";
  const std::string many = clone_.Git({"mktree"}, files);
  const std::string fewer = clone_.Git({"mktree"}, files.substr(files.find('\n') + 1));
  const ObjectId validated = Import(clone_.Id("origin/main"), "M 040000 " + many + " many\n");
  const ObjectId landing = WithLog(validated);
  EXPECT_EQ(Headlines(Check({"--head", landing.hex()}).out), "ALLOW - exact");
  const ObjectId changed = Import(landing, "M 040000 " + fewer + " many\n");
  ExpectRefusal(Check({"--head", changed.hex()}), "other bytes in many/f0:");
}

TEST_F(HostileSize, AnItemAmongFiftyThousand) {
  const std::string log = clone_.WriteObject("blob", "---\nstaging_status: FAILED\n---\n").hex();
  const std::string item = clone_.Git({"mktree"}, "100644 blob " + log + "\t15-staging-log.md\n");
  std::string items;
  for (int i = 2; i < 50'000; ++i)
    items += "040000 tree " + item + "\tWI-" + std::to_string(i) + "\n";
  const std::string folder = clone_.Git({"mktree"}, items);
  const ObjectId base =
      Import(clone_.Id("origin/main"), "M 040000 " + folder + " docs/work-items\n");
  const ObjectId landing = WithLog(Import(base, Put("app.txt", "two\n")));
  EXPECT_EQ(Headlines(Check({"--base", base.hex(), "--head", landing.hex()}).out), "ALLOW - exact");
}

TEST_F(HostileSize, AHistoryOfTwentyThousandCommits) {
  std::string commits;
  for (int i = 0; i < 20'000; ++i)
    commits += "commit refs/heads/long\ncommitter Ada <ada@example.invalid> " +
               std::to_string(1'700'000'000 + i) + " +0000\ndata 2\nx\n" +
               (i == 0 ? "from " + clone_.Id("origin/main").hex() + "\n" : "") +
               Put("app.txt", std::to_string(i) + "\n") + "\n";
  clone_.Git({"fast-import", "--quiet"}, commits);
  ExpectRefusal(Check({"--head", "long"}), "WORK_ITEM_NONE");
  const ObjectId landing = WithLog(clone_.Id("long"));
  EXPECT_EQ(Headlines(Check({"--head", landing.hex()}).out), "ALLOW - exact");
}

TEST_F(HostileSize, AMessageOfTwentyMegabytes) {
  const std::string name = "Refs: " + std::string(20 << 20, 'W') + "\n";
  clone_.Write("app.txt", "two\n");
  clone_.Git({"add", "-A"});
  clone_.Git({"commit", "-q", "-F", "-"}, "x\n\n" + name);
  ExpectRefusal(Check(), "WORK_ITEM_NONE");
}

TEST_F(HostileSize, TenThousandRefsAtOnce) {
  PrepareLanding();
  std::string lines;
  const std::string good = clone_.Id("topic").hex(), old = clone_.Id("origin/main").hex();
  for (int i = 0; i < Scaled(10'000); ++i)
    lines += "HEAD " + good + " refs/heads/release/" + std::to_string(i) + " " + old + "\n";
  const std::vector<std::string> hook{"hook", "pre-push", "origin", "url"};
  EXPECT_EQ(Verdict(clone_.path(), hook, lines).status, 0);
  lines += "HEAD " + clone_.Id("topic~1").hex() + " refs/heads/main " + old + "\n";
  ExpectRefusal(Verdict(clone_.path(), hook, lines), "VERDICT_MISSING");
}

}  // namespace
}  // namespace e2e
