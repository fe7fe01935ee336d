#pragma once

#include <stdexcept>

#include "gates/core/world.h"

namespace test {

/// For tests in which nobody may be asked who signed what.
class NoSignatures final : public gates::Signatures {
 public:
  tl::expected<gates::Signers, std::string> FindSigners(const gates::SignedText&) const override {
    throw std::logic_error("somebody asked for a signature");
  }
};

}  // namespace test
