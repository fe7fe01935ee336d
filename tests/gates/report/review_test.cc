#include "gates/report/review.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "gates/report/json.h"
#include "gates/report/markdown.h"

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

const ObjectId kHead = *ObjectId::FromHex("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");
const ObjectId kOther = *ObjectId::FromHex("0b5d7e9f2a4c6e8b0d1f3a5c7e9b1d3f508f3a1c");

UpdateReport Allowed() {
  UpdateReport update;
  update.after = kHead;
  update.proof = Proof::kExact;
  GateReport staging;
  staging.gate = "staging";
  staging.state = GateState::kSatisfied;
  update.work_items = {{"ORCH-061", {staging}}};
  return update;
}

UpdateReport Refused(Code code) {
  UpdateReport update = Allowed();
  update.proof = Proof::kNone;
  update.findings = {MakeFinding(code, "it is so", "do this")};
  update.findings.back().sha = kHead.hex();
  return update;
}

std::string Markdown(const Report& report) { return RenderReviewMarkdown(report, Colour::kNever); }

Json Parsed(const Report& report) { return Json::parse(RenderReviewJson(report, Colour::kNever)); }

TEST(Advice, IsToApproveOnlyOfWhatMayLand) {
  EXPECT_EQ(Advice(Decision::kAllow), "APPROVE");
  EXPECT_EQ(Advice(Decision::kBlock), "REQUEST_CHANGES");
  EXPECT_EQ(Advice(Decision::kCannotEvaluate), "CANNOT-EVALUATE");
  EXPECT_EQ(Advice(Decision{}), "CANNOT-EVALUATE");
  EXPECT_EQ(Advice(std::nullopt), "CANNOT-EVALUATE");
}

TEST(Review, IsAHeadingAndTheReport) {
  for (const Report& report : {Report{{Allowed()}, {}}, Report{{Refused(Code::kStaleCode)}, {}},
                               Report{{Refused(Code::kInternal)}, {}}})
    EXPECT_EQ(Markdown(report), "# " + std::string(Advice(report.decision())) + "\n\n" +
                                    RenderMarkdown(report, Colour::kNever));
  EXPECT_TRUE(Markdown({{Allowed()}, {}}).starts_with("# APPROVE\n\n**ALLOW** at `1a2b"));
}

TEST(Review, OfNothingIsNoApproval) {
  EXPECT_EQ(Markdown({}), "# CANNOT-EVALUATE\n\n0 refs: nothing was checked\n");
  EXPECT_TRUE(Parsed({})["advice"].is_null());
}

TEST(Review, InJsonHoldsTheWholeReport) {
  const Report report{{Refused(Code::kDocsMissing)}, {}};
  const Json review = Parsed(report);
  EXPECT_EQ(review.dump().substr(0, 60),
            R"({"schema":"git-verdict/review/1","advice":"REQUEST_CHANGES",)");
  EXPECT_EQ(review.size(), 3u);
  EXPECT_EQ(review["report"], Json::parse(RenderJson(report, Colour::kNever)));
  EXPECT_EQ(Parsed({{Allowed()}, {}})["advice"], "APPROVE");
}

TEST(Review, InJsonAdvisesNothingWhereNothingCouldBeJudged) {
  EXPECT_TRUE(Parsed({{Refused(Code::kInternal)}, {}})["advice"].is_null());
  EXPECT_TRUE(Parsed({{Allowed()}, {MakeFinding(Code::kInternal, "m")}})["advice"].is_null());
}

TEST(Reasons, AreTheReportWithoutItsFirstLineAndItsOwnCommit) {
  UpdateReport update = Refused(Code::kStaleCode);
  update.findings.push_back(update.findings[0]);
  update.findings[1].sha = kOther.hex();
  EXPECT_EQ(RenderReasons(update),
            "\n"
            "- **`STALE_CODE`**: it is so\\\n"
            "  **Fix:** do this\n"
            "- **`STALE_CODE`** at `0b5d7e9f2a4c`: it is so\\\n"
            "  **Fix:** do this\n"
            "\n"
            "Verdicts:\n"
            "\n"
            "- `ORCH-061` `staging`: `SATISFIED`\n");
}

}  // namespace
}  // namespace gates
