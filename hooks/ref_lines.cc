#include "hooks/ref_lines.h"

#include <optional>

namespace hooks {
namespace {

gates::Finding Malformed(size_t line, std::string_view text) {
  gates::Finding finding =
      gates::MakeFinding(gates::Code::kInputMalformed, "standard input is not what git writes",
                         "let git call this hook; a hook manager must pass its stdin on unchanged");
  finding.line = static_cast<int>(line);
  finding.expected = "<local ref> <local id> <remote ref> <remote id>";
  finding.found = text;
  return finding;
}

/// Cuts the last blank-separated word off `line`; nothing where there is no blank.
std::optional<std::string_view> CutLastWord(std::string_view& line) {
  const size_t blank = line.rfind(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const std::string_view word = line.substr(blank + 1);
  line = line.substr(0, blank);
  return word;
}

std::optional<gates::ObjectId> NonZero(const gates::ObjectId& id) {
  return id.is_zero() ? std::nullopt : std::optional(id);
}

// From the right: the local "ref" is whatever the user typed and may hold
// blanks, as in `git push origin 'HEAD^{/fix it}:main'`.
std::optional<gates::RefUpdate> ReadLine(std::string_view line) {
  const auto remote_id = CutLastWord(line);
  const auto remote_ref = CutLastWord(line);
  const auto local_id = CutLastWord(line);
  if (!remote_id || !remote_ref || !local_id || line.empty()) return std::nullopt;
  const auto before = gates::ObjectId::FromHex(*remote_id);
  const auto after = gates::ObjectId::FromHex(*local_id);
  if (!before || !after || !remote_ref->starts_with("refs/")) return std::nullopt;
  return gates::RefUpdate{std::string(*remote_ref), NonZero(*before), NonZero(*after)};
}

}  // namespace

tl::expected<std::vector<gates::RefUpdate>, gates::Finding> ReadPrePushLines(
    std::string_view text) {
  std::vector<gates::RefUpdate> updates;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    auto update = end == std::string_view::npos ? std::nullopt : ReadLine(line);
    if (!update) return tl::unexpected(Malformed(number, line));
    updates.push_back(*std::move(update));
    text.remove_prefix(end + 1);
  }
  return updates;
}

}  // namespace hooks
