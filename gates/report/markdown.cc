#include "gates/report/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "gates/report/escape.h"
#include "gates/report/markdown_text.h"
#include "gates/report/words.h"

namespace gates {
namespace {

constexpr size_t kMostVerdicts = 20;  // logs told of for one update

// A comment on GitHub holds 65,536 characters; what stands around a report needs some.
constexpr size_t kMostBytes = 60'000;

std::string Code(std::string_view raw, size_t limit) { return CodeSpan(EscapeShort(raw, limit)); }

/// A report as it grows, up to its limit.
class Page {
 public:
  /// False, and nothing added, where there is no room left.
  bool Add(std::string_view piece) {
    if (text_.size() + piece.size() > kMostBytes) return false;
    text_ += piece;
    return true;
  }

  /// Adds the last words on something, for which there is always room.
  void AddLast(std::string_view piece) { text_ += piece; }

  std::string Take() && { return std::move(text_); }

 private:
  std::string text_;
};

// ` in <path>:2:17 at <sha12>`, as much of it as is known.
std::string Place(const Finding& finding) {
  std::string place;
  if (const std::string in_file = PlaceInFile(finding); !in_file.empty())
    place += " in " + CodeSpan(in_file);
  if (!finding.sha.empty()) place += " at " + CodeSpan(ShortId(finding.sha));
  return place;
}

std::string RenderFinding(const Finding& finding) {
  std::string text =
      fmt::format("- **{}**{}: ", CodeSpan(ReasonFor(finding.code).name), Place(finding));
  if (!finding.expected.empty()) text += "expected " + Code(finding.expected, kMostOfValue);
  if (!finding.expected.empty() && !finding.found.empty()) text += ", ";
  if (!finding.found.empty()) text += "found " + Code(finding.found, kMostOfValue);
  if (!finding.expected.empty() || !finding.found.empty()) text += ": ";
  return text + fmt::format("{}\\\n  **Fix:** {}\n",
                            MarkdownProse(MessageOf(finding), kMostOfProse),
                            MarkdownProse(RemedyOf(finding), kMostOfProse));
}

void AddFindings(const std::vector<Finding>& findings, Page& page) {
  if (findings.empty()) return;
  page.AddLast("\n");
  size_t told = 0;
  while (told < findings.size() && told < kMostFindings && page.Add(RenderFinding(findings[told])))
    ++told;
  if (told < findings.size())
    page.AddLast(fmt::format("- ... and {} more (JSON has them all)\n", findings.size() - told));
}

std::string RenderVerdict(const WorkItemReport& item, const GateReport& gate) {
  std::string text = fmt::format("- {} {}: {}", Code(item.id, kMostOfRef),
                                 Code(gate.gate, kMostOfValue), CodeSpan(Name(gate.state)));
  if (gate.token) text += ", says " + Code(*gate.token, kMostOfValue);
  if (gate.validated_sha) text += ", validated " + CodeSpan(gate.validated_sha->hex12());
  if (gate.proof != Proof::kNone) text += fmt::format(", proof {}", CodeSpan(Name(gate.proof)));
  if (gate.signed_by)
    for (const std::string& signer : *gate.signed_by)
      text += ", signed by " + Code(signer, kMostOfValue);
  return text + "\n";
}

// A log that is neither there nor asked for tells nothing.
std::vector<std::string> Verdicts(const UpdateReport& update) {
  std::vector<std::string> verdicts;
  for (const WorkItemReport& item : update.work_items)
    for (const GateReport& gate : item.gates)
      if (gate.state != GateState::kNotApplicable) verdicts.push_back(RenderVerdict(item, gate));
  return verdicts;
}

void AddVerdicts(const UpdateReport& update, Page& page) {
  const std::vector<std::string> verdicts = Verdicts(update);
  if (verdicts.empty() || !page.Add("\nVerdicts:\n\n")) return;
  size_t told = 0;
  while (told < verdicts.size() && told < kMostVerdicts && page.Add(verdicts[told])) ++told;
  if (told < verdicts.size())
    page.AddLast(fmt::format("- ... and {} more (JSON has them all)\n", verdicts.size() - told));
}

// `**BLOCK** <ref> at <sha12>: <CODE>`
std::string Headline(const UpdateReport& update) {
  std::string line = fmt::format("**{}**", Name(update.decision()));
  if (update.ref && !update.ref->empty()) line += " " + Code(*update.ref, kMostOfRef);
  if (update.after && !update.after->is_zero()) line += " at " + CodeSpan(update.after->hex12());
  return line + ": " + CodeSpan(LastWord(update)) + "\n";
}

void AddUpdates(const Report& report, Page& page) {
  std::vector<const UpdateReport*> updates;
  for (const UpdateReport& update : report.updates) updates.push_back(&update);
  std::ranges::stable_sort(updates, {}, &UpdateReport::decision);
  for (size_t i = 0; i < updates.size(); ++i) {
    if (!page.Add((i == 0 ? "" : "\n") + Headline(*updates[i]))) {
      page.AddLast(fmt::format("\n{} more updates, none of them worse (JSON has them all)\n",
                               updates.size() - i));
      return;
    }
    AddFindings(updates[i]->findings, page);
    AddVerdicts(*updates[i], page);
  }
}

}  // namespace

std::string RenderReasons(const UpdateReport& update) {
  UpdateReport told = update;
  for (Finding& finding : told.findings)
    if (update.after && finding.sha == update.after->hex()) finding.sha.clear();
  Page page;
  AddFindings(told.findings, page);
  AddVerdicts(told, page);
  return std::move(page).Take();
}

std::string RenderMarkdown(const Report& report, Colour) {
  if (report.updates.empty() && report.findings.empty())
    return fmt::format("{}\n", kNothingChecked);
  Page page;
  if (!report.findings.empty()) {
    page.AddLast(fmt::format("**{}**\n", Name(*Report{{}, report.findings}.decision())));
    AddFindings(report.findings, page);
    if (!report.updates.empty()) page.AddLast("\n");
  }
  AddUpdates(report, page);
  return std::move(page).Take();
}

}  // namespace gates
