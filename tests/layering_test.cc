// The architecture as a test: which directory may include which header, and
// how large things may grow.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

// The longest matching directory wins. Headers of the standard library and of
// the system have no rule.
const std::map<std::string, Texts> kMayInclude{
    {"frontmatter/", {"frontmatter/", "yaml-cpp/", "re2/", "tl/"}},
    {"gates/", {"gates/", "frontmatter/", "re2/", "fmt/", "tl/"}},
    {"gates/core/", {"gates/core/", "frontmatter/", "re2/", "fmt/", "tl/"}},
    {"gates/proof/", {"gates/proof/", "gates/core/", "frontmatter/", "fmt/", "tl/"}},
    {"gates/report/",
     {"gates/report/", "gates/core/", "gates/staging/fold.h", "gates/standing.h", "gates/survey.h",
      "fmt/", "nlohmann/"}},
    {"gates/staging/",
     {"gates/staging/", "gates/core/", "frontmatter/", "re2/", "fmt/", "nlohmann/", "pugixml",
      "tl/"}},
    {"gates/staging/log_text.cc",
     {"gates/staging/", "gates/core/", "gates/report/", "frontmatter/", "re2/", "fmt/"}},
    {"hooks/", {"hooks/", "gates/", "fmt/", "tl/"}},
    {"hooks/command_line.cc", {"hooks/", "fmt/", "CLI/"}},
    {"hooks/digest.cc", {"hooks/", "fmt/", "mbedtls/"}},
    {"hooks/forges/",
     {"hooks/forges/", "hooks/ref_lines.h", "hooks/small_file.h", "gates/core/",
      "gates/staging/strict_json.h", "fmt/", "nlohmann/"}},
    {"hooks/lefthook.cc", {"hooks/", "nlohmann/"}},
    {"hooks/lint.cc", {"hooks/", "gates/", "frontmatter/", "fmt/", "tl/"}},
    // The program that has the network sees no repository.
    {"hooks/stage/",
     {"hooks/stage/", "hooks/child.h", "gates/staging/", "gates/core/", "gates/report/escape.h",
      "curl/", "fmt/", "tl/"}},
    {"hooks/git/", {"hooks/git/", "gates/core/", "git2", "tl/"}},
    {"install/", {"install/", "hooks/", "gates/core/", "gates/report/", "fmt/", "tl/"}},
};

const Texts kThirdParty{"yaml-cpp/", "re2/",     "fmt/",    "CLI/",  "nlohmann/",
                        "git2",      "mbedtls/", "pugixml", "curl/", "tl/"};

// Exceptions stop in these places only; hooks/command_line.cc makes ours of another library's.
const std::set<std::string> kMayCatch{"frontmatter/yaml_reader.cc", "gates/core/guard.cc",
                                      "hooks/command_line.cc", "hooks/commands.cc"};

const std::set<std::string> kTopLevel{"CMakeLists.txt",
                                      "hooks",
                                      "gates",
                                      "frontmatter",
                                      "tests",
                                      "install",
                                      "docs",
                                      "README.md",
                                      "LICENSE",
                                      "CHANGELOG.md",
                                      "CONTRIBUTING.md",
                                      "SECURITY.md",
                                      "CMakePresets.json"};

constexpr int kMostLinesOfAFile = 400;
constexpr int kMostLinesOfAFunction = 40;

bool StartsWithAny(const std::string& text, const Texts& prefixes) {
  return std::ranges::any_of(prefixes,
                             [&](const auto& prefix) { return text.starts_with(prefix); });
}

bool IsRuled(const std::string& header) {
  return StartsWithAny(header, kThirdParty) ||
         std::ranges::any_of(kMayInclude,
                             [&](const auto& rule) { return header.starts_with(rule.first); });
}

const Texts* RuleFor(const std::string& file) {
  const Texts* rule = nullptr;  // std::map is sorted, so the longest match comes last
  for (const auto& [directory, prefixes] : kMayInclude)
    if (file.starts_with(directory)) rule = &prefixes;
  return rule;
}

struct Source {
  std::string path;  // from the top
  Texts lines;

  bool is_header() const { return path.ends_with(".h"); }
};

Texts LinesOf(const fs::path& path) {
  std::ifstream in(path);
  Texts lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Source> SourcesIn(const Texts& directories) {
  std::vector<Source> sources;
  for (const std::string& directory : directories)
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / directory)) {
      const std::string path = fs::relative(entry.path(), SOURCE_DIR).generic_string();
      if (path.ends_with(".cc") || path.ends_with(".h") || path.ends_with(".c"))
        sources.push_back({path, LinesOf(entry.path())});
    }
  EXPECT_GT(sources.size(), 20u) << "the walk found no sources; is SOURCE_DIR right?";
  return sources;
}

std::vector<Source> Program() { return SourcesIn({"frontmatter", "gates", "hooks", "install"}); }
std::vector<Source> All() {
  return SourcesIn({"frontmatter", "gates", "hooks", "install", "tests"});
}

/// The headers that a source includes, without those of the standard library and the system.
Texts RuledIncludesOf(const Source& source) {
  static const std::regex kInclude("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"].*");
  Texts headers;
  for (const std::string& line : source.lines)
    if (std::smatch match; std::regex_match(line, match, kInclude) && IsRuled(match[1]))
      headers.push_back(match[1]);
  return headers;
}

TEST(Layering, EveryIncludeFollowsAnAllowedArrow) {
  for (const Source& source : Program())
    for (const std::string& header : RuledIncludesOf(source))
      EXPECT_TRUE(StartsWithAny(header, *RuleFor(source.path))) << source.path << ": " << header;
}

TEST(Layering, HeadersOfOtherLibrariesStayInSourceFiles) {
  for (const Source& source : Program()) {
    if (!source.is_header() || source.path.starts_with("hooks/git/")) continue;
    for (const std::string& header : RuledIncludesOf(source))
      EXPECT_TRUE(header.starts_with("tl/expected") || !StartsWithAny(header, kThirdParty))
          << source.path << ": " << header;
  }
}

/// A line without what stands in comments and in strings of one line.
std::string CodeOf(const std::string& line) {
  std::string code;
  bool in_string = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (!in_string && line.compare(i, 2, "//") == 0) break;
    if (line[i] == '"' && (i == 0 || line[i - 1] != '\\')) in_string = !in_string;
    if (!in_string) code += line[i];
  }
  return code;
}

TEST(Layering, ExceptionsStopInFewPlacesOnly) {
  std::set<std::string> catching;
  for (const Source& source : Program())
    for (const std::string& line : source.lines)
      if (CodeOf(line).find("catch (") != std::string::npos) catching.insert(source.path);
  EXPECT_EQ(catching, kMayCatch);
}

TEST(Layering, NothingIsAllocatedByHandOrShared) {
  for (const Source& source : Program())
    for (const std::string& line : source.lines) {
      const std::string code = CodeOf(line);
      for (const char* word : {"shared_ptr", " new ", " delete "})
        EXPECT_EQ(code.find(word), std::string::npos) << source.path << ": " << line;
    }
}

TEST(Layering, NoFileIsLongerThan400Lines) {
  for (const Source& source : All())
    EXPECT_LE(source.lines.size(), static_cast<size_t>(kMostLinesOfAFile)) << source.path;
}

// clang-format writes every function so: a line that ends in `{` and holds the
// end of the parameters, and a closing brace below its first letter. Blocks
// inside functions start with a keyword, lambdas do not close with a bare brace.
TEST(Layering, NoFunctionIsLongerThan40Lines) {
  static const std::regex kOpens(
      "^( {0,4})(?!if|for|while|switch|else|do|try|catch|namespace|return"
      "|struct|class|enum|union|constexpr [^(]*=|\\}|//)\\S.*\\).*\\{$");
  for (const Source& source : All()) {
    size_t begin = 0;
    std::string close;
    for (size_t i = 0; i < source.lines.size(); ++i) {
      std::smatch match;
      if (close.empty() && std::regex_match(source.lines[i], match, kOpens)) {
        begin = i;
        close = match[1].str() + "}";
      } else if (!close.empty() && source.lines[i] == close) {
        EXPECT_LE(i - begin + 1, static_cast<size_t>(kMostLinesOfAFunction))
            << source.path << ":" << begin + 1;
        close.clear();
      } else if (!close.empty() && source.lines[i] == close + ";") {
        close.clear();
      }
    }
  }
}

TEST(Layering, TheTopLevelIsFixed) {
  const Texts ignored = LinesOf(fs::path(SOURCE_DIR) / ".gitignore");
  for (const auto& entry : fs::directory_iterator(SOURCE_DIR)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') || std::ranges::count(ignored, name + "/") != 0) continue;
    EXPECT_TRUE(kTopLevel.contains(name)) << name;
  }
}

// Sources are listed by hand, so a test that is not listed would never run.
TEST(Layering, EverySourceIsBuilt) {
  std::string lists;
  for (const char* file :
       {"CMakeLists.txt", "hooks/git/offline/link.cmake", "tests/unit_tests.cmake",
        "tests/end_to_end_tests.cmake", "tests/bench/benchmarks.cmake"})
    for (const std::string& line : LinesOf(fs::path(SOURCE_DIR) / file)) lists += line + "\n";
  for (const Source& source : All()) {
    // Of these two, a link takes one.
    const bool is_chosen = source.path.starts_with("hooks/git/offline/no_");
    if (source.is_header() || is_chosen) continue;
    EXPECT_NE(lists.find(source.path), std::string::npos) << source.path;
  }
}

}  // namespace
