#include "hooks/ssh_armor.h"

#include <cstdint>

namespace hooks {
namespace {

constexpr std::string_view kBegin = "-----BEGIN SSH SIGNATURE-----";
constexpr std::string_view kEnd = "-----END SSH SIGNATURE-----";
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The armor wraps its lines; `=` ends it.
std::optional<std::string> DecodeBase64(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') break;
    const size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xff);
  }
  return bytes;
}

std::string EncodeBase64(std::string_view bytes) {
  std::string text;
  for (size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t bits = 0;
    for (size_t i = at; i < at + 3; ++i)
      bits = bits << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u);
    for (size_t i = 0; i < 4; ++i)
      text += at + i > bytes.size() ? '=' : kDigits[bits >> (18 - 6 * i) & 0x3f];
  }
  return text;
}

// A length in four bytes, and as many bytes.
std::optional<std::string_view> CutString(std::string_view& bytes) {
  if (bytes.size() < 4) return std::nullopt;
  std::uint32_t size = 0;
  for (const char c : bytes.substr(0, 4)) size = size << 8 | static_cast<unsigned char>(c);
  bytes.remove_prefix(4);
  if (size > bytes.size()) return std::nullopt;
  const std::string_view string = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return string;
}

}  // namespace

std::optional<SigningKey> ReadSigningKey(std::string_view armored) {
  constexpr std::string_view kMagic("SSHSIG\0\0\0\1", 10);  // and version 1
  const size_t begin = armored.find(kBegin), end = armored.find(kEnd);
  if (begin != 0 || end == std::string_view::npos) return std::nullopt;
  const auto bytes = DecodeBase64(armored.substr(kBegin.size(), end - kBegin.size()));
  if (!bytes || !bytes->starts_with(kMagic)) return std::nullopt;
  std::string_view rest = std::string_view(*bytes).substr(kMagic.size());
  const auto key = CutString(rest);
  if (!key) return std::nullopt;
  std::string_view inside = *key;
  const auto type = CutString(inside);
  if (!type) return std::nullopt;
  return SigningKey{EncodeBase64(*key), type->ends_with("-cert-v01@openssh.com")};
}

}  // namespace hooks
