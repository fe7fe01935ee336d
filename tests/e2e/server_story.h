#pragma once

#include "tests/e2e/story.h"

namespace e2e {

/// A story whose server has the pre-receive hook of docs/servers.md. Pushes of `topic`
/// and of `bad` to main send no objects: all of them are on the server, unprotected.
class ServerStory : public Story {
 protected:
  ServerStory();

  /// Makes this text of a shell script the server's hook.
  void PutHook(const std::string& text) const;

  /// What a push of `branch` to main came to. Main is where it was, or at `branch`, and
  /// only a validated one gets there; what git told the pusher fits. Puts main back then.
  enum class Outcome { kRefused, kLanded };
  Outcome PushToMain(const std::string& branch);
  Outcome OutcomeOf(const std::string& branch, const Ran& push);

  ObjectId base_, landing_, bad_;
};

}  // namespace e2e
