#include "gates/report/markdown.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "tests/gates/report/sample.h"
#include "tests/support/hostile_text.h"
#include "tests/support/property.h"

namespace gates {
namespace {

using namespace std::string_literals;

GateReport Staging(GateState state) {
  GateReport gate;
  gate.gate = "staging";
  gate.state = state;
  gate.token = "FAILED";
  gate.validated_sha = ObjectId::FromHex("0b5d7e9f2a4c6e8b0d1f3a5c7e9b1d3f508f3a1c");
  return gate;
}

UpdateReport RefusedItem() {
  UpdateReport update = UpdateOf(Proof::kNone, {StagingFailed()});
  GateReport deploy;
  deploy.gate = "deploy";
  deploy.state = GateState::kNotApplicable;
  update.work_items = {{"ORCH-061", {Staging(GateState::kUnsatisfied), deploy}}};
  return update;
}

std::string Markdown(std::vector<UpdateReport> updates) {
  return RenderMarkdown(Report{.updates = std::move(updates), .findings = {}}, Colour::kNever);
}

// docs/formats/report-markdown.md shows the same.
TEST(Markdown, ARefusalSaysWhatWhereHowToMendItAndWhichLogsWereSeen) {
  EXPECT_EQ(Markdown({RefusedItem()}),
            "**BLOCK** `refs/heads/main` at `1a2b3c4d5e6f`: `VERDICT_FAILED`\n"
            "\n"
            "- **`VERDICT_FAILED`** in `docs/work-items/ORCH-061/15-staging-log.md:2:17` at "
            "`1a2b3c4d5e6f`: expected `SUCCESS`, found `FAILED`: staging recorded a failure for "
            "`ORCH-061`\\\n"
            "  **Fix:** mend what failed, stage again, record the new verdict\n"
            "\n"
            "Verdicts:\n"
            "\n"
            "- `ORCH-061` `staging`: `UNSATISFIED`, says `FAILED`, validated `0b5d7e9f2a4c`\n");
}

TEST(Markdown, TellsWhatAnAllowedChangeRestsOn) {
  UpdateReport update = UpdateOf(Proof::kExact);
  GateReport gate = Staging(GateState::kSatisfied);
  gate.token = "SUCCESS";
  gate.proof = Proof::kExact;
  gate.signed_by = Signers{"ci@example"};
  update.work_items = {{"ORCH-061", {gate}}};
  update.ref.reset();
  EXPECT_EQ(Markdown({update}),
            "**ALLOW** at `1a2b3c4d5e6f`: `exact`\n"
            "\n"
            "Verdicts:\n"
            "\n"
            "- `ORCH-061` `staging`: `SATISFIED`, says `SUCCESS`, validated `0b5d7e9f2a4c`, proof "
            "`exact`, signed by `ci@example`\n");
}

TEST(Markdown, NothingCheckedIsNeverCalledPassed) {
  EXPECT_EQ(Markdown({}), "0 refs: nothing was checked\n");
}

TEST(Markdown, AnUpdateWithoutProofAndFindingIsAFaultOfOurs) {
  EXPECT_EQ(Markdown({UpdateOf(Proof::kNone)}),
            "**CANNOT-EVALUATE** `refs/heads/main` at `1a2b3c4d5e6f`: `INTERNAL`\n");
}

TEST(Markdown, TheWorstUpdateStandsFirst) {
  EXPECT_EQ(Markdown({UpdateOf(Proof::kExact), UpdateOf(Proof::kNone), UpdateOf(Proof::kCut)}),
            "**CANNOT-EVALUATE** `refs/heads/main` at `1a2b3c4d5e6f`: `INTERNAL`\n"
            "\n"
            "**ALLOW** `refs/heads/main` at `1a2b3c4d5e6f`: `exact`\n"
            "\n"
            "**ALLOW** `refs/heads/main` at `1a2b3c4d5e6f`: `cut`\n");
}

TEST(Markdown, AFaultOutsideAnyUpdateStandsBeforeTheUpdates) {
  Finding fault = MakeFinding(Code::kPolicyInvalid, "m", "r");
  fault.weight = Weight::kBlock;
  EXPECT_EQ(
      RenderMarkdown({.updates = {UpdateOf(Proof::kExact)}, .findings = {fault}}, Colour::kAlways),
      "**BLOCK**\n"
      "\n"
      "- **`POLICY_INVALID`**: m\\\n"
      "  **Fix:** r\n"
      "\n"
      "**ALLOW** `refs/heads/main` at `1a2b3c4d5e6f`: `exact`\n");
}

TEST(Markdown, WhereAFindingHasNoWordsTheCatalogueHas) {
  UpdateReport update = UpdateOf(Proof::kNone);
  update.findings = {MakeFinding(Code::kHistoryShallow, "")};
  EXPECT_NE(Markdown({update}).find(": The clone is shallow: its history is cut off.\\\n  **Fix:** "
                                    "`git fetch --unshallow`. In"),
            std::string::npos)
      << Markdown({update});
}

TEST(Markdown, CountsTheFindingsAndVerdictsThatItDoesNotTell) {
  UpdateReport update = RefusedItem();
  update.findings.assign(23, StagingFailed());
  update.work_items.assign(22, update.work_items[0]);
  const std::string text = Markdown({update});
  EXPECT_NE(text.find("- ... and 3 more (JSON has them all)\n\nVerdicts:"), std::string::npos);
  EXPECT_TRUE(text.ends_with("- ... and 2 more (JSON has them all)\n")) << text;
}

TEST(Markdown, FitsIntoACommentWhateverStrangersWrote) {
  UpdateReport update = RefusedItem();
  for (std::string* value : {&*update.ref, &update.findings[0].path, &update.findings[0].sha,
                             &update.findings[0].expected, &update.findings[0].found,
                             &update.findings[0].message, &update.findings[0].remedy,
                             &update.work_items[0].id, &*update.work_items[0].gates[0].token})
    for (int i = 0; i < 1500; ++i) *value += i % 3 == 0 ? "` " : "@ ";
  update.findings.assign(20, update.findings[0]);
  update.work_items.assign(20, update.work_items[0]);
  const std::string text = Markdown(std::vector(20, update));
  EXPECT_LT(text.size(), 65'536u);
  EXPECT_NE(text.find("more updates, none of them worse (JSON has them all)\n"), std::string::npos);
}

/// `line` without its code spans, as CommonMark finds them: a run of backticks opens one that the
/// next run of the same length ends.
std::string WithoutCode(std::string line) {
  for (size_t at = 0; (at = line.find('`', at)) != std::string::npos;) {
    const size_t length = std::min(line.find_first_not_of('`', at), line.size()) - at;
    size_t end = at + length;
    while ((end = line.find('`', end)) != std::string::npos) {
      const size_t run = std::min(line.find_first_not_of('`', end), line.size()) - end;
      if (run == length) break;
      end += run;
    }
    if (end == std::string::npos) return line;  // the run opens nothing: let the caller see it
    line.replace(at, end + length - at, "C");
    ++at;
  }
  return line;
}

TEST(Markdown, NoWordOfAStrangerStandsOutsideOfACodeSpan) {
  const auto property = [] {
    Finding finding = StagingFailed();
    finding.path = test::AHostileText();
    finding.sha = test::AHostileText();
    finding.expected = test::AHostileText();
    finding.found = test::AHostileText();
    finding.message = "m " + test::AHostileText();
    finding.remedy = "r " + test::AHostileText();
    UpdateReport update = UpdateOf(Proof::kNone);
    update.ref = "r" + test::AHostileText();
    update.findings = {finding};
    std::istringstream lines(Markdown({update}));
    for (std::string line; std::getline(lines, line);) {
      if (line.ends_with('\\')) line.pop_back();
      const std::string bare = WithoutCode(line);
      RC_ASSERT(bare.find_first_of("`_[]<>|~&#$@!\\/+=\x1b") == std::string::npos);
      RC_ASSERT(bare.find("http") == std::string::npos);
    }
  };
  EXPECT_TRUE(test::Holds("no word of a stranger stands outside of a code span", property, 1000));
}

}  // namespace
}  // namespace gates
