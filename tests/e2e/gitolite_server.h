#pragma once

#include <memory>

#include "tests/e2e/daemon.h"
#include "tests/e2e/git_server.h"

namespace e2e {

/// A user of this machine for as long as the object lives, with a home in the sandbox.
class TemporaryUser {
 public:
  explicit TemporaryUser(const test::Sandbox& sandbox);
  ~TemporaryUser();
  TemporaryUser(const TemporaryUser&) = delete;
  TemporaryUser& operator=(const TemporaryUser&) = delete;

  const std::string& name() const { return name_; }
  const std::string& home() const { return home_; }

  /// Runs lines of shell as that user, in its home; what fails throws.
  void Run(const std::string& lines) const;

 private:
  std::string name_, home_;
};

/// gitolite over ssh, as a user of its own.
class GitoliteServer final : public GitServer {
 public:
  /// Empty, or the reason why there is none on this machine.
  static std::string WhyNot();

  explicit GitoliteServer(const test::Sandbox& sandbox);

  std::string url() const override { return Address("product"); }
  test::Environment variables() const override;
  test::GitRepo repository() const override;

 private:
  std::string Address(const std::string& repository) const;
  void SetUpGitolite() const;
  void WriteSshClient() const;
  void AddProduct() const;

  const test::Sandbox& sandbox_;
  TemporaryUser user_;
  Daemon sshd_;
};

}  // namespace e2e
