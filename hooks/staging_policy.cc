#include "hooks/staging_policy.h"

#include <fmt/format.h>

#include <algorithm>

#include "hooks/door.h"
#include "hooks/git/merging.h"
#include "hooks/ssh_signatures.h"

namespace hooks {
namespace {

constexpr std::string_view kToleranceVariable = "ORCH_STAGING_INFRA_TOLERANCE_ENABLED";
constexpr std::string_view kYes[] = {"true", "1", "yes", "on"};

// Not set is no opinion; set to anything else than yes is a no.
bool EnvironmentForbids(const Process& process) {
  const auto variable = process.environment.find(kToleranceVariable);
  return variable != process.environment.end() &&
         std::ranges::find(kYes, variable->second) == std::end(kYes);
}

}  // namespace

gates::ObjectId NamedCommit(const git::Repository& repository, const std::string& revision,
                            std::string_view option) {
  if (const auto commit = repository.ResolveTyped(revision)) return *commit;
  throw gates::WorldError(gates::Code::kInputMalformed,
                          fmt::format("{} '{}' names no commit here", option, revision),
                          "`git fetch` what is missing, or give another revision");
}

tl::expected<gates::SourcedPolicy, gates::Finding> StagingPolicy(const std::string& base) {
  const auto repository = base.empty() ? git::Repository::DiscoverIfAny(".")
                                       : std::optional(git::Repository::Discover("."));
  if (!repository) return gates::SourcedPolicy{gates::BuiltInPolicy(), {}};
  const KnownRefs refs = RefsForCommands(*repository);
  auto trust = FindTrust(*repository, refs);
  if (!trust) return tl::unexpected(trust.error());
  if (!base.empty()) trust->policy_commit = NamedCommit(*repository, base, "--base");
  const git::Merging merging;
  const SshSignatures signatures;
  const gates::World world{*repository, *repository, refs, merging, signatures};
  gates::TrustedSides sides(*std::move(trust), world);
  const auto trusted = sides.For(std::nullopt);
  if (!trusted) return tl::unexpected(trusted.error());
  return gates::SourcedPolicy{(*trusted)->rules.policy(), (*trusted)->origin};
}

gates::Tolerance ToleranceUnder(const gates::Policy& policy, const Process& process) {
  const bool forbidden = !policy.staging.infra_tolerance || EnvironmentForbids(process);
  return forbidden ? gates::Tolerance::kStrict : gates::Tolerance::kTolerant;
}

}  // namespace hooks
