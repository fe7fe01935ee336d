#pragma once

#include <string>
#include <vector>

namespace test {

/// The rows of a page's tables whose head starts with the cell `first`: their cells, trimmed.
std::vector<std::vector<std::string>> RowsOfTables(const std::string& page,
                                                   const std::string& first);

}  // namespace test
