// Replays the merges of a repository: is each one what merging its parents again gives? Asks
// the gates, with the merge itself as the landing, and `git merge-tree`; prints where they part.
//
//   replay_merges GIT_DIRECTORY MOST_MERGES TIP...    (tests/bench/merges builds and starts it)

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <numeric>
#include <sstream>

#include "gates/core/guard.h"
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
  bool AreAll() const override { return true; }
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

  /// How long git takes to do nothing.
  double MillisecondsToStart() const {
    const auto start = Clock::now();
    Git({"--version"});
    return Milliseconds(Clock::now() - start).count();
  }

  std::string Version() const { return Git({"--version"}).out; }

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
    Timed timed;
    const auto faults = gates::Guard([&] {
      timed = Replay(merge);
      return std::vector<gates::Finding>();
    });
    for (const gates::Finding& fault : faults) timed.why = fault.message;  // an object is missing
    timed.milliseconds = Milliseconds(Clock::now() - start).count();
    return timed;
  }

 private:
  Timed Replay(const gates::Commit& merge) const {
    gates::Workbench bench(world_);
    const gates::Root landing = RootOf(merge);
    const auto merged = MergeAgain(rules_, bench, Load(merge.parents[0]), Load(merge.parents[1]),
                                   {.evidence = gates::EvidenceIn::kProof, .witness = landing});
    if (!merged)
      return {.answer = Answer::kConflict,
              .why = merged.error().message + ": " + merged.error().path};
    const auto content = [&](const gates::Root& root) {
      return gates::Content(root, rules_, bench.reader);
    };
    return {.answer = content(*merged) == content(landing) ? Answer::kEqual : Answer::kDifferent,
            .why = ""};
  }

  git::Library library_;
  git::Repository repository_;
  git::Merging merging_;
  NoRefs refs_;
  test::NoSignatures signatures_;
  gates::World world_{repository_, repository_, refs_, merging_, signatures_};
  gates::Rules rules_{gates::BuiltInPolicy(), ""};
};

double Quantile(std::vector<double> values, double part) {
  std::ranges::sort(values);
  return values[static_cast<size_t>(part * static_cast<double>(values.size() - 1))];
}

void PrintTimes(const char* who, const std::vector<double>& times) {
  std::printf("%-6s ms per merge: median %.2f, 99 of 100 below %.2f, most %.1f, sum %.0f\n", who,
              Quantile(times, 0.5), Quantile(times, 0.99), Quantile(times, 1),
              std::accumulate(times.begin(), times.end(), 0.0));
}

struct Tally {
  std::map<std::pair<Answer, Answer>, int> table;
  std::vector<double> git_times, our_times, start_times, ratios;

  void Add(const gates::ObjectId& merge, const Timed& git, const Timed& ours, double start) {
    ++table[{git.answer, ours.answer}];
    git_times.push_back(git.milliseconds);
    our_times.push_back(ours.milliseconds);
    start_times.push_back(start);
    ratios.push_back(ours.milliseconds / git.milliseconds);
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
    std::printf("ours / git, merge by merge: median %.3f, 99 of 100 below %.2f\n",
                Quantile(ratios, 0.5), Quantile(ratios, 0.99));
    std::printf("git starts in %.2f ms (median), which is part of its times\n",
                Quantile(start_times, 0.5));
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("usage: replay_merges GIT_DIRECTORY MOST_MERGES TIP...\n", stderr);
    return 2;
  }
  const GitSide git(argv[1]);
  const OurSide ours(argv[1]);
  std::fputs(git.Version().c_str(), stdout);
  Tally tally;
  for (const gates::ObjectId& id : git.Merges(argv[2], {argv + 3, argv + argc})) {
    const gates::Commit merge = ours.Load(id);
    tally.Add(id, git.Ask(merge), ours.Ask(merge), git.MillisecondsToStart());
  }
  if (tally.git_times.empty()) {
    std::fputs("replay_merges: there are no merges of two parents\n", stderr);
    return 1;
  }
  tally.Print();
  return 0;
}
