#include "gates/report/complaints.h"

#include <fmt/format.h>

#include <cstdint>
#include <set>

#include "gates/core/policy.h"

namespace gates {
namespace {

// FNV-1a: names things in two reports alike, and is no protection against anybody.
std::uint64_t Hash(std::string_view text, std::uint64_t start) {
  constexpr std::uint64_t kPrime = 0x100000001b3;
  for (const char c : text) start = (start ^ static_cast<unsigned char>(c)) * kPrime;
  return start;
}

std::string Hash(std::string_view text) {
  return fmt::format("{:016x}{:016x}", Hash(text, 0xcbf29ce484222325),
                     Hash(text, 0x84222325cbf29ce4));
}

/// Gives fingerprints by what a complaint is about: lines and commits change from run to run.
class Fingerprints {
 public:
  std::string For(const Finding& finding) {
    std::string about(ReasonFor(finding.code).name);
    for (const std::string& part : {finding.gate, finding.work_item, finding.path})
      about.append(1, '\0').append(part);
    std::string fingerprint = Hash(about);
    for (int twin = 2; !given_.insert(fingerprint).second; ++twin)
      fingerprint = Hash(about + '\0' + std::to_string(twin));
    return fingerprint;
  }

 private:
  std::set<std::string> given_;
};

Finding Unexplained() { return MakeFinding(Code::kInternal, "refused, and nothing says why"); }

}  // namespace

std::vector<Complaint> ComplaintsOf(const Report& report) {
  std::vector<Complaint> complaints;
  Fingerprints fingerprints;
  const auto add = [&](const UpdateReport* update, const Finding& finding) {
    complaints.push_back({update, finding, fingerprints.For(finding)});
  };
  for (const UpdateReport& update : report.updates) {
    for (const Finding& finding : update.findings) add(&update, finding);
    if (update.findings.empty() && update.decision() != Decision::kAllow)
      add(&update, Unexplained());
  }
  for (const Finding& fault : report.findings) add(nullptr, fault);
  return complaints;
}

std::string_view PathInRepository(const Finding& finding) {
  std::string_view rest = finding.path;
  if (rest.starts_with('/')) return "";
  while (!rest.empty()) {
    const std::string_view component = rest.substr(0, rest.find('/'));
    if (component.empty() || component == "." || component == "..") return "";
    rest.remove_prefix(std::min(component.size() + 1, rest.size()));
  }
  return finding.path;
}

std::string_view FileFor(const Finding& finding) {
  const std::string_view path = PathInRepository(finding);
  return path.empty() ? Policy::kPath : path;
}

}  // namespace gates
