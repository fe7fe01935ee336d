#include "gates/staging/expectations.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

using Kind = JsonExpectation::Kind;

std::string Marked(std::string_view text) { return "<" + std::string(text) + ">"; }

std::string Told(const std::vector<std::string>& unmet) {
  std::string text;
  for (const std::string& sentence : unmet) text += (text.empty() ? "" : "; ") + sentence;
  return text;
}

/// What of one expectation a body does not meet.
std::string Json(const JsonExpectation& expected, const std::string& body) {
  return Told(FindUnmet(HttpExpectation{{200}, {}, {expected}, {}}, {200, {}, body}, Marked));
}

std::string Equals(const std::string& pointer, const std::string& value, const std::string& body) {
  return Json({pointer, Kind::kEquals, value, ""}, body);
}

std::string Output(const RunExpectation& expected, const std::string& output, int exit = 0) {
  return Told(FindUnmet(expected, {exit, output}, Marked));
}

TEST(Expectations, AStatusIsOneOfThoseExpected) {
  const HttpExpectation expected{{200, 204}, {}, {}, {}};
  EXPECT_EQ(Told(FindUnmet(expected, {204, {}, ""}, Marked)), "");
  EXPECT_EQ(Told(FindUnmet(expected, {500, {}, "oops"}, Marked)),
            "status 500, expected 200 or 204; the body is \"<oops>\"");
}

TEST(Expectations, WithoutAStatusNothingMeetsThem) {
  EXPECT_NE(Told(FindUnmet(HttpExpectation{}, {200, {}, ""}, Marked)), "");
  EXPECT_NE(Told(FindUnmet(HttpExpectation{}, Response{}, Marked)), "");
}

TEST(Expectations, AValueStandsAtItsPointer) {
  const std::string body = R"({"a": {"b": [1, "x"], "~/": true}, "n": null})";
  EXPECT_EQ(Equals("/a/b/0", "1", body), "");
  EXPECT_EQ(Equals("/a/b/0", "1.0", body), "");
  EXPECT_EQ(Equals("/a/~0~1", "true", body), "");
  EXPECT_EQ(Equals("/n", "null", body), "");
  EXPECT_EQ(Equals("/a/b", R"([1,"x"])", body), "");
  EXPECT_EQ(Equals("/a/b/0", "\"1\"", body), "/a/b/0 is <1>, expected \"1\"");
  EXPECT_EQ(Equals("/a/b/1", "\"y\"", body), "/a/b/1 is <\"x\">, expected \"y\"");
  EXPECT_EQ(Equals("/a/b/2", "1", body), "/a/b/2 is not there");
  EXPECT_EQ(Equals("/a/b/00", "1", body), "/a/b/00 is not there");
  EXPECT_EQ(Equals("/a/b/-", "1", body), "/a/b/- is not there");
  EXPECT_EQ(Equals("/c", "null", body), "/c is not there");
  EXPECT_EQ(Equals("", "[1]", "[1]"), "");
  EXPECT_EQ(Equals("", "[1]", "[2]"), "the body is <[2]>, expected [1]");
}

TEST(Expectations, OfJsonAreNotMetByAnythingElse) {
  for (const char* body : {"", "ok", "{", "<html>", "{} {}", R"({"a": 1, "a": 2})", "{'a': 1}",
                           "[1,]", "NaN", "\xff", "\"\xff\""})
    EXPECT_NE(Equals("/a", "1", body).find("the body is no JSON that can be read"),
              std::string::npos)
        << body;
  EXPECT_NE(Equals("/a", "1", std::string(100'000, '[')).find("more than 32 levels"),
            std::string::npos);
}

TEST(Expectations, ASetIsExactlyThoseItemsInAnyOrder) {
  const JsonExpectation set{"/s", Kind::kSet, R"(["a","b"])", ""};
  EXPECT_EQ(Json(set, R"({"s": ["b", "a"]})"), "");
  EXPECT_EQ(Json(set, R"({"s": ["a", "b", "c"]})"), "/s holds besides <\"c\">");
  EXPECT_EQ(Json(set, R"({"s": ["a"]})"), "/s lacks <\"b\">");
  EXPECT_EQ(Json(set, R"({"s": ["a", "c"]})"), "/s lacks <\"b\">, holds besides <\"c\">");
  EXPECT_EQ(Json(set, R"({"s": ["a", "b", "b"]})"), "/s holds besides <\"b\">");
  EXPECT_EQ(Json(set, R"({"s": {"a": 1, "b": 2}})"), "/s is <{\"a\":1,\"b\":2}>, expected a list");
  EXPECT_EQ(Json(set, R"({})"), "/s is not there");
  EXPECT_EQ(Json({"/s", Kind::kSet, "[]", ""}, R"({"s": []})"), "");
  EXPECT_EQ(Json({"/s", Kind::kSet, "[1]", ""}, R"({"s": ["1"]})"),
            "/s lacks <1>, holds besides <\"1\">");
}

TEST(Expectations, ASetCanBeOfWhatAPointerFindsInEachItem) {
  const JsonExpectation set{"/s", Kind::kSet, R"(["a","b"])", "/n"};
  EXPECT_EQ(Json(set, R"({"s": [{"n": "b", "x": 1}, {"n": "a"}]})"), "");
  EXPECT_EQ(Json(set, R"({"s": [{"n": "a"}, {"n": "b"}, {"n": "c"}]})"),
            "/s holds besides <\"c\">");
  EXPECT_EQ(Json(set, R"({"s": [{"n": "a"}, {"n": "b"}, {}]})"),
            R"(/s is <[{"n":"a"},{"n":"b"},{}]>, expected a list of objects with /n)");
  EXPECT_NE(Json(set, R"({"s": ["a", "b"]})"), "");
}

TEST(Expectations, KeysAreExactlyThoseOfAnObject) {
  const JsonExpectation keys{"/s", Kind::kKeys, R"(["a","b"])", ""};
  EXPECT_EQ(Json(keys, R"({"s": {"b": {}, "a": null}})"), "");
  EXPECT_EQ(Json(keys, R"({"s": {"b": 1, "a": 1, "c": 1}})"), "/s holds besides <\"c\">");
  EXPECT_EQ(Json(keys, R"({"s": ["a", "b"]})"), R"(/s is <["a","b"]>, expected an object)");
}

TEST(Expectations, TextInJsonContainsOrMatches) {
  const auto contains = [](const char* body) {
    return Json({"/t", Kind::kContains, "bc", ""}, body);
  };
  EXPECT_EQ(contains(R"({"t": "abcd"})"), "");
  EXPECT_EQ(contains(R"({"t": "abd"})"), "/t is <\"abd\">, expected \"<bc>\" in it");
  EXPECT_EQ(contains(R"({"t": ["bc"]})"), "/t is <[\"bc\"]>, expected \"<bc>\" in it");
  EXPECT_EQ(Json({"/t", Kind::kMatches, "^a.c$", ""}, R"({"t": "abc"})"), "");
  EXPECT_EQ(Json({"/t", Kind::kMatches, "^[0-9]+$", ""}, R"({"t": 12})"),
            "/t is <12>, expected a match of \"<^[0-9]+$>\"");
}

TEST(Expectations, AbsentIsNotEvenNull) {
  const JsonExpectation absent{"/a", Kind::kAbsent, "", ""};
  EXPECT_EQ(Json(absent, R"({"b": 1})"), "");
  EXPECT_EQ(Json(absent, R"({"a": null})"), "/a is <null>, expected nothing there");
  EXPECT_NE(Json(absent, "no JSON"), "");
}

TEST(Expectations, HeadersAreFoundInAnyCaseAndAllCount) {
  const HttpExpectation expected{{200}, {{"X-A", {"one", {}, {}}}}, {}, {}};
  const auto told = [&](std::vector<std::pair<std::string, std::string>> headers) {
    return Told(FindUnmet(expected, {200, std::move(headers), ""}, Marked));
  };
  EXPECT_EQ(told({{"x-a", "one"}, {"Y", "two"}}), "");
  EXPECT_EQ(told({{"X-A", "One"}}), "header X-A is \"<One>\", expected \"<one>\"");
  EXPECT_EQ(told({{"X-A", "one"}, {"X-a", "two"}}), "header X-A is \"<two>\", expected \"<one>\"");
  EXPECT_EQ(told({{"X-AA", "one"}}), "header X-A is not there");
}

TEST(Expectations, ABodyEqualsContainsAndMatches) {
  const auto told = [](const TextExpectation& text, const std::string& body) {
    return Told(FindUnmet(HttpExpectation{{200}, {}, {}, text}, {200, {}, body}, Marked));
  };
  EXPECT_EQ(told({"a\n", {}, {}}, "a\n"), "");
  EXPECT_EQ(told({"a", {}, {}}, "a\n"), "the body is \"<a\n>\", expected \"<a>\"");
  EXPECT_EQ(told({{}, "b", {}}, "abc"), "");
  EXPECT_EQ(told({{}, "x", {}}, "abc"), "the body is \"<abc>\", expected \"<x>\" in it");
  EXPECT_EQ(told({{}, {}, "(?m)^b$"}, "a\nb\nc"), "");
  EXPECT_EQ(told({{}, {}, "^b$"}, "a\nb\nc"),
            "the body is \"<a\nb\nc>\", expected a match of \"<^b$>\"");
  EXPECT_EQ(told({{}, {}, "a.b"}, "a\nb"), "the body is \"<a\nb>\", expected a match of \"<a.b>\"");
  EXPECT_EQ(told({"", {}, {}}, ""), "");
  EXPECT_NE(told({"", "b", "c"}, "a"), "");
}

TEST(Expectations, AProgramExitsAsExpected) {
  EXPECT_EQ(Output({}, "", 0), "");
  EXPECT_EQ(Output({}, "", 1), "exit code 1, expected 0");
  EXPECT_EQ(Output({3, {}, {}, {}}, "", 3), "");
  EXPECT_NE(Told(FindUnmet(RunExpectation{}, RunOutput{}, Marked)), "");
}

TEST(Expectations, TheLastLineEndOfOutputDoesNotCount) {
  const RunExpectation expected{0, {"a", {}, {}}, {}, {}};
  EXPECT_EQ(Output(expected, "a\n"), "");
  EXPECT_EQ(Output(expected, "a"), "");
  EXPECT_EQ(Output(expected, "a\n\n"), "stdout is \"<a\n>\", expected \"<a>\"");
}

TEST(Expectations, LinesAreASet) {
  const RunExpectation expected{0, {}, {}, std::vector<std::string>{"a", "b"}};
  EXPECT_EQ(Output(expected, "b\na\n"), "");
  EXPECT_EQ(Output(expected, "b\na\nb\n"), "stdout holds besides <\"b\">");
  EXPECT_EQ(Output(expected, "a\n"), "stdout lacks <\"b\">");
  EXPECT_EQ(Output(expected, "a\nb\n\n"), "stdout holds besides <\"\">");
  EXPECT_EQ(Output({0, {}, {}, std::vector<std::string>{}}, ""), "");
}

TEST(Expectations, OutputCanBeJson) {
  const RunExpectation expected{0, {}, {{"/a", Kind::kEquals, "1", ""}}, {}};
  EXPECT_EQ(Output(expected, "{\"a\": 1}\n"), "");
  EXPECT_EQ(Output(expected, "{\"a\": 2}\n"), "/a is <2>, expected 1");
}

TEST(Expectations, AllThatIsNotMetIsTold) {
  const RunExpectation expected{
      0, {"x", {}, {}}, {{"/a", Kind::kEquals, "1", ""}}, std::vector<std::string>{"x"}};
  EXPECT_EQ(FindUnmet(expected, {1, "{\"a\": 2}"}, Marked).size(), 4u);
}

}  // namespace
}  // namespace gates
