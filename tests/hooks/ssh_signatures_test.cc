// Signatures by the real ssh-keygen, and what becomes of us where it is none.

#include "hooks/ssh_signatures.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>

#include "gates/core/timestamp.h"
#include "tests/support/git_fixture.h"

namespace hooks {
namespace {

using Answer = tl::expected<gates::Signers, std::string>;

constexpr const char* kNoon = "2026-03-01T12:00:00Z";

/// A sandbox with keys in it. Lines of allowed signers say `@key` for the key.
struct SshSignaturesTest : testing::Test {
  SshSignaturesTest() { std::signal(SIGPIPE, SIG_IGN); }

  std::string MakeKey(const std::string& name, const std::vector<std::string>& options = {}) {
    std::vector<std::string> command{"ssh-keygen", "-q", "-t", "ed25519", "-C", name, "-f", name};
    if (options.empty()) command.insert(command.end(), {"-N", ""});
    command.insert(command.end(), options.begin(), options.end());
    Run(command);
    return sandbox.Path(name);
  }

  void Run(const std::vector<std::string>& command) const {
    const test::Ran ran =
        test::RunProgram(command, sandbox.Path(), {{"PATH", "/usr/bin:/bin"}, {"HOME", "/"}});
    ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  }

  std::string PublicKey(const std::string& name) const {
    const std::string line = test::ReadFile(sandbox.Path(name + ".pub"));
    return line.substr(0, line.find(' ', line.find(' ') + 1));
  }

  /// Replaces every `@name` by that public key.
  std::string WithKeys(std::string signers) const {
    for (const char* name : {"ci", "ada", "authority"})
      for (size_t at; (at = signers.find("@" + std::string(name) + "@")) != std::string::npos;)
        signers.replace(at, std::string(name).size() + 2, PublicKey(name));
    return signers;
  }

  std::string Signed(const std::string& key = "ci") const {
    return signatures.Sign(text, sandbox.Path(key)).value();
  }

  Answer Ask(const std::string& signature, const std::string& signers,
             const std::string& at = kNoon) const {
    return signatures.FindSigners({text, signature, WithKeys(signers), *gates::ReadTimestamp(at)});
  }

  static std::string Told(const Answer& answer) {
    if (!answer) return "no: " + answer.error();
    std::string names;
    for (const std::string& name : *answer) names += (names.empty() ? "" : " ") + name;
    return names;
  }

  test::Sandbox sandbox;
  std::string ci = MakeKey("ci"), ada = MakeKey("ada"), authority = MakeKey("authority");
  std::string text = "---\nstaging_status: SUCCESS\n---\n";
  SshSignatures signatures;
};

TEST_F(SshSignaturesTest, TellWhoSigned) {
  EXPECT_EQ(Told(Ask(Signed(), "ci@x @ci@\nada@x @ada@\n")), "ci@x");
  EXPECT_EQ(Told(Ask(Signed("ada"), "# all\n\nci@x @ci@\nada@x @ada@")), "ada@x");
}

TEST_F(SshSignaturesTest, TellEveryNameThatAKeyHas) {
  EXPECT_EQ(Told(Ask(Signed(), "ci@x,build@x @ci@\nada@x @ada@\n\"late at night\" @ci@\n")),
            "ci@x build@x late at night");
  EXPECT_EQ(Told(Ask(Signed(), "*@x,!ada@x @ci@\n")), "*@x");
}

TEST_F(SshSignaturesTest, OfOtherBytesAreNobodys) {
  const std::string signature = Signed();
  text += " ";
  EXPECT_EQ(Told(Ask(signature, "ci@x @ci@\n")),
            "no: a signature of other bytes, or made for something else than git-verdict");
}

TEST_F(SshSignaturesTest, ForAnotherPurposeAreNobodys) {
  test::WriteFile(sandbox.Path("text"), text);
  Run({"ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", ci, "text"});
  EXPECT_EQ(Told(Ask(test::ReadFile(sandbox.Path("text.sig")), "ci@x @ci@\n")),
            "no: a signature of other bytes, or made for something else than git-verdict");
}

TEST_F(SshSignaturesTest, ByAStrangerNameTheKey) {
  const std::string told = Told(Ask(Signed("ada"), "ci@x @ci@\n"));
  EXPECT_TRUE(told.starts_with("no: a signature by the key SHA256:")) << told;
  EXPECT_TRUE(told.ends_with(", which is not in that file")) << told;
  EXPECT_FALSE(Ask(Signed(), ""));
}

TEST_F(SshSignaturesTest, CountByLinesThatAllowThemThenAndForThis) {
  const std::string signature = Signed();
  EXPECT_EQ(Told(Ask(signature, "ci@x namespaces=\"git-verdict\" @ci@\n")), "ci@x");
  EXPECT_EQ(Told(Ask(signature, "ci@x valid-after=\"20260301\",valid-before=\"20260302\" @ci@\n")),
            "ci@x");
  for (const char* line :
       {"ci@x namespaces=\"git\" @ci@\n", "ci@x valid-before=\"202603011159Z\" @ci@\n",
        "ci@x valid-after=\"202603011201Z\" @ci@\n", "ci@x cert-authority @ci@\n",
        "ci@x unknown-option @ci@\n", "!ci@x @ci@\n", "@ci@\n", "#ci@x @ci@\n"})
    EXPECT_FALSE(Ask(signature, line)) << line;
}

TEST_F(SshSignaturesTest, CountWhereOneOfManyLinesOfAKeyAllowsThem) {
  EXPECT_EQ(Told(Ask(Signed(),
                     "git@x namespaces=\"git\" @ci@\nold@x valid-before=\"20200101\" "
                     "@ci@\nnonsense\nci@x @ci@\n")),
            "ci@x");
}

TEST_F(SshSignaturesTest, TimesAreUtcWhereverTheMachineStands) {
  setenv("TZ", "Pacific/Kiritimati", 1);
  EXPECT_TRUE(Ask(Signed(), "ci@x valid-before=\"20260301120000\" @ci@\n"));
  EXPECT_FALSE(Ask(Signed(), "ci@x valid-before=\"20260301115959\" @ci@\n"));
  unsetenv("TZ");
}

TEST_F(SshSignaturesTest, OfACertificateCountByItsAuthority) {
  Run({"ssh-keygen", "-q", "-s", "authority", "-I", "run", "-n", "ci@x,night@x", "-V",
       "20260101:20270101", "ci.pub"});
  const std::string signature = signatures.Sign(text, sandbox.Path("ci-cert.pub")).value();
  EXPECT_EQ(Told(Ask(signature, "*@x cert-authority @authority@\n")), "ci@x night@x");
  EXPECT_EQ(Told(Ask(signature, "night@x Cert-Authority @authority@\n")), "night@x");
  EXPECT_FALSE(Ask(signature, "*@x cert-authority @authority@\n", "2028-01-01"));
  EXPECT_FALSE(Ask(signature, "*@y cert-authority @authority@\n"));
  EXPECT_FALSE(Ask(signature, "*@x @authority@\n"));
  EXPECT_FALSE(Ask(signature, "*@x @ci@\n"));
}

TEST_F(SshSignaturesTest, AreNotMadeWithoutTheKeyAndItsPassphrase) {
  EXPECT_FALSE(signatures.Sign(text, sandbox.Path("nowhere")));
  const std::string locked = MakeKey("locked", {"-N", "a passphrase"});
  const auto start = std::chrono::steady_clock::now();
  const auto signature = signatures.Sign(text, locked);
  ASSERT_FALSE(signature);
  EXPECT_NE(signature.error().what.find("passphrase"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST_F(SshSignaturesTest, AreOfTheBytesAsTheyAre) {
  text = std::string("a\0b\r\n\xff", 6);
  EXPECT_EQ(Told(Ask(Signed(), "ci@x @ci@\n")), "ci@x");
  text = "a";
  EXPECT_FALSE(Ask(signatures.Sign(std::string("a\0b", 3), ci).value(), "ci@x @ci@\n"));
}

TEST_F(SshSignaturesTest, LeaveNoFileBehind) {
  const auto count = [&] {
    using Walk = std::filesystem::recursive_directory_iterator;
    return std::distance(Walk(sandbox.Path()), Walk());
  };
  const auto before = count();
  const auto signature = Signed();
  EXPECT_TRUE(Ask(signature, "ci@x @ci@\n"));
  EXPECT_EQ(count(), before);
}

/// Programs that are not what they should be, in the place of ssh-keygen.
struct BrokenSshKeygen : SshSignaturesTest {
  /// What asking ends with: the message of a WorldError, or "told".
  std::string AskProgram(const std::string& script) { return AskAt(PutProgram(script)); }

  std::string PutProgram(const std::string& script) const {
    const std::string path = sandbox.Path("program");
    test::WriteFile(path, "#!/bin/sh\n" + script);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }

  std::string AskAt(const std::string& path) {
    const SshSignatures broken({sandbox.Path("nowhere"), path}, std::chrono::milliseconds(500));
    const std::string signers = WithKeys("ci@x @ci@\n"), signature = Signed();
    for (int i = 0; i < 2; ++i) try {
        const auto answer = broken.FindSigners({text, signature, signers, 1'800'000'000});
        return answer ? "told " + answer->front() : "refused: " + answer.error();
      } catch (const gates::WorldError& error) {
        EXPECT_EQ(error.code, gates::Code::kWriterUntrusted);
        if (i == 1) return error.what();
      }
    return "";
  }
};

TEST_F(BrokenSshKeygen, ThatIsMissingTellsHowToInstallIt) {
  EXPECT_EQ(AskAt("/nonexistent/ssh-keygen"),
            "ssh-keygen is missing, so nobody can tell who signed this log");
  EXPECT_EQ(AskAt("/dev/null"), "ssh-keygen is missing, so nobody can tell who signed this log");
}

TEST_F(BrokenSshKeygen, SignsNothingAndItIsToldWhy) {
  const auto why = [&](const std::string& script, std::chrono::milliseconds signing) {
    const SshSignatures broken({PutProgram(script)}, std::chrono::seconds(20), signing);
    const auto signature = broken.Sign(text, ci);
    EXPECT_EQ(signature ? ExitCode::kAllowed : signature.error().exit, ExitCode::kCannotEvaluate);
    return signature ? "signed: " + *signature : signature.error().what;
  };
  constexpr auto kShort = std::chrono::milliseconds(300), kLong = std::chrono::milliseconds(60000);
  EXPECT_EQ(why("sleep 60\n", kShort), "ssh-keygen has not signed with " + ci + " in time");
  EXPECT_EQ(why("printf 'one\\r\\n\\ntwo \\n' >&2; exit 255\n", kLong),
            "ssh-keygen does not sign with " + ci + ": one; two");
  EXPECT_EQ(why("exit 3\n", kLong),
            "ssh-keygen does not sign with " + ci + ": it failed (status 3) and said nothing");
  EXPECT_EQ(why("echo signed\n", kLong),
            "ssh-keygen made a signature that it does not take itself");
}

TEST_F(BrokenSshKeygen, IsLookedForInEachPlace) {
  EXPECT_EQ(AskAt("/usr/bin/ssh-keygen"), "told ci@x");
}

TEST_F(BrokenSshKeygen, ThatFailsTellsNothing) {
  EXPECT_EQ(AskProgram("exit 1\n"), "ssh-keygen failed (status 1)");
  EXPECT_EQ(AskProgram("kill -SEGV $$\n"), "ssh-keygen failed (status 11)");
}

TEST_F(BrokenSshKeygen, ThatSaysNoToAllIsNotBelieved) {
  EXPECT_EQ(AskProgram("echo 'No user exists for uid 4711' >&2; exit 255\n"),
            "ssh-keygen does not work here: it refuses a signature that is right");
}

TEST_F(BrokenSshKeygen, ThatHangsIsWaitedForOnce) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(AskProgram("sleep 60\n"), "ssh-keygen does not answer");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST_F(BrokenSshKeygen, ThatSaysYesButNamesNobodyIsNotBelieved) {
  EXPECT_TRUE(AskProgram("exit 0\n").starts_with("refused: ")) << AskProgram("exit 0\n");
}

}  // namespace
}  // namespace hooks
