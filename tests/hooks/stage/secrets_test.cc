#include "hooks/stage/secrets.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "tests/support/git_fixture.h"

namespace stage {
namespace {

class SecretsTest : public testing::Test {
 protected:
  /// The value of a secret from a file of this text, or why it has none.
  std::string FromFile(const std::string& text) {
    test::WriteFile(sandbox_.Path("token"), text);
    return From({"T", "", sandbox_.Path("token")});
  }

  static std::string FromVariable(const char* value) {
    if (value) setenv("VERDICT_SECRET_TEST", value, 1);
    const std::string read = From({"T", "VERDICT_SECRET_TEST", ""});
    unsetenv("VERDICT_SECRET_TEST");
    return read;
  }

  static std::string From(const gates::SecretSource& source) {
    const Secrets secrets = ReadSecrets({source});
    EXPECT_EQ(secrets.values.size() + secrets.faults.size(), 1u);
    return secrets.values.empty() ? "fault: " + secrets.faults.at("T") : secrets.values.at("T");
  }

  test::Sandbox sandbox_;
};

TEST_F(SecretsTest, ComeFromTheEnvironment) {
  EXPECT_EQ(FromVariable("s3cret"), "s3cret");
  EXPECT_EQ(FromVariable(nullptr), "fault: the variable VERDICT_SECRET_TEST is not set");
}

TEST_F(SecretsTest, ComeFromFilesWithoutTheirLastLineEnd) {
  EXPECT_EQ(FromFile("s3cret"), "s3cret");
  EXPECT_EQ(FromFile("s3cret\n"), "s3cret");
  EXPECT_EQ(FromFile("s3cret\r\n"), "s3cret");
  EXPECT_EQ(FromFile("s3cret\n\n"), "s3cret\n");
}

TEST_F(SecretsTest, ThatAreTooShortToBeMaskedAreRefused) {
  const std::string fault = "fault: it is shorter than 4 bytes and could not be masked";
  EXPECT_EQ(FromVariable("abc"), fault);
  EXPECT_EQ(FromVariable(""), fault);
  EXPECT_EQ(FromFile("abc\n"), fault);
  EXPECT_EQ(FromVariable("abcd"), "abcd");
}

TEST_F(SecretsTest, ThatNoTextCanHoldAreRefused) {
  EXPECT_EQ(FromFile(std::string("abc\0def", 7)), "fault: it holds a NUL byte");
  EXPECT_EQ(FromFile(std::string(65537, 'x')), "fault: it is longer than 64 KiB");
  EXPECT_EQ(FromFile(std::string(65536, 'x')).size(), 65536u);
}

TEST_F(SecretsTest, AreReadFromOrdinaryFilesOnly) {
  const std::string none = sandbox_.Path("none");
  EXPECT_EQ(From({"T", "", none}), "fault: cannot read " + none + ": No such file or directory");
  EXPECT_EQ(From({"T", "", sandbox_.Path()}), "fault: " + sandbox_.Path() + " is no ordinary file");
  const std::string pipe = sandbox_.Path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(From({"T", "", pipe}), "fault: " + pipe + " is no ordinary file");
  test::WriteFile(sandbox_.Path("real"), "s3cret");
  std::filesystem::create_symlink(sandbox_.Path("real"), sandbox_.Path("link"));
  EXPECT_EQ(From({"T", "", sandbox_.Path("link")}), "s3cret");
}

}  // namespace
}  // namespace stage
