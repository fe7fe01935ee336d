#include "hooks/named_push.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "hooks/door.h"
#include "hooks/hook_input.h"
#include "hooks/ref_lines.h"

namespace hooks {
namespace {

constexpr std::array kNames = {"PRE_COMMIT_REMOTE_NAME", "PRE_COMMIT_REMOTE_BRANCH",
                               "PRE_COMMIT_LOCAL_BRANCH", "PRE_COMMIT_FROM_REF",
                               "PRE_COMMIT_TO_REF"};

gates::Finding NoPush(const std::string& name, const std::string& found) {
  gates::Finding finding = gates::MakeFinding(
      gates::Code::kInputMalformed, "the hook manager does not say which ref is pushed",
      "use pre-commit 3 or newer, or prek; `git verdict install` needs neither");
  finding.expected = name;
  finding.found = found;
  return finding;
}

/// What the push would put there.
gates::ObjectId TipOf(const NamedPush& push, const git::Repository& repository) {
  if (const auto id = gates::ObjectId::FromHex(push.tip)) return *id;
  if (const auto tip = repository.FindRef(push.tip)) return *tip;
  if (const auto commit = repository.ResolveTyped(push.tip)) return *commit;
  throw gates::WorldError(gates::Code::kInputMalformed,
                          fmt::format("'{}', which is pushed, names no commit here", push.tip),
                          "push a branch by its name");
}

bool HasProof(const gates::Report& report, gates::Proof proof) {
  return report.updates.size() == 1 && report.updates[0].proof == proof;
}

gates::Finding UnknownOld(const NamedPush& push, const std::optional<gates::ObjectId>& known) {
  const bool is_first = !known && !push.from;
  gates::Finding finding = gates::MakeFinding(
      gates::Code::kInputMalformed,
      fmt::format("nobody here knows what {} holds on the remote", push.ref),
      is_first ? "`git fetch` from it by its name; push once with --no-verify if it is still empty"
               : "`git fetch` from it by its name, and push again");
  if (known) finding.expected = known->hex();
  if (push.from) finding.found = push.from->hex();
  return finding;
}

// Where the ref is known, they name what the remote told git, unless this clone lacks that.
bool IsDoubtful(const NamedPush& push, const std::optional<gates::ObjectId>& known,
                const git::Repository& repository, const gates::Report& report) {
  if (HasProof(report, gates::Proof::kUnprotected)) return false;
  const bool was_fetched = !KnownRefs::OfRemote(repository, push.remote).Under("refs/").empty();
  return !was_fetched || (known ? push.from != known : HasProof(report, gates::Proof::kFirstPush));
}

}  // namespace

tl::expected<std::optional<NamedPush>, gates::Finding> ReadNamedPush(const Process& process) {
  const auto value = [&](const char* name) { return Variable(process, name); };
  const auto is_set = [&](const char* name) { return !value(name).empty(); };
  if (std::ranges::none_of(kNames, is_set)) return std::nullopt;
  NamedPush push{.remote = value("PRE_COMMIT_REMOTE_NAME"),
                 .ref = value("PRE_COMMIT_REMOTE_BRANCH"),
                 .tip = value("PRE_COMMIT_TO_REF"),
                 .from = gates::ObjectId::FromHex(value("PRE_COMMIT_FROM_REF"))};
  // Where a push brings a first commit, pre-commit names no id at all.
  if (push.tip.empty()) push.tip = value("PRE_COMMIT_LOCAL_BRANCH");
  if (push.remote.empty()) return tl::unexpected(NoPush("PRE_COMMIT_REMOTE_NAME", ""));
  if (!MayBeRefName(push.ref)) return tl::unexpected(NoPush("PRE_COMMIT_REMOTE_BRANCH", push.ref));
  if (push.tip.empty()) return tl::unexpected(NoPush("PRE_COMMIT_TO_REF", ""));
  if (!push.from && is_set("PRE_COMMIT_FROM_REF"))
    return tl::unexpected(NoPush("PRE_COMMIT_FROM_REF", value("PRE_COMMIT_FROM_REF")));
  return push;
}

gates::Report JudgeNamedPush(const NamedPush& push, const git::Repository& repository) {
  const auto refs = KnownRefs::OfPush(repository, push.remote, {});
  const auto known = refs.Find(push.ref);
  const gates::ObjectId tip = TipOf(push, repository);
  gates::Report report = JudgeAtDoor({{push.ref, known, tip}}, repository, refs);
  if (!IsDoubtful(push, known, repository, report)) return report;
  const auto fetched = KnownRefs::OfRemote(repository, push.remote).Find(push.ref);
  return {.updates = {}, .findings = {UnknownOld(push, fetched)}};
}

}  // namespace hooks
