#include "tests/e2e/server_story.h"

#include <filesystem>

#include "tests/e2e/git_server.h"

namespace e2e {

ServerStory::ServerStory() : base_(OnServer("main")), landing_(PrepareLanding()) {
  clone_.Git({"switch", "-q", "-c", "bad"});
  bad_ = ChangeCode("three");
  clone_.Git({"push", "-q", "origin", "topic", "bad"});
  PutHook(ServerHook(kProgram));
}

void ServerStory::PutHook(const std::string& text) const {
  const std::string hook = server_.path() + "/hooks/pre-receive";
  test::WriteFile(hook, text);
  std::filesystem::permissions(hook, std::filesystem::perms::owner_all);
}

ServerStory::Outcome ServerStory::PushToMain(const std::string& branch) {
  return OutcomeOf(branch, clone_.TryGit({"push", "origin", branch + ":main"}));
}

ServerStory::Outcome ServerStory::OutcomeOf(const std::string& branch, const Ran& push) {
  said_ = push.err;
  const ObjectId now = OnServer("main");
  const bool has_landed = now != base_;
  EXPECT_EQ(push.status == 0, has_landed) << said_;
  if (!has_landed) return Outcome::kRefused;
  EXPECT_EQ(now, landing_) << branch << " has landed\n" << said_;
  server_.Git({"update-ref", "refs/heads/main", base_.hex()});
  return Outcome::kLanded;
}

}  // namespace e2e
