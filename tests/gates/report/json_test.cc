#include "gates/report/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

namespace gates {
namespace {

using namespace std::string_literals;
using Json = nlohmann::ordered_json;

ObjectId Id(char digit) { return *ObjectId::FromHex(std::string(40, digit)); }

Json Read(const Report& report) { return Json::parse(RenderJson(report, Colour::kNever)); }

Json ReadUpdate(const UpdateReport& update) {
  return Read(Report{.updates = {update}, .findings = {}})["updates"][0];
}

Json ReadFinding(const Finding& finding) {
  return Read(Report{.updates = {}, .findings = {finding}})["findings"][0];
}

GateReport StagingGate() {
  GateReport gate;
  gate.gate = "staging";
  gate.state = GateState::kUnsatisfied;
  gate.path = "docs/work-items/ORCH-061/15-staging-log.md";
  gate.blob = Id('4');
  gate.token = "FAILED";
  gate.validated_sha = Id('5');
  gate.validated_by = ValidatedBy::kNamed;
  return gate;
}

Finding StagingFailed() {
  Finding finding = MakeFinding(Code::kVerdictFailed, "staging failed", "stage again");
  finding.gate = "staging";
  finding.work_item = "ORCH-061";
  finding.path = "docs/work-items/ORCH-061/15-staging-log.md";
  finding.line = 2;
  finding.column = 17;
  finding.sha = Id('2').hex();
  finding.expected = "SUCCESS";
  finding.found = "FAILED";
  return finding;
}

UpdateReport Refused() {
  UpdateReport update;
  update.ref = "refs/heads/main";
  update.before = Id('1');
  update.after = Id('2');
  update.base = Id('1');
  update.policy = {.source = Id('1').hex() + ":.verdict.yml", .blob = Id('3')};
  update.work_items = {{.id = "ORCH-061", .gates = {StagingGate()}}};
  update.findings = {StagingFailed()};
  return update;
}

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

// The whole schema with every field filled: changing a byte here breaks somebody's parser.
constexpr std::string_view kGolden =
    R"({"schema":"git-verdict/report/1","decision":"BLOCK","updates":[)"
    R"({"ref":"refs/heads/main","old":"1111111111111111111111111111111111111111",)"
    R"("new":"2222222222222222222222222222222222222222",)"
    R"("base":"1111111111111111111111111111111111111111",)"
    R"("decision":"BLOCK","code":"VERDICT_FAILED","proof":null,)"
    R"("policy":{"source":"1111111111111111111111111111111111111111:.verdict.yml",)"
    R"("blob":"3333333333333333333333333333333333333333"},)"
    R"("work_items":[{"id":"ORCH-061","gates":[{"gate":"staging","state":"UNSATISFIED",)"
    R"("path":"docs/work-items/ORCH-061/15-staging-log.md",)"
    R"("blob":"4444444444444444444444444444444444444444","token":"FAILED",)"
    R"("validated_sha":"5555555555555555555555555555555555555555","validated_by":"named",)"
    R"("proof":null}]}],)"
    R"("findings":[{"code":"VERDICT_FAILED","gate":"staging","work_item":"ORCH-061",)"
    R"("path":"docs/work-items/ORCH-061/15-staging-log.md","line":2,"column":17,)"
    R"("sha":"2222222222222222222222222222222222222222","expected":"SUCCESS","found":"FAILED",)"
    R"("message":"staging failed","remedy":"stage again"}]}],"findings":[]})"
    "\n";

TEST(JsonReport, IsTheSchemaByteForByte) {
  EXPECT_EQ(RenderJson(Report{.updates = {Refused()}, .findings = {}}, Colour::kNever), kGolden);
}

TEST(JsonReport, IsNeverColoured) {
  EXPECT_EQ(RenderJson(Report{.updates = {Refused()}, .findings = {}}, Colour::kAlways), kGolden);
}

TEST(JsonReport, OfNothingCheckedHasNoDecision) {
  EXPECT_EQ(RenderJson({}, Colour::kNever),
            "{\"schema\":\"git-verdict/report/1\",\"decision\":null,\"updates\":[],"
            "\"findings\":[]}\n");
}

TEST(JsonReport, AnUpdateHasItsKeysInOrderEvenWhereNothingIsKnown) {
  const Json update = ReadUpdate({});
  EXPECT_EQ(Keys(update), (std::vector<std::string>{"ref", "old", "new", "base", "decision", "code",
                                                    "proof", "policy", "work_items", "findings"}));
  for (const char* key : {"ref", "old", "new", "base", "proof"})
    EXPECT_TRUE(update[key].is_null()) << key;
  EXPECT_EQ(update["policy"].dump(), R"({"source":"built-in","blob":null})");
  EXPECT_EQ(update["work_items"].dump(), "[]");
  EXPECT_EQ(update["findings"].dump(), "[]");
}

TEST(JsonReport, AnUpdateWithoutProofAndFindingIsAFaultOfOurs) {
  EXPECT_EQ(ReadUpdate({})["decision"], "CANNOT-EVALUATE");
  EXPECT_EQ(ReadUpdate({})["code"], "INTERNAL");
}

TEST(JsonReport, TheZeroIdIsNoObject) {
  UpdateReport update = Refused();
  update.before = update.after = update.base = ObjectId{};
  for (const char* key : {"old", "new", "base"})
    EXPECT_TRUE(ReadUpdate(update)[key].is_null()) << key;
}

TEST(JsonReport, AnAllowedUpdateHasAProofAndNoCode) {
  UpdateReport update;
  update.proof = Proof::kEvidenceOnly;
  EXPECT_EQ(ReadUpdate(update)["decision"], "ALLOW");
  EXPECT_EQ(ReadUpdate(update)["proof"], "evidence-only");
  EXPECT_TRUE(ReadUpdate(update)["code"].is_null());
}

TEST(JsonReport, ARefusedUpdateNamesNoProof) {
  UpdateReport update = Refused();
  update.proof = Proof::kExact;
  EXPECT_TRUE(ReadUpdate(update)["proof"].is_null());
}

TEST(JsonReport, TheCodeOfAnUpdateIsThatOfItsWorstFinding) {
  UpdateReport update = Refused();
  update.findings.push_back(MakeFinding(Code::kObjectMissing, "m", "r"));
  EXPECT_EQ(ReadUpdate(update)["code"], "OBJECT_MISSING");
  EXPECT_EQ(ReadUpdate(update)["decision"], "CANNOT-EVALUATE");
}

TEST(JsonReport, AGateOfWhichNothingIsKnownIsAllNull) {
  UpdateReport update;
  update.work_items = {{.id = "A-1", .gates = {GateReport{}}}};
  EXPECT_EQ(ReadUpdate(update)["work_items"].dump(),
            R"([{"id":"A-1","gates":[{"gate":null,"state":"ERROR","path":null,"blob":null,)"
            R"("token":null,"validated_sha":null,"validated_by":null,"proof":null}]}])");
}

TEST(JsonReport, AGateTellsItsSignersWhereThePolicyAsksForThem) {
  const auto gate = [](GateReport report) {
    UpdateReport update;
    update.work_items = {{.id = "A-1", .gates = {std::move(report)}}};
    return ReadUpdate(update)["work_items"][0]["gates"][0];
  };
  GateReport asked;
  EXPECT_FALSE(gate(asked).contains("signed_by"));
  asked.signed_by.emplace();
  EXPECT_TRUE(gate(asked)["signed_by"].is_null());
  asked.signed_by = {"ci@example.org", "b\x1b"};
  EXPECT_EQ(gate(asked)["signed_by"], "ci@example.org,b\\x1b");
  EXPECT_EQ(Keys(gate(asked)).back(), "signed_by");
}

TEST(JsonReport, AFindingOfWhichNothingIsKnownIsAllNullButForItsWords) {
  EXPECT_EQ(ReadFinding(MakeFinding(Code::kInternal, "m", "r")).dump(),
            R"({"code":"INTERNAL","gate":null,"work_item":null,"path":null,"line":null,)"
            R"("column":null,"sha":null,"expected":null,"found":null,"message":"m","remedy":"r"})");
}

TEST(JsonReport, WhereAFindingHasNoWordsTheCatalogueHas) {
  const Json finding = ReadFinding(MakeFinding(Code::kHistoryShallow, ""));
  EXPECT_EQ(finding["message"], std::string(ReasonFor(Code::kHistoryShallow).meaning));
  EXPECT_EQ(finding["remedy"], std::string(ReasonFor(Code::kHistoryShallow).mend));
}

TEST(JsonReport, AFaultOutsideAnyUpdateStandsInTheOuterFindings) {
  const Json report = Read(Report{.updates = {}, .findings = {MakeFinding(Code::kInternal, "m")}});
  EXPECT_EQ(report["decision"], "CANNOT-EVALUATE");
  EXPECT_EQ(report["updates"].dump(), "[]");
  EXPECT_EQ(report["findings"].size(), 1u);
}

TEST(JsonReport, EveryFindingIsThere) {
  UpdateReport update = Refused();
  update.findings.assign(500, StagingFailed());
  EXPECT_EQ(ReadUpdate(update)["findings"].size(), 500u);
}

TEST(JsonReport, BytesOfStrangersAreEscapedBeforeTheyAreJson) {
  const std::string hostile = "\x1b\r\n\0\\\"::error::\u202e\u2028\xff"s;
  const std::string shown = R"(\x1b\x0d\x0a\x00\\"::error::\u{202E}\u{2028}\xff)";
  Finding finding = StagingFailed();
  finding.gate = finding.work_item = finding.path = finding.sha = hostile;
  finding.expected = finding.found = finding.message = finding.remedy = hostile;
  const Json json = ReadFinding(finding);
  for (const char* key :
       {"gate", "work_item", "path", "sha", "expected", "found", "message", "remedy"})
    EXPECT_EQ(json[key], shown) << key;
}

TEST(JsonReport, EveryTextOfAnUpdateIsEscaped) {
  UpdateReport update = Refused();
  update.ref = update.policy.source = update.work_items[0].id = "\xff";
  GateReport& gate = update.work_items[0].gates[0];
  gate.gate = gate.path = "\xff";
  gate.token = "\xff";
  const Json json = ReadUpdate(update);
  EXPECT_EQ(json["ref"], "\\xff");
  EXPECT_EQ(json["policy"]["source"], "\\xff");
  EXPECT_EQ(json["work_items"][0]["id"], "\\xff");
  for (const char* key : {"gate", "path", "token"})
    EXPECT_EQ(json["work_items"][0]["gates"][0][key], "\\xff") << key;
}

TEST(JsonReport, IsOneLineOfPlainAscii) {
  Finding finding = StagingFailed();
  finding.path = "caf\u00e9/\U0001F600\n";
  const std::string text = RenderJson(Report{.updates = {}, .findings = {finding}}, Colour::kNever);
  EXPECT_NE(text.find(R"(caf\u00e9/\ud83d\ude00\\x0a)"), std::string::npos) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_TRUE(text.ends_with("}\n"));
  EXPECT_TRUE(
      std::all_of(text.begin(), text.end() - 1, [](char c) { return c >= ' ' && c <= '~'; }));
}

TEST(JsonReport, HugeStringsAreWhole) {
  Finding finding = StagingFailed();
  finding.found = std::string(1 << 20, 'x');
  EXPECT_EQ(ReadFinding(finding)["found"].get<std::string>().size(), 1u << 20);
}

TEST(Formats, AreFoundByName) {
  for (const Format& format : AllFormats()) EXPECT_EQ(FindFormat(format.name), &format);
  for (const char* name : {"", "TEXT", "xml", "jso"}) EXPECT_EQ(FindFormat(name), nullptr) << name;
}

TEST(Formats, AreTheseAndNoneCallsNothingPassed) {
  std::string names;
  for (const Format& format : AllFormats()) {
    names += std::string(format.name) + " ";
    const std::string_view says =
        format.name == "json" ? "\"decision\":null" : "nothing was checked";
    EXPECT_NE(format.render({}, Colour::kNever).find(says), std::string::npos) << format.name;
  }
  EXPECT_EQ(names, "text json markdown github gitlab sarif junit ");
}

}  // namespace
}  // namespace gates
