#include "install/prove.h"

#include <fmt/format.h>

#include "hooks/door.h"
#include "install/plants.h"
#include "install/stand_in.h"

namespace install {
namespace {

using gates::Examined;
using gates::Health;

/// What became of the plants at one door.
struct Outcome {
  std::vector<std::string> let_through, refused;
  bool good_landed = false;
  std::string good_untried;  // why
  std::string good_answer;   // the last that was said when it was refused
};

std::string Listed(const std::vector<std::string>& names) {
  std::string list;
  for (size_t i = 0; i < names.size(); ++i)
    list += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return list;
}

std::string LastLine(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

/// What the gate itself says to a plant, at this door: the code of a refusal, nothing for a yes.
std::string RefusalOf(const Plant& plant, const StandIn& stand_in, const git::Repository& door) {
  const gates::RefUpdate update{stand_in.target()->ref, stand_in.target()->base, plant.tip};
  const gates::Report report = hooks::JudgeAtDoor({update}, door, stand_in.RefsOf(door));
  if (report.decision() == gates::Decision::kAllow) return "";
  const gates::Finding* worst = report.updates.empty() ? nullptr : report.updates[0].worst();
  if (!worst && !report.findings.empty()) worst = &report.findings[0];
  return worst ? std::string(gates::ReasonFor(worst->code).name) : "no proof";
}

void Try(const Plant& plant, const StandIn& stand_in, Outcome& outcome) {
  const std::string refusal = RefusalOf(plant, stand_in, stand_in.OpenDoor());
  if (plant.is_good && !refusal.empty()) {
    outcome.good_untried = refusal;
    return;
  }
  const StandIn::Push push = stand_in.PushToTarget(plant.tip);
  if (plant.is_good) {
    outcome.good_landed = push.landed && push.succeeded;
    outcome.good_answer = LastLine(push.said);
  } else {
    (push.landed || push.succeeded ? outcome.let_through : outcome.refused).push_back(plant.name);
  }
}

/// Whether our program speaks in what git said: another one's hook may refuse a commit as well.
bool SpeaksForGate(const std::string& said) {
  return said.find("git-verdict") != std::string::npos ||
         std::ranges::any_of(gates::AllReasons(), [&](const gates::Reason& reason) {
           return said.find(reason.name) != std::string::npos;
         });
}

/// Takes down why a good commit was not made: that speaks against our hook only where it has not
/// refused the bad one by itself.
void NoteRefusalOfGood(const std::string& said, const std::string& of_bad, Outcome& outcome) {
  // Of a merge git has the last word.
  outcome.good_answer = LastLine(said.substr(0, said.find("Not committing merge")));
  if (SpeaksForGate(of_bad) && !SpeaksForGate(said))
    outcome.good_untried = "another hook refused it: " + outcome.good_answer;
}

/// Tries a hook of a commit: it reads what is written, and knows nothing of what is missing or
/// stale.
void TryCommits(const HookFacts& door, const std::vector<Plant>& plants, const StandIn& stand_in,
                Outcome& outcome) {
  using Making = StandIn::Making;
  const bool reads_message = door.hook == "commit-msg";
  const Making making = door.hook == "pre-merge-commit" ? Making::kMerge : Making::kCommit;
  std::optional<std::string> of_bad, of_good;
  for (const Plant& plant : plants) {
    if (plant.is_good) of_good = stand_in.RefusalToMake(making, plant.tip);
    if (!(reads_message ? plant.is_good : plant.name == "malformed")) continue;
    of_bad = stand_in.RefusalToMake(reads_message ? Making::kOtherMessage : making, plant.tip);
    (of_bad ? outcome.refused : outcome.let_through).push_back(plant.name);
  }
  outcome.good_landed = !of_good;
  if (of_good) NoteRefusalOfGood(*of_good, of_bad.value_or(""), outcome);
}

/// The layer that Examine found broken at this door.
const Examined* BrokenLayer(const HookFacts& door, const gates::Examination& examination) {
  for (const Examined& examined : examination.checks)
    if (examined.check == door.hook && examined.health == Health::kWrong) return &examined;
  for (const Examined& examined : examination.checks)
    if (examined.check == "policy" && examined.health == Health::kWrong) return &examined;
  return nullptr;
}

/// What was tried at this door, all of it bad.
std::string Tried(const HookFacts& door, const std::vector<std::string>& names) {
  return door.hook == "commit-msg" ? "a message without a work item" : Listed(names) + " verdicts";
}

Examined Concluded(const HookFacts& door, const Outcome& outcome, const Examined* broken) {
  const std::string name = "prove " + door.hook;
  const std::string layer = broken ? broken->found : door.path + " was run and did not refuse";
  const std::string mend = broken ? broken->mend : "";
  if (!outcome.let_through.empty())
    return {name, Health::kWrong,
            fmt::format("let {} through, since {}", Tried(door, outcome.let_through), layer), mend};
  if (outcome.good_untried.empty() && !outcome.good_landed)
    return {name, Health::kWrong,
            fmt::format("refused a good {} as well ({}){}",
                        door.hook == "commit-msg" ? "message" : "verdict", outcome.good_answer,
                        broken ? ", since " + broken->found : ""),
            mend};
  const std::string refused = "refused " + Tried(door, outcome.refused);
  if (!outcome.good_untried.empty())
    return {name, Health::kNote,
            fmt::format("{}; no good one could be made here ({})", refused, outcome.good_untried),
            ""};
  return {name, Health::kGood,
          refused + (FindHook(door.hook)->reads_commits() ? ", and let a good one be made"
                                                          : ", and let a good one land"),
          ""};
}

Examined ProveDoor(const Patient& patient, const HookFacts& door,
                   const gates::Examination& examination) {
  const std::string name = "prove " + door.hook;
  const StandIn stand_in(patient, door);
  if (!stand_in.target())
    return {name, Health::kWrong,
            "nothing could be pushed: no branch here is protected, or no "
            "policy can be read",
            ""};
  const git::Repository repository = stand_in.OpenDoor();
  const auto rules =
      hooks::FindTrustedRules(repository, stand_in.RefsOf(repository), stand_in.target()->base);
  if (!rules) return {name, Health::kWrong, "no policy can be read", rules.error().remedy};
  if (door.hook == "commit-msg" && !rules->rules.policy().require_trailer)
    return {name, Health::kNote, "the policy does not ask messages for a work item", ""};
  const auto plants = PlantAll(stand_in, rules->rules);
  if (!plants) return {name, Health::kWrong, "nothing could be planted: " + plants.error(), ""};
  Outcome outcome;
  if (FindHook(door.hook)->reads_commits())
    TryCommits(door, *plants, stand_in, outcome);
  else
    for (const Plant& plant : *plants) Try(plant, stand_in, outcome);
  return Concluded(door, outcome, BrokenLayer(door, examination));
}

}  // namespace

// The usual door of a side is tried even where no hook is.
void Prove(const Patient& patient, gates::Examination& examination) {
  if (!patient.repository) {
    examination.checks.push_back({"prove", Health::kWrong,
                                  "this folder belongs to no repository that could be pushed to",
                                  "name the repository with --server"});
    return;
  }
  std::vector<Examined> proofs;
  for (const HookFacts& hook : patient.hooks) {
    const bool looked_at = std::ranges::any_of(
        examination.checks, [&](const Examined& examined) { return examined.check == hook.hook; });
    if (looked_at) proofs.push_back(ProveDoor(patient, hook, examination));
  }
  examination.checks.insert(examination.checks.end(), proofs.begin(), proofs.end());
}

}  // namespace install
