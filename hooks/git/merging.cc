#include "hooks/git/merging.h"

#include "hooks/git/handle.h"
#include "hooks/git/state.h"

namespace git {
namespace {

/// The result of a text merge, given back to libgit2 at the end.
class MergeResult {
 public:
  MergeResult() = default;
  ~MergeResult() { git_merge_file_result_free(&result_); }
  MergeResult(const MergeResult&) = delete;
  MergeResult& operator=(const MergeResult&) = delete;

  git_merge_file_result* get() { return &result_; }

 private:
  git_merge_file_result result_{};
};

git_merge_file_input Input(const std::string& text) {
  git_merge_file_input input{};
  input.version = GIT_MERGE_FILE_INPUT_VERSION;
  input.ptr = text.data();
  input.size = text.size();
  return input;
}

gates::ObjectId NameOf(const std::string& bytes, git_object_t type) {
  git_oid oid;
  Check(Watch(git_odb_hash, &oid, static_cast<const void*>(bytes.data()), bytes.size(), type),
        "name an object");
  return FromOid(oid);
}

}  // namespace

std::optional<std::string> Merging::MergeTexts(const std::string& base, const std::string& ours,
                                               const std::string& theirs, gates::Diff diff) const {
  const git_merge_file_input ancestor = Input(base), our = Input(ours), their = Input(theirs);
  git_merge_file_options options{};
  options.version = GIT_MERGE_FILE_OPTIONS_VERSION;
  if (diff == gates::Diff::kPatience) options.flags = GIT_MERGE_FILE_DIFF_PATIENCE;
  MergeResult result;
  Check(Watch(git_merge_file, result.get(), &ancestor, &our, &their,
              static_cast<const git_merge_file_options*>(&options)),
        "merge two texts");
  if (!result.get()->automergeable) return std::nullopt;
  return std::string(result.get()->ptr ? result.get()->ptr : "", result.get()->len);
}

gates::ObjectId Merging::NameBlob(const std::string& text) const {
  return NameOf(text, GIT_OBJECT_BLOB);
}

gates::ObjectId Merging::NameTree(const std::string& bytes) const {
  return NameOf(bytes, GIT_OBJECT_TREE);
}

}  // namespace git
