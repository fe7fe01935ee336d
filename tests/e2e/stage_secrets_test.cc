// A secret of a suite goes to the service, and shows in nothing that we write.

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/e2e/stage_story.h"

namespace e2e {
namespace {

const std::string kSecret = "p@ss/w+rd \"7\"\\ and more";

std::string WithSecrets(const std::string& secrets, const std::vector<std::string>& checks) {
  const std::string suite = SuiteOf(checks);
  return "version: 1\nsecrets: " + secrets + suite.substr(suite.find('\n'));
}

class StageSecretsTest : public StageStory {
 protected:
  StageSecretsTest() {
    StartOddService();
    test::WriteFile(sandbox_.Path("secret/token"), kSecret + "\n");
    secrets_ = "{T: {file: " + sandbox_.Path("secret/token") + "}}";
  }

  /// The files under the sandbox, that of the secret apart, in which a text stands.
  std::vector<std::string> FilesWith(const std::string& text) const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sandbox_.Path()))
      if (entry.is_regular_file() && entry.path() != sandbox_.Path("secret/token") &&
          test::ReadFile(entry.path()).find(text) != std::string::npos)
        files.push_back(entry.path());
    return files;
  }

  std::string secrets_;
};

// Each check fails, so that it quotes what came back.
const std::vector<std::string> kTellTales = {
    "{id: A1, name: n, http: {method: POST, path: /echo, headers: {X-Secret: '${secret:T}', "
    "Authorization: 'Bearer ${secret:T}'}, body: 'x ${secret:T}', status: 200, response_body: "
    "{equals: x}, json: {/X-Secret: x, /spelled: [], /body: {contains: y}, /none: 1}}}",
    "{id: A2, name: n, http: {path: /echo, headers: {X-Secret: '${secret:T}'}, status: 500}}",
    "{id: A3, name: n, run: [sh, -c, 'echo \"$1\"; echo \"$1\" >&2; exit 3', x, '${secret:T}']}",
    "{id: A4, name: n, run: [printf, '%s', '${secret:T}'], stdout: {equals: x, matches: '^y', "
    "lines_equal_set: [z]}}",
    "{id: A5, name: n, run: [sh, -c, 'printf %s \"$1\" | base64 -w0; exit 1', x, '${secret:T}']}",
    "{id: A6, name: n, run: ['/no/such/${base_url}'], timeout: 1s}",
    "{id: A7, name: n, run: [sh, -c, 'printf %0300d%s 0 \"$1\"; exit 1', x, 'a${secret:T}']}"};

TEST_F(StageSecretsTest, ShowInNothingThatIsWritten) {
  std::vector<std::string> checks = kTellTales;
  std::erase_if(checks, [](const std::string& check) { return check.find("A6") != check.npos; });
  const Ran ran =
      Stage(WithSecrets(secrets_, checks), {"--output", "json=" + sandbox_.Path("out.json"),
                                            "--output", "text=" + sandbox_.Path("out.txt")});
  EXPECT_EQ(ran.status, 1);
  test::WriteFile(sandbox_.Path("stdout"), ran.out);
  test::WriteFile(sandbox_.Path("stderr"), ran.err);
  // Parts that stay themselves in every spelling but base64, and two of that.
  for (const char* part : {"p@ss", "p%40ss", "w+rd", "w%2Brd", "and more", "and+more", "and%20more",
                           "cEBzcy93K3Jk", "BAc3Mvdyty"})
    EXPECT_EQ(FilesWith(part), std::vector<std::string>()) << part;
  EXPECT_NE(ran.err.find("***"), std::string::npos);
  EXPECT_NE(InResults("A1").find("/X-Secret is \"***\""), std::string::npos) << InResults("A1");
  EXPECT_NE(InResults("A3").find("stderr is \"***\n\""), std::string::npos) << InResults("A3");
}

TEST_F(StageSecretsTest, ReachTheServiceAsTheyAre) {
  std::string json = nlohmann::json(kSecret).dump();
  std::string doubled;
  for (const char c : kSecret) doubled += c == '\'' ? "''" : std::string(1, c);
  Stage(WithSecrets(secrets_,
                    {"{id: A1, name: n, http: {path: /echo, headers: {X-Secret: '${secret:T}'}, "
                     "status: 200, json: {/X-Secret: '" +
                     doubled + "'}}}"}));
  EXPECT_EQ(InResults("A1"), "passed");
}

TEST_F(StageSecretsTest, ThatCannotBeReadFailTheChecksThatUseThem) {
  const Ran ran = Stage(
      WithSecrets("{T: {env: VERDICT_NO_SUCH}, S: {env: SHORT}}",
                  {"{id: A1, name: n, http: {path: /ok, headers: {A: '${secret:T}'}, status: 200}}",
                   "{id: A2, name: n, run: [echo, '${secret:S}']}",
                   "{id: A3, name: n, http: {path: /ok, status: 200}}"}),
      {}, {{"SHORT", "abc"}});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(InResults("A1"),
            "the secret T cannot be used: the variable VERDICT_NO_SUCH is not set");
  EXPECT_EQ(InResults("A2"),
            "the secret S cannot be used: it is shorter than 4 bytes and could not be masked");
  EXPECT_EQ(InResults("A3"), "passed");
}

TEST_F(StageSecretsTest, DoNotBreakOutOfAHeader) {
  test::WriteFile(sandbox_.Path("secret/token"), "abcd\r\nX-B: c\n");
  Stage(WithSecrets(secrets_,
                    {"{id: A1, name: n, http: {path: /echo, headers: {A: '${secret:T}'}, status: "
                     "200}}"}));
  EXPECT_EQ(InResults("A1"), "a secret with a line break cannot stand in the header A");
}

}  // namespace
}  // namespace e2e
