// The topology table: merges of every kind, and what can be done in them.

#include "tests/e2e/topology.h"

namespace e2e::topology {
namespace {

void StageTopic(Ground& ground) {
  ground.Branch("topic");
  ground.Stage("WI-1");
}

void MoveElsewhere(Ground& ground) {
  ground.OnMain();
  ground.Change("WI-9", "other.txt", 20, "twenty");
  ground.Land();
}

/// WI-1 is staged while main moves by code elsewhere.
void StageWhileMainMoves(Ground& ground) {
  StageTopic(ground);
  MoveElsewhere(ground);
  ground.OnMain();
}

void OldTreeByMerge(Ground& ground) {
  StageWhileMainMoves(ground);
  ground.CommitTree("topic", {"main", "topic"});
  ground.Push();
}

void OldTreeBySquash(Ground& ground) {
  StageWhileMainMoves(ground);
  ground.CommitTree("topic", {"main"});
  ground.Push();
}

void OldTreeOverEvidence(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Record("WI-9", ground.work().Id(), "FAILED");
  ground.Land();
  ground.CommitTree("topic", {"main"});
  ground.Push();
}

void ReturnToOlderState(Ground& ground) {
  StageTopic(ground);
  ground.Land("topic");
  ground.Branch("second");
  ground.Stage("WI-2", "lib.txt", 5, "five");
  ground.Land();
  ground.OnMain();
  ground.work().Git({"checkout", "-q", "topic", "--", "lib.txt"});
  ground.work().Commit("back to what WI-1 staged\n\nRefs: WI-1");
  ground.Push();
}

void EvilMerge(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.work().Git({"merge", "-q", "--no-ff", "--no-commit", "topic"});
  ground.Change("WI-1", "lib.txt", 7, "and a back door");
  ground.Push();
}

void EvilMergeOnMovedBase(Ground& ground) {
  StageWhileMainMoves(ground);
  ground.work().Git({"merge", "-q", "--no-ff", "--no-commit", "topic"});
  ground.Change("WI-1", "lib.txt", 7, "and a back door");
  ground.Push();
}

void StageTopicInConflict(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Change("WI-9", "app.txt", 5, "fünf");
  ground.Land();
}

void ConflictEdit(Ground& ground) {
  StageTopicInConflict(ground);
  ground.Merge("topic");
  ground.Push();
}

void ConflictEditStaged(Ground& ground) {
  StageTopicInConflict(ground);
  ground.work().Git({"switch", "-q", "topic"});
  ground.Merge("main");
  ground.Record("WI-1", ground.work().Id());
  ground.OnMain();
  ground.Merge("topic");
  ground.Push();
}

void StrategyOurs(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Merge("topic", {"-s", "ours"});
  ground.Push();
}

void StrategyOursWithLog(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.work().Git({"merge", "-q", "-s", "ours", "--no-commit", "topic"});
  ground.work().Git({"checkout", "-q", "topic", "--", "docs"});
  ground.work().Commit("merge topic");
  ground.Push();
}

void PreferTheirs(Ground& ground) {
  StageTopicInConflict(ground);
  ground.Merge("topic", {"-X", "theirs"});
  ground.Push();
}

void PreferTheirsInVain(Ground& ground) {
  StageWhileMainMoves(ground);
  ground.Merge("topic", {"-X", "theirs"});
  ground.Push();
}

void PreferOurs(Ground& ground) {
  StageTopicInConflict(ground);
  ground.Merge("topic", {"-X", "ours"});
  ground.Push();
}

void Revert(Ground& ground) {
  StageTopic(ground);
  ground.Land("topic");
  ground.work().Git({"revert", "--no-edit", "topic~1"});
  ground.Push();
}

void RevertNamed(Ground& ground) {
  StageTopic(ground);
  ground.Land("topic");
  ground.work().Git({"revert", "--no-edit", "topic~1"});
  ground.work().Git({"commit", "-q", "--amend", "-m", "take it back\n\nRefs: WI-1"});
  ground.Push();
}

void RevertOfTheMerge(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.Merge("topic");
  ground.Land();
  ground.work().Git({"revert", "--no-edit", "-m", "1", "HEAD"});
  ground.Push();
}

void RevertStaged(Ground& ground) {
  StageTopic(ground);
  ground.Land("topic");
  ground.work().Git({"revert", "--no-edit", "topic~1"});
  ground.Record("WI-2", ground.work().Id());
  ground.Push();
}

void RevertedAndLandedAgain(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.work().Git({"merge", "-q", "--squash", "topic"});
  ground.work().Commit("squashed\n\nRefs: WI-1");
  ground.Land();
  ground.work().Git({"revert", "--no-edit", "HEAD"});
  ground.Land();
  ground.work().Git({"cherry-pick", "topic~1", "topic"});
  ground.Push();
}

void StartOrphan(Ground& ground) {
  ground.work().Git({"switch", "-q", "--orphan", "topic"});
  ground.work().Write("new.txt", "another root\n");
  ground.Record("WI-1", ground.work().Commit("begin anew\n\nRefs: WI-1"));
}

void Orphan(Ground& ground) {
  StartOrphan(ground);
  ground.Push();
}

void OrphanMerged(Ground& ground) {
  StartOrphan(ground);
  ground.OnMain();
  ground.Merge("topic", {"--allow-unrelated-histories"});
  ground.Push();
}

void OrphanMergedAndStaged(Ground& ground) {
  StartOrphan(ground);
  ground.Branch("joined");
  ground.Merge("topic", {"--allow-unrelated-histories"});
  ground.Record("WI-1", ground.work().Id());
  ground.Push();
}

void StageTwo(Ground& ground) {
  StageTopic(ground);
  ground.Branch("second");
  ground.Stage("WI-2", "lib.txt", 5, "five");
}

void Octopus(Ground& ground) {
  StageTwo(ground);
  ground.OnMain();
  ground.work().Git({"merge", "-q", "--no-ff", "-m", "both", "topic", "second"});
  ground.Push();
}

void OctopusOnTheFirst(Ground& ground) {
  StageTwo(ground);
  ground.OnMain();
  ground.work().Git({"merge", "-q", "-m", "both", "topic", "second"});
  ground.Push();
}

void OctopusStaged(Ground& ground) {
  StageTwo(ground);
  ground.Branch("both");
  ground.work().Git({"merge", "-q", "--no-ff", "-m", "both", "topic", "second"});
  const ObjectId validated = ground.work().Id();
  ground.Record("WI-1", validated);
  ground.Record("WI-2", validated);
  ground.Push();
}

/// Topic has changed app.txt, and main this file to this text; each has merged the other. HEAD is
/// topic.
void MergeEachOther(Ground& ground, const std::string& file = "other.txt",
                    const std::string& text = "five") {
  ground.Branch("topic");
  const ObjectId theirs = ground.Change("WI-1", "app.txt", 5, "five");
  ground.OnMain();
  const ObjectId ours = ground.Change("WI-9", file, 5, text);
  ground.Merge(theirs.hex());
  ground.Land();
  ground.work().Git({"switch", "-q", "topic"});
  ground.Merge(ours.hex());
}

/// Topic and main have merged each other; then both go on.
void CrossHistories(Ground& ground) {
  MergeEachOther(ground);
  ground.Stage("WI-1", "app.txt", 30, "thirty");
  ground.OnMain();
  ground.Change("WI-9", "other.txt", 30, "thirty");
  ground.Land();
}

void CrissCross(Ground& ground) {
  CrossHistories(ground);
  ground.Merge("topic");
  ground.Push();
}

void CrissCrossOldTree(Ground& ground) {
  CrossHistories(ground);
  ground.CommitTree("topic", {"main", "topic"});
  ground.Push();
}

void CrissCrossInConflict(Ground& ground) {
  MergeEachOther(ground, "app.txt", "fünf");
  ground.Stage("WI-1", "lib.txt", 30, "thirty");
  MoveElsewhere(ground);
  ground.Merge("topic");
  ground.Push();
}

/// Each side takes back what the other brought, after both had it: git's merge is without
/// either. On one merge base alone, one of the two would seem never to have been there.
void TakeBackAcross(Ground& ground) {
  MergeEachOther(ground);
  ground.Stage("WI-1", "other.txt", 5, "line 5");
  ground.OnMain();
  ground.Change("WI-9", "app.txt", 5, "line 5");
  ground.Land();
  ground.work().Git({"merge", "-q", "--no-ff", "--no-commit", "topic"});
}

void CrissCrossTakenBack(Ground& ground) {
  TakeBackAcross(ground);
  ground.work().Commit("Merge topic");
  ground.Push();
}

void CrissCrossTheirsComesBack(Ground& ground) {
  TakeBackAcross(ground);
  ground.Change("WI-1", "app.txt", 5, "five");
  ground.Push();
}

void CrissCrossOursComesBack(Ground& ground) {
  TakeBackAcross(ground);
  ground.Change("WI-1", "other.txt", 5, "five");
  ground.Push();
}

}  // namespace

std::vector<Fixture> MergeFixtures() {
  return {{"old tree over a moved base, merge", OldTreeByMerge},
          {"old tree over a moved base, squash", OldTreeBySquash},
          {"old tree over a base moved by evidence only", OldTreeOverEvidence},
          {"return to an older validated state", ReturnToOlderState},
          {"evil merge", EvilMerge},
          {"evil merge on a moved base", EvilMergeOnMovedBase},
          {"conflict edit", ConflictEdit},
          {"conflict edit, staged", ConflictEditStaged},
          {"-s ours", StrategyOurs},
          {"-s ours, log kept", StrategyOursWithLog},
          {"-X theirs in conflict", PreferTheirs},
          {"-X theirs without conflict", PreferTheirsInVain},
          {"-X ours in conflict", PreferOurs},
          {"revert", Revert},
          {"revert that names its item", RevertNamed},
          {"revert of the merge", RevertOfTheMerge},
          {"revert, staged", RevertStaged},
          {"reverted and landed again", RevertedAndLandedAgain},
          {"orphan", Orphan},
          {"orphan merged in", OrphanMerged},
          {"orphan merged in, staged", OrphanMergedAndStaged},
          {"octopus", Octopus},
          {"octopus that fast-forwards", OctopusOnTheFirst},
          {"octopus, staged", OctopusStaged},
          {"criss-cross", CrissCross},
          {"criss-cross, old tree laid over", CrissCrossOldTree},
          {"criss-cross in conflict", CrissCrossInConflict},
          {"criss-cross, both taken back", CrissCrossTakenBack},
          {"criss-cross, what the branch took back is there again", CrissCrossOursComesBack},
          {"criss-cross, what main took back is there again", CrissCrossTheirsComesBack}};
}

}  // namespace e2e::topology
