// docs/threat-model.md says who stops each way past the gate, and which test shows it. Here
// the page is held to the tests, and the tests to the page.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "tests/e2e/story.h"
#include "tests/support/page_table.h"

namespace e2e {
namespace {

using Names = std::set<std::string>;

const Names kWho{"client hook", "server hook", "CI", "git", "forge", "nobody"};

std::string TextOf(const std::string& path) { return test::ReadFile(SOURCE_DIR "/" + path); }

Names AllMatches(const std::string& text, const std::string& pattern, const std::string& format) {
  Names found;
  const std::regex regex(pattern);
  for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match)
    found.insert(match->format(format));
  return found;
}

/// Suite.Name of each test in a source.
Names TestsIn(const std::string& path) {
  return AllMatches(TextOf(path), R"(\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\))", "$1.$2");
}

/// The sources of tests that are built.
Names Sources() {
  return AllMatches(TextOf("tests/unit_tests.cmake") + TextOf("tests/end_to_end_tests.cmake"),
                    R"(tests/\S+_test\.cc)", "$&");
}

struct Row {
  std::string name;
  std::string who;  // and why
  std::vector<std::string> tests;
};

std::vector<std::string> SplitAt(const std::string& end, const std::string& text) {
  const std::regex regex(end);
  return {std::sregex_token_iterator(text.begin(), text.end(), regex, -1), {}};
}

/// The ways past, by the table's first cell: `name`: how.
std::vector<Row> Page() {
  std::vector<Row> rows;
  for (const auto& cells : test::RowsOfTables(TextOf("docs/threat-model.md"), "way past")) {
    EXPECT_EQ(cells.size(), 4u) << cells[0];
    if (cells.size() != 4) continue;
    std::smatch name;
    EXPECT_TRUE(std::regex_search(cells[0], name, std::regex("^`([a-z0-9-]+)`: ."))) << cells[0];
    EXPECT_NE(cells[1], "") << cells[0];
    rows.push_back({name[1], cells[2], SplitAt(", (?=`|row: )", cells[3])});
    if (cells[3] == "-") rows.back().tests.clear();
  }
  EXPECT_GT(rows.size(), 50u);
  return rows;
}

Names NamedTests() {
  Names named;
  for (const Row& row : Page())
    for (const std::string& test : row.tests)
      if (test.starts_with('`')) named.insert(test.substr(1, test.size() - 2));
  return named;
}

TEST(ThreatModel, SaysFirstWhatOnlyAServerStopsAndWhatAnUnsignedLogCannotProve) {
  const std::string page = TextOf("docs/threat-model.md");
  const size_t begin = page.find("\n\n") + 2;
  const std::string first = page.substr(begin, page.find("\n\n", begin) - begin);
  for (const char* words : {"Only a server can stop", "An unsigned log proves", "cannot prove"})
    EXPECT_NE(first.find(words), std::string::npos) << words;
}

TEST(ThreatModel, HasANameForEachWay) {
  Names names;
  for (const Row& row : Page())
    EXPECT_TRUE(names.insert(row.name).second) << row.name << " stands twice";
}

TEST(ThreatModel, SaysWhoStopsEachWay) {
  const Names ours{"client hook", "server hook", "CI"};
  for (const Row& row : Page()) {
    const size_t colon = row.who.find(": ");
    bool is_ours = false;
    for (const std::string& who : SplitAt(", ", row.who.substr(0, colon))) {
      EXPECT_TRUE(kWho.contains(who)) << row.name << ": " << who;
      is_ours |= ours.contains(who);
    }
    EXPECT_TRUE(!is_ours || !row.tests.empty()) << row.name << " has no test";
    EXPECT_TRUE(is_ours || colon != std::string::npos) << row.name << " does not say why";
  }
}

TEST(ThreatModel, NamesTestsThatAreThere) {
  Names tests;
  for (const std::string& source : Sources()) tests.merge(TestsIn(source));
  for (const std::string& test : NamedTests()) EXPECT_TRUE(tests.contains(test)) << test;
}

TEST(ThreatModel, NamesRowsOfTheTopologyThatAreThere) {
  Names histories;
  for (const auto& cells : test::RowsOfTables(TextOf("docs/topology.md"), "name"))
    histories.insert("row: " + cells[0]);
  for (const Row& row : Page())
    for (const std::string& test : row.tests)
      EXPECT_TRUE(test.starts_with('`') || histories.contains(test)) << row.name << ": " << test;
}

TEST(ThreatModel, HasEveryWayThatIsTried) {
  const Names named = NamedTests(), sources = Sources();
  const std::string folder = SOURCE_DIR "/tests/e2e/";
  int tried = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string source = "tests/e2e/" + entry.path().filename().string();
    if (!source.starts_with("tests/e2e/bypass_")) continue;
    EXPECT_TRUE(sources.contains(source)) << source << " is not built";
    for (const std::string& test : TestsIn(source)) {
      EXPECT_TRUE(named.contains(test)) << test << " is in no row";
      ++tried;
    }
  }
  EXPECT_GT(tried, 50);
}

}  // namespace
}  // namespace e2e
