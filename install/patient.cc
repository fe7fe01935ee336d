#include "install/patient.h"

#include <filesystem>

#include "gates/core/shell_word.h"
#include "install/git_process.h"
#include "install/hook_owner.h"

namespace install {
namespace {

namespace fs = std::filesystem;

/// The remote that a clone pushes to: its branch's, else origin, else its only one.
std::string FindRemote(const git::Repository& repository, const std::string& directory) {
  const auto tracking = hooks::FindTracking(repository);
  if (tracking && tracking->remote != ".") return tracking->remote;
  const std::string remotes = AskGit({"remote"}, directory).output;
  if (("\n" + remotes + "\n").find("\norigin\n") != std::string::npos) return "origin";
  return remotes.find('\n') == std::string::npos ? remotes : "";
}

std::string TopOrGitDirectory(const std::string& git_directory) {
  const GitAnswer top = AskGit({"rev-parse", "--show-toplevel"});
  return top.Succeeded() && !top.output.empty() ? top.output : git_directory;
}

}  // namespace

hooks::KnownRefs Patient::Refs() const {
  if (side() == Side::kServer) return hooks::KnownRefs::Own(*repository);
  return hooks::KnownRefs::OfRemote(*repository, remote.empty() ? "origin" : remote);
}

std::string Patient::ServerOption() const {
  return server.empty() ? "" : " --server " + gates::ShellWord(server);
}

bool IsDoor(const HookFacts& hook) {
  return hook.in_config || hook.there == There::kOurs || hook.there == There::kOursChanged ||
         hook.kept || (hook.there == There::kForeign && NamesUs(hook.text));
}

Patient Admit(const std::string& server, const hooks::Process& process) {
  Patient patient;
  patient.server = server;
  patient.environment = process.environment;
  const auto repository =
      server.empty() ? std::optional(GitDirectoryOf("")) : RepositoryOfServer(server);
  patient.directory = server.empty() ? TopOrGitDirectory(*repository)
                                     : repository.value_or(fs::absolute(server).string());
  for (const HookKind& kind : AllHooks())
    if (kind.side == patient.side())
      patient.hooks.push_back(LookAt(std::string(kind.name), server, ThisProgram()));
  patient.git_version = GitVersion();
  if (!repository) return patient;
  patient.repository.emplace(git::Repository::Discover(*repository));
  patient.common_directory = patient.repository->common_directory();
  if (server.empty()) patient.remote = FindRemote(*patient.repository, patient.directory);
  return patient;
}

}  // namespace install
