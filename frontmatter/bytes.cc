#include "frontmatter/bytes.h"

#include <algorithm>
#include <string>

namespace frontmatter {
namespace {

using namespace std::string_view_literals;

struct Character {
  char32_t code = 0;
  size_t size = 0;  // 0: the bytes are no UTF-8
};

unsigned char ByteAt(std::string_view text, size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

// RFC 3629: no overlong form, no surrogate, nothing above 10FFFF.
Character Decode(std::string_view text, size_t begin) {
  const unsigned char lead = ByteAt(text, begin);
  if (lead < 0x80) return {lead, 1};
  const size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return {};
  char32_t code = lead & (0xFFU >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    const unsigned char byte = ByteAt(text, begin + i);
    if ((byte & 0xC0) != 0x80) return {};
    code = code << 6 | (byte & 0x3FU);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[size] || is_surrogate || code > 0x10FFFF) return {};
  return {code, size};
}

bool IsBidirectionalControl(char32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

bool IsNoncharacter(char32_t code) {
  return (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

// Why a character may not stand in a front matter; null when it may. Line ends are the caller's.
const char* Objection(char32_t code) {
  if (code == '\t') return "tabs are not allowed, use blanks";
  if (code == '\r') return "a carriage return stands without its line feed";
  if (code == 0x85 || code == 0x2028 || code == 0x2029) {
    return "a unicode line break is not allowed, only some readers end the line there";
  }
  if (code < 0x20 || (code >= 0x7F && code <= 0x9F)) return "control characters are not allowed";
  if (IsBidirectionalControl(code)) {
    return "bidirectional controls are not allowed, what they show is not what is read";
  }
  if (code == 0xFEFF) return "a byte order mark is not allowed";
  if (IsNoncharacter(code)) return "a unicode noncharacter is not allowed";
  return nullptr;
}

ParseError Foreign(const char* message) {
  return {
      .fault = Fault::kEncoding, .place = {1, 1}, .message = message, .expected = {}, .found = {}};
}

}  // namespace

std::optional<ParseError> FindForbiddenBytes(std::string_view text, int first_line) {
  Place place{first_line, 1};
  for (size_t i = 0; i < text.size();) {
    if (text[i] == '\n' || text.substr(i, 2) == "\r\n"sv) {
      i += text[i] == '\n' ? 1 : 2;
      place = {place.line + 1, 1};
      continue;
    }
    const Character character = Decode(text, i);
    const char* objection =
        character.size == 0 ? "the bytes are not UTF-8" : Objection(character.code);
    if (objection) {
      const std::string_view found = text.substr(i, std::max<size_t>(character.size, 1));
      return ParseError{Fault::kEncoding, place, objection, {}, std::string(found)};
    }
    i += character.size;
    place.column += static_cast<int>(character.size);
  }
  return std::nullopt;
}

size_t FindInvalidUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const size_t size = Decode(text, i).size;
    if (size == 0) return i;
    i += size;
  }
  return std::string_view::npos;
}

std::optional<ParseError> FindForeignFormat(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF"sv)) {
    return Foreign(
        "the file starts with a byte order mark: save it as UTF-8 without a byte order mark");
  }
  for (const std::string_view mark :
       {"\xFF\xFE"sv, "\xFE\xFF"sv, "\0\0\xFE\xFF"sv, "-\0"sv, "\0-"sv, "\0\0\0-"sv}) {
    if (text.starts_with(mark) && text.size() >= 4) {
      return Foreign("the file is UTF-16 or UTF-32: save it as UTF-8 without a byte order mark");
    }
  }
  if (text.starts_with("\x1F\x8B"sv)) {
    return Foreign(
        "the file is compressed (gzip): save it as UTF-8 text without a byte order mark");
  }
  return std::nullopt;
}

}  // namespace frontmatter
