#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/core/world.h"

namespace hooks {

/// SSH signatures in the namespace git-verdict, by ssh-keygen(1). The program
/// is taken from fixed places: nothing in the environment names another.
class SshSignatures final : public gates::Signatures {
 public:
  SshSignatures() : SshSignatures({"/usr/bin/ssh-keygen", "/usr/local/bin/ssh-keygen"}) {}

  /// For tests: where to look for it, and how long it may take to answer.
  explicit SshSignatures(std::vector<std::string> places,
                         std::chrono::milliseconds limit = std::chrono::seconds(20))
      : places_(std::move(places)), limit_(limit) {}

  /// Whether ssh-keygen is in one of those places.
  bool HasProgram() const;

  /// Each line of the allowed signers speaks for itself: it counts where
  /// ssh-keygen takes the signature by that line alone.
  tl::expected<gates::Signers, std::string> FindSigners(
      const gates::SignedText& asked) const override;

  /// The armored signature of `text` by the private key in the file `key`, or
  /// by the agent's for a public one; else what ssh-keygen said. It was tried.
  tl::expected<std::string, std::string> Sign(const std::string& text,
                                              const std::string& key) const;

 private:
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
  mutable bool hung_ = false;  // nobody waits for it a second time
};

}  // namespace hooks
