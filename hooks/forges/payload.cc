#include "hooks/forges/payload.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gates/staging/strict_json.h"
#include "hooks/forges/variables.h"
#include "hooks/small_file.h"

namespace forges {
namespace {

using nlohmann::json;

constexpr size_t kMostBytes = 32 * 1024 * 1024;  // forges send less than 25 MB

json ReadJson(const std::string& path) {
  const auto text = hooks::ReadSmallFile(path, kMostBytes);
  if (!text) throw Unfit("the file at GITHUB_EVENT_PATH cannot be read");
  if (text->size() > kMostBytes) throw Unfit("the file at GITHUB_EVENT_PATH is too large");
  if (const auto fault = gates::FindJsonFault(*text))
    throw Unfit(fmt::format("the file at GITHUB_EVENT_PATH is refused: {}", *fault));
  return json::parse(*text);
}

std::string TextAt(const json& document, const char* pointer) {
  const json::json_pointer place(pointer);
  if (!document.contains(place) || !document.at(place).is_string()) return "";
  return document.at(place).get<std::string>();
}

}  // namespace

Payload ReadPayload(const std::string& path) {
  const json event = ReadJson(path);
  return {.ref = TextAt(event, "/ref"),
          .before = TextAt(event, "/before"),
          .after = TextAt(event, "/after"),
          .queue_base = TextAt(event, "/merge_group/base_sha"),
          .queue_head = TextAt(event, "/merge_group/head_sha"),
          .queue_target = TextAt(event, "/merge_group/base_ref"),
          .proposed = TextAt(event, "/pull_request/head/sha"),
          .default_branch = TextAt(event, "/repository/default_branch")};
}

}  // namespace forges
