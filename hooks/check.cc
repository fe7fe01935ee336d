// Command: judge what merging a head would land, for CI and for people.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "gates/judge.h"
#include "hooks/arguments.h"
#include "hooks/door.h"
#include "hooks/git/merging.h"
#include "hooks/output.h"
#include "hooks/ref_lines.h"
#include "hooks/ssh_signatures.h"

namespace hooks {

ExitCode Check(Arguments, Process&);

namespace {

struct CheckOptions {
  std::string base;
  std::string head = "HEAD";
  std::string ref;
  std::string policy_from;
  std::string validated_sha;
  std::optional<gates::ObjectId> validated;  // what validated_sha says
  std::vector<std::string> work_items;
  std::vector<std::string> required_gates;
  OutputOptions output;
};

void AddOptions(CLI::App& app, CheckOptions& options) {
  app.add_option("--base", options.base, "what the target points at now")->type_name("REV");
  app.add_option("--head", options.head, "what is to land (HEAD)")->type_name("REV");
  app.add_option("--ref", options.ref, "name of the target; without it, it counts as protected")
      ->type_name("REF");
  app.add_option("--work-item", options.work_items, "ask for this item's verdicts as well")
      ->type_name("ID")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--require", options.required_gates, "ask for this gate as well")
      ->type_name("GATE")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--validated-sha", options.validated_sha,
                 "the commit that staging validated, for logs that do not name it")
      ->type_name("SHA");
  app.add_option("--policy-from", options.policy_from, "read the policy from this commit")
      ->type_name("REV");
  AddOutputOptions(app, options.output);
}

// In a shallow clone, what is not found was most likely cut off with the rest.
gates::WorldError NotFound(const git::Repository& repository, const std::string& what,
                           const std::string& remedy) {
  if (!repository.IsShallow()) return {gates::Code::kInputMalformed, what, remedy};
  return {gates::Code::kHistoryShallow, what + ", and this clone does not hold the whole history",
          "`git fetch --unshallow`; in CI `fetch-depth: 0` (GitLab: `GIT_DEPTH: 0`)"};
}

// Nothing but a full id: a name may be moved, and a short id may come to mean two.
std::optional<gates::ObjectId> ReadValidatedSha(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (const auto id = gates::ObjectId::FromHex(text)) return id;
  throw UsageError(
      "--validated-sha wants 40 lower-case hex digits, as `git rev-parse` prints them");
}

// A blank at its end would make another ref of it, one that nobody protects.
std::string ReadRef(const std::string& text) {
  std::string ref = FullBranchName(text);
  if (MayBeRefName(ref)) return ref;
  throw UsageError("--ref '" + text + "' is no name of a ref");
}

gates::ObjectId Resolve(const git::Repository& repository, const std::string& revision,
                        std::string_view option) {
  if (const auto commit = repository.ResolveTyped(revision)) return *commit;
  throw NotFound(repository, fmt::format("{} '{}' names no commit here", option, revision),
                 "`git fetch` what is missing, or give another revision");
}

// The merge target: the upstream, but not where that is only the branch's own
// copy on the server: against that nothing would ever be left to land.
std::optional<gates::ObjectId> FindMergeTarget(const git::Repository& repository,
                                               const KnownRefs& refs) {
  const std::string default_branch = refs.DefaultBranch();
  const gates::Rules builtin(gates::BuiltInPolicy(), default_branch);
  if (const auto tracking = FindTracking(repository)) {
    const std::string target = FullBranchName(tracking->merges);
    if (tracking->remote == ".") return repository.FindRef(target);
    if (tracking->merges != tracking->branch || builtin.IsProtected(target))
      return refs.Find(target);
  }
  if (default_branch.empty()) return std::nullopt;
  return refs.Find(default_branch);
}

gates::ObjectId FindBase(const git::Repository& repository, const KnownRefs& refs,
                         const CheckOptions& options, const gates::ObjectId& head) {
  if (!options.base.empty()) return Resolve(repository, options.base, "--base");
  if (const auto target = FindMergeTarget(repository, refs)) return *target;
  const auto commit = repository.FindCommit(head);
  if (commit && commit->parents.size() > 1) return commit->parents[0];
  throw NotFound(repository, "nothing says what this would be merged into",
                 "give --base REV, or `git remote set-head origin --auto`");
}

gates::Report Judge(const CheckOptions& options) {
  const auto repository = git::Repository::Discover(".");
  const KnownRefs refs = RefsForCommands(repository);
  auto trust = FindTrust(repository, refs);
  if (!trust) return {.updates = {}, .findings = {trust.error()}};
  trust->required_gates = options.required_gates;
  if (!options.policy_from.empty())
    trust->policy_commit = Resolve(repository, options.policy_from, "--policy-from");

  gates::Question question;
  question.head = gates::Head::kProposed;
  question.asked.work_items = options.work_items;
  question.asked.validated = options.validated;
  gates::RefUpdate& update = question.updates.emplace_back();
  if (!options.ref.empty()) update.ref = ReadRef(options.ref);
  update.after = Resolve(repository, options.head, "--head");
  update.before = FindBase(repository, refs, options, *update.after);

  const git::Merging merging;
  const SshSignatures signatures;
  const gates::World world{repository, repository, refs, merging, signatures};
  gates::TrustedSides trusted(*std::move(trust), world);
  return {.updates = gates::Judge(question, trusted, world), .findings = {}};
}

}  // namespace

ExitCode Check(Arguments arguments, Process& process) {
  CLI::App app("Judges what would land if HEAD (or --head) were merged into its target.",
               "git verdict check");
  CheckOptions options;
  AddOptions(app, options);
  app.footer(
      "\nexamples:\n"
      "  git verdict check --base origin/main\n"
      "  git verdict check --base origin/main --head topic --format json\n"
      "\nexit codes: 0 allow, 1 block, 2 could not evaluate");
  if (ParseArguments(app, arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  options.validated = ReadValidatedSha(options.validated_sha);
  PrepareForFaults(options.output, Stream::kOut, process);
  const gates::Report report = Judge(options);
  Deliver(report, options.output, Stream::kOut, process);
  return ExitCodeFor(report.decision());
}

}  // namespace hooks
