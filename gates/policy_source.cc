#include "gates/policy_source.h"

#include <fmt/format.h>

namespace gates {
namespace {

constexpr std::uint64_t kPolicyBytes = 64 * 1024;

Finding NotAPolicyFile(std::string expected, std::string found) {
  Finding finding = MakeFinding(Code::kPolicyInvalid, "the policy must be a small ordinary file",
                                "commit .verdict.yml as a plain file (mode 100644)");
  finding.path = Policy::kPath;
  finding.expected = std::move(expected);
  finding.found = std::move(found);
  return finding;
}

}  // namespace

tl::expected<SourcedPolicy, Finding> FindPolicy(const Root& root, TreeReader& reader) {
  const auto refuse = [&](Finding finding) {
    finding.sha = root.commit.hex();
    return tl::unexpected(std::move(finding));
  };
  const Found found = reader.Find(root, Policy::kPath);
  if (found.kind == Found::Kind::kAbsent) return SourcedPolicy{BuiltInPolicy(), {}};
  if (found.mode != Mode::kRegular)
    return refuse(NotAPolicyFile("mode 100644", fmt::format("mode {:06o}", found.mode)));
  if (const std::uint64_t size = reader.objects().BlobSize(found.id); size > kPolicyBytes)
    return refuse(NotAPolicyFile(fmt::format("at most {} bytes", kPolicyBytes),
                                 fmt::format("{} bytes", size)));
  auto policy = ReadPolicy(reader.objects().ReadBlob(found.id));
  if (!policy) return refuse(policy.error());
  return SourcedPolicy{*std::move(policy),
                       {fmt::format("{}:{}", root.commit.hex(), Policy::kPath), found.id}};
}

}  // namespace gates
