#include "gates/report/escape.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace gates {
namespace {

/// One step through text: a code point of `length` bytes, or a stray byte.
struct Step {
  char32_t code_point = 0;
  size_t length = 1;
  bool valid = false;
};

struct Range {
  char32_t first;
  char32_t last;
};

// What a terminal does not show, shows in another order, or takes for a blank or
// a line end. Noncharacters (the last two of each plane) are tested apart.
constexpr Range kUnprintable[] = {
    {0x00, 0x1F},     {0x7F, 0xA0},       {0xAD, 0xAD},       {0x34F, 0x34F},      {0x61C, 0x61C},
    {0x115F, 0x1160}, {0x1680, 0x1680},   {0x17B4, 0x17B5},   {0x180B, 0x180F},    {0x2000, 0x200F},
    {0x2028, 0x202F}, {0x205F, 0x206F},   {0x2800, 0x2800},   {0x3000, 0x3000},    {0x3164, 0x3164},
    {0xE000, 0xF8FF}, {0xFDD0, 0xFDEF},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0x10FFFF},
};

bool Unprintable(char32_t c) {
  if ((c & 0xFFFE) == 0xFFFE) return true;
  for (const Range& range : kUnprintable)
    if (c >= range.first && c <= range.last) return true;
  return false;
}

size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool Shortest(char32_t c, size_t length) {
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  return c >= kLeast[length] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
Step Decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t length = SequenceLength(lead);
  if (length == 0 || length > text.size()) return {};
  if (length == 1) return {lead, 1, true};
  auto c = static_cast<char32_t>(lead & (0x7F >> length));
  for (size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return {};
    c = (c << 6) | (byte & 0x3Fu);
  }
  if (!Shortest(c, length)) return {};
  return {c, length, true};
}

std::string Byte(char byte) { return fmt::format("\\x{:02x}", static_cast<unsigned char>(byte)); }

// CI systems obey lines that start with `::` (blanks before it or not), and some
// obey `##[` or `##vso[` anywhere: neither may leave here whole.
bool StartsCommand(std::string_view raw, size_t at) {
  const std::string_view pair = raw.substr(at, 2);
  if (pair == "##") return true;
  return pair == "::" && (at == 0 || raw[at - 1] == ' ');
}

std::string EscapeStep(std::string_view raw, size_t at, const Step& step) {
  if (!step.valid) return Byte(raw[at]);
  if (step.code_point == '\\') return "\\\\";
  if (StartsCommand(raw, at)) return Byte(raw[at]);
  if (!Unprintable(step.code_point)) return std::string(raw.substr(at, step.length));
  if (step.code_point < 0x80) return Byte(raw[at]);
  return fmt::format("\\u{{{:04X}}}", static_cast<std::uint32_t>(step.code_point));
}

// Where `limit` bytes are not enough, `kept` remembers the last cut that leaves
// room for the dots and splits no escape.
std::string EscapeUpTo(std::string_view raw, size_t limit) {
  constexpr std::string_view kDots = "...";
  std::string escaped;
  size_t kept = 0;
  for (size_t at = 0; at < raw.size();) {
    const Step step = Decode(raw.substr(at));
    const std::string piece = EscapeStep(raw, at, step);
    if (escaped.size() + piece.size() > limit)
      return escaped.substr(0, kept).append(kDots.substr(0, limit));
    escaped += piece;
    at += step.length;
    if (escaped.size() + kDots.size() <= limit) kept = escaped.size();
  }
  return escaped;
}

}  // namespace

std::string Escape(std::string_view raw) { return EscapeUpTo(raw, std::string::npos - 16); }

std::string EscapeShort(std::string_view raw, size_t limit) { return EscapeUpTo(raw, limit); }

std::string EscapeMarkdown(std::string_view raw, size_t limit) {
  constexpr std::string_view kMarkup = "\\`*_[]<>|~&#$";
  std::string escaped;
  for (const char c : EscapeShort(raw, limit)) {
    if (kMarkup.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string PercentEncode(std::string_view raw) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string encoded;
  for (const char c : raw)
    encoded += kPlain.find(c) != std::string_view::npos
                   ? std::string(1, c)
                   : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return encoded;
}

}  // namespace gates
