#include "tests/e2e/daemon.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace e2e {
namespace {

using namespace std::chrono_literals;

/// A TCP socket, and what is asked of one here.
class Socket {
 public:
  Socket() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (descriptor_ < 0) throw std::runtime_error("cannot make a socket");
  }
  ~Socket() { ::close(descriptor_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /// A port that was free a moment ago.
  int FreePort() const {
    sockaddr_in address = Loopback(0);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(descriptor_, any, size) != 0 || ::getsockname(descriptor_, any, &size) != 0)
      throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
  }

  bool Reaches(int port) const {
    const sockaddr_in address = Loopback(port);
    return ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }

 private:
  static sockaddr_in Loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
  }

  int descriptor_;
};

// setpriv outlives nobody: it is told when the test dies, and timeout passes that on.
std::vector<std::string> Bounded(const Daemon::Command& command) {
  std::vector<std::string> words{"setpriv", "--pdeathsig",    "TERM",
                                 "timeout", "--kill-after=5", "300"};
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

}  // namespace

Daemon::Daemon(const std::string& directory, const std::function<Command(int)>& command_for)
    : port_(Socket().FreePort()),
      process_(Bounded(command_for(port_)), directory,
               {{"PATH", "/usr/sbin:/usr/bin:/sbin:/bin"}}) {
  for (int tries = 0; tries < 400; ++tries) {
    if (process_.HasEnded()) {
      const test::Ran ran = process_.Wait();
      throw std::runtime_error("the server ended at once: " + ran.out + ran.err);
    }
    if (Socket().Reaches(port_)) return;
    std::this_thread::sleep_for(50ms);
  }
  throw std::runtime_error("the server does not answer");
}

Daemon::~Daemon() {
  if (process_.HasEnded()) return;
  ::kill(process_.pid(), SIGTERM);
  process_.Wait();
}

}  // namespace e2e
