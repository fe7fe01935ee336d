#include "install/stand_in.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "hooks/child.h"
#include "install/git_process.h"

namespace install {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeads = "refs/heads/";

/// Git in a folder of the stand-in, which has to succeed.
std::string Git(const std::string& directory, const std::vector<std::string>& arguments,
                const std::string& input = "") {
  std::vector<std::string> words{"-c", "core.hooksPath=/dev/null",         "-c", "user.name=doctor",
                                 "-c", "user.email=doctor@example.invalid"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const GitAnswer said = AskGit(words, directory, input);
  if (!said.Succeeded())
    throw std::runtime_error("--prove: git " + arguments[0] + " failed: " + said.errors);
  return said.output;
}

void Write(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (!file) throw std::runtime_error("--prove: cannot write " + path);
}

/// Makes a repository see the objects of others, and be as shallow as the patient.
void Borrow(const std::string& git_directory, const std::string& common) {
  Write(git_directory + "/objects/info/alternates", common + "/objects\n");
  if (fs::exists(common + "/shallow"))
    fs::copy_file(common + "/shallow", git_directory + "/shallow");
}

bool IsCommit(const gates::Ref& ref, const git::Repository& repository) {
  return repository.Peel(ref.target).has_value();
}

}  // namespace

PassingFolder::PassingFolder() {
  path_ = (fs::temp_directory_path() / "git-verdict-doctor-XXXXXX").string();
  if (!mkdtemp(path_.data()))
    throw std::system_error(errno, std::generic_category(), "cannot make " + path_);
}

PassingFolder::~PassingFolder() {
  std::error_code left_behind;
  fs::remove_all(path_, left_behind);
}

StandIn::StandIn(const Patient& patient, const HookFacts& door)
    : patient_(patient), door_(door), remote_(patient.remote.empty() ? "origin" : patient.remote) {
  MakeServer();
  MakeClone();
  if (patient.side() == Side::kServer)
    DressServer(door);
  else
    DressClone();
  FindTarget();
}

// The refs as its door knows them, on a server that has them as branches.
void StandIn::MakeServer() {
  Git(folder_.path(), {"init", "-q", "--bare", "--template=", server()});
  fs::create_directories(server() + "/objects/info");
  Borrow(server(), patient_.common_directory);
  const hooks::KnownRefs refs = patient_.Refs();
  std::string commands;
  for (const gates::Ref& ref : refs.Under("refs/"))
    if (IsCommit(ref, *patient_.repository) && ref.name != "refs/heads/HEAD")
      commands += "create " + ref.name + " " + ref.target.hex() + "\n";
  Git(server(), {"update-ref", "--stdin"}, commands);
  const std::string branch = refs.DefaultBranch();
  Git(server(), {"symbolic-ref", "HEAD", branch.empty() ? "refs/heads/main" : branch});
  if (!commands.empty()) return;
  const std::string empty = Git(server(), {"mktree"});
  const std::string first = Git(server(), {"commit-tree", empty, "-m", "a first commit"});
  Git(server(), {"update-ref", branch.empty() ? "refs/heads/main" : branch, first});
}

void StandIn::MakeClone() {
  Git(folder_.path(), {"init", "-q", "--template=", clone()});
  fs::create_directories(clone() + "/.git/objects/info");
  fs::create_directories(clone() + "/.git/refs/heads");
  Borrow(clone() + "/.git", patient_.common_directory);
  Git(clone(), {"remote", "add", remote_, server()});
  Git(clone(), {"fetch", "-q", "--no-tags", remote_});
  const std::string branch = patient_.Refs().DefaultBranch();
  if (branch.starts_with(kHeads))
    Git(clone(), {"symbolic-ref", "refs/remotes/" + remote_ + "/HEAD",
                  "refs/remotes/" + remote_ + "/" + branch.substr(kHeads.size())});
}

void StandIn::FindTarget() {
  const git::Repository repository = git::Repository::OpenGitDirectory(server());
  const hooks::KnownRefs refs = hooks::KnownRefs::Own(repository);
  const std::string branch = refs.DefaultBranch();
  const auto rules = hooks::FindTrustedRules(repository, RefsOf(repository), refs.Find(branch));
  if (!rules) return;
  std::vector<gates::Ref> all = refs.Under(kHeads);
  if (const auto tip = refs.Find(branch)) all.insert(all.begin(), {branch, *tip});
  for (const gates::Ref& ref : all)
    if (!target_ && rules->rules.IsProtected(ref.name)) target_ = Target{ref.name, ref.target};
}

git::Repository StandIn::OpenDoor() const {
  if (patient_.side() == Side::kClient) return git::Repository::OpenGitDirectory(clone() + "/.git");
  return git::Repository::OpenGitDirectory(server(), {clone() + "/.git/objects"});
}

hooks::KnownRefs StandIn::RefsOf(const git::Repository& door) const {
  return patient_.side() == Side::kServer || fs::path(door.common_directory()) == server()
             ? hooks::KnownRefs::Own(door)
             : hooks::KnownRefs::OfRemote(door, remote_);
}

hooks::ChildAnswer StandIn::RunWithHooks(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "git");
  hooks::ChildOrder order{.arguments = std::move(arguments),
                          .environment = hooks::EnvironmentWithout({"GIT_"}),
                          .directory = clone(),
                          .input = "",
                          .limit = std::chrono::minutes(5)};
  for (const char* variable :
       {"GIT_ALLOW_PROTOCOL=file", "GIT_TERMINAL_PROMPT=0", "GIT_LFS_SKIP_PUSH=1",
        "GL_BYPASS_ACCESS_CHECKS=1", "GIT_AUTHOR_NAME=doctor", "GIT_COMMITTER_NAME=doctor",
        "GIT_AUTHOR_EMAIL=doctor@example.invalid", "GIT_COMMITTER_EMAIL=doctor@example.invalid"})
    order.environment.emplace_back(variable);
  return hooks::RunChild(order);
}

std::optional<std::string> StandIn::RefusalToMake(Making making, const gates::ObjectId& tip) const {
  const std::string branch = clone() + "/.git/" + kProofBranch, base = target_->base.hex();
  Write(branch, base + "\n");
  Git(clone(), {"read-tree", making == Making::kMerge ? base : tip.hex()});
  // A whole message, or another hook that asks for a body would refuse it in our place.
  const std::string message = making == Making::kOtherMessage
                                  ? "A planted change\n\nIt names no work item.\n"
                                  : Git(clone(), {"log", "-1", "--format=%B", tip.hex()});
  std::vector<std::string> words{"-c", "commit.gpgSign=false", "commit", "-q", "-m", message};
  if (making == Making::kMerge)
    words = {"-c",      "commit.gpgSign=false",   "merge", "-q",
             "--no-ff", "--no-verify-signatures", "-m",    message,
             tip.hex()};
  const hooks::ChildAnswer answer = RunWithHooks(std::move(words));
  const bool moved = Git(clone(), {"rev-parse", kProofBranch}) != base;
  if (making == Making::kMerge) Git(clone(), {"reset", "-q", "--merge", base});
  if (answer.Succeeded() || moved) return std::nullopt;
  return answer.errors;
}

StandIn::Push StandIn::PushToTarget(const gates::ObjectId& tip) const {
  Write(clone() + "/.git/" + kProofBranch, tip.hex() + "\n");
  if (patient_.side() == Side::kClient && (door_.kept || !door_.ours)) CheckOutChangesOf(tip);
  std::vector<std::string> words{"push"};
  if (patient_.side() == Side::kServer) words.emplace_back("--no-verify");
  words.insert(words.end(), {remote_, std::string(kProofBranch) + ":" + target_->ref});
  const hooks::ChildAnswer answer = RunWithHooks(std::move(words));
  const auto now = git::Repository::OpenGitDirectory(server()).FindRef(target_->ref);
  const bool moved = now != target_->base;
  if (moved) Git(server(), {"update-ref", target_->ref, target_->base.hex()});
  if (answer.Succeeded()) Git(clone(), {"fetch", "-q", "--no-tags", remote_});
  return {moved, answer.Succeeded(), answer.errors};
}

}  // namespace install
