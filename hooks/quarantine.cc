#include "hooks/quarantine.h"

#include <filesystem>
#include <optional>

#include "gates/core/world.h"
#include "hooks/hook_input.h"

namespace hooks {
namespace {

namespace fs = std::filesystem;

bool IsOctal(char c) { return c >= '0' && c <= '7'; }

/// Cuts one C-quoted word off the front of `text`; nothing where it is broken.
std::optional<std::string> CutQuoted(std::string_view& text) {
  constexpr std::string_view kLetters = "abtnvfr\"\\", kMeanings = "\a\b\t\n\v\f\r\"\\";
  std::string word;
  for (text.remove_prefix(1); !text.empty(); text.remove_prefix(1)) {
    if (text[0] == '"') {
      text.remove_prefix(1);
      return word;
    }
    if (text[0] != '\\') {
      word += text[0];
      continue;
    }
    text.remove_prefix(1);
    if (text.size() >= 3 && IsOctal(text[0]) && IsOctal(text[1]) && IsOctal(text[2])) {
      word += static_cast<char>((text[0] - '0') * 64 + (text[1] - '0') * 8 + (text[2] - '0'));
      text.remove_prefix(2);
    } else if (const size_t letter = text.empty() ? std::string_view::npos : kLetters.find(text[0]);
               letter != std::string_view::npos) {
      word += kMeanings[letter];
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

bool LiesIn(const fs::path& folder, const fs::path& path) {
  std::error_code fault;
  const fs::path inner = fs::canonical(path, fault);
  const fs::path outer = fs::canonical(folder, fault);
  if (fault) return false;
  const fs::path relative = inner.lexically_relative(outer);
  return !relative.empty() && *relative.begin() != ".." && relative != ".";
}

}  // namespace

std::vector<std::string> SplitAlternates(std::string_view text) {
  std::vector<std::string> folders;
  while (!text.empty()) {
    if (text[0] == '"') {
      auto folder = CutQuoted(text);
      if (!folder || (!text.empty() && text[0] != ':')) return folders;
      folders.push_back(*std::move(folder));
    } else {
      folders.emplace_back(text.substr(0, text.find(':')));
      text.remove_prefix(folders.back().size());
    }
    if (!text.empty()) text.remove_prefix(1);
    if (folders.back().empty()) folders.pop_back();
  }
  return folders;
}

std::vector<std::string> QuarantinedObjects(const std::string& git_dir, const Process& process) {
  const std::string quarantine = Variable(process, "GIT_QUARANTINE_PATH");
  if (quarantine.empty()) return {};
  if (!LiesIn(fs::path(git_dir) / "objects", quarantine))
    throw gates::WorldError(gates::Code::kInputMalformed,
                            "GIT_QUARANTINE_PATH is not in this repository's objects",
                            "let git call this hook when it receives a push");
  std::vector<std::string> folders{quarantine};
  for (std::string& folder : SplitAlternates(Variable(process, "GIT_ALTERNATE_OBJECT_DIRECTORIES")))
    folders.push_back(std::move(folder));
  return folders;
}

}  // namespace hooks
