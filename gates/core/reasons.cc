#include "gates/core/reasons.h"

#include <iterator>

namespace gates {
namespace {

// The words below are what a person reads when a push was refused: say what was
// seen, why that is a no, and the command that mends it. docs/reasons.md holds
// the same words, and a test compares the two.
constexpr Reason kReasons[] = {
    {Code::kVerdictMissing, "VERDICT_MISSING", "log", Weight::kBlock,
     "A work item of this change has no verdict log for a gate that the policy requires, or the "
     "change deletes a log.",
     "A log that is not there says nothing, and silence is not success.",
     "Run the gate for the work item and commit its log at the path in the finding. Bring a "
     "deleted "
     "log back with `git checkout <base> -- <path>`. `git verdict policy show` prints which logs "
     "are required."},
    {Code::kVerdictNotAFile, "VERDICT_NOT_A_FILE", "log", Weight::kBlock,
     "The log is not a plain file of mode 100644 but an executable, a symbolic link, a submodule "
     "or "
     "a folder; or something other than a folder stands on the way to it.",
     "The text of a link or the id of a submodule is not a verdict, and a log hidden behind one "
     "could be changed without a trace here.",
     "Put a regular file at that path and commit it. For an executable log: "
     "`git update-index --chmod=-x <path>`. `git ls-tree <commit> <path>` shows the mode."},
    {Code::kTreeMalformed, "TREE_MALFORMED", "log", Weight::kBlock,
     "A folder in git's object database breaks git's own rules (entries out of order, a name that "
     "stands twice, a mode with leading zeros), or a name on the way to a log or to the policy has "
     "a twin that differs only in upper and lower case.",
     "Programs read such a folder differently: what is judged here need not be what others check "
     "out.",
     "For a twin: `git rm --cached <twin>` and commit. Otherwise `git fsck --full` names the "
     "object, "
     "and git writes the folder properly if you run `git rm -r --cached <folder>`, then "
     "`git add <folder>`, and amend the commit that brought it."},
    {Code::kVerdictTooLarge, "VERDICT_TOO_LARGE", "log", Weight::kBlock,
     "The log is larger than 16 MiB.",
     "A hook reads the whole log while somebody waits for the push; a larger one is not opened at "
     "all.",
     "Keep the verdict and a summary in the log, move the long output to a build artifact, and "
     "commit the shorter log. The size counts in the commit that lands."},
    {Code::kVerdictEncoding, "VERDICT_ENCODING", "log", Weight::kBlock,
     "The frontmatter holds bytes that are not allowed in it: invalid UTF-8, a byte order mark, a "
     "tab, a lone carriage return or another control character, a Unicode line separator, a bidi "
     "control or a noncharacter.",
     "Such bytes make one log look different to a person, to grep and to a YAML reader.",
     "Save the file as UTF-8 without a byte order mark, with blanks in place of tabs. "
     "`git show <commit>:<path> | cat -A` makes the bytes visible; `git verdict lint <path>` tells "
     "when they are gone."},
    {Code::kVerdictFrontmatter, "VERDICT_FRONTMATTER", "log", Weight::kBlock,
     "The log has no usable frontmatter: a fence is missing, unclosed or ambiguous, nothing stands "
     "between the fences, or a limit is exceeded (64 KiB in all, 4096 bytes in a line, 16 levels).",
     "Only the lines between the two fences count. Where they cannot be told for certain there is "
     "no verdict to read.",
     "Make `---` the very first line of the file and close the block with a line that is exactly "
     "`---`. Nothing stands before it, no blanks after it, and no other line in the block starts "
     "with `---` or `...`. Try it with `git verdict lint <path>`."},
    {Code::kVerdictYaml, "VERDICT_YAML", "log", Weight::kBlock,
     "What stands between the fences is not one plain YAML block mapping: it does not parse, or it "
     "uses a tag, an anchor, an alias, a merge key, a directive or a form that readers take "
     "differently.",
     "A verdict counts only if every sane YAML reader sees the same one.",
     "Write plain `key: value` lines that start at column 1, each key in plain ASCII right before "
     "its colon. `git verdict lint <path>` names the line."},
    {Code::kVerdictKeyMissing, "VERDICT_KEY_MISSING", "log", Weight::kBlock,
     "The frontmatter can be read, but the gate's status key is not one of its top-level keys.",
     "A status in the body, in a comment, in a string or inside another key is not the verdict.",
     "Let the job that ran the gate write its status key (for example `staging_status`) at column "
     "1 "
     "between the fences. `git verdict policy show` prints the key of each gate."},
    {Code::kVerdictKeyDuplicate, "VERDICT_KEY_DUPLICATE", "log", Weight::kBlock,
     "A key stands twice in one mapping, or a key that reads like one of ours stands there: equal "
     "to it but for upper and lower case, `_`, `-`, `.` and blanks.",
     "Of two verdicts some readers take the first and others the last.",
     "Keep the one line that is true and delete the others. `git verdict lint <path>` names the "
     "line."},
    {Code::kVerdictToken, "VERDICT_TOKEN", "log", Weight::kBlock,
     "The status key is there, but its value is not exactly the pass or the fail token of the "
     "gate.",
     "A value in quotes, in other letters, on another line or with text behind it is a verdict for "
     "some readers and not for others.",
     "Write the token bare and in capitals on the line of its key, `staging_status: SUCCESS` or "
     "`staging_status: FAILED`; only a comment may follow, after a blank. Try it with "
     "`git verdict lint <path>`."},
    {Code::kVerdictFailed, "VERDICT_FAILED", "log", Weight::kBlock,
     "The log is well-formed and records a failure.", "The gate ran and said no.",
     "Mend what failed, run the gate again on the mended commit and commit the new log. Do not "
     "change the token by hand: the log would claim a run that never was."},
    {Code::kVerdictUnbound, "VERDICT_UNBOUND", "proof", Weight::kBlock,
     "The log passes, but it cannot be told which commit was validated: `validated_sha` is "
     "malformed, names no commit, disagrees with the one given, or is not there and the history "
     "does not show it beyond doubt.",
     "A success that belongs to no commit proves nothing about this one.",
     "Put `validated_sha: <40 hex>` in the log: the full id of the commit that was staged, in "
     "lower "
     "case, as `git rev-parse <commit>` prints it. A trusted CI job can give it instead: "
     "`git verdict check --validated-sha <sha>`."},
    {Code::kVerdictForeign, "VERDICT_FOREIGN", "proof", Weight::kBlock,
     "The log's `work_item` is not the work item in whose folder it stands.",
     "A log that was copied from another work item says nothing about this one.",
     "Run the gate for this work item and commit its own log. If the log is the right one, set "
     "`work_item` to the name of its folder."},
    {Code::kStaleCode, "STALE_CODE", "proof", Weight::kBlock,
     "The landing commit holds bytes that nobody validated: its files differ from those of the "
     "validated commit.",
     "The verdict speaks of other bytes than those that would land.",
     "Stage the landing commit again and record the verdict, or land exactly what was staged. "
     "`git diff --stat <validated> <landing>` shows what came in between; verdict logs in that "
     "list "
     "do no harm."},
    {Code::kStaleBase, "STALE_BASE", "proof", Weight::kBlock,
     "The base moved after validation. What would land is the clean sum of both, and here an exact "
     "proof is asked for: by the policy (`landing: exact`), or since the protected ref is new.",
     "The sum was never staged itself, and each half can break the other.",
     "Bring the branch up to date with `git fetch` and `git merge <remote>/<target>` (or rebase "
     "it), stage the result again and record the verdict."},
    {Code::kMergeEvil, "MERGE_EVIL", "proof", Weight::kBlock,
     "The landing commit merges the validated commit, but its files are not what that merge gives: "
     "something was changed or dropped in the merge itself.",
     "Edits made while merging are in nobody's verdict, and reviewers rarely see them.",
     "See the edits with `git show --remerge-diff <merge>`. Move them to a commit of the branch, "
     "stage that one, and merge again without touching a file."},
    {Code::kMergeConflict, "MERGE_CONFLICT", "proof", Weight::kBlock,
     "The base moved after staging, and the validated commit (or the head) does not merge into it "
     "cleanly.",
     "How a person resolved the conflict is in nobody's verdict, so the result has to be staged.",
     "Merge the base into the branch, resolve, stage that merge and record its verdict: it then "
     "contains the base and lands as it was staged."},
    {Code::kWorkItemNone, "WORK_ITEM_NONE", "change", Weight::kBlock,
     "The change alters files, and no work item is concerned: no commit of it changes a work-item "
     "folder, and no commit message names an item in a trailer.",
     "Without a work item there is no log to ask, so nothing says that the change was validated.",
     "Name the item in the last paragraph of a commit message: "
     "`git commit --amend --no-edit --trailer 'Refs: <ID>'`. Or commit the item's log in its "
     "folder. In CI: "
     "`git verdict check --work-item <ID>`."},
    {Code::kWorkItemInvalid, "WORK_ITEM_INVALID", "change", Weight::kBlock,
     "A name that was given as a work item is not a work item ID by the policy's pattern.",
     "A name that leads to no folder has no log, and leaving it out would be a check that never "
     "ran.",
     "Give the whole ID as its folder spells it, for example `--work-item ORCH-061`. "
     "`git verdict policy show` prints the pattern."},
    {Code::kRefDeleted, "REF_DELETED", "change", Weight::kBlock,
     "The push deletes a protected branch or tag.",
     "With it would go the line that every verdict is tied to; deleted and pushed anew it would be "
     "a rewrite.",
     "Leave the ref in place. If it has to go, first land a change that takes it off `protected` "
     "in "
     "`.verdict.yml` on the default branch."},
    {Code::kRefRewritten, "REF_REWRITTEN", "change", Weight::kBlock,
     "The push does not build on what the protected ref holds now: it is not a fast-forward, it "
     "moves a tag, or it makes a new ref that cannot be tied to the protected history.",
     "It would take back what was validated and landed before.",
     "Build on the tip and push without force: `git fetch`, then `git rebase <remote>/<target>` or "
     "`git merge <remote>/<target>`. Give a changed release a new tag name. Start a new protected "
     "branch at a commit of the default branch."},
    {Code::kRefForbidden, "REF_FORBIDDEN", "change", Weight::kBlock,
     "The push makes or moves a ref that may not exist: one under `refs/replace/`, a protected tag "
     "that leads to no commit, or a name that only looks like a protected one.",
     "Such refs make git or people see one thing where another is stored.",
     "Choose a name that differs clearly from every protected ref, and tag a commit. To get rid of "
     "such a ref: `git push <remote> --delete <ref>`."},
    {Code::kWriterUnsigned, "WRITER_UNSIGNED", "writer", Weight::kBlock,
     "The policy asks for signed verdicts, and no signature stands beside this log.",
     "Anybody who may commit can write `SUCCESS` by hand; a signature tells that the job wrote it "
     "which ran the gate.",
     "Let the job that ran the gate record its verdict: `git verdict record --sign <key>` commits "
     "the log and `<log>.sig`. `git verdict policy show` prints who may sign."},
    {Code::kWriterUntrusted, "WRITER_UNTRUSTED", "writer", Weight::kBlock,
     "The signature beside the log does not make it a verdict that counts here: it is no valid "
     "signature of these bytes, nobody on the trusted side's list made it, it was made for another "
     "work item or another gate, or the base holds a newer signed log. Or no `ssh-keygen` is there "
     "to tell (exit code 2).",
     "A signature that was copied, outlived or made by a stranger says nothing about this change.",
     "Run the gate again and sign the log that it writes: `git verdict record --sign <key>`. "
     "Change nothing in a signed log, not even a blank. A new signer's key has to land in the file "
     "`allowed_signers` first. Where `ssh-keygen` is missing: `apt-get install openssh-client`."},
    {Code::kWriterIsAuthor, "WRITER_IS_AUTHOR", "writer", Weight::kBlock,
     "The log is signed by somebody who wrote one of the commits that it passes, and the policy "
     "wants another one to do that. Commits of verdict logs alone do not count.",
     "Nobody is to pass their own change.",
     "Let another signer, or the job that has a key of its own, run the gate and sign: `git "
     "verdict record --sign <key>`. `git log --format=%ae <base>..<validated>` lists the authors."},
    {Code::kPolicyInvalid, "POLICY_INVALID", "policy", Weight::kCannotEvaluate,
     "The policy cannot be used: an unknown key, a wrong type, a key twice, no required gate, two "
     "gates for one file, or a change that would land such a policy.",
     "A rule that is half understood may be the one that mattered, so none is guessed.",
     "`git verdict policy check .verdict.yml` names the line: correct the file and commit it. If "
     "the one "
     "on the default branch is invalid, pin a good copy with "
     "`git config verdict.policyFile <file>` until the corrected one has landed."},
    {Code::kDocsNotUpdated, "DOCS_NOT_UPDATED", "docs", Weight::kBlock,
     "The change touches what a rule of the policy's `docs` watches, and none of the documents "
     "that "
     "the rule names.",
     "Documentation that is to follow later seldom does, and whoever relies on it is told what no "
     "longer holds.",
     "Add to the change an update of a document that the finding names: a file that is new or has "
     "other bytes. A document that the policy does not exempt is content: stage the change with it "
     "and record the verdict again."},
    {Code::kDocsMissing, "DOCS_MISSING", "docs", Weight::kBlock,
     "A work item of this change does not have a document that the policy's `docs` requires: it is "
     "not there, empty, or no ordinary file.",
     "The team agreed that no item lands without it.",
     "Write the document at the path in the finding and commit it. Where the policy does not "
     "exempt "
     "it, stage the change with it and record the verdict again."},
    {Code::kPlaceholderUnresolved, "PLACEHOLDER_UNRESOLVED", "docs", Weight::kBlock,
     "A file that the change adds or changes holds a placeholder, as the policy's `docs` describes "
     "it, or is too large to be searched for one.",
     "A template that nobody has filled in looks like a document and says nothing.",
     "Put in its place what the placeholder at that line stands for. A file that is too large or "
     "no "
     "text is left out by narrower `placeholders.paths` in the policy."},
    {Code::kHistoryShallow, "HISTORY_SHALLOW", "world", Weight::kCannotEvaluate,
     "The clone is shallow: its history is cut off.",
     "Whether a commit contains another cannot be answered from a part of the history.",
     "`git fetch --unshallow`. In CI fetch everything: `fetch-depth: 0` (GitHub, Gitea), "
     "`GIT_DEPTH: 0` (GitLab)."},
    {Code::kObjectMissing, "OBJECT_MISSING", "world", Weight::kCannotEvaluate,
     "An object that has to be read, often the validated commit, is not in this repository.",
     "What is not here cannot be compared.",
     "Fetch it: `git fetch <remote> <sha>`. If the server lacks it, push it from the clone that "
     "staged it: `git push <remote> <sha>:refs/verdicts/<ID>/<sha>`. In a partial clone: "
     "`git fetch --refetch --no-filter`."},
    {Code::kRepositoryUnsupported, "REPOSITORY_UNSUPPORTED", "world", Weight::kCannotEvaluate,
     "The repository has a format that git-verdict cannot read: SHA-256 object names, reftable "
     "refs "
     "or another extension of git's.",
     "A repository that is read only in part is not judged at all.",
     "`git config --get-regexp '^extensions\\.'` shows which. Run the gate in a clone of the usual "
     "format (SHA-1, refs as files): a fresh `git clone` of the server most often is one."},
    {Code::kRepositoryUnreadable, "REPOSITORY_UNREADABLE", "world", Weight::kCannotEvaluate,
     "The repository cannot be opened or read: it is not there, may not be read, or is damaged.",
     "What cannot be read cannot be judged.",
     "`git rev-parse --git-dir` tells whether this is a repository, `ls -ld` on what it prints who "
     "owns it, and `git fsck --full` what is damaged. In a container the checkout often belongs to "
     "another user."},
    {Code::kInputMalformed, "INPUT_MALFORMED", "world", Weight::kCannotEvaluate,
     "What git-verdict was given cannot be understood: a hook line that is not what git sends, or "
     "a "
     "revision or name that means nothing here, or two things.",
     "A line that is skipped would be a push that nobody judged.",
     "Try a revision with `git rev-parse --verify '<rev>^{commit}'`. Let git call the hook; a hook "
     "manager in between has to pass on the arguments and all of the standard input."},
    {Code::kInternal, "INTERNAL", "world", Weight::kCannotEvaluate,
     "git-verdict itself failed: a fault in the program, or no memory or disk space left.",
     "A gate that breaks must not open.",
     "Run it once more. If it fails again, report the whole message with the output of "
     "`git verdict --version`."},
};

}  // namespace

std::span<const Reason> AllReasons() { return kReasons; }

const Reason& ReasonFor(Code code) {
  for (const Reason& reason : kReasons)
    if (reason.code == code) return reason;
  return kReasons[std::size(kReasons) - 1];  // INTERNAL, the worst: never nothing
}

const Reason* FindReason(std::string_view name) {
  for (const Reason& reason : kReasons)
    if (reason.name == name) return &reason;
  return nullptr;
}

}  // namespace gates
