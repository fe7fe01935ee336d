#include "gates/staging/template.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

const SecretValues kSecrets{{"TOKEN", "s3cret"}, {"OTHER", "hidden"}};

std::string Filled(std::string_view text) {
  const auto parsed = Template::Parse(text);
  return parsed ? parsed->Fill("http://h", kSecrets) : "refused: " + parsed.error();
}

TEST(Template, FillsInTheBaseUrlAndSecrets) {
  EXPECT_EQ(Filled("${base_url}/x"), "http://h/x");
  EXPECT_EQ(Filled("Bearer ${secret:TOKEN}"), "Bearer s3cret");
  EXPECT_EQ(Filled("${secret:OTHER}${secret:TOKEN}${base_url}"), "hiddens3crethttp://h");
}

TEST(Template, LeavesOtherTextAsItIs) {
  for (const char* text : {"", "plain", "$", "$HOME $(pwd) {}", "a } b", "$$", "100$"})
    EXPECT_EQ(Filled(text), text);
}

TEST(Template, SpellsAPlaceWithTwoDollars) {
  EXPECT_EQ(Filled("$${HOME}"), "${HOME}");
  EXPECT_EQ(Filled("$${secret:TOKEN} ${secret:TOKEN}"), "${secret:TOKEN} s3cret");
}

// What a secret holds is no template.
TEST(Template, FillsInOnce) {
  const auto parsed = Template::Parse("${secret:A}");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->Fill("http://h", {{"A", "${base_url}"}}), "${base_url}");
}

TEST(Template, RefusesPlacesThatNothingIsKnownOf) {
  const std::string unknown =
      "refused: there is ${base_url} and ${secret:NAME}, and `$${` for `${` itself";
  for (const char* text : {"${HOME}", "${}", "${base_url }", "${Secret:TOKEN}", "${env:A}"})
    EXPECT_EQ(Filled(text), unknown);
  EXPECT_EQ(Filled("${base_url"), "refused: a `${` is not closed");
}

TEST(Template, TellsWhichSecretsItAsksFor) {
  const auto parsed =
      Template::Parse("${secret:B} ${base_url} ${secret:A}${secret:B} $${secret:C}");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->Secrets(), (std::vector<std::string>{"B", "A", "B"}));
}

}  // namespace
}  // namespace gates
