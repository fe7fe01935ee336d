// The tables are public: every row of them has a name of its own, a page that
// tells of it and, for reason codes, a test of a change that gets it.

#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "gates/core/policy.h"
#include "gates/core/reasons.h"
#include "gates/gate.h"
#include "gates/report/fold.h"
#include "gates/report/format.h"
#include "hooks/command.h"
#include "hooks/description.h"
#include "install/templates.h"

namespace {

namespace fs = std::filesystem;

std::string TextOf(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string Page(const std::string& path) { return TextOf(fs::path(SOURCE_DIR) / path); }

/// README.md and all pages in docs/ as one text.
std::string AllPages() {
  std::string text = Page("README.md");
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / "docs"))
    if (entry.path().extension() == ".md") text += TextOf(entry.path());
  return text;
}

/// The files that a page links to, as it names them; nothing of what it shows in blocks.
std::vector<std::string> LinkedFiles(const std::string& page) {
  const std::regex block("\\n```[\\s\\S]*?\\n```"), link(R"(\]\(([^()\s#`]+)(#[^()\s]*)?\))");
  const std::string prose = std::regex_replace(page, block, "");
  std::vector<std::string> files;
  for (std::sregex_iterator at(prose.begin(), prose.end(), link), end; at != end; ++at)
    if ((*at)[1].str().find(':') == std::string::npos) files.push_back((*at)[1]);
  return files;
}

template <class Rows>
void ExpectEachNameOnce(const Rows& rows) {
  std::set<std::string_view> names;
  for (const auto& row : rows) {
    EXPECT_NE(row.name, "");
    EXPECT_TRUE(names.insert(row.name).second) << row.name << " stands twice";
  }
  EXPECT_FALSE(names.empty());
}

// --- pages ----------------------------------------------------------------------------------

TEST(Pages, LinkToFilesThatAreThere) {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(SOURCE_DIR)) pages.push_back(entry.path());
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / "docs"))
    pages.push_back(entry.path());
  size_t links = 0;
  for (const fs::path& page : pages) {
    if (page.extension() != ".md") continue;
    for (const std::string& file : LinkedFiles(TextOf(page))) {
      ++links;
      EXPECT_TRUE(fs::exists(page.parent_path() / file)) << page << " links to " << file;
    }
  }
  EXPECT_GT(links, 50u);
}

// --- reason codes ---------------------------------------------------------------------------

TEST(ReasonCodes, HaveANameOfTheirOwn) { ExpectEachNameOnce(gates::AllReasons()); }

TEST(ReasonCodes, HaveAHeadingInTheDocs) {
  const std::string page = Page("docs/reasons.md");
  for (const gates::Reason& reason : gates::AllReasons())
    EXPECT_NE(page.find("\n## " + std::string(reason.name) + "\n"), std::string::npos)
        << reason.name;
}

/// All tests of behaviour as one text. Not among them: those that only go
/// through the catalogue or write reports down, since they name every code.
std::string TestsOfBehaviour() {
  std::string text;
  const fs::path tests = fs::path(SOURCE_DIR) / "tests";
  for (const auto& entry : fs::recursive_directory_iterator(tests)) {
    const std::string path = fs::relative(entry.path(), tests).generic_string();
    if (!path.ends_with("_test.cc") || path == "catalogue_test.cc" ||
        path == "gates/core/reasons_test.cc" || path.starts_with("gates/report/"))
      continue;
    text += TextOf(entry.path());
  }
  return text;
}

/// `text` without comments that take a line of their own.
std::string WithoutComments(const std::string& text) {
  std::istringstream in(text);
  std::string code;
  for (std::string line; std::getline(in, line);)
    if (line.find_first_not_of(' ') != line.find("//")) code += line + "\n";
  return code;
}

/// Whether `word` stands in `text` as a whole, after `opening` in the same statement.
bool StandsAfter(std::string_view opening, std::string_view word, std::string_view text) {
  const auto is_letter = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const size_t end = at + word.size();
    if (is_letter(text[at - 1]) || (end < text.size() && is_letter(text[end]))) continue;
    const std::string_view before = text.substr(0, at);
    const size_t statement = before.find_last_of(";{}");
    if (before.substr(statement + 1).find(opening) != text.npos) return true;
  }
  return false;
}

/// OBJECT_MISSING: Code::kObjectMissing.
std::string ConstantOf(std::string_view name) {
  std::string constant = "Code::k";
  for (size_t i = 0; i < name.size(); ++i)
    if (name[i] != '_')
      constant += i == 0 || name[i - 1] == '_' ? name[i] : static_cast<char>(std::tolower(name[i]));
  return constant;
}

// A fixture is a test that expects the code: by what a judgement tells
// ("BLOCK STALE_CODE"), or as the constant in an assertion
// (`EXPECT_EQ(error.code, Code::kObjectMissing)`).
TEST(ReasonCodes, HaveATestOfAChangeThatGetsThem) {
  const std::string tests = WithoutComments(TestsOfBehaviour());
  for (const gates::Reason& reason : gates::AllReasons())
    EXPECT_TRUE(StandsAfter("\"", reason.name, tests) ||
                StandsAfter("EXPECT_EQ(", ConstantOf(reason.name), tests))
        << reason.name << " or " << ConstantOf(reason.name);
}

// --- gates ----------------------------------------------------------------------------------

TEST(Gates, HaveANameOfTheirOwn) { ExpectEachNameOnce(gates::AllGates()); }

TEST(Gates, OfTheBuiltInPolicyAreInThePolicysPage) {
  const std::string page = Page("docs/formats/policy.md");
  for (const gates::GateRule& gate : gates::BuiltInPolicy().gates)
    for (const std::string& word :
         {"  " + gate.id + ": {", gate.file, gate.key, gate.pass, gate.fail})
      EXPECT_NE(page.find(word), std::string::npos) << word;
}

// --- formats --------------------------------------------------------------------------------

TEST(Formats, HaveANameOfTheirOwn) { ExpectEachNameOnce(gates::AllFormats()); }

TEST(Formats, HaveAPageInTheDocs) {
  for (const gates::Format& format : gates::AllFormats())
    EXPECT_NE(Page("docs/formats/report-" + std::string(format.name) + ".md"), "") << format.name;
}

TEST(Formats, AreFoundByTheirNames) {
  for (const gates::Format& format : gates::AllFormats())
    EXPECT_EQ(gates::FindFormat(format.name), &format);
  EXPECT_EQ(gates::FindFormat("nonsense"), nullptr);
}

TEST(FoldFormats, HaveANameOfTheirOwn) { ExpectEachNameOnce(gates::AllFoldFormats()); }

TEST(FoldFormats, AreInTheResultsPage) {
  const std::string page = Page("docs/formats/results.md");
  for (const gates::FoldFormat& format : gates::AllFoldFormats())
    EXPECT_NE(page.find("`--format " + std::string(format.name) + "`"), std::string::npos)
        << format.name;
}

// --- ready files ----------------------------------------------------------------------------

TEST(Templates, AreHeldByTheProgramByteForByte) {
  const fs::path folder = fs::path(SOURCE_DIR) / "install/templates";
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = fs::relative(entry.path(), folder).generic_string();
    EXPECT_EQ(install::Template(name), TextOf(entry.path())) << name;
  }
  EXPECT_EQ(install::Template("nonsense"), "");
}

TEST(CiFiles, AreReadyAndStandAtPlacesOfTheirOwn) {
  std::set<std::string_view> paths;
  for (const install::CiFile& file : install::AllCiFiles()) {
    EXPECT_NE(install::Template(file.ready), "") << file.ready;
    EXPECT_TRUE(paths.insert(file.path).second) << file.path;
    EXPECT_FALSE(file.path.starts_with("/") || file.path.find("..") != file.path.npos);
  }
}

// --- commands -------------------------------------------------------------------------------

TEST(Commands, HaveANameOfTheirOwn) { ExpectEachNameOnce(hooks::AllCommands()); }

TEST(Commands, SayWhatTheyDo) {
  for (const hooks::Command& command : hooks::AllCommands()) {
    EXPECT_GT(command.summary.size(), 10u) << command.name;
    EXPECT_NE(command.run, nullptr) << command.name;
  }
}

// A command is found by its first words, so none may begin with another one's.
TEST(Commands, AreNotThePrefixOfAnother) {
  for (const hooks::Command& command : hooks::AllCommands())
    for (const hooks::Command& other : hooks::AllCommands())
      EXPECT_FALSE(other.name.starts_with(std::string(command.name) + " "))
          << command.name << " hides " << other.name;
}

// The man page and the completions are made of this.
TEST(Commands, TellOfThemselvesAndDoNothing) {
  const std::vector<hooks::Description> told = hooks::DescribeCommands();
  ASSERT_EQ(told.size(), hooks::AllCommands().size());
  for (const hooks::Description& command : told) {
    EXPECT_GT(command.prose.size(), 10u) << command.name;
    ASSERT_FALSE(command.options.empty()) << command.name << " has not handed its options over";
    for (const hooks::Argument& option : command.options)
      EXPECT_NE(option.summary, "") << command.name << " " << option.names[0];
  }
}

TEST(Commands, AreInTheDocs) {
  const std::string pages = AllPages();
  for (const hooks::Command& command : hooks::AllCommands()) {
    const std::regex mention("`(git verdict )?" + std::string(command.name) + "[ `]|git verdict " +
                             std::string(command.name) + "\\b");
    EXPECT_TRUE(std::regex_search(pages, mention))
        << "no page tells of git verdict " << command.name;
  }
}

}  // namespace
