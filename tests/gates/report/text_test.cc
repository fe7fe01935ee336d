#include "gates/report/text.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/gates/report/sample.h"

namespace gates {
namespace {

using namespace std::string_literals;

UpdateReport RefusedFor(Finding finding) { return UpdateOf(Proof::kNone, {std::move(finding)}); }

std::string Text(const UpdateReport& update) {
  return RenderText(Report{.updates = {update}, .findings = {}}, Colour::kNever);
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n') + 1); }

TEST(Text, ARefusalSaysWhatWhereAndHowToMendIt) {
  EXPECT_EQ(Text(RefusedFor(StagingFailed())), R"(BLOCK refs/heads/main 1a2b3c4d5e6f VERDICT_FAILED
  VERDICT_FAILED docs/work-items/ORCH-061/15-staging-log.md:2:17 @1a2b3c4d5e6f
    expected SUCCESS, found FAILED: staging recorded a failure for
      ORCH-061
    fix: mend what failed, stage again, record the new verdict
)");
}

TEST(Text, SuccessIsOneLineForEachUpdate) {
  const Report report{.updates = {UpdateOf(Proof::kExact), UpdateOf(Proof::kEvidenceOnly)},
                      .findings = {}};
  EXPECT_EQ(RenderText(report, Colour::kNever),
            "ALLOW refs/heads/main 1a2b3c4d5e6f exact\n"
            "ALLOW refs/heads/main 1a2b3c4d5e6f evidence-only\n");
}

TEST(Text, WhatWasNotGivenIsADash) {
  UpdateReport update = UpdateOf(Proof::kExact);
  update.ref.reset();
  update.after.reset();
  EXPECT_EQ(Text(update), "ALLOW - - exact\n");
  update.ref = "";
  update.after = ObjectId{};
  EXPECT_EQ(Text(update), "ALLOW - - exact\n");
}

TEST(Text, NothingCheckedIsNeverCalledPassed) {
  EXPECT_EQ(RenderText({}, Colour::kNever), "0 refs: nothing was checked\n");
  EXPECT_EQ(RenderText({}, Colour::kAlways), "0 refs: nothing was checked\n");
}

TEST(Text, AnUpdateWithoutProofAndFindingIsAFaultOfOurs) {
  EXPECT_EQ(Text(UpdateOf(Proof::kNone)),
            "CANNOT-EVALUATE refs/heads/main 1a2b3c4d5e6f INTERNAL\n");
}

TEST(Text, TheFirstLineNamesTheWorstFinding) {
  UpdateReport update = RefusedFor(StagingFailed());
  update.findings.push_back(MakeFinding(Code::kObjectMissing, "m", "r"));
  EXPECT_EQ(FirstLine(Text(update)),
            "CANNOT-EVALUATE refs/heads/main 1a2b3c4d5e6f OBJECT_MISSING\n");
}

TEST(Text, AFaultOutsideAnyUpdateHasDashesForTheRef) {
  const Finding fault =
      MakeFinding(Code::kInputMalformed, "line 3 is no ref update", "call it by git");
  EXPECT_EQ(RenderText(Report{.updates = {}, .findings = {fault}}, Colour::kNever),
            "CANNOT-EVALUATE - - INPUT_MALFORMED\n"
            "  INPUT_MALFORMED\n"
            "    line 3 is no ref update\n"
            "    fix: call it by git\n");
}

TEST(Text, AFaultThatOnlyBlocksSaysBlock) {
  Finding fault = MakeFinding(Code::kPolicyInvalid, "m", "r");
  fault.weight = Weight::kBlock;
  const Report report{.updates = {}, .findings = {fault}};
  EXPECT_EQ(FirstLine(RenderText(report, Colour::kNever)), "BLOCK - - POLICY_INVALID\n");
}

TEST(Text, PrintsAsMuchOfThePlaceAsIsKnown) {
  Finding finding = MakeFinding(Code::kStaleCode, "m", "r");
  const auto place = [&finding] {
    const std::string text = Text(RefusedFor(finding));
    const size_t second = text.find('\n') + 1;
    return text.substr(second, text.find('\n', second) - second);
  };
  EXPECT_EQ(place(), "  STALE_CODE");
  finding.sha = kTip.hex();
  EXPECT_EQ(place(), "  STALE_CODE @1a2b3c4d5e6f");
  finding.path = "a.cc";
  EXPECT_EQ(place(), "  STALE_CODE a.cc @1a2b3c4d5e6f");
  finding.column = 7;
  EXPECT_EQ(place(), "  STALE_CODE a.cc @1a2b3c4d5e6f");
  finding.line = 3;
  EXPECT_EQ(place(), "  STALE_CODE a.cc:3:7 @1a2b3c4d5e6f");
  finding.column = 0;
  finding.sha = "";
  EXPECT_EQ(place(), "  STALE_CODE a.cc:3");
}

TEST(Text, PrintsAsMuchOfTheFactAsIsKnown) {
  Finding finding = MakeFinding(Code::kVerdictToken, "m", "r");
  const auto fact = [&finding] {
    const std::string text = Text(RefusedFor(finding));
    const size_t third = text.find('\n', text.find('\n') + 1) + 1;
    return text.substr(third, text.find('\n', third) - third);
  };
  EXPECT_EQ(fact(), "    m");
  finding.found = "success";
  EXPECT_EQ(fact(), "    found success: m");
  finding.expected = "SUCCESS";
  EXPECT_EQ(fact(), "    expected SUCCESS, found success: m");
  finding.found = "";
  EXPECT_EQ(fact(), "    expected SUCCESS: m");
}

TEST(Text, WhereAFindingHasNoWordsTheCatalogueHas) {
  const std::string text = Text(RefusedFor(MakeFinding(Code::kHistoryShallow, "")));
  EXPECT_NE(text.find("    The clone is shallow: its history is cut off.\n"), std::string::npos);
  EXPECT_NE(text.find("    fix: `git fetch --unshallow`. In CI fetch"), std::string::npos) << text;
}

TEST(Text, ProseIsWrappedAndCommandsAreNot) {
  Finding finding =
      MakeFinding(Code::kStaleCode, "one two three four five six seven eight nine ten eleven",
                  "run `git diff --stat 1a2b3c4d5e6f708192a3 2b3c4d5e6f708192a3b4 -- a` now");
  EXPECT_EQ(Text(RefusedFor(finding)), R"(BLOCK refs/heads/main 1a2b3c4d5e6f STALE_CODE
  STALE_CODE
    one two three four five six seven eight nine ten eleven
    fix: run
      `git diff --stat 1a2b3c4d5e6f708192a3 2b3c4d5e6f708192a3b4 -- a`
      now
)");
}

TEST(Text, PrintsTwentyFindingsAndCountsTheRest) {
  UpdateReport update = UpdateOf(Proof::kNone);
  update.findings.assign(20, StagingFailed());
  EXPECT_EQ(Text(update).find("more"), std::string::npos);
  update.findings.assign(23, StagingFailed());
  const std::string text = Text(update);
  EXPECT_TRUE(text.ends_with("\n  ... and 3 more (see --format json)\n")) << text;
  size_t printed = 0;
  for (size_t at = 0; (at = text.find("fix:", at)) != std::string::npos; ++at) ++printed;
  EXPECT_EQ(printed, 20u);
}

TEST(Text, CountsTheFaultsThatItDoesNotPrint) {
  Report report;
  report.findings.assign(21, MakeFinding(Code::kInternal, "m", "r"));
  EXPECT_TRUE(
      RenderText(report, Colour::kNever).ends_with("  ... and 1 more (see --format json)\n"));
}

Finding Hostile(const std::string& bytes) {
  Finding finding = StagingFailed();
  finding.path = finding.sha = finding.expected = finding.found = bytes;
  finding.message = finding.remedy = bytes;
  return finding;
}

TEST(Text, BytesOfStrangersAreShownAndNeverObeyed) {
  UpdateReport update = RefusedFor(Hostile("\x1b[2J\r\n::error::\u202e\u2028\xff\0"s));
  update.ref = "refs/heads/\x1b]0;t\a\u200b";
  EXPECT_EQ(Text(update), R"(BLOCK refs/heads/\x1b]0;t\x07\u{200B} 1a2b3c4d5e6f VERDICT_FAILED
  VERDICT_FAILED \x1b[2J\x0d\x0a::error::\u{202E}\u{2028}\xff\x00:2:17 @\x1b[2J\x0d\x0a::error::\u{202E}...
    expected \x1b[2J\x0d\x0a::error::\u{202E}\u{2028}\xff\x00, found
      \x1b[2J\x0d\x0a::error::\u{202E}\u{2028}\xff\x00:
      \x1b[2J\x0d\x0a::error::\u{202E}\u{2028}\xff\x00
    fix: \x1b[2J\x0d\x0a::error::\u{202E}\u{2028}\xff\x00
)");
}

TEST(Text, NoLineStartsACiCommandWhereverProseIsWrapped) {
  const std::string filler(70, 'x');
  const std::string text = Text(RefusedFor(Hostile(filler + " ::error::a ##[error]b")));
  EXPECT_EQ(text.find(" ::"), std::string::npos) << text;
  EXPECT_EQ(text.find("##"), std::string::npos) << text;
}

TEST(Text, HugeStringsAreCut) {
  UpdateReport update = RefusedFor(Hostile(std::string(1 << 20, '\x1b')));
  update.ref = std::string(1 << 20, 'r');
  EXPECT_LT(Text(update).size(), 5000u);
}

TEST(Text, ColourIsOnTheDecisionAndTheCodesOnly) {
  const Report report{.updates = {UpdateOf(Proof::kExact), RefusedFor(StagingFailed())},
                      .findings = {MakeFinding(Code::kInternal, "m", "r")}};
  EXPECT_EQ(RenderText(report, Colour::kAlways),
            "\x1b[1;32mALLOW\x1b[0m refs/heads/main 1a2b3c4d5e6f exact\n"
            "\x1b[1;31mBLOCK\x1b[0m refs/heads/main 1a2b3c4d5e6f \x1b[1mVERDICT_FAILED\x1b[0m\n"
            "  \x1b[1mVERDICT_FAILED\x1b[0m docs/work-items/ORCH-061/15-staging-log.md:2:17 "
            "@1a2b3c4d5e6f\n"
            "    expected SUCCESS, found FAILED: staging recorded a failure for\n"
            "      ORCH-061\n"
            "    fix: mend what failed, stage again, record the new verdict\n"
            "\x1b[1;33mCANNOT-EVALUATE\x1b[0m - - \x1b[1mINTERNAL\x1b[0m\n"
            "  \x1b[1mINTERNAL\x1b[0m\n"
            "    m\n"
            "    fix: r\n");
}

TEST(Text, WithoutColourThereIsNoEscapeByte) {
  const Report report{.updates = {UpdateOf(Proof::kExact), RefusedFor(StagingFailed())},
                      .findings = {MakeFinding(Code::kInternal, "m", "r")}};
  EXPECT_EQ(RenderText(report, Colour::kNever).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace gates
