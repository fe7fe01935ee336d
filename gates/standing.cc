#include "gates/standing.h"

#include <algorithm>

#include "gates/core/guard.h"
#include "gates/proof/content.h"

namespace gates {
namespace {

/// Compares what was validated with the commit that is looked at. A validated commit that is
/// not here leaves the answer open: this is no proof, and nothing is missing for a report.
void Compare(StageStanding& standing, const Seen& seen, const Rules& rules, const World& world) {
  if (!standing.log.findings.empty() || !standing.log.validated_sha) return;
  std::vector<Finding> findings = Guard([&]() -> std::vector<Finding> {
    const auto validated = world.history.FindCommit(*standing.log.validated_sha);
    if (!validated) return {};
    TreeReader reader(world.objects);
    const Content ours(RootOf(seen.commit), rules, reader);
    const Content theirs(RootOf(*validated), rules, reader);
    const std::vector<std::string> unlike = ours.PathsUnlike(theirs, 1);
    if (!reader.malformed().empty()) return reader.malformed();
    standing.content = unlike.empty() ? Agreement::kSame : Agreement::kDiffers;
    if (!unlike.empty()) standing.differs_in = unlike.front();
    return {};
  });
  std::erase_if(findings, [](const Finding& f) { return f.code == Code::kObjectMissing; });
  standing.log.findings = std::move(findings);
}

StageState StateOf(const StageStanding& standing, const Seen& seen,
                   const std::optional<std::int64_t>& stage_before) {
  const SurveyedLog& log = standing.log;
  if (!log.findings.empty() || !log.token) return StageState::kUnreadable;
  if (stage_before && log.timestamp && *log.timestamp < *stage_before)
    return StageState::kSuperseded;
  if (!log.passed) return StageState::kFailed;
  // On the default branch the gate has judged it, and others have landed since.
  const bool is_of_other_content = standing.content == Agreement::kDiffers && !seen.has_landed;
  return is_of_other_content ? StageState::kStale : StageState::kPassed;
}

std::string_view NextOf(const std::vector<StageStanding>& stages) {
  const auto is_failed = [](const StageStanding& s) { return s.state == StageState::kFailed; };
  if (std::ranges::any_of(stages, is_failed)) return kDevelopment;
  for (const StageStanding& standing : stages)
    if (standing.state != StageState::kPassed) return standing.stage.name;
  return kDone;
}

/// Whether something else than a log keeps us from telling where an item stands.
bool IsObscured(const std::string& work_item, const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    return finding.work_item.empty() || finding.work_item == work_item;
  });
}

Standing StandingOf(const std::string& work_item, const Survey& survey, const Seen& seen,
                    const Rules& rules, const World& world) {
  Standing standing{.work_item = work_item, .stages = {}};
  std::optional<std::int64_t> stage_before;
  for (const Stage& stage : AllStages()) {
    StageStanding& here = standing.stages.emplace_back();
    here.stage = stage;
    const auto log = std::ranges::find_if(survey.logs, [&](const SurveyedLog& found) {
      return found.work_item == work_item && found.gate == stage.gate;
    });
    if (log == survey.logs.end()) {
      const GateRule* gate = rules.policy().FindGate(stage.gate);
      here.state = StageState::kOpen;
      here.log.gate = stage.gate;
      if (gate) here.log.path = rules.ItemFolder(work_item) + "/" + gate->file;
      continue;
    }
    here.log = *log;
    Compare(here, seen, rules, world);
    here.state = StateOf(here, seen, stage_before);
    if (here.log.timestamp) stage_before = here.log.timestamp;
  }
  const bool is_unreadable = std::ranges::any_of(
      standing.stages, [](const auto& here) { return here.state == StageState::kUnreadable; });
  if (!is_unreadable && !IsObscured(work_item, survey.findings))
    standing.next_stage = NextOf(standing.stages);
  return standing;
}

}  // namespace

std::string_view Name(StageState state) {
  switch (state) {
    case StageState::kOpen: return "open";
    case StageState::kSuperseded: return "superseded";
    case StageState::kStale: return "stale";
    case StageState::kFailed: return "failed";
    case StageState::kPassed: return "passed";
    case StageState::kUnreadable: break;
  }
  return "unreadable";
}

Decision Standings::decision() const {
  Decision worst = Decision::kAllow;
  const auto weigh = [&](const Finding& finding) { worst = Worst(worst, DecisionFor(finding)); };
  std::ranges::for_each(findings, weigh);
  for (const Standing& item : work_items)
    for (const StageStanding& standing : item.stages)
      std::ranges::for_each(standing.log.findings, weigh);
  return worst;
}

Standings FindStandings(const Seen& seen, const Rules& rules, const World& world,
                        const std::optional<std::string>& work_item) {
  const Survey survey = SurveyLogs(RootOf(seen.commit), rules, world.objects, work_item);
  Standings standings{.commit = seen.commit.id, .has_landed = seen.has_landed};
  for (const std::string& item : work_item ? std::vector{*work_item} : survey.work_items)
    standings.work_items.push_back(StandingOf(item, survey, seen, rules, world));
  standings.findings = survey.findings;
  return standings;
}

}  // namespace gates
