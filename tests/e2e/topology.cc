#include "tests/e2e/topology.h"

#include <sstream>

#include "tests/e2e/report.h"

namespace e2e::topology {
namespace {

std::string FortyLines() {
  std::string text;
  for (int line = 1; line <= 40; ++line) text += "line " + std::to_string(line) + "\n";
  return text;
}

GitRepo MakeServer(const test::Sandbox& sandbox) {
  const GitRepo server = GitRepo::InitBare(sandbox, "server.git");
  const ObjectId root = server.WriteCommit(server.WriteObject("tree", ""), {}, 1'600'000'000);
  server.Git({"update-ref", "refs/heads/main", root.hex()});
  server.Git({"worktree", "add", "-q", "--detach", sandbox.Path("work"), "main"});
  return server;
}

}  // namespace

Ground::Ground(const std::string& landing)
    : server_(MakeServer(sandbox_)), work_(sandbox_.Path("work")) {
  for (const char* file : {"app.txt", "lib.txt", "other.txt"}) work_.Write(file, FortyLines());
  work_.Write(".verdict.yml", "version: 1\nlanding: " + landing + "\n");
  work_.Commit("a first version");
  Land();
}

void Ground::Branch(const std::string& name, const std::string& from) const {
  work_.Git({"switch", "-q", "-C", name, from});
}

void Ground::OnMain() const { work_.Git({"switch", "-q", "--detach", "main"}); }

void Ground::SetLine(const std::string& file, int line, const std::string& text) const {
  std::istringstream old(work_.Read(file));
  std::string changed, each;
  for (int at = 1; std::getline(old, each); ++at) changed += (at == line ? text : each) + "\n";
  work_.Write(file, changed);
}

ObjectId Ground::Change(const std::string& item, const std::string& file, int line,
                        const std::string& text) const {
  SetLine(file, line, text);
  return work_.Commit("Say " + text + "\n\nRefs: " + item);
}

ObjectId Ground::RecordKeys(const std::string& item, const std::string& keys) const {
  return work_.CommitFile("docs/work-items/" + item + "/15-staging-log.md",
                          "---\n" + keys + "---\n# Staging log\n", item + ": staging log");
}

ObjectId Ground::Record(const std::string& item, const ObjectId& validated,
                        const std::string& token) const {
  return RecordKeys(item, "work_item: " + item + "\nstaging_status: " + token +
                              "\nvalidated_sha: " + validated.hex() + "\n");
}

ObjectId Ground::Stage(const std::string& item, const std::string& file, int line,
                       const std::string& text) const {
  const ObjectId validated = Change(item, file, line, text);
  Record(item, validated);
  return validated;
}

void Ground::Merge(const std::string& other, const std::vector<std::string>& options) const {
  std::vector<std::string> words{"merge", "-q", "--no-ff", "-m", "merge " + other};
  words.insert(words.end(), options.begin(), options.end());
  words.push_back(other);
  if (work_.TryGit(words).status != 0) ConcludeByHand();
}

void Ground::ConcludeByHand() const {
  work_.Git({"checkout", "-q", "HEAD", "--", "app.txt"});
  SetLine("app.txt", 5, "both of them");
  work_.Commit("resolved by hand");
}

void Ground::CommitTree(const std::string& tree, const std::vector<std::string>& parents) const {
  std::vector<ObjectId> ids;
  for (const std::string& parent : parents) ids.push_back(work_.Id(parent));
  const ObjectId commit =
      work_.WriteCommit(work_.Id(tree + "^{tree}"), ids, 1'800'000'000, "land it\n\nRefs: WI-1\n");
  work_.Git({"switch", "-q", "--detach", commit.hex()});
}

void Ground::Land(const std::string& revision, const std::string& ref) const {
  server_.Git({"update-ref", "refs/heads/" + ref, work_.Id(revision).hex()});
}

void Ground::Push(const std::string& revision, const std::string& ref) {
  const Ran old = server_.TryGit({"rev-parse", "--verify", "-q", ref});
  const std::string before = old.status == 0 ? old.out.substr(0, 40) : kZeros;
  const std::string after = revision.empty() ? kZeros : work_.Id(revision).hex();
  lines_ += before + " " + after + " " + ref + "\n";
}

std::string Ground::Answer() const {
  const std::string file = sandbox_.Path("report.json");
  const Ran ran = Verdict(server_.path(), {"hook", "pre-receive", "--output", "json=" + file},
                          lines_, {{"GIT_DIR", "."}});
  const Json report = ReportOf(test::ReadFile(file));
  EXPECT_EQ(ran.status == 0, report["decision"] == "ALLOW") << ran.err;
  std::string answer;
  for (const Json& update : report["updates"]) {
    const Json& word = update["code"].is_null() ? update["proof"] : update["code"];
    answer += (answer.empty() ? "" : ", ") + word.get<std::string>();
  }
  return answer;
}

}  // namespace e2e::topology
