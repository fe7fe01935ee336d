#include "gates/staging/results.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontmatter/bytes.h"
#include "frontmatter/lines.h"
#include "gates/staging/readers.h"

namespace gates {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Such a word is all that the policy's allowlist can name.
bool IsCheckId(std::string_view word) {
  if (word.size() < 2 || word[0] < 'A' || word[0] > 'Z') return false;
  word.remove_prefix(1);
  if (word.back() >= 'a' && word.back() <= 'z') word.remove_suffix(1);
  return !word.empty() && std::ranges::all_of(word, IsDigit);
}

Results ReadByFormat(std::string_view text) {
  switch (text[text.find_first_not_of(kBlanks)]) {
    case '[':
    case '{': return ReadJsonResults(text);
    case '<': return ReadJunitResults(text);
    default: return ReadTapResults(text);
  }
}

}  // namespace

std::string CheckIdOf(std::string_view label) {
  const size_t first = label.find_first_not_of(kBlanks);
  if (first == label.npos) return std::string(label);
  const size_t end = label.find_first_of(kBlanks, first);
  const std::string_view word = label.substr(first, end == label.npos ? end : end - first);
  return std::string(IsCheckId(word) ? word : label);
}

Outcome OutcomeCalled(std::string_view word) {
  const std::string lower = InLowerCase(word);
  const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, lower) != words.end();
  };
  if (is_one_of({"run", "passed", "pass", "success", "successful", "ok", "completed"}))
    return Outcome::kPassed;
  if (is_one_of({"notrun", "disabled", "skipped", "skip", "ignored", "suppressed", "pending"}))
    return Outcome::kSkipped;
  if (is_one_of({"failed", "fail", "failure", "error"})) return Outcome::kFailed;
  return Outcome::kUnknown;
}

std::string InLowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

bool IsBlank(std::string_view text) { return text.find_first_not_of(kBlanks) == text.npos; }

std::string PlaceIn(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const size_t feed = before.rfind('\n');
  return fmt::format("line {}, column {}", std::ranges::count(before, '\n') + 1,
                     before.size() - (feed == before.npos ? 0 : feed + 1) + 1);
}

std::string TooManyResults() { return fmt::format("more than {} results", kMostResults); }

Results ReadResults(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.size() > kMostResultBytes)
    return tl::unexpected(fmt::format("larger than {} MiB", kMostResultBytes / 1024 / 1024));
  if (const size_t byte = frontmatter::FindInvalidUtf8(text); byte != text.npos)
    return tl::unexpected("no UTF-8 at " + PlaceIn(text, byte));
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (IsBlank(text)) return tl::unexpected(std::string("empty: there are no results in it"));
  Results results = ReadByFormat(text);
  if (results && results->empty()) return tl::unexpected(std::string("there are no results in it"));
  return results;
}

}  // namespace gates
