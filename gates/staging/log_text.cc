#include "gates/staging/log_text.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "frontmatter/bytes.h"
#include "gates/core/timestamp.h"
#include "gates/report/escape.h"
#include "gates/report/fenced_block.h"
#include "gates/report/fold.h"

namespace gates {
namespace {

// How much of each thing is written: a log is read by people, and a stranger
// chose the lengths.
constexpr size_t kMostOfLabel = 160;
constexpr size_t kMostOfNote = 240;
constexpr size_t kMostRows = 1000;
constexpr size_t kMostOfOutput = 4 * 1024;  // of one check
constexpr size_t kMostOutput = 256 * 1024;  // of all of them
constexpr size_t kMostOfValue = 2000;       // in quotes it may double, and a line has 4096

/// One row of the table, and what the check said where it did not pass.
struct Row {
  const CheckResult& check;
  std::string outcome;
  std::string note;
};

std::string Text(std::string_view raw) { return EscapeMarkdown(raw, kMostOfLabel); }

std::string Label(const CheckResult& check) {
  if (check.name.starts_with(check.id)) return check.name;
  return check.name.empty() ? check.id : check.id + " " + check.name;
}

std::string WhyWaived(const InfraCheck& allowed) {
  std::string why = allowed.reason.empty() ? "infrastructure" : allowed.reason;
  if (!allowed.approver.empty()) why += ", allowed by " + allowed.approver;
  if (allowed.expires) why += ", until " + WriteTimestamp(*allowed.expires);
  return why;
}

// What counts comes first: where the table is cut, it loses what passed.
std::vector<Row> RowsOf(const Folded& folded) {
  std::vector<Row> rows;
  std::set<std::string_view> told;
  for (const Counted& counted : folded.failed) {
    rows.push_back({counted.check, fmt::format("**{}**", Name(counted.check.outcome)),
                    EscapeMarkdown(counted.why, kMostOfNote)});
    told.insert(counted.check.id);
  }
  for (const Waived& waived : folded.waived) {
    rows.push_back({waived.check, fmt::format("{}, waived", Name(waived.check.outcome)),
                    EscapeMarkdown(WhyWaived(waived.allowed_by), kMostOfNote)});
    told.insert(waived.check.id);
  }
  for (const CheckResult& check : folded.checks)
    if (!told.contains(check.id)) rows.push_back({check, std::string(Name(check.outcome)), ""});
  return rows;
}

std::string Table(const std::vector<Row>& rows) {
  if (rows.empty()) return "";
  std::string text = "\n| check | outcome | note |\n|---|---|---|\n";
  for (size_t i = 0; i < rows.size() && i < kMostRows; ++i)
    text += fmt::format("| {} | {} | {} |\n", Text(Label(rows[i].check)), rows[i].outcome,
                        rows[i].note);
  if (rows.size() > kMostRows)
    text += fmt::format("\n{} more checks are left out of this table.\n", rows.size() - kMostRows);
  return text;
}

std::string Outputs(const std::vector<Row>& rows) {
  std::string text;
  for (size_t i = 0; i < rows.size() && i < kMostRows; ++i) {
    const CheckResult& check = rows[i].check;
    if (check.outcome == Outcome::kPassed) continue;
    const std::string output = FencedBlock(check.detail, kMostOfOutput);
    if (output.empty()) continue;
    if (text.size() + output.size() > kMostOutput)
      return text + fmt::format("\nMore output is left out: a log holds {} KiB of it.\n",
                                kMostOutput / 1024);
    text += fmt::format("\n### {}\n\n{}", Text(Label(check)), output);
  }
  return text.empty() ? "" : "\n## What did not pass\n" + text;
}

std::string Title(const std::string& gate) {
  std::string title = Text(gate);
  title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
  return title;
}

std::string Body(const NewVerdict& verdict) {
  std::string text = fmt::format("# {} log for {}\n\n**{}** for commit `{}`, written at {}",
                                 Title(verdict.gate.id), Text(verdict.work_item), verdict.token(),
                                 verdict.validated.hex(), WriteTimestamp(verdict.written_at));
  if (!verdict.base_url.empty()) text += ", on " + EscapeMarkdown(verdict.base_url, kMostOfValue);
  text += ".\n";
  if (!verdict.folded && !verdict.reasons.empty()) return text + verdict.reasons;
  if (!verdict.folded) return text + "\nThe verdict was given; there are no results of checks.\n";
  if (!verdict.folded->reason.empty())
    text += fmt::format("\nResult: {}\n", EscapeMarkdown(verdict.folded->reason, kMostOfNote));
  const std::vector<Row> rows = RowsOf(*verdict.folded);
  return text + Table(rows) + Outputs(rows);
}

// Bare where every YAML reader takes it for a text, else in single quotes.
std::string Scalar(const std::string& text) {
  static const re2::RE2 kPlainText(R"([A-Z][A-Z0-9]*-[0-9]+|sha256:[0-9a-f]+)"
                                   R"(|https?://[A-Za-z0-9._~/%?&=+:-]*[A-Za-z0-9/])");
  return re2::RE2::FullMatch(text, kPlainText) ? text : QuotedScalar(text);
}

std::string Line(std::string_view key, const std::string& value) {
  return value.empty() ? "" : fmt::format("{}: {}\n", key, Scalar(value));
}

}  // namespace

std::optional<std::string> FindLineFault(const std::string& text) {
  if (text.size() > kMostOfValue) return fmt::format("it is longer than {} bytes", kMostOfValue);
  if (text.find_first_of("\r\n") != std::string::npos) return "it holds a line break";
  if (const auto error = frontmatter::FindForbiddenBytes(text, 1)) return error->message;
  return std::nullopt;
}

std::string WriteVerdictLog(const NewVerdict& verdict) {
  return fmt::format("---\n{}: {}\n{}validated_sha: {}\ntimestamp: {}\n{}{}---\n", verdict.gate.key,
                     verdict.token(), Line("work_item", verdict.work_item), verdict.validated.hex(),
                     WriteTimestamp(verdict.written_at), Line("base_url", verdict.base_url),
                     Line("results_digest", verdict.results_digest)) +
         Body(verdict);
}

}  // namespace gates
