#pragma once

#include <memory>

#include "tests/e2e/daemon.h"
#include "tests/e2e/git_server.h"

namespace e2e {

/// git http-backend behind lighttpd.
class HttpServer final : public GitServer {
 public:
  /// Empty, or the reason why there is none on this machine.
  static std::string WhyNot();

  /// Serves the bare repository `product.git` of the sandbox.
  explicit HttpServer(const test::Sandbox& sandbox);

  std::string url() const override;
  test::GitRepo repository() const override { return repository_; }

 private:
  test::GitRepo repository_;
  Daemon lighttpd_;
};

}  // namespace e2e
