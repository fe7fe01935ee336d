// libFuzzer: any bytes as a verdict log. Run with tests/corpus/files as the seeds.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "frontmatter/status.h"

namespace {

void Require(bool claim) {
  if (!claim) std::abort();
}

// An accepted status stands as one raw line in the block, and its bytes are plain.
void RequireRawLine(const frontmatter::Document& document, const frontmatter::Status& status) {
  const std::string start = "staging_status: ";
  const std::string_view line = document.Line(status.place.line);
  Require(status.token == "SUCCESS" || status.token == "FAILED");
  Require(line.starts_with(start));
  Require(line.substr(static_cast<size_t>(status.place.column) - 1).starts_with(status.token));
  const std::string block = "\n" + document.block;
  const size_t first = block.find("\nstaging_status");
  Require(first != std::string::npos);
  for (size_t at = first; at != std::string::npos; at = block.find("\nstaging_status:", at + 1)) {
    Require(at == first || block.compare(first, start.size() + 1, "\n" + start) != 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto document = frontmatter::ReadFrontmatter(text);
  if (!document) {
    Require(!document.error().message.empty());
    Require(document.error().message != "the YAML reader gave up");
    return 0;
  }
  Require(text.substr(text.find('\n') + 1).starts_with(document->block));
  Require(document->block.find('\t') == std::string::npos);
  for (const frontmatter::Field& field : document->fields.fields) {
    Require(document->Line(field.key_place.line).starts_with(field.key + ":"));
  }
  const auto status = frontmatter::ReadStatus(*document, {"staging_status", "SUCCESS", "FAILED"});
  if (status) RequireRawLine(*document, *status);
  return 0;
}
