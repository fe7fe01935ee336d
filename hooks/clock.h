#pragma once

#include <cstdint>

namespace hooks {

/// This moment, in seconds since 1970.
std::int64_t Now();

}  // namespace hooks
