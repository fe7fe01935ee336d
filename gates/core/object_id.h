#pragma once

#include <array>
#include <compare>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace gates {

/// A SHA-1 object name. The zero id names no object.
struct ObjectId {
  std::array<unsigned char, 20> bytes{};

  bool is_zero() const { return *this == ObjectId{}; }
  std::string hex() const;  // 40 lower-case digits
  std::string hex12() const { return hex().substr(0, 12); }

  /// Exactly 40 lower-case hex digits, or nothing.
  static std::optional<ObjectId> FromHex(std::string_view hex);

  auto operator<=>(const ObjectId&) const = default;
};

/// For hashed containers: an object name is already a hash.
struct ObjectIdHash {
  size_t operator()(const ObjectId& id) const {
    size_t hash;
    std::memcpy(&hash, id.bytes.data(), sizeof hash);
    return hash;
  }
};

}  // namespace gates
