#include "gates/proof/content.h"

#include <gtest/gtest.h>

#include "tests/gates/landing.h"

namespace gates {
namespace {

using test::File;
using test::Files;
using test::kFailed;
using test::kSignature;
using test::StagingLog;
using Paths = std::vector<std::string>;

const std::string kSignaturePath = StagingLog() + ".sig";

struct ContentTest : testing::Test {
  Content Of(const Files& files) { return {{landing.world.Tree(files), {}}, rules, reader}; }

  /// The paths in which the contents differ, the same in both directions.
  Paths Unlike(const Files& a, const Files& b) {
    const Paths paths = Of(a).PathsUnlike(Of(b), 100);
    EXPECT_EQ(Of(b).PathsUnlike(Of(a), 100), paths);
    EXPECT_EQ(Of(a) == Of(b), paths.empty());
    return paths;
  }

  test::Landing landing;
  Rules rules = landing.rules();
  TreeReader reader{landing.world};
};

TEST_F(ContentTest, IsPathsModesAndBytes) {
  EXPECT_EQ(Unlike({{"a", "1"}}, {{"a", "1"}}), Paths{});
  EXPECT_EQ(Unlike({{"a", "1"}}, {{"a", "2"}}), Paths{"a"});
  EXPECT_EQ(Unlike({{"a", "1"}}, {{"a", test::Executable("1")}}), Paths{"a"});
  EXPECT_EQ(Unlike({{"a", "1"}}, {{"b", "1"}}), (Paths{"a", "b"}));
  EXPECT_EQ(Unlike({{"a", "1"}}, {{"a", test::Symlink("1")}}), Paths{"a"});
  EXPECT_EQ(Unlike({}, {{"a", test::Gitlink()}}), Paths{"a"});
}

TEST_F(ContentTest, AnEmptyFolderIsNothing) {
  EXPECT_EQ(
      Unlike({{"a", "1"}}, {{"a", "1"}, {"empty", File(Mode::kTree, landing.world.Tree({}))}}),
      Paths{});
}

TEST_F(ContentTest, NamesNoMorePathsThanAreAskedFor) {
  const Files three{{"a", "1"}, {"b", "1"}, {"c", "1"}};
  EXPECT_EQ(Of(three).PathsUnlike(Of({}), 2), (Paths{"a", "b"}));
}

TEST_F(ContentTest, LeavesOutTheLogsOfEveryGate) {
  EXPECT_EQ(Unlike({}, {{StagingLog(), kFailed}}), Paths{});
  EXPECT_EQ(Unlike({{StagingLog(), "1"}}, {{StagingLog(), "anything"}}), Paths{});
  EXPECT_EQ(Unlike({}, {{"docs/work-items/ORCH-1/14-deploy-log.md", "1"}}), Paths{});
  EXPECT_EQ(Unlike({}, {{"docs/work-items/ORCH-1/12-review.md", "1"}}), Paths{});
}

TEST_F(ContentTest, HoldsWhatIsNoLogInAnItemsFolder) {
  for (const char* path :
       {"docs/work-items/ORCH-1/run.sh", "docs/work-items/notes/15-staging-log.md",
        "docs/work-items/ORCH-1/x/15-staging-log.md", "15-staging-log.md"})
    EXPECT_EQ(Unlike({}, {{path, kFailed}}), Paths{path});
}

TEST_F(ContentTest, HoldsALogThatIsNoRegularFile) {
  for (const File& odd : {test::Executable(kFailed), test::Symlink("x"), test::Gitlink()}) {
    EXPECT_EQ(Unlike({}, {{StagingLog(), odd}}), Paths{StagingLog()});
    EXPECT_EQ(Unlike({{StagingLog(), kFailed}}, {{StagingLog(), odd}}), Paths{StagingLog()});
  }
  EXPECT_EQ(Unlike({}, {{StagingLog() + "/x", kFailed}}), Paths{StagingLog() + "/x"});
}

TEST_F(ContentTest, LeavesOutASignatureBesideItsLog) {
  EXPECT_EQ(
      Unlike({{StagingLog(), kFailed}}, {{StagingLog(), kFailed}, {kSignaturePath, kSignature}}),
      Paths{});
}

TEST_F(ContentTest, HoldsASignatureWithoutItsLog) {
  EXPECT_EQ(Unlike({}, {{kSignaturePath, kSignature}}), Paths{kSignaturePath});
  EXPECT_EQ(Unlike({}, {{kSignaturePath, kSignature}, {StagingLog(), test::Executable("x")}}),
            (Paths{StagingLog(), kSignaturePath}));
  EXPECT_EQ(
      Unlike({}, {{kSignaturePath, kSignature}, {"docs/work-items/ORCH-1/14-deploy-log.md", "x"}}),
      Paths{kSignaturePath});
}

TEST_F(ContentTest, ASignatureTurnsWhenItsLogComesOrGoes) {
  EXPECT_EQ(
      Unlike({{kSignaturePath, kSignature}}, {{kSignaturePath, kSignature}, {StagingLog(), "x"}}),
      Paths{kSignaturePath});
  EXPECT_EQ(Unlike({{kSignaturePath, kSignature}, {StagingLog() + "/x", "x"}},
                   {{kSignaturePath, kSignature}, {StagingLog(), "x"}}),
            (Paths{kSignaturePath, StagingLog() + "/x"}));
}

TEST_F(ContentTest, HoldsASignatureThatIsNoRegularFile) {
  EXPECT_EQ(Unlike({{StagingLog(), "x"}},
                   {{StagingLog(), "x"}, {kSignaturePath, test::Executable(kSignature)}}),
            Paths{kSignaturePath});
}

TEST_F(ContentTest, HoldsASignatureThatIsNotArmoredAsOne) {
  const std::string begin = "-----BEGIN SSH SIGNATURE-----\n",
                    end = "\n-----END SSH SIGNATURE-----\n";
  for (const std::string& text :
       {std::string(), std::string("#!/bin/sh\n"), begin + "QQ==" + end + "rm -rf /\n",
        "x" + kSignature, begin + "$(rm -rf /)" + end, begin + "QQ==", "QQ==" + end,
        begin + "-----END SSH SIGNATURE-----\n",
        std::string("-----BEGIN PGP SIGNATURE-----\nQQ==\n-----END PGP SIGNATURE-----\n"),
        kSignature + "\n"})
    EXPECT_EQ(Unlike({{StagingLog(), "x"}}, {{StagingLog(), "x"}, {kSignaturePath, text}}),
              Paths{kSignaturePath})
        << text;
}

TEST_F(ContentTest, HoldsASignatureOfMoreThan64KiB) {
  const std::string head = "-----BEGIN SSH SIGNATURE-----\n",
                    tail = "\n-----END SSH SIGNATURE-----\n";
  const std::string largest = head + std::string(64 * 1024 - head.size() - tail.size(), 'A') + tail;
  EXPECT_EQ(Unlike({{StagingLog(), "x"}}, {{StagingLog(), "x"}, {kSignaturePath, largest}}),
            Paths{});
  const File huge(Mode::kRegular, landing.world.HugeBlob(64 * 1024 + 1));
  EXPECT_EQ(Unlike({{StagingLog(), "x"}}, {{StagingLog(), "x"}, {kSignaturePath, huge}}),
            Paths{kSignaturePath});
}

TEST_F(ContentTest, LeavesOutWhatPolicyExempts) {
  landing.policy().exempt = {"docs/**"};
  rules = landing.rules();
  EXPECT_EQ(Unlike({{"docs/a", "1"}}, {{"docs/a", "2"}, {"docs/b", "1"}}), Paths{});
  EXPECT_EQ(Unlike({{"docs/a", "1"}}, {{"docs/a", test::Executable("1")}}), Paths{"docs/a"});
  EXPECT_EQ(Unlike({{"docs/a", "1"}}, {{"docs/a", test::Symlink("1")}}), Paths{"docs/a"});
  EXPECT_EQ(Unlike({{"docs/a", "1"}}, {{"docs", "1"}}), Paths{"docs"});
}

TEST_F(ContentTest, NeverLeavesOutThePolicy) {
  landing.policy().exempt = {"**"};
  rules = landing.rules();
  EXPECT_EQ(Unlike({}, {{".verdict.yml", "version: 1\n"}}), Paths{".verdict.yml"});
}

}  // namespace
}  // namespace gates
