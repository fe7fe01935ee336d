#include "gates/staging/suite.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace gates {
namespace {

using std::chrono::milliseconds;

constexpr const char* kHead = "version: 1\nsecrets: {TOKEN: {env: TOKEN}}\ngroups:\n";
constexpr const char* kGroup = "  - name: g\n    checks:\n";

/// A suite of one group with these checks, a line each.
std::string WithChecks(const std::string& checks) { return std::string(kHead) + kGroup + checks; }

/// Of a suite of one check, what is wrong, as `column message [found]` on its line.
std::string RefusalOf(const std::string& check) {
  const auto suite = ReadSuite(WithChecks("      - " + check + "\n"));
  if (suite) return "accepted";
  const Misfit& misfit = suite.error();
  EXPECT_EQ(misfit.place.line, 6) << check;
  EXPECT_GT(misfit.place.column, 0) << check;
  return misfit.message + (misfit.found.empty() ? "" : " [" + misfit.found + "]");
}

std::string RefusalOfSuite(const std::string& text) {
  const auto suite = ReadSuite(text);
  return suite ? "accepted" : suite.error().message;
}

/// An http check with more keys.
std::string HttpWith(const std::string& keys) {
  return "{id: A1, name: n, http: {path: /, status: 200" + (keys.empty() ? "" : ", " + keys) + "}}";
}
std::string RunWith(const std::string& keys) {
  return "{id: A1, name: n, run: [x]" + (keys.empty() ? "" : ", " + keys) + "}";
}

StagingCheck Only(const std::string& check) {
  const auto suite = ReadSuite(WithChecks("      - " + check + "\n"));
  EXPECT_TRUE(suite) << suite.error().message;
  return suite ? suite->groups.at(0).checks.at(0) : StagingCheck();
}

TEST(Suite, HoldsGroupsOfChecksInOrder) {
  const auto suite = ReadSuite(
      "version: 1\ngroups:\n"
      "  - name: api\n    parallel: 2\n    checks:\n"
      "      - {id: B4, name: b, run: [ls]}\n      - {id: A1, name: a, run: [ls]}\n"
      "  - {name: rest, checks: [{id: C9a, name: c, run: [ls]}]}\n");
  ASSERT_TRUE(suite) << suite.error().message;
  ASSERT_EQ(suite->groups.size(), 2u);
  EXPECT_EQ(suite->groups[0].name, "api");
  EXPECT_EQ(suite->groups[0].parallel, 2);
  EXPECT_EQ(suite->groups[1].parallel, 4);
  std::string ids;
  for (const StagingCheck* check : suite->Checks()) ids += check->id + " ";
  EXPECT_EQ(ids, "B4 A1 C9a ");
}

TEST(Suite, ReadsAnHttpCheckWithAllItsKeys) {
  const StagingCheck check = Only(
      "{id: C9a, name: all, http: {method: POST, path: '/a?b=1', headers: {X-A: "
      "'${secret:TOKEN}'}, body: '{}', status: [201, 204], response_headers: {Location: /b, ETag: "
      "{matches: '^\"'}}, json: {/a/b: 1}, response_body: {contains: x}}, timeout: 1500ms, "
      "retries: 3, modes: [full]}");
  EXPECT_EQ(check.timeout, milliseconds(1500));
  EXPECT_EQ(check.retries, 3);
  EXPECT_EQ(check.modes, std::set{StagingMode::kFull});
  EXPECT_EQ(check.Secrets(), std::set<std::string>{"TOKEN"});
  const auto& http = std::get<HttpCheck>(check.what);
  EXPECT_EQ(http.method, "POST");
  EXPECT_EQ(http.path, "/a?b=1");
  EXPECT_EQ(http.body->Fill("", {}), "{}");
  EXPECT_EQ(http.expected.statuses, (std::vector{201, 204}));
  ASSERT_EQ(http.expected.headers.size(), 2u);
  EXPECT_EQ(http.expected.headers[0].value.equals, "/b");
  EXPECT_EQ(http.expected.headers[1].value.matches, "^\"");
  EXPECT_EQ(http.expected.body.contains, "x");
  ASSERT_EQ(http.expected.json.size(), 1u);
  EXPECT_EQ(http.expected.json[0].pointer, "/a/b");
  EXPECT_EQ(http.expected.json[0].value, "1");
}

TEST(Suite, ReadsARunCheckWithAllItsKeys) {
  const StagingCheck check = Only(
      "{id: C1, name: all, run: [sh, -c, 'echo ${base_url}', '${secret:TOKEN}'], exit: 3, stdout: "
      "{equals: a, contains: b, matches: c, json: {'': []}, lines_equal_set: [x, 'y z']}}");
  const auto& run = std::get<RunCheck>(check.what);
  EXPECT_EQ(run.arguments.at(2).Fill("http://h", {}), "echo http://h");
  EXPECT_EQ(run.expected.exit, 3);
  EXPECT_EQ(run.expected.output.equals, "a");
  EXPECT_EQ(run.expected.output.contains, "b");
  EXPECT_EQ(run.expected.output.matches, "c");
  EXPECT_EQ(run.expected.json.at(0).pointer, "");
  EXPECT_EQ(run.expected.lines, (std::vector<std::string>{"x", "y z"}));
  EXPECT_EQ(check.Secrets(), std::set<std::string>{"TOKEN"});
}

TEST(Suite, HasDefaultsThatAreWrittenDown) {
  const StagingCheck check = Only(HttpWith(""));
  EXPECT_EQ(check.timeout, std::chrono::seconds(10));
  EXPECT_EQ(check.retries, 0);
  EXPECT_EQ(check.modes, (std::set{StagingMode::kStub, StagingMode::kFull}));
  EXPECT_EQ(std::get<HttpCheck>(check.what).method, "GET");
  EXPECT_EQ(std::get<RunCheck>(Only(RunWith("")).what).expected.exit, 0);
}

TEST(Suite, ReadsWhatHasToStandAtAPointer) {
  const auto json_of = [](const std::string& value) {
    const StagingCheck check = Only(HttpWith("json: {/a: " + value + "}"));
    return std::get<HttpCheck>(check.what).expected.json.at(0);
  };
  using Kind = JsonExpectation::Kind;
  for (const auto& [written, json] : std::vector<std::pair<std::string, std::string>>{
           {"ok", "\"ok\""},
           {"3", "3"},
           {"-1.5e3", "-1500.0"},
           {"'3'", "\"3\""},
           {"true", "true"},
           {"'true'", "\"true\""},
           {"null", "null"},
           {"", "null"},
           {"1.4.2", "\"1.4.2\""},
           {"2026-11-21", "\"2026-11-21\""},
           {"[1, a, [true]]", "[1,\"a\",[true]]"},
           {"{equals: {a: 1, b: [x]}}", "{\"a\":1,\"b\":[\"x\"]}"},
           {"{equals: ok}", "\"ok\""}})
    EXPECT_EQ(json_of(written).value, json) << written;
  EXPECT_EQ(json_of("{set: [b, a], of: /name}").kind, Kind::kSet);
  EXPECT_EQ(json_of("{set: [b, a], of: /name}").of, "/name");
  EXPECT_EQ(json_of("{set: []}").value, "[]");
  EXPECT_EQ(json_of("{keys: [b, 1]}").value, "[\"b\",\"1\"]");
  EXPECT_EQ(json_of("{contains: 'x y'}").value, "x y");
  EXPECT_EQ(json_of("{matches: '^a'}").kind, Kind::kMatches);
  EXPECT_EQ(json_of("{absent: true}").kind, Kind::kAbsent);
}

/// What is wrong, and what is said of it.
using Cases = std::vector<std::pair<std::string, std::string>>;

const Cases kBadChecks = {
    {"{id: A1, name: n}", "a check must hold either http or run [A1]"},
    {"{id: A1, name: n, http: {path: /, status: 200}, run: [x]}",
     "a check must hold either http or run [A1]"},
    {"{id: A1, run: [x]}", "a check must have an id and a name [A1]"},
    {"{name: n, run: [x]}", "a check must have an id and a name"},
    {"{id: a1, name: n, run: [x]}",
     "id must be a capital, digits and perhaps a small letter, as C9a [a1]"},
    {"{id: A1B, name: n, run: [x]}",
     "id must be a capital, digits and perhaps a small letter, as C9a [A1B]"},
    {"{id: A1, name: \"a\\nb\", run: [x]}", "name must be text on one line [a\nb]"},
    {"just text", "a check must be a mapping"},
    {RunWith("shell: true"), "unknown key in a check [shell]"},
    {RunWith("timeout: 5"), "timeout must be a time of at most an hour, as 500ms, 5s or 2m [5]"},
    {RunWith("timeout: 0s"), "timeout must be a time of at most an hour, as 500ms, 5s or 2m [0s]"},
    {RunWith("timeout: 61m"),
     "timeout must be a time of at most an hour, as 500ms, 5s or 2m [61m]"},
    {RunWith("timeout: '5s'"),
     "timeout must be a time of at most an hour, as 500ms, 5s or 2m [5s]"},
    {RunWith("timeout: 99999999999999s"),
     "timeout must be a time of at most an hour, as 500ms, 5s or 2m [99999999999999s]"},
    {RunWith("retries: 11"), "retries must be a number from 0 to 10 [11]"},
    {RunWith("retries: -1"), "retries must be a number from 0 to 10 [-1]"},
    {RunWith("retries: '1'"), "retries must be a number from 0 to 10 [1]"},
    {RunWith("modes: []"), "a check without a mode would never run"},
    {RunWith("modes: stub"), "modes must be a list"},
    {RunWith("modes: [stub, stub]"), "this mode stands in the list twice [stub]"},
    {RunWith("modes: [none]"), "a mode must be stub or full [none]"},
    {RunWith("exit: 256"), "exit must be a number from 0 to 255 [256]"},
    {RunWith("stdout: text"), "stdout must be a mapping"},
    {RunWith("stdout: {}"), "stdout expects nothing"},
    {RunWith("stdout: {is: a}"), "unknown key in stdout [is]"},
    {RunWith("stdout: {contains: ''}"), "an empty text is part of every text"},
    {RunWith("stdout: {lines_equal_set: [a, a]}"), "this stands in the list twice [a]"},
    {"{id: A1, name: n, run: []}", "run must be a list: the program and its arguments"},
    {"{id: A1, name: n, run: ls -l}", "run must be a list: the program and its arguments"},
    {"{id: A1, name: n, run: [-x]}", "the program must stand here as it is [-x]"},
    {"{id: A1, name: n, run: ['']}", "the program must stand here as it is"},
    {"{id: A1, name: n, run: ['${secret:TOKEN}']}",
     "the program must stand here as it is [${secret:TOKEN}]"},
    {"{id: A1, name: n, run: [x, [y]]}", "an argument must be text"},
    {"{id: A1, name: n, run: [x, \"a\\0b\"]}", "an argument must be text"},
    {"{id: A1, name: n, run: [x, '${HOME}']}",
     "there is ${base_url} and ${secret:NAME}, and `$${` for `${` itself [${HOME}]"},
    {"{id: A1, name: n, run: [x, '${secret:NONE}']}",
     "it uses a secret that `secrets` does not name [NONE]"}};

TEST(Suite, RefusesChecksThatAreNotPlainlyAllowed) {
  for (const auto& [check, refusal] : kBadChecks) EXPECT_EQ(RefusalOf(check), refusal) << check;
}

const Cases kBadRequests = {
    {"{id: A1, name: n, http: {status: 200}}", "http must name its path"},
    {"{id: A1, name: n, http: {path: /}}", "http must say which status it expects"},
    {"{id: A1, name: n, http: {path: /, status: []}}", "http must say which status it expects"},
    {"{id: A1, name: n, http: {path: x, status: 200}}",
     "path must start with a slash and be ready to be sent [x]"},
    {"{id: A1, name: n, http: {path: /a b, status: 200}}",
     "path must start with a slash and be ready to be sent [/a b]"},
    {"{id: A1, name: n, http: {path: '/${secret:TOKEN}', status: 200}}",
     "path must start with a slash and be ready to be sent [/${secret:TOKEN}]"},
    {"{id: A1, name: n, http: {path: '/#a', status: 200}}",
     "path must start with a slash and be ready to be sent [/#a]"},
    {HttpWith("url: 'http://h'"), "unknown key in http [url]"},
    {HttpWith("method: get"),
     "method must be GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS [get]"},
    {HttpWith("body: x"), "a request with a body needs another method, as POST"},
    {HttpWith("headers: [a]"), "headers must be a mapping"},
    {HttpWith("headers: {'a b': c}"), "no header of this name can be sent [a b]"},
    {HttpWith("headers: {content-length: '3'}"),
     "no header of this name can be sent [content-length]"},
    {HttpWith("headers: {Transfer-Encoding: chunked}"),
     "no header of this name can be sent [Transfer-Encoding]"},
    {HttpWith("headers: {A: \"b\\r\\nC: d\"}"), "a header must be text on one line"},
    {HttpWith("response_headers: {}"), "response_headers must be a mapping"},
    {HttpWith("response_headers: {A: {}}"), "a header expects nothing"},
    {HttpWith("response_headers: {A: [b]}"), "a header must be a mapping"},
    {HttpWith("response_body: {matches: '['}"), "no regular expression of RE2: missing ]: [ [[]"},
    {HttpWith("response_body: {matches: '(a)\\1'}"),
     "no regular expression of RE2: invalid escape sequence: \\1 [(a)\\1]"},
    {HttpWith("response_body: {matches: ''}"), "an empty expression is found in every text"},
    {HttpWith("json: {}"), "json must be a mapping of JSON pointers"},
    {HttpWith("json: {status: ok}"), "this must be a JSON pointer, as /status [status]"},
    {HttpWith("json: {'/a~2': ok}"), "this must be a JSON pointer, as /status [/a~2]"},
    {HttpWith("json: {/a/99999999999999999999: ok}"),
     "this must be a JSON pointer, as /status [/a/99999999999999999999]"},
    {HttpWith("json: {/a: {}}"),
     "one of equals, set, keys, contains, matches and absent has to stand here"},
    {HttpWith("json: {/a: {set: [a], keys: [b]}}"),
     "one of equals, set, keys, contains, matches and absent has to stand here"},
    {HttpWith("json: {/a: {set: a}}"), "set must be a list"},
    {HttpWith("json: {/a: {set: [a, a]}}"), "this stands in the list twice [a]"},
    {HttpWith("json: {/a: {set: [a], of: name}}"),
     "this must be a JSON pointer, as /status [name]"},
    {HttpWith("json: {/a: {equals: [a], of: /name}}"), "of goes with set"},
    {HttpWith("json: {/a: {keys: [[a]]}}"), "a key must be text"},
    {HttpWith("json: {/a: {absent: false}}"), "absent must be true [false]"},
    {HttpWith("json: {/a: {contains: ''}}"), "an empty text is part of every text"},
    {HttpWith("exit: 1"), "unknown key in http [exit]"},
    {"{id: A1, name: n, http: {path: /, status: 200}, exit: 1}", "exit and stdout go with run"},
    {"{id: A1, name: n, http: {path: /, status: 99}}",
     "a status must be a number from 200 to 599 [99]"}};

TEST(Suite, RefusesRequestsThatAreNotPlainlyAllowed) {
  for (const auto& [check, refusal] : kBadRequests) EXPECT_EQ(RefusalOf(check), refusal) << check;
}

// `no` is a text to one reader and false to the next, 017 is 15, 1:30 is 90.
TEST(Suite, RefusesValuesThatYamlReadersDifferOn) {
  for (const char* value : {"no", "Yes", "ON", "y", "True", "017", "0x1F", "0o17", "1_000", "1:30",
                            "+3", "1.", ".5", ".inf", "-.INF", ".nan", "1e999"})
    EXPECT_EQ(RefusalOf(HttpWith(std::string("json: {/a: ") + value + "}")),
              "YAML readers differ on this value: write it as JSON does, or quote it [" +
                  std::string(value) + "]");
}

TEST(Suite, RefusesSuitesThatAreNotPlainlyAllowed) {
  const std::string groups = "groups: [{name: g, checks: [{id: A1, name: n, run: [x]}]}]\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "the file holds no mapping"},
      {"version: 1\n", "the suite must hold groups"},
      {groups, "the suite must hold version"},
      {"version: 2\n" + groups, "this program reads version 1"},
      {"version: '1'\n" + groups, "this program reads version 1"},
      {"version: 1\nother: 1\n" + groups, "unknown key in the suite"},
      {"version: 1\nversion: 1\n" + groups, "the key stands twice in its mapping"},
      {"version: 1\ngroups: []\n", "groups must be a list with a group in it"},
      {"version: 1\ngroups: {}\n", "groups must be a list with a group in it"},
      {"version: 1\ngroups: [{name: g}]\n", "a group must have a name and checks"},
      {"version: 1\ngroups: [{checks: [{id: A1, name: n, run: [x]}]}]\n",
       "a group must have a name and checks"},
      {"version: 1\ngroups: [{name: g, checks: []}]\n", "checks must be a list with a check in it"},
      {"version: 1\ngroups: [{name: g, parallel: 0, checks: []}]\n",
       "parallel must be a number from 1 to 32"},
      {"version: 1\ngroups: [&a {name: g}]\n", "anchors are not allowed"},
      {"version: 1\nsecrets: []\n" + groups, "secrets must be a mapping"},
      {"version: 1\nsecrets: {A-B: {env: A}}\n" + groups,
       "a secret's name must be letters, digits and _"},
      {"version: 1\nsecrets: {A: {}}\n" + groups, "a secret must come from either env or file"},
      {"version: 1\nsecrets: {A: {env: A, file: /a}}\n" + groups,
       "a secret must come from either env or file"},
      {"version: 1\nsecrets: {A: {file: a}}\n" + groups, "file must be an absolute path"},
      {"version: 1\nsecrets: {A: {env: A=B}}\n" + groups, "env must be the name of a variable"},
      {"version: 1\nsecrets: {A: {value: x}}\n" + groups, "unknown key in a secret"},
      {"version: 1\nsecrets: {A: s3cret}\n" + groups, "a secret must be a mapping"}};
  for (const auto& [text, refusal] : cases) EXPECT_EQ(RefusalOfSuite(text), refusal) << text;
}

TEST(Suite, RefusesTwoChecksOfOneIdWhereverTheyStand) {
  const std::string check = "{id: A1, name: n, run: [x]}";
  EXPECT_EQ(RefusalOfSuite("version: 1\ngroups:\n  - {name: g, checks: [" + check +
                           "]}\n  - {name: h, checks: [" + check + "]}\n"),
            "two checks have this id");
}

TEST(Suite, TellsWhereAMisfitStands) {
  const auto suite = ReadSuite(WithChecks("      - id: A1\n        nmae: n\n"));
  ASSERT_FALSE(suite);
  EXPECT_EQ(suite.error().place, (frontmatter::Place{7, 9}));
  EXPECT_EQ(suite.error().found, "nmae");
}

TEST(Suite, TheSampleIsValid) {
  std::ifstream file(SOURCE_DIR "/docs/samples/staging/suite.yml");
  std::ostringstream text;
  text << file.rdbuf();
  const auto suite = ReadSuite(text.str());
  ASSERT_TRUE(suite) << suite.error().message;
  std::string ids;
  for (const StagingCheck* check : suite->Checks()) ids += check->id + " ";
  EXPECT_EQ(ids, "A1 A2 A3 A4 A5 B4 B5 B6 C1 C2 C3 C4 C5 C6 C7 C8 C9a C9b ");
}

TEST(BaseUrl, IsSchemeHostPortAndPath) {
  for (const char* url : {"http://h", "https://a.example:8443", "http://127.0.0.1:80/a/b",
                          "http://[::1]:8080", "http://localhost/"})
    EXPECT_TRUE(IsBaseUrl(url)) << url;
  for (const char* url :
       {"", "h", "ftp://h", "HTTP://h", "http://", "http://u@h", "http://u:p@h", "http://h?a=b",
        "http://h/#x", "http://h h", "http://h:", "http://h:123456", "http://h/\n", "http://h\\x",
        "http://-h", " http://h", "file:///etc/passwd"})
    EXPECT_FALSE(IsBaseUrl(url)) << url;
}

TEST(Duration, HasAUnit) {
  EXPECT_EQ(ReadDuration("500ms"), milliseconds(500));
  EXPECT_EQ(ReadDuration("5s"), milliseconds(5000));
  EXPECT_EQ(ReadDuration("2m"), milliseconds(120'000));
  for (const char* text : {"", "5", "s", "0s", "-1s", "1h", "5 s", "1.5s", "5S", "99999999999s"})
    EXPECT_FALSE(ReadDuration(text)) << text;
}

}  // namespace
}  // namespace gates
