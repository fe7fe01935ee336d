#include "install/hook_text.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "gates/core/shell_word.h"

namespace install {
namespace {

// THE TABLE of hooks that can be installed. A further one: its command, its line here.
constexpr HookKind kAllHooks[] = {
    {"pre-push", Side::kClient, "judges each push", "judges every push from now on"},
    {"pre-commit", Side::kClient, "reads staged verdict logs",
     "reads staged verdict logs before every commit from now on"},
    {"pre-merge-commit", Side::kClient, "reads the verdict logs of a merge",
     "reads the verdict logs of every merge from now on"},
    {"commit-msg", Side::kClient, "asks for a work item where the policy does",
     "asks every message for a work item from now on, where the policy has require_trailer"},
    {"pre-receive", Side::kServer, "judges each push", "judges every push from now on"},
    {"update", Side::kServer, "judges each ref of a push",
     "judges every ref of a push from now on"},
};

constexpr std::string_view kClientMark = "git-verdict shim";
constexpr std::string_view kServerMark = "git-verdict server hook";

constexpr int kMostMadeFolders = 8;

// In each text: @PROGRAM@ once; @HOOK@, @DOES@ and @FOLDERS@ as often as need be.

// An empty program is gone too: a shell would run it as a script that succeeds.
constexpr std::string_view kHead =
    "#!/bin/sh\n"
    "# git-verdict shim 1: @DOES@; `git verdict uninstall` takes it out again@FOLDERS@.\n";
constexpr std::string_view kGuard =
    "p=@PROGRAM@; [ -x \"$p\" ] && [ -s \"$p\" ] || { echo \"git-verdict is gone from $p, so "
    "nothing is let through: install it again, or remove $0\" >&2; exit 2; }; ";
constexpr std::string_view kExec =
    "exec \"$p\" hook @HOOK@ --kept \"$0.before-git-verdict\" -- \"$@\"\n";

// Its arguments come from git behind the last word.
constexpr std::string_view kCommand =
    "p=@PROGRAM@; [ -x \"$p\" ] && [ -s \"$p\" ] || { echo \"git-verdict is gone from $p, so "
    "nothing is let through: install it again\" >&2; exit 2; }; exec \"$p\" hook @HOOK@ --";

// A server asks for the answer ALLOW and not for success alone.
// The dot keeps the shell from cutting the last line feeds off.
constexpr std::string_view kPreReceive =
    R"(#!/bin/sh
# git-verdict server hook 2: @DOES@; `git verdict uninstall` takes it out again@FOLDERS@.
updates=$(cat; echo .)
if answer=$(printf %s "${updates%.}" | @PROGRAM@ hook @HOOK@ 2>&1); then
  case $answer in
    ALLOW\ *)
      printf '%s\n' "$answer" >&2
      [ -x "$0.before-git-verdict" ] || exit 0
      printf %s "${updates%.}" | "$0.before-git-verdict"
      exit ;;
  esac
fi
printf '%s\n' "${answer:-git-verdict gave no answer, so nothing lands}" >&2
exit 1
)";
constexpr std::string_view kUpdate =
    R"(#!/bin/sh
# git-verdict server hook 1: @DOES@; `git verdict uninstall` takes it out again@FOLDERS@.
if answer=$(@PROGRAM@ hook @HOOK@ "$@" 2>&1); then
  case $answer in
    ALLOW\ *)
      printf '%s\n' "$answer" >&2
      [ -x "$0.before-git-verdict" ] || exit 0
      exec "$0.before-git-verdict" "$@" ;;
  esac
fi
printf '%s\n' "${answer:-git-verdict gave no answer, so nothing lands}" >&2
exit 1
)";

std::string CurrentText(std::string_view hook) {
  if (hook == "pre-receive") return std::string(kPreReceive);
  if (hook == "update") return std::string(kUpdate);
  return std::string(kHead) + std::string(kGuard) + std::string(kExec);
}

// What earlier versions wrote, and what their pages had people write by hand. Never shorten
// these lists: somewhere such a hook still stands.
constexpr std::string_view kEarlierGuard =
    "p=@PROGRAM@; [ -x \"$p\" ] || { echo \"git-verdict is gone from $p, so nothing is let "
    "through: install it again, or remove $0\" >&2; exit 2; }; ";
constexpr std::string_view kEarlierPreReceive[] = {
    "#!/bin/sh\n"
    "exec @PROGRAM@ hook pre-receive\n",

    "#!/bin/sh\n"
    "gate=@PROGRAM@\n"
    "[ -s \"$gate\" ] && exec \"$gate\" hook pre-receive\n"
    "echo \"git-verdict is gone from this server, so nothing may land\" >&2\n"
    "exit 2\n",

    "#!/bin/sh\n"
    "if answer=$(@PROGRAM@ hook pre-receive 2>&1); then\n"
    "  case $answer in\n"
    "    ALLOW\\ *) printf '%s\\n' \"$answer\" >&2; exit 0 ;;\n"
    "  esac\n"
    "fi\n"
    "printf '%s\\n' \"${answer:-git-verdict gave no answer, so nothing lands}\" >&2\n"
    "exit 1\n",

    R"(#!/bin/sh
# git-verdict server hook 1: @DOES@; `git verdict uninstall` takes it out again@FOLDERS@.
updates=$(cat)
if answer=$(printf '%s\n' "$updates" | @PROGRAM@ hook @HOOK@ 2>&1); then
  case $answer in
    ALLOW\ *)
      printf '%s\n' "$answer" >&2
      [ -x "$0.before-git-verdict" ] || exit 0
      printf '%s\n' "$updates" | "$0.before-git-verdict"
      exit ;;
  esac
fi
printf '%s\n' "${answer:-git-verdict gave no answer, so nothing lands}" >&2
exit 1
)"};

std::vector<std::string> EarlierTexts(std::string_view hook) {
  if (hook == "pre-push")
    return {std::string(kHead) + std::string(kEarlierGuard) + std::string(kExec)};
  if (hook != "pre-receive") return {};
  return {std::begin(kEarlierPreReceive), std::end(kEarlierPreReceive)};
}

std::string Filled(std::string text, std::string_view name, std::string_view value) {
  for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at))
    text.replace(at, name.size(), value), at += value.size();
  return text;
}

std::string FoldersText(int count) {
  if (count == 0) return "";
  return count == 1 ? " (and its folder)" : " (and " + std::to_string(count) + " folders)";
}

/// All but the program's path.
std::string FilledFor(const std::string& text, const HookKind& kind, int made_folders) {
  return Filled(Filled(Filled(text, "@HOOK@", kind.name), "@DOES@", kind.does), "@FOLDERS@",
                FoldersText(made_folders));
}

/// The program where `text` is `pattern` with some program in it.
std::optional<std::string> ProgramIn(std::string_view text, std::string_view pattern) {
  constexpr std::string_view kPlace = "@PROGRAM@";
  const size_t place = pattern.find(kPlace);
  const std::string_view before = pattern.substr(0, place);
  const std::string_view behind = pattern.substr(place + kPlace.size());
  if (text.size() < before.size() + behind.size() || !text.starts_with(before) ||
      !text.ends_with(behind))
    return std::nullopt;
  return gates::UnquotedShellWord(
      text.substr(before.size(), text.size() - before.size() - behind.size()));
}

}  // namespace

std::span<const HookKind> AllHooks() { return kAllHooks; }

const HookKind* FindHook(std::string_view name) {
  const auto* kind = std::ranges::find(kAllHooks, name, &HookKind::name);
  return kind == std::end(kAllHooks) ? nullptr : kind;
}

std::string WriteHook(const HookText& hook) {
  return Filled(FilledFor(CurrentText(hook.hook), *FindHook(hook.hook), hook.made_folders),
                "@PROGRAM@", gates::ShellWord(hook.program));
}

std::string WriteHookCommand(const HookText& hook) {
  return Filled(FilledFor(std::string(kCommand), *FindHook(hook.hook), 0), "@PROGRAM@",
                gates::ShellWord(hook.program));
}

std::optional<HookText> ReadHook(std::string_view text) {
  for (const HookKind& kind : kAllHooks) {
    std::vector<std::string> patterns = EarlierTexts(kind.name);
    patterns.push_back(CurrentText(kind.name));
    for (const std::string& pattern : patterns)
      for (int folders = 0; folders <= kMostMadeFolders; ++folders)
        if (const auto program = ProgramIn(text, FilledFor(pattern, kind, folders)))
          return HookText{std::string(kind.name), *program, folders};
  }
  return std::nullopt;
}

bool ClaimsToBeOurs(std::string_view text) {
  return text.find(kClientMark) != std::string_view::npos ||
         text.find(kServerMark) != std::string_view::npos;
}

std::string KeptPath(const std::string& path) { return path + ".before-git-verdict"; }

}  // namespace install
