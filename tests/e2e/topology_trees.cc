// The topology table: modes, submodules and files that move.

#include <sys/stat.h>

#include <filesystem>

#include "tests/e2e/topology.h"

namespace e2e::topology {
namespace {

namespace fs = std::filesystem;

void StageTopic(Ground& ground) {
  ground.Branch("topic");
  ground.Stage("WI-1");
}

void MoveElsewhere(Ground& ground) {
  ground.OnMain();
  ground.Change("WI-9", "other.txt", 20, "twenty");
  ground.Land();
}

void SetExecutable(Ground& ground, const std::string& file) {
  ::chmod((ground.work().path() + "/" + file).c_str(), 0755);
}

void ModeBit(Ground& ground) {
  StageTopic(ground);
  SetExecutable(ground, "app.txt");
  ground.work().Commit("a mode\n\nRefs: WI-1");
  ground.Push();
}

void ModeBitInTheMerge(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.work().Git({"merge", "-q", "--no-ff", "--no-commit", "topic"});
  SetExecutable(ground, "lib.txt");
  ground.work().Commit("merge topic");
  ground.Push();
}

void ModeBitAgainstAChange(Ground& ground) {
  ground.Branch("topic");
  SetExecutable(ground, "other.txt");
  ground.work().Commit("a mode\n\nRefs: WI-1");
  ground.Record("WI-1", ground.work().Id());
  MoveElsewhere(ground);
  ground.Merge("topic");
  ground.Push();
}

/// A submodule, at a commit that is nowhere here.
ObjectId Bump(Ground& ground, char digit) {
  fs::create_directories(ground.work().path() + "/sub");
  ground.work().Git(
      {"update-index", "--add", "--cacheinfo", "160000," + std::string(40, digit) + ",sub"});
  return ground.work().Commit("bump\n\nRefs: WI-1");
}

void SubmoduleBump(Ground& ground) {
  ground.Branch("topic");
  Bump(ground, '1');
  ground.Record("WI-1", Bump(ground, '2'));
  ground.Push();
}

void SubmoduleBumpUnstaged(Ground& ground) {
  ground.Branch("topic");
  ground.Record("WI-1", Bump(ground, '1'));
  Bump(ground, '2');
  ground.Push();
}

void SubmoduleBumpOnMovedBase(Ground& ground) {
  ground.Branch("topic");
  ground.Record("WI-1", Bump(ground, '1'));
  MoveElsewhere(ground);
  ground.Merge("topic");
  ground.Push();
}

void SubmoduleBumpOnBothSides(Ground& ground) {
  ground.OnMain();
  Bump(ground, '1');
  ground.Land();
  ground.Branch("topic");
  ground.Record("WI-1", Bump(ground, '2'));
  ground.OnMain();
  Bump(ground, '3');
  ground.Land();
  ground.CommitTree("topic", {"main", "topic"});
  ground.Push();
}

void StageRename(Ground& ground) {
  ground.Branch("topic");
  ground.work().Git({"mv", "app.txt", "program.txt"});
  ground.Record("WI-1", ground.work().Commit("move it\n\nRefs: WI-1"));
}

void Rename(Ground& ground) {
  StageRename(ground);
  ground.Push();
}

void RenameOnMovedBase(Ground& ground) {
  StageRename(ground);
  MoveElsewhere(ground);
  ground.Merge("topic");
  ground.Push();
}

void RenameAgainstAChange(Ground& ground) {
  StageRename(ground);
  ground.OnMain();
  ground.Change("WI-9", "app.txt", 20, "twenty");
  ground.Land();
  ground.work().Git({"merge", "-q", "--no-ff", "-m", "merge topic", "topic"});
  ground.Push();
}

void ChangeAgainstARename(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.work().Git({"mv", "app.txt", "program.txt"});
  ground.work().Commit("move it\n\nRefs: WI-9");
  ground.Land();
  ground.work().Git({"merge", "-q", "--no-ff", "-m", "merge topic", "topic"});
  ground.Push();
}

void RenameThatLosesTheChange(Ground& ground) {
  StageRename(ground);
  ground.OnMain();
  ground.Change("WI-9", "app.txt", 20, "twenty");
  ground.Land();
  ground.CommitTree("topic", {"main", "topic"});
  ground.Push();
}

void RenameAfterStaging(Ground& ground) {
  StageTopic(ground);
  ground.work().Git({"mv", "app.txt", "program.txt"});
  ground.work().Commit("move it\n\nRefs: WI-1");
  ground.Push();
}

/// `git mv` on both sides, each to another name; the merge keeps both.
void RenameOnBothSides(Ground& ground) {
  StageRename(ground);
  ground.OnMain();
  ground.work().Git({"mv", "app.txt", "application.txt"});
  ground.work().Commit("move it\n\nRefs: WI-9");
  ground.Land();
  ground.work().TryGit({"merge", "-q", "--no-ff", "topic"});
  ground.work().Commit("merge topic");
  ground.Push();
}

void AddOnBothSides(Ground& ground) {
  ground.Branch("topic");
  ground.Record("WI-1", ground.work().CommitFile("new.txt", "new\n", "add\n\nRefs: WI-1"));
  ground.OnMain();
  ground.work().CommitFile("new.txt", "newer\n", "add\n\nRefs: WI-9");
  ground.Land();
  ground.CommitTree("topic", {"main", "topic"});
  ground.Push();
}

void DeleteAgainstAChange(Ground& ground) {
  StageTopic(ground);
  ground.OnMain();
  ground.work().Git({"rm", "-q", "app.txt"});
  ground.work().Commit("away\n\nRefs: WI-9");
  ground.Land();
  ground.CommitTree("topic", {"main", "topic"});
  ground.Push();
}

/// Main moves the folder to which the branch adds a file; the merge takes both as they are.
void AddBelowAMovedFolder(Ground& ground) {
  ground.OnMain();
  fs::create_directories(ground.work().path() + "/old");
  ground.work().Git({"mv", "app.txt", "lib.txt", "old"});
  ground.work().Commit("a folder\n\nRefs: WI-9");
  ground.Land();
  ground.Branch("topic");
  ground.Record("WI-1", ground.work().CommitFile("old/new.txt", "new\n", "add\n\nRefs: WI-1"));
  ground.OnMain();
  ground.work().Git({"mv", "old", "new"});
  ground.work().Commit("move it\n\nRefs: WI-9");
  ground.Land();
  ground.work().Git({"config", "merge.directoryRenames", "false"});
  ground.work().Git({"merge", "-q", "--no-ff", "-m", "merge topic", "topic"});
  ground.Push();
}

}  // namespace

std::vector<Fixture> TreeFixtures() {
  return {{"mode bit", ModeBit},
          {"mode bit in the merge", ModeBitInTheMerge},
          {"mode bit against a change", ModeBitAgainstAChange},
          {"submodule bump", SubmoduleBump},
          {"submodule bump after staging", SubmoduleBumpUnstaged},
          {"submodule bump on a moved base", SubmoduleBumpOnMovedBase},
          {"submodule bump on both sides", SubmoduleBumpOnBothSides},
          {"rename", Rename},
          {"rename on a moved base", RenameOnMovedBase},
          {"rename against a change", RenameAgainstAChange},
          {"change against a rename", ChangeAgainstARename},
          {"rename that loses a change", RenameThatLosesTheChange},
          {"rename after staging", RenameAfterStaging},
          {"rename on both sides", RenameOnBothSides},
          {"file added on both sides", AddOnBothSides},
          {"change against a deletion", DeleteAgainstAChange},
          {"file added below a folder that moved", AddBelowAMovedFolder}};
}

}  // namespace e2e::topology
