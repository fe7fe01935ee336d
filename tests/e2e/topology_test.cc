// docs/topology.md holds every row to real git: the name of the row is the name
// of a history, and its last two cells are what the server says to it.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "tests/e2e/topology.h"

namespace e2e::topology {
namespace {

struct Row {
  std::string name;
  std::string exact;   // under `landing: exact`
  std::string replay;  // under `landing: replay`
};

std::string Trimmed(std::string text) {
  std::erase(text, '`');
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream words(line.substr(1));
  for (std::string cell; std::getline(words, cell, '|');) cells.push_back(Trimmed(cell));
  return cells;
}

/// The rows of the page's tables, whose heads start with the cell `name`.
std::vector<Row> RowsOnThePage() {
  std::istringstream page(test::ReadFile(SOURCE_DIR "/docs/topology.md"));
  std::vector<Row> rows;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with('|')) continue;
    const std::vector<std::string> cells = Cells(line);
    EXPECT_EQ(cells.size(), 4u) << line;
    if (cells.size() != 4 || cells[0] == "name" || cells[0].starts_with("--")) continue;
    rows.push_back({cells[0], cells[2], cells[3]});
  }
  return rows;
}

std::vector<Fixture> AllFixtures() {
  std::vector<Fixture> all = EverydayFixtures();
  for (const auto& more : {MergeFixtures(), TreeFixtures(), LogFixtures(), RefFixtures()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

TEST(Topology, EveryRowHasItsHistoryAndEveryHistoryItsRow) {
  std::vector<std::string> rows, fixtures;
  for (const Row& row : RowsOnThePage()) rows.push_back(row.name);
  for (const Fixture& fixture : AllFixtures()) fixtures.push_back(fixture.name);
  std::ranges::sort(rows);
  std::ranges::sort(fixtures);
  EXPECT_EQ(rows, fixtures);
  EXPECT_EQ(std::ranges::adjacent_find(rows), rows.end());
}

class TopologyRow : public testing::TestWithParam<Fixture> {
 protected:
  static std::string AnswerUnder(const std::string& landing) {
    Ground ground(landing);
    GetParam().build(ground);
    return ground.Answer();
  }
};

TEST_P(TopologyRow, SaysWhatThePageSays) {
  const std::vector<Row> rows = RowsOnThePage();
  const auto row = std::ranges::find(rows, GetParam().name, &Row::name);
  ASSERT_NE(row, rows.end());
  EXPECT_EQ(AnswerUnder("exact"), row->exact) << row->name << ", under exact";
  EXPECT_EQ(AnswerUnder("replay"), row->replay) << row->name << ", under replay";
}

std::string TestName(const testing::TestParamInfo<Fixture>& info) {
  std::string name;
  for (const char c : info.param.name)
    name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Page, TopologyRow, testing::ValuesIn(AllFixtures()), TestName);

}  // namespace
}  // namespace e2e::topology
