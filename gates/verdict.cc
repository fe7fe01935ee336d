// Gate: staging, deploy, review and whatever else a policy configures. One
// implementation; the policy names file, key and tokens of each.

#include <fmt/format.h>

#include <algorithm>

#include "gates/core/guard.h"
#include "gates/core/shell_word.h"
#include "gates/evidence.h"
#include "gates/gate.h"
#include "gates/proof/landing_proof.h"
#include "gates/proof/validated_commit.h"
#include "gates/proof/verdict_log.h"
#include "gates/proof/work_items.h"
#include "gates/writers.h"

namespace gates {

GateOutcome JudgeVerdicts(const Change&, const Asked&);

namespace {

/// One verdict gate and one work item, while they are judged.
struct LogCase {
  std::string work_item;
  GateReport report;
  std::optional<VerdictLog> log;
  std::vector<Finding> findings;
};

Finding About(const LogCase& judged, Finding finding) {
  finding.gate = judged.report.gate;
  finding.work_item = judged.work_item;
  return finding;
}

Finding Missing(const LogCase& judged, const GateRule& rule, const Change& change) {
  const std::string item = ShellWord(judged.work_item), gate = ShellWord(rule.id);
  const std::string pass =
      rule.id == "staging" ? "stage " + item : fmt::format("have {} pass {}", item, gate);
  Finding finding = MakeFinding(
      Code::kVerdictMissing, fmt::format("{} has no {} verdict", judged.work_item, rule.id),
      fmt::format("{}, then `git verdict record {} --work-item {} --status {}`", pass, gate, item,
                  ShellWord(rule.pass)));
  finding.path = judged.report.path;
  finding.sha = change.landing_name.hex();
  return finding;
}

Finding Failed(const LogCase& judged, const GateRule& rule, const Change& change) {
  Finding finding = MakeFinding(
      Code::kVerdictFailed, fmt::format("{} recorded a failure for {}", rule.id, judged.work_item),
      "mend what failed, stage again, record the new verdict");
  finding.path = judged.log->path;
  finding.line = judged.log->token.line;
  finding.column = judged.log->token.column;
  finding.sha = change.landing_name.hex();
  finding.expected = rule.pass;
  finding.found = judged.log->token.text;
  return finding;
}

// V is often a commit of a branch that was rebased or squashed since: whoever
// has it can bring it.
void TellHowToBring(const LogCase& judged, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (finding.code != Code::kObjectMissing) continue;
    finding.message = "the validated commit is not in this repository";
    finding.remedy = fmt::format(
        "`git fetch <remote> {0}` where it is known, or push it along with the change: "
        "`git push <remote> {0}:refs/verdicts/{1}/{0}`",
        finding.sha, judged.work_item);
    finding.path = judged.log->path;
  }
}

GateState StateFor(const Finding& finding) {
  return finding.weight == Weight::kCannotEvaluate ? GateState::kError : GateState::kUnsatisfied;
}

void NoteLog(LogCase& judged) {
  judged.report.blob = judged.log->blob;
  judged.report.token = judged.log->token.text;
  if (!judged.log->validated_sha) return;
  judged.report.validated_sha = ObjectId::FromHex(judged.log->validated_sha->text);
  judged.report.validated_by = ValidatedBy::kNamed;
}

std::vector<Finding> AskWriter(LogCase& judged, const GateRule& rule, const Change& change) {
  if (!change.rules.policy().writers) return {};
  std::vector<Finding> findings = Guard([&]() -> std::vector<Finding> {
    auto signers = FindWriter(change, {judged.work_item, rule}, *judged.log);
    if (!signers) return {signers.error()};
    judged.report.signed_by = *std::move(signers);
    return {};
  });
  TellHowToBring(judged, findings);
  return findings;
}

// Of a gate that is not required, absent and failed do not block, malformed does.
void ReadCase(LogCase& judged, const GateRule& rule, const Change& change) {
  if (change.rules.policy().writers) judged.report.signed_by.emplace();
  judged.findings = Guard([&]() -> std::vector<Finding> {
    auto log = FindWrittenLog(change, {judged.work_item, rule});
    if (!log) return {log.error()};
    judged.log = *std::move(log);
    judged.report.state =
        rule.required || judged.log ? GateState::kUnsatisfied : GateState::kNotApplicable;
    if (!judged.log)
      return rule.required ? std::vector{Missing(judged, rule, change)} : std::vector<Finding>{};
    NoteLog(judged);
    if (judged.log->passed) judged.report.state = GateState::kSatisfied;
    if (!judged.log->passed && rule.required) return {Failed(judged, rule, change)};
    return {};
  });
  if (!judged.log) return;
  std::vector<Finding> faults = AskWriter(judged, rule, change);
  if (!faults.empty()) judged.report.state = StateFor(faults.front());
  std::ranges::move(faults, std::back_inserter(judged.findings));
}

// Points a finding of the proof at the line that names V.
Finding AtLog(const VerdictLog& log, Finding finding) {
  finding.path = log.path;
  finding.line = log.validated_sha ? log.validated_sha->line : log.token.line;
  finding.column = log.validated_sha ? log.validated_sha->column : log.token.column;
  return finding;
}

/// What speaks against this log as a proof; empty where it proves the landing.
std::vector<Finding> TryToProve(LogCase& judged, const Change& change, const Asked& asked) {
  std::vector<Finding> findings = Guard([&]() -> std::vector<Finding> {
    const auto validated = FindValidatedCommit(change, *judged.log, asked.validated);
    if (!validated) return {validated.error()};
    judged.report.validated_sha = validated->commit.id;
    judged.report.validated_by = validated->by;
    const auto proof = ProveLanding(change, validated->commit);
    if (!proof) return {AtLog(*judged.log, proof.error())};
    judged.report.proof = *proof;
    return {};
  });
  TellHowToBring(judged, findings);
  return findings;
}

/// One log that proves the landing serves for all; where none does, each says why.
Proof ProveByAny(std::vector<LogCase>& cases, const Change& change, const Asked& asked) {
  Proof strongest = Proof::kNone;
  std::vector<std::vector<Finding>> objections(cases.size());
  for (size_t i = 0; i < cases.size(); ++i) {
    if (!cases[i].log || !cases[i].findings.empty()) continue;
    objections[i] = TryToProve(cases[i], change, asked);
    strongest = std::max(strongest, cases[i].report.proof);
  }
  if (strongest != Proof::kNone) return strongest;
  for (size_t i = 0; i < cases.size(); ++i) {
    if (objections[i].empty()) continue;
    cases[i].report.state = StateFor(objections[i].front());
    std::ranges::move(objections[i], std::back_inserter(cases[i].findings));
  }
  return Proof::kNone;
}

// What a log would prove that names the head: whoever is excused from having one is about to
// write just that.
Proof ProveByHead(const Change& change, std::vector<Finding>& findings) {
  Proof proven = Proof::kNone;
  std::ranges::move(Guard([&]() -> std::vector<Finding> {
                      const auto proof = ProveLanding(
                          change, RequireCommit(change.history(), change.landing_name));
                      if (!proof) return {proof.error()};
                      proven = *proof;
                      return {};
                    }),
                    std::back_inserter(findings));
  return proven;
}

Finding NoWorkItem(const Change& change) {
  Finding finding = MakeFinding(
      Code::kWorkItemNone, "this change names no work item, so no verdict can speak for it",
      fmt::format("add `{}: <ID>` to a commit message, or commit the item's log",
                  change.rules.policy().trailer));
  finding.sha = change.landing_name.hex();
  return finding;
}

}  // namespace

GateOutcome JudgeVerdicts(const Change& change, const Asked& asked) {
  GateOutcome outcome;
  const std::vector<std::string> items = ConcernedItems(change, asked.work_items);
  if (items.empty()) outcome.findings.push_back(NoWorkItem(change));
  for (const std::string& item : items) outcome.work_items.push_back({item, {}});
  std::vector<Proof> proofs;
  for (const GateRule& rule : change.rules.policy().gates) {
    if (rule.excused) {
      if (rule.required) proofs.push_back(ProveByHead(change, outcome.findings));
      continue;
    }
    std::vector<LogCase> cases;
    for (const std::string& item : items) {
      LogCase& judged = cases.emplace_back();
      judged.work_item = item;
      judged.report.gate = rule.id;
      judged.report.path = change.rules.ItemFolder(item) + "/" + rule.file;
      ReadCase(judged, rule, change);
    }
    if (rule.required) proofs.push_back(ProveByAny(cases, change, asked));
    for (size_t i = 0; i < cases.size(); ++i) {
      for (Finding& finding : cases[i].findings)
        outcome.findings.push_back(About(cases[i], std::move(finding)));
      outcome.work_items[i].gates.push_back(std::move(cases[i].report));
    }
  }
  std::ranges::move(Guard([&] { return FindOtherLogFaults(change, items); }),
                    std::back_inserter(outcome.findings));
  if (outcome.findings.empty()) outcome.proof = Weakest(proofs);
  return outcome;
}

}  // namespace gates
