// Results in JUnit XML, as the many writers of it agree on. What none of them
// writes is refused: a check that ends in an element nobody knows is not passed.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <pugixml.hpp>
#include <set>

#include "gates/staging/readers.h"
#include "gates/staging/xml_text.h"

namespace gates {
namespace {

using Words = std::initializer_list<std::string_view>;

constexpr int kMostDepth = 16;
constexpr std::ptrdiff_t kMostMarkup = 4'000'000;  // elements and attributes, with room for text
constexpr size_t kMostAttributes = 64;
constexpr size_t kTooMany = 1'000'000'000;

bool IsOneOf(std::string_view word, Words words) {
  return std::ranges::find(words, word) != words.end();
}

std::optional<size_t> NumberIn(std::string_view digits) {
  size_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

// Every attribute once, few enough to compare each with each.
bool HasPlainAttributes(const pugi::xml_node& node) {
  std::set<std::string_view> names;
  for (const pugi::xml_attribute& attribute : node.attributes())
    if (!names.insert(attribute.name()).second || names.size() > kMostAttributes) return false;
  return true;
}

bool IsText(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

/// What a suite holds, with the suites in it.
struct Tally {
  size_t cases = 0;
  size_t own_cases = 0;  // not those of the suites in it
  size_t bad = 0;        // failures and errors
  size_t skipped = 0;

  Tally operator+(const Tally& part) const {
    return {cases + part.cases, own_cases, bad + part.bad, skipped + part.skipped};
  }
};

/// The numbers in a suite's attributes of these names, added up; an attribute
/// that is no number is too many.
size_t SumOf(const pugi::xml_node& suite, Words names) {
  size_t sum = 0;
  for (const pugi::xml_attribute& attribute : suite.attributes())
    if (IsOneOf(attribute.name(), names))
      sum += std::min(NumberIn(attribute.value()).value_or(kTooMany), kTooMany);
  return sum;
}

class JunitReader {
 public:
  explicit JunitReader(std::string_view text) : text_(text) {}

  Results Read() {
    if (!ReadDocument()) return tl::unexpected(fault_);
    return std::move(results_);
  }

 private:
  bool Stop(std::ptrdiff_t offset, std::string_view why) {
    const auto byte = static_cast<size_t>(std::max<std::ptrdiff_t>(offset, 0));
    fault_ = fmt::format("{} (XML, {})", why, PlaceIn(text_, byte));
    return false;
  }
  bool Stop(const pugi::xml_node& node, std::string_view why) {
    return Stop(node.offset_debug(), why);
  }
  std::nullopt_t Refuse(const pugi::xml_node& node, std::string_view why) {
    Stop(node, why);
    return std::nullopt;
  }

  bool ReadDocument() {
    constexpr unsigned kOptions = pugi::parse_cdata | pugi::parse_eol |
                                  pugi::parse_wconv_attribute | pugi::parse_declaration |
                                  pugi::parse_doctype |
                                  pugi::parse_fragment;  // else text around the root is passed over
    if (const size_t nul = text_.find('\0'); nul != text_.npos)
      return Stop(static_cast<std::ptrdiff_t>(nul), "a NUL byte");
    if (std::ranges::count(text_, '<') + std::ranges::count(text_, '=') > kMostMarkup)
      return Stop(0, "too much markup");
    pugi::xml_document document;
    const auto parsed =
        document.load_buffer(text_.data(), text_.size(), kOptions, pugi::encoding_utf8);
    if (!parsed) return Stop(parsed.offset, fmt::format("no XML: {}", parsed.description()));
    return ReadRoot(document);
  }

  bool ReadRoot(const pugi::xml_document& document) {
    pugi::xml_node root;
    for (const pugi::xml_node& node : document) {
      if (node.type() == pugi::node_doctype) return Stop(node, "a DOCTYPE is not allowed");
      if (node.type() == pugi::node_declaration && !IsUtf8(node))
        return Stop(node, "an encoding other than UTF-8");
      if (IsText(node) && !IsBlank(node.value())) return Stop(node, "text outside the root");
      if (node.type() != pugi::node_element) continue;
      if (root) return Stop(node, "a second root");
      root = node;
    }
    if (!IsOneOf(root.name(), {"testsuites", "testsuite"}))
      return Stop(root, "no JUnit: the root is neither testsuites nor testsuite");
    return ReadSuite(root, 1).has_value();
  }

  static bool IsUtf8(const pugi::xml_node& declaration) {
    const std::string encoding = InLowerCase(declaration.attribute("encoding").value());
    return IsOneOf(encoding, {"", "utf-8", "utf8", "us-ascii", "ascii"});
  }

  std::optional<Tally> ReadSuite(const pugi::xml_node& suite, int depth) {
    if (depth > kMostDepth) return Refuse(suite, "too many suites inside each other");
    if (!HasPlainAttributes(suite)) return Refuse(suite, "an attribute twice, or too many");
    Tally tally;
    for (const pugi::xml_node& node : suite) {
      const auto part = ReadPart(node, depth);
      if (!part) return std::nullopt;
      tally = tally + *part;
      if (IsOneOf(node.name(), {"testcase"})) ++tally.own_cases;
    }
    const size_t tests = SumOf(suite, {"tests"});
    const bool counts_tests = !suite.attribute("tests").empty();
    if (counts_tests && tests != tally.cases && tests != tally.own_cases)
      return Refuse(suite, "the suite says another number of tests than it holds");
    if (SumOf(suite, {"failures", "errors"}) > tally.bad)
      return Refuse(suite, "the suite counts failures or errors that it does not hold");
    if (SumOf(suite, {"skipped", "skip", "disabled"}) > tally.skipped)
      return Refuse(suite, "the suite counts skipped tests that it does not hold");
    return tally;
  }

  std::optional<Tally> ReadPart(const pugi::xml_node& node, int depth) {
    const std::string_view name = node.name();
    if (IsText(node) && !IsBlank(node.value())) return Refuse(node, "text in a suite");
    if (IsText(node)) return Tally();
    if (name == "testsuite") return ReadSuite(node, depth + 1);
    if (name == "testcase") return ReadCase(node);
    if (IsOneOf(name, {"properties", "system-out", "system-err"})) return Tally();
    return Refuse(node, fmt::format("an unknown element '{}' in a suite", name));
  }

  std::optional<Tally> ReadCase(const pugi::xml_node& node) {
    if (!HasPlainAttributes(node)) return Refuse(node, "an attribute twice, or too many");
    if (results_.size() == kMostResults) return Refuse(node, TooManyResults());
    const auto name = DecodeXml(node.attribute("name").value());
    if (!name) return Refuse(node, name.error());
    if (IsBlank(*name)) return Refuse(node, "a testcase without a name");
    results_.push_back({CheckIdOf(*name), *name, Outcome::kPassed, ""});
    for (const char* attribute : {"status", "result"})
      if (!ReadWord(node, attribute)) return std::nullopt;
    size_t bad = 0;
    for (const pugi::xml_node& part : node) {
      if (!ReadOutcome(part)) return std::nullopt;
      if (IsOneOf(part.name(), {"failure", "error"})) ++bad;
    }
    const Outcome outcome = results_.back().outcome;
    if (outcome == Outcome::kFailed) bad = std::max<size_t>(bad, 1);
    return Tally{1, 0, bad, outcome == Outcome::kSkipped ? size_t{1} : size_t{0}};
  }

  // The worst that is said of a case is what became of it.
  void Lower(Outcome outcome) {
    results_.back().outcome = std::min(results_.back().outcome, outcome);
  }

  bool ReadWord(const pugi::xml_node& node, const char* attribute) {
    const pugi::xml_attribute word = node.attribute(attribute);
    if (word.empty()) return true;
    const Outcome outcome = OutcomeCalled(word.value());
    if (outcome == Outcome::kUnknown)
      return Stop(node, fmt::format("an unknown {} '{}'", attribute, word.value()));
    Lower(outcome);
    return true;
  }

  // What stands in a case. A flaky one passed in the end.
  bool ReadOutcome(const pugi::xml_node& part) {
    const std::string_view name = part.name();
    if (IsText(part)) return IsBlank(part.value()) || Stop(part, "text in a testcase");
    if (IsOneOf(name, {"properties", "system-out", "system-err", "flakyFailure", "flakyError"}))
      return true;
    if (IsOneOf(name, {"failure", "error", "rerunFailure", "rerunError"}))
      Lower(Outcome::kFailed);
    else if (name == "skipped")
      Lower(Outcome::kSkipped);
    else
      return Stop(part, fmt::format("an unknown element '{}' in a testcase", name));
    return HasPlainAttributes(part) ? ReadDetail(part)
                                    : Stop(part, "an attribute twice, or too many");
  }

  bool ReadDetail(const pugi::xml_node& part) {
    const auto message = DecodeXml(part.attribute("message").value());
    if (!message) return Stop(part, message.error());
    std::string detail = *message;
    for (const pugi::xml_node& node : part) {
      const auto text = node.type() == pugi::node_pcdata ? DecodeXml(node.value()) : node.value();
      if (!text) return Stop(node, text.error());
      if (!IsBlank(*text)) detail += (detail.empty() ? "" : "\n") + *text;
    }
    std::string& all = results_.back().detail;
    if (!detail.empty()) all += (all.empty() ? "" : "\n") + detail;
    return true;
  }

  std::string_view text_;
  std::vector<CheckResult> results_;
  std::string fault_;
};

}  // namespace

Results ReadJunitResults(std::string_view text) { return JunitReader(text).Read(); }

}  // namespace gates
