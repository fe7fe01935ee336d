#include "gates/proof/validated_commit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "gates/core/timestamp.h"

namespace gates {
namespace {

constexpr std::string_view kNameIt = "name the staged commit: `validated_sha: <40 hex digits>`";

tl::unexpected<Finding> Unbound(const Change& change, const VerdictLog& log, std::string message,
                                std::string remedy = std::string(kNameIt)) {
  Finding finding = MakeFinding(Code::kVerdictUnbound, std::move(message), std::move(remedy));
  finding.path = log.path;
  finding.sha = change.landing_name.hex();
  const LogValue& at = log.validated_sha ? *log.validated_sha : log.token;
  finding.line = at.line;
  finding.column = at.column;
  return tl::unexpected(std::move(finding));
}

/// Finds the commits of the range that set the log as it stands at L.
class SetterSearch {
 public:
  SetterSearch(const Change& change, const VerdictLog& log) : change_(change), log_(log) {
    for (const Commit& commit : change.range) range_.emplace(commit.id, &commit);
  }

  /// The setters, or nothing where the search leaves the range: a log that was
  /// set before B proves nothing about what came after.
  std::optional<std::vector<const Commit*>> Run() {
    std::vector<const Commit*> setters;
    std::vector<ObjectId> pending{change_.landing.id};
    std::unordered_set<ObjectId, ObjectIdHash> seen;
    while (!pending.empty()) {
      const ObjectId id = pending.back();
      pending.pop_back();
      if (!seen.insert(id).second) continue;
      const auto commit = range_.find(id);
      if (commit == range_.end()) return std::nullopt;
      const size_t before = pending.size();
      for (const ObjectId& parent : commit->second->parents)
        if (HoldsTheLog(parent)) pending.push_back(parent);
      if (pending.size() == before) setters.push_back(commit->second);
    }
    return setters;
  }

 private:
  bool HoldsTheLog(const ObjectId& id) {
    const Commit commit = RequireCommit(change_.history(), id);
    const Found found = change_.reader().Find(RootOf(commit), log_.path);
    return found.kind == Found::Kind::kEntry && found.mode == Mode::kRegular &&
           found.id == log_.blob;
  }

  const Change& change_;
  const VerdictLog& log_;
  std::unordered_map<ObjectId, const Commit*, ObjectIdHash> range_;
};

tl::expected<ValidatedCommit, Finding> Infer(const Change& change, const VerdictLog& log) {
  const auto setters = SetterSearch(change, log).Run();
  if (!setters) return Unbound(change, log, "this log was set before what is landing");
  std::set<ObjectId> validated;
  for (const Commit* setter : *setters) {
    if (setter->parents.size() != 1)
      return Unbound(change, log, "the log was set by a commit that has not one parent");
    const Commit parent = RequireCommit(change.history(), setter->parents[0]);
    if (!(change.ContentOf(*setter) == change.ContentOf(parent)))
      return Unbound(
          change, log,
          fmt::format("commit {} sets the log and changes code with it", setter->id.hex12()));
    validated.insert(parent.id);
  }
  if (validated.size() != 1)
    return Unbound(change, log, "the log was set on several commits, so it names none");
  Commit commit = RequireCommit(change.history(), *validated.begin());
  const auto written = log.timestamp ? ReadTimestamp(log.timestamp->text) : std::nullopt;
  if (!written)
    return Unbound(change, log, "the log has neither validated_sha nor a readable timestamp");
  if (*written < commit.committed_at)
    return Unbound(
        change, log,
        fmt::format("the log is older than commit {}, which it follows", commit.id.hex12()));
  return ValidatedCommit{std::move(commit), ValidatedBy::kInferred};
}

}  // namespace

tl::expected<ValidatedCommit, Finding> FindValidatedCommit(const Change& change,
                                                           const VerdictLog& log,
                                                           const std::optional<ObjectId>& given) {
  std::optional<ObjectId> named;
  if (log.validated_sha) named = ObjectId::FromHex(log.validated_sha->text);
  if (named && given && *named != *given)
    return Unbound(change, log,
                   fmt::format("the log names {}, and --validated-sha gave {}", named->hex12(),
                               given->hex12()),
                   "stage the commit that is to land, or give the one that the log names");
  if (!named && !given) {
    if (change.rules.policy().validated_sha == ValidatedSha::kRequired)
      return Unbound(change, log, "policy asks for validated_sha in every log");
    return Infer(change, log);
  }
  auto commit = change.history().FindCommit(named ? *named : *given);
  if (!commit)
    return Unbound(change, log,
                   fmt::format("{} names an object that is no commit",
                               named ? "validated_sha" : "--validated-sha"));
  return ValidatedCommit{*std::move(commit), named ? ValidatedBy::kNamed : ValidatedBy::kGiven};
}

}  // namespace gates
