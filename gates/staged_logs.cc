#include "gates/staged_logs.h"

#include <algorithm>
#include <set>

#include "gates/proof/overlay.h"
#include "gates/proof/tree_walk.h"

namespace gates {
namespace {

/// Paths of logs, or what stands in the way to them.
using Paths = std::set<std::string>;

/// Whether to look into a folder: it leads to the work items, is an item's, or stands where a
/// log should.
bool IsOpened(const std::string& folder, const Rules& rules) {
  const std::string& root = rules.policy().root;
  const Placement placement = rules.Place(folder);
  return folder == root || root.starts_with(folder + "/") ||
         folder == rules.ItemFolder(placement.work_item) || placement.gate;
}

/// Makes trees of an index, as far as logs are concerned: a folder that is not opened is
/// there by its name alone.
class Planting {
 public:
  Planting(const Rules& rules, Overlay& overlay) : rules_(rules), overlay_(overlay) {}

  /// The tree of files whose paths begin with the same `shared` letters.
  ObjectId Plant(std::span<const StagedFile> files, size_t shared) {
    std::vector<NewEntry> entries;
    while (!files.empty()) {
      const std::string& path = files[0].path;
      const size_t slash = path.find('/', shared);
      const bool is_folder = slash != std::string::npos;
      const auto rest = is_folder ? EndOfFolder(files, path.substr(0, slash + 1)) : 1;
      NewEntry entry{.name = path.substr(shared, slash - shared), .mode = Mode::kTree, .id = {}};
      if (!is_folder) {
        entry.mode = files[0].mode;
        entry.id = files[0].id;
      } else if (IsOpened(path.substr(0, slash), rules_)) {
        entry.id = Plant(files.first(rest), slash + 1);
      }
      if (is_folder || files[0].kind == StagedFile::Kind::kFile) entries.push_back(entry);
      files = files.subspan(rest);
    }
    return overlay_.AddTree(std::move(entries));
  }

 private:
  static size_t EndOfFolder(std::span<const StagedFile> files, const std::string& folder) {
    const auto end = std::ranges::find_if_not(
        files, [&](const StagedFile& file) { return file.path.starts_with(folder); });
    return static_cast<size_t>(end - files.begin());
  }

  const Rules& rules_;
  Overlay& overlay_;
};

/// The part of a path that is a log's or an item's place, or what leads there; else nothing.
std::string PlaceIn(const std::string& path, const Rules& rules) {
  const Placement placement = rules.Place(path);
  if (placement.work_item.empty()) return IsOpened(path, rules) ? path : "";
  const size_t item = rules.ItemFolder(placement.work_item).size();
  const std::string place = path.substr(0, path.find('/', item + 1));
  return IsOpened(place, rules) && !rules.Place(place).is_signature ? place : "";
}

/// What is staged; nothing where that cannot be told, so that all has to be looked at.
std::optional<Paths> FindStaged(const Root& staged, std::span<const Root> held, const Rules& rules,
                                const Objects& objects) {
  Paths found;
  const auto visit = [&](const Difference& difference) {
    if (const auto place = PlaceIn(difference.path, rules); difference.tip.entry && !place.empty())
      found.insert(place);
    return Walk::kOn;
  };
  TreeReader reader(objects);
  WalkDifferences(reader, staged, held, {.visit = visit, .enter = [&](const std::string& path) {
                                           return IsOpened(path, rules);
                                         }});
  return reader.malformed().empty() ? std::optional(found) : std::nullopt;
}

bool Holds(const Paths& found, const std::string& path) {
  const auto below = found.lower_bound(path + "/");
  return found.contains(path) || (below != found.end() && below->starts_with(path + "/"));
}

SurveyedLog InConflict(const std::string& path, const Placement& placement) {
  SurveyedLog log;
  log.work_item = placement.work_item;
  log.gate = placement.gate->id;
  log.path = path;
  log.findings.push_back(MakeFinding(Code::kMergeConflict, "this log is in conflict in the index",
                                     "keep the log that is true and `git add` it"));
  log.findings.back().path = path;
  log.findings.back().gate = log.gate;
  log.findings.back().work_item = log.work_item;
  return log;
}

void AddConflicts(std::span<const StagedFile> staged, const Rules& rules, Survey& survey) {
  for (const StagedFile& file : staged) {
    if (file.kind != StagedFile::Kind::kConflict) continue;
    const Placement placement = rules.Place(file.path);
    const bool is_known = !survey.logs.empty() && survey.logs.back().path == file.path;
    if (placement.gate && !placement.is_signature && !is_known)
      survey.logs.push_back(InConflict(file.path, placement));
  }
}

// Nobody has made the commit yet that they are about.
void ForgetCommit(Survey& survey) {
  survey.commit.reset();
  for (Finding& finding : survey.findings) finding.sha.clear();
  for (SurveyedLog& log : survey.logs)
    for (Finding& finding : log.findings) finding.sha.clear();
}

}  // namespace

Survey SurveyStaged(std::span<const StagedFile> staged, std::span<const Root> held,
                    const Rules& rules, const Objects& objects, const Merging& merging) {
  Overlay overlay(objects, merging);
  const Root root{Planting(rules, overlay).Plant(staged, 0), {}};
  const auto found = FindStaged(root, held, rules, overlay);
  Survey survey;
  if (!found || !found->empty())
    survey = SurveyLogs(root, rules, overlay,
                        [&](const std::string& path) { return !found || Holds(*found, path); });
  AddConflicts(staged, rules, survey);
  ForgetCommit(survey);
  return survey;
}

}  // namespace gates
