// Completions, as the real shells make them of what is installed.

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "gates/core/policy.h"
#include "gates/core/reasons.h"
#include "gates/report/format.h"
#include "tests/e2e/overview.h"

namespace e2e {
namespace {

using Words = std::vector<std::string>;

class Completion : public testing::TestWithParam<const char*> {
 protected:
  Completion() : repository_(GitRepo::Init(sandbox_)) { repository_.Commit("a first version"); }

  void SetUp() override {
    if (Shell(sandbox_.Path(), "command -v " + std::string(GetParam())).status != 0)
      GTEST_SKIP() << GetParam() << " is not installed";
    if (std::string_view(GetParam()) == "bash" &&
        !std::filesystem::exists("/usr/share/bash-completion/completions/git"))
      GTEST_SKIP() << "git's own completion for bash is not installed";
  }

  /// What is offered at the end of each line, in the repository.
  std::map<std::string, Words> Offers(const Words& lines) const {
    Words command{"timeout",
                  "100",
                  "env",
                  "PATH=" INSTALLED "/bin:/usr/bin:/bin",
                  SOURCE_DIR "/tests/e2e/completions/" + std::string(GetParam()),
                  INSTALLED "/share"};
    command.insert(command.end(), lines.begin(), lines.end());
    const Ran ran =
        test::RunProgram(command, repository_.path(), PlainEnvironment({{"TERM", "xterm"}}));
    EXPECT_EQ(ran.status, 0) << ran.err;
    std::map<std::string, Words> offers;
    std::istringstream out(ran.out);
    std::string line, at;
    while (std::getline(out, line)) {
      if (line.starts_with("== "))
        offers[at = line.substr(3)];
      else
        offers[at].push_back(line);
    }
    return offers;
  }

  /// Expects this of `git-verdict` and of `git verdict`.
  void ExpectOffers(const std::map<std::string, Words>& wanted) const {
    Words lines;
    for (const auto& [line, words] : wanted)
      for (const char* program : {"git-verdict ", "git verdict "}) lines.push_back(program + line);
    std::map<std::string, Words> offers = Offers(lines);
    for (const auto& [line, words] : wanted) {
      Words sorted = words;
      std::ranges::sort(sorted);
      for (const char* program : {"git-verdict ", "git verdict "})
        EXPECT_EQ(offers[program + line], sorted) << program << line << "| in " << GetParam();
    }
  }

  test::Sandbox sandbox_;
  GitRepo repository_;
};

template <class Rows>
Words NamesOf(const Rows& rows) {
  Words names;
  for (const auto& row : rows) names.emplace_back(row.name);
  return names;
}

TEST_P(Completion, OffersEveryCommandOfTheOverview) {
  std::map<std::string, Words> wanted;
  for (const std::string& name : CommandsOfOverview()) {
    const size_t blank = name.find(' ');
    const std::string first = name.substr(0, blank);
    if (std::ranges::count(wanted[""], first) == 0) wanted[""].push_back(first);
    if (blank != name.npos) wanted[first + " "].push_back(name.substr(blank + 1));
  }
  EXPECT_GT(wanted.size(), 2U) << "no command of two words";
  ExpectOffers(wanted);
}

TEST_P(Completion, OffersOptionsAndWhatTheyMayBe) {
  Words gates;
  for (const gates::GateRule& gate : gates::BuiltInPolicy().gates) gates.push_back(gate.id);
  ExpectOffers({{"po", {"policy"}},
                {"check --form", {"--format"}},
                {"hook pre-push --ke", {"--kept"}},
                {"check --format ", NamesOf(gates::AllFormats())},
                {"check --color=a", {"always", "auto"}},
                {"check --require ", gates},
                {"explain ", NamesOf(gates::AllReasons())},
                {"explain STALE", {"STALE_BASE", "STALE_CODE"}},
                {"completion ", {"bash", "fish", "zsh"}},
                {"install --ci gith", {"github"}},
                {"install --hooks pre-p", {"pre-push"}},
                {"check --work-item ", {}}});
}

TEST_P(Completion, OffersFilesFoldersAndCommits) {
  repository_.Write("folder/log.md", "");
  repository_.Write("log.md", "");
  repository_.Git({"branch", "release/1"});
  repository_.Git({"tag", "released"});
  ExpectOffers({{"lint l", {"log.md"}},
                {"-C f", {"folder"}},
                {"-C folder lint l", {"log.md"}},
                {"-C folder po", {"policy"}},
                {"check --base rel", {"release/1", "released"}},
                {"show rel", {"release/1", "released"}}});
}

// Whoever may push names the branches of everybody's clone.
TEST_P(Completion, RunsNothingThatTheNameOfABranchSays) {
  const std::string name = "x$(touch${IFS}pwned)`touch${IFS}pwned`;touch${IFS}pwned";
  repository_.Git({"branch", name});
  for (const auto& [line, words] : Offers({"git-verdict check --base x", "git verdict show x"})) {
    ASSERT_EQ(words.size(), 1U) << line;
    // As it stands, or with a backslash before whatever a shell would run.
    EXPECT_EQ(words[0].find("$("), GetParam() == std::string_view("bash") ? words[0].npos : 1U);
  }
  EXPECT_FALSE(std::filesystem::exists(repository_.path() + "/pwned"));
}

INSTANTIATE_TEST_SUITE_P(Shells, Completion, testing::Values("bash", "fish", "zsh"),
                         [](const auto& shell) { return std::string(shell.param); });

}  // namespace
}  // namespace e2e
