#include "tests/support/page_table.h"

#include <sstream>

namespace test {
namespace {

using Row = std::vector<std::string>;

std::string Trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

Row CellsOf(const std::string& line) {
  Row cells;
  std::istringstream words(line.substr(1));
  for (std::string cell; std::getline(words, cell, '|');) cells.push_back(Trimmed(cell));
  return cells;
}

}  // namespace

std::vector<Row> RowsOfTables(const std::string& page, const std::string& first) {
  std::istringstream lines(page);
  std::vector<Row> rows;
  bool is_table = false, is_asked_for = false;
  for (std::string line; std::getline(lines, line);) {
    const bool was_table = is_table;
    is_table = line.starts_with('|');
    if (!is_table) continue;
    const Row cells = CellsOf(line);
    if (!was_table) is_asked_for = cells[0] == first;
    const bool is_head = !was_table || cells[0].starts_with("--");
    if (is_asked_for && !is_head) rows.push_back(cells);
  }
  return rows;
}

}  // namespace test
