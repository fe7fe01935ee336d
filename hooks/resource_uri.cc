#include "hooks/resource_uri.h"

#include <algorithm>

#include "gates/core/pattern.h"
#include "gates/report/escape.h"
#include "hooks/door.h"

namespace hooks {
namespace {

std::string LowerCase(std::string text) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::ranges::transform(text, text.begin(), lower);
  return text;
}

std::string UriOfFolder(const std::string& path) {
  return "git+file://" + gates::PercentEncode(path);
}

/// `[user[:password]@]host[:port]/path` as a URI. An @ behind the host could belong to a
/// password, and what no URI can hold is none of git's: there is no URI then.
std::optional<std::string> UriOfHost(const std::string& scheme, const std::string& place) {
  const size_t slash = std::min(place.find('/'), place.size());
  const std::string path = place.substr(slash);
  std::string host = place.substr(0, slash);
  host.erase(0, host.rfind('@') + 1);  // npos + 1 is 0
  std::string uri = "git+" + scheme + "://" + LowerCase(host) + path;
  if (host.empty() || path.find('@') != std::string::npos || !IsResourceUri(uri))
    return std::nullopt;
  return uri;
}

}  // namespace

bool IsUri(const std::string& text) {
  const auto uri =
      gates::Pattern::Regex("[a-z][a-z0-9+.-]*:([A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})+");
  if (!uri || !uri->Matches(text)) return false;
  const std::string place = text.substr(text.find(':') + 1);
  const std::string host =
      place.starts_with("//") ? place.substr(0, place.find_first_of("/?#", 2)) : "";
  return host == LowerCase(host);
}

bool IsResourceUri(const std::string& text) {
  return IsUri(text) && text.find_first_of("?#") == std::string::npos;
}

std::optional<std::string> UriOfRemote(const std::string& url) {
  if (url.starts_with('/')) return UriOfFolder(url);
  if (const size_t end = url.find("://"); end != std::string::npos) {
    const std::string scheme = LowerCase(url.substr(0, end));
    const std::string place = url.substr(end + 3);
    if (scheme == "file") return place.starts_with('/') ? UriOfRemote(place) : std::nullopt;
    for (const char* known : {"https", "http", "ssh", "git"})
      if (scheme == known) return UriOfHost(scheme, place);
    return std::nullopt;
  }
  // As ssh and scp write it, `host:path`; a path that is not absolute starts at a home.
  const size_t colon = url.find(':');
  if (colon == std::string::npos || url.find('/') < colon) return std::nullopt;
  const std::string path = url.substr(colon + 1);
  return UriOfHost("ssh", url.substr(0, colon) + (path.starts_with('/') ? "" : "/") + path);
}

std::string UriOfRepository(const git::Repository& repository) {
  const auto tracking = FindTracking(repository);
  const std::string remote = tracking && tracking->remote != "." ? tracking->remote : "origin";
  const auto url = repository.OwnConfig("remote." + remote + ".url");
  const auto uri = url ? UriOfRemote(*url) : std::nullopt;
  return uri ? *uri : UriOfFolder(repository.common_directory());
}

}  // namespace hooks
