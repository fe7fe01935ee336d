#include "install/plants.h"

#include <fmt/format.h>

#include <optional>

#include "hooks/git/writer.h"

namespace install {
namespace {

constexpr const char* kSomeCode[] = {"git-verdict-proof", "git-verdict-proof.txt",
                                     "src/git-verdict-proof.c", "git-verdict-proof/main.py"};
constexpr const char* kSomeItems[] = {"PROOF-1", "P-1",    "AB-1",  "ABC-1", "ABC-123", "ABC-1234",
                                      "PROOF1",  "PROOF",  "proof", "1",     "123",     "1234",
                                      "12345",   "123456", "#1",    "GH-1",  "proof-1"};

git::Signature Somebody() {
  return {.name = "git verdict doctor", .email = "doctor@example.invalid", .seconds = 1700000000};
}

/// What starts every ID of the policy, as far as it is plain text.
std::string PlainStartOf(const std::string& regex) {
  size_t end = 0;
  while (end < regex.size() && (std::isalnum(static_cast<unsigned char>(regex[end])) ||
                                regex[end] == '-' || regex[end] == '_'))
    ++end;
  return regex.substr(0, end);
}

std::optional<std::string> SomeItem(const gates::Rules& rules) {
  const std::string start = PlainStartOf(rules.policy().id);
  for (const std::string prefix : {"", start.c_str()})
    for (const char* item : kSomeItems)
      if (rules.IsWorkItem(prefix + item)) return prefix + item;
  return std::nullopt;
}

std::optional<std::string> SomeCode(const gates::Rules& rules) {
  const gates::TreeEntry plain{.name = "", .mode = gates::Mode::kRegular, .id = {}};
  for (const char* path : kSomeCode)
    if (!rules.IsExempt(path, plain)) return path;
  return std::nullopt;
}

/// Grows changes for one work item.
class Garden {
 public:
  Garden(const StandIn& stand_in, const gates::Rules& rules, std::string item, std::string code)
      : writer_(git::Writer::Open(stand_in.clone())),
        policy_(rules.policy()),
        folder_(rules.ItemFolder(item)),
        item_(std::move(item)),
        code_(std::move(code)) {}

  gates::ObjectId Code(const gates::ObjectId& parent, const std::string& text) const {
    return Commit(parent, {{code_, writer_.WriteBlob(text + "\n")}});
  }

  /// The logs of all required gates, each with `pass` or `fail` as the gate has it.
  gates::ObjectId Logs(const gates::ObjectId& parent, const gates::ObjectId& validated,
                       std::string gates::GateRule::*token, const char* quote = "") const {
    std::vector<git::PathChange> changes;
    for (const gates::GateRule& gate : policy_.gates) {
      if (!gate.required) continue;
      const std::string text = fmt::format(
          "---\nwork_item: {}\n{}: {}{}{}\nvalidated_sha: {}\n---\n", gates::QuotedScalar(item_),
          gate.key, quote, gate.*token, quote, validated.hex());
      changes.push_back({folder_ + "/" + gate.file, writer_.WriteBlob(text)});
    }
    return Commit(parent, std::move(changes));
  }

 private:
  gates::ObjectId Commit(const gates::ObjectId& parent,
                         std::vector<git::PathChange> changes) const {
    return writer_.WriteCommit(
        {.parent = parent,
         .changes = std::move(changes),
         .author = Somebody(),
         .committer = Somebody(),
         .message = fmt::format("A planted change\n\n{}: {}\n", policy_.trailer, item_)});
  }

  git::Writer writer_;
  const gates::Policy& policy_;
  std::string folder_, item_, code_;
};

}  // namespace

tl::expected<std::vector<Plant>, std::string> PlantAll(const StandIn& stand_in,
                                                       const gates::Rules& rules) {
  const auto item = SomeItem(rules);
  if (!item)
    return tl::unexpected("no work item could be thought of that fits " + rules.policy().id);
  const auto code = SomeCode(rules);
  if (!code) return tl::unexpected(std::string("the policy exempts every file"));
  const Garden garden(stand_in, rules, *item, *code);
  const gates::ObjectId staged = garden.Code(stand_in.target()->base, "staged");
  const auto good = garden.Logs(staged, staged, &gates::GateRule::pass);
  return std::vector<Plant>{
      {"missing", staged},
      {"FAILED", garden.Logs(staged, staged, &gates::GateRule::fail)},
      {"malformed", garden.Logs(staged, staged, &gates::GateRule::pass, "\"")},
      {"stale", garden.Code(good, "changed after staging")},
      {"good", good, true}};
}

}  // namespace install
