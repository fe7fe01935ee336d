#include "hooks/ssh_signatures.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "gates/core/timestamp.h"
#include "hooks/child.h"
#include "hooks/ssh_armor.h"
#include "hooks/terminal.h"

namespace hooks {
namespace {

using End = ChildAnswer::End;

constexpr const char* kNamespace = "git-verdict";
constexpr const char* kInstall = "`apt-get install openssh-client`";
constexpr int kNo = 255;

// A key of no use, and what it signed: whoever does not take this cannot tell.
constexpr const char* kControlText = "git-verdict\n";
constexpr const char* kControlSignature =
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgMrU47W4X9XB6E6Gmj/h2FhGGo7\n"
    "1VrBgULxvCgV5mgw8AAAALZ2l0LXZlcmRpY3QAAAAAAAAABnNoYTUxMgAAAFMAAAALc3No\n"
    "LWVkMjU1MTkAAABAbg8DpmwRxO48rmlIqEAueCRIEvc4EVbvGh6rWGCSfuLb3J+qGPHY8B\n"
    "spaWWDq+HqQwi7w99mi7WGHzxXhwVgAg==\n"
    "-----END SSH SIGNATURE-----\n";

gates::WorldError CannotTell(const std::string& why,
                             const std::string& mend = "run `ssh-keygen -Y sign` by hand there") {
  return {gates::Code::kWriterUntrusted, why, mend};
}

/// A file that exists in memory alone, for as long as this does: a full disk
/// changes nothing, and nobody can change it.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view text)
      : number_(memfd_create("git-verdict", MFD_CLOEXEC)),
        path_(fmt::format("/proc/{}/fd/{}", getpid(), number_)) {
    while (number_ >= 0 && !text.empty()) {
      const ssize_t put = write(number_, text.data(), text.size());
      if (put < 0 && errno == EINTR) continue;
      if (put <= 0) break;
      text.remove_prefix(static_cast<size_t>(put));
    }
    if (number_ >= 0 && text.empty() && access(path_.c_str(), R_OK) == 0) return;
    const std::error_code why(errno, std::generic_category());
    if (number_ >= 0) close(number_);
    throw CannotTell("no file in memory can be handed to ssh-keygen: " + why.message(),
                     "mount /proc");
  }
  ~MemoryFile() { close(number_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  int number_;
  std::string path_;
};

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool NamesAuthority(std::string line) {
  std::ranges::transform(line, line.begin(), [](unsigned char c) { return std::tolower(c); });
  return line.find("cert-authority") != std::string::npos;
}

/// The lines of the allowed signers that can speak of a key.
std::vector<std::string> LinesAbout(const SigningKey& key, const std::string& allowed_signers) {
  std::vector<std::string> lines = LinesOf(allowed_signers);
  std::erase_if(lines, [&](const std::string& line) {
    return line.find(key.text) == std::string::npos &&
           !(key.is_certificate && NamesAuthority(line));
  });
  return lines;
}

// ssh-keygen reads it in the time zone that it is given, and that is UTC.
std::string VerifyTime(std::int64_t seconds) {
  std::string digits = gates::WriteTimestamp(seconds);
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  return "-Overify-time=" + digits;
}

std::string Fingerprint(const std::string& said) {
  const size_t at = said.rfind("SHA256:");
  return at == std::string::npos ? "" : said.substr(at, said.find_first_of(" \n", at) - at);
}

// --- signing -------------------------------------------------------------------------------

tl::unexpected<Refusal> NotSigned(std::string why, std::string mend) {
  return tl::unexpected(Refusal{std::move(why), std::move(mend), ExitCode::kCannotEvaluate});
}

// What it said, on one line.
std::string Said(const ChildAnswer& answer) {
  std::string said;
  for (std::string line : LinesOf(answer.errors)) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (!line.empty()) said += (said.empty() ? "" : "; ") + line;
  }
  return said.empty() ? fmt::format("it failed (status {}) and said nothing", answer.status) : said;
}

ChildOrder OrderToSign(const std::string& program, const std::string& key) {
  ChildOrder order;
  order.arguments = {program, "-Y", "sign", "-q", "-n", kNamespace, "-f", key};
  order.environment = EnvironmentWithout({"GIT_", "LC_", "LANG"});
  order.environment.push_back("LC_ALL=C");
  if (!HasTerminal()) return order;
  order.terminal = ChildOrder::Terminal::kOurs;
  // Its input is no terminal, so it would rather ask in a window.
  if (!std::getenv("SSH_ASKPASS_REQUIRE")) order.environment.push_back("SSH_ASKPASS_REQUIRE=never");
  return order;
}

}  // namespace

const std::string* SshSignatures::FindProgram() const {
  const auto there = [](const std::string& path) { return access(path.c_str(), X_OK) == 0; };
  const auto program = std::ranges::find_if(places_, there);
  return program == places_.end() ? nullptr : &*program;
}

const std::string& SshSignatures::Program() const {
  if (const std::string* program = FindProgram()) return *program;
  throw CannotTell("ssh-keygen is missing, so nobody can tell who signed this log", kInstall);
}

std::optional<std::string> SshSignatures::Ask(std::vector<std::string> arguments,
                                              const std::string& input) const {
  if (hung_) throw CannotTell("ssh-keygen does not answer");
  ChildOrder order;
  order.arguments = {Program(), "-Y"};
  std::ranges::move(arguments, std::back_inserter(order.arguments));
  order.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C", "TZ=UTC0"};
  order.input = input;
  order.limit = limit_;
  ChildAnswer answer = RunChild(order);
  if (answer.Succeeded()) return std::move(answer.output);
  if (answer.end == End::kExit && answer.status == kNo) return std::nullopt;
  hung_ = answer.end == End::kOutOfTime;
  if (hung_) throw CannotTell("ssh-keygen does not answer");
  throw CannotTell(fmt::format("ssh-keygen failed (status {})", answer.status));
}

std::optional<std::string> SshSignatures::AskWhetherFits(const std::string& text,
                                                         const std::string& signature) const {
  const MemoryFile file(signature);
  return Ask({"check-novalidate", "-n", kNamespace, "-s", file.path()}, text);
}

// It says no with one and the same status to a wrong signature and to a machine
// on which it cannot work, as for a user without an account.
void SshSignatures::MustWork() const {
  if (!AskWhetherFits(kControlText, kControlSignature))
    throw CannotTell("ssh-keygen does not work here: it refuses a signature that is right");
}

gates::Signers SshSignatures::SignersByLine(const std::string& line,
                                            const gates::SignedText& asked) const {
  const MemoryFile signers(line + "\n"), signature(asked.signature);
  const std::string at = VerifyTime(asked.signed_at);
  const auto found =
      Ask({"find-principals", "-f", signers.path(), "-s", signature.path(), at}).value_or("");
  gates::Signers principals = LinesOf(found);
  std::erase_if(principals, [&](const std::string& principal) {
    // `!name` in a list of patterns is nobody's name.
    return principal.empty() || principal.starts_with('!') ||
           !Ask({"verify", "-f", signers.path(), "-I", principal, "-n", kNamespace, "-s",
                 signature.path(), at},
                asked.text);
  });
  return principals;
}

tl::expected<gates::Signers, std::string> SshSignatures::FindSigners(
    const gates::SignedText& asked) const {
  Program();
  const auto key = ReadSigningKey(asked.signature);
  if (!key) return tl::unexpected<std::string>("no SSH signature");
  const std::vector<std::string> lines = LinesAbout(*key, asked.allowed_signers);
  gates::Signers signers;
  for (const std::string& line : lines)
    std::ranges::move(SignersByLine(line, asked), std::back_inserter(signers));
  if (!signers.empty()) return signers;
  MustWork();
  const auto fits = AskWhetherFits(asked.text, asked.signature);
  if (!fits)
    return tl::unexpected<std::string>(
        "a signature of other bytes, or made for something else than git-verdict");
  return tl::unexpected(fmt::format(
      "a signature by the key {}, which {}", Fingerprint(*fits),
      lines.empty() ? "is not in that file" : "does not count for git-verdict at that time"));
}

bool SshSignatures::Fits(const std::string& text, const std::string& signature) const {
  return AskWhetherFits(text, signature).has_value();
}

tl::expected<std::string, Refusal> SshSignatures::Sign(const std::string& text,
                                                       const std::string& key) const {
  const std::string* program = FindProgram();
  if (!program) return NotSigned("ssh-keygen is missing, so nothing can be signed", kInstall);
  ChildOrder order = OrderToSign(*program, key);
  order.input = text;
  order.limit = signing_;
  const ChildAnswer answer = RunChild(order);
  if (answer.end == End::kOutOfTime)
    return NotSigned(fmt::format("ssh-keygen has not signed with {} in time", key),
                     "have its passphrase in an agent: `ssh-add`; touch the token when it blinks");
  if (!answer.Succeeded())
    return NotSigned(fmt::format("ssh-keygen does not sign with {}: {}", key, Said(answer)),
                     "give the file of a private key, or of a public one whose other half an "
                     "agent holds; where it has a passphrase: `ssh-add` it first");
  if (!ReadSigningKey(answer.output) || !Fits(text, answer.output))
    return NotSigned("ssh-keygen made a signature that it does not take itself",
                     "run `ssh-keygen -Y sign` by hand there");
  return answer.output;
}

}  // namespace hooks
