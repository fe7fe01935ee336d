#include "tests/e2e/git_server.h"

#include <stdexcept>

#include "tests/e2e/story.h"

namespace e2e {

std::string BlockOfServersPage(const std::string& heading, int number) {
  const std::string page = test::ReadFile(SOURCE_DIR "/docs/servers.md");
  const size_t begin = page.find("\n## " + heading + "\n");
  if (begin == std::string::npos) throw std::runtime_error("docs/servers.md has no " + heading);
  const std::string section = page.substr(begin, page.find("\n## ", begin + 1) - begin);
  size_t fence = 0;
  for (int fences = 0; fences < 2 * number + 1; ++fences) {
    fence = section.find("\n```", fence + 1);
    if (fence == std::string::npos)
      throw std::runtime_error("docs/servers.md has no block " + std::to_string(number) +
                               " under " + heading);
  }
  const size_t text = section.find('\n', fence + 1) + 1;
  return section.substr(text, section.find("\n```", text) + 1 - text);
}

test::Ran TypeBlock(const std::string& block, const std::string& directory,
                    const test::Environment& more) {
  const std::string folder = kProgram.substr(0, kProgram.rfind('/'));
  return Shell(directory, "set -e\nPATH=" + folder + ":$PATH\n" + block, more);
}

std::string ServerHook(const std::string& program) {
  return Replaced(BlockOfServersPage("The hook"), "/usr/local/bin/git-verdict", program);
}

std::string Replaced(std::string text, const std::string& old, const std::string& now) {
  size_t at = text.find(old);
  if (at == std::string::npos) throw std::runtime_error("there is no '" + old + "' in: " + text);
  for (; at != std::string::npos; at = text.find(old, at + now.size()))
    text.replace(at, old.size(), now);
  return text;
}

}  // namespace e2e
