#include "tests/e2e/random_change.h"

#include <sys/stat.h>

#include <filesystem>
#include <sstream>

namespace e2e {
namespace {

namespace fs = std::filesystem;

std::string FolderOf(const topology::Ground& ground) { return ground.work().path() + "/"; }

}  // namespace

std::string RandomChange::PickFile() {
  const std::string listed = ground_.work().Git({"ls-files", "*.txt"});
  std::vector<std::string> files;
  std::istringstream lines(listed);
  for (std::string line; std::getline(lines, line);)
    if (fs::is_regular_file(fs::symlink_status(FolderOf(ground_) + line))) files.push_back(line);
  if (files.empty()) {
    ground_.work().Write("anew.txt", "anew\n");
    return "anew.txt";
  }
  return files[static_cast<size_t>(Pick(static_cast<int>(files.size())))];
}

// Nothing here depends on how git finds renames, but everything may look like one.
void RandomChange::EditTree() {
  const std::string file = PickFile();
  const std::string path = FolderOf(ground_) + file;
  const std::string other = "d" + std::to_string(Pick(3)) + "/f" + std::to_string(Pick(5)) + ".txt";
  switch (Pick(6)) {
    case 0: ground_.work().Write(other, "new " + std::to_string(Pick(1000)) + "\n"); break;
    case 1: fs::remove(path); break;
    case 2: ::chmod(path.c_str(), Pick(2) ? 0755 : 0644); break;
    case 3:
      ground_.work().Write(other, test::ReadFile(path));
      if (other != file) fs::remove(path);
      break;
    case 4:
      fs::remove(path);
      fs::create_symlink("app.txt", path);
      break;
    default: ground_.work().Write("docs/work-items/WI-1/notes.md", std::to_string(Pick(100)));
  }
}

void RandomChange::Edit() {
  if (Pick(3) == 0) return EditTree();
  ground_.SetLine(PickFile(), 1 + Pick(40), "words " + std::to_string(Pick(1000)));
}

void RandomChange::Record(const std::string& item, const ObjectId& validated) {
  const std::string date = ground_.work().Git({"show", "-s", "--format=%cI", validated.hex()});
  switch (Pick(8)) {
    case 0: return;
    case 1: ground_.Record(item, validated, "FAILED"); break;
    case 2: ground_.RecordKeys(item, "staging_status: PASSED\n"); break;
    case 3: ground_.RecordKeys(item, "staging_status: SUCCESS\ntimestamp: " + date + "\n"); break;
    case 4: ground_.Record(item, ground_.work().Id("main")); break;
    default: ground_.Record(item, validated);
  }
}

void RandomChange::StageBranch(const std::string& item, bool honest) {
  ground_.Branch(item);
  for (int left = 1 + Pick(3); left > 0; --left) {
    ground_.SetLine(PickFile(), 1 + Pick(40), "words " + std::to_string(Pick(1000)));
    if (Pick(2)) Edit();
    ground_.work().Commit("change " + std::to_string(left) + "\n\nRefs: " + item);
  }
  const ObjectId validated = ground_.work().Id();
  // A rebase leaves it behind; clones get it by this.
  ground_.work().Git({"update-ref", "refs/heads/staged/" + item, validated.hex()});
  if (honest)
    ground_.Record(item, validated);
  else
    Record(item, validated);
}

void RandomChange::MaybeMoveBase() {
  const int how = Pick(4);
  if (how == 0) return;
  ground_.OnMain();
  if (how == 1) {
    ground_.Record("WI-9", ground_.work().Id(), "FAILED");
  } else {
    Edit();
    ground_.work().Commit("meanwhile\n\nRefs: WI-9");
  }
  ground_.Land();
}

bool RandomChange::Try(const std::vector<std::string>& arguments) {
  return ground_.work().TryGit(arguments).status == 0;
}

void RandomChange::Merge(const std::string& branch) {
  if (!Try({"merge", "-q", "--no-ff", "-X", "theirs", "-m", "merge " + branch, branch}))
    ground_.work().Commit("merge " + branch + " by hand");
}

void RandomChange::LandHonestly(const std::string& branch) {
  const GitRepo& work = ground_.work();
  const int how = Pick(6);
  if (how == 0) return void(work.Git({"switch", "-q", "--detach", branch}));
  if (how == 1) {
    work.Git({"switch", "-q", branch});
    if (Try({"rebase", "-q", "--force-rebase", "--keep-empty", "main"})) return;
    Try({"rebase", "--abort"});
  }
  ground_.OnMain();
  if (how == 2 && Try({"merge", "-q", "--squash", branch})) {
    work.Commit(branch + ", squashed\n\nRefs: " + branch);
  } else if (how == 3 && Try({"cherry-pick", "--allow-empty", "main.." + branch})) {
    work.Git({"commit", "-q", "--amend", "-m", "better words\n\nRefs: " + branch});
  } else {
    Try({"cherry-pick", "--abort"});
    work.Git({"reset", "-q", "--hard", "main"});
    Merge(branch);
  }
}

void RandomChange::LandSomehow(const std::string& branch) {
  const int how = Pick(8);
  if (how < 4) return LandHonestly(branch);
  ground_.OnMain();
  if (how == 4) {
    ground_.CommitTree(branch, {"main", branch});
  } else if (how == 5) {
    ground_.CommitTree(branch, {"main"});
  } else if (how == 6) {
    Try({"merge", "-q", "-s", "ours", "-m", "merge " + branch, branch});
  } else {
    Merge(branch);
    Edit();
    ground_.work().Git({"add", "-A"});
    ground_.work().Git({"commit", "-q", "--amend", "--no-edit", "--allow-empty"});
  }
}

}  // namespace e2e
