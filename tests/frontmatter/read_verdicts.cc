// Reads verdict logs for differential.py: stdin holds `<key> <bytes>` lines, each followed by
// that many bytes of a log; stdout gets a line each: `BLOCK` and the reason, or `PASS` or `FAILED`
// and the plain scalars of the top level as hex `key=value`.

#include <iostream>
#include <string>

#include "frontmatter/status.h"

namespace {

using frontmatter::Field;
using frontmatter::Node;

std::string Hex(const std::string& text) {
  std::string hex;
  for (const char c : text) {
    hex += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    hex += "0123456789abcdef"[c & 15];
  }
  return hex;
}

void Print(const frontmatter::ParseError& error) {
  std::cout << "BLOCK " << static_cast<int>(error.fault) << " " << error.place.line << ":"
            << error.place.column << " " << error.message << '\n';
}

void Judge(const std::string& key, const std::string& text) {
  const auto document = frontmatter::ReadFrontmatter(text);
  if (!document) return Print(document.error());
  const auto status = frontmatter::ReadStatus(*document, {key, "SUCCESS", "FAILED"});
  if (!status) return Print(status.error());
  std::cout << (status->token == "SUCCESS" ? "PASS" : "FAILED");
  for (const Field& field : document->fields.fields) {
    const bool is_plain = field.value.style == Node::Style::kPlain;
    if (field.value.kind != Node::Kind::kScalar || !is_plain) continue;
    std::cout << ' ' << Hex(field.key) << '=' << Hex(field.value.text);
  }
  std::cout << '\n';
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
