#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// JSON reports as the tests read them: strictly.

namespace e2e {

using Json = nlohmann::ordered_json;

inline Json ReportOf(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << text;
  return json;
}

inline std::vector<std::string> KeysOf(const Json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

using Keys = std::vector<std::string>;

inline void ExpectFindings(const Json& findings) {
  ASSERT_TRUE(findings.is_array());
  for (const Json& finding : findings) {
    EXPECT_EQ(KeysOf(finding), (Keys{"code", "gate", "work_item", "path", "line", "column", "sha",
                                     "expected", "found", "message", "remedy"}));
    EXPECT_TRUE(finding["message"].is_string());
    EXPECT_TRUE(finding["remedy"].is_string());
  }
}

inline void ExpectUpdate(const Json& update) {
  EXPECT_EQ(KeysOf(update), (Keys{"ref", "old", "new", "base", "decision", "code", "proof",
                                  "policy", "work_items", "findings"}));
  EXPECT_EQ(KeysOf(update["policy"]), (Keys{"source", "blob"}));
  EXPECT_EQ(update["decision"] == "ALLOW", update["code"].is_null());
  EXPECT_EQ(update["decision"] == "ALLOW", update["proof"].is_string());
  EXPECT_EQ(update["decision"] == "ALLOW", update["findings"].empty());
  for (const Json& item : update["work_items"]) {
    EXPECT_EQ(KeysOf(item), (Keys{"id", "gates"}));
    for (const Json& gate : item["gates"]) {
      Keys keys{"gate", "state", "path", "blob", "token", "validated_sha", "validated_by", "proof"};
      if (gate.contains("signed_by")) keys.push_back("signed_by");  // where policy has writers
      EXPECT_EQ(KeysOf(gate), keys);
    }
  }
  ExpectFindings(update["findings"]);
}

/// One line of ASCII, schema git-verdict/report/1, every key where it belongs,
/// the decision derived from its parts.
inline void ExpectReport(const std::string& text) {
  for (const char c : text) ASSERT_TRUE((c >= ' ' && c <= '~') || c == '\n') << text;
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const Json report = ReportOf(text);
  EXPECT_EQ(KeysOf(report), (Keys{"schema", "decision", "updates", "findings"}));
  EXPECT_EQ(report["schema"], "git-verdict/report/1");
  ExpectFindings(report["findings"]);
  for (const Json& update : report["updates"]) ExpectUpdate(update);
}

}  // namespace e2e
