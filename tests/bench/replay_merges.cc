// Replays the merges of a repository: is each one what merging its parents again gives? Asks
// the gates, with the merge itself as the landing, and `git merge-tree`; prints where they part.
//
//   replay_merges GIT_DIRECTORY [MOST_MERGES [TIP...]]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include "gates/proof/replay.h"
#include "hooks/git/merging.h"
#include "hooks/git/repository.h"
#include "tests/support/git_fixture.h"
#include "tests/support/no_signatures.h"

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

class NoRefs final : public gates::Refs {
 public:
  std::optional<gates::ObjectId> Find(std::string_view) const override { return std::nullopt; }
  std::vector<gates::Ref> Under(std::string_view) const override { return {}; }
  std::string MovedBy(std::string_view name) const override { return std::string(name); }
};

enum class Answer { kEqual, kDifferent, kConflict };

const char* Name(Answer answer) {
  return answer == Answer::kEqual       ? "equal"
         : answer == Answer::kDifferent ? "clean-different"
                                        : "conflict";
}

/// An answer, how long it took, and where it was no clean merge: why.
struct Timed {
  Answer answer = Answer::kConflict;
  double milliseconds = 0;
  std::string why;
};

/// git's own answer; what it writes goes to a sandbox, not to the repository.
class GitSide {
 public:
  explicit GitSide(std::string git_directory) : git_directory_(std::move(git_directory)) {
    std::filesystem::create_directories(sandbox_.Path("objects"));
  }

  Timed Ask(const gates::Commit& merge) const {
    const auto start = Clock::now();
    const test::Ran ran =
        Git({"merge-tree", "--write-tree", merge.parents[0].hex(), merge.parents[1].hex()});
    const double took = Milliseconds(Clock::now() - start).count();
    if (ran.status > 1) return {Answer::kConflict, took, ran.err};  // unrelated histories
    if (ran.status == 1)
      return {Answer::kConflict, took, ran.out.substr(ran.out.rfind("\n\n") + 2)};
    const bool equal = ran.out.starts_with(merge.tree.hex());
    return {equal ? Answer::kEqual : Answer::kDifferent, took, ""};
  }

  std::vector<gates::ObjectId> Merges(const std::string& most,
                                      const std::vector<std::string>& tips) const {
    std::vector<std::string> arguments{"rev-list", "--min-parents=2", "--max-parents=2",
                                       "--max-count=" + most};
    arguments.insert(arguments.end(), tips.begin(), tips.end());
    std::istringstream lines(Git(arguments).out);
    std::vector<gates::ObjectId> merges;
    for (std::string line; std::getline(lines, line);)
      merges.push_back(*gates::ObjectId::FromHex(line));
    return merges;
  }

 private:
  test::Ran Git(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command{"git", "--git-dir", git_directory_};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return test::RunProgram(command, sandbox_.Path(),
                            {{"HOME", sandbox_.Path("home")},
                             {"PATH", "/usr/bin:/bin"},
                             {"LC_ALL", "C"},
                             {"GIT_CONFIG_NOSYSTEM", "1"},
                             {"GIT_OBJECT_DIRECTORY", sandbox_.Path("objects")},
                             {"GIT_ALTERNATE_OBJECT_DIRECTORIES", git_directory_ + "/objects"}});
  }

  std::string git_directory_;
  test::Sandbox sandbox_;
};

/// The gates' answer, each time on a bench of its own, as a door would ask.
class OurSide {
 public:
  explicit OurSide(const std::string& git_directory)
      : repository_(git::Repository::OpenGitDirectory(git_directory)) {}

  gates::Commit Load(const gates::ObjectId& id) const { return *repository_.FindCommit(id); }

  Timed Ask(const gates::Commit& merge) const {
    const auto start = Clock::now();
    gates::Workbench bench(world_);
    const gates::Root landing = RootOf(merge);
    const auto merged = MergeAgain(rules_, bench, Load(merge.parents[0]), Load(merge.parents[1]),
                                   {.evidence = gates::EvidenceIn::kProof, .witness = landing});
    const auto content = [&](const gates::Root& root) {
      return gates::Content(root, rules_, bench.reader);
    };
    const Answer answer = !merged                                ? Answer::kConflict
                          : content(*merged) == content(landing) ? Answer::kEqual
                                                                 : Answer::kDifferent;
    const double took = Milliseconds(Clock::now() - start).count();
    return {answer, took, merged ? "" : merged.error().message + ": " + merged.error().path};
  }

 private:
  git::Library library_;
  git::Repository repository_;
  git::Merging merging_;
  NoRefs refs_;
  test::NoSignatures signatures_;
  gates::World world_{repository_, repository_, refs_, merging_, signatures_};
  gates::Rules rules_{gates::BuiltInPolicy(), ""};
};

void PrintTimes(const char* who, std::vector<double> times) {
  std::ranges::sort(times);
  double sum = 0;
  for (const double time : times) sum += time;
  std::printf("%-6s ms per merge: median %.2f, 99 of 100 below %.2f, most %.1f, sum %.0f\n", who,
              times[times.size() / 2], times[times.size() * 99 / 100], times.back(), sum);
}

struct Tally {
  std::map<std::pair<Answer, Answer>, int> table;
  std::vector<double> git_times, our_times;

  void Add(const gates::ObjectId& merge, const Timed& git, const Timed& ours) {
    ++table[{git.answer, ours.answer}];
    git_times.push_back(git.milliseconds);
    our_times.push_back(ours.milliseconds);
    const bool git_equal = git.answer == Answer::kEqual, equal = ours.answer == Answer::kEqual;
    if (git_equal == equal) return;
    std::printf("%s %s git %s, ours %s %s\n%s", equal ? "FALSE-CLEAN" : "FRICTION",
                merge.hex().c_str(), Name(git.answer), Name(ours.answer), ours.why.c_str(),
                git.why.c_str());
  }

  int At(Answer git, Answer ours) const {
    const auto found = table.find({git, ours});
    return found == table.end() ? 0 : found->second;
  }

  void Print() const {
    std::printf("%-16s %8s %16s %9s   (ours)\n", "git", "equal", "clean-different", "conflict");
    for (const Answer git : {Answer::kEqual, Answer::kDifferent, Answer::kConflict})
      std::printf("%-16s %8d %16d %9d\n", Name(git), At(git, Answer::kEqual),
                  At(git, Answer::kDifferent), At(git, Answer::kConflict));
    std::printf("merges %zu, friction %d, false clean %d\n", git_times.size(),
                At(Answer::kEqual, Answer::kDifferent) + At(Answer::kEqual, Answer::kConflict),
                At(Answer::kDifferent, Answer::kEqual) + At(Answer::kConflict, Answer::kEqual));
    PrintTimes("git", git_times);
    PrintTimes("ours", our_times);
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: replay_merges GIT_DIRECTORY [MOST_MERGES [TIP...]]\n", stderr);
    return 2;
  }
  const std::string most = argc > 2 ? argv[2] : "-1";
  const std::vector<std::string> tips(argv + std::min(argc, 3), argv + argc);
  const GitSide git(argv[1]);
  const OurSide ours(argv[1]);
  Tally tally;
  for (const gates::ObjectId& id :
       git.Merges(most, tips.empty() ? std::vector<std::string>{"--all", "HEAD"} : tips)) {
    const gates::Commit merge = ours.Load(id);
    tally.Add(id, git.Ask(merge), ours.Ask(merge));
  }
  if (!tally.git_times.empty()) tally.Print();
  return tally.git_times.empty() ? 1 : 0;
}
