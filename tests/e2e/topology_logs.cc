// The topology table: logs that say something else than they seem to, and code
// that hides where logs are.

#include <sys/stat.h>

#include <filesystem>

#include "tests/e2e/topology.h"

namespace e2e::topology {
namespace {

namespace fs = std::filesystem;

const std::string kSuccess = "staging_status: SUCCESS\n";

std::string DateOf(const Ground& ground, const std::string& revision) {
  return ground.work().Git({"show", "-s", "--format=%cI", revision});
}

std::string Dated(const Ground& ground, const std::string& revision = "HEAD") {
  return kSuccess + "timestamp: " + DateOf(ground, revision) + "\n";
}

void LogAfterItsCode(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.RecordKeys("WI-1", Dated(ground));
  ground.Push();
}

void LogAfterUnstagedCode(Ground& ground) {
  ground.Branch("topic");
  const ObjectId staged = ground.Change("WI-1");
  ground.Change("WI-1", "lib.txt");
  ground.Record("WI-1", staged);
  ground.Push();
}

void CodeWithItsLog(Ground& ground) {
  ground.Branch("topic");
  ground.SetLine("app.txt", 5, "five");
  ground.RecordKeys("WI-1", Dated(ground));
  ground.Push();
}

void CodeAfterItsLog(Ground& ground) {
  ground.Branch("topic");
  ground.Stage("WI-1");
  ground.Change("WI-1", "lib.txt");
  ground.Push();
}

/// WI-9 has landed; its log has these keys besides the token.
void LandWithKeys(Ground& ground, const std::string& keys) {
  ground.OnMain();
  ground.Change("WI-9", "other.txt");
  ground.RecordKeys("WI-9", kSuccess + keys);
  ground.Land();
}

void CopyLog(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.work().CommitFile("docs/work-items/WI-1/15-staging-log.md",
                           ground.work().Read("docs/work-items/WI-9/15-staging-log.md"),
                           "WI-1: log");
  ground.Push();
}

void CopiedNamedLog(Ground& ground) {
  LandWithKeys(ground, "validated_sha: " + ground.work().Id("main").hex() + "\n");
  CopyLog(ground);
}

void CopiedLogWithItsItem(Ground& ground) {
  LandWithKeys(ground, "work_item: WI-9\n");
  CopyLog(ground);
}

void CopiedInferredLog(Ground& ground) {
  LandWithKeys(ground, "timestamp: " + DateOf(ground, "main") + "\n");
  CopyLog(ground);
}

void OldValidatedCommit(Ground& ground) {
  ground.Branch("topic");
  const ObjectId old = ground.Stage("WI-1");
  ground.Land();
  ground.Change("WI-1", "lib.txt");
  ground.RecordKeys("WI-1", Dated(ground) + "validated_sha: " + old.hex() + "\n");
  ground.Push();
}

void ValidatedCommitOfTheBase(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.Record("WI-1", ground.work().Id("main"));
  ground.Push();
}

/// A log that names its commit in other words than its full id.
void NameIt(Ground& ground, const std::string& name) {
  ground.RecordKeys("WI-1", kSuccess + "validated_sha: " + name + "\n");
  ground.Push();
}

void Abbreviated(Ground& ground) {
  ground.Branch("topic");
  NameIt(ground, "'" + ground.Change("WI-1").hex().substr(0, 12) + "'");
}

void UpperCase(Ground& ground) {
  ground.Branch("topic");
  std::string hex = ground.Change("WI-1").hex();
  for (char& c : hex) c = static_cast<char>(::toupper(c));
  NameIt(ground, hex);
}

void NameOfATag(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.work().Git({"tag", "v1"});
  NameIt(ground, "v1");
}

void IdOfATag(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.work().Git({"tag", "-a", "-m", "one", "v1"});
  NameIt(ground, ground.work().Id("v1").hex());
}

void IdOfATree(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  NameIt(ground, ground.work().Id("HEAD^{tree}").hex());
}

void IdOfNothing(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  NameIt(ground, std::string(40, 'a'));
}

void HideInTheItem(Ground& ground, const std::string& file, const std::string& text) {
  ground.Branch("topic");
  ground.Stage("WI-1");
  ground.work().CommitFile("docs/work-items/" + file, text, "notes");
  ground.Push();
}

void HiddenScript(Ground& ground) { HideInTheItem(ground, "WI-1/build.sh", "#!/bin/sh\n"); }
void HiddenBelow(Ground& ground) { HideInTheItem(ground, "WI-1/x/15-staging-log.md", "code\n"); }
void HiddenInNoItem(Ground& ground) { HideInTheItem(ground, "notes/15-staging-log.md", "x\n"); }
void TwinOfTheItem(Ground& ground) { HideInTheItem(ground, "wi-1/15-staging-log.md", "code\n"); }

void HiddenAsSignature(Ground& ground) {
  HideInTheItem(ground, "WI-1/15-staging-log.md.sig", "#!/bin/sh\n");
}

void ExecutableLog(Ground& ground) {
  ground.Branch("topic");
  ground.Stage("WI-1");
  ::chmod((ground.work().path() + "/docs/work-items/WI-1/15-staging-log.md").c_str(), 0755);
  ground.work().Commit("a mode");
  ground.Push();
}

/// Moves `path` aside and puts a symlink in its place.
void LinkInstead(Ground& ground, const std::string& path) {
  ground.Branch("topic");
  ground.Stage("WI-1");
  const fs::path there = ground.work().path() + "/" + path;
  fs::rename(there, ground.work().path() + "/elsewhere");
  fs::create_symlink("elsewhere", there);
  ground.work().Commit("link\n\nRefs: WI-1");
  ground.Push();
}

void LinkedLog(Ground& ground) { LinkInstead(ground, "docs/work-items/WI-1/15-staging-log.md"); }
void LinkedItem(Ground& ground) { LinkInstead(ground, "docs/work-items/WI-1"); }
void LinkedRoot(Ground& ground) { LinkInstead(ground, "docs/work-items"); }
void LinkedDocs(Ground& ground) { LinkInstead(ground, "docs"); }

/// `topic` is rebased, and its code edited on the way.
void EditByRebase(Ground& ground) {
  ground.work().Git({"switch", "-q", "--detach", "topic~1"});
  ground.SetLine("lib.txt", 9, "and a back door");
  ground.work().Commit("fix up");
  ground.work().Git({"reset", "-q", "--soft", "HEAD~2"});
  ground.work().Commit("Say five\n\nRefs: WI-1");
  ground.work().Git({"cherry-pick", "topic"});
  ground.Push();
}

void EditedUnderInferredLog(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.RecordKeys("WI-1", Dated(ground));
  EditByRebase(ground);
}

void EditedUnderNamedLog(Ground& ground) {
  ground.Branch("topic");
  ground.Stage("WI-1");
  EditByRebase(ground);
}

/// Code whose log said SUCCESS, then more code, FAILED, and the first log again.
void PutBack(Ground& ground, const std::string& keys) {
  ground.RecordKeys("WI-1", keys);
  const std::string old = ground.work().Id().hex();
  ground.Change("WI-1", "lib.txt");
  ground.Record("WI-1", ground.work().Id(), "FAILED");
  ground.work().Git({"checkout", "-q", old, "--", "docs"});
  ground.work().Commit("WI-1: log");
  ground.Push();
}

void NamedLogPutBack(Ground& ground) {
  ground.Branch("topic");
  PutBack(ground, kSuccess + "validated_sha: " + ground.Change("WI-1").hex() + "\n");
}

void InferredLogPutBack(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  PutBack(ground, Dated(ground));
}

void LandedLogPutBack(Ground& ground) {
  LandWithKeys(ground, "timestamp: " + DateOf(ground, "main") + "\n");
  ground.Record("WI-9", ground.work().Id("main"), "FAILED");
  ground.Land();
  ground.Branch("topic");
  ground.Change("WI-9", "lib.txt");
  ground.work().Git({"checkout", "-q", "main~1", "--", "docs"});
  ground.work().Commit("WI-9: log");
  ground.Push();
}

void LandedLogUnchanged(Ground& ground) {
  ground.Branch("first");
  ground.Stage("WI-1");
  ground.Land();
  ground.Branch("topic");
  ground.Change("WI-1", "lib.txt");
  ground.Push();
}

void FailureAlone(Ground& ground) {
  ground.OnMain();
  ground.Record("WI-1", ground.work().Id(), "FAILED");
  ground.Push();
}

void FailureWithCode(Ground& ground) {
  ground.Branch("topic");
  ground.Record("WI-1", ground.Change("WI-1"), "FAILED");
  ground.Push();
}

void LogDeleted(Ground& ground) {
  ground.Branch("first");
  ground.Stage("WI-1");
  ground.Land();
  ground.Branch("topic");
  ground.work().Git({"rm", "-q", "-r", "docs"});
  ground.work().Commit("tidy up");
  ground.Push();
}

}  // namespace

std::vector<Fixture> LogFixtures() {
  return {{"log-only commit after its code, inferred", LogAfterItsCode},
          {"log-only commit after code nobody staged", LogAfterUnstagedCode},
          {"code and its log in one commit, inferred", CodeWithItsLog},
          {"code after the log", CodeAfterItsLog},
          {"log copied from another item, V named", CopiedNamedLog},
          {"log copied from another item, item named", CopiedLogWithItsItem},
          {"log copied from another item, inferred", CopiedInferredLog},
          {"old V named", OldValidatedCommit},
          {"the base named as V", ValidatedCommitOfTheBase},
          {"V abbreviated", Abbreviated},
          {"V in upper case", UpperCase},
          {"V by the name of a tag", NameOfATag},
          {"V by the id of a tag", IdOfATag},
          {"V by the id of a tree", IdOfATree},
          {"V that is nowhere", IdOfNothing},
          {"code hidden in the item's folder", HiddenScript},
          {"code hidden in a folder below", HiddenBelow},
          {"code hidden in a folder that is no item", HiddenInNoItem},
          {"code hidden in a twin of the item's folder", TwinOfTheItem},
          {"code hidden as a signature", HiddenAsSignature},
          {"executable log", ExecutableLog},
          {"symlinked log", LinkedLog},
          {"symlinked item", LinkedItem},
          {"symlinked work-items root", LinkedRoot},
          {"symlinked docs", LinkedDocs},
          {"code edited under an inferred log by rebase", EditedUnderInferredLog},
          {"code edited under a named log by rebase", EditedUnderNamedLog},
          {"old log put back, V named", NamedLogPutBack},
          {"old log put back, inferred", InferredLogPutBack},
          {"old log of what landed put back, inferred", LandedLogPutBack},
          {"more code under a log that landed", LandedLogUnchanged},
          {"failure recorded alone", FailureAlone},
          {"failure recorded with its code", FailureWithCode},
          {"log deleted", LogDeleted}};
}

}  // namespace e2e::topology
