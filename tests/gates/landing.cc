#include "tests/gates/landing.h"

#include <algorithm>
#include <stdexcept>

#include "gates/core/reasons.h"

namespace test {

using gates::ObjectId;

const std::string kFailed = "---\nstaging_status: FAILED\n---\n";
const std::string kDeployPassed = "---\ndeploy_status: SUCCESS\n---\n";
const std::string kDeployFailed = "---\ndeploy_status: FAILED\n---\n";
const std::string kSignature =
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n";

std::string StagingLog(const std::string& item) {
  return "docs/work-items/" + item + "/15-staging-log.md";
}

std::string DeployLog(const std::string& item) {
  return "docs/work-items/" + item + "/14-deploy-log.md";
}

std::string Passed(const ObjectId& validated) {
  return "---\nstaging_status: SUCCESS\nvalidated_sha: " + validated.hex() + "\n---\n";
}

std::string PassedAt(const std::string& timestamp) {
  return "---\nstaging_status: SUCCESS\ntimestamp: " + timestamp + "\n---\n";
}

std::string Told(const gates::UpdateReport& report) {
  std::string told(Name(report.decision()));
  if (report.proof != gates::Proof::kNone) told += " " + std::string(Name(report.proof));
  for (const gates::Finding& finding : report.findings)
    told += " " + std::string(gates::ReasonFor(finding.code).name);
  return told;
}

gates::GateRule& Landing::gate(const std::string& id) {
  const auto rule = std::ranges::find(policy().gates, id, &gates::GateRule::id);
  if (rule == policy().gates.end()) throw std::logic_error("no gate " + id);
  return *rule;
}

std::vector<gates::UpdateReport> Landing::Judge(
    const std::vector<gates::RefUpdate>& updates) const {
  const gates::World ports = world.ports();
  gates::TrustedSides trusted(trust, ports);
  return gates::Judge({.updates = updates, .head = head, .asked = asked}, trusted, ports);
}

}  // namespace test
