#include "hooks/committer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

#include "gates/core/timestamp.h"
#include "hooks/hook_input.h"

namespace hooks {
namespace {

// What git too leaves out of names: it would end the name, or the line of the commit.
std::string WithoutCrud(std::string_view raw) {
  std::string text;
  for (const char c : raw)
    if (static_cast<unsigned char>(c) >= 0x20 && c != '<' && c != '>' && c != 0x7F) text += c;
  const auto is_crud = [](char c) {
    return std::string_view(" .,:;\"\\'").find(c) != std::string_view::npos;
  };
  text.erase(text.begin(), std::ranges::find_if_not(text, is_crud));
  while (!text.empty() && is_crud(text.back())) text.pop_back();
  return text;
}

struct Moment {
  std::int64_t seconds = 0;
  int offset_minutes = 0;
};

std::optional<int> ReadOffset(std::string_view text) {
  int number = 0;
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto read = std::from_chars(text.data() + 1, text.data() + 5, number);
  if (read.ec != std::errc() || read.ptr != text.data() + 5 || number % 100 > 59 || number > 1400)
    return std::nullopt;
  const int minutes = number / 100 * 60 + number % 100;
  return text[0] == '-' ? -minutes : minutes;
}

// Two of the forms git takes: its own (`1700000000 +0100`, `@` before it or not) and ISO 8601.
std::optional<Moment> ReadDate(std::string_view text) {
  Moment moment;
  const size_t blank = text.rfind(' ');
  const auto offset = ReadOffset(text.substr(blank == text.npos ? text.size() : blank + 1));
  const std::string_view instant = offset ? text.substr(0, blank) : text;
  moment.offset_minutes = offset.value_or(0);
  if (const auto seconds = gates::ReadTimestamp(instant)) {
    moment.seconds = *seconds - moment.offset_minutes * 60;
    return moment;
  }
  const std::string_view digits = instant.substr(instant.starts_with('@') ? 1 : 0);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), moment.seconds);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || moment.seconds < 0)
    return std::nullopt;
  return moment;
}

Moment Here(std::int64_t now) {
  const std::time_t seconds = now;
  std::tm local{};
  localtime_r(&seconds, &local);
  return {now, static_cast<int>(local.tm_gmtoff / 60)};
}

tl::expected<std::string, Refusal> FindWord(const std::string& variable, const std::string& key,
                                            const git::Writer& writer, const Process& process) {
  std::string word = WithoutCrud(Variable(process, variable));
  if (word.empty()) word = WithoutCrud(writer.ConfigValue(key).value_or(""));
  if (!word.empty()) return word;
  return tl::unexpected(Refusal{fmt::format("git does not know who you are: no {}", key),
                                fmt::format("`git config --global {} ...`", key)});
}

}  // namespace

tl::expected<git::Signature, Refusal> FindSignature(const std::string& role,
                                                    const git::Writer& writer,
                                                    const Process& process, std::int64_t now) {
  const auto name = FindWord("GIT_" + role + "_NAME", "user.name", writer, process);
  if (!name) return tl::unexpected(name.error());
  const auto email = FindWord("GIT_" + role + "_EMAIL", "user.email", writer, process);
  if (!email) return tl::unexpected(email.error());
  const std::string date = Variable(process, "GIT_" + role + "_DATE");
  const auto moment = date.empty() ? Here(now) : ReadDate(date);
  if (!moment)
    return tl::unexpected(Refusal{fmt::format("GIT_{}_DATE is no date: {}", role, date),
                                  "write it as 2026-11-21T09:30:00+01:00, or unset it"});
  return git::Signature{*name, *email, moment->seconds, moment->offset_minutes};
}

}  // namespace hooks
