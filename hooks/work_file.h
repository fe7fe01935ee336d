#pragma once

#include <string>
#include <string_view>

namespace hooks {

/// A path in a work tree. Nothing here reaches it through a symbolic link: neither
/// the file nor a folder on the way may be one.
struct WorkPath {
  std::string work_tree;  // with a slash at its end
  std::string path;
};

/// What stands at such a path. kOther: no regular file, or no real folder on the way.
struct OnDisk {
  enum class Kind { kOther, kNothing, kFile };

  Kind kind = Kind::kOther;
  std::string text;  // of a file, the first 16 MiB
};

OnDisk LookAt(const WorkPath& file);

/// Writes a new version of the file beside it and flushes it to disk; makes the
/// folders it stands in. Throws gates::WorldError where that cannot be done.
void PrepareFile(const WorkPath& file, std::string_view text);

/// Puts the prepared version in the file's place, in one step.
void PlaceFile(const WorkPath& file);

/// Throws the prepared version away, where there is one; one that stays does no harm.
void DropPrepared(const WorkPath& file) noexcept;

/// Removes the file, where there is one.
void RemoveFile(const WorkPath& file);

}  // namespace hooks
