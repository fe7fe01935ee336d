#include "gates/report/gitlab.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/gates/report/sample.h"

namespace gates {
namespace {

using Json = nlohmann::ordered_json;

std::string Gitlab(const Report& report) { return RenderGitlab(report, Colour::kNever); }

TEST(Gitlab, ARefusalIsABlockerAtItsPlace) {
  EXPECT_EQ(
      Gitlab(Refused()),
      R"([{"description":"VERDICT_FAILED: expected SUCCESS, found FAILED: staging recorded a )"
      R"(failure for ORCH-061; fix: mend what failed, stage again, record the new verdict",)"
      R"("check_name":"VERDICT_FAILED","severity":"blocker",)"
      R"("location":{"path":"docs/work-items/ORCH-061/15-staging-log.md",)"
      R"("lines":{"begin":2}},"fingerprint":"57aa9f01691420617512c79296b6cd40"}])"
      "\n");
}

TEST(Gitlab, ThePageShowsWhatIsWritten) {
  EXPECT_EQ(Json::parse(BlockOnPage("gitlab", "json")).dump() + "\n", Gitlab(Refused()));
}

TEST(Gitlab, IsEmptyOnlyWhereAllMayLand) {
  EXPECT_EQ(Gitlab(Allowed()), "[]\n");
  for (const Report& report : {Report{}, Refused(), Refused({}), Fault()})
    EXPECT_EQ(Json::parse(Gitlab(report)).size(), 1u);
  Report mixed = Refused();
  mixed.updates.push_back(UpdateOf(Proof::kExact));
  EXPECT_EQ(Json::parse(Gitlab(mixed)).size(), 1u);
}

TEST(Gitlab, NothingCheckedIsSaid) {
  const Json issue = Json::parse(Gitlab({}))[0];
  EXPECT_EQ(issue["description"], "0 refs: nothing was checked");
  EXPECT_EQ(issue["check_name"], "nothing-checked");
}

TEST(Gitlab, WhatHasNoPlaceInTheRepositoryStandsAtThePolicy) {
  Finding pinned = StagingFailed();
  pinned.path = "/etc/verdict.yml";
  for (const Report& report : {Fault(), Refused({pinned})})
    EXPECT_EQ(Json::parse(Gitlab(report))[0]["location"].dump(),
              R"({"path":".verdict.yml","lines":{"begin":1}})");
}

TEST(Gitlab, BytesOfStrangersAreEscapedBeforeTheyAreJson) {
  Finding finding = StagingFailed();
  finding.path = finding.message = "\x1b\r\n\"\xff";
  const Json issue = Json::parse(Gitlab(Refused({finding})))[0];
  EXPECT_EQ(issue["location"]["path"], R"(\x1b\x0d\x0a"\xff)");
  EXPECT_NE(issue["description"].get<std::string>().find(R"(\x1b\x0d\x0a"\xff)"),
            std::string::npos);
}

}  // namespace
}  // namespace gates
