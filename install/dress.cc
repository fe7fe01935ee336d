// The second half of a stand-in: the hooks and the configuration of the patient, as found.

#include <filesystem>
#include <set>

#include "gates/core/shell_word.h"
#include "install/git_process.h"
#include "install/stand_in.h"

namespace install {
namespace {

namespace fs = std::filesystem;

/// Splits what git separated by NUL.
std::vector<std::string> Parts(const std::string& text) {
  std::vector<std::string> parts;
  for (size_t at = 0; at < text.size(); at += parts.back().size() + 1)
    parts.push_back(text.substr(at, text.find('\0', at) - at));
  return parts;
}

bool StartsWithAny(std::string_view text, std::initializer_list<std::string_view> starts) {
  for (const std::string_view start : starts)
    if (text.starts_with(start)) return true;
  return false;
}

/// What would lead to the patient's own places, or is the stand-in's to say.
bool StaysBehind(std::string_view key) {
  return StartsWithAny(
      key, {"remote.", "branch.", "include.", "includeif.", "extensions.", "core.bare",
            "core.worktree", "core.repositoryformatversion", "submodule.", "maintenance.", "gc."});
}

// A forge's own hook speaks to the forge, which knows nothing of this push.
bool IsTheForgesOwn(const fs::path& path) {
  return path.filename() == "gitea" || path.filename() == "forgejo";
}

/// Links to all that is in a folder, but for what is left out.
void Mirror(const fs::path& from, const fs::path& to, const std::set<std::string>& left_out) {
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(from)) {
    const fs::path name = entry.path().filename();
    if (left_out.contains(name) || IsTheForgesOwn(name)) continue;
    if (name.extension() == ".d" && entry.is_directory())
      Mirror(entry.path(), to / name, {});
    else
      fs::create_symlink(fs::absolute(entry.path()), to / name);
  }
}

/// The hooks of this side that are not the one whose door is tried.
std::set<std::string> OtherHooks(const HookFacts& door) {
  std::set<std::string> others;
  for (const HookKind& kind : AllHooks())
    if (kind.side == FindHook(door.hook)->side && kind.name != door.hook) {
      others.emplace(kind.name);
      others.emplace(std::string(kind.name) + ".d");
    }
  return others;
}

// GitLab's server runs this folder, and git does not.
void WriteRunner(const std::string& path, const std::string& hook) {
  std::string text =
      "#!/bin/sh\n"
      "input=$(cat)\n"
      "for hook in custom_hooks/";
  text += hook;
  text +=
      ".d/*; do\n"
      "  [ -x \"$hook\" ] || continue\n"
      "  printf '%s\\n' \"$input\" | \"$hook\" \"$@\" || exit 1\n"
      "done\n";
  CarryOut(Plan{.steps = {{.kind = Step::Kind::kWriteHook, .path = path, .from = "", .text = text}},
                .messages = {},
                .next = {},
                .refusals = {}});
}

}  // namespace

// Its config, and everything else in its folder that is not git's own.
void StandIn::DressServer(const HookFacts& door) const {
  const fs::path from = patient_.common_directory, to = server();
  fs::copy_file(from / "config", to / "config", fs::copy_options::overwrite_existing);
  AskGit({"config", "core.bare", "true"}, to);
  const std::set<std::string> gits{"objects",     "refs",       "logs",        "HEAD",
                                   "packed-refs", "config",     "shallow",     "index",
                                   "ORIG_HEAD",   "FETCH_HEAD", "worktrees",   "hooks",
                                   "branches",    "info",       "description", "modules"};
  for (const auto& entry : fs::directory_iterator(from))
    if (!gits.contains(entry.path().filename()))
      fs::create_symlink(fs::absolute(entry.path()), to / entry.path().filename());
  const fs::path hooks = HooksFolder(patient_.directory);
  fs::create_directories(to / "hooks");
  if (fs::is_directory(hooks)) Mirror(hooks, to / "hooks", OtherHooks(door));
  AskGit({"config", "core.hooksPath", (to / "hooks").string()}, to);
  if (fs::is_directory(from / "custom_hooks"))
    WriteRunner((to / "hooks" / door.hook).string(), door.hook);
}

void StandIn::DressClone() const {
  CopyWorkTree();
  CopyConfig();
  if (!FindConfig("core.hooksPath", patient_.directory))
    fs::create_symlink(patient_.common_directory + "/hooks", clone() + "/.git/hooks");
}

void StandIn::CopyConfig() const {
  const std::string all =
      AskGit({"config", "--null", "--show-scope", "--list"}, patient_.directory).output;
  const std::vector<std::string> parts = Parts(all);
  for (size_t i = 0; i + 1 < parts.size(); i += 2) {
    const std::string& entry = parts[i + 1];
    const std::string key = entry.substr(0, entry.find('\n'));
    if ((parts[i] != "local" && parts[i] != "worktree") || StaysBehind(key)) continue;
    std::string value = entry.size() > key.size() ? entry.substr(key.size() + 1) : "true";
    if (key == "verdict.policyfile") value = fs::path(patient_.common_directory) / value;
    AskGit({"config", "--add", key, value}, clone());
  }
}

// What the patient has checked out, with what is changed or not tracked there, since hook
// managers read their configuration and find their programs in the work tree.
void StandIn::CopyWorkTree() const {
  const fs::path from = patient_.directory, to = clone();
  const GitAnswer head = AskGit({"rev-parse", "--verify", "-q", "HEAD^{commit}"}, from);
  if (head.Succeeded())
    AskGit({"-c", "core.hooksPath=/dev/null", "-c", "filter.lfs.smudge=", "-c",
            "filter.lfs.process=", "-c", "filter.lfs.required=false", "checkout", "-q", "--detach",
            head.output},
           to);
  // As who pushes would stand: some managers look at the branch that is checked out.
  AskGit({"symbolic-ref", "HEAD", kProofBranch}, to);
  const auto put = [&](const std::string& path, bool is_link) {
    const fs::path at = to / fs::path(path).lexically_normal();
    std::error_code fault;
    fs::remove_all(at, fault);
    if (!fs::exists(from / path, fault)) return;
    fs::create_directories(at.has_filename() ? at.parent_path() : at.parent_path().parent_path(),
                           fault);
    const fs::path name = at.has_filename() ? at : at.parent_path();
    if (is_link)
      fs::create_symlink((from / path).lexically_normal(), name, fault);
    else
      fs::copy(from / path, name, fs::copy_options::copy_symlinks, fault);
  };
  const auto files = [&](std::vector<std::string> question) {
    return Parts(AskGit(question, from).output);
  };
  for (const std::string& path : files({"diff", "--no-ext-diff", "--name-only", "-z", "HEAD"}))
    put(path, false);
  for (const std::string& path : files({"ls-files", "-z", "--others", "--directory"}))
    put(path, true);
}

// lefthook passes over a push of files that are not in the work tree.
void StandIn::CheckOutChangesOf(const gates::ObjectId& tip) const {
  const GitAnswer paths =
      AskGit({"diff", "--name-only", "-z", target_->base.hex(), tip.hex()}, clone());
  std::vector<std::string> words{"checkout", "-q", tip.hex(), "--"};
  const std::vector<std::string> all = Parts(paths.output);
  words.insert(words.end(), all.begin(), all.end());
  AskGit(words, clone());
}

}  // namespace install
