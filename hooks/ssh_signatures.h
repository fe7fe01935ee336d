#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/core/world.h"
#include "hooks/refusal.h"

namespace hooks {

/// SSH signatures in the namespace git-verdict, by ssh-keygen(1). The program
/// is taken from fixed places: nothing in the environment names another.
class SshSignatures final : public gates::Signatures {
 public:
  SshSignatures() : SshSignatures({"/usr/bin/ssh-keygen", "/usr/local/bin/ssh-keygen"}) {}

  /// For tests: where to look for it, how long it may take to answer, and how long to sign.
  explicit SshSignatures(std::vector<std::string> places,
                         std::chrono::milliseconds limit = std::chrono::seconds(20),
                         std::chrono::milliseconds signing = std::chrono::minutes(2))
      : places_(std::move(places)), limit_(limit), signing_(signing) {}

  /// Whether ssh-keygen is in one of those places.
  bool HasProgram() const { return FindProgram() != nullptr; }

  /// Each line of the allowed signers speaks for itself: it counts where
  /// ssh-keygen takes the signature by that line alone.
  tl::expected<gates::Signers, std::string> FindSigners(
      const gates::SignedText& asked) const override;

  /// The armored signature of `text` by the private key in the file `key`, or by the agent's
  /// for a public one; it was tried. Else why there is none, what ssh-keygen said in it: exit 2.
  /// Asks for a passphrase or a PIN where somebody can be asked (HasTerminal).
  tl::expected<std::string, Refusal> Sign(const std::string& text, const std::string& key) const;

  /// Whether it is a signature of `text` for git-verdict, whoever made it.
  bool Fits(const std::string& text, const std::string& signature) const;

 private:
  const std::string* FindProgram() const;
  const std::string& Program() const;

  /// What it answered: its output where that is a yes, nothing for a no.
  std::optional<std::string> Ask(std::vector<std::string> arguments,
                                 const std::string& input = "") const;
  std::optional<std::string> AskWhetherFits(const std::string& text,
                                            const std::string& signature) const;
  gates::Signers SignersByLine(const std::string& line, const gates::SignedText& asked) const;
  void MustWork() const;

  std::vector<std::string> places_;
  std::chrono::milliseconds limit_;
  std::chrono::milliseconds signing_;
  mutable bool hung_ = false;  // nobody waits for it a second time
};

}  // namespace hooks
