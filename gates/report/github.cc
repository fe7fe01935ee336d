#include "gates/report/github.h"

#include <fmt/format.h>

#include "gates/report/complaints.h"
#include "gates/report/escape.h"
#include "gates/report/words.h"

namespace gates {
namespace {

// What ends a property or a command for the runner, as it wants it written.
std::string Encoded(std::string_view text, std::string_view special) {
  std::string encoded;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos)
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string Property(std::string_view text) { return Encoded(text, "%\r\n:,"); }

std::string Message(std::string_view text) { return Encoded(text, "%\r\n"); }

std::string Annotation(const Finding& finding) {
  std::string properties;
  const std::string_view path = PathInRepository(finding);
  if (!path.empty()) {
    properties = "file=" + Property(EscapeShort(path, kMostOfPath)) + ",";
    if (finding.line > 0) properties += fmt::format("line={},", finding.line);
    if (finding.line > 0 && finding.column > 0)
      properties += fmt::format("col={},", finding.column);
  }
  properties += fmt::format("title={}", ReasonFor(finding.code).name);
  return fmt::format("::error {}::{}\n", properties,
                     Message(Fact(finding) + "\nfix: " + Remedy(finding)));
}

/// Writes the annotations of one update, or of what is outside of any.
class Annotations {
 public:
  void Add(const Finding& finding) {
    if (++count_ <= kMostFindings) text_ += Annotation(finding);
  }

  std::string Take() && {
    if (count_ > kMostFindings) text_ += fmt::format("... and {} more\n", count_ - kMostFindings);
    return std::move(text_);
  }

 private:
  std::string text_;
  size_t count_ = 0;
};

}  // namespace

std::string RenderGithub(const Report& report, Colour) {
  if (!report.decision()) return fmt::format("::warning title=git-verdict::{}\n", kNothingChecked);
  const std::vector<Complaint> complaints = ComplaintsOf(report);
  const auto annotations_of = [&](const UpdateReport* update) {
    Annotations annotations;
    for (const Complaint& complaint : complaints)
      if (complaint.update == update) annotations.Add(complaint.finding);
    return std::move(annotations).Take();
  };
  std::string text;
  for (const UpdateReport& update : report.updates)
    text += fmt::format("{} {} {}\n{}", Name(update.decision()), RefAndCommit(update),
                        LastWord(update), annotations_of(&update));
  return text + annotations_of(nullptr);
}

}  // namespace gates
