#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "gates/core/values.h"
#include "gates/staging/expectations.h"
#include "gates/staging/template.h"

namespace gates {

/// Against what a staging run goes: stand-ins for its neighbours, or all of it.
enum class StagingMode { kStub, kFull };

std::optional<StagingMode> StagingModeCalled(std::string_view name);

struct RequestHeader {
  std::string name;
  Template value;
};

struct HttpCheck {
  std::string method = "GET";
  std::string path;  // put behind the base URL
  std::vector<RequestHeader> headers;
  std::optional<Template> body;
  HttpExpectation expected;
};

struct RunCheck {
  std::vector<Template> arguments;  // the program first
  RunExpectation expected;
};

struct StagingCheck {
  std::string id;  // as C9a
  std::string name;
  std::variant<HttpCheck, RunCheck> what;
  std::chrono::milliseconds timeout = std::chrono::seconds(10);  // of one try
  int retries = 0;                                               // tries after the first one
  std::set<StagingMode> modes = {StagingMode::kStub, StagingMode::kFull};

  /// The names of the secrets that it uses.
  std::set<std::string> Secrets() const;
};

/// Checks that may run at the same time.
struct StagingGroup {
  std::string name;
  int parallel = 4;
  std::vector<StagingCheck> checks;
};

/// Where a secret comes from: one of the two.
struct SecretSource {
  std::string name;
  std::string variable;  // of the environment
  std::string file;
};

/// A staging suite (docs/formats/staging-suite.md). Groups run one after the other.
struct Suite {
  std::vector<StagingGroup> groups;
  std::vector<SecretSource> secrets;

  /// All checks, in order.
  std::vector<const StagingCheck*> Checks() const;
};

/// Reads a suite file. Everything that is not plainly allowed is a misfit.
tl::expected<Suite, Misfit> ReadSuite(std::string_view text);

/// `500ms`, `5s` or `2m`: a time that is more than nothing.
std::optional<std::chrono::milliseconds> ReadDuration(std::string_view text);

/// Whether a text can stand before the path of a check: http or https, a host,
/// perhaps a port and a path; no user, no query, no fragment.
bool IsBaseUrl(const std::string& text);

}  // namespace gates
