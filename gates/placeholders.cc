#include "gates/placeholders.h"

#include <fmt/format.h>

#include <algorithm>

namespace gates {
namespace {

// A hook searches while somebody waits for the push.
constexpr std::uint64_t kTextBytes = 16 * 1024 * 1024;
constexpr std::uint64_t kAllBytes = 512 * 1024 * 1024;

constexpr size_t kMostFindings = 100;
constexpr size_t kMostOfPlaceholder = 200;  // an expression may match a whole line

Finding NotSearched(const std::string& path, std::uint64_t most, std::string found) {
  Finding finding =
      MakeFinding(Code::kPlaceholderUnresolved, "this is too much text to be searched",
                  "land it in parts, or have the policy's placeholders.paths name texts only");
  finding.path = path;
  finding.expected = fmt::format("at most {} bytes", most);
  finding.found = std::move(found);
  return finding;
}

Finding Unresolved(const std::string& path, const Placeholder& placeholder) {
  Finding finding = MakeFinding(Code::kPlaceholderUnresolved, "nobody has filled this in",
                                "write what it stands for, or take it out");
  finding.path = path;
  finding.line = placeholder.line;
  finding.column = placeholder.column;
  finding.found = placeholder.text;
  return finding;
}

}  // namespace

void PlaceholderSearch::Add(const std::string& path, const TreeEntry& entry) {
  const DocsPatterns& patterns = change_.rules.docs();
  if (patterns.placeholder && entry.mode != Mode::kGitlink &&
      MatchesAny(patterns.placeholder_paths, path))
    texts_.emplace_back(path, entry.id);
}

std::vector<Placeholder> PlaceholderSearch::SearchText(const std::string& text) const {
  std::vector<Placeholder> found;
  std::string_view rest = text;
  for (int number = 1; !rest.empty() && found.size() < kMostFindings; ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto match = change_.rules.docs().placeholder->Find(line);
    if (!match) continue;
    found.push_back({.line = number,
                     .column = static_cast<int>(match->data() - line.data()) + 1,
                     .text = std::string(match->substr(0, kMostOfPlaceholder))});
  }
  return found;
}

const std::vector<Placeholder>& PlaceholderSearch::PlaceholdersIn(const ObjectId& text) {
  SearchedTexts& searched = change_.bench.searched;
  const auto known = searched.found.find(text);
  if (known != searched.found.end()) return known->second;
  searched.bytes += change_.reader().objects().BlobSize(text);
  return searched.found.emplace(text, SearchText(change_.reader().objects().ReadBlob(text)))
      .first->second;
}

std::vector<Finding> PlaceholderSearch::FaultsOf(const std::string& path, const ObjectId& text) {
  const std::uint64_t size = change_.reader().objects().BlobSize(text);
  if (size > kTextBytes) return {NotSearched(path, kTextBytes, fmt::format("{} bytes", size))};
  const SearchedTexts& searched = change_.bench.searched;
  if (!searched.found.contains(text) && searched.bytes + size > kAllBytes)
    return {NotSearched(path, kAllBytes, "more in all")};
  std::vector<Finding> faults;
  for (const Placeholder& placeholder : PlaceholdersIn(text))
    faults.push_back(Unresolved(path, placeholder));
  return faults;
}

std::vector<Finding> PlaceholderSearch::Run() {
  std::vector<Finding> findings;
  for (const auto& [path, text] : texts_) {
    for (Finding& finding : FaultsOf(path, text)) {
      if (findings.size() == kMostFindings) return findings;
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace gates
