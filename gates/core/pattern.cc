#include "gates/core/pattern.h"

#include <re2/re2.h>

namespace gates {
namespace {

std::string GlobToRegex(std::string_view glob) {
  std::string regex;
  while (!glob.empty()) {
    size_t used = 1;
    if (glob.starts_with("**/")) {
      regex += "(?:.*/)?";
      used = 3;
    } else if (glob.starts_with("**")) {
      regex += ".*";
      used = 2;
    } else if (glob.front() == '*') {
      regex += "[^/]*";
    } else if (glob.front() == '?') {
      regex += "[^/]";
    } else {
      regex += re2::RE2::QuoteMeta(glob.substr(0, 1));
    }
    glob.remove_prefix(used);
  }
  return regex;
}

// Paths and ref names are bytes: Latin-1 makes `.` match every one of them.
re2::RE2::Options Options(Letters letters) {
  re2::RE2::Options options(re2::RE2::Latin1);
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_case_sensitive(letters == Letters::kAsWritten);
  return options;
}

}  // namespace

Pattern::Pattern(std::unique_ptr<re2::RE2> compiled) : compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Pattern Pattern::Glob(std::string_view glob, Letters letters) {
  return Pattern(std::make_unique<re2::RE2>(GlobToRegex(glob), Options(letters)));
}

tl::expected<Pattern, std::string> Pattern::Regex(std::string_view regex) {
  auto compiled = std::make_unique<re2::RE2>(regex, Options(Letters::kAsWritten));
  if (!compiled->ok()) return tl::unexpected(compiled->error());
  return Pattern(std::move(compiled));
}

// A pattern that did not compile, or ran out of memory, matches nothing.
bool Pattern::Matches(std::string_view text) const {
  return compiled_->ok() && re2::RE2::FullMatch(text, *compiled_);
}

std::optional<std::string_view> Pattern::Find(std::string_view text) const {
  re2::StringPiece found;
  const re2::StringPiece piece(text.data(), text.size());
  if (!compiled_->Match(piece, 0, piece.size(), re2::RE2::UNANCHORED, &found, 1))
    return std::nullopt;
  return text.substr(static_cast<size_t>(found.data() - text.data()), found.size());
}

int Pattern::size() const { return compiled_->ProgramSize(); }

}  // namespace gates
