#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace install {

enum class Side { kClient, kServer };

/// A hook of git's that git-verdict can stand at.
struct HookKind {
  std::string_view name;  // "pre-push"; the program's command is `hook <name>`
  Side side;
  std::string_view does;     // in the hook's own comment
  std::string_view promise;  // what holds once it is in place

  /// Whether git asks it about a commit that is made, and not about a push.
  bool reads_commits() const { return side == Side::kClient && name != "pre-push"; }
};

std::span<const HookKind> AllHooks();

/// The hook called `name`, or null.
const HookKind* FindHook(std::string_view name);

/// What goes into the text of a hook of ours.
struct HookText {
  std::string hook;
  std::string program;   // path of git-verdict
  int made_folders = 0;  // how many folders were made to hold the hook, for `uninstall`
};

/// The one text of a hook: what `install` writes, and what docs/servers.md shows.
std::string WriteHook(const HookText& hook);

/// The command of a hook in git's config (git 2.54): git appends the arguments.
std::string WriteHookCommand(const HookText& hook);

/// Reads a text back that any version of git-verdict wrote, or had its readers write by hand,
/// byte for byte but for the program's path.
std::optional<HookText> ReadHook(std::string_view text);

/// Whether a text says that it is ours. Where ReadHook does not know it, somebody changed it.
bool ClaimsToBeOurs(std::string_view text);

/// Where the hook that stood at `path` before ours is kept.
std::string KeptPath(const std::string& path);

}  // namespace install
