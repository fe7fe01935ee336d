#include "tests/docs/reader.h"

#include <filesystem>
#include <optional>

#include "tests/e2e/story.h"

namespace docs {
namespace {

namespace fs = std::filesystem;

// One shell for the whole page: where it stands and the functions it knows are the next
// block's too. A line of a script that fails ends it, since what follows builds on it. What a
// page has started in the background ends with it.
constexpr const char* kShell = R"(
trap 'kill $(jobs -p) 2>/dev/null' EXIT
page_step=0
while [[ -e $PAGE/$page_step ]]; do
  . "$PAGE/$page_step" >"$PAGE/$page_step.output" 2>&1 </dev/null
  echo "$?" >"$PAGE/$page_step.status"
  page_step=$((page_step + 1))
done)";

std::string ScriptOf(const Step& step) {
  return step.is_script ? "set -e\n" + step.text + "set +e\n" : step.text;
}

/// What became of a step; no status where the shell ended in it, or before.
struct Outcome {
  std::optional<int> status;
  std::string output;
};

Outcome OutcomeOf(const std::string& file) {
  Outcome outcome;
  if (fs::exists(file + ".output")) outcome.output = test::ReadFile(file + ".output");
  if (fs::exists(file + ".status")) outcome.status = std::stoi(test::ReadFile(file + ".status"));
  return outcome;
}

/// What is wrong with what a step did, or nothing.
std::string FaultOf(const Step& step, const Outcome& outcome) {
  if (!outcome.status) return "the page ends here";
  if (step.is_script) return *outcome.status == 0 ? "" : "this fails";
  if (!IsAnswer(step.answer, outcome.output)) return "this has another answer";
  const bool should_fail = ShowsFailure(step.answer);
  if (should_fail && *outcome.status == 0) return "this succeeds, and the page shows a failure";
  if (!should_fail && *outcome.status != 0) return "this fails, and the page shows no failure";
  return "";
}

}  // namespace

Page FollowPage(const std::string& markdown, const std::string& directory) {
  Page page = ReadPage(markdown);
  if (!page.faults.empty()) return page;
  const test::Sandbox steps;
  for (size_t i = 0; i < page.steps.size(); ++i)
    test::WriteFile(steps.Path(std::to_string(i)), ScriptOf(page.steps[i]));
  const std::string path = fs::path(e2e::kProgram).parent_path().string();
  test::RunProgram({"timeout", "400", "bash", "-c", "PATH=" + path + ":$PATH" + kShell}, directory,
                   e2e::PlainEnvironment({{"PAGE", steps.Path()}}));
  for (size_t i = 0; i < page.steps.size(); ++i) {
    const Outcome outcome = OutcomeOf(steps.Path(std::to_string(i)));
    const std::string fault = FaultOf(page.steps[i], outcome);
    if (fault.empty()) continue;
    page.faults.push_back("line " + std::to_string(page.steps[i].line) + ": " + fault + "\n" +
                          page.steps[i].text + outcome.output);
    if (!outcome.status) break;
  }
  return page;
}

}  // namespace docs
