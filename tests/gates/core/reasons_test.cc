#include "gates/core/reasons.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace gates {
namespace {

// The names are public: this list changes only when the contract does.
const std::vector<std::string> kNames{
    "VERDICT_MISSING",        "VERDICT_NOT_A_FILE",  "TREE_MALFORMED",    "VERDICT_TOO_LARGE",
    "VERDICT_ENCODING",       "VERDICT_FRONTMATTER", "VERDICT_YAML",      "VERDICT_KEY_MISSING",
    "VERDICT_KEY_DUPLICATE",  "VERDICT_TOKEN",       "VERDICT_FAILED",    "VERDICT_UNBOUND",
    "VERDICT_FOREIGN",        "STALE_CODE",          "STALE_BASE",        "MERGE_EVIL",
    "MERGE_CONFLICT",         "WORK_ITEM_NONE",      "WORK_ITEM_INVALID", "REF_DELETED",
    "REF_REWRITTEN",          "REF_FORBIDDEN",       "WRITER_UNSIGNED",   "WRITER_UNTRUSTED",
    "WRITER_IS_AUTHOR",       "POLICY_INVALID",      "DOCS_NOT_UPDATED",  "DOCS_MISSING",
    "PLACEHOLDER_UNRESOLVED", "HISTORY_SHALLOW",     "OBJECT_MISSING",    "REPOSITORY_UNSUPPORTED",
    "REPOSITORY_UNREADABLE",  "INPUT_MALFORMED",     "INTERNAL"};

const std::vector<std::string> kGroups{"log",    "proof", "change", "writer",
                                       "policy", "docs",  "world"};

constexpr int kLastCode = static_cast<int>(Code::kInputMalformed);

std::string ReadPage(const std::string& path) {
  std::ifstream in(std::string(SOURCE_DIR) + "/" + path, std::ios::binary);
  EXPECT_TRUE(in) << path << " cannot be read";
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

size_t GroupRank(const Reason& reason) {
  const auto at = std::find(kGroups.begin(), kGroups.end(), reason.group);
  return static_cast<size_t>(at - kGroups.begin());
}

TEST(Reasons, TheNamesAreThoseOfTheContractInItsOrder) {
  std::vector<std::string> names;
  for (const Reason& reason : AllReasons()) names.emplace_back(reason.name);
  EXPECT_EQ(names, kNames);
}

TEST(Reasons, EveryCodeHasExactlyOneRow) {
  std::multiset<int> codes;
  for (const Reason& reason : AllReasons()) codes.insert(static_cast<int>(reason.code));
  for (int code = 0; code <= kLastCode; ++code) EXPECT_EQ(codes.count(code), 1u) << code;
  EXPECT_EQ(codes.size(), static_cast<size_t>(kLastCode) + 1);
}

TEST(Reasons, TheCodesStandInTheOrderOfTheEnumAndInternalLast) {
  int before = 0;
  for (const Reason& reason : AllReasons().first(static_cast<size_t>(kLastCode))) {
    EXPECT_EQ(static_cast<int>(reason.code), ++before) << reason.name;
  }
  EXPECT_EQ(AllReasons().back().code, Code::kInternal);
}

TEST(Reasons, GroupsAreKnownAndStandTogether) {
  size_t before = 0;
  for (const Reason& reason : AllReasons()) {
    EXPECT_LT(GroupRank(reason), kGroups.size()) << reason.name;
    EXPECT_GE(GroupRank(reason), before) << reason.name;
    before = GroupRank(reason);
  }
}

TEST(Reasons, OnlyTheWorldAndTheJudgeCannotEvaluate) {
  for (const Reason& reason : AllReasons()) {
    const bool blocks = reason.group != "world" && reason.group != "policy";
    EXPECT_EQ(reason.weight, blocks ? Weight::kBlock : Weight::kCannotEvaluate) << reason.name;
  }
}

TEST(Reasons, EveryTextIsThereAndIsPlainAscii) {
  for (const Reason& reason : AllReasons())
    for (const std::string_view text : {reason.meaning, reason.why, reason.mend}) {
      EXPECT_GT(text.size(), 20u) << reason.name;
      EXPECT_TRUE(text.ends_with('.')) << reason.name << ": " << text;
      EXPECT_TRUE(
          std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }))
          << reason.name << ": " << text;
    }
}

TEST(Reasons, NoCommandLacksItsSecondBacktick) {
  for (const Reason& reason : AllReasons())
    for (const std::string_view text : {reason.meaning, reason.why, reason.mend})
      EXPECT_EQ(std::count(text.begin(), text.end(), '`') % 2, 0) << reason.name << ": " << text;
}

TEST(Reasons, AReasonIsFoundByItsCodeAndByItsName) {
  for (const Reason& reason : AllReasons()) {
    EXPECT_EQ(&ReasonFor(reason.code), &reason);
    EXPECT_EQ(FindReason(reason.name), &reason);
  }
}

TEST(Reasons, ANameThatIsNotOneIsNotFound) {
  for (const char* name :
       {"", "verdict_missing", "VERDICT", "VERDICT_MISSING ", "VERDICT_MISSINGS"})
    EXPECT_EQ(FindReason(name), nullptr) << name;
}

TEST(Reasons, ACodeFromNowhereIsAnInternalFault) {
  EXPECT_EQ(ReasonFor(static_cast<Code>(kLastCode + 1)).code, Code::kInternal);
  EXPECT_EQ(ReasonFor(static_cast<Code>(-1)).weight, Weight::kCannotEvaluate);
}

// docs/reasons.md says what `git verdict explain` says, word for word.
std::string Section(const Reason& reason) {
  return "\n## " + std::string(reason.name) + "\n\n" + std::string(reason.meaning) +
         "\n\n**Why it blocks.** " + std::string(reason.why) + "\n\n**How to mend it.** " +
         std::string(reason.mend) + "\n";
}

TEST(ReasonsPage, SaysOfEachCodeWhatTheCatalogueSays) {
  const std::string page = ReadPage("docs/reasons.md");
  for (const Reason& reason : AllReasons())
    EXPECT_NE(page.find(Section(reason)), std::string::npos)
        << "docs/reasons.md lacks this section:\n"
        << Section(reason);
}

TEST(ReasonsPage, HasOneHeadingForEachCodeInTheOrderOfTheCatalogue) {
  std::istringstream page(ReadPage("docs/reasons.md"));
  std::vector<std::string> headings;
  for (std::string line; std::getline(page, line);)
    if (line.starts_with("## ")) headings.push_back(line.substr(3));
  EXPECT_EQ(headings, kNames);
}

}  // namespace
}  // namespace gates
