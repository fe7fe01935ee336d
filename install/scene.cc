#include "install/scene.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "gates/core/shell_word.h"
#include "hooks/command.h"
#include "install/git_process.h"
#include "install/places.h"
#include "install/starter.h"

namespace install {
namespace {

namespace fs = std::filesystem;

bool Exists(const std::string& path) {
  return fs::symlink_status(path).type() != fs::file_type::not_found;
}

int MissingFoldersAbove(const std::string& path) {
  int count = 0;
  for (fs::path folder = fs::path(path).parent_path(); !Exists(folder); ++count)
    folder = folder.parent_path();
  return count;
}

There KindOf(const HookFacts& facts) {
  if (facts.ours && facts.ours->hook == facts.hook) return There::kOurs;
  if (facts.runner == Runner::kTaken) return There::kForeign;
  return ClaimsToBeOurs(facts.text) ? There::kOursChanged : There::kForeign;
}

HookFacts FactsAbout(const std::string& hook, const Place& place, const std::string& program) {
  HookFacts facts;
  facts.hook = hook;
  facts.path = place.path;
  facts.program = program;
  facts.runner = place.runner;
  facts.owner = place.owner;
  if (Exists(KeptPath(place.path))) facts.kept = ReadWhole(KeptPath(place.path));
  facts.missing_folders = MissingFoldersAbove(place.path);
  if (!Exists(place.path)) return facts;
  facts.text = ReadWhole(place.path);
  facts.ours = ReadHook(facts.text);
  facts.runs = access(place.path.c_str(), X_OK) == 0;
  facts.there = KindOf(facts);
  return facts;
}

std::string OwnHooksPath(const std::string& server) {
  const std::string git = server.empty() ? "git" : "git -C " + gates::ShellWord(server);
  return fmt::format(
      "{} config --local core.hooksPath \"$({} rev-parse --path-format=absolute "
      "--git-common-dir)/hooks\"",
      git, git);
}

bool IsHuskys(const std::string& value) {
  const fs::path path = fs::path(value).lexically_normal();
  return path.filename() == ".husky" || path.parent_path().filename() == ".husky";
}

// A line in another one's hook does on a client only: a server's has to be seen to answer ALLOW.
std::vector<std::string> WaysOut(const std::string& value, const Wish& wish) {
  const std::string own = fmt::format(
      "give this repository hooks of its own: `{}`, then install again", OwnHooksPath(wish.server));
  if (!wish.server.empty()) return {own};
  const std::string hook = wish.hooks.empty() ? "pre-push" : wish.hooks[0];
  const std::string line =
      fmt::format("put the line `{} hook {} -- \"$@\"` into", gates::ShellWord(wish.program), hook);
  const std::string config =
      "with git 2.54 or newer: `git verdict install --as config`, which no core.hooksPath hides";
  if (IsHuskys(value))
    return {fmt::format("let husky run it: {} .husky/{}, and commit that", line, hook),
            "leave husky: `git config --unset core.hooksPath`, then install again", config};
  return {own, fmt::format("let that folder judge all repositories: {} its {}", line, hook),
          config};
}

std::optional<ForeignHooksPath> FindForeignPath(const Wish& wish) {
  const auto path = FindConfig("core.hooksPath", wish.server);
  if (!path) return std::nullopt;
  const bool is_own = path->scope == "local" || path->scope == "worktree";
  if (is_own && !IsHuskys(path->value)) return std::nullopt;
  return ForeignHooksPath{path->scope, path->origin, path->value, WaysOut(path->value, wish)};
}

std::string TopOfWorkTree() {
  const GitAnswer top = AskGit({"rev-parse", "--show-toplevel"});
  if (!top.Succeeded() || top.output.empty())
    throw hooks::UsageError("there is no work tree here to put files in; go to a clone");
  return top.output;
}

void LookAtFiles(const Wish& wish, Facts& facts) {
  if (!wish.policy && wish.forge.empty()) return;
  const std::string top = TopOfWorkTree();
  for (const StarterFile& file : FilesFor(wish)) {
    FileFacts at{.path = top + "/" + file.path, .text = file.text, .there = std::nullopt};
    if (Exists(at.path)) at.there = ReadWhole(at.path);
    facts.files.push_back(at);
    if (!file.next.empty()) facts.next.push_back(file.next);
  }
}

/// What is left to do on a client: it has to know what the default branch is.
std::vector<std::string> LeftToDoInClone() {
  if (!AskGit({"config", "remote.origin.url"}).Succeeded() ||
      AskGit({"symbolic-ref", "-q", "refs/remotes/origin/HEAD"}).Succeeded())
    return {};
  return {"git-verdict does not know yet what the default branch is: " +
          HowToKnowDefaultBranch("origin", "")};
}

std::vector<std::string> LeftToDoOnServer(const Wish& wish, const Facts& facts) {
  const std::string folder =
      gates::ShellWord(fs::absolute(wish.server).lexically_normal().string());
  if (!RepositoryOfServer(wish.server) ||
      facts.hooks[0].path.find("/repo-specific/") != std::string::npos)
    return {
        "name the hook in conf/gitolite.conf (`option hook.pre-receive = git-verdict`), commit "
        "and push; then `git verdict doctor --server REPOSITORY --prove` on the server"};
  std::vector<std::string> next;
  if (AskGit({"config", "--type=bool", "receive.fsckObjects"}, wish.server).output != "true")
    next.push_back(fmt::format(
        "`git -C {} config receive.fsckObjects true` has git refuse broken objects", folder));
  next.push_back(fmt::format("`git verdict doctor --server {} --prove` sees it refuse", folder));
  return next;
}

/// Our hooks in the repository's own folder, where core.hooksPath sends git to another one.
void LookBesideHooksPath(const Wish& wish, std::vector<HookFacts>& hooks) {
  const GitAnswer common = AskGit({"rev-parse", "--git-common-dir"});
  const std::string own = fs::absolute(common.output + "/hooks").lexically_normal();
  for (const std::string& hook : wish.hooks) {
    const Place place{own + "/" + hook, Runner::kGit, ""};
    if (place.path == hooks.front().path) return;
    HookFacts facts = FactsAbout(hook, place, wish.program);
    if (facts.there == There::kOurs) hooks.push_back(std::move(facts));
  }
}

}  // namespace

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string ServerHere() {
  const bool is_bare = AskGit({"rev-parse", "--is-bare-repository"}).output == "true";
  return is_bare ? GitDirectoryOf("") : "";
}

std::string ThisProgram() { return fs::read_symlink("/proc/self/exe"); }

HookFacts LookAt(const std::string& hook, const std::string& server, const std::string& program) {
  const Place place = server.empty() ? PlaceInRepository(hook, "") : PlaceOnServer(hook, server);
  HookFacts facts = FactsAbout(hook, place, program);
  if (!server.empty()) return facts;
  const GitAnswer command =
      AskGit({"config", "--local", "--get", ConfigSection(hook) + ".command"});
  if (command.Succeeded()) facts.in_config = command.output;
  return facts;
}

Facts LookAround(Aim aim, const Wish& wish) {
  Facts facts;
  facts.form = wish.form;
  facts.git_version = GitVersion();
  for (const std::string& hook : wish.hooks)
    facts.hooks.push_back(LookAt(hook, wish.server, wish.program));
  if (!facts.hooks.empty() && facts.hooks[0].runner == Runner::kGit)
    facts.foreign_path = FindForeignPath(wish);
  if (aim == Aim::kUninstall) {
    if (wish.server.empty()) LookBesideHooksPath(wish, facts.hooks);
    return facts;
  }
  LookAtFiles(wish, facts);
  const auto left = wish.server.empty() ? LeftToDoInClone() : LeftToDoOnServer(wish, facts);
  if (!facts.hooks.empty()) facts.next.insert(facts.next.begin(), left.begin(), left.end());
  return facts;
}

}  // namespace install
