#include "gates/core/rules.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

Rules BuiltIn(std::string default_branch = "refs/heads/trunk") {
  return {BuiltInPolicy(), std::move(default_branch)};
}

Rules Protecting(std::vector<std::string> globs) {
  Policy policy = BuiltInPolicy();
  policy.protected_refs = std::move(globs);
  return {std::move(policy), "refs/heads/trunk"};
}

Rules Exempting(std::vector<std::string> globs) {
  Policy policy = BuiltInPolicy();
  policy.exempt = std::move(globs);
  return {std::move(policy), ""};
}

TreeEntry Regular() { return {"", Mode::kRegular, {}}; }

TEST(ProtectedRefs, ABareNameMeansABranch) {
  EXPECT_TRUE(BuiltIn().IsProtected("refs/heads/main"));
  EXPECT_FALSE(BuiltIn().IsProtected("refs/tags/main"));
  EXPECT_FALSE(BuiltIn().IsProtected("main"));
}

TEST(ProtectedRefs, HeadIsTheDefaultBranchWhateverItsName) {
  EXPECT_TRUE(BuiltIn().IsProtected("refs/heads/trunk"));
  EXPECT_FALSE(BuiltIn("refs/heads/other").IsProtected("refs/heads/trunk"));
  EXPECT_FALSE(BuiltIn("").IsProtected(""));
  EXPECT_FALSE(Protecting({"main"}).IsProtected("refs/heads/trunk"));
}

TEST(ProtectedRefs, HeadIsNoBranchOfThatName) {
  EXPECT_FALSE(BuiltIn().IsProtected("refs/heads/HEAD"));
}

TEST(ProtectedRefs, AFullNameIsTakenAsItIs) {
  EXPECT_TRUE(Protecting({"refs/tags/v*"}).IsProtected("refs/tags/v1.0"));
  EXPECT_FALSE(Protecting({"refs/tags/v*"}).IsProtected("refs/heads/refs/tags/v1.0"));
}

TEST(ProtectedRefs, StartWithTheirPrefixes) {
  using Prefixes = std::vector<std::string>;
  EXPECT_EQ(BuiltIn().ProtectedPrefixes(), (Prefixes{"refs/heads/main", "refs/heads/master",
                                                     "refs/heads/release/", "refs/heads/trunk"}));
  EXPECT_EQ(Protecting({"refs/tags/v?", "release/**", "rel*"}).ProtectedPrefixes(),
            (Prefixes{"refs/heads/rel", "refs/tags/v"}));
  EXPECT_EQ(Protecting({"refs/**", "main"}).ProtectedPrefixes(), Prefixes{"refs/"});
  EXPECT_EQ(Protecting({"HEAD", "HEAD"}).ProtectedPrefixes(), Prefixes{"refs/heads/trunk"});
  EXPECT_EQ(BuiltIn("").ProtectedPrefixes().size(), 3u);
}

TEST(LookAlikes, DifferInAsciiCaseOnly) {
  EXPECT_TRUE(BuiltIn().LooksProtected("refs/heads/Main"));
  EXPECT_TRUE(BuiltIn().LooksProtected("refs/Heads/main"));
  EXPECT_TRUE(BuiltIn().LooksProtected("refs/heads/RELEASE/1"));
  EXPECT_TRUE(BuiltIn().LooksProtected("refs/heads/TRUNK"));
}

TEST(LookAlikes, OrInCharactersBeyondAscii) {
  EXPECT_TRUE(BuiltIn().LooksProtected("refs/heads/ma\u200bin"));
  EXPECT_TRUE(BuiltIn().LooksProtected("refs/heads/main\u00ad"));
  EXPECT_TRUE(BuiltIn().LooksProtected("\u200erefs/heads/main"));
  EXPECT_TRUE(BuiltIn().LooksProtected("refs/heads/re\u0301lease/1"));
}

TEST(LookAlikes, OrInBoth) { EXPECT_TRUE(BuiltIn().LooksProtected("refs/heads/MA\u200bIN")); }

TEST(LookAlikes, AreNeitherProtectedNamesNorOtherOnes) {
  EXPECT_FALSE(BuiltIn().LooksProtected("refs/heads/main"));
  EXPECT_FALSE(BuiltIn().LooksProtected("refs/heads/release/\u00fc"));
  EXPECT_FALSE(BuiltIn().LooksProtected("refs/heads/maintenance"));
  EXPECT_FALSE(BuiltIn().LooksProtected("refs/heads/mam"));
  EXPECT_FALSE(BuiltIn().LooksProtected("refs/tags/main"));
  EXPECT_FALSE(BuiltIn("").LooksProtected("refs/heads/\u00fc"));
}

TEST(WorkItemIds, MatchAsAWhole) {
  EXPECT_TRUE(BuiltIn().IsWorkItem("ORCH-061"));
  for (const char* name : {"", "orch-1", "ORCH-", "ORCH-1x", "xORCH-1", "ORCH-1\n", "ORCH-1/x"})
    EXPECT_FALSE(BuiltIn().IsWorkItem(name)) << name;
}

TEST(WorkItemIds, AreOnePlainPathComponentWhateverThePattern) {
  Policy policy = BuiltInPolicy();
  policy.id = "(?s:.*)";
  const Rules rules(policy, "");
  EXPECT_TRUE(rules.IsWorkItem("anything at all"));
  for (const char* name : {"", ".", "..", "a/b", "a\nb", "\x01"})
    EXPECT_FALSE(rules.IsWorkItem(name)) << name;
}

TEST(WorkItemIds, AreNoneWhereThePatternIsBroken) {
  Policy policy = BuiltInPolicy();
  policy.id = "(";
  EXPECT_FALSE(Rules(policy, "").IsWorkItem("ORCH-1"));
}

TEST(Placement, ALogAndItsSignatureStandRightInTheItemsFolder) {
  const Rules rules = BuiltIn();
  const Placement log = rules.Place("docs/work-items/ORCH-1/15-staging-log.md");
  EXPECT_EQ(log.work_item, "ORCH-1");
  EXPECT_EQ(log.gate->id, "staging");
  EXPECT_FALSE(log.is_signature);
  const Placement signature = rules.Place("docs/work-items/ORCH-1/14-deploy-log.md.sig");
  EXPECT_EQ(signature.gate->id, "deploy");
  EXPECT_TRUE(signature.is_signature);
}

TEST(Placement, AnythingElseInTheFolderIsOfTheItemAndNoLog) {
  for (const char* path :
       {"docs/work-items/ORCH-1/run.sh", "docs/work-items/ORCH-1/x/15-staging-log.md",
        "docs/work-items/ORCH-1/15-staging-log.md.sig.sig",
        "docs/work-items/ORCH-1/15-staging-log.mdx", "docs/work-items/ORCH-1/15-Staging-Log.md",
        "docs/work-items/ORCH-1/15-staging-log.md/x", "docs/work-items/ORCH-1"}) {
    EXPECT_EQ(BuiltIn().Place(path).work_item, "ORCH-1") << path;
    EXPECT_EQ(BuiltIn().Place(path).gate, nullptr) << path;
  }
}

TEST(Placement, ElsewhereThereIsNoItem) {
  for (const char* path :
       {"15-staging-log.md", "docs/work-items/notes/15-staging-log.md", "docs/work-items",
        "docs/work-itemsX/ORCH-1/15-staging-log.md", "x/docs/work-items/ORCH-1/15-staging-log.md",
        "docs/work-items/orch-1/15-staging-log.md", "docs/Work-Items/ORCH-1/15-staging-log.md"})
    EXPECT_EQ(BuiltIn().Place(path).work_item, "") << path;
}

TEST(Exempt, AreRegularFilesThatAGlobMatches) {
  const Rules rules = Exempting({"docs/**", "*.txt"});
  EXPECT_TRUE(rules.IsExempt("docs/a/b", Regular()));
  EXPECT_TRUE(rules.IsExempt("a.txt", Regular()));
  EXPECT_FALSE(rules.IsExempt("src/a.txt", Regular()));
  for (const std::uint32_t mode : {Mode::kExecutable, Mode::kSymlink, Mode::kGitlink})
    EXPECT_FALSE(rules.IsExempt("docs/a", {"", mode, {}})) << mode;
}

TEST(Exempt, AreNeitherThePolicyNorTheLogs) {
  const Rules rules = Exempting({"**"});
  EXPECT_TRUE(rules.IsExempt("docs/work-items/ORCH-1/notes.md", Regular()));
  EXPECT_FALSE(rules.IsExempt(".verdict.yml", Regular()));
  EXPECT_FALSE(rules.IsExempt("docs/work-items/ORCH-1/15-staging-log.md", Regular()));
  EXPECT_FALSE(rules.IsExempt("docs/work-items/ORCH-1/15-staging-log.md.sig", Regular()));
}

TEST(Exempt, AreNotThoseWhoMaySign) {
  Policy policy = BuiltInPolicy();
  policy.exempt = {"**"};
  EXPECT_TRUE(Rules(policy, "").IsExempt(".verdict/signers", Regular()));
  policy.writers = WritersRule{.allowed_signers = ".verdict/signers"};
  EXPECT_FALSE(Rules(policy, "").IsExempt(".verdict/signers", Regular()));
  EXPECT_TRUE(Rules(policy, "").IsExempt(".verdict/notes", Regular()));
}

}  // namespace
}  // namespace gates
