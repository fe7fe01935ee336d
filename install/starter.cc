#include "install/starter.h"

namespace install {
namespace {

constexpr const char* kPolicy =
    R"(# What may land here, for git-verdict. A change is judged by the policy that the default branch
# had before it, so this file counts once it has landed there.
# Every key and what it means: `git verdict policy show`, docs/formats/policy.md.
version: 1

# HEAD is the default branch; a bare name is a branch, refs/tags/... names tags.
protected: [HEAD, 'release/*']

work_items:
  root: docs/work-items
  id: '[A-Z][A-Z0-9]*-[0-9]+'       # the whole name of a work item's folder
  trailer: Refs                     # `Refs: ABC-1` at the end of a commit message

# A required gate needs its log with the word that passes, for every work item of a change.
gates:
  staging: {required: true}         # 15-staging-log.md, staging_status
  deploy: {required: false}         # 14-deploy-log.md: where there is one it has to be well-formed
  review: {required: false}         # 12-review.md

# Every log names the commit that it is about. `inferred` also takes older logs without it.
validated_sha: required

# `exact`: only what was staged, byte for byte. `replay`: also its clean merge into a branch that
# moved meanwhile.
landing: replay

# What needs no staging: the planning documents of work items. The logs themselves are judged
# whatever stands here, and so is this file.
exempt: ['docs/work-items/*/*.md']
)";

}  // namespace

std::vector<StarterFile> FilesFor(const Wish& wish) {
  std::vector<StarterFile> files;
  if (wish.policy)
    files.push_back({".verdict.yml", kPolicy,
                     "land .verdict.yml on the default branch: it judges from then on"});
  return files;
}

}  // namespace install
