#include "gates/report/words.h"

#include <fmt/format.h>

#include "gates/report/escape.h"

namespace gates {

std::string ShortId(std::string_view sha) {
  if (const auto id = ObjectId::FromHex(sha)) return id->hex12();
  return EscapeShort(sha, 40);
}

std::string PlaceInFile(const Finding& finding) {
  if (finding.path.empty()) return "";
  std::string place = EscapeShort(finding.path, kMostOfPath);
  if (finding.line > 0) place += fmt::format(":{}", finding.line);
  if (finding.line > 0 && finding.column > 0) place += fmt::format(":{}", finding.column);
  return place;
}

std::string Fact(const Finding& finding) {
  std::string fact;
  if (!finding.expected.empty()) fact = "expected " + EscapeShort(finding.expected, kMostOfValue);
  if (!finding.found.empty()) {
    if (!fact.empty()) fact += ", ";
    fact += "found " + EscapeShort(finding.found, kMostOfValue);
  }
  if (!fact.empty()) fact += ": ";
  return fact + EscapeShort(MessageOf(finding), kMostOfProse);
}

std::string Remedy(const Finding& finding) { return EscapeShort(RemedyOf(finding), kMostOfProse); }

std::string RefAndCommit(const UpdateReport& update) {
  const bool named = update.ref && !update.ref->empty();
  const bool lands = update.after && !update.after->is_zero();
  return fmt::format("{} {}", named ? EscapeShort(*update.ref, kMostOfRef) : "-",
                     lands ? update.after->hex12() : "-");
}

std::string_view LastWord(const UpdateReport& update) {
  if (update.decision() == Decision::kAllow) return Name(update.proof);
  return ReasonFor(update.code()).name;
}

}  // namespace gates
