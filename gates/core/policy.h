#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gates/core/finding.h"

namespace gates {

/// One verdict gate: which file and key hold its verdict, and the two tokens.
struct GateRule {
  std::string id;
  std::string file;  // one path component
  std::string key;
  std::string pass = "SUCCESS";
  std::string fail = "FAILED";
  bool required = false;
  bool excused = false;  // of no policy: who asks is about to write this gate's log
};

/// Whether a log must name the commit that was validated.
enum class ValidatedSha { kRequired, kInferred };

/// The weakest proof that may land.
enum class Landing { kExact, kReplay };

/// A check of the staging suite whose failure may be waived: it tells of the
/// infrastructure around the staged service, not of the service.
struct InfraCheck {
  std::string check;   // the id, as in results
  std::string reason;  // these may be empty
  std::string approver;
  std::optional<std::int64_t> expires;  // seconds since 1970, UTC: no waiver from then on
};

/// How per-check results become a verdict (gates/staging/fold.h).
struct StagingRule {
  std::vector<InfraCheck> infra;  // each id once
  bool infra_tolerance = true;    // false: nothing is waived
};

/// Whether a log without a signature counts.
enum class Unsigned { kDeny, kAllow };

/// Who may write verdict logs.
struct WritersRule {
  std::string allowed_signers;  // path from the policy's folder
  Unsigned unsigned_logs = Unsigned::kDeny;
  bool must_not_be_author = false;  // of the commits that the verdict is about
};

/// Where one of the paths `when` changes, so must one of the paths `update`.
struct UpdateRule {
  std::vector<std::string> when;  // path globs, as the two below
  std::vector<std::string> update;
  std::string why;  // may be empty
};

/// What must not stand in a text that lands: a template that nobody has filled in.
struct PlaceholdersRule {
  std::vector<std::string> paths;
  std::string pattern = R"(\{\{[A-Z0-9_]+\}\})";  // RE2, anywhere in a line
};

/// What a change has to tell of in the documentation (gates/docs.h).
struct DocsRule {
  static constexpr std::string_view kItem = "{id}";  // stands for the work item in `require`

  std::vector<UpdateRule> rules;
  std::vector<std::string> require;  // paths, each with kItem in it

  /// A required path, of one work item.
  static std::string PathFor(std::string required, std::string_view work_item);

  std::optional<PlaceholdersRule> placeholders;
};

/// What the protected refs ask for (docs/formats/policy.md). Read from the
/// side that is already trusted: a change never loosens its own judge.
struct Policy {
  static constexpr std::string_view kPath = ".verdict.yml";

  std::vector<std::string> protected_refs;  // globs; "HEAD" is the default branch
  std::string root;                         // of the work items, no slash at either end
  std::string id;                           // RE2, whole match
  std::string trailer;
  bool require_trailer = false;  // of each commit; only `hook commit-msg` asks for it
  std::vector<GateRule> gates;  // the built-in ones first
  ValidatedSha validated_sha = ValidatedSha::kRequired;
  Landing landing = Landing::kExact;
  std::vector<std::string> exempt;  // path globs
  StagingRule staging;
  std::optional<WritersRule> writers;  // nothing: signatures are not looked at
  std::optional<DocsRule> docs;        // nothing: the documentation is not looked at

  const GateRule* FindGate(std::string_view gate) const;
};

/// The policy of a repository that has none of its own.
Policy BuiltInPolicy();

/// Reads a policy file. The finding is POLICY_INVALID with line and column,
/// and weighs CANNOT-EVALUATE: whoever reads a proposed policy lowers that.
tl::expected<Policy, Finding> ReadPolicy(std::string_view text);

/// A scalar as YAML in single quotes.
std::string QuotedScalar(std::string_view text);

/// The policy as a file that ReadPolicy reads back to the same.
std::string WritePolicy(const Policy& policy);

}  // namespace gates
