#include "tests/support/git_fixture.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace test {
namespace {

namespace fs = std::filesystem;
using gates::ObjectId;

// No maintenance behind a test's back, and a server that gives out single objects.
constexpr std::string_view kUserConfig =
    "[core]\n\tfsync = none\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n"
    "[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n";

[[noreturn]] void Fail(const std::string& what) { throw std::runtime_error(what); }

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> GitCommand(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{"git"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

ObjectId IdFrom(const std::string& hex) {
  const auto id = ObjectId::FromHex(hex);
  if (!id) Fail("not an object id: '" + hex + "'");
  return *id;
}

}  // namespace

Sandbox::Sandbox() {
  const std::string parent = fs::temp_directory_path().string();
  std::string name = parent + "/git-verdict-XXXXXX";
  if (!::mkdtemp(name.data())) Fail("cannot make a folder in " + parent);
  path_ = fs::canonical(name).string();
  WriteFile(Path("home/.gitconfig"), kUserConfig);
  ::setenv("HOME", Path("home").c_str(), 1);
  ::unsetenv("XDG_CONFIG_HOME");
}

Sandbox::~Sandbox() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Sandbox::Path(const std::string& name) const {
  return name.empty() ? path_ : path_ + "/" + name;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) Fail("cannot read " + path);
  std::ostringstream text;  // not byte by byte: programs are read as well
  text << file.rdbuf();
  return std::move(text).str();
}

void WriteFile(const std::string& path, std::string_view text) {
  fs::create_directories(fs::path(path).parent_path());
  // Git makes its objects read-only; a test may want to break one.
  if (fs::exists(path)) fs::permissions(path, fs::perms::owner_write, fs::perm_options::add);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.flush()) Fail("cannot write " + path);
}

GitRepo GitRepo::Init(const Sandbox& sandbox, const std::string& name) {
  fs::create_directories(sandbox.Path(name));
  GitRepo repo(sandbox.Path(name));
  repo.Git({"init", "-q", "-b", "main"});
  return repo;
}

GitRepo GitRepo::InitBare(const Sandbox& sandbox, const std::string& name) {
  fs::create_directories(sandbox.Path(name));
  GitRepo repo(sandbox.Path(name));
  repo.Git({"init", "-q", "--bare", "-b", "main"});
  return repo;
}

GitRepo GitRepo::Clone(const Sandbox& sandbox, const std::string& source, const std::string& name,
                       const std::vector<std::string>& options) {
  std::vector<std::string> arguments{"clone", "-q"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.insert(arguments.end(), {source, sandbox.Path(name)});
  GitRepo(sandbox.Path()).Git(arguments);
  return GitRepo(sandbox.Path(name));
}

std::string GitRepo::git_directory() const { return Git({"rev-parse", "--absolute-git-dir"}); }

Environment GitRepo::EnvironmentOfGit() const {
  const std::string date = std::to_string(clock_) + " +0000";
  const char* home = std::getenv("HOME");
  const char* path = std::getenv("PATH");
  Environment environment{
      {"HOME", home ? home : "/nonexistent"},
      {"PATH", path ? path : "/usr/bin:/bin"},
      {"LC_ALL", "C"},
      {"TZ", "UTC"},
      {"GIT_CONFIG_NOSYSTEM", "1"},
      {"GIT_TERMINAL_PROMPT", "0"},
      {"GIT_AUTHOR_NAME", "Ada"},
      {"GIT_AUTHOR_EMAIL", "ada@example.invalid"},
      {"GIT_AUTHOR_DATE", date},
      {"GIT_COMMITTER_NAME", "Ada"},
      {"GIT_COMMITTER_EMAIL", "ada@example.invalid"},
      {"GIT_COMMITTER_DATE", date},
  };
  environment.insert(environment.end(), variables_.begin(), variables_.end());
  return environment;
}

Ran GitRepo::TryGit(const std::vector<std::string>& arguments, std::string_view input) const {
  return RunProgram(GitCommand(arguments), path_, EnvironmentOfGit(), input);
}

Running GitRepo::StartGit(const std::vector<std::string>& arguments) const {
  return Running(GitCommand(arguments), path_, EnvironmentOfGit());
}

std::string GitRepo::Git(const std::vector<std::string>& arguments, std::string_view input) const {
  Ran ran = TryGit(arguments, input);
  if (ran.status != 0)
    Fail("git " + Joined(arguments) + " exited with " + std::to_string(ran.status) + ": " +
         ran.err);
  if (ran.out.ends_with('\n')) ran.out.pop_back();
  return ran.out;
}

void GitRepo::Write(const std::string& file, std::string_view text) const {
  WriteFile(path_ + "/" + file, text);
}

ObjectId GitRepo::Commit(const std::string& message) const {
  clock_ += 60;
  Git({"add", "-A"});
  Git({"commit", "-q", "--allow-empty", "-m", message});
  return Id();
}

ObjectId GitRepo::CommitFile(const std::string& file, std::string_view text,
                             const std::string& message) const {
  Write(file, text);
  return Commit(message);
}

ObjectId GitRepo::Merge(const std::string& other, const std::string& message) const {
  clock_ += 60;
  Git({"merge", "-q", "--no-ff", "-m", message, other});
  return Id();
}

ObjectId GitRepo::Id(const std::string& revision) const {
  return IdFrom(Git({"rev-parse", "--verify", "-q", revision}));
}

ObjectId GitRepo::WriteObject(const std::string& type, std::string_view bytes) const {
  return IdFrom(Git({"hash-object", "-w", "--literally", "-t", type, "--stdin"}, bytes));
}

ObjectId GitRepo::WriteCommit(const ObjectId& tree, const std::vector<ObjectId>& parents, long date,
                              const std::string& message) const {
  std::string text = "tree " + tree.hex() + "\n";
  for (const ObjectId& parent : parents) text += "parent " + parent.hex() + "\n";
  const std::string who = " Ada <ada@example.invalid> " + std::to_string(date) + " +0000\n";
  return WriteObject("commit", text + "author" + who + "committer" + who + "\n" + message);
}

std::string GitRepo::LooseObject(const ObjectId& id) const {
  const std::string hex = id.hex();
  return git_directory() + "/objects/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

void GitRepo::SetVariable(const std::string& name, const std::string& value) {
  variables_.emplace_back(name, value);
}

std::string RawEntry(const std::string& mode, const std::string& name, const ObjectId& id) {
  const std::string raw_id(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
  return mode + " " + name + std::string(1, '\0') + raw_id;
}

}  // namespace test
