#include "gates/staging/xml_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace gates {
namespace {

std::optional<size_t> CodeIn(std::string_view digits, int base) {
  size_t code = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, code, base);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return code;
}

std::optional<std::string> Utf8Of(size_t code) {
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code == 0 || is_surrogate || code > 0x10FFFF) return std::nullopt;
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) return std::string{static_cast<char>(code)};
  if (code < 0x800) return std::string{static_cast<char>(0xC0 | code >> 6), tail(0)};
  if (code < 0x10000) return std::string{static_cast<char>(0xE0 | code >> 12), tail(6), tail(0)};
  return std::string{static_cast<char>(0xF0 | code >> 18), tail(12), tail(6), tail(0)};
}

// `name` stands between `&` and `;`.
std::optional<std::string> Reference(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNamed{
      {{"amp", "&"}, {"apos", "'"}, {"gt", ">"}, {"lt", "<"}, {"quot", "\""}}};
  for (const auto& [known, text] : kNamed)
    if (name == known) return std::string(text);
  if (!name.starts_with('#')) return std::nullopt;
  const bool is_hex = name.starts_with("#x");
  const auto code = CodeIn(name.substr(is_hex ? 2 : 1), is_hex ? 16 : 10);
  return code ? Utf8Of(*code) : std::nullopt;
}

}  // namespace

tl::expected<std::string, std::string> DecodeXml(std::string_view raw) {
  std::string text;
  for (size_t at = 0; at < raw.size();) {
    const size_t reference = std::min(raw.find('&', at), raw.size());
    text += raw.substr(at, reference - at);
    at = reference;
    if (at == raw.size()) break;
    const size_t end = raw.find(';', at);
    const auto decoded =
        end == raw.npos ? std::nullopt : Reference(raw.substr(at + 1, end - at - 1));
    if (!decoded) return tl::unexpected(std::string("a `&` that starts no reference of XML"));
    text += *decoded;
    at = end + 1;
  }
  return text;
}

}  // namespace gates
