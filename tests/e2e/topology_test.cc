// docs/topology.md holds every row to real git: the name of the row is the name
// of a history, and its last two cells are what the server says to it.

#include "tests/e2e/topology.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/page_table.h"

namespace e2e::topology {
namespace {

struct Row {
  std::string name;
  std::string exact;   // under `landing: exact`
  std::string replay;  // under `landing: replay`
};

std::string WithoutMarks(std::string text) {
  std::erase(text, '`');
  return text;
}

std::vector<Row> RowsOnThePage() {
  std::vector<Row> rows;
  for (const auto& cells :
       test::RowsOfTables(test::ReadFile(SOURCE_DIR "/docs/topology.md"), "name")) {
    EXPECT_EQ(cells.size(), 4u) << cells[0];
    if (cells.size() == 4)
      rows.push_back({cells[0], WithoutMarks(cells[2]), WithoutMarks(cells[3])});
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
