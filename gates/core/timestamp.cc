#include "gates/core/timestamp.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <chrono>
#include <string>

namespace gates {

std::optional<std::int64_t> ReadTimestamp(std::string_view text) {
  static const re2::RE2 kIso8601(
      R"((\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?:Z|([+-])(\d\d):?(\d\d))?)?)");
  int year = 0, month = 0, day = 0;
  // What the text leaves out stays 0.
  std::string hour, minute, second, sign, offset_hours, offset_minutes;
  if (!re2::RE2::FullMatch(text, kIso8601, &year, &month, &day, &hour, &minute, &second, &sign,
                           &offset_hours, &offset_minutes))
    return std::nullopt;
  const auto number = [](const std::string& digits) {
    return digits.empty() ? 0 : std::stoi(digits);
  };
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || number(hour) > 23 || number(minute) > 59 || number(second) > 59 ||
      number(offset_hours) > 14 || number(offset_minutes) > 59)
    return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t offset = number(offset_hours) * 3600 + number(offset_minutes) * 60;
  return days * 86400 + number(hour) * 3600 + number(minute) * 60 + number(second) -
         (sign == "-" ? -offset : offset);
}

std::string WriteTimestamp(std::int64_t seconds) {
  const std::chrono::sys_seconds instant{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(instant - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace gates
