#include "gates/core/object_id.h"

namespace gates {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

std::string ObjectId::hex() const {
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const unsigned char byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::optional<ObjectId> ObjectId::FromHex(std::string_view hex) {
  ObjectId id;
  if (hex.size() != 2 * id.bytes.size()) return std::nullopt;
  for (size_t i = 0; i < hex.size(); ++i) {
    const size_t digit = kDigits.find(hex[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    id.bytes[i / 2] = static_cast<unsigned char>(unsigned{id.bytes[i / 2]} << 4 | unsigned(digit));
  }
  return id;
}

}  // namespace gates
