// Reads verdict logs for differential.py: stdin holds `<key> <bytes>` lines, each followed by
// that many bytes of a log; stdout gets `PASS`, `FAILED` or `BLOCK` and the reason, a line each.

#include <iostream>
#include <string>

#include "frontmatter/status.h"

namespace {

void Print(const frontmatter::ParseError& error) {
  std::cout << "BLOCK " << static_cast<int>(error.fault) << " " << error.place.line << ":"
            << error.place.column << " " << error.message << '\n';
}

void Judge(const std::string& key, const std::string& text) {
  const auto document = frontmatter::ReadFrontmatter(text);
  if (!document) return Print(document.error());
  const auto status = frontmatter::ReadStatus(*document, {key, "SUCCESS", "FAILED"});
  if (!status) return Print(status.error());
  std::cout << (status->token == "SUCCESS" ? "PASS" : "FAILED") << '\n';
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  std::string key;
  for (size_t size = 0; std::cin >> key >> size;) {
    std::cin.get();
    std::string text(size, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(size));
    Judge(key, text);
  }
}
