#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gates/core/finding.h"
#include "gates/report/format.h"

namespace gates {

/// How one thing stands. A note is worth knowing and nothing wrong.
enum class Health { kWrong, kNote, kGood };

/// One thing that `doctor` looked at. All texts are raw.
struct Examined {
  std::string check;  // "pre-push", "default branch"
  Health health = Health::kWrong;
  std::string found;  // how it stands, and where
  std::string mend;   // one command or step; empty where nothing is to be done
};

/// What `doctor` found. `findings` are why it could not look.
struct Examination {
  std::vector<Examined> checks;
  std::vector<Finding> findings = {};

  /// Nothing wrong, and something looked at.
  bool healthy() const;
};

/// For people: one line for each check, and one that sums up.
std::string RenderExaminationText(const Examination& examination, Colour colour);

/// For programs: schema git-verdict/doctor/1, one line, ASCII only.
std::string RenderExaminationJson(const Examination& examination);

/// good, note or wrong.
std::string_view Name(Health health);

}  // namespace gates
