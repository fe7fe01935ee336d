#include "gates/survey.h"

#include <algorithm>

#include "gates/core/guard.h"
#include "gates/core/timestamp.h"
#include "gates/proof/verdict_log.h"

namespace gates {
namespace {

SurveyedLog ReadOne(const Root& root, const TreeEntry& entry, const std::string& work_item,
                    const GateRule& gate, const Rules& rules, const Objects& objects) {
  SurveyedLog seen;
  seen.work_item = work_item;
  seen.gate = gate.id;
  seen.path = rules.ItemFolder(work_item) + "/" + gate.file;
  seen.blob = entry.id;
  seen.findings = Guard([&]() -> std::vector<Finding> {
    const auto log = ReadLogObject(root, seen.path, entry.mode, entry.id, gate, work_item, objects);
    if (!log) return {log.error()};
    Note(*log, seen);
    return {};
  });
  for (Finding& finding : seen.findings) {
    finding.gate = gate.id;
    finding.work_item = work_item;
  }
  return seen;
}

void SurveyItem(const Root& root, const TreeEntry& item, const Rules& rules, TreeReader& reader,
                const Wanted& wanted, Survey& survey) {
  const std::string name(item.name);
  const std::string folder = rules.ItemFolder(name);
  if (!wanted(folder)) return;
  if (!item.is_tree()) {
    survey.findings.push_back(NotAFile(folder, item.mode, root.commit));
    survey.findings.back().work_item = name;
    return;
  }
  const OpenTree tree = reader.Open(item.id, folder, root.commit);
  std::vector<std::string_view> files;
  for (const GateRule& gate : rules.policy().gates) files.push_back(gate.file);
  reader.CheckTwinsOf(files, *tree, folder, root.commit);
  for (const GateRule& gate : rules.policy().gates)
    if (const TreeEntry* entry = wanted(folder + "/" + gate.file) ? tree->Find(gate.file) : nullptr)
      survey.logs.push_back(ReadOne(root, *entry, name, gate, rules, reader.objects()));
}

}  // namespace

void Note(const VerdictLog& log, SurveyedLog& seen) {
  seen.token = log.token.text;
  seen.passed = log.passed;
  if (log.validated_sha) seen.validated_sha = ObjectId::FromHex(log.validated_sha->text);
  if (log.timestamp) seen.timestamp = ReadTimestamp(log.timestamp->text);
  if (log.results_digest) seen.results_digest = log.results_digest->text;
}

Decision Survey::decision() const {
  Decision worst = Decision::kAllow;
  const auto weigh = [&](const Finding& finding) { worst = Worst(worst, DecisionFor(finding)); };
  std::ranges::for_each(findings, weigh);
  for (const SurveyedLog& log : logs) std::ranges::for_each(log.findings, weigh);
  return worst;
}

Survey SurveyLogs(const Root& root, const Rules& rules, const Objects& objects,
                  const std::optional<std::string>& work_item) {
  const std::string only = work_item ? rules.ItemFolder(*work_item) : "";
  return SurveyLogs(root, rules, objects, [&](const std::string& path) {
    return !work_item || path == only || path.starts_with(only + "/");
  });
}

Survey SurveyLogs(const Root& root, const Rules& rules, const Objects& objects,
                  const Wanted& wanted) {
  Survey survey{.commit = root.commit, .logs = {}, .findings = {}};
  TreeReader reader(objects);
  const std::string& folder = rules.policy().root;
  const Found found = reader.Find(root, folder);
  if (found.kind == Found::Kind::kBlocked)
    survey.findings.push_back(NotAFile(found.at, found.mode, root.commit));
  else if (found.kind == Found::Kind::kEntry && found.mode != Mode::kTree)
    survey.findings.push_back(NotAFile(folder, found.mode, root.commit));
  else if (found.kind == Found::Kind::kEntry) {
    const OpenTree items = reader.Open(found.id, folder, root.commit);
    std::vector<std::string_view> names;
    for (const TreeEntry& item : items->entries()) {
      if (!rules.IsWorkItem(item.name)) continue;
      names.push_back(item.name);
      survey.work_items.emplace_back(item.name);
      SurveyItem(root, item, rules, reader, wanted, survey);
    }
    reader.CheckTwinsOf(names, *items, folder, root.commit);
  }
  std::ranges::copy(reader.malformed(), std::back_inserter(survey.findings));
  return survey;
}

}  // namespace gates
