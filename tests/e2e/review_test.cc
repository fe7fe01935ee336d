// `git verdict review`: what a reviewer says of a change, and its log.

#include <filesystem>

#include "tests/e2e/record_story.h"
#include "tests/e2e/report.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

const std::string kReview = kItem + "12-review.md";

class Review : public RecordStory {
 protected:
  Ran Ask(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"review"};
    words.insert(words.end(), more.begin(), more.end());
    return Verdict(clone_.path(), words);
  }

  /// The heading of a review, held to its exit code.
  std::string Advice(const std::vector<std::string>& more = {}) const {
    const Ran ran = Ask(more);
    const std::string advice = ran.out.substr(0, ran.out.find('\n'));
    const int status = advice == "# APPROVE" ? 0 : advice == "# REQUEST_CHANGES" ? 1 : 2;
    EXPECT_EQ(ran.status, status) << ran.out << ran.err;
    return advice.starts_with("# ") ? advice.substr(2) : ran.out + ran.err;
  }

  void LandPolicy(const std::string& policy) const {
    clone_.CommitFile(".verdict.yml", policy, "a policy");
    LandUnjudged("topic:main");
  }

  void RequireReview() const { LandPolicy("gates: {review: {required: true}}\n"); }

  std::string Check() const { return Headlines(Verdict(clone_.path(), {"check"}).out); }
};

// --- what it says ---------------------------------------------------------------------------

TEST_F(Review, ApprovesWhatMayLand) {
  PrepareLanding();
  const Ran ran = Ask();
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.out.starts_with("# APPROVE\n\n**ALLOW** at `")) << ran.out;
  EXPECT_EQ(ran.err, "");
}

TEST_F(Review, RequestsChangesWithReasons) {
  ChangeCode();
  const Ran ran = Ask();
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(ran.out.starts_with("# REQUEST_CHANGES\n\n**BLOCK** at `")) << ran.out;
  EXPECT_NE(ran.out.find("- **`VERDICT_MISSING`** in `" + kLog + "`"), std::string::npos);
  EXPECT_NE(ran.out.find("  **Fix:** "), std::string::npos) << ran.out;
}

TEST_F(Review, AsksTheDocsToo) {
  LandPolicy("docs: {rules: [{when: ['app.*'], update: [CHANGELOG.md]}]}\n");
  RecordVerdict(ChangeCode());
  EXPECT_EQ(Advice(), "REQUEST_CHANGES");
  clone_.Write("CHANGELOG.md", "- two\n");
  RecordVerdict(clone_.Commit("tell of it"));
  EXPECT_EQ(Advice(), "APPROVE");
}

TEST_F(Review, WhatCannotBeEvaluatedIsNeverApproved) {
  PrepareLanding();
  EXPECT_EQ(Advice({"--base", "nowhere"}), "CANNOT-EVALUATE");
  EXPECT_EQ(Advice({"--require", "nonsense"}), "CANNOT-EVALUATE");
  LandPolicy("gates: []\n");
  EXPECT_EQ(Advice(), "CANNOT-EVALUATE");
  const Ran ran = Ask({"--format", "json"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(ReportOf(ran.out)["advice"].is_null()) << ran.out;
}

TEST_F(Review, TakesItsBaseAndItsHead) {
  const ObjectId landing = PrepareLanding();
  clone_.Git({"switch", "-q", "-c", "other", "origin/main"});
  EXPECT_EQ(Advice({"--head", landing.hex()}), "APPROVE");
  EXPECT_EQ(Advice({"--base", "origin/main", "--head", "topic~1"}), "REQUEST_CHANGES");
}

TEST_F(Review, InJsonHoldsTheReportOfACheck) {
  PrepareLanding();
  const Ran ran = Ask({"--format", "json"});
  EXPECT_EQ(ran.status, 0);
  const Json review = ReportOf(ran.out);
  EXPECT_EQ(KeysOf(review), (Keys{"schema", "advice", "report"}));
  EXPECT_EQ(review["schema"], "git-verdict/review/1");
  EXPECT_EQ(review["advice"], "APPROVE");
  ExpectReport(review["report"].dump() + "\n");
}

TEST_F(Review, HasFormatsOfItsOwn) {
  PrepareLanding();
  for (const char* format : {"text", "xml"}) {
    const Ran ran = Ask({"--format", format});
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find("(there are markdown, json)"), std::string::npos) << ran.err;
  }
  const std::string file = sandbox_.Path("review.md");
  EXPECT_EQ(Ask({"--output", "markdown=" + file, "--format", "json"}).status, 0);
  EXPECT_TRUE(test::ReadFile(file).starts_with("# APPROVE\n"));
}

// --- its own gate ---------------------------------------------------------------------------

TEST_F(Review, DoesNotAskForItsOwnVerdict) {
  RequireReview();
  PrepareLanding();
  EXPECT_EQ(Check(), "BLOCK - VERDICT_MISSING");
  EXPECT_EQ(Advice(), "APPROVE");
  clone_.CommitFile(kReview, "no log at all\n");
  EXPECT_EQ(Check(), "BLOCK - VERDICT_FRONTMATTER");
  EXPECT_EQ(Advice(), "APPROVE");
  clone_.CommitFile(kReview, "---\nreview_status: REQUEST_CHANGES\n---\n");
  EXPECT_EQ(Check(), "BLOCK - VERDICT_FAILED");
  EXPECT_EQ(Advice({"--require", "review"}), "APPROVE");
}

TEST_F(Review, ItsOwnGateMayBeTheOnlyOneThatIsRequired) {
  LandPolicy(
      "gates: {staging: {required: false}, review: {required: true}}\n"
      "docs: {rules: [{when: ['app.*'], update: [CHANGELOG.md]}]}\n");
  ChangeCode();
  EXPECT_EQ(Advice(), "REQUEST_CHANGES");
  clone_.CommitFile("CHANGELOG.md", "- two\n");
  EXPECT_EQ(Advice({"--record"}), "APPROVE");
  EXPECT_EQ(Check(), "ALLOW - exact");
}

TEST_F(Review, LeavesTheReviewLogToEveryOtherDoor) {
  RequireReview();
  InstallHook();
  PrepareLanding();
  EXPECT_EQ(Push({"topic:main"}), "BLOCK refs/heads/main VERDICT_MISSING");
  EXPECT_EQ(Advice({"--record"}), "APPROVE");
  EXPECT_EQ(Push({"topic:main"}), "ALLOW refs/heads/main exact");
}

// --- what it records ------------------------------------------------------------------------

TEST_F(Review, RecordsWhatItSaysAsALogOfTheCommitThatItJudged) {
  const ObjectId head = PrepareLanding();
  const Ran ran = Ask({"--record"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("# APPROVE\n")) << ran.out;
  EXPECT_TRUE(ran.err.starts_with("recorded review APPROVED for WI-1 on topic in ")) << ran.err;
  const std::string log = clone_.Git({"show", "HEAD:" + kReview});
  EXPECT_TRUE(log.starts_with("---\nreview_status: APPROVED\n")) << log;
  EXPECT_EQ(FieldOf(log, "validated_sha"), head.hex());
  EXPECT_NE(log.find("- `WI-1` `staging`: `SATISFIED`"), std::string::npos) << log;
  EXPECT_EQ(clone_.Git({"show", "--format=%B", "--name-only", "HEAD"}),
            "WI-1: record review APPROVED\n\nRefs: WI-1\n\n\n" + kReview);
  EXPECT_EQ(Verdict(clone_.path(), {"lint", kReview}).status, 0);
  EXPECT_EQ(Status(), "");
}

TEST_F(Review, WhatWasStagedStaysProvenUnderTheReviewsLog) {
  RequireReview();
  PrepareLanding();
  EXPECT_EQ(Advice({"--record"}), "APPROVE");
  EXPECT_EQ(Check(), "ALLOW - exact");
}

TEST_F(Review, RecordsWhyItRequestsChanges) {
  ChangeCode();
  EXPECT_EQ(Advice({"--record"}), "REQUEST_CHANGES");
  const std::string log = clone_.Git({"show", "HEAD:" + kReview});
  EXPECT_TRUE(log.starts_with("---\nreview_status: REQUEST_CHANGES\n")) << log;
  EXPECT_NE(log.find("- **`VERDICT_MISSING`** in `" + kLog + "`: "), std::string::npos) << log;
  EXPECT_EQ(Check(), "BLOCK - VERDICT_MISSING");
  RecordVerdict(clone_.Id("HEAD~1"));
  EXPECT_EQ(Advice({"--record"}), "APPROVE");
  EXPECT_EQ(Check(), "ALLOW - exact");
}

TEST_F(Review, TwiceIsOnce) {
  PrepareLanding();
  EXPECT_EQ(Ask({"--record"}).status, 0);
  const ObjectId once = clone_.Id();
  const Ran ran = Ask({"--record"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(ran.err.starts_with("nothing to record: ")) << ran.err;
  EXPECT_EQ(clone_.Id(), once);
}

TEST_F(Review, RecordsNothingThatItCouldNotEvaluate) {
  const ObjectId head = PrepareLanding();
  const Ran ran = Ask({"--record", "--require", "nonsense"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.err, "nothing was recorded: the change could not be evaluated\n");
  EXPECT_EQ(Ask({"--record", "--base", "nowhere"}).status, 2);
  EXPECT_EQ(clone_.Id(), head);
}

TEST_F(Review, RecordsNothingWhereNothingWouldLand) {
  const ObjectId head = PrepareLanding();
  const Ran ran = Ask({"--record", "--work-item", "WI-1", "--base", "topic"});
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_NE(ran.err.find("nothing was reviewed (nothing-to-land)"), std::string::npos) << ran.err;
  EXPECT_EQ(clone_.Id(), head);
}

TEST_F(Review, RecordsForOneWorkItem) {
  RecordVerdict(clone_.CommitFile("app.txt", "two\n", "Two\n\nRefs: WI-1, WI-2"));
  EXPECT_EQ(Ask({"--record"}).status, 1);
  EXPECT_NE(Ask({"--record"}).err.find("several work items"), std::string::npos);
  const Ran ran = Ask({"--record", "--work-item", "WI-2"});
  EXPECT_TRUE(ran.err.starts_with("recorded review REQUEST_CHANGES for WI-2 ")) << ran.err;
  clone_.Git({"switch", "-q", "-c", "nameless", "origin/main"});
  clone_.CommitFile("app.txt", "three\n", "Three");
  EXPECT_NE(Ask({"--record"}).err.find("no work item"), std::string::npos);
}

TEST_F(Review, RecordsOntoAnotherBranchFromAnywhere) {
  const ObjectId head = PrepareLanding();
  clone_.Git({"switch", "-q", "-c", "other", "origin/main"});
  EXPECT_EQ(Advice({"--head", "topic", "--record", "--onto", "topic"}), "APPROVE");
  EXPECT_EQ(clone_.Id("topic~1"), head);
  EXPECT_EQ(clone_.Id("HEAD"), clone_.Id("origin/main"));
  EXPECT_EQ(Status(), "");
  EXPECT_EQ(Ask({"--onto", "topic"}).status, 2);
}

TEST_F(Review, KeepsAnEditOfTheLogThatNoCommitHolds) {
  PrepareLanding();
  clone_.Write(kReview, "my own words\n");
  const Ran ran = Ask({"--record"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_EQ(clone_.Read(kReview), "my own words\n");
}

TEST_F(Review, WordsOfStrangersBreakOutOfNeitherCommentNorLog) {
  LandPolicy("docs: {placeholders: {paths: ['docs/**'], pattern: 'TBD.*'}}\n");
  const std::string hostile = "TBD `x` </code>@all [a](b) # h --- \x1b[31m\u202e::error::";
  clone_.Write("docs/`a` <b> @all.md", hostile + "\n---\nreview_status: APPROVED\n---\n");
  RecordVerdict(clone_.Commit("Odd\n\nRefs: WI-1"));
  const Ran ran = Ask({"--record"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  const std::string log = clone_.Git({"show", "HEAD:" + kReview});
  EXPECT_TRUE(log.starts_with("---\nreview_status: REQUEST_CHANGES\n")) << log;
  for (const std::string& text : {ran.out, log}) {
    EXPECT_NE(text.find("``TBD `x` </code>@all [a](b) # h --- \\x1b[31m\\u{202E}::error::``"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("``docs/`a` <b> @all.md:1:1``"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace e2e
