#include "gates/policy_source.h"

#include <fmt/format.h>

#include "gates/core/rules.h"

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

tl::expected<std::string, Finding> FindSigners(const Policy& policy, const Root& root,
                                               TreeReader& reader) {
  if (!policy.writers) return "";
  const std::string& path = policy.writers->allowed_signers;
  // Whoever may write a log could write it.
  if (Rules(policy, "").Place(path).gate)
    return tl::unexpected(BadSigners(path, "a file of its own", "the place of a verdict log"));
  const Found found = reader.Find(root, path);
  if (found.kind != Found::Kind::kEntry)
    return tl::unexpected(BadSigners(path, "a file", "nothing there"));
  if (found.mode != Mode::kRegular)
    return tl::unexpected(BadSigners(path, "mode 100644", fmt::format("mode {:06o}", found.mode)));
  if (const std::uint64_t size = reader.objects().BlobSize(found.id); size > kSignersBytes)
    return tl::unexpected(BadSigners(path, fmt::format("at most {} bytes", kSignersBytes),
                                     fmt::format("{} bytes", size)));
  return reader.objects().ReadBlob(found.id);
}

}  // namespace

Finding BadSigners(const std::string& path, std::string expected, std::string found) {
  Finding finding = MakeFinding(Code::kPolicyInvalid,
                                "the policy's allowed_signers must be a small ordinary file",
                                "put the file where `writers` of the policy names it");
  finding.path = path;
  finding.expected = std::move(expected);
  finding.found = std::move(found);
  return finding;
}

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
  auto signers = FindSigners(*policy, root, reader);
  if (!signers) return refuse(signers.error());
  return SourcedPolicy{*std::move(policy),
                       {fmt::format("{}:{}", root.commit.hex(), Policy::kPath), found.id},
                       *std::move(signers)};
}

}  // namespace gates
