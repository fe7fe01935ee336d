// What `install` and `uninstall` would do, by what they find: a plan is made of facts alone.

#include "install/plan.h"

#include <gtest/gtest.h>

namespace install {
namespace {

constexpr const char* kHooks = "/r/.git/hooks/";

HookFacts Hook(There there = There::kNothing, const std::string& hook = "pre-push") {
  HookFacts facts;
  facts.hook = hook;
  facts.path = kHooks + hook;
  facts.program = "/usr/bin/git-verdict";
  facts.runner = Runner::kGit;
  facts.there = there;
  if (there == There::kForeign) facts.text = "#!/bin/sh\nexit 0\n";
  if (there == There::kOurs || there == There::kOursChanged) {
    facts.ours = HookText{hook, facts.program, 2};
    facts.text = WriteHook(*facts.ours);
    facts.runs = true;
  }
  return facts;
}

Facts All(std::vector<HookFacts> hooks, std::vector<FileFacts> files = {}) {
  Facts facts;
  facts.hooks = std::move(hooks);
  facts.files = std::move(files);
  facts.git_version = 2039;
  return facts;
}

Facts InConfig(HookFacts hook, int git_version = 2054) {
  Facts facts = All({std::move(hook)});
  facts.form = Form::kConfig;
  facts.git_version = git_version;
  return facts;
}

/// The steps in words, then what was refused.
std::string Told(const Plan& plan) {
  std::string told;
  for (const Step& step : plan.steps) told += Describe(step) + "\n";
  for (const std::string& refusal : plan.refusals) told += "refused: " + refusal + "\n";
  return told;
}

std::string Installing(const Facts& facts) { return Told(MakePlan(Aim::kInstall, facts)); }
std::string Removing(const Facts& facts) { return Told(MakePlan(Aim::kUninstall, facts)); }

TEST(Plan, WritesAHookWhereNoneIs) {
  HookFacts hook = Hook();
  hook.missing_folders = 1;
  const Plan plan = MakePlan(Aim::kInstall, All({hook}));
  EXPECT_EQ(Told(plan), "write the hook /r/.git/hooks/pre-push\n");
  const auto written = ReadHook(plan.steps[0].text);
  ASSERT_TRUE(written);
  EXPECT_EQ(written->program, hook.program);
  EXPECT_EQ(written->made_folders, 1);
}

TEST(Plan, DoesNothingTwice) {
  EXPECT_EQ(Installing(All({Hook(There::kOurs)})), "");
  EXPECT_EQ(Removing(All({Hook()})), "");
}

TEST(Plan, WritesOursAnewWhereItDoesNotRunOrCallsAnotherProgram) {
  HookFacts passed_over = Hook(There::kOurs), other = Hook(There::kOurs);
  passed_over.runs = false;
  other.program = "/opt/git-verdict";
  for (const HookFacts& hook : {passed_over, other}) {
    const Plan plan = MakePlan(Aim::kInstall, All({hook}));
    EXPECT_EQ(Told(plan), "write the hook /r/.git/hooks/pre-push\n");
    EXPECT_EQ(ReadHook(plan.steps[0].text)->made_folders, 2) << "for uninstall";
  }
}

TEST(Plan, KeepsTheHookOfAnother) {
  const std::string write = "write the hook /r/.git/hooks/pre-push\n";
  HookFacts hook = Hook(There::kForeign);
  EXPECT_EQ(Installing(All({hook})),
            "keep /r/.git/hooks/pre-push as " + KeptPath(hook.path) + "\n" + write);
  hook.kept = hook.text;
  EXPECT_EQ(Installing(All({hook})), write) << "it was kept by a run that was ended";
  hook.kept = "another one";
  EXPECT_EQ(Installing(All({hook})).substr(0, 9), "refused: ");
  hook.kept.reset();
  hook.runner = Runner::kFolder;
  EXPECT_EQ(Installing(All({hook})).substr(0, 9), "refused: ") << "that program would run both";
}

TEST(Plan, LosesNothingThatSomebodyWroteIntoOurs) {
  EXPECT_EQ(Installing(All({Hook(There::kOursChanged)})).substr(0, 9), "refused: ");
  EXPECT_EQ(Removing(All({Hook(There::kOursChanged)})).substr(0, 9), "refused: ");
}

TEST(Plan, LeavesAPlaceAloneThatIsAnothers) {
  HookFacts taken = Hook();
  taken.runner = Runner::kTaken;
  taken.owner = "is husky's: write it there";
  EXPECT_EQ(Installing(All({taken})),
            "refused: /r/.git/hooks/pre-push is husky's: write it there\n");
  EXPECT_EQ(HookFacts{}.runner, Runner::kTaken) << "so is a place of which nothing is known";
  Facts facts = All({Hook()});
  facts.foreign_path = ForeignHooksPath{"global", "file:/h/.gitconfig", "/h/hooks", {"one", "two"}};
  EXPECT_NE(Installing(facts).find("\n  1. one\n  2. two\n"), std::string::npos)
      << Installing(facts);
}

TEST(Plan, WithARefusalChangesNothing) {
  const Facts facts =
      All({Hook(), Hook(There::kOursChanged, "pre-commit")}, {{"/r/a", "text", std::nullopt}});
  const Plan plan = MakePlan(Aim::kInstall, facts);
  EXPECT_EQ(plan.refusals.size(), 1u);
  EXPECT_TRUE(plan.steps.empty());
}

TEST(Plan, WritesAFileOnlyWhereNoneIs) {
  EXPECT_EQ(Installing(All({}, {{"/r/a", "text", std::nullopt}})), "write /r/a\n");
  EXPECT_EQ(Installing(All({}, {{"/r/a", "text", "text"}})), "");
  EXPECT_EQ(Installing(All({}, {{"/r/a", "text", ""}})).substr(0, 9), "refused: ");
}

TEST(Plan, PutsBackWhatWasThere) {
  HookFacts hook = Hook(There::kOurs);
  EXPECT_EQ(Removing(All({hook})),
            "remove /r/.git/hooks/pre-push\n"
            "remove the folder /r/.git/hooks if empty\nremove the folder /r/.git if empty\n");
  hook.kept = "another one";
  EXPECT_EQ(Removing(All({hook})),
            "put " + KeptPath(hook.path) + " back as /r/.git/hooks/pre-push\n");
  EXPECT_EQ(Removing(All({Hook(There::kForeign)})), "");
}

TEST(Plan, RemovesFoldersWhenAllHooksAreGone) {
  const std::string told = Removing(All({Hook(There::kOurs), Hook(There::kOurs, "pre-commit")}));
  EXPECT_GT(told.find("remove the folder"), told.find("remove /r/.git/hooks/pre-commit")) << told;
}

TEST(Plan, PutsHooksIntoTheConfigOfAGitThatReadsThem) {
  const std::string writes =
      "git config hook.git-verdict-pre-push.event\ngit config hook.git-verdict-pre-push.command\n";
  EXPECT_EQ(Installing(InConfig(Hook())), writes);
  EXPECT_EQ(Installing(InConfig(Hook(There::kForeign))), writes) << "git runs both";
  EXPECT_EQ(Installing(InConfig(Hook(), 2053)).substr(0, 9), "refused: ");
  EXPECT_EQ(Installing(InConfig(Hook(There::kNothing, "pre-receive"))).substr(0, 9), "refused: ");
  HookFacts there = Hook();
  there.in_config = MakePlan(Aim::kInstall, InConfig(Hook())).steps[1].text;
  EXPECT_EQ(Installing(InConfig(there)), "");
  EXPECT_EQ(Removing(InConfig(there)), "git config --remove-section hook.git-verdict-pre-push\n");
}

TEST(Plan, LetsNoHookRunTwice) {
  EXPECT_EQ(Installing(InConfig(Hook(There::kOurs))).substr(0, 9), "refused: ");
  HookFacts there = Hook();
  there.in_config = "any command";
  EXPECT_EQ(Installing(All({there})).substr(0, 9), "refused: ");
}

}  // namespace
}  // namespace install
