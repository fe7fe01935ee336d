// Runs every file of tests/corpus: real and hostile verdict logs, and what each must read as.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "frontmatter/status.h"

namespace frontmatter {
namespace {

struct Row {
  std::string file, key, expected, reason;
};

std::string Slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Row> Rows() {
  std::istringstream index(Slurp(CORPUS_DIR "/index.tsv"));
  std::vector<Row> rows;
  std::string line;
  std::getline(index, line);  // the header
  while (std::getline(index, line)) {
    std::istringstream cells(line);
    Row row;
    for (std::string* cell : {&row.file, &row.key, &row.expected, &row.reason}) {
      std::getline(cells, *cell, '\t');
    }
    rows.push_back(row);
  }
  return rows;
}

std::string Verdict(const std::string& text, const std::string& key) {
  const auto document = ReadFrontmatter(text);
  if (!document) return "BLOCK";
  const auto status = ReadStatus(*document, {key, "SUCCESS", "FAILED"});
  if (!status) return "BLOCK";
  return status->token == "SUCCESS" ? "PASS" : "FAILED";
}

TEST(Corpus, EveryFileReadsAsItsRowSays) {
  for (const Row& row : Rows()) {
    EXPECT_EQ(Verdict(Slurp(CORPUS_DIR "/" + row.file), row.key), row.expected) << row.file;
  }
}

TEST(Corpus, HoldsAllItsRows) { EXPECT_EQ(Rows().size(), 196U); }

}  // namespace
}  // namespace frontmatter
