#pragma once

#include <string>

namespace forges {

/// What the file at GITHUB_EVENT_PATH says of an event; empty what it does not say. Names and
/// ids are raw.
struct Payload {
  std::string ref;  // of a push
  std::string before;
  std::string after;
  std::string queue_base;  // of a merge group
  std::string queue_head;
  std::string queue_target;
  std::string proposed;        // the head of a pull request
  std::string default_branch;  // short name
};

/// Throws WorldError (INPUT_MALFORMED) where there is no such JSON.
Payload ReadPayload(const std::string& path);

}  // namespace forges
