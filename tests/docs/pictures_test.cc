// The pictures of the README show what the program says, and nothing that it never says.

#include <gtest/gtest.h>

#include <regex>

#include "gates/core/decision.h"
#include "gates/core/reasons.h"
#include "tests/e2e/story.h"

namespace docs {
namespace {

const std::string kFolder = SOURCE_DIR "/docs/pictures/";

TEST(Pages, ShowPicturesOfWhatTheQuickstartPrintsNow) {
  const test::Sandbox drawn;
  const test::Ran ran =
      test::RunProgram({"timeout", "100", kFolder + "draw", e2e::kProgram, drawn.Path()},
                       drawn.Path(), e2e::PlainEnvironment());
  ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  for (const std::string name : {"quickstart.svg", "life-of-a-push.svg"}) {
    EXPECT_EQ(test::ReadFile(kFolder + name), test::ReadFile(drawn.Path(name)))
        << "docs/pictures/draw PROGRAM draws it again";
    EXPECT_NE(test::ReadFile(SOURCE_DIR "/README.md").find("(docs/pictures/" + name + ")"),
              std::string::npos)
        << name << " is not in the README";
  }
}

bool IsProof(const std::string& word) {
  for (int proof = 1; proof <= static_cast<int>(gates::Proof::kUnprotected); ++proof)
    if (gates::Name(static_cast<gates::Proof>(proof)) == word) return true;
  return false;
}

TEST(Pictures, NameOnlyReasonsAndProofsThatThereAre) {
  static const std::regex kAnswer("(ALLOW|BLOCK|CANNOT-EVALUATE)</tspan> ([^<]*)</text>");
  static const std::regex kCode("[A-Z]+_[A-Z_]+");
  const std::string picture = test::ReadFile(kFolder + "life-of-a-push.svg");
  int answers = 0;
  for (std::sregex_iterator answer(picture.begin(), picture.end(), kAnswer), end; answer != end;
       ++answer, ++answers) {
    const std::string decision = (*answer)[1], words = (*answer)[2];
    if (decision == "ALLOW") {
      EXPECT_TRUE(IsProof(words.substr(0, words.find(':')))) << words;
      continue;
    }
    EXPECT_TRUE(std::regex_search(words, kCode)) << words;
    for (std::sregex_iterator code(words.begin(), words.end(), kCode); code != end; ++code)
      EXPECT_NE(gates::FindReason(code->str()), nullptr) << code->str();
  }
  EXPECT_GT(answers, 5);
}

}  // namespace
}  // namespace docs
