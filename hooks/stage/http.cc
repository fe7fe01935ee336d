#include "hooks/stage/http.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <memory>

namespace stage {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

constexpr int kMostRedirects = 5;

tl::unexpected<std::string> Why(std::string why) { return tl::unexpected(std::move(why)); }

/// What libcurl's callbacks see of an exchange.
struct Exchange {
  std::string body;
  bool is_too_large = false;
  int stop = -1;
};

// The callbacks are called from C: they must not throw, so the body's room is
// there before they write to it.
size_t TakeBody(char* bytes, size_t size, size_t count, void* to) {
  auto& exchange = *static_cast<Exchange*>(to);
  exchange.is_too_large = size * count > kMostBody - exchange.body.size();
  if (exchange.is_too_large) return 0;
  exchange.body.append(bytes, size * count);
  return size * count;
}

int GiveUpWhenStopped(void* to, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  pollfd file{static_cast<Exchange*>(to)->stop, POLLIN, 0};
  return poll(&file, 1, 0) == 1 ? 1 : 0;
}

HeaderList HeadersOf(const Request& request) {
  // What the suite does not say is not sent: libcurl would add a type of its own.
  HeaderList list(curl_slist_append(nullptr, "Content-Type:"), curl_slist_free_all);
  for (const auto& [name, value] : request.headers) {
    const std::string line = value.empty() ? name + ";" : name + ": " + value;
    if (curl_slist* longer = curl_slist_append(list.get(), line.c_str())) {
      static_cast<void>(list.release());
      list.reset(longer);
    }
  }
  return list;
}

void SetSafety(CURL* handle) {
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
}

void SetRequest(CURL* handle, const Request& request, const curl_slist* headers) {
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "git-verdict");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  if (request.method == "HEAD") {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  } else {
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  // These tell their length even when it is nothing; some servers insist.
  const bool has_body = request.method.starts_with('P') || request.body;
  if (!has_body) return;
  const std::string_view body = request.body ? *request.body : std::string_view("");
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
}

void SetExchange(CURL* handle, Exchange& exchange, milliseconds left) {
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(left.count()));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, TakeBody);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, GiveUpWhenStopped);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
}

/// An answer, and where it sends us on to, if it does.
struct Answer {
  gates::Response response;
  std::string redirect;
};

std::string Explain(CURLcode code, const Exchange& exchange, const char* words,
                    const Request& request) {
  if (exchange.is_too_large)
    return fmt::format("the body is larger than {} MiB", kMostBody / 1024 / 1024);
  if (code == CURLE_OPERATION_TIMEDOUT)
    return fmt::format("no answer within {} ms", request.limit.count());
  if (code == CURLE_ABORTED_BY_CALLBACK) return "the run was stopped";
  return fmt::format("no answer: {}", *words ? words : curl_easy_strerror(code));
}

Answer ReadAnswer(CURL* handle, std::string body) {
  Answer answer;
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  answer.response.status = static_cast<int>(status);
  answer.response.body = std::move(body);
  for (curl_header* header = curl_easy_nextheader(handle, CURLH_HEADER, -1, nullptr); header;
       header = curl_easy_nextheader(handle, CURLH_HEADER, -1, header))
    answer.response.headers.emplace_back(header->name, header->value);
  const char* redirect = nullptr;
  curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &redirect);
  if (redirect) answer.redirect = redirect;
  return answer;
}

tl::expected<Answer, std::string> SendOnce(const Request& request, milliseconds left) {
  if (left.count() <= 0) return Why(fmt::format("no answer within {} ms", request.limit.count()));
  const Handle handle(curl_easy_init(), curl_easy_cleanup);
  if (!handle) return Why("libcurl cannot start");
  Exchange exchange;
  exchange.body.reserve(kMostBody);
  exchange.stop = request.stop;
  std::array<char, CURL_ERROR_SIZE> words{};
  const HeaderList headers = HeadersOf(request);
  curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, words.data());
  SetSafety(handle.get());
  SetRequest(handle.get(), request, headers.get());
  SetExchange(handle.get(), exchange, left);
  const CURLcode code = curl_easy_perform(handle.get());
  if (code != CURLE_OK) return Why(Explain(code, exchange, words.data(), request));
  return ReadAnswer(handle.get(), std::move(exchange.body));
}

std::string PartOf(CURLU* url, CURLUPart part, unsigned flags) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK || !text) return "";
  std::string copy = text;
  curl_free(text);
  std::ranges::transform(copy, copy.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return copy;
}

/// Scheme, host and port, and whether a user is named; empty for what is no URL.
std::string OriginOf(const std::string& text) {
  const Url url(curl_url(), curl_url_cleanup);
  const bool is_read = url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(),
                                           CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  if (!is_read) return "";
  return fmt::format("{}://{}{}:{}", PartOf(url.get(), CURLUPART_SCHEME, 0),
                     PartOf(url.get(), CURLUPART_USER, 0).empty() ? "" : "user@",
                     PartOf(url.get(), CURLUPART_HOST, 0),
                     PartOf(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT));
}

// As browsers do: what was posted is not posted again somewhere else.
void Redirect(Request& request, const Answer& answer) {
  request.url = answer.redirect;
  const int status = answer.response.status;
  const bool was_post = request.method == "POST" && (status == 301 || status == 302);
  if (!was_post && (status != 303 || request.method == "HEAD")) return;
  request.method = "GET";
  request.body.reset();
}

}  // namespace

tl::expected<gates::Response, std::string> Send(const Request& asked) {
  Request request = asked;
  const auto end = Clock::now() + request.limit;
  const std::string origin = OriginOf(request.url);
  for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
    auto answer = SendOnce(request, std::chrono::duration_cast<milliseconds>(end - Clock::now()));
    if (!answer) return Why(answer.error());
    const auto& statuses = request.statuses;
    const bool is_meant = std::ranges::find(statuses, answer->response.status) != statuses.end();
    if (is_meant || answer->redirect.empty()) return std::move(answer->response);
    if (OriginOf(answer->redirect) != origin || origin.empty())
      return Why(fmt::format("redirected to {}, which is another server", answer->redirect));
    Redirect(request, *answer);
  }
  return Why(fmt::format("redirected more than {} times", kMostRedirects));
}

bool PrepareHttp() { return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK; }

}  // namespace stage
