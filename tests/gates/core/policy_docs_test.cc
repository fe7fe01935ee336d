#include <gtest/gtest.h>

#include <string>

#include "gates/core/policy.h"

namespace gates {
namespace {

/// "line:column message: what was found", or "" for a policy that can be read.
std::string Refusal(const std::string& text) {
  const auto policy = ReadPolicy(text);
  if (policy) return "";
  const Finding& finding = policy.error();
  EXPECT_EQ(finding.code, Code::kPolicyInvalid);
  return std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
         finding.message + (finding.found.empty() ? "" : ": " + finding.found);
}

std::string RefusalOf(const std::string& docs) { return Refusal("docs: " + docs + "\n"); }

TEST(PolicyDocs, IsNotThereUnlessThePolicyHasIt) {
  EXPECT_FALSE(BuiltInPolicy().docs);
  EXPECT_FALSE(ReadPolicy("version: 1\n")->docs);
}

TEST(PolicyDocs, IsReadKeyByKey) {
  const auto policy = ReadPolicy(
      "docs:\n"
      "  rules:\n"
      "    - when: ['src/**', Makefile]\n"
      "      update: [CHANGELOG.md]\n"
      "      why: users read it\n"
      "    - {when: ['**/*.proto'], update: ['docs/api/**']}\n"
      "  require: ['docs/work-items/{id}/00-plan.md', 'plans/{id}.md']\n"
      "  placeholders: {paths: ['docs/**']}\n");
  ASSERT_TRUE(policy) << policy.error().message;
  const DocsRule& docs = *policy->docs;
  ASSERT_EQ(docs.rules.size(), 2u);
  EXPECT_EQ(docs.rules[0].when, (std::vector<std::string>{"src/**", "Makefile"}));
  EXPECT_EQ(docs.rules[0].update, std::vector<std::string>{"CHANGELOG.md"});
  EXPECT_EQ(docs.rules[0].why, "users read it");
  EXPECT_EQ(docs.rules[1].why, "");
  EXPECT_EQ(docs.require[1], "plans/{id}.md");
  EXPECT_EQ(docs.placeholders->paths, std::vector<std::string>{"docs/**"});
  EXPECT_EQ(docs.placeholders->pattern, R"(\{\{[A-Z0-9_]+\}\})");
}

TEST(PolicyDocs, IsWrittenSoThatItIsReadBackTheSame) {
  for (const std::string docs :
       {R"({rules: [{when: ['it''s/**', b], update: [c], why: 'so ''that'''}], require: ['{id}']})",
        "{rules: [{when: [a], update: [b, c]}, {when: [d], update: [e]}]}",
        "{require: ['p/{id}/{id}.md'], placeholders: {paths: ['a/*', b], pattern: 'TODO: .+'}}"}) {
    const auto policy = ReadPolicy("docs: " + docs + "\n");
    ASSERT_TRUE(policy) << policy.error().message << ": " << policy.error().found;
    const std::string written = WritePolicy(*policy);
    EXPECT_NE(written.find("\ndocs:\n"), std::string::npos);
    const auto again = ReadPolicy(written);
    ASSERT_TRUE(again) << again.error().message << written;
    EXPECT_EQ(WritePolicy(*again), written);
    ASSERT_EQ(again->docs->rules.size(), policy->docs->rules.size());
    for (size_t i = 0; i < policy->docs->rules.size(); ++i) {
      EXPECT_EQ(again->docs->rules[i].when, policy->docs->rules[i].when);
      EXPECT_EQ(again->docs->rules[i].update, policy->docs->rules[i].update);
      EXPECT_EQ(again->docs->rules[i].why, policy->docs->rules[i].why);
    }
    EXPECT_EQ(again->docs->require, policy->docs->require);
    EXPECT_EQ(again->docs->placeholders.has_value(), policy->docs->placeholders.has_value());
    if (!policy->docs->placeholders) continue;
    EXPECT_EQ(again->docs->placeholders->paths, policy->docs->placeholders->paths);
    EXPECT_EQ(again->docs->placeholders->pattern, policy->docs->placeholders->pattern);
  }
}

TEST(PolicyDocs, AnUnknownKeyIsRefusedAtEveryLevelWhereItStands) {
  EXPECT_EQ(RefusalOf("{rule: []}"), "1:8 unknown key in docs: rule");
  EXPECT_EQ(RefusalOf("{rules: [{if: [a], update: [b]}]}"), "1:17 unknown key in a rule: if");
  EXPECT_EQ(RefusalOf("{placeholders: {path: [a]}}"), "1:23 unknown key in placeholders: path");
}

TEST(PolicyDocs, AWrongTypeIsRefused) {
  for (const char* docs :
       {"", "text", "[]", "{rules: a}", "{rules: {when: [a], update: [b]}}", "{rules: [a]}",
        "{rules: [{when: a, update: [b]}]}", "{rules: [{when: [a], update: b}]}",
        "{rules: [{when: [[a]], update: [b]}]}", "{rules: [{when: [a], update: [b], why: [c]}]}",
        "{rules: [{when: [a], update: [b], why: ''}]}", "{require: 'a/{id}'}", "{require: [{id}]}",
        "{placeholders: [a]}", "{placeholders: {paths: a}}",
        "{placeholders: {paths: [a], pattern: [b]}}"})
    EXPECT_NE(RefusalOf(docs), "") << docs;
}

TEST(PolicyDocs, ASectionThatAsksForNothingIsRefused) {
  for (const char* docs :
       {"{}", "{rules: []}", "{require: []}", "{rules: [], require: []}",
        "{rules: [{when: [], update: [a]}]}", "{rules: [{when: [a], update: []}]}",
        "{rules: [{when: [a]}]}", "{rules: [{update: [a]}]}", "{rules: [{why: a}]}",
        "{placeholders: {}}", "{placeholders: {paths: []}}", "{placeholders: {pattern: a}}"})
    EXPECT_NE(RefusalOf(docs), "") << docs;
}

TEST(PolicyDocs, AGlobThatNoPathCanMatchOrThatMeansASetElsewhereIsRefused) {
  for (const char* glob : {"/src", "src/", "a//b", "./a", "../a", "a/./b", ".git/x", "src/*.{c,h}",
                           "src/[ab]", "!src/**", "a\\*", ".", "**/"}) {
    const std::string quoted = "'" + std::string(glob) + "'";
    EXPECT_NE(RefusalOf("{rules: [{when: [" + quoted + "], update: [a]}]}"), "") << glob;
    EXPECT_NE(RefusalOf("{rules: [{when: [a], update: [" + quoted + "]}]}"), "") << glob;
    EXPECT_NE(RefusalOf("{placeholders: {paths: [" + quoted + "]}}"), "") << glob;
  }
  EXPECT_EQ(RefusalOf("{rules: [{when: ['**/x?.md', 'a b', '**'], update: ['.github/**']}]}"), "");
  EXPECT_EQ(RefusalOf("{rules: [{when: [a, 'b/'], update: [c]}]}").substr(0, 4), "1:27");
}

TEST(PolicyDocs, ARequiredPathNamesItsItemAndIsNoGlob) {
  for (const char* path : {"plan.md", "docs/{ID}/plan.md", "docs/{id}/*.md", "docs/{id}/{name}.md",
                           "/docs/{id}", "docs/{id}/", "docs/../{id}", "{id", "a?{id}"})
    EXPECT_NE(RefusalOf("{require: ['" + std::string(path) + "']}"), "") << path;
  EXPECT_EQ(RefusalOf("{require: ['a/{id}/b', '{id}.md', 'x-{id}/{id}']}"), "");
}

TEST(PolicyDocs, AVerdictLogIsRequiredByItsGate) {
  for (const char* file : {"15-staging-log.md", "12-review.md", "12-review.md.sig"})
    EXPECT_NE(RefusalOf("{require: ['docs/work-items/{id}/" + std::string(file) + "']}"), "")
        << file;
  EXPECT_NE(Refusal("docs: {require: ['w/{id}/x.md']}\nwork_items: {root: w}\n"
                    "gates: {own: {file: x.md, key: own_status}}\n"),
            "");
  EXPECT_EQ(RefusalOf("{require: ['docs/work-items/{id}/more/15-staging-log.md']}"), "");
}

TEST(PolicyDocs, APatternIsASmallExpressionThatMatchesSomething) {
  const auto refusal = [](const std::string& pattern) {
    return RefusalOf("{placeholders: {paths: [a], pattern: '" + pattern + "'}}");
  };
  for (const std::string& pattern :
       {std::string("("), std::string("[A-"), std::string("(?=a)"), std::string(R"((a)\1)"),
        std::string(""), std::string("x*"), std::string("^"), std::string(R"(\b)"),
        std::string("$"), std::string("(?:)"), std::string("(x{1,500}){1,500}"),
        std::string(501, 'a'), std::string("[a-z]{1,999}[0-9]{1,999}")})
    EXPECT_NE(refusal(pattern), "") << pattern;
  for (const char* pattern : {"TODO", R"(\{\{[A-Z0-9_]+\}\})", "(?i)tbd|fixme", "<[a-z ]{1,40}>"})
    EXPECT_EQ(refusal(pattern), "") << pattern;
}

TEST(PolicyDocs, IsNoNameForAGate) { EXPECT_NE(Refusal("gates: {docs: {file: a, key: b}}\n"), ""); }

}  // namespace
}  // namespace gates
