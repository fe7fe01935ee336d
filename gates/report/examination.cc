#include "gates/report/examination.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/report/escape.h"

namespace gates {
namespace {

constexpr size_t kMostOfText = 1000;  // a stranger may have chosen the length

std::string_view StyleOf(Health health) {
  switch (health) {
    case Health::kGood: return "32";
    case Health::kNote: return "33";
    case Health::kWrong: break;
  }
  return "1;31";
}

std::string Paint(Health health, Colour colour) {
  const std::string word = fmt::format("{:<5}", health == Health::kWrong ? "WRONG" : Name(health));
  if (colour == Colour::kNever) return word;
  return fmt::format("\x1b[{}m{}\x1b[0m", StyleOf(health), word);
}

std::string Line(const Examined& examined, Colour colour) {
  std::string line = fmt::format("{} {:<17} {}", Paint(examined.health, colour),
                                 Escape(examined.check), EscapeShort(examined.found, kMostOfText));
  if (!examined.mend.empty()) line += ": " + EscapeShort(examined.mend, kMostOfText);
  return line + "\n";
}

}  // namespace

std::string_view Name(Health health) {
  switch (health) {
    case Health::kGood: return "good";
    case Health::kNote: return "note";
    case Health::kWrong: break;
  }
  return "wrong";
}

bool Examination::healthy() const {
  return !checks.empty() && findings.empty() &&
         std::ranges::none_of(
             checks, [](const Examined& examined) { return examined.health == Health::kWrong; });
}

std::string RenderExaminationText(const Examination& examination, Colour colour) {
  std::string text;
  for (const Examined& examined : examination.checks) text += Line(examined, colour);
  const auto wrong = std::ranges::count(examination.checks, Health::kWrong, &Examined::health);
  if (examination.healthy()) return text + "all is well\n";
  return text + fmt::format("{} of {} {} wrong\n", wrong, examination.checks.size(),
                            wrong == 1 ? "is" : "are");
}

}  // namespace gates
