#include "tests/e2e/http_server.h"

#include <filesystem>

#include "tests/e2e/story.h"

namespace e2e {
namespace {

constexpr const char* kLighttpd = "/usr/sbin/lighttpd";

Daemon::Command Configured(const test::Sandbox& sandbox, int port) {
  std::string config = BlockOfServersPage("git http-backend", 1);
  config = Replaced(config, "/srv/git", sandbox.Path());
  config = Replaced(config, "8080", std::to_string(port));
  config = Replaced(config, "/usr/lib/git-core", GitRepo(sandbox.Path()).Git({"--exec-path"}));
  test::WriteFile(sandbox.Path("lighttpd.conf"), config);
  return {kLighttpd, "-D", "-f", sandbox.Path("lighttpd.conf")};
}

}  // namespace

std::string HttpServer::WhyNot() {
  return std::filesystem::exists(kLighttpd)
             ? ""
             : "no lighttpd here: install/dependencies --with-servers";
}

HttpServer::HttpServer(const test::Sandbox& sandbox)
    : repository_(GitRepo::InitBare(sandbox, "product.git")),
      lighttpd_(sandbox.Path(), [&](int port) { return Configured(sandbox, port); }) {
  const Ran ran = TypeBlock(BlockOfServersPage("git http-backend"), sandbox.Path());
  EXPECT_EQ(ran.status, 0) << ran.err;
}

std::string HttpServer::url() const {
  return "http://127.0.0.1:" + std::to_string(lighttpd_.port()) + "/git/product.git";
}

}  // namespace e2e
