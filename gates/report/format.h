#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gates/core/report.h"

namespace gates {

enum class Colour { kNever, kAlways };

/// A way to write a report down: text for people, JSON for machines.
struct Format {
  std::string_view name;
  std::string_view summary;
  std::string (*render)(const Report&, Colour);
};

std::span<const Format> AllFormats();

/// The format called `name`, or null.
const Format* FindFormat(std::string_view name);

}  // namespace gates
