#include "hooks/record_scene.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/proof/verdict_log.h"
#include "hooks/door.h"
#include "hooks/git/checkouts.h"
#include "hooks/git/merging.h"
#include "hooks/work_file.h"

namespace hooks {
namespace {

constexpr int kDeepestSymbolicRef = 5;  // as git
constexpr size_t kMostPaths = 3;        // named in a refusal

auto Refuse(std::string what, std::string mend) {
  return tl::unexpected(Refusal{std::move(what), std::move(mend)});
}

tl::expected<Target, Refusal> TargetAt(const git::Repository& repository, const std::string& ref) {
  const auto id = repository.FindRef(ref);
  const auto commit = id ? repository.Peel(*id) : std::nullopt;
  if (!commit)
    return Refuse(fmt::format("{} has no commit yet", ref), "commit what was staged first");
  return Target{ref, gates::RequireCommit(repository, *commit)};
}

tl::expected<Target, Refusal> FindCurrentBranch(const git::Repository& repository) {
  std::string ref = "HEAD";
  for (int depth = 0; depth < kDeepestSymbolicRef; ++depth)
    if (auto target = repository.SymbolicTarget(ref)) ref = *std::move(target);
  return TargetAt(repository, ref);
}

tl::expected<Target, Refusal> FindOtherBranch(const git::Repository& repository,
                                              const std::string& onto) {
  const std::string ref = FullBranchName(onto);
  if (!ref.starts_with("refs/heads/") || !repository.FindRef(ref))
    return Refuse(fmt::format("--onto: there is no branch '{}' here", onto),
                  "give --onto one of those that `git branch` lists, or make it first");
  if (const auto target = repository.SymbolicTarget(ref))
    return Refuse(fmt::format("--onto: {} only stands for {}", ref, *target),
                  fmt::format("give --onto {}", *target));
  if (const auto folder =
          git::FindCheckout(ref, repository.common_directory(), repository.OwnConfig("core.bare")))
    return Refuse(
        fmt::format("--onto: {} is checked out in {}", ref, *folder),
        fmt::format("run it there without --onto: `git -C {} verdict record ...`", *folder));
  return TargetAt(repository, ref);
}

std::string Listed(const std::vector<std::string>& paths) {
  std::string list;
  for (size_t i = 0; i < paths.size() && i < kMostPaths; ++i)
    list += (i == 0 ? "" : ", ") + paths[i];
  return paths.size() <= kMostPaths ? list
                                    : list + fmt::format(" and {} more", paths.size() - kMostPaths);
}

std::optional<gates::ObjectId> BlobAt(const Scene& scene, const gates::ObjectId& commit,
                                      const std::string& path) {
  if (!scene.repository.Has(commit)) return std::nullopt;  // below the end of a shallow clone
  gates::TreeReader reader(scene.repository);
  const auto found =
      reader.Find(gates::RootOf(gates::RequireCommit(scene.repository, commit)), path);
  if (found.kind != gates::Found::Kind::kEntry) return std::nullopt;
  return found.id;
}

// A run that was ended after the ref had moved has left the version before.
bool IsCommitted(const Scene& scene, const std::string& path, const gates::ObjectId& blob) {
  if (BlobAt(scene, scene.target.tip.id, path) == blob) return true;
  return std::ranges::any_of(scene.target.tip.parents, [&](const gates::ObjectId& parent) {
    return BlobAt(scene, parent, path) == blob;
  });
}

}  // namespace

tl::expected<Scene, Refusal> SetScene(const std::string& onto) {
  auto repository = git::Repository::Discover(".");
  auto writer = git::Writer::Open(".");
  const bool is_bare = !writer.work_tree();
  if (is_bare && onto.empty())
    return Refuse("a bare repository has no current branch to commit on",
                  "name the branch: --onto <branch>");
  auto target = onto.empty() ? FindCurrentBranch(repository) : FindOtherBranch(repository, onto);
  if (!target) return tl::unexpected(target.error());
  auto trusted = FindTrustedRules(repository, target->tip.id);
  if (!trusted) return tl::unexpected(RefusalFrom(trusted.error()));
  std::optional<git::WorkTree> tree;
  if (!is_bare) tree.emplace(writer);
  return Scene{std::move(repository), std::move(writer), *std::move(target),
               *std::move(trusted),   std::move(tree),   onto.empty()};
}

tl::expected<gates::ObjectId, Refusal> FindStagedCommit(const Scene& scene) {
  const auto head = TargetAt(scene.repository, "HEAD");
  if (!head) return tl::unexpected(head.error());
  if (!scene.tree) return head->tip.id;
  std::vector<std::string> unlike = scene.tree->PathsUnlike(head->tip.id);
  std::erase_if(unlike, [&](const std::string& path) {
    return scene.trusted.rules.Place(path).gate != nullptr;
  });
  if (unlike.empty()) return head->tip.id;
  return Refuse(fmt::format("HEAD does not hold what is in the work tree: {}", Listed(unlike)),
                "commit or stash it, or name what was validated with --validated-sha");
}

tl::expected<std::optional<std::string>, Refusal> ReadAtTip(const Scene& scene,
                                                            const std::string& path) {
  gates::TreeReader reader(scene.repository);
  const gates::Root root = gates::RootOf(scene.target.tip);
  const gates::Found found = reader.Find(root, path);
  if (!reader.malformed().empty()) return tl::unexpected(RefusalFrom(reader.malformed().front()));
  if (found.kind == gates::Found::Kind::kAbsent) return std::nullopt;
  if (found.kind == gates::Found::Kind::kBlocked)
    return tl::unexpected(RefusalFrom(gates::NotAFile(found.at, found.mode, root.commit)));
  if (found.mode != gates::Mode::kRegular)
    return tl::unexpected(RefusalFrom(gates::NotAFile(path, found.mode, root.commit)));
  if (scene.repository.BlobSize(found.id) > gates::kLogBytes) return "";
  return scene.repository.ReadBlob(found.id);
}

tl::expected<void, Refusal> RequireCommitted(const Scene& scene, const std::string& path) {
  if (!scene.tree || !scene.commits_here) return {};
  const OnDisk disk = LookAt({*scene.writer.work_tree(), path});
  if (disk.kind == OnDisk::Kind::kOther)
    return Refuse(fmt::format("{} is no plain file in real folders", path),
                  "take away what stands there: a link, say, that leads elsewhere");
  const git::Staged staged = scene.tree->At(path);
  const bool is_committed =
      staged.kind != git::Staged::Kind::kConflict &&
      (staged.kind == git::Staged::Kind::kNothing || IsCommitted(scene, path, staged.blob)) &&
      (disk.kind == OnDisk::Kind::kNothing ||
       IsCommitted(scene, path, git::Merging().NameBlob(disk.text)));
  if (is_committed) return {};
  return Refuse(fmt::format("{} has changes that no commit holds", path),
                "commit the file, or move it away and `git restore --staged` it");
}

}  // namespace hooks
