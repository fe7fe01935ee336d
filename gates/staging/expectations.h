#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a check expects of an answer, and what of it an answer does not meet.

namespace gates {

/// What a text has to be: all that is set.
struct TextExpectation {
  std::optional<std::string> equals;
  std::optional<std::string> contains;
  std::optional<std::string> matches;  // RE2, found anywhere

  bool IsEmpty() const { return !equals && !contains && !matches; }
};

/// What has to stand at a JSON pointer.
struct JsonExpectation {
  enum class Kind {
    kEquals,    // this value
    kSet,       // a list of exactly these values, each once, in any order
    kKeys,      // an object with exactly these keys
    kContains,  // a text that holds this one
    kMatches,   // a text in which this RE2 is found
    kAbsent,    // nothing
  };

  std::string pointer;  // RFC 6901; empty: the whole document
  Kind kind = Kind::kEquals;
  std::string value;  // JSON for kEquals, kSet and kKeys; else the text or the RE2
  std::string of;     // kSet: a pointer into each item of the list
};

struct ExpectedHeader {
  std::string name;  // in any case
  TextExpectation value;
};

/// What an HTTP check expects. Without a status nothing meets it.
struct HttpExpectation {
  std::vector<int> statuses;  // one of them
  std::vector<ExpectedHeader> headers;
  std::vector<JsonExpectation> json;
  TextExpectation body;
};

/// What a program has to do.
struct RunExpectation {
  int exit = 0;
  TextExpectation output;
  std::vector<JsonExpectation> json;
  std::optional<std::vector<std::string>> lines;  // exactly these, each once, in any order
};

struct Response {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct RunOutput {
  int exit = -1;
  std::string output;
};

/// Makes raw text of an answer fit for a message: masks it, cuts it.
using Show = std::function<std::string(std::string_view)>;

/// What of the expectation is not met, a sentence each; none: all of it is.
std::vector<std::string> FindUnmet(const HttpExpectation& expected, const Response& seen,
                                   const Show& show);
std::vector<std::string> FindUnmet(const RunExpectation& expected, const RunOutput& seen,
                                   const Show& show);

/// What is wrong with a regular expression; empty: nothing.
std::string FaultOfRegex(const std::string& regex);

/// Whether a text is a JSON pointer.
bool IsJsonPointer(const std::string& text);

}  // namespace gates
