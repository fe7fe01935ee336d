// Results in TAP, versions 12 to 14. Subtests are read as checks of their own,
// so that a failure inside one is not lost behind an `ok`.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "frontmatter/lines.h"
#include "gates/staging/readers.h"

namespace gates {
namespace {

constexpr size_t kMostDepth = 32;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// `word` in lower case.
bool StartsWithWord(std::string_view text, std::string_view word) {
  return std::ranges::equal(text.substr(0, word.size()), word, {}, Lower);
}

/// The digits that `text` starts with, where a blank or nothing follows them.
std::string_view LeadingNumber(std::string_view text) {
  const size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const bool stands_alone = end == text.size() || text[end] == ' ' || text[end] == '\t';
  return stands_alone ? text.substr(0, end) : "";
}

/// A number of tests; one that is out of all bounds is more than allowed.
size_t NumberIn(std::string_view digits) {
  size_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc() ? std::min(number, kMostResults + 1) : kMostResults + 1;
}

// A backslash before it makes a `#` an ordinary character, unless that is itself escaped.
bool IsEscaped(std::string_view text, size_t at) {
  size_t backslashes = 0;
  while (backslashes < at && text[at - backslashes - 1] == '\\') ++backslashes;
  return backslashes % 2 == 1;
}

// Where `# SKIP ...` or `# TODO ...` begins.
size_t FindDirective(std::string_view text) {
  for (size_t hash = text.find('#'); hash != text.npos; hash = text.find('#', hash + 1)) {
    const std::string_view word = frontmatter::Trimmed(text.substr(hash + 1));
    if ((StartsWithWord(word, "skip") || StartsWithWord(word, "todo")) && !IsEscaped(text, hash))
      return hash;
  }
  return text.npos;
}

std::string Unescaped(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view pair = text.substr(i, 2);
    if (pair == "\\\\" || pair == "\\#") ++i;
    plain += text[i];
  }
  return plain;
}

/// What stands behind `ok` or `not ok`; nothing where the line is no test point.
std::optional<std::string_view> AfterStatus(std::string_view line) {
  if (line.starts_with("not ")) line.remove_prefix(4);
  if (!line.starts_with("ok")) return std::nullopt;
  line.remove_prefix(2);
  if (line.empty() || line[0] == ' ' || line[0] == '\t') return line;
  return std::nullopt;
}

/// The tests that `1..N` announces; nothing where the line is no plan.
std::optional<size_t> PlanIn(std::string_view line) {
  if (!line.starts_with("1..")) return std::nullopt;
  line.remove_prefix(3);
  const std::string_view digits = line.substr(0, line.find_first_not_of("0123456789"));
  const std::string_view rest = frontmatter::Trimmed(line.substr(digits.size()));
  if (digits.empty() || (!rest.empty() && rest[0] != '#')) return std::nullopt;
  return NumberIn(digits);
}

/// The tests of a file, or of a subtest inside it.
struct Level {
  size_t indent = 0;
  std::optional<size_t> plan;
  bool plan_came_last = false;
  std::set<size_t> numbers;
  size_t next = 1;                   // the number of a test that has none
  bool holds_empty_subtest = false;  // one that was skipped as a whole, before its own test
};

class TapReader {
 public:
  explicit TapReader(std::string_view text) : text_(text) {}

  Results Read() {
    for (size_t at = 0; at < text_.size(); ++line_number_) {
      const frontmatter::Line line = frontmatter::LineAt(text_, at);
      if (!Take(line.bytes)) return tl::unexpected(fault_);
      at = line.next;
    }
    if (!Finish()) return tl::unexpected(fault_);
    return std::move(results_);
  }

 private:
  bool Stop(std::string_view why) {
    fault_ = fmt::format("{} (TAP, line {})", why, line_number_);
    return false;
  }

  bool Take(std::string_view line) {
    const size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    const std::string_view words = line.substr(indent);
    if (in_yaml_) return TakeYaml(words, indent);
    if (words.empty()) return true;
    if (words[0] == '#') return TakeComment(words);
    if (OpensYaml(words, indent)) return in_yaml_ = true;
    follows_test_ = false;
    if (StartsWithWord(words, "bail out!")) return Stop(words);
    if (words.starts_with("TAP version ")) return TakeVersion(words.substr(12));
    const auto tail = AfterStatus(words);
    const auto plan = PlanIn(words);
    if (!tail && !plan) return true;  // what the tested program says for itself
    if (line.substr(0, indent).find('\t') != line.npos || line.find('\r') != line.npos)
      return Stop("a tab or a carriage return where none may stand");
    if (!GoTo(indent)) return false;
    return plan ? TakePlan(*plan) : TakeTest(*tail, words[0] == 'o');
  }

  bool TakeVersion(std::string_view version) {
    const std::string_view number = frontmatter::Trimmed(version);
    if (number == "12" || number == "13" || number == "14") return true;
    return Stop("this version of TAP is not known");
  }

  bool TakeComment(std::string_view words) {
    if (follows_test_ && results_.back().outcome != Outcome::kPassed &&
        !words.starts_with("# Subtest"))
      AddDetail(frontmatter::Trimmed(words.substr(1)));
    return true;
  }

  void AddDetail(std::string_view line) {
    std::string& detail = results_.back().detail;
    if (!detail.empty()) detail += '\n';
    detail += line;
  }

  bool OpensYaml(std::string_view words, size_t indent) const {
    return follows_test_ && indent == levels_.back().indent + 2 &&
           frontmatter::Trimmed(words) == "---";
  }

  bool TakeYaml(std::string_view words, size_t indent) {
    const size_t least = levels_.back().indent + 2;
    const std::string_view trimmed = frontmatter::Trimmed(words);
    if (indent < least && !trimmed.empty()) return Stop("a YAML block is not closed");
    if (indent == least && trimmed == "...")
      in_yaml_ = false;
    else
      AddDetail(std::string(indent > least ? indent - least : 0, ' ').append(words));
    return true;
  }

  // Makes the level of this indentation the last one.
  bool GoTo(size_t indent) {
    while (levels_.back().indent > indent)
      if (!CloseLevel()) return false;
    if (levels_.back().indent == indent) return true;
    if (levels_.size() == kMostDepth) return Stop("too many subtests inside each other");
    levels_.emplace_back().indent = indent;
    return true;
  }

  bool CloseLevel() {
    if (!IsWhole(levels_.back())) return false;
    const bool is_empty = levels_.back().numbers.empty();
    levels_.pop_back();
    if (is_empty) levels_.back().holds_empty_subtest = true;
    return true;
  }

  bool IsWhole(const Level& level) {
    if (!level.plan) return Stop("the plan `1..N` is missing");
    if (level.numbers.size() != *level.plan)
      return Stop(
          fmt::format("the plan says {} tests, {} came", *level.plan, level.numbers.size()));
    if (*level.plan > 0 && (*level.numbers.begin() == 0 || *level.numbers.rbegin() > *level.plan))
      return Stop("the number of a test is not in the plan");
    return !level.holds_empty_subtest || Stop("a subtest without tests has no test of its own");
  }

  bool TakePlan(size_t plan) {
    Level& level = levels_.back();
    if (level.plan) return Stop("a second plan");
    level.plan = plan;
    level.plan_came_last = !level.numbers.empty();
    return true;
  }

  bool TakeTest(std::string_view tail, bool is_ok) {
    Level& level = levels_.back();
    if (level.plan_came_last) return Stop("a test behind the plan");
    if (results_.size() == kMostResults) return Stop(TooManyResults());
    tail = frontmatter::Trimmed(tail);
    const std::string_view digits = LeadingNumber(tail);
    const size_t number = digits.empty() ? level.next : NumberIn(digits);
    if (!level.numbers.insert(number).second)
      return Stop(fmt::format("test {} stands twice", number));
    level.next = number + 1;
    Add(tail.substr(digits.size()), number, is_ok ? Outcome::kPassed : Outcome::kFailed);
    follows_test_ = true;
    return true;
  }

  void Add(std::string_view tail, size_t number, Outcome outcome) {
    const size_t directive = std::min(FindDirective(tail), tail.size());
    std::string_view words = frontmatter::Trimmed(tail.substr(0, directive));
    if (words.starts_with('-')) words = frontmatter::Trimmed(words.substr(1));
    CheckResult& result = results_.emplace_back();
    result.name = words.empty() ? fmt::format("test {}", number) : Unescaped(words);
    result.id = CheckIdOf(result.name);
    result.outcome = outcome;
    const bool is_skipped = directive < tail.size() || levels_.back().holds_empty_subtest;
    if (is_skipped && outcome == Outcome::kPassed) result.outcome = Outcome::kSkipped;
    levels_.back().holds_empty_subtest = false;
    if (directive < tail.size()) AddDetail(frontmatter::Trimmed(tail.substr(directive + 1)));
  }

  bool Finish() {
    const bool saw_tap = levels_.size() > 1 || levels_[0].plan || !results_.empty();
    if (!saw_tap) {
      fault_ = "these are no results: neither JSON nor JUnit XML nor TAP";
      return false;
    }
    if (in_yaml_) return Stop("a YAML block is not closed");
    while (levels_.size() > 1)
      if (!CloseLevel()) return false;
    if (!IsWhole(levels_[0])) return false;
    // A directive may have stood there.
    return text_.ends_with('\n') || Stop("the last line has no line end: cut off?");
  }

  std::string_view text_;
  std::vector<CheckResult> results_;
  std::string fault_;
  std::vector<Level> levels_{1};  // from the file itself to the innermost subtest
  size_t line_number_ = 1;
  bool follows_test_ = false;  // only comments since the last test
  bool in_yaml_ = false;
};

}  // namespace

Results ReadTapResults(std::string_view text) { return TapReader(text).Read(); }

}  // namespace gates
