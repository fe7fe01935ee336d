#include "install/hook_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "hooks/command.h"
#include "install/git_process.h"

namespace install {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Fail(const std::string& attempt) {
  throw std::system_error(errno, std::generic_category(), attempt);
}

// `git config --show-scope` answers "<scope>TAB<value>".
void RefuseForeignHooksPath() {
  const GitAnswer origin = AskGit({"config", "--show-scope", "--show-origin", "--get", "core.hooksPath"});
  if (origin.status != 0) return;
  const std::string scope = origin.output.substr(0, origin.output.find('\t'));
  if (scope == "local" || scope == "worktree") return;
  throw hooks::UsageError(fmt::format(
      "core.hooksPath is set for more than this repository ({}); a hook there would judge them "
      "all. Set it here: git config --local core.hooksPath \"$(git rev-parse "
      "--git-common-dir)/hooks\", then install again",
      scope));
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool Exists(const std::string& path) { return fs::symlink_status(path).type() != fs::file_type::not_found; }

void WriteHook(const Step& step) {
  const std::string temporary = fmt::format("{}.{}.new", step.path, getpid());
  const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
  if (file < 0) Fail("cannot write " + temporary);
  const bool written = write(file, step.text.data(), step.text.size()) == std::ssize(step.text) &&
                       fchmod(file, 0755) == 0 && fsync(file) == 0;
  const int error = errno;
  close(file);
  if (written && rename(temporary.c_str(), step.path.c_str()) == 0) return;
  errno = written ? errno : error;
  unlink(temporary.c_str());
  Fail("cannot write " + step.path);
}

}  // namespace

HookFacts LookAtHook(const std::string& hook) {
  RefuseForeignHooksPath();
  const GitAnswer folder = AskGit({"rev-parse", "--git-path", "hooks"});
  if (folder.status != 0 || folder.output.empty())
    throw hooks::UsageError("this is no git repository (or not ours); go to one, or use -C DIR");
  HookFacts facts;
  facts.hook = hook;
  facts.folder = fs::absolute(folder.output).lexically_normal();
  facts.program = fs::read_symlink("/proc/self/exe");
  const std::string path = facts.folder + "/" + hook;
  facts.has_kept = Exists(KeptPath(facts));
  if (!Exists(path)) return facts;
  facts.there_text = ReadFile(path);
  facts.there_runs = access(path.c_str(), X_OK) == 0;
  facts.there = facts.there_text.find(kMarker) != std::string::npos ? HookState::kOurs
                                                                    : HookState::kForeign;
  return facts;
}

void CarryOut(const Plan& plan) {
  for (const Step& step : plan.steps) {
    fs::create_directories(fs::path(step.path).parent_path());
    switch (step.kind) {
      case Step::Kind::kMove: fs::rename(step.from, step.path); break;
      case Step::Kind::kWrite: WriteHook(step); break;
      case Step::Kind::kRemove: fs::remove(step.path); break;
    }
  }
}

}  // namespace install
