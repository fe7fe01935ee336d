// The commands that people and editors use: show, lint, explain, policy, help.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "gates/core/reasons.h"
#include "tests/e2e/report.h"
#include "tests/e2e/story.h"

namespace e2e {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Commands : public Story {
 protected:
  Ran Run(const std::vector<std::string>& arguments) const {
    return Verdict(clone_.path(), arguments);
  }

  /// Exit 2 and one line on standard error that holds `part`.
  void ExpectUsageError(const std::vector<std::string>& arguments, const std::string& part) const {
    const Ran ran = Run(arguments);
    EXPECT_EQ(ran.status, 2) << part;
    EXPECT_EQ(ran.out, "") << part;
    EXPECT_TRUE(ran.err.starts_with("git-verdict: ")) << ran.err;
    EXPECT_EQ(ran.err.find('\n'), ran.err.size() - 1) << ran.err;
    EXPECT_TRUE(Has(ran.err, part)) << ran.err;
  }

  std::string Path(const std::string& name) const { return clone_.path() + "/" + name; }
};

// --- show ---

using Show = Commands;

TEST_F(Show, ListsTheLogsOfACommit) {
  PrepareLanding();
  const Ran ran = Run({"show"});
  EXPECT_EQ(ran.status, 0);
  ExpectGolden("show.txt", ran.out);
  ExpectGolden("show.json", Run({"show", "--format", "json"}).out);
}

TEST_F(Show, ExitsWith1WhenALogIsBroken) {
  PrepareLanding();
  clone_.CommitFile(kItem + "14-deploy-log.md", "---\ndeploy_status: maybe\n---\n");
  EXPECT_EQ(Run({"show"}).status, 1);
  ExpectGolden("show-broken.txt", Run({"show"}).out);
  ExpectGolden("show-broken.json", Run({"show", "--format", "json"}).out);
  EXPECT_EQ(Run({"show", "HEAD~1"}).status, 0);
}

TEST_F(Show, TakesAFailureForAWellFormedLog) {
  RecordVerdict(clone_.Id(), "FAILED");
  EXPECT_EQ(Run({"show"}).status, 0);
}

TEST_F(Show, ListsOneItemOnRequest) {
  PrepareLanding();
  clone_.CommitFile("docs/work-items/WI-2/15-staging-log.md", "no log\n");
  EXPECT_EQ(Run({"show", "--work-item", "WI-1"}).status, 0);
  EXPECT_EQ(Run({"show", "--work-item", "WI-2"}).status, 1);
  EXPECT_EQ(Run({"show", "--work-item", "../WI-1"}).status, 1);
}

TEST_F(Show, CannotEvaluateARevisionThatIsNotThere) {
  const Ran ran = Run({"show", "nowhere"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(Headlines(ran.out), "CANNOT-EVALUATE - INPUT_MALFORMED");
}

TEST_F(Show, AnswersFaultsInItsOwnSchema) {
  for (const std::string& directory : {clone_.path(), sandbox_.Path("home")}) {
    const Ran ran = Verdict(directory, {"show", "nowhere", "--format", "json"});
    EXPECT_EQ(ran.status, 2);
    const Json show = ReportOf(ran.out);
    EXPECT_EQ(KeysOf(show), (Keys{"schema", "commit", "logs", "findings"}));
    EXPECT_EQ(show["schema"], "git-verdict/show/1");
    EXPECT_EQ(show["findings"].size(), 1U);
    ExpectFindings(show["findings"]);
  }
}

TEST_F(Show, WritesToFilesAsWell) {
  PrepareLanding();
  const std::string file = sandbox_.Path("show.json");
  EXPECT_EQ(Run({"show", "--output", "json=" + file}).status, 0);
  EXPECT_EQ(test::ReadFile(file), Run({"show", "--format", "json"}).out);
  EXPECT_EQ(Run({"show", "--output", "json=/dev/full"}).status, 2);
}

// --- lint ---

class Lint : public Commands {
 protected:
  std::string Write(const std::string& text) const {
    clone_.Write(kLog, text);
    return kLog;
  }
};

TEST_F(Lint, AcceptsAGoodLogAndAFailure) {
  EXPECT_EQ(Run({"lint", Write(StagingLog(clone_.Id()))}).status, 0);
  EXPECT_EQ(Run({"lint", Write(StagingLog(clone_.Id(), "FAILED"))}).status, 0);
}

TEST_F(Lint, NamesTheLineThatIsWrong) {
  const std::string log = Write("---\nwork_item: WI-1\nstaging_status: SUCESS\n---\n");
  EXPECT_EQ(Run({"lint", log}).status, 1);
  ExpectGolden("lint.txt", Run({"lint", log}).out);
  ExpectGolden("lint.json", Run({"lint", log, "--format", "json"}).out);
}

TEST_F(Lint, KnowsTheItemFromTheFolder) {
  const std::string log = Write("---\nwork_item: WI-2\nstaging_status: SUCCESS\n---\n");
  EXPECT_TRUE(Has(Run({"lint", log}).out, "VERDICT_FOREIGN"));
  EXPECT_TRUE(Has(Run({"-C", kItem, "lint", "15-staging-log.md"}).out, "VERDICT_FOREIGN"));
}

TEST_F(Lint, NeedsNoRepository) {
  test::WriteFile(sandbox_.Path("home/15-staging-log.md"), "---\nstaging_status: SUCCESS\n---\n");
  EXPECT_EQ(Verdict(sandbox_.Path("home"), {"lint", "15-staging-log.md"}).status, 0);
}

TEST_F(Lint, ReadsSeveralFilesAndTheWorstDecides) {
  const std::string good = Write(StagingLog(clone_.Id()));
  clone_.Write("bad.md", "nothing\n");
  EXPECT_EQ(Run({"lint", good, "bad.md"}).status, 1);
  EXPECT_EQ(Run({"lint", "bad.md", "absent.md", good}).status, 2);
}

TEST_F(Lint, TakesNothingButOrdinaryFiles) {
  const std::string log = Write(StagingLog(clone_.Id()));
  ASSERT_EQ(::symlink("15-staging-log.md", Path(kItem + "link.md").c_str()), 0);
  ASSERT_EQ(::mkfifo(Path(kItem + "fifo.md").c_str(), 0644), 0);
  ASSERT_EQ(::mkdir(Path(kItem + "folder.md").c_str(), 0755), 0);
  for (const char* name : {"link.md", "fifo.md", "folder.md"}) {
    const Ran ran = Run({"lint", kItem + name});
    EXPECT_EQ(ran.status, 1) << name;
    EXPECT_TRUE(Has(ran.out, "VERDICT_NOT_A_FILE")) << ran.out;
  }
  ASSERT_EQ(::chmod(Path(log).c_str(), 0755), 0);
  EXPECT_TRUE(Has(Run({"lint", log}).out, "VERDICT_NOT_A_FILE"));
}

TEST_F(Lint, CannotEvaluateWhatIsNotThere) {
  const Ran ran = Run({"lint", "absent.md"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(Has(ran.out, "INPUT_MALFORMED")) << ran.out;
  EXPECT_EQ(Run({"lint", "/dev/null"}).status, 1);
  ExpectUsageError({"lint"}, "lint wants the files to read");
  ExpectUsageError({"lint", "--gate", "nonsense", "app.txt"}, "--gate names no gate");
}

/// One file of tests/corpus and what every reader has to make of it.
struct CorpusFile {
  std::string name, key, expected;
};

std::vector<CorpusFile> Corpus() {
  std::ifstream index(CORPUS_DIR "/index.tsv");
  std::vector<CorpusFile> files;
  std::string line;
  std::getline(index, line);
  while (std::getline(index, line)) {
    std::istringstream cells(line);
    CorpusFile& file = files.emplace_back();
    for (std::string* cell : {&file.name, &file.key, &file.expected})
      std::getline(cells, *cell, '\t');
  }
  return files;
}

// The folder for a file: that of the item it names.
std::string FolderFor(const std::string& text) {
  const size_t at = text.find("\nwork_item: ");
  if (at == std::string::npos) return kItem;
  const std::string id = text.substr(at + 12, text.find_first_of("\r\n", at + 1) - at - 12);
  const bool plain =
      id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789") == std::string::npos;
  return plain ? "docs/work-items/" + id + "/" : kItem;
}

TEST_F(Lint, ReadsTheCorpusAsItsIndexSays) {
  const std::vector<CorpusFile> corpus = Corpus();
  ASSERT_EQ(corpus.size(), 196U);
  for (const CorpusFile& file : corpus) {
    const std::string text = test::ReadFile(CORPUS_DIR "/" + file.name);
    const std::string log =
        FolderFor(text) + (file.key == "deploy_status" ? "14-deploy-log.md" : "15-staging-log.md");
    clone_.Write(log, text);
    const Ran ran = Run({"lint", "--format", "json", log});
    const Json token = ReportOf(ran.out)["logs"][0]["token"];
    const std::string said = token.is_null() ? "BLOCK" : token == "SUCCESS" ? "PASS" : token;
    EXPECT_EQ(said, file.expected) << file.name << "\n" << ran.out;
    EXPECT_EQ(ran.status, file.expected == "BLOCK" ? 1 : 0) << file.name;
    EXPECT_EQ(ran.err, "");
  }
}

// --- explain ---

using Explain = Commands;

TEST_F(Explain, KnowsEveryCode) {
  for (const gates::Reason& reason : gates::AllReasons()) {
    const Ran ran = Run({"explain", std::string(reason.name)});
    EXPECT_EQ(ran.status, 0);
    EXPECT_TRUE(ran.out.starts_with(reason.name)) << ran.out;
    EXPECT_TRUE(Has(ran.out, "why it blocks") && Has(ran.out, "how to mend it")) << ran.out;
  }
}

TEST_F(Explain, ListsAllAndRefusesWhatIsNone) {
  const Ran list = Run({"explain"});
  EXPECT_EQ(list.status, 0);
  EXPECT_EQ(static_cast<size_t>(std::ranges::count(list.out, '\n')), gates::AllReasons().size());
  ExpectUsageError({"explain", "NONSENSE"}, "no reason code of this name");
  ExpectUsageError({"explain", ""}, "");
}

// --- policy ---

using PolicyCommands = Commands;

TEST_F(PolicyCommands, ShowPrintsAPolicyThatCheckReads) {
  const Ran built_in = Run({"policy", "show"});
  EXPECT_EQ(built_in.status, 0);
  ExpectGolden("policy-show.txt", built_in.out);
  clone_.Write("copy.yml", built_in.out);
  const Ran check = Run({"policy", "check", "copy.yml"});
  EXPECT_EQ(check.status, 0);
  EXPECT_EQ(check.out, "copy.yml: a valid policy\n");
}

TEST_F(PolicyCommands, ShowPrintsThePolicyInForce) {
  clone_.CommitFile(".verdict.yml",
                    "version: 1\nprotected: [trunk, 'it''s']\nlanding: exact\nexempt: ['a/**']\n");
  LandUnjudged("topic:main");
  const Ran shown = Run({"policy", "show"});
  EXPECT_TRUE(shown.out.starts_with("# from: " + clone_.Id().hex() + ":.verdict.yml\n"));
  EXPECT_TRUE(Has(shown.out, "protected: ['trunk', 'it''s']\n")) << shown.out;
  clone_.Write(".verdict.yml", shown.out);
  EXPECT_EQ(Run({"policy", "check", ".verdict.yml"}).status, 0);
  clone_.Commit("the same policy, in full");
  LandUnjudged("topic:main");
  const auto body = [](const std::string& text) { return text.substr(text.find('\n')); };
  EXPECT_EQ(body(Run({"policy", "show"}).out), body(shown.out));
}

TEST_F(PolicyCommands, ShowWorksOutsideARepository) {
  const Ran ran = Verdict(sandbox_.Path("home"), {"policy", "show"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.out.starts_with("# from: built-in\n"));
}

TEST_F(PolicyCommands, CheckNamesWhatIsWrong) {
  clone_.Write("bad.yml", "version: 1\nprotcted: [main]\n");
  const Ran bad = Run({"policy", "check", "bad.yml"});
  EXPECT_EQ(bad.status, 2);
  ExpectGolden("policy-check.txt", bad.out);
  for (const char* file : {"absent.yml", ".", "/dev/zero"})
    EXPECT_EQ(Headlines(Run({"policy", "check", file}).out), "CANNOT-EVALUATE - POLICY_INVALID")
        << file;
}

TEST_F(PolicyCommands, CheckReadsThePolicyInForceToo) {
  EXPECT_EQ(Run({"policy", "check"}).out, "built-in: a valid policy\n");
  clone_.CommitFile(".verdict.yml", "version: 1\nprotcted: [main]\n");
  LandUnjudged("topic:main");
  EXPECT_EQ(Run({"policy", "check"}).status, 2);
  EXPECT_EQ(Run({"policy", "show"}).status, 2);
}

TEST_F(PolicyCommands, CheckReportsInJson) {
  clone_.Write("good.yml", "version: 1\n");
  clone_.Write("bad.yml", "version: 2\n");
  for (const char* file : {"good.yml", "bad.yml"})
    ExpectReport(Run({"policy", "check", "--format", "json", file}).out);
  EXPECT_EQ(
      ReportOf(Run({"policy", "check", "--format", "json", "good.yml"}).out)["findings"].size(),
      0U);
}

// --- help, versions, mistakes ---

using CommandLine = Commands;

TEST_F(CommandLine, TeachesWithHelp) {
  const Ran help = Run({"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_TRUE(Has(help.out, "exit codes: 0 allow, 1 block, 2 could not evaluate")) << help.out;
  EXPECT_EQ(Run({"-h"}).out, help.out);
  EXPECT_EQ(Run({"help"}).out, help.out);
  EXPECT_EQ(Run({}).status, 2);
  EXPECT_EQ(Run({}).err, help.out);
  for (const std::string name : {"check", "show", "lint", "explain", "install", "uninstall"}) {
    EXPECT_TRUE(Has(help.out, "\n  " + name + " ")) << name;
    EXPECT_TRUE(Has(Run({name, "--help"}).out, "git verdict " + name)) << name;
  }
  EXPECT_TRUE(Has(Run({"hook", "pre-push", "--help"}).out, "--no-verify"));
}

// A stranger's file, or a variable, may be called -h: nothing was looked at then.
TEST_F(CommandLine, ShowsHelpOnlyWhereNothingElseIsAsked) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"lint", "--gate", "staging", "bad.md", "-h"},
        {"check", "--base", "HEAD", "--help"},
        {"hook", "pre-push", "-h", "url"}})
    ExpectUsageError(words, "--help stands beside other words, so nothing was done");
}

TEST_F(CommandLine, TellsItsVersionAndLibraries) {
  const Ran ran = Run({"--version"});
  EXPECT_EQ(ran.status, 0);
  for (const char* part : {"git-verdict ", "libgit2 ", "yaml-cpp ", "re2 ", "link: "})
    EXPECT_TRUE(Has(ran.out, part)) << ran.out;
}

TEST_F(CommandLine, RefusesWhatItDoesNotKnowInOneLine) {
  ExpectUsageError({"chekc"}, "no such command: chekc");
  ExpectUsageError({"hook"}, "no such command: hook");
  ExpectUsageError({"hook", "post-push"}, "no such command: hook post-push");
  ExpectUsageError({"policy", "shwo"}, "no such command: policy shwo");
  ExpectUsageError({"check", "--bsae", "main"}, "--bsae");
  ExpectUsageError({"check", "extra"}, "extra");
  ExpectUsageError({"check", "--base"}, "--base");
  ExpectUsageError({"check", "--base", "a", "--base", "b"}, "--base");
  ExpectUsageError({"check", "--format", "xml"}, "unknown format 'xml'");
  ExpectUsageError({"check", "--color", "sometimes"}, "--color wants");
  ExpectUsageError({"check", "--output", "json"}, "--output wants");
  ExpectUsageError({"hook", "pre-push"}, "REMOTE URL");
  ExpectUsageError({"\x1b[31m"}, "no such command: \\x1b[31m");
}

TEST_F(CommandLine, GoesToAnotherDirectory) {
  PrepareLanding();
  const std::string home = sandbox_.Path("home");
  EXPECT_EQ(Verdict(home, {"-C", clone_.path(), "check"}).status, 0);
  EXPECT_EQ(Verdict(home, {"-C", sandbox_.Path(), "-C", "clone", "check"}).status, 0);
  EXPECT_EQ(Verdict(home, {"check"}).status, 2);
  ExpectUsageError({"-C", "/nonexistent", "check"}, "cannot change to /nonexistent");
  ExpectUsageError({"-C"}, "-C");
}

TEST_F(CommandLine, GitFindsItAsACommandOfItsOwn) {
  PrepareLanding();
  const Ran ran = Shell(clone_.path(), "PATH=$(dirname \"$VERDICT\"):$PATH git verdict check");
  EXPECT_EQ(ran.status, 0) << ran.err;
}

// --- colour ---

class Colour : public Commands {
 protected:
  static bool IsColoured(const std::string& text) { return Has(text, "\x1b["); }

  /// `check` on a terminal of its own.
  Ran OnTerminal(const std::string& options, const Environment& more = {}) const {
    return Shell(clone_.path(), "script -qec '\"$VERDICT\" check " + options + "' /dev/null", more);
  }
};

TEST_F(Colour, IsForTerminalsUnlessAskedFor) {
  PrepareLanding();
  EXPECT_FALSE(IsColoured(Run({"check"}).out));
  EXPECT_FALSE(IsColoured(Run({"check", "--color", "auto"}).out));
  EXPECT_FALSE(IsColoured(Run({"check", "--color", "never"}).out));
  EXPECT_TRUE(IsColoured(Run({"check", "--color", "always"}).out));
  EXPECT_FALSE(IsColoured(Run({"check", "--color", "always", "--format", "json"}).out));
}

TEST_F(Colour, OnATerminalObeysNoColorAndTheOption) {
  if (Shell(clone_.path(), "command -v script").status != 0) GTEST_SKIP() << "no script(1) here";
  PrepareLanding();
  const std::pair<std::string, std::string> term{"TERM", "xterm"};
  EXPECT_TRUE(IsColoured(OnTerminal("", {term}).out));
  EXPECT_EQ(OnTerminal("", {term}).status, 0);
  EXPECT_FALSE(IsColoured(OnTerminal("", {term, {"NO_COLOR", "1"}}).out));
  EXPECT_TRUE(IsColoured(OnTerminal("", {term, {"NO_COLOR", ""}}).out));
  EXPECT_FALSE(IsColoured(OnTerminal("", {{"TERM", "dumb"}}).out));
  EXPECT_FALSE(IsColoured(OnTerminal("--color never", {term}).out));
  EXPECT_TRUE(IsColoured(OnTerminal("--color always", {{"NO_COLOR", "1"}}).out));
}

}  // namespace
}  // namespace e2e
