#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "gates/staging/expectations.h"

namespace stage {

/// One request over http or https, ready to be sent.
struct Request {
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::optional<std::string> body;
  std::vector<int> statuses;  // a redirect with one of these is the answer, and not followed
  std::chrono::milliseconds limit{0};
  int stop = -1;  // a descriptor: as soon as it can be read from, the request is given up
};

/// The largest body that is read.
inline constexpr size_t kMostBody = 8 * 1024 * 1024;

/// Sends a request and gives the answer, or says why there is none. Follows at most
/// five redirects, and none to another scheme, host or port. No proxy, no .netrc.
tl::expected<gates::Response, std::string> Send(const Request& request);

/// What libcurl needs once, before there are threads. False: it cannot work.
bool PrepareHttp();

}  // namespace stage
