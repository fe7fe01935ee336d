#include "frontmatter/status.h"

#include <gtest/gtest.h>

#include <string>

namespace frontmatter {
namespace {

const StatusRule kStaging{"staging_status", "SUCCESS", "FAILED"};

tl::expected<Status, ParseError> Read(const std::string& block, const StatusRule& rule = kStaging) {
  const auto document = ReadFrontmatter("---\n" + block + "---\n");
  if (!document) return tl::unexpected(document.error());
  return ReadStatus(*document, rule);
}

ParseError ErrorIn(const std::string& block, const StatusRule& rule = kStaging) {
  const auto status = Read(block, rule);
  return status ? ParseError{Fault::kEncoding, {}, "no error", {}, {}} : status.error();
}

TEST(Status, IsTheTokenAndItsPlace) {
  const auto status = Read("work_item: WI-1\nstaging_status:  SUCCESS\n");
  ASSERT_TRUE(status);
  EXPECT_EQ(status->token, "SUCCESS");
  EXPECT_EQ(status->place, (Place{3, 18}));
}

TEST(Status, OfAFailureIsNoError) { EXPECT_EQ(Read("staging_status: FAILED\n")->token, "FAILED"); }

TEST(Status, MayCarryBlanksAndAComment) {
  for (const char* line : {"staging_status: SUCCESS ", "staging_status:     SUCCESS    ",
                           "staging_status: SUCCESS # FAILED", "staging_status: SUCCESS   #",
                           "staging_status: SUCCESS\r", "staging_status: SUCCESS # c\r"}) {
    EXPECT_TRUE(Read(std::string(line) + "\n")) << line;
  }
}

TEST(Status, IsReadByTheKeyAndTokensOfItsRule) {
  const StatusRule review{"review_status", "APPROVED", "REQUEST_CHANGES"};
  EXPECT_EQ(Read("review_status: APPROVED\n", review)->token, "APPROVED");
  EXPECT_EQ(Read("review_status: REQUEST_CHANGES\n", review)->token, "REQUEST_CHANGES");
  EXPECT_EQ(ErrorIn("review_status: SUCCESS\n", review).expected, "APPROVED or REQUEST_CHANGES");
}

TEST(Status, TakesKeyAndTokensOfItsRuleLiterally) {
  const StatusRule rule{"a.b+(c)", "O.K", "no|NO"};
  EXPECT_TRUE(Read("a.b+(c): O.K\n", rule));
  EXPECT_TRUE(Read("a.b+(c): no|NO\n", rule));
  EXPECT_EQ(ErrorIn("a.b+(c): OXK\n", rule).fault, Fault::kToken);
  EXPECT_EQ(ErrorIn("a.b+(c): NO\n", rule).fault, Fault::kToken);
}

TEST(Status, IsMissingWithoutItsKey) {
  const ParseError error = ErrorIn("a: 1\n");
  EXPECT_EQ(error.fault, Fault::kKeyMissing);
  EXPECT_EQ(error.place, Place{});
  EXPECT_EQ(error.expected, "staging_status");
}

TEST(Status, IsMissingWhenItsKeyStandsOnlyElsewhere) {
  for (const char* block : {"a:\n  staging_status: SUCCESS\n", "a: {staging_status: SUCCESS}\n",
                            "#staging_status: SUCCESS\na: 1\n", "a: |\n  staging_status: SUCCESS\n",
                            "xstaging_status: SUCCESS\n", "staging_status_: SUCCESS\nstaging: 1\n",
                            "staging_status2: SUCCESS\n", "a: 'staging_status: SUCCESS'\n",
                            "a:\n- staging_status: SUCCESS\n"}) {
    EXPECT_EQ(ErrorIn(block).fault, Fault::kKeyMissing) << block;
  }
}

TEST(Status, IsMissingWhenOnlyALookAlikeIsThere) {
  const ParseError error = ErrorIn("a: 1\nStaging-Status: SUCCESS\n");
  EXPECT_EQ(error.fault, Fault::kKeyMissing);
  EXPECT_EQ(error.place, (Place{3, 1}));
  EXPECT_EQ(error.found, "Staging-Status");
}

TEST(Status, IsDoubleBesideALookAlike) {
  for (const char* key : {"staging-status", "Staging_status", "STAGING_STATUS", "staging.status",
                          "stagingstatus", "staging status", "_staging_status", "staging__status",
                          "staging_status_", "staging_status.", "stagingStatus"}) {
    const ParseError before = ErrorIn(std::string(key) + ": x\nstaging_status: SUCCESS\n");
    EXPECT_EQ(before.fault, Fault::kKeyDuplicate) << key;
    EXPECT_EQ(before.place, (Place{2, 1})) << key;
    EXPECT_EQ(ErrorIn("staging_status: SUCCESS\n" + std::string(key) + ": SUCCESS\n").fault,
              Fault::kKeyDuplicate)
        << key;
  }
}

TEST(Status, IsDoubleWhenItsKeyStandsTwice) {
  EXPECT_EQ(ErrorIn("staging_status: SUCCESS\nstaging_status: SUCCESS\n").fault,
            Fault::kKeyDuplicate);
}

TEST(Status, IsNotDoubleForKeysThatDoNotLookAlike) {
  EXPECT_TRUE(
      Read("staging: 1\nstatus: 2\nstaging_status: SUCCESS\nstaging_status_note: x\ndeploy_status: "
           "FAILED\n"));
}

TEST(Status, IsNotDoubleForLookAlikesBelowOtherKeys) {
  EXPECT_TRUE(Read("a:\n  Staging-Status: FAILED\nstaging_status: SUCCESS\n"));
}

TEST(Status, ReportsWhatStandsInPlaceOfTheToken) {
  const ParseError error = ErrorIn("work_item: WI-1\nstaging_status:   done # at last\n");
  EXPECT_EQ(error.fault, Fault::kToken);
  EXPECT_EQ(error.place, (Place{3, 19}));
  EXPECT_EQ(error.expected, "SUCCESS or FAILED");
  EXPECT_EQ(error.found, "done # at last");
}

TEST(Status, ReportsAtMostEightyBytesOfAWrongValue) {
  EXPECT_EQ(ErrorIn("staging_status: " + std::string(300, 'x') + "\n").found, std::string(80, 'x'));
}

struct Slip {
  const char* block;
  const char* message;
};

TEST(Status, NamesTheLikelySlip) {
  for (const Slip& slip : {
           Slip{"staging_status: \"SUCCESS\"\n", "the token must stand bare, without quotes"},
           Slip{"staging_status: 'SUCCESS'\n", "the token must stand bare, without quotes"},
           Slip{"staging_status: success\n",
                "the token must be spelled exactly so, upper and lower case count"},
           Slip{"staging_status: Failed\n",
                "the token must be spelled exactly so, upper and lower case count"},
           Slip{"staging_status:\n  SUCCESS\n", "the token must stand on the line of its key"},
           Slip{"staging_status: # FAILED\n  SUCCESS\n",
                "the token must stand on the line of its key"},
           Slip{"staging_status: |\n  SUCCESS\n",
                "the token must stand bare on the line of its key"},
           Slip{"staging_status: >-\n  SUCCESS\n",
                "the token must stand bare on the line of its key"},
           Slip{"staging_status:\n", "the status has no value"},
           Slip{"staging_status: # none yet\n", "the status has no value"},
           Slip{"staging_status:\na: 1\n", "the status has no value"},
           Slip{"staging_status: ~\n", "the value is not a token"},
           Slip{"staging_status: [SUCCESS]\n", "the value is a list or a mapping, not a token"},
           Slip{"staging_status:\n- SUCCESS\n", "the value is a list or a mapping, not a token"},
           Slip{"staging_status:\n  a: SUCCESS\n", "the value is a list or a mapping, not a token"},
           Slip{"staging_status: SUCCESS\n  but not really\n",
                "the value goes on over the next line"},
           Slip{"staging_status: SUCCESS#c\n",
                "nothing but a comment may follow the token, with a blank before its `#`"},
           Slip{"staging_status: SUCCESS or FAILED\n",
                "nothing but a comment may follow the token, with a blank before its `#`"},
           Slip{"staging_status: PASS\n", "the value is not a token"},
       }) {
    const ParseError error = ErrorIn(slip.block);
    EXPECT_EQ(error.fault, Fault::kToken) << slip.block;
    EXPECT_EQ(error.message, slip.message) << slip.block;
  }
}

TEST(Status, BelievesNeitherViewAlone) {
  Document document = *ReadFrontmatter("---\nstaging_status: SUCCESS\n---\n");
  document.block = "staging_status: FAILED\n";
  EXPECT_EQ(ReadStatus(document, kStaging).error().fault, Fault::kToken);
  document.block = "# c\nstaging_status: SUCCESS\n";
  EXPECT_FALSE(ReadStatus(document, kStaging));
  document.block = "staging_status: SUCCESS#c\n";
  EXPECT_FALSE(ReadStatus(document, kStaging));
  document.block = "staging_status: SUCCESS\n";
  EXPECT_TRUE(ReadStatus(document, kStaging));
  document.fields.fields[0].value.place.column += 1;
  EXPECT_FALSE(ReadStatus(document, kStaging));
  document.fields.fields[0].value.place.column -= 1;
  document.fields.fields[0].value.style = Node::Style::kQuoted;
  EXPECT_FALSE(ReadStatus(document, kStaging));
}

TEST(Status, IsDoubleWhenASecondLineStartsWithTheKey) {
  Document document = *ReadFrontmatter("---\nstaging_status: SUCCESS\n---\n");
  document.block += "staging_status : FAILED\n";
  const ParseError error = ReadStatus(document, kStaging).error();
  EXPECT_EQ(error.fault, Fault::kKeyDuplicate);
  EXPECT_EQ(error.place, (Place{3, 1}));
}

TEST(LookAlike, DropsCaseAndSeparators) {
  EXPECT_TRUE(LookAlike("Staging-Status", "staging_status"));
  EXPECT_TRUE(LookAlike("validatedSha", "validated_sha"));
  EXPECT_TRUE(LookAlike(" a.b ", "AB"));
  EXPECT_FALSE(LookAlike("staging_status", "staging_state"));
  EXPECT_FALSE(LookAlike("staging_status1", "staging_status"));
}

}  // namespace
}  // namespace frontmatter
