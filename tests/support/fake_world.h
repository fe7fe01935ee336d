#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gates/core/world.h"
#include "gates/proof/workbench.h"

namespace test {

/// One entry of a literal tree: a text is a regular file with these bytes.
struct File {
  File(const char* bytes) : text(bytes) {}
  File(std::string bytes) : text(std::move(bytes)) {}
  File(std::uint32_t as, std::string bytes) : text(std::move(bytes)), mode(as) {}
  File(std::uint32_t as, const gates::ObjectId& id) : mode(as), object(id) {}

  std::string text;
  std::uint32_t mode = gates::Mode::kRegular;
  std::optional<gates::ObjectId> object;  // instead of `text`
};

inline File Executable(std::string text) { return {gates::Mode::kExecutable, std::move(text)}; }
inline File Symlink(std::string target) { return {gates::Mode::kSymlink, std::move(target)}; }
inline File Gitlink() { return {gates::Mode::kGitlink, gates::ObjectId{.bytes = {7, 7}}}; }

/// By path from the root: {{"src/a", "1"}, {"run.sh", Executable("x")}}.
using Files = std::map<std::string, File>;

/// A commit as a literal. Its tree is `files`; or, where that is not said, the
/// first parent's with `adds` put in and the paths of `drops` (files or
/// folders) taken out.
struct NewCommit {
  std::vector<gates::ObjectId> parents{};
  std::optional<Files> files{};
  Files adds{};
  std::vector<std::string> drops{};
  std::string message = "Change something";
  std::int64_t time = 1'000'000;
  std::string author = "ada@example.org";
  std::optional<gates::ObjectId> tree{};  // instead of all that: any object
};

/// A repository in memory behind the ports. Ids are a hash of the content, so
/// equal content has equal ids; they are not git's.
class FakeWorld final : public gates::Objects,
                        public gates::History,
                        public gates::Refs,
                        public gates::Merging,
                        public gates::Signatures {
 public:
  gates::World ports() const { return {*this, *this, *this, *this, *this}; }

  gates::ObjectId Commit(const NewCommit& commit);
  gates::ObjectId Tree(const Files& files);
  gates::ObjectId Blob(const std::string& text);
  gates::ObjectId Tag(const gates::ObjectId& target);

  /// A tree that readers disagree about, and a blob that says how large it is
  /// but must not be read.
  gates::ObjectId MalformedTree(const std::string& why = "the name 'a' stands twice");
  gates::ObjectId HugeBlob(std::uint64_t size);

  void SetRef(const std::string& name, const gates::ObjectId& target) { refs_[name] = target; }
  void SetSymbolicRef(const std::string& name, const std::string& leads_to) {
    symbolic_refs_[name] = leads_to;
  }
  void MakeShallow() { is_shallow_ = true; }

  /// From now on refs may be there that nobody here has heard of.
  void LoseTrackOfRefs() { knows_all_refs_ = false; }

  /// The armored signature of `text` by a key.
  std::string Sign(const std::string& text, const std::string& key);

  /// From now on nobody can tell who signed what.
  void LoseSignatures() { signatures_are_lost_ = true; }

  /// How often somebody asked who signed a text.
  int signatures_asked() const { return signatures_asked_; }

  /// From now on the object is not in the repository.
  void Lose(const gates::ObjectId& id) { lost_.insert(id); }

  gates::Commit At(const gates::ObjectId& commit) const { return *FindCommit(commit); }
  int trees_read() const { return trees_read_; }

  /// How often history was asked anything; a question about many tips counts as many.
  int history_asked() const { return history_asked_; }

  // gates::Objects
  tl::expected<gates::Tree, gates::MalformedTree> ReadTree(
      const gates::ObjectId& id) const override;
  std::uint64_t BlobSize(const gates::ObjectId& id) const override;
  std::string ReadBlob(const gates::ObjectId& id) const override;

  // gates::History
  std::optional<gates::Commit> FindCommit(const gates::ObjectId& id) const override;
  std::optional<gates::ObjectId> Peel(const gates::ObjectId& id) const override;
  bool Contains(const gates::ObjectId& tip, const gates::ObjectId& ancestor) const override;
  std::unique_ptr<gates::Ancestry> AncestryOf(std::vector<gates::ObjectId> tips) const override;
  std::vector<gates::ObjectId> Range(const gates::ObjectId& tip,
                                     const gates::ObjectId& excluded) const override;
  std::vector<gates::ObjectId> MergeBases(const gates::ObjectId& a,
                                          const gates::ObjectId& b) const override;
  bool IsShallow() const override { return is_shallow_; }

  // gates::Refs
  std::optional<gates::ObjectId> Find(std::string_view name) const override;
  std::vector<gates::Ref> Under(std::string_view prefix) const override;
  std::string MovedBy(std::string_view name) const override;
  bool AreAll() const override { return knows_all_refs_; }

  // gates::Merging: a line that one side changed; texts of as many lines only.
  std::optional<std::string> MergeTexts(const std::string& base, const std::string& ours,
                                        const std::string& theirs, gates::Diff diff) const override;
  gates::ObjectId NameBlob(const std::string& text) const override;
  gates::ObjectId NameTree(const std::string& bytes) const override;

  // gates::Signatures: allowed signers are lines `<principal> <key>`, perhaps
  // with ` until <timestamp>` behind.
  tl::expected<gates::Signers, std::string> FindSigners(
      const gates::SignedText& asked) const override;

 private:
  struct Entry {
    std::string name;
    std::uint32_t mode = 0;
    gates::ObjectId id;
  };

  void MustBeThere(const gates::ObjectId& id) const;
  std::set<gates::ObjectId> Ancestors(const gates::ObjectId& tip) const;
  Files FilesFor(const NewCommit& commit) const;

  std::map<gates::ObjectId, std::vector<Entry>> trees_;
  std::map<gates::ObjectId, std::string> malformed_;
  std::map<gates::ObjectId, std::string> blobs_;
  std::map<gates::ObjectId, std::uint64_t> huge_;
  std::map<gates::ObjectId, gates::Commit> commits_;
  std::map<gates::ObjectId, Files> files_;  // of each commit
  std::map<gates::ObjectId, gates::ObjectId> tags_;
  std::map<std::string, gates::ObjectId, std::less<>> refs_;
  std::map<std::string, std::string, std::less<>> symbolic_refs_;
  std::set<gates::ObjectId> lost_;
  std::map<std::string, std::pair<std::string, std::string>> signed_;  // text and key
  bool is_shallow_ = false;
  bool knows_all_refs_ = true;
  bool signatures_are_lost_ = false;
  mutable int signatures_asked_ = 0;
  mutable int trees_read_ = 0;
  mutable int history_asked_ = 0;
};

/// A workbench on such a repository.
struct FakeBench {
  explicit FakeBench(const FakeWorld& repository) : world(repository.ports()) {}

  gates::World world;
  gates::Workbench bench{world};
};

}  // namespace test
