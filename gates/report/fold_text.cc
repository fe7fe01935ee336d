#include <fmt/format.h>

#include <algorithm>

#include "gates/core/object_id.h"
#include "gates/core/timestamp.h"
#include "gates/report/escape.h"
#include "gates/report/fold.h"

namespace gates {
namespace {

// Printed of each kind; JSON has them all.
constexpr size_t kMostFailed = 200;
constexpr size_t kMostPassed = 100;

// How many bytes of each thing are printed: a stranger chose the length.
constexpr size_t kRoom = 70;  // on a line of 80 columns, behind the state
constexpr size_t kLeastOfName = 40;
constexpr size_t kMostOfReason = 1000;

constexpr std::string_view kRed = "1;31";
constexpr std::string_view kGreen = "1;32";
constexpr std::string_view kYellow = "1;33";

std::string Paint(std::string_view text, std::string_view style, Colour colour) {
  if (colour == Colour::kNever) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", style, text);
}

/// `C9a sandbox branch`: a name that does not begin with its id gets it put in front.
std::string Label(const CheckResult& check, size_t limit) {
  const bool holds_id = check.name.starts_with(check.id);
  return EscapeShort(holds_id ? check.name : check.id + " " + check.name, limit);
}

std::string_view FirstLine(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  return line.substr(0, line.find_last_not_of(kBlanks) + 1);
}

/// `failed   C2 orders are kept: got 500`, cut to one line of the terminal.
std::string FailedLine(const Counted& counted, Colour colour) {
  std::string rest(FirstLine(counted.check.detail));
  if (counted.why != kRealCheck) rest = counted.why + (rest.empty() ? "" : "; ") + rest;
  const size_t wanted = EscapeShort(rest, kRoom).size() + 2;
  std::string line = Label(counted.check, std::max(kRoom - std::min(wanted, kRoom), kLeastOfName));
  if (!rest.empty()) line += ": " + EscapeShort(rest, kRoom - line.size() - 2);
  const std::string state = fmt::format("{:<8}", Name(counted.check.outcome));
  return fmt::format("{} {}\n", Paint(state, kRed, colour), line);
}

std::string WaivedLine(const Waived& waived, Colour colour) {
  const InfraCheck& by = waived.allowed_by;
  std::string line = Label(waived.check, kRoom) + ": ";
  line += by.reason.empty() ? "no reason given" : EscapeShort(by.reason, kMostOfReason);
  std::string by_whom = EscapeShort(by.approver, kMostOfReason);
  if (by.expires)
    by_whom += (by_whom.empty() ? "" : ", ") + ("until " + WriteTimestamp(*by.expires));
  if (!by_whom.empty()) line += " (" + by_whom + ")";
  return fmt::format("{} {}\n", Paint("waived  ", kYellow, colour), line);
}

std::string PassedLines(const Folded& folded) {
  std::string lines;
  size_t passed = 0;
  for (const CheckResult& check : folded.checks)
    if (check.outcome == Outcome::kPassed && ++passed <= kMostPassed)
      lines += fmt::format("{:<8} {}\n", "passed", Label(check, kRoom));
  if (passed > kMostPassed) lines += fmt::format("... and {} more passed\n", passed - kMostPassed);
  return lines;
}

// `8f3a1c0b5d7e:.verdict.yml`
std::string ShortSource(std::string source) {
  if (const auto id = ObjectId::FromHex(source.substr(0, source.find(':'))))
    source.replace(0, id->hex().size(), id->hex12());
  return EscapeShort(source, kRoom);
}

// Said where something did not pass: an entry in the staged branch itself does not count.
std::string PolicyLine(const FoldReport& report) {
  const bool all_passed = report.folded.failed.empty() && report.folded.waived.empty();
  if (!report.policy || all_passed) return "";
  const bool is_built_in = !report.policy->blob && report.policy->source == PolicyOrigin().source;
  return fmt::format("{:<8} {}{}\n", "policy", ShortSource(report.policy->source),
                     is_built_in ? ", which waives nothing (`--base REV` names another)" : "");
}

}  // namespace

std::string RenderVerdict(const FoldReport& report, Colour colour) {
  std::string waived;
  for (const Waived& entry : report.folded.waived)
    waived += (waived.empty() ? "INFRA-WAIVED: " : ", ") + Escape(entry.check.id);
  if (!waived.empty()) waived += "\n";
  return fmt::format("{}VERDICT: {} ({})\n", waived,
                     Paint(Verdict(report.folded), report.folded.passed ? kGreen : kRed, colour),
                     EscapeShort(report.folded.reason, kMostOfReason));
}

std::string RenderFoldText(const FoldReport& report, Colour colour) {
  const Folded& folded = report.folded;
  std::string text;
  for (size_t i = 0; i < folded.failed.size() && i < kMostFailed; ++i)
    text += FailedLine(folded.failed[i], colour);
  if (folded.failed.size() > kMostFailed)
    text += fmt::format("... and {} more did not pass\n", folded.failed.size() - kMostFailed);
  for (const Waived& waived : folded.waived) text += WaivedLine(waived, colour);
  return text + PassedLines(folded) + PolicyLine(report) + RenderVerdict(report, colour);
}

}  // namespace gates
