// One try of a check: asks the world, and holds the answer to what is expected.

#include "hooks/stage/try.h"

#include <fmt/format.h>

#include <cstring>

#include "hooks/stage/http.h"

namespace stage {
namespace {

using std::chrono::milliseconds;

constexpr size_t kMostShown = 300;
constexpr size_t kMostOutput = kMostBody;

gates::Show ShowWith(const Masks& masks) {
  return [&masks](std::string_view text) { return Shown(text, masks); };
}

Failure Joined(const std::vector<std::string>& sentences) {
  if (sentences.empty()) return std::nullopt;
  return fmt::format("{}", fmt::join(sentences, "; "));
}

std::string Filled(const gates::Template& text, const Scene& scene) {
  return text.Fill(scene.settings.base_url, scene.secrets.values);
}

std::string UrlOf(const std::string& base_url, const std::string& path) {
  return (base_url.ends_with('/') ? base_url.substr(0, base_url.size() - 1) : base_url) + path;
}

/// How a program ended that did not exit; empty: it did.
std::string FaultOfEnd(const hooks::ChildOrder& order, const hooks::ChildAnswer& answer) {
  using End = hooks::ChildAnswer::End;
  switch (answer.end) {
    case End::kNotStarted:
      return fmt::format("cannot start {}: {}", order.arguments[0], std::strerror(answer.status));
    case End::kOutOfTime: return fmt::format("did not end within {} ms", order.limit.count());
    case End::kStopped: return "the run was stopped";
    case End::kSignal: return fmt::format("was ended by signal {}", answer.status);
    case End::kExit: break;
  }
  return answer.output_was_cut ? fmt::format("wrote more than {} MiB", kMostOutput / 1024 / 1024)
                               : "";
}

Failure Judge(const gates::RunCheck& check, const hooks::ChildOrder& order,
              const hooks::ChildAnswer& answer, const Scene& scene) {
  std::vector<std::string> unmet;
  if (const std::string fault = FaultOfEnd(order, answer); !fault.empty())
    unmet.push_back(fault);
  else
    unmet = gates::FindUnmet(check.expected, {answer.status, answer.output}, ShowWith(scene.masks));
  if (!unmet.empty() && !answer.errors.empty())
    unmet.push_back(fmt::format("stderr is \"{}\"", Shown(answer.errors, scene.masks)));
  return Joined(unmet);
}

hooks::ChildOrder OrderOf(const Scene& scene, milliseconds limit) {
  hooks::ChildOrder order;
  order.environment = hooks::EnvironmentWithout({});
  order.limit = limit;
  order.most_output = kMostOutput;
  order.stop = scene.settings.stop;
  return order;
}

// An engine exits with 1 when the container is gone, and so do many programs: only
// an answer of one and the same life of the container is one of the program's.
Failure TryInContainer(const gates::RunCheck& check, const Scene& scene, hooks::ChildOrder order) {
  if (!scene.settings.container) return scene.settings.container.error();
  const Container& container = *scene.settings.container;
  const auto before = LifeOf(container, order);
  if (!before) return before.error();
  order.arguments = WrapInExec(container, order.arguments);
  const hooks::ChildAnswer answer = hooks::RunChild(order);
  if (const std::string fault = FaultOfEngine(container, answer); !fault.empty())
    return Shown(fault, scene.masks);
  const auto after = LifeOf(container, OrderOf(scene, order.limit));
  if (!after) return after.error();
  if (*after != *before)
    return fmt::format("the container {} was started anew meanwhile", container.name);
  return Judge(check, order, answer, scene);
}

}  // namespace

Failure TryHttp(const gates::HttpCheck& check, const Scene& scene, milliseconds limit) {
  Request request{.method = check.method,
                  .url = UrlOf(scene.settings.base_url, check.path),
                  .headers = {},
                  .body = std::nullopt,
                  .statuses = check.expected.statuses,
                  .limit = limit,
                  .stop = scene.settings.stop};
  for (const gates::RequestHeader& header : check.headers) {
    request.headers.emplace_back(header.name, Filled(header.value, scene));
    if (request.headers.back().second.find_first_of("\r\n") != std::string::npos)
      return fmt::format("a secret with a line break cannot stand in the header {}", header.name);
  }
  if (check.body) request.body = Filled(*check.body, scene);
  const auto response = Send(request);
  if (!response) return response.error();
  return Joined(gates::FindUnmet(check.expected, *response, ShowWith(scene.masks)));
}

Failure TryRun(const gates::RunCheck& check, const Scene& scene, milliseconds limit) {
  hooks::ChildOrder order = OrderOf(scene, limit);
  for (const gates::Template& argument : check.arguments)
    order.arguments.push_back(Filled(argument, scene));
  if (scene.settings.in_container) return TryInContainer(check, scene, std::move(order));
  return Judge(check, order, hooks::RunChild(order), scene);
}

// Masked before it is cut, or the start of a secret might stay; and never cut
// within a character.
std::string Shown(std::string_view text, const Masks& masks) {
  std::string shown = masks.MaskStart(text, kMostShown);
  if (text.size() <= kMostShown) return shown;
  while (!shown.empty() && (shown.back() & 0xC0) == 0x80) shown.pop_back();
  if (!shown.empty() && (shown.back() & 0x80) != 0) shown.pop_back();
  return fmt::format("{}[... {} bytes in all]", shown, text.size());
}

}  // namespace stage
