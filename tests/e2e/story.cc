#include "tests/e2e/story.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace e2e {
namespace {

Environment PlainEnvironment(const Environment& more) {
  const char* path = std::getenv("PATH");
  Environment environment{{"HOME", std::getenv("HOME")},
                          {"PATH", path ? path : "/usr/bin:/bin"},
                          {"LC_ALL", "C.UTF-8"},
                          {"GIT_CONFIG_NOSYSTEM", "1"},
                          {"VERDICT", kProgram}};
  environment.insert(environment.end(), more.begin(), more.end());
  return environment;
}

GitRepo MakeServer(const test::Sandbox& sandbox) {
  GitRepo server = GitRepo::InitBare(sandbox, "server.git");
  const GitRepo seed = GitRepo::Clone(sandbox, server.path(), "seed");
  seed.Git({"switch", "-q", "-c", "main"});
  seed.Write("app.txt", "one\n");
  seed.Write("docs/guide.md", "# Guide\n");
  seed.Commit("a first version");
  seed.Git({"push", "-q", "origin", "main"});
  return server;
}

}  // namespace

Ran Verdict(const std::string& directory, const std::vector<std::string>& arguments,
            std::string_view input, const Environment& more) {
  std::vector<std::string> command{"timeout", "60", kProgram};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return test::RunProgram(command, directory, PlainEnvironment(more), input);
}

Ran Shell(const std::string& directory, const std::string& line, const Environment& more) {
  return test::RunProgram({"timeout", "60", "bash", "-c", line}, directory, PlainEnvironment(more));
}

int Scaled(int full) {
  const char* scale = std::getenv("VERDICT_TEST_SCALE");
  return std::max(1, static_cast<int>(full * (scale ? std::atof(scale) : 1.0)));
}

std::string StagingLog(const ObjectId& validated, const std::string& token,
                       const std::string& more_keys) {
  return "---\nwork_item: WI-1\nstaging_status: " + token + "\nvalidated_sha: " + validated.hex() +
         "\n" + more_keys + "---\n# Staging log\n";
}

std::string Headlines(const std::string& report) {
  std::istringstream lines(report);
  std::string headlines, line;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string decision, ref, sha, word;
    words >> decision;
    if (decision == "remote:") words >> decision;
    words >> ref >> sha >> word;
    if (decision != "ALLOW" && decision != "BLOCK" && decision != "CANNOT-EVALUATE") continue;
    headlines += (headlines.empty() ? "" : "\n") + decision + " " + ref + " " + word;
  }
  return headlines;
}

void ExpectGolden(const std::string& name, const std::string& text) {
  const std::string path = GOLDEN_DIR "/" + name;
  if (std::getenv("UPDATE_GOLDEN")) test::WriteFile(path, text);
  ASSERT_TRUE(std::filesystem::exists(path)) << "UPDATE_GOLDEN=1 writes it:\n" << text;
  EXPECT_EQ(text, test::ReadFile(path)) << "UPDATE_GOLDEN=1 writes it anew";
}

Story::Story()
    : server_(MakeServer(sandbox_)), clone_(GitRepo::Clone(sandbox_, server_.path(), "clone")) {
  clone_.Git({"switch", "-q", "-c", "topic"});
}

void Story::InstallHook() const {
  const Ran ran = Verdict(clone_.path(), {"install"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
}

ObjectId Story::ChangeCode(const std::string& text) const {
  return clone_.CommitFile("app.txt", text + "\n", "Say " + text + "\n\nRefs: WI-1");
}

ObjectId Story::RecordLog(const std::string& text) const {
  return clone_.CommitFile(kLog, text, "WI-1: staging log");
}

ObjectId Story::RecordVerdict(const ObjectId& validated, const std::string& token) const {
  return RecordLog(StagingLog(validated, token));
}

ObjectId Story::PrepareLanding() const { return RecordVerdict(ChangeCode()); }

std::string Story::Push(const std::vector<std::string>& refspecs) {
  std::vector<std::string> arguments{"origin"};
  arguments.insert(arguments.end(), refspecs.begin(), refspecs.end());
  return PushFrom(clone_, arguments);
}

std::string Story::PushFrom(const GitRepo& clone, const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"push"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const std::string before = server_.Git({"for-each-ref"});
  const Ran push = clone.TryGit(words);
  const std::string after = server_.Git({"for-each-ref"});
  said_ = push.err;
  const std::string headlines = Headlines(said_);
  const bool allowed = headlines.find("BLOCK ") == std::string::npos &&
                       headlines.find("CANNOT-EVALUATE ") == std::string::npos &&
                       headlines.starts_with("ALLOW ");
  EXPECT_EQ(push.status == 0, allowed) << said_;
  EXPECT_EQ(before != after, allowed) << said_;
  return headlines;
}

void Story::LandUnjudged(const std::string& refspec) const {
  clone_.Git({"push", "-q", "--no-verify", "origin", refspec});
  clone_.Git({"fetch", "-q", "origin"});
}

}  // namespace e2e
