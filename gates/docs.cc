// Gate: what the policy wants to be told of in the documentation. It looks at what
// differs between B and L alone, so rebases, squashes and merges change no answer.

#include "gates/docs.h"

#include <fmt/format.h>

#include "gates/core/guard.h"
#include "gates/gate.h"
#include "gates/placeholders.h"
#include "gates/proof/work_items.h"

namespace gates {

GateOutcome JudgeDocs(const Change&, const Asked&);

namespace {

constexpr std::string_view kDocs = "docs";
constexpr size_t kPathsShown = 3;

Finding About(const Change& change, std::string path, Finding finding) {
  finding.gate = kDocs;
  finding.path = std::move(path);
  finding.sha = change.landing_name.hex();
  return finding;
}

bool IsText(const TreeEntry& entry) {
  return entry.mode == Mode::kRegular || entry.mode == Mode::kExecutable;
}

// Deleting a document, or the right to run it, updates nothing.
bool BringsBytes(const Difference& difference) {
  const TreeEntry* before = difference.others[0].entry;
  const TreeEntry* after = difference.tip.entry;
  return after && (!before || before->id != after->id);
}

/// One rule of the policy, while the differences are walked.
struct WatchedRule {
  const UpdateRule& asked;
  const DocsPatterns::Update& patterns;
  std::vector<std::string> changed;  // by `when`, the first few
  size_t count = 0;                  // of them all
  bool is_updated = false;

  void See(const Difference& difference) {
    if (MatchesAny(patterns.when, difference.path) && ++count <= kPathsShown)
      changed.push_back(difference.path);
    if (BringsBytes(difference) && IsText(*difference.tip.entry) &&
        MatchesAny(patterns.update, difference.path))
      is_updated = true;
  }
};

std::string Listed(const std::vector<std::string>& items, std::string_view last) {
  std::string list;
  for (size_t i = 0; i < items.size(); ++i)
    list += (i == 0                  ? ""
             : i + 1 == items.size() ? fmt::format(" {} ", last)
                                     : std::string(", ")) +
            items[i];
  return list;
}

Finding NotUpdated(const Change& change, const WatchedRule& rule) {
  std::vector<std::string> changed = rule.changed;
  if (rule.count > changed.size())
    changed.push_back(fmt::format("{} more", rule.count - changed.size()));
  Finding finding = MakeFinding(
      Code::kDocsNotUpdated,
      rule.asked.why.empty() ? "the documentation does not tell of this change" : rule.asked.why,
      "update one of them in this change; what the policy does not exempt is then staged again");
  finding.expected = "a change of " + Listed(rule.asked.update, "or");
  finding.found = fmt::format("none beside {}", Listed(changed, "and"));
  return About(change, rule.changed.front(), std::move(finding));
}

/// Why what stands at a required path is no document; empty where it is one.
std::string WhyNoDocument(const Found& found, const Objects& objects) {
  switch (found.kind) {
    case Found::Kind::kAbsent: return "nothing";
    case Found::Kind::kBlocked: return fmt::format("no folder at {}", found.at);
    case Found::Kind::kEntry: break;
  }
  if (!IsText({.name = "", .mode = found.mode, .id = found.id}))
    return fmt::format("mode {:06o}", found.mode);
  return objects.BlobSize(found.id) == 0 ? "an empty file" : "";
}

}  // namespace

std::vector<Finding> FindDocsFaults(const Change& change) {
  const auto& docs = change.rules.policy().docs;
  if (!docs) return {};
  const DocsPatterns& patterns = change.rules.docs();
  std::vector<WatchedRule> rules;
  for (size_t i = 0; i < docs->rules.size(); ++i)
    rules.push_back({.asked = docs->rules[i], .patterns = patterns.rules[i], .changed = {}});
  PlaceholderSearch search(change);
  const auto visit = [&](const Difference& difference) {
    if (IsEvidenceOnAllSides(difference, change.rules, change.reader().objects())) return Walk::kOn;
    for (WatchedRule& rule : rules) rule.See(difference);
    if (BringsBytes(difference)) search.Add(difference.path, *difference.tip.entry);
    return Walk::kOn;
  };
  const Root base = RootOf(change.base);
  WalkDifferences(change.reader(), change.LandingRoot(), std::span(&base, 1), {.visit = visit});
  std::vector<Finding> findings;
  for (const WatchedRule& rule : rules)
    if (rule.count > 0 && !rule.is_updated) findings.push_back(NotUpdated(change, rule));
  for (Finding& finding : search.Run()) {
    std::string path = std::move(finding.path);
    findings.push_back(About(change, std::move(path), std::move(finding)));
  }
  return findings;
}

std::vector<Finding> FindMissingDocs(const Change& change, const std::vector<std::string>& items) {
  const auto& docs = change.rules.policy().docs;
  if (!docs) return {};
  std::vector<Finding> findings;
  for (const std::string& item : items)
    for (const std::string& required : docs->require) {
      const std::string path = DocsRule::PathFor(required, item);
      const std::string why = WhyNoDocument(change.reader().Find(change.LandingRoot(), path),
                                            change.reader().objects());
      if (why.empty()) continue;
      Finding finding = MakeFinding(Code::kDocsMissing, item + " does not have this document",
                                    fmt::format("write {} and commit it", path));
      finding.work_item = item;
      finding.expected = "a file with something in it";
      finding.found = why;
      findings.push_back(About(change, path, std::move(finding)));
    }
  return findings;
}

GateOutcome JudgeDocs(const Change& change, const Asked& asked) {
  GateOutcome outcome{.work_items = {}, .findings = {}, .proof = Proof::kUnprotected};
  const auto& docs = change.rules.policy().docs;
  if (!docs) return outcome;
  outcome.findings = Guard([&] { return FindDocsFaults(change); });
  if (!docs->require.empty())
    std::ranges::move(
        Guard([&] { return FindMissingDocs(change, ConcernedItems(change, asked.work_items)); }),
        std::back_inserter(outcome.findings));
  if (!outcome.findings.empty()) outcome.proof = Proof::kNone;
  return outcome;
}

}  // namespace gates
