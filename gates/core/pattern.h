#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace re2 {
class RE2;
}

namespace gates {

enum class Letters { kAsWritten, kAnyCase };

/// A compiled pattern that matches whole texts, byte by byte.
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

 private:
  explicit Pattern(std::unique_ptr<re2::RE2> compiled);

  std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace gates
