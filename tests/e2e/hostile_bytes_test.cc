// Bytes that strangers chose: in paths, ref names and values.

#include <gtest/gtest.h>

#include "tests/e2e/hostile.h"
#include "tests/e2e/report.h"

namespace e2e {
namespace {

class HostileBytes : public Story {
 protected:
  Ran Check(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), "check");
    return Verdict(clone_.path(), more);
  }

  /// Refused with this code, in harmless words in every format.
  void ExpectBlock(const std::string& code) const {
    ExpectRefusal(Check(), code);
    const Ran json = Check({"--format", "json"});
    ExpectHarmless(json.out);
    ExpectReport(json.out);
    const Ran show = Verdict(clone_.path(), {"show"});
    ExpectHarmless(show.out + show.err);
  }

  const std::vector<std::string> kTricks{"\x1b[31mred\x1b[0m",
                                         "bell\x07",
                                         "\x1b]0;title\x07",
                                         "back\bspace",
                                         "\x7f",
                                         "\xc2\x85nel",
                                         "\xe2\x80\xaetxt.exe",
                                         "\xe2\x80\x8bzero",
                                         "::error::pwned",
                                         "a ::set-output name=x::y",
                                         "##[error]pwned",
                                         "##vso[task.complete result=Succeeded;]",
                                         "%0A::error::x",
                                         "\xff\xfe",
                                         "a\\b",
                                         "<script>alert(1)</script>",
                                         "]]>",
                                         "`code`",
                                         "| table",
                                         "$(reboot)",
                                         "'; reboot #"};
};

TEST_F(HostileBytes, InThePathsOfUnvalidatedFiles) {
  PrepareLanding();
  for (const std::string& trick : kTricks) {
    if (trick.find('/') != std::string::npos) continue;
    SCOPED_TRACE(trick);
    clone_.CommitFile(trick, "x\n");
    ExpectBlock("STALE_CODE");
    clone_.Git({"reset", "-q", "--hard", "HEAD~1"});
  }
}

TEST_F(HostileBytes, InTheValueOfTheVerdict) {
  ChangeCode();
  const std::string longer = std::string(50, 'a') + " ";
  for (const std::string& trick : kTricks) {
    SCOPED_TRACE(trick);
    for (const std::string& keys : {"staging_status: " + trick, "staging_status: " + longer + trick,
                                    "staging_status: SUCCESS\nwork_item: " + trick,
                                    "staging_status: SUCCESS\nvalidated_sha: " + trick}) {
      RecordLog("---\n" + keys + "\n---\n");
      ExpectBlock("VERDICT_");
      clone_.Git({"reset", "-q", "--hard", "HEAD~1"});
    }
  }
}

TEST_F(HostileBytes, InTheNamesOfRefs) {
  PrepareLanding();
  for (const std::string& trick : kTricks) {
    if (trick.find(' ') != std::string::npos) continue;
    SCOPED_TRACE(trick);
    const Ran ran =
        Verdict(clone_.path(), {"hook", "pre-push", "origin", "url"},
                "HEAD " + clone_.Id().hex() + " refs/heads/MAIN" + " " + kZeros + "\n" + "HEAD " +
                    clone_.Id().hex() + " refs/heads/" + trick + " " + kZeros + "\n");
    EXPECT_NE(ran.status, 0);
    ExpectHarmless(ran.out + ran.err);
  }
}

TEST_F(HostileBytes, InArguments) {
  PrepareLanding();
  for (const std::string& trick : kTricks)
    for (const char* option :
         {"--base=", "--ref=refs/heads/", "--work-item=", "--require=", "--format=",
          "--output=json=/nonexistent/", "--validated-sha=", "--policy-from="}) {
      SCOPED_TRACE(option + trick);
      const Ran ran = Check({option + trick});
      EXPECT_LE(ran.status, 2);
      ExpectHarmless(ran.out + ran.err);
    }
  for (const std::string& trick : kTricks)
    for (const char* command : {"show", "lint", "explain", "policy"}) {
      const Ran ran = Verdict(clone_.path(), {command, trick});
      EXPECT_NE(ran.status, 0) << command << trick;
      ExpectHarmless(ran.out + ran.err);
    }
}

TEST_F(HostileBytes, InThePolicy) {
  for (const std::string& trick : kTricks) {
    if (trick.starts_with("#")) continue;  // a comment
    SCOPED_TRACE(trick);
    clone_.Write("bad.yml", "version: 1\n" + trick + ": x\n");
    const Ran ran = Verdict(clone_.path(), {"policy", "check", "bad.yml"});
    EXPECT_EQ(ran.status, 2);
    ExpectHarmless(ran.out + ran.err);
  }
}

TEST_F(HostileBytes, ATwinOfTheLogInOtherLetters) {
  PrepareLanding();
  clone_.Git({"update-index", "--add", "--cacheinfo",
              "100644," + clone_.Id("HEAD:app.txt").hex() + "," + kItem + "15-STAGING-log.md"});
  clone_.Git({"commit", "-q", "-m", "a twin"});
  ExpectBlock("TREE_MALFORMED");
}

TEST_F(HostileBytes, ATwinOfTheItemAndOfTheFolders) {
  PrepareLanding();
  for (const char* twin : {"docs/work-items/wi-1/x", "docs/Work-Items/x", "Docs/x", ".Verdict.yml",
                           "docs/wor\xe2\x84\xaa-items/x"}) {
    clone_.Git({"update-index", "--add", "--cacheinfo",
                "100644," + clone_.Id("HEAD:app.txt").hex() + "," + twin});
    clone_.Git({"commit", "-q", "-m", "a twin"});
    SCOPED_TRACE(twin);
    ExpectBlock("TREE_MALFORMED");
    clone_.Git({"reset", "-q", "--hard", "HEAD~1"});
  }
}

TEST_F(HostileBytes, TreesThatReadersDisagreeAbout) {
  PrepareLanding();
  const ObjectId topic = clone_.Id(), blob = clone_.Id("HEAD:app.txt"),
                 docs = clone_.Id("HEAD:docs");
  const auto entry = test::RawEntry;
  const std::string app = entry("100644", "app.txt", blob), folder = entry("40000", "docs", docs);
  for (const std::string& bytes : std::vector<std::string>{
           folder + app, app + app + folder, app + folder + folder,
           app + entry("040000", "docs", docs), app + entry("0100644", "b", blob) + folder,
           app + entry("100644", "docs", blob) + folder, app + folder + entry("100644", "", blob),
           app + folder + entry("100644", "x/y", blob), app + folder + entry("100644", "..", blob),
           app + folder + entry("100644", ".git", blob),
           (app + folder).substr(0, app.size() + 10)}) {
    const ObjectId tree = clone_.WriteObject("tree", bytes);
    const ObjectId bad = clone_.WriteCommit(tree, {topic}, 1'700'001'000);
    const Ran ran = Check({"--head", bad.hex()});
    SCOPED_TRACE(ran.out);
    EXPECT_EQ(ran.status, 1);
    ExpectHarmless(ran.out);
  }
}

TEST_F(HostileBytes, CommitsThatGitCannotRead) {
  PrepareLanding();
  const std::string tree = clone_.Id("HEAD^{tree}").hex(), base = clone_.Id("origin/main").hex();
  const std::string rest =
      "author A <a@b.c> 1700001000 +0000\ncommitter A <a@b.c> 1700001000 +0000\n\nx\n";
  for (const std::string& text : std::vector<std::string>{
           "", "tree\n", "tree " + tree, "parent " + base + "\ntree " + tree + "\n" + rest,
           "tree " + tree + "\nparent " + base.substr(1) + "\n" + rest,
           "tree " + tree + std::string("\0\n", 2) + "parent " + base + "\n" + rest}) {
    const ObjectId bad = clone_.WriteObject("commit", text);
    SCOPED_TRACE(text);
    const Ran ran = Check({"--head", bad.hex()});
    EXPECT_EQ(ran.status, 2) << ran.out;
    ExpectHarmless(ran.out + ran.err);
  }
}

// Git takes parents right after the tree only; what stands there later is none.
TEST_F(HostileBytes, AParentThatGitDoesNotSeeIsNone) {
  PrepareLanding();
  const std::string tree = clone_.Id("HEAD^{tree}").hex(), base = clone_.Id("origin/main").hex();
  const std::string who = " A <a@b.c> 1700001000 +0000\n";
  for (const std::string& text : std::vector<std::string>{
           "tree " + tree + "\ntree " + tree + "\nparent " + base + "\nauthor" + who + "committer" +
               who + "\nx\n",
           "tree " + tree + "\nauthor" + who + "parent " + base + "\ncommitter" + who + "\nx\n"}) {
    const ObjectId bad = clone_.WriteObject("commit", text);
    EXPECT_EQ(clone_.Git({"rev-list", "--count", bad.hex()}), "1");
    EXPECT_NE(Check({"--head", bad.hex()}).status, 0) << text;
  }
}

}  // namespace
}  // namespace e2e
