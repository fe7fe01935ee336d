#pragma once

#include <git2.h>

#include <memory>
#include <string>
#include <utility>

#include "hooks/git/faults.h"
#include "hooks/git/watch.h"

namespace git {

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

/// An owned libgit2 object: Handle<git_tree, git_tree_free>.
template <class T, auto Free>
using Handle = std::unique_ptr<T, Freer<Free>>;

using ConfigHandle = Handle<git_config, git_config_free>;
using ConfigIteratorHandle = Handle<git_config_iterator, git_config_iterator_free>;
using IndexHandle = Handle<git_index, git_index_free>;
using ObjectHandle = Handle<git_object, git_object_free>;
using OdbHandle = Handle<git_odb, git_odb_free>;
using OdbObjectHandle = Handle<git_odb_object, git_odb_object_free>;
using ReferenceHandle = Handle<git_reference, git_reference_free>;
using RepositoryHandle = Handle<git_repository, git_repository_free>;

/// Text that libgit2 writes and we free.
class Buffer {
 public:
  Buffer() = default;
  ~Buffer() { git_buf_dispose(&buffer_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  git_buf* get() { return &buffer_; }
  std::string text() const { return std::string(buffer_.ptr, buffer_.size); }

 private:
  git_buf buffer_ = GIT_BUF_INIT;
};

/// Makes one libgit2 call under the eyes of the watchdog; gives its code.
template <class Call, class... Args>
int Watch(Call call, Args... args) {
  const Watched watched;
  return call(args...);
}

/// Throws where a libgit2 call failed: `Check(Watch(git_x, ...), "open the repository")`.
inline void Check(int code, const std::string& attempt) {
  if (code < 0) throw Unreadable("cannot " + attempt + ": " + Libgit2Message());
}

template <class H>
struct Tried {
  int code;
  H handle;  // null where code is negative
};

/// Fills a handle through libgit2's out-parameter, and tells how that went:
/// `auto [code, ref] = Try<ReferenceHandle>(git_reference_lookup, repo, name);`
template <class H, class Call, class... Args>
Tried<H> Try(Call call, Args... args) {
  typename H::pointer object = nullptr;
  const int code = Watch(call, &object, args...);
  return {code, H(object)};
}

/// The same where failure is a fault:
/// `auto config = Own<ConfigHandle>("read it", git_config_open_ondisk, path);`
template <class H, class Call, class... Args>
H Own(const std::string& attempt, Call call, Args... args) {
  auto [code, handle] = Try<H>(call, args...);
  Check(code, attempt);
  return std::move(handle);
}

}  // namespace git
