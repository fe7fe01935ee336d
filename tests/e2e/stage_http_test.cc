// HTTP checks against a service that does what services must not do.

#include "tests/e2e/stage_story.h"

namespace e2e {
namespace {

class StageHttpTest : public StageStory {
 protected:
  StageHttpTest() { StartOddService(); }

  /// What becomes of one request; `keys` go beside the path.
  std::string Get(const std::string& path, const std::string& keys = "status: 200",
                  const std::string& more = "") {
    return BecomesOf("{id: A1, name: n, http: {path: " + path + ", " + keys + "}" + more + "}");
  }
};

TEST_F(StageHttpTest, FollowsRedirectsToTheSameServer) {
  EXPECT_EQ(Get("/around", "status: 200, json: {/status: ok}"), "passed");
}

TEST_F(StageHttpTest, FollowsNoRedirectToAnotherServer) {
  for (const char* path : {"/away", "/other-port", "/other-scheme", "/to-a-file", "/as-user"}) {
    const std::string why = Get(path);
    EXPECT_EQ(why.substr(0, 14), "redirected to ") << path;
    EXPECT_NE(why.find(", which is another server"), std::string::npos) << why;
  }
}

TEST_F(StageHttpTest, FollowsFiveRedirectsAtMost) {
  EXPECT_EQ(Get("/loop"), "redirected more than 5 times");
}

TEST_F(StageHttpTest, DoesNotFollowARedirectThatIsExpected) {
  EXPECT_EQ(Get("/away", "status: 302, response_headers: {Location: {matches: localhost}}"),
            "passed");
}

TEST_F(StageHttpTest, SendsABodyAgainOnlyWhereTheServerAsksForIt) {
  const std::string post = "method: POST, body: hello, status: 200, json: ";
  EXPECT_EQ(Get("/around-303", post + "{/method: GET, /body: ''}"), "passed");
  EXPECT_EQ(Get("/around", "method: POST, body: hello, status: 200"), "passed");
  EXPECT_EQ(Get("/around-307", post + "{/method: POST, /body: hello}"), "passed");
}

TEST_F(StageHttpTest, SendsWhatTheSuiteSaysAndNoMore) {
  EXPECT_EQ(Get("/echo",
                "method: PUT, headers: {X-A: '${base_url}', X-Empty: ''}, body: "
                "'{\"u\": \"${base_url}\"}', status: 200, json: {/method: PUT, /X-A: '" +
                    base_url() + "', /X-Empty: '', /body: '{\"u\": \"" + base_url() +
                    "\"}', /Content-Type: {absent: true}, /Authorization: {absent: true}}"),
            "passed");
  EXPECT_EQ(Get("/echo", "method: POST, status: 200, json: {/Content-Length: '0'}"), "passed");
  EXPECT_EQ(Get("'/echo?a=/../b'", "status: 404"), "passed");
}

TEST_F(StageHttpTest, GivesUpWhenTheTimeOfACheckIsOver) {
  for (const char* path : {"/slow", "/drip"})
    EXPECT_EQ(Get(path, "status: 200", ", timeout: 700ms"), "no answer within 700 ms");
}

TEST_F(StageHttpTest, ReadsNoBodyWithoutEnd) {
  EXPECT_EQ(Get("/huge", "status: 200", ", timeout: 30s"), "the body is larger than 8 MiB");
  EXPECT_EQ(Get("/large", "status: 200, response_body: {matches: '^x+$'}"), "passed");
}

TEST_F(StageHttpTest, TakesOnlyStrictJson) {
  const std::string keys = "status: 200, json: {/status: ok}";
  EXPECT_NE(Get("/not-json", keys).find("no valid JSON at line 1, column 1"), std::string::npos);
  EXPECT_NE(Get("/twice", keys).find("the key 'status' stands twice"), std::string::npos);
  EXPECT_NE(Get("/deep", keys).find("more than 32 levels"), std::string::npos);
  EXPECT_NE(Get("/bytes", keys).find("is no JSON that can be read"), std::string::npos);
}

TEST_F(StageHttpTest, HoldsEveryHeaderOfANameToTheExpectation) {
  EXPECT_EQ(Get("/two-headers", "status: 200, response_headers: {x-a: one}"),
            "header x-a is \"two\", expected \"one\"");
}

TEST_F(StageHttpTest, AServerThatHangsUpIsAFailure) {
  EXPECT_EQ(Get("/hangup"), "no answer: Empty reply from server");
}

TEST_F(StageHttpTest, TriesAgainAsOftenAsTheSuiteSays) {
  EXPECT_EQ(Get("/flaky-a", "status: 200", ", retries: 2"), "passed");
  EXPECT_EQ(Get("/flaky-b", "status: 200", ", retries: 1"),
            "status 503, expected 200; the body is \"{}\" (try 2)");
}

TEST_F(StageHttpTest, WhatAServiceSaysReachesTheTerminalEscaped) {
  const Ran ran = Stage(SuiteOf({"{id: A1, name: n, http: {path: /terminal, status: 201}}"}));
  EXPECT_EQ(ran.status, 1);
  for (const std::string& text : {ran.out, ran.err}) {
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\r'), std::string::npos);
    EXPECT_EQ(text.find("\nVERDICT: SUCCESS"), std::string::npos) << text;
    EXPECT_EQ(text.find("\n::error"), std::string::npos) << text;
  }
  EXPECT_EQ(Stage(SuiteOf({"{id: A1, name: n, http: {path: /bytes, status: 201}}"})).status, 1);
}

TEST_F(StageHttpTest, GoesPastNoProxyAndNoNetrc) {
  test::WriteFile(sandbox_.Path("home/.netrc"), "default login ann password s3cret\n");
  const std::string proxy = "http://127.0.0.1:1";
  const Ran ran = Stage(
      SuiteOf({"{id: A1, name: n, http: {path: /echo, status: 200, json: {/Authorization: "
               "{absent: true}}}}"}),
      {},
      {{"http_proxy", proxy}, {"HTTP_PROXY", proxy}, {"all_proxy", proxy}, {"ALL_PROXY", proxy}});
  EXPECT_EQ(InResults("A1"), "passed") << ran.out;
}

}  // namespace
}  // namespace e2e
