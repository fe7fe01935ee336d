#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gates/core/object_id.h"
#include "gates/core/reasons.h"
#include "gates/core/tree.h"

// The ports: how gates see a repository. hooks/git implements them over
// libgit2, tests/support over literals.

namespace gates {

/// A fault of the world, not of the change under judgement: the answer is
/// CANNOT-EVALUATE. `code` is one of the world's reason codes, or that of what
/// cannot be told for it.
class WorldError : public std::runtime_error {
 public:
  WorldError(Code why, const std::string& message, std::string mend = "", std::string object = "")
      : std::runtime_error(message), code(why), remedy(std::move(mend)), sha(std::move(object)) {}

  Code code;
  std::string remedy;
  std::string sha;  // the object it is about, in hex, or empty
};

/// What a gate needs to know of a commit object.
struct Commit {
  ObjectId id;
  ObjectId tree;
  std::vector<ObjectId> parents;
  std::int64_t committed_at = 0;  // seconds since 1970, as the committer wrote it
  std::string message;
  std::string author_email;  // as the author wrote it; empty where git finds none
};

/// Port: trees and blobs by id. Every call throws WorldError (OBJECT_MISSING,
/// REPOSITORY_UNREADABLE) where the object is absent or corrupt.
class Objects {
 public:
  virtual ~Objects() = default;

  virtual tl::expected<Tree, MalformedTree> ReadTree(const ObjectId& id) const = 0;

  /// The size in bytes from the object's header: nothing is inflated.
  virtual std::uint64_t BlobSize(const ObjectId& id) const = 0;
  virtual std::string ReadBlob(const ObjectId& id) const = 0;
};

/// The commits that some tips reach, the tips among them. Remembers what it has walked, so that
/// many questions together cost about what walking the whole history once does.
class Ancestry {
 public:
  virtual ~Ancestry() = default;

  virtual bool Holds(const ObjectId& commit) = 0;
};

/// Port: commits and how they hang together. Throws WorldError like Objects.
class History {
 public:
  virtual ~History() = default;

  /// The commit `id`, or nothing where the object is there but is no commit.
  /// Tags are not peeled.
  virtual std::optional<Commit> FindCommit(const ObjectId& id) const = 0;

  /// The commit a tag (of a tag ...) leads to; a commit gives itself; else nothing.
  virtual std::optional<ObjectId> Peel(const ObjectId& id) const = 0;

  /// Whether `ancestor` is reachable from `tip`; a commit contains itself.
  virtual bool Contains(const ObjectId& tip, const ObjectId& ancestor) const = 0;

  virtual std::unique_ptr<Ancestry> AncestryOf(std::vector<ObjectId> tips) const = 0;

  /// The commits reachable from `tip` and not from `excluded`, children first.
  virtual std::vector<ObjectId> Range(const ObjectId& tip, const ObjectId& excluded) const = 0;

  /// Every best common ancestor of two commits; empty for unrelated ones.
  virtual std::vector<ObjectId> MergeBases(const ObjectId& a, const ObjectId& b) const = 0;

  virtual bool IsShallow() const = 0;
};

/// How two changed texts are laid over each other.
enum class Diff { kPlain, kPatience };

/// Port: merging texts and naming what comes of it. Works on buffers alone.
class Merging {
 public:
  virtual ~Merging() = default;

  /// The clean three-way merge of three texts; nothing where it conflicts.
  virtual std::optional<std::string> MergeTexts(const std::string& base, const std::string& ours,
                                                const std::string& theirs, Diff diff) const = 0;

  /// The ids that git would give to these bytes.
  virtual ObjectId NameBlob(const std::string& text) const = 0;
  virtual ObjectId NameTree(const std::string& bytes) const = 0;
};

/// A ref of the repository that takes the change, by the name it has there.
struct Ref {
  std::string name;
  ObjectId target;  // may be a tag object
};

/// Port: where that repository's refs stood before the push. A client knows
/// them by its remote-tracking refs.
class Refs {
 public:
  virtual ~Refs() = default;

  virtual std::optional<ObjectId> Find(std::string_view name) const = 0;

  /// The refs whose full name starts with `prefix`.
  virtual std::vector<Ref> Under(std::string_view prefix) const = 0;

  /// The ref that an update of `name` moves: where a symbolic ref leads in the end,
  /// born or not; else `name` itself.
  virtual std::string MovedBy(std::string_view name) const = 0;

  /// Whether a ref that is not found here is not there: a client knows what it fetched.
  virtual bool AreAll() const = 0;
};

/// A text, an armored SSH signature beside it, and whose signatures count.
struct SignedText {
  const std::string& text;
  const std::string& signature;
  const std::string& allowed_signers;  // in the form of ssh-keygen(1), ALLOWED SIGNERS
  std::int64_t signed_at = 0;          // seconds since 1970: a key counts that was valid then
};

/// The principals of who signed a text, at least one.
using Signers = std::vector<std::string>;

/// Port: who signed a text, for git-verdict and for no other purpose.
class Signatures {
 public:
  virtual ~Signatures() = default;

  /// Who of the allowed signers it was, or why it was none of them. Throws
  /// WorldError (WRITER_UNTRUSTED) where nobody is there to tell.
  virtual tl::expected<Signers, std::string> FindSigners(const SignedText& asked) const = 0;
};

struct World {
  const Objects& objects;
  const History& history;
  const Refs& refs;
  const Merging& merging;
  const Signatures& signatures;
};

}  // namespace gates
