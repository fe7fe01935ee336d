#include "gates/docs.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::Executable, test::File, test::Files, test::Gitlink, test::kFailed, test::Passed,
    test::StagingLog, test::Symlink, test::Told;

// A protected branch whose policy has a section `docs`, and changes that are staged on it.
struct DocsTest : testing::Test, test::Landing {
  DocsTest() {
    DocsRule& docs = policy().docs.emplace();
    docs.rules.push_back({{"src/**"}, {"CHANGELOG.md", "manual/**"}, ""});
  }

  ObjectId base = world.Commit({.files = Files{{"CHANGELOG.md", "1"},
                                               {"manual/api.md", "1"},
                                               {"other", "1"},
                                               {"src/a", "1"},
                                               {"src/b", "1"}}});

  ObjectId Stage(const Files& adds, const std::vector<std::string>& drops = {}) {
    return world.Commit({.parents = {base}, .adds = adds, .drops = drops});
  }

  /// main as it is once staging has passed for what these commits hold.
  UpdateReport LandStaged(const ObjectId& staged) {
    const ObjectId recorded =
        world.Commit({.parents = {staged}, .adds = {{StagingLog(), Passed(staged)}}});
    return Move(base, recorded);
  }

  std::string TellOf(const Files& adds, const std::vector<std::string>& drops = {}) {
    return Told(LandStaged(Stage(adds, drops)));
  }

  void AskForPlaceholders(const std::string& paths) {
    policy().docs->rules.clear();
    policy().docs->placeholders.emplace().paths = {paths};
  }

  void AskForDocument(const std::string& path) {
    policy().docs->rules.clear();
    policy().docs->require = {path};
  }

  void Exempt(const std::string& glob) { policy().exempt = {glob}; }
};

// --- rules ----------------------------------------------------------------------------------

TEST_F(DocsTest, WithoutTheSectionNothingIsAsked) {
  policy().docs.reset();
  EXPECT_EQ(TellOf({{"src/a", "2"}}), "ALLOW exact");
}

TEST_F(DocsTest, WhatARuleWatchesMustNotChangeWithoutItsDocumentation) {
  EXPECT_EQ(TellOf({{"src/a", "2"}}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"src/a", "2"}, {"manual/api.md", "2"}}), "ALLOW exact");
  EXPECT_EQ(TellOf({{"src/a", "2"}, {"CHANGELOG.md", "2"}}), "ALLOW exact");
  EXPECT_EQ(TellOf({{"other", "2"}}), "ALLOW exact");
}

TEST_F(DocsTest, AddingDeletingMovingAndChangingTheModeAreChanges) {
  EXPECT_EQ(TellOf({{"src/new", "1"}}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({}, {"src/a"}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"moved", "1"}}, {"src/a"}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"src/a", Executable("1")}}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"src/sub", Gitlink()}}), "BLOCK DOCS_NOT_UPDATED");
}

TEST_F(DocsTest, ANewDocumentIsAnUpdateAndADeletedOneIsNone) {
  EXPECT_EQ(TellOf({{"src/a", "2"}, {"manual/new.md", "1"}}), "ALLOW exact");
  EXPECT_EQ(TellOf({{"src/a", "2"}}, {"manual/api.md"}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"src/a", "2"}, {"manual/moved.md", "1"}}, {"manual/api.md"}), "ALLOW exact");
}

TEST_F(DocsTest, OnlyNewBytesOfAFileAreAnUpdate) {
  EXPECT_EQ(TellOf({{"src/a", "2"}, {"CHANGELOG.md", Executable("1")}}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"src/a", "2"}, {"CHANGELOG.md", Symlink("src/a")}}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"src/a", "2"}, {"manual/sub", Gitlink()}}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"src/a", "2"}, {"CHANGELOG.md", Executable("2")}}), "ALLOW exact");
}

TEST_F(DocsTest, EachRuleIsKeptByItself) {
  policy().docs->rules.push_back({{"src/b"}, {"other"}, ""});
  EXPECT_EQ(TellOf({{"src/b", "2"}}), "BLOCK DOCS_NOT_UPDATED DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"src/b", "2"}, {"CHANGELOG.md", "2"}}), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(TellOf({{"src/b", "2"}, {"CHANGELOG.md", "2"}, {"other", "2"}}), "ALLOW exact");
}

TEST_F(DocsTest, SaysWhichRuleAndWhichPaths) {
  policy().docs->rules[0].update.push_back("README");
  const ObjectId staged =
      Stage({{"src/a", "2"}, {"src/b", "2"}, {"src/c", "2"}, {"src/d", "2"}, {"src/e", "2"}});
  const UpdateReport report = LandStaged(staged);
  ASSERT_EQ(report.findings.size(), 1u);
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.gate, "docs");
  EXPECT_EQ(finding.path, "src/a");
  EXPECT_EQ(finding.sha, report.after->hex());
  EXPECT_EQ(finding.expected, "a change of CHANGELOG.md, manual/** or README");
  EXPECT_EQ(finding.found, "none beside src/a, src/b, src/c and 2 more");
  EXPECT_EQ(finding.message, "the documentation does not tell of this change");
  policy().docs->rules[0].why = "users read it";
  EXPECT_EQ(LandStaged(staged).findings[0].message, "users read it");
}

TEST_F(DocsTest, AVerdictLogIsNoDocumentAndNoChange) {
  policy().docs->rules = {{{"docs/**"}, {"other"}, ""}, {{"src/**"}, {"docs/**"}, ""}};
  EXPECT_EQ(TellOf({{"manual/api.md", "2"}}), "ALLOW exact");
  EXPECT_EQ(TellOf({{"src/a", "2"}}), "BLOCK DOCS_NOT_UPDATED");
}

TEST_F(DocsTest, AnExemptPathIsADocumentAndAChangeLikeAnyOther) {
  policy().exempt = {"manual/**"};
  EXPECT_EQ(TellOf({{"src/a", "2"}, {"manual/api.md", "2"}}), "ALLOW exact");
  policy().exempt = {"src/**"};
  EXPECT_EQ(Land(base, Stage({{"src/a", "2"}})), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(Land(base, Stage({{"other", "1"}})), "ALLOW evidence-only");
}

TEST_F(DocsTest, ADocumentThatNeedsNoValidationMayFollowTheStagedCode) {
  Exempt("manual/**");
  const ObjectId staged = Stage({{"src/a", "2"}});
  const ObjectId recorded =
      world.Commit({.parents = {staged}, .adds = {{StagingLog(), Passed(staged)}}});
  EXPECT_EQ(Land(base, recorded), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(Land(base, world.Commit({.parents = {recorded}, .adds = {{"manual/api.md", "2"}}})),
            "ALLOW exact");
}

TEST_F(DocsTest, TheVerdictsFaultsStandBeforeThoseOfTheDocs) {
  const ObjectId staged = Stage({{"src/a", "2"}});
  EXPECT_EQ(Land(base, world.Commit({.parents = {staged}, .adds = {{StagingLog(), kFailed}}})),
            "BLOCK VERDICT_FAILED DOCS_NOT_UPDATED");
}

TEST_F(DocsTest, RebasingSquashingAndMergingChangeNoAnswer) {
  for (const bool told : {false, true}) {
    Files adds{{"src/a", "2"}};
    if (told) adds.emplace("CHANGELOG.md", "2");
    const ObjectId staged = Stage(adds);
    const Files log{{StagingLog(), Passed(staged)}};
    const ObjectId recorded = world.Commit({.parents = {staged}, .adds = log});
    const ObjectId moved = world.Commit({.parents = {base}, .adds = {{"src/b", "2"}}});
    Files all = adds;
    all.insert(log.begin(), log.end());
    const std::string answer = told ? "ALLOW replay" : "BLOCK DOCS_NOT_UPDATED";
    EXPECT_EQ(Land(moved, world.Commit({.parents = {moved}, .adds = all})), answer);
    EXPECT_EQ(Land(moved, world.Commit({.parents = {moved, recorded}, .adds = all})), answer);
    head = Head::kProposed;
    EXPECT_EQ(Land(moved, recorded), answer);
    head = Head::kFinished;
  }
}

// The same line of main, once in one push and once in two.
TEST_F(DocsTest, ManyLandingsAreAskedOneByOne) {
  const auto land = [&](const ObjectId& main, const std::string& item, const Files& adds) {
    const ObjectId staged = world.Commit({.parents = {main}, .adds = adds});
    return world.Commit({.parents = {staged}, .adds = {{StagingLog(item), Passed(staged)}}});
  };
  const ObjectId first = land(base, "ONE-1", {{"src/a", "2"}});
  const ObjectId second = land(first, "TWO-2", {{"CHANGELOG.md", "2"}});
  const ObjectId third = land(second, "SIX-6", {{"src/b", "2"}, {"CHANGELOG.md", "3"}});
  EXPECT_EQ(Land(base, first), "BLOCK DOCS_NOT_UPDATED");
  EXPECT_EQ(Land(second, third), "ALLOW exact");
  EXPECT_EQ(Land(first, third), "ALLOW exact");
  const ObjectId undone = land(third, "TEN-1", {{"CHANGELOG.md", "1"}});
  EXPECT_EQ(Land(first, undone), "ALLOW exact");
}

TEST_F(DocsTest, OfManyLandingsEachMayBringItsDocumentBehindItsLog) {
  Exempt("manual/**");
  const auto on = [&](const std::vector<ObjectId>& parents, const Files& adds) {
    return world.Commit({.parents = parents, .adds = adds});
  };
  const ObjectId staged = on({base}, {{"src/a", "2"}});
  const ObjectId recorded = on({staged}, {{StagingLog("ONE-1"), Passed(staged)}});
  const ObjectId first = on({recorded}, {{"manual/api.md", "2"}});
  const ObjectId other = on({base}, {{"other", "2"}});
  const ObjectId branch = on({other}, {{StagingLog("TWO-2"), Passed(other)}});
  const ObjectId second =
      on({first, branch}, {{"other", "2"}, {StagingLog("TWO-2"), Passed(other)}});
  EXPECT_EQ(Land(base, first), "ALLOW exact");
  EXPECT_EQ(Land(first, second), "ALLOW replay");
  EXPECT_EQ(Land(base, second), "ALLOW replay");
}

TEST_F(DocsTest, AMergeOfProtectedBranchesWasAskedWhereItsChangesLanded) {
  const ObjectId release =
      world.Commit({.parents = {base}, .adds = {{"src/a", "2"}}, .message = "Fix"});
  world.SetRef("refs/heads/release/1", release);
  const ObjectId moved = world.Commit({.parents = {base}, .adds = {{"other", "2"}}});
  EXPECT_EQ(Land(moved, world.Commit({.parents = {moved, release}, .adds = {{"src/a", "2"}}})),
            "ALLOW replay");
}

TEST_F(DocsTest, ANewProtectedBranchIsAskedLikeAnyChange) {
  world.SetRef("refs/heads/main", base);
  const ObjectId staged = Stage({{"src/a", "2"}});
  const ObjectId recorded =
      world.Commit({.parents = {staged}, .adds = {{StagingLog(), Passed(staged)}}});
  EXPECT_EQ(Told(Judge({"refs/heads/release/1", std::nullopt, recorded})),
            "BLOCK DOCS_NOT_UPDATED");
}

TEST_F(DocsTest, MayBeAskedForByNameWhereThePolicyHasIt) {
  trust.required_gates = {"docs"};
  EXPECT_EQ(TellOf({{"src/a", "2"}}), "BLOCK DOCS_NOT_UPDATED");
  policy().docs.reset();
  EXPECT_EQ(TellOf({{"src/a", "2"}}), "CANNOT-EVALUATE INPUT_MALFORMED");
}

// --- require --------------------------------------------------------------------------------

constexpr const char* kPlan = "docs/work-items/ORCH-1/00-plan.md";

TEST_F(DocsTest, ARequiredDocumentHasToBeThere) {
  AskForDocument("docs/work-items/{id}/00-plan.md");
  EXPECT_EQ(TellOf({{"src/a", "2"}}), "BLOCK DOCS_MISSING");
  EXPECT_EQ(TellOf({{"src/a", "2"}, {kPlan, "do it"}}), "ALLOW exact");
  EXPECT_EQ(TellOf({{"src/a", "2"}, {kPlan, Executable("do it")}}), "ALLOW exact");
}

TEST_F(DocsTest, ARequiredDocumentMayHaveBeenThereBefore) {
  AskForDocument("docs/work-items/{id}/00-plan.md");
  base = world.Commit({.parents = {base}, .adds = {{kPlan, "do it"}}});
  EXPECT_EQ(TellOf({{"src/a", "2"}}), "ALLOW exact");
  EXPECT_EQ(TellOf({{"src/a", "2"}}, {kPlan}), "BLOCK DOCS_MISSING");
}

TEST_F(DocsTest, ARequiredDocumentIsAFileWithSomethingInIt) {
  AskForDocument("docs/work-items/{id}/00-plan.md");
  const auto found = [&](const File& plan, const std::string& path = kPlan) {
    const UpdateReport report = LandStaged(Stage({{"src/a", "2"}, {path, plan}}));
    EXPECT_EQ(Told(report), "BLOCK DOCS_MISSING");
    return report.findings[0].found;
  };
  EXPECT_EQ(found(""), "an empty file");
  EXPECT_EQ(found(Symlink("../plan.md")), "mode 120000");
  EXPECT_EQ(found(Gitlink()), "mode 160000");
  EXPECT_EQ(found("x", kPlan + std::string("/x")), "mode 040000");
  EXPECT_EQ(found("x", "elsewhere"), "nothing");
}

TEST_F(DocsTest, NothingButAFolderLeadsToADocument) {
  AskForDocument("plans/{id}/plan.md");
  const UpdateReport report = LandStaged(Stage({{"src/a", "2"}, {"plans/ORCH-1", Symlink("x")}}));
  EXPECT_EQ(Told(report), "BLOCK DOCS_MISSING");
  EXPECT_EQ(report.findings[0].found, "no folder at plans/ORCH-1");
  EXPECT_EQ(report.findings[0].path, "plans/ORCH-1/plan.md");
  EXPECT_EQ(report.findings[0].work_item, "ORCH-1");
}

TEST_F(DocsTest, ATwinOfARequiredDocumentIsMalformed) {
  AskForDocument("docs/work-items/{id}/00-plan.md");
  EXPECT_EQ(TellOf({{"src/a", "2"}, {kPlan, "x"}, {"docs/work-items/ORCH-1/00-PLAN.md", "y"}}),
            "BLOCK TREE_MALFORMED");
}

TEST_F(DocsTest, EveryItemOfAChangeHasToHaveItsDocuments) {
  AskForDocument("docs/work-items/{id}/00-plan.md");
  policy().docs->require.push_back("manual/{id}.md");
  const ObjectId staged = world.Commit({.parents = {base},
                                        .adds = {{"src/a", "2"}, {kPlan, "do it"}},
                                        .message = "Count\n\nRefs: TWO-2\n"});
  const UpdateReport report = Move(
      base, world.Commit(
                {.parents = {staged},
                 .adds = {{StagingLog(), Passed(staged)}, {StagingLog("TWO-2"), Passed(staged)}}}));
  EXPECT_EQ(Told(report), "BLOCK DOCS_MISSING DOCS_MISSING DOCS_MISSING");
  EXPECT_EQ(report.findings[0].path, "manual/ORCH-1.md");
  EXPECT_EQ(report.findings[1].path, "docs/work-items/TWO-2/00-plan.md");
  EXPECT_EQ(report.findings[2].path, "manual/TWO-2.md");
}

TEST_F(DocsTest, WhatNeedsNoVerdictNeedsNoDocuments) {
  AskForDocument("docs/work-items/{id}/00-plan.md");
  Exempt("docs/work-items/**");
  const ObjectId planned = world.Commit({.parents = {base},
                                         .adds = {{"docs/work-items/ORCH-1/notes.md", "draft"}},
                                         .message = "Draft\n\nRefs: ORCH-1\n"});
  EXPECT_EQ(Land(base, planned), "ALLOW exempt");
}

TEST_F(DocsTest, TheDocumentsOfAnItemThatIsAskedForAreNotForgottenBetweenTheSteps) {
  AskForDocument("docs/work-items/{id}/00-plan.md");
  const auto land = [&](const ObjectId& main, const std::string& item, const Files& adds) {
    Files all = adds;
    all.emplace("docs/work-items/" + item + "/00-plan.md", "do it");
    const ObjectId staged = world.Commit({.parents = {main}, .adds = all});
    return world.Commit({.parents = {staged}, .adds = {{StagingLog(item), Passed(staged)}}});
  };
  base = world.Commit({.parents = {base}, .adds = {{StagingLog("ASK-1"), Passed(base)}}});
  const ObjectId both = land(land(base, "ONE-1", {{"src/a", "2"}}), "TWO-2", {{"src/b", "2"}});
  EXPECT_EQ(Land(base, both), "ALLOW exact");
  asked.work_items = {"ASK-1"};
  EXPECT_EQ(Land(base, both), "BLOCK DOCS_MISSING");
}

// --- placeholders ---------------------------------------------------------------------------

TEST_F(DocsTest, APlaceholderThatNobodyFilledInIsShownWhereItStands) {
  AskForPlaceholders("manual/**");
  const UpdateReport report =
      LandStaged(Stage({{"manual/api.md",
                         "# API\r\n\n  by {{OWNER}} and {{OTHER}}\n{{ lower }}\n"
                         "{{LAST}}"}}));
  EXPECT_EQ(Told(report), "BLOCK PLACEHOLDER_UNRESOLVED PLACEHOLDER_UNRESOLVED");
  EXPECT_EQ(report.findings[0].path, "manual/api.md");
  EXPECT_EQ(report.findings[0].line, 3);
  EXPECT_EQ(report.findings[0].column, 6);
  EXPECT_EQ(report.findings[0].found, "{{OWNER}}");
  EXPECT_EQ(report.findings[0].sha, report.after->hex());
  EXPECT_EQ(report.findings[1].line, 5);
  EXPECT_EQ(report.findings[1].column, 1);
}

TEST_F(DocsTest, OnlyWhatTheChangeBringsIsSearched) {
  AskForPlaceholders("manual/**");
  base = world.Commit({.parents = {base}, .adds = {{"manual/old.md", "{{OLD}}"}}});
  EXPECT_EQ(TellOf({{"src/a", "{{NEW}}"}}), "ALLOW exact");
  EXPECT_EQ(TellOf({{"manual/old.md", Executable("{{OLD}}")}}), "ALLOW exact");
  EXPECT_EQ(TellOf({}, {"manual/old.md"}), "ALLOW exact");
  EXPECT_EQ(TellOf({{"manual/old.md", "{{OLD}} "}}), "BLOCK PLACEHOLDER_UNRESOLVED");
  EXPECT_EQ(TellOf({{"manual/moved.md", "{{OLD}}"}}, {"manual/old.md"}),
            "BLOCK PLACEHOLDER_UNRESOLVED");
}

TEST_F(DocsTest, APlaceholderHidesNeitherInABinaryNorInALinkNorBehindACarriageReturn) {
  AskForPlaceholders("manual/**");
  using namespace std::string_literals;
  EXPECT_EQ(TellOf({{"manual/a.png", "\x89PNG\0\xff{{X}}\0"s}}), "BLOCK PLACEHOLDER_UNRESOLVED");
  EXPECT_EQ(TellOf({{"manual/a", Symlink("{{X}}")}}), "BLOCK PLACEHOLDER_UNRESOLVED");
  EXPECT_EQ(TellOf({{"manual/a", "a\r{{X}}\rb"}}), "BLOCK PLACEHOLDER_UNRESOLVED");
  EXPECT_EQ(TellOf({{"manual/sub", Gitlink()}}), "ALLOW exact");
}

TEST_F(DocsTest, AVerdictLogIsNotSearched) {
  AskForPlaceholders("**");
  const ObjectId staged = Stage({{"src/a", "2"}});
  EXPECT_EQ(
      Land(base, world.Commit({.parents = {staged},
                               .adds = {{StagingLog(), Passed(staged) + "output: {{X}}\n"}}})),
      "ALLOW exact");
}

TEST_F(DocsTest, WhatNeedsNoValidationIsSearchedAllTheSame) {
  AskForPlaceholders("docs/**");
  Exempt("docs/**");
  EXPECT_EQ(Land(base, Stage({{"docs/a.md", "{{X}}"}})), "BLOCK PLACEHOLDER_UNRESOLVED");
  EXPECT_EQ(Land(base, Stage({{"docs/a.md", "x"}})), "ALLOW exempt");
}

TEST_F(DocsTest, ATextThatIsTooLargeIsRefusedUnread) {
  AskForPlaceholders("manual/**");
  constexpr std::uint64_t kMost = 16 * 1024 * 1024;
  const UpdateReport report =
      LandStaged(Stage({{"manual/a.md", File(Mode::kRegular, world.HugeBlob(kMost + 1))}}));
  EXPECT_EQ(Told(report), "BLOCK PLACEHOLDER_UNRESOLVED");
  EXPECT_EQ(report.findings[0].found, "16777217 bytes");
}

TEST_F(DocsTest, StopsAtAHundredPlaceholders) {
  AskForPlaceholders("manual/**");
  std::string text;
  for (int i = 0; i < 60; ++i) text += "{{X}}\n";
  EXPECT_EQ(LandStaged(Stage({{"manual/a", text}, {"manual/b", text + "b"}, {"manual/c", text}}))
                .findings.size(),
            100u);
}

TEST_F(DocsTest, ALongMatchIsCut) {
  AskForPlaceholders("manual/**");
  policy().docs->placeholders->pattern = "TODO.*";
  const UpdateReport report = LandStaged(Stage({{"manual/a", "TODO" + std::string(100'000, 'x')}}));
  ASSERT_EQ(Told(report), "BLOCK PLACEHOLDER_UNRESOLVED");
  EXPECT_LT(report.findings[0].found.size(), 1000u);
}

TEST_F(DocsTest, ATextThatIsNotThereCannotBeSearched) {
  AskForPlaceholders("manual/**");
  const ObjectId staged = Stage({{"manual/a", "lost"}, {"src/a", "2"}});
  world.Lose(world.Blob("lost"));
  EXPECT_EQ(Land(base, world.Commit({.parents = {staged}, .adds = {{StagingLog(), kFailed}}})),
            "CANNOT-EVALUATE VERDICT_FAILED OBJECT_MISSING");
}

}  // namespace
}  // namespace gates
