#include "hooks/ref_lines.h"

#include <algorithm>
#include <optional>
#include <set>

namespace hooks {
namespace {

gates::Finding Malformed(size_t line, std::string_view text, std::string_view grammar) {
  gates::Finding finding =
      gates::MakeFinding(gates::Code::kInputMalformed, "this is not what git tells a hook",
                         "let git call this hook; a hook manager must pass its stdin on unchanged");
  finding.line = static_cast<int>(line);
  finding.expected = grammar;
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

std::optional<gates::RefUpdate> MakeUpdate(std::string_view ref, std::string_view old_id,
                                           std::string_view new_id) {
  const auto before = gates::ObjectId::FromHex(old_id);
  const auto after = gates::ObjectId::FromHex(new_id);
  if (!before || !after || !MayBeRefName(ref)) return std::nullopt;
  return gates::RefUpdate{std::string(ref), NonZero(*before), NonZero(*after)};
}

// From the right: the local "ref" is whatever the user typed and may hold
// blanks, as in `git push origin 'HEAD^{/fix it}:main'`.
std::optional<gates::RefUpdate> ReadPrePushLine(std::string_view line) {
  const auto remote_id = CutLastWord(line);
  const auto remote_ref = CutLastWord(line);
  const auto local_id = CutLastWord(line);
  if (!remote_id || !remote_ref || !local_id || line.empty()) return std::nullopt;
  return MakeUpdate(*remote_ref, *remote_id, *local_id);
}

std::optional<gates::RefUpdate> ReadPreReceiveLine(std::string_view line) {
  const auto ref = CutLastWord(line);
  const auto new_id = CutLastWord(line);
  if (!ref || !new_id) return std::nullopt;
  return MakeUpdate(*ref, line, *new_id);
}

// A ref that stands twice would be judged on a value that it no longer has.
Updates ReadLines(std::string_view text, std::string_view grammar,
                  std::optional<gates::RefUpdate> (*read)(std::string_view)) {
  std::vector<gates::RefUpdate> updates;
  std::set<std::string> seen;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    auto update = end == std::string_view::npos ? std::nullopt : read(line);
    if (!update || !seen.insert(*update->ref).second)
      return tl::unexpected(Malformed(number, line, grammar));
    updates.push_back(*std::move(update));
    text.remove_prefix(end + 1);
  }
  return updates;
}

}  // namespace

bool MayBeRefName(std::string_view ref) {
  const auto is_strange = [](unsigned char c) {
    return c <= ' ' || c == 0x7f ||
           std::string_view("~^:?*[\\").find(static_cast<char>(c)) != std::string_view::npos;
  };
  return ref.starts_with("refs/") && std::ranges::none_of(ref, is_strange);
}

Updates ReadPrePushLines(std::string_view text) {
  return ReadLines(text, "<local ref> <local id> <remote ref> <remote id>", ReadPrePushLine);
}

Updates ReadPreReceiveLines(std::string_view text) {
  return ReadLines(text, "<old id> <new id> <ref>", ReadPreReceiveLine);
}

}  // namespace hooks
