#include "gates/report/text.h"

#include <fmt/format.h>

#include "gates/report/escape.h"
#include "gates/report/words.h"
#include "gates/report/wrap.h"

namespace gates {
namespace {

constexpr std::string_view kBold = "1";

std::string Paint(std::string_view text, std::string_view style, Colour colour) {
  if (colour == Colour::kNever) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", style, text);
}

std::string_view StyleOf(Decision decision) {
  switch (decision) {
    case Decision::kAllow: return "1;32";
    case Decision::kBlock: return "1;31";
    case Decision::kCannotEvaluate: break;
  }
  return "1;33";
}

std::string PaintDecision(Decision decision, Colour colour) {
  return Paint(Name(decision), StyleOf(decision), colour);
}

std::string PaintCode(Code code, Colour colour) {
  return Paint(ReasonFor(code).name, kBold, colour);
}

// `path:line:column @sha12`, as much of it as is known, after a blank each.
std::string Place(const Finding& finding) {
  std::string place = PlaceInFile(finding);
  if (!place.empty()) place.insert(0, " ");
  if (!finding.sha.empty()) place += " @" + ShortId(finding.sha);
  return place;
}

std::string RenderFinding(const Finding& finding, Colour colour) {
  const Layout under{.indent = 4, .hang = 2};
  std::string text = fmt::format("  {}{}\n", PaintCode(finding.code, colour), Place(finding));
  text += Wrap(Fact(finding), under);
  text += Wrap("fix: " + Remedy(finding), under);
  return text;
}

std::string RenderMore(size_t findings) {
  if (findings <= kMostFindings) return "";
  return fmt::format("  ... and {} more (see --format json)\n", findings - kMostFindings);
}

// The last word of an update's line: why it may land, or the worst reason why not.
std::string Word(const UpdateReport& update, Colour colour) {
  const std::string_view word = LastWord(update);
  return update.decision() == Decision::kAllow ? std::string(word) : Paint(word, kBold, colour);
}

std::string RenderUpdate(const UpdateReport& update, Colour colour) {
  std::string text = fmt::format("{} {} {}\n", PaintDecision(update.decision(), colour),
                                 RefAndCommit(update), Word(update, colour));
  for (size_t i = 0; i < update.findings.size() && i < kMostFindings; ++i)
    text += RenderFinding(update.findings[i], colour);
  return text + RenderMore(update.findings.size());
}

std::string RenderFault(const Finding& fault, Colour colour) {
  return fmt::format("{} - - {}\n{}", PaintDecision(DecisionFor(fault), colour),
                     PaintCode(fault.code, colour), RenderFinding(fault, colour));
}

// `staging SUCCESS ORCH-061, validated 1a2b3c4d5e6f`: what a log says, what it binds to.
std::string RenderLog(const SurveyedLog& log, Colour colour) {
  const std::string about =
      EscapeShort(log.work_item.empty() ? log.path : log.work_item, kMostOfRef);
  if (log.findings.empty())
    return fmt::format("{} {} {}, {}\n", EscapeShort(log.gate, kMostOfValue),
                       Paint(EscapeShort(log.token.value_or("-"), kMostOfValue), kBold, colour),
                       about,
                       log.validated_sha ? "validated " + log.validated_sha->hex12()
                                         : "names no validated commit");
  std::string text = fmt::format("{} {} {}\n", EscapeShort(log.gate, kMostOfValue),
                                 PaintCode(log.findings.front().code, colour), about);
  for (const Finding& finding : log.findings) text += RenderFinding(finding, colour);
  return text;
}

// `validated 1a2b3c4d5e6f, other content (app.sh)`: what a verdict is about.
std::string About(const StageStanding& standing) {
  if (!standing.log.validated_sha) return "names no validated commit";
  const std::string validated = "validated " + standing.log.validated_sha->hex12();
  switch (standing.content) {
    case Agreement::kSame: return validated + ", this content";
    case Agreement::kDiffers:
      return fmt::format("{}, other content ({})", validated,
                         EscapeShort(standing.differs_in, kMostOfPath));
    case Agreement::kUnknown: break;
  }
  return validated + ", which is not here";
}

std::string RenderStage(const StageStanding& standing, Colour colour) {
  const SurveyedLog& log = standing.log;
  std::string text = fmt::format("  {} {}", standing.stage.name, Name(standing.state));
  if (standing.state == StageState::kOpen) return text + ": no log\n";
  if (log.findings.empty())
    return Wrap(fmt::format("{}: {}, {}{}", text,
                            EscapeShort(log.token.value_or("-"), kMostOfValue), About(standing),
                            standing.state == StageState::kSuperseded
                                ? "; a stage before it has a later verdict"
                                : ""),
                {.indent = 2, .hang = 2, .width = 80});
  text += "\n";
  for (const Finding& finding : log.findings) text += RenderFinding(finding, colour);
  return text;
}

std::string RenderStanding(const Standing& standing, Colour colour) {
  std::string text =
      fmt::format("{}: {}\n", EscapeShort(standing.work_item, kMostOfRef),
                  Paint(standing.next_stage ? fmt::format("next {}", *standing.next_stage)
                                            : "it cannot be told what comes next",
                        kBold, colour));
  for (const StageStanding& stage : standing.stages) text += RenderStage(stage, colour);
  return text;
}

}  // namespace

std::string RenderStandingsText(const Standings& standings, Colour colour) {
  const size_t count = standings.work_items.size();
  std::string text;
  if (standings.commit && (count > 0 || standings.findings.empty()))
    text = fmt::format("commit {}{}: {} work item{}\n", standings.commit->hex12(),
                       standings.has_landed ? ", on the default branch" : "", count,
                       count == 1 ? "" : "s");
  for (const Standing& standing : standings.work_items) text += RenderStanding(standing, colour);
  for (const Finding& finding : standings.findings) text += RenderFault(finding, colour);
  if (count == 0) return text;
  return text + "so say the logs; what may land is for `git verdict check` to say\n";
}

std::string RenderSurveyText(const Survey& survey, Colour colour) {
  const std::string_view noun = survey.logs.size() == 1 ? "log" : "logs";
  std::string text = survey.commit ? fmt::format("commit {}: ", survey.commit->hex12()) : "";
  text += fmt::format("{} verdict {}\n", survey.logs.size(), noun);
  for (const SurveyedLog& log : survey.logs) text += RenderLog(log, colour);
  for (const Finding& finding : survey.findings) text += RenderFault(finding, colour);
  return text;
}

std::string RenderText(const Report& report, Colour colour) {
  if (report.updates.empty() && report.findings.empty())
    return fmt::format("{}\n", kNothingChecked);
  std::string text;
  for (const UpdateReport& update : report.updates) text += RenderUpdate(update, colour);
  for (size_t i = 0; i < report.findings.size() && i < kMostFindings; ++i)
    text += RenderFault(report.findings[i], colour);
  return text + RenderMore(report.findings.size());
}

}  // namespace gates
