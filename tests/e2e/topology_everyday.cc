// The topology table: the ways in which a staged change lands every day, each
// on a base that stood still or moved meanwhile.

#include "tests/e2e/topology.h"

namespace e2e::topology {
namespace {

/// The branch `topic`: two changes of WI-1 and the log that names the second.
void StageTopic(Ground& ground) {
  ground.Branch("topic");
  ground.Change("WI-1", "app.txt", 5, "five");
  ground.Stage("WI-1", "lib.txt", 5, "five");
}

/// Replays commits on where HEAD stands; the branch's side of a conflict wins.
void Pick(Ground& ground, const std::vector<std::string>& commits) {
  std::vector<std::string> words{"cherry-pick", "-X", "theirs"};
  words.insert(words.end(), commits.begin(), commits.end());
  ground.work().Git(words);
}

void FastForward(Ground& ground) {
  ground.work().Git({"switch", "-q", "topic"});
  ground.Push();
}

void MergeCommit(Ground& ground) {
  ground.OnMain();
  ground.Merge("topic");
  ground.Push();
}

void Squash(Ground& ground) {
  ground.OnMain();
  if (ground.work().TryGit({"merge", "-q", "--squash", "topic"}).status != 0)
    ground.ConcludeByHand();
  else
    ground.work().Commit("topic, squashed\n\nRefs: WI-1");
  ground.Push();
}

void Rebase(Ground& ground) {
  ground.work().Git({"switch", "-q", "topic"});
  ground.work().Git({"rebase", "-q", "--force-rebase", "-X", "theirs", "main"});
  ground.Push();
}

void Amend(Ground& ground) {
  ground.work().Git({"switch", "-q", "topic"});
  const std::string log = "docs/work-items/WI-1/15-staging-log.md";
  ground.work().Write(log, ground.work().Read(log) + "\nOne more word.\n");
  ground.work().Git({"commit", "-q", "-a", "--amend", "--no-edit", "--reset-author"});
  Rebase(ground);
}

void Reword(Ground& ground) {
  ground.OnMain();
  for (const char* commit : {"topic~2", "topic~1", "topic"}) {
    Pick(ground, {commit});
    ground.work().Git({"commit", "-q", "--amend", "-m", "in better words\n\nRefs: WI-1"});
  }
  ground.Push();
}

void Reorder(Ground& ground) {
  ground.OnMain();
  Pick(ground, {"topic~1", "topic~2", "topic"});
  ground.Push();
}

void CherryPick(Ground& ground) {
  ground.OnMain();
  Pick(ground, {"topic~2", "topic~1", "topic"});
  ground.Push();
}

void QueueBatch(Ground& ground) {
  ground.OnMain();
  ground.Merge("topic");
  ground.Merge("second");
  ground.Push();
}

void MoveByEvidence(Ground& ground) {
  ground.OnMain();
  ground.Record("WI-9", ground.work().Id(), "FAILED");
  ground.Land();
}

void MoveElsewhere(Ground& ground) {
  ground.OnMain();
  ground.Change("WI-9", "other.txt", 20, "twenty");
  ground.Land();
}

void MoveInConflict(Ground& ground) {
  ground.OnMain();
  ground.Change("WI-9", "app.txt", 5, "fünf");
  ground.Land();
}

}  // namespace

std::vector<Fixture> EverydayFixtures() {
  const std::vector<Fixture> ways{{"fast-forward", FastForward},
                                  {"merge commit", MergeCommit},
                                  {"squash", Squash},
                                  {"rebase", Rebase},
                                  {"amend", Amend},
                                  {"reword", Reword},
                                  {"reorder", Reorder},
                                  {"cherry-pick", CherryPick},
                                  {"queue batch", QueueBatch}};
  const std::vector<Fixture> bases{{"base still", [](Ground&) {}},
                                   {"base moved by evidence only", MoveByEvidence},
                                   {"base moved by code elsewhere", MoveElsewhere},
                                   {"base moved by code in conflict", MoveInConflict}};
  std::vector<Fixture> fixtures;
  for (const Fixture& way : ways)
    for (const Fixture& base : bases)
      fixtures.push_back({way.name + ", " + base.name, [way, base](Ground& ground) {
                            StageTopic(ground);
                            ground.Branch("second");
                            ground.Stage("WI-2", "lib.txt", 30, "thirty");
                            base.build(ground);
                            way.build(ground);
                          }});
  return fixtures;
}

}  // namespace e2e::topology
