#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gates {

/// Seconds since 1970 of an ISO 8601 instant (`2026-11-21T09:30:00Z`, `+01:00`;
/// without an offset UTC; a date alone is its midnight), or nothing.
std::optional<std::int64_t> ReadTimestamp(std::string_view text);

/// Seconds since 1970 as such an instant in UTC: `2026-11-21T09:30:00Z`.
std::string WriteTimestamp(std::int64_t seconds);

}  // namespace gates
