#include "gates/report/format.h"
#include "gates/report/github.h"
#include "gates/report/gitlab.h"
#include "gates/report/json.h"
#include "gates/report/junit.h"
#include "gates/report/markdown.h"
#include "gates/report/sarif.h"
#include "gates/report/text.h"

namespace gates {
namespace {

// THE TABLE of formats. A further one: its file, a line here, its test, its page in docs/formats.
constexpr Format kFormats[] = {
    {"text", "for people: what is wrong, where, and what mends it", RenderText},
    {"json", "for programs: one line, schema git-verdict/report/1", RenderJson},
    {"markdown", "for comments and summaries: the report as Markdown", RenderMarkdown},
    {"github", "for the log of a GitHub Actions job: annotations", RenderGithub},
    {"gitlab", "for a merge request on GitLab: Code Quality JSON", RenderGitlab},
    {"sarif", "for code scanning: SARIF 2.1.0", RenderSarif},
    {"junit", "for test reports: JUnit XML", RenderJunit},
};

}  // namespace

std::span<const Format> AllFormats() { return kFormats; }

const Format* FindFormat(std::string_view name) {
  for (const Format& format : kFormats)
    if (format.name == name) return &format;
  return nullptr;
}

}  // namespace gates
