#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace re2 {
class RE2;
}

namespace gates {

enum class Letters { kAsWritten, kAnyCase };

/// A compiled pattern. It sees texts byte by byte.
class Pattern {
 public:
  /// `*` and `?` match no `/`, `**` does; `**/` also matches nothing. Nothing else is special.
  static Pattern Glob(std::string_view glob, Letters letters = Letters::kAsWritten);

  /// RE2 syntax, or what is wrong with it.
  static tl::expected<Pattern, std::string> Regex(std::string_view regex);

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  bool Matches(std::string_view text) const;

  /// The first part of `text` that matches; a view into it.
  std::optional<std::string_view> Find(std::string_view text) const;

  /// How large it is when compiled: what it costs per byte of text, at worst.
  int size() const;

 private:
  explicit Pattern(std::unique_ptr<re2::RE2> compiled);

  std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace gates
