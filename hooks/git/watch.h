#pragma once

namespace git {

/// Marks one libgit2 call, so that hooks/last_words can notice one that never
/// ends (a truncated loose object). Costs two stores; never nested.
class Watched {
 public:
  Watched();
  ~Watched();
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
};

/// Odd while a libgit2 call runs, and another number for every call. May be
/// asked from a signal handler.
unsigned WatchedMoment();

}  // namespace git
