#pragma once

#include <string>
#include <vector>

#include "tests/e2e/story.h"

namespace e2e {

/// A story whose Ada records verdicts with the program itself.
class RecordStory : public Story {
 protected:
  RecordStory() {
    test::WriteFile(sandbox_.Path("home/.gitconfig"),
                    test::ReadFile(sandbox_.Path("home/.gitconfig")) +
                        "[user]\n\tname = Ada\n\temail = ada@example.invalid\n");
  }

  /// `git verdict record <arguments>` in Ada's clone.
  Ran Record(const std::vector<std::string>& arguments, std::string_view input = "",
             const Environment& more = {}) const {
    return RecordIn(clone_, arguments, input, more);
  }

  static Ran RecordIn(const GitRepo& repo, const std::vector<std::string>& arguments,
                      std::string_view input = "", const Environment& more = {}) {
    std::vector<std::string> words{"record"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return Verdict(repo.path(), words, input, more);
  }

  /// `record staging` of WI-1 with this status and more.
  Ran RecordStaging(const std::string& status, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"staging", "--work-item", "WI-1", "--status", status};
    words.insert(words.end(), more.begin(), more.end());
    return Record(words);
  }

  static void ExpectRecorded(const Ran& ran) {
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_TRUE(ran.out.starts_with("recorded ")) << ran.out << ran.err;
    EXPECT_EQ(ran.err, "");
  }

  /// Exit 1, one reason that holds `what`, one step that mends it, and nothing moved.
  void ExpectRefused(const std::vector<std::string>& arguments, const std::string& what) const {
    const std::string refs = clone_.Git({"for-each-ref"});
    const std::string status = clone_.Git({"status", "--porcelain"});
    const Ran ran = Record(arguments);
    EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(ran.err.starts_with("git-verdict: ")) << ran.err;
    EXPECT_NE(ran.err.find(what), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("\n  fix: "), std::string::npos) << ran.err;
    EXPECT_EQ(clone_.Git({"for-each-ref"}), refs);
    EXPECT_EQ(clone_.Git({"status", "--porcelain"}), status);
  }

  static std::string FieldOf(const std::string& log, const std::string& key) {
    const size_t begin = log.find("\n" + key + ": ");
    if (begin == std::string::npos) return "";
    const size_t value = begin + key.size() + 3;
    return log.substr(value, log.find('\n', value) - value);
  }

  std::string LogAt(const std::string& revision) const {
    return clone_.Git({"show", revision + ":" + kLog});
  }

  std::string Status() const { return clone_.Git({"status", "--porcelain"}); }

  const std::vector<std::string> passed_{"staging", "--work-item", "WI-1", "--status", "SUCCESS"};
};

}  // namespace e2e
