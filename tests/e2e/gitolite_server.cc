#include "tests/e2e/gitolite_server.h"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSshd = "/usr/sbin/sshd";  // it starts itself anew by this name

void RunAsRoot(const std::vector<std::string>& command) {
  std::vector<std::string> bounded{"timeout", "60"};
  bounded.insert(bounded.end(), command.begin(), command.end());
  const Ran ran = test::RunProgram(bounded, "/", {{"PATH", "/usr/sbin:/usr/bin:/sbin:/bin"}});
  if (ran.status != 0) throw std::runtime_error(command[0] + ": " + ran.out + ran.err);
}

/// Nobody but the sandbox's sshd starts a process as this user.
std::vector<pid_t> ProcessesOf(uid_t user) {
  std::vector<pid_t> processes;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    struct stat status {};
    if (name.find_first_not_of("0123456789") == std::string::npos &&
        ::stat(entry.path().c_str(), &status) == 0 && status.st_uid == user)
      processes.push_back(std::stoi(name));
  }
  return processes;
}

void EndProcessesOf(uid_t user) {
  for (int tries = 0; tries < 100; ++tries) {
    const std::vector<pid_t> left = ProcessesOf(user);
    if (left.empty()) return;
    if (tries >= 50)
      for (const pid_t process : left) ::kill(process, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

Daemon::Command Configured(const test::Sandbox& sandbox, const std::string& user, int port) {
  fs::create_directories("/run/sshd");
  const std::string key = sandbox.Path("ssh/host");
  fs::create_directories(sandbox.Path("ssh"));
  RunAsRoot({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key});
  test::WriteFile(sandbox.Path("ssh/sshd_config"),
                  "ListenAddress 127.0.0.1\nPort " + std::to_string(port) + "\nHostKey " + key +
                      "\nPidFile none\nUsePAM no\nPasswordAuthentication no\nStrictModes no\n"
                      "AcceptEnv GIT_PROTOCOL\nAllowUsers " +
                      user + "\n");
  return {kSshd, "-D", "-e", "-f", sandbox.Path("ssh/sshd_config")};
}

}  // namespace

TemporaryUser::TemporaryUser(const test::Sandbox& sandbox)
    : name_("verdict-" + std::to_string(::getpid())), home_(sandbox.Path("gitolite")) {
  fs::permissions(sandbox.Path(), fs::perms::group_exec | fs::perms::others_exec,
                  fs::perm_options::add);
  // A star is no password, and yet the account is not locked.
  RunAsRoot({"useradd", "--create-home", "--home-dir", home_, "--shell", "/bin/sh", "--password",
             "*", name_});
}

TemporaryUser::~TemporaryUser() {
  if (const struct passwd* user = ::getpwnam(name_.c_str())) EndProcessesOf(user->pw_uid);
  try {
    RunAsRoot({"userdel", "--force", name_});
  } catch (const std::runtime_error& fault) {
    ADD_FAILURE() << "the user " << name_ << " is left behind: " << fault.what();
  }
}

void TemporaryUser::Run(const std::string& lines) const {
  RunAsRoot({"setpriv", "--reuid", name_, "--regid", name_, "--init-groups", "--reset-env", "sh",
             "-c", "set -e\ncd\n" + lines});
}

std::string GitoliteServer::WhyNot() {
  if (::geteuid() != 0) return "gitolite wants a user of its own, and only root can make one";
  const bool there = fs::exists(kSshd) && fs::exists("/usr/bin/gitolite");
  return there ? "" : "no gitolite here: install/dependencies --with-servers";
}

GitoliteServer::GitoliteServer(const test::Sandbox& sandbox)
    : sandbox_(sandbox),
      user_(sandbox),
      sshd_(sandbox.Path(), [&](int port) { return Configured(sandbox, user_.name(), port); }) {
  WriteSshClient();
  SetUpGitolite();
  AddProduct();
}

std::string GitoliteServer::Address(const std::string& repository) const {
  return "ssh://" + user_.name() + "@127.0.0.1/" + repository;
}

test::Environment GitoliteServer::variables() const {
  return {{"GIT_SSH", sandbox_.Path("ssh/client")}};
}

GitRepo GitoliteServer::repository() const {
  const std::string path = user_.home() + "/repositories/product.git";
  GitRepo(sandbox_.Path()).Git({"config", "--global", "--add", "safe.directory", path});
  return GitRepo(path);
}

void GitoliteServer::WriteSshClient() const {
  RunAsRoot({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", sandbox_.Path("ssh/admin")});
  const std::string client = sandbox_.Path("ssh/client");
  test::WriteFile(client, "#!/bin/sh\nexec ssh -F /dev/null -p " + std::to_string(sshd_.port()) +
                              " -i " + sandbox_.Path("ssh/admin") +
                              " -o IdentitiesOnly=yes -o BatchMode=yes -o LogLevel=ERROR"
                              " -o StrictHostKeyChecking=no -o UserKnownHostsFile=" +
                              sandbox_.Path("ssh/known_hosts") + " \"$@\"\n");
  fs::permissions(client, fs::perms::owner_all);
}

void GitoliteServer::SetUpGitolite() const {
  test::WriteFile(user_.home() + "/admin.pub", test::ReadFile(sandbox_.Path("ssh/admin.pub")));
  fs::copy_file(kProgram, user_.home() + "/git-verdict");  // where that user can reach it
  user_.Run("gitolite setup -pk admin.pub\n" + BlockOfServersPage("gitolite"));
}

void GitoliteServer::AddProduct() const {
  GitRepo home(sandbox_.Path());
  for (const auto& [name, value] : variables()) home.SetVariable(name, value);
  home.Git({"clone", "-q", Address("gitolite-admin"), sandbox_.Path("admin")});
  const GitRepo admin(sandbox_.Path("admin"));
  admin.Write("conf/gitolite.conf",
              admin.Read("conf/gitolite.conf") + BlockOfServersPage("gitolite", 1));
  Environment environment = variables();
  environment.insert(environment.end(), {{"GIT_AUTHOR_NAME", "Ada"},
                                         {"GIT_AUTHOR_EMAIL", "ada@example.invalid"},
                                         {"GIT_COMMITTER_NAME", "Ada"},
                                         {"GIT_COMMITTER_EMAIL", "ada@example.invalid"}});
  const std::string block = Replaced(BlockOfServersPage("gitolite", 2),
                                     "/usr/local/bin/git-verdict", user_.home() + "/git-verdict");
  const Ran ran = TypeBlock(block, admin.path(), environment);
  EXPECT_EQ(ran.status, 0) << ran.err;
  user_.Run(BlockOfServersPage("gitolite", 3));
}

}  // namespace e2e
