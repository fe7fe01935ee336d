#include "hooks/record_signature.h"

#include <fmt/format.h>

#include "gates/proof/change.h"
#include "gates/report/escape.h"
#include "gates/writers.h"
#include "hooks/git/merging.h"
#include "hooks/output.h"
#include "hooks/ssh_armor.h"
#include "hooks/ssh_signatures.h"
#include "hooks/terminal.h"

namespace hooks {
namespace {

using FoundSigners = tl::expected<gates::Signers, std::string>;

/// Who signed a log, where policy wants to know; else nobody.
FoundSigners FindSignersUnder(const gates::Rules& rules, const std::string& text,
                              const std::string& signature, std::int64_t signed_at) {
  if (!rules.policy().writers) return gates::Signers{};
  return SshSignatures().FindSigners({text, signature, rules.allowed_signers(), signed_at});
}

std::string KeyIn(const std::string& signature) {
  const auto key = ReadSigningKey(signature);
  return key ? key->text : "";
}

// Where it will land is not known here; the default branch is the best guess.
gates::Commit FindBase(const Scene& scene) {
  const KnownRefs refs = RefsForCommands(scene.repository);
  const std::string branch = refs.DefaultBranch();
  const auto tip = branch.empty() ? std::nullopt : refs.Find(branch);
  return tip ? gates::RequireCommit(scene.repository, *tip) : scene.target.tip;
}

}  // namespace

OrRefusal<LogSignature> SignLog(const Scene& scene, const gates::NewVerdict& verdict,
                                const std::string& text, const std::string& key, Process& process) {
  if (HasTerminal())
    Write(gates::Escape("signing with " + key + "; where that is a token, touch it") + '\n',
          Stream::kErr, process);
  auto signature = SshSignatures().Sign(text, key);
  if (!signature) return tl::unexpected(std::move(signature.error()));
  const gates::Rules& rules = scene.trusted.rules;
  auto signers = FindSignersUnder(rules, text, *signature, verdict.written_at);
  if (signers) return LogSignature{*std::move(signature), *std::move(signers)};
  return tl::unexpected(Refusal{
      fmt::format("the gate would not count this signature: policy wants one of {}, and it is {}",
                  rules.policy().writers->allowed_signers, signers.error()),
      "sign with a key that is listed there on the default branch; where the line of this one "
      "has landed, `git fetch`"});
}

bool IsSignedAlike(const Scene& scene, const Present& present,
                   const std::optional<LogSignature>& signature) {
  if (!present.text || !present.signature) return !present.signature && !signature;
  const gates::Rules& rules = scene.trusted.rules;
  if (signature && (KeyIn(*present.signature) != KeyIn(signature->text) ||
                    !SshSignatures().Fits(*present.text, *present.signature)))
    return false;
  return FindSignersUnder(rules, *present.text, *present.signature, present.time().value_or(0))
      .has_value();
}

std::optional<gates::Finding> FindObjection(const Scene& scene, const gates::NewVerdict& verdict,
                                            const gates::ObjectId& commit) {
  if (scene.repository.IsShallow()) return std::nullopt;
  const KnownRefs refs = RefsForCommands(scene.repository);
  const git::Merging merging;
  const SshSignatures signatures;
  const gates::World world{scene.repository, scene.repository, refs, merging, signatures};
  gates::Workbench bench(world);
  const gates::Commit landing = gates::RequireCommit(scene.repository, commit);
  const gates::Change change{scene.trusted.rules, bench, FindBase(scene), landing, commit, {}};
  const gates::LogPlace place{verdict.work_item, verdict.gate};
  const auto log = gates::FindWrittenLog(change, place);
  if (!log) return log.error();
  if (!*log) return std::nullopt;
  const auto writer = gates::FindWriter(change, place, **log);
  return writer ? std::nullopt : std::optional(writer.error());
}

}  // namespace hooks
