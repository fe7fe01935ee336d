// The topology table: several landings in one push, and refs that are new, go
// back or go away.

#include "tests/e2e/topology.h"

namespace e2e::topology {
namespace {

const std::string kMain = "refs/heads/main";
const std::string kRelease = "refs/heads/release/1";

void StageTopic(Ground& ground) {
  ground.Branch("topic");
  ground.Stage("WI-1");
}

void TwoStagedInTurn(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Merge("topic");
  ground.Branch("second", "HEAD");
  ground.Stage("WI-2", "lib.txt");
  ground.work().Git({"switch", "-q", "--detach", "second~2"});
  ground.Merge("second");
  ground.Push();
}

void TwoStagedSideBySide(Ground& ground) {
  StageTopic(ground);
  ground.Branch("second");
  ground.Stage("WI-2", "lib.txt");
  ground.OnMain();
  ground.Merge("topic");
  ground.Merge("second");
  ground.Push();
}

void TwoInALine(Ground& ground) {
  StageTopic(ground);
  ground.Stage("WI-2", "lib.txt");
  ground.Push();
}

void SecondNotStaged(Ground& ground) {
  StageTopic(ground);
  ground.Branch("second");
  ground.Change("WI-2", "lib.txt");
  ground.OnMain();
  ground.Merge("topic");
  ground.Merge("second");
  ground.Push();
}

void FirstNotStaged(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.Branch("second");
  ground.Stage("WI-2", "lib.txt");
  ground.OnMain();
  ground.Merge("topic");
  ground.Merge("second");
  ground.Push();
}

void UpsideDown(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Change("WI-9", "other.txt");
  ground.Land();
  ground.work().Git({"switch", "-q", "topic"});
  ground.Merge("main");
  ground.Push();
}

void CodeAndThenEvidence(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Merge("topic");
  ground.Record("WI-2", ground.work().Id("main"), "FAILED");
  ground.Push();
}

/// release/1 is cut from main and gets a hotfix; main goes on.
void HotfixOnRelease(Ground& ground) {
  ground.Land("main", "release/1");
  ground.Branch("hotfix");
  ground.Stage("WI-1");
  ground.Land("hotfix", "release/1");
  ground.OnMain();
  ground.Change("WI-9", "other.txt");
  ground.Land();
}

void ReleaseMergedBack(Ground& ground) {
  HotfixOnRelease(ground);
  ground.Merge("release/1");
  ground.Push();
}

void ReleaseOfManyMergedBack(Ground& ground) {
  HotfixOnRelease(ground);
  ground.Branch("hotfix", "release/1");
  ground.Change("WI-2", "lib.txt", 30, "thirty");
  ground.Land("hotfix", "release/1");
  ground.OnMain();
  ground.Merge("release/1");
  ground.Push();
}

void ReleaseMergedBackInPart(Ground& ground) {
  HotfixOnRelease(ground);
  ground.Branch("hotfix", "release/1");
  ground.Change("WI-2", "lib.txt", 30, "thirty");
  ground.Change("WI-2", "lib.txt", 31, "thirty-one");
  ground.Land("hotfix", "release/1");
  ground.OnMain();
  ground.Merge("release/1~1");
  ground.Push();
}

void MergeOfUnstagedCode(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.OnMain();
  ground.Merge("topic");
  ground.Push();
}

void ReleaseMergedBackEvilly(Ground& ground) {
  HotfixOnRelease(ground);
  ground.work().Git({"merge", "-q", "--no-ff", "--no-commit", "release/1"});
  ground.Change("WI-1", "lib.txt", 7, "and a back door");
  ground.Push();
}

void ReleaseMergedBackInConflict(Ground& ground) {
  HotfixOnRelease(ground);
  ground.Change("WI-9", "app.txt", 5, "fünf");
  ground.Land();
  ground.Merge("release/1");
  ground.Push();
}

void ReleaseMergedBackThenALanding(Ground& ground) {
  HotfixOnRelease(ground);
  ground.Branch("topic");
  ground.Stage("WI-2", "lib.txt", 30, "thirty");
  ground.OnMain();
  ground.Merge("release/1");
  ground.Merge("topic");
  ground.Push();
}

void ReleaseMovedUpToMain(Ground& ground) {
  HotfixOnRelease(ground);
  ground.Merge("release/1");
  ground.Land();
  ground.Change("WI-9", "other.txt");
  ground.Land();
  ground.Push("main", kRelease);
}

void Cut(Ground& ground) { ground.Push("main", kRelease); }

void CutOfWhatThePushLands(Ground& ground) {
  StageTopic(ground);
  ground.Push("topic", kRelease);
  ground.Push("topic", kMain);
}

void CutOfAReplayInThePush(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Change("WI-9", "other.txt");
  ground.Land();
  ground.Merge("topic");
  ground.Push("HEAD", kRelease);
  ground.Push("HEAD", kMain);
}

void CutOfWhatThePushMayNotLand(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.Push("topic", kRelease);
  ground.Push("topic", kMain);
}

void LandAndGoOn(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Merge("topic");
  ground.Land();
  ground.Change("WI-9", "other.txt");
  ground.Land();
}

void CutAtAnOlderLanding(Ground& ground) {
  LandAndGoOn(ground);
  ground.Push("main~1", kRelease);
}

void CutInsideABranch(Ground& ground) {
  LandAndGoOn(ground);
  ground.Push("topic~1", kRelease);
}

void NewRefStaged(Ground& ground) {
  StageTopic(ground);
  ground.Push("topic", kRelease);
}

void NewRefUnstaged(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.Push("topic", kRelease);
}

void NewRefReplayed(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Change("WI-9", "other.txt");
  ground.Land();
  ground.Merge("topic");
  ground.Push("HEAD", kRelease);
}

void NewRefOfAnEmptyCommit(Ground& ground) {
  ground.OnMain();
  ground.work().Commit("only words");
  ground.Push("HEAD", kRelease);
}

void NewRefOfAnotherRoot(Ground& ground) {
  ground.work().Git({"switch", "-q", "--orphan", "other"});
  ground.work().Write("new.txt", "another root\n");
  ground.Record("WI-1", ground.work().Commit("begin anew\n\nRefs: WI-1"));
  ground.Push("other", kRelease);
}

void FirstPush(Ground& ground) {
  ground.work().Git({"update-ref", "-d", kMain});
  ground.Push("HEAD", kMain);
}

void FirstPushWithABadPolicy(Ground& ground) {
  ground.work().CommitFile(".verdict.yml", "version: 2\n", "policy");
  FirstPush(ground);
}

void NothingMoves(Ground& ground) { ground.Push("main"); }

void EmptyCommit(Ground& ground) {
  ground.OnMain();
  ground.work().Commit("only words");
  ground.Push();
}

void ThereAndBack(Ground& ground) {
  ground.OnMain();
  ground.Change("WI-1", "app.txt", 5, "five");
  ground.Change("WI-1", "app.txt", 5, "line 5");
  ground.Push();
}

void GoBack(Ground& ground) {
  StageTopic(ground);
  ground.Land();
  ground.Push("main~2");
}

void Delete(Ground& ground) { ground.Push("", kMain); }

void LookAlikeName(Ground& ground) { ground.Push("main", "refs/heads/Main"); }

void Unprotected(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1");
  ground.Push("topic", "refs/heads/free");
}

void PolicyLoosenedOnTheWay(Ground& ground) {
  ground.Branch("topic");
  ground.work().CommitFile(".verdict.yml", "version: 1\nprotected: [other]\n", "policy");
  ground.Change("WI-1");
  ground.Push();
}

void BrokenPolicyStaged(Ground& ground) {
  ground.Branch("topic");
  ground.work().Write(".verdict.yml", "version: 2\n");
  ground.Stage("WI-1");
  ground.Push();
}

}  // namespace

std::vector<Fixture> RefFixtures() {
  return {{"two landings, staged one on the other", TwoStagedInTurn},
          {"two landings, staged side by side", TwoStagedSideBySide},
          {"two landings in a straight line", TwoInALine},
          {"two landings, the second not staged", SecondNotStaged},
          {"two landings, the first not staged", FirstNotStaged},
          {"main merged into the branch, then pushed", UpsideDown},
          {"a landing and evidence after it", CodeAndThenEvidence},
          {"release merged back", ReleaseMergedBack},
          {"release merged back, more than was staged", ReleaseOfManyMergedBack},
          {"release merged back, not at its tip", ReleaseMergedBackInPart},
          {"a branch that nobody staged, merged", MergeOfUnstagedCode},
          {"release merged back, evil", ReleaseMergedBackEvilly},
          {"release merged back, in conflict", ReleaseMergedBackInConflict},
          {"release merged back, then a landing", ReleaseMergedBackThenALanding},
          {"release moved up to main", ReleaseMovedUpToMain},
          {"cut", Cut},
          {"cut of what the same push lands", CutOfWhatThePushLands},
          {"cut of what the same push replays", CutOfAReplayInThePush},
          {"cut of what the same push may not land", CutOfWhatThePushMayNotLand},
          {"cut at an older landing", CutAtAnOlderLanding},
          {"cut inside a branch that landed", CutInsideABranch},
          {"new protected ref, staged", NewRefStaged},
          {"new protected ref, not staged", NewRefUnstaged},
          {"new protected ref, base moved", NewRefReplayed},
          {"new protected ref, an empty commit", NewRefOfAnEmptyCommit},
          {"new protected ref, another root", NewRefOfAnotherRoot},
          {"first push", FirstPush},
          {"first push with a bad policy", FirstPushWithABadPolicy},
          {"nothing moves", NothingMoves},
          {"empty commit", EmptyCommit},
          {"a change and its reversal", ThereAndBack},
          {"main set back", GoBack},
          {"main deleted", Delete},
          {"a name that reads like main", LookAlikeName},
          {"an unprotected branch", Unprotected},
          {"policy loosened on the way", PolicyLoosenedOnTheWay},
          {"broken policy, staged", BrokenPolicyStaged}};
}

}  // namespace e2e::topology
