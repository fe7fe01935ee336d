#include "tests/e2e/container_engine.h"

#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace e2e {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPath = "/usr/sbin:/usr/bin:/sbin:/bin";
constexpr const char* kDaemon = "/usr/sbin/dockerd";
constexpr const char* kBusybox = "/bin/busybox";

// With what runs in the namespaces everything ends, so an end of ours takes all of it along.
const std::vector<std::string> kNamespaces{
    "setpriv", "--pdeathsig",       "KILL",         "unshare",       "--net",  "--mount", "--pid",
    "--fork",  "--kill-child=KILL", "--mount-proc", "--propagation", "private"};

// /run hides the sockets of the machine's own daemons. A proxy that is not there stops every
// pull at once.
constexpr const char* kStart = R"(
mount -t tmpfs tmpfs /run || exit 1
export HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9
echo '{}' > "$1/daemon.json"
/usr/sbin/dockerd --config-file "$1/daemon.json" --data-root "$1/data" --exec-root "$1/exec" \
  --pidfile "$1/pid" -H "unix://$1/docker.sock" --group root --storage-driver vfs \
  --bridge=none --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false \
  --userland-proxy=false --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent="/$2" \
  --oom-score-adjust=0 --log-level=warn &
wait $!)";

// Our control groups, and those of a test that was killed. A group can go when the last of its
// processes has gone.
constexpr const char* kSweep = R"(
for group in $(find /sys/fs/cgroup -type d -name 'git-verdict-*'); do
  [ "${group##*/}" = "$0" ] || [ ! -e "/proc/${group##*-}" ] || continue
  for try in $(seq 100); do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
    [ -e "$group" ] || break
    sleep 0.1
  done
done)";

std::vector<std::string> InNamespaces(const std::vector<std::string>& command) {
  std::vector<std::string> words = kNamespaces;
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

Ran RunBriefly(const std::vector<std::string>& command, const Environment& variables = {}) {
  Environment environment{{"PATH", kPath}};
  environment.insert(environment.end(), variables.begin(), variables.end());
  std::vector<std::string> words{"timeout", "60"};
  words.insert(words.end(), command.begin(), command.end());
  return test::RunProgram(words, "/", environment);
}

}  // namespace

std::string ContainerEngine::WhyNot() {
  if (::geteuid() != 0) return "not root, who alone can start a container engine";
  for (const char* program : {kDaemon, "/usr/bin/docker", kBusybox})
    if (!fs::exists(program)) return std::string("no ") + program + " here";
  const Ran ran = RunBriefly(InNamespaces({"mount", "-t", "tmpfs", "tmpfs", "/run"}));
  return ran.status == 0 ? "" : "no namespaces here: " + ran.err;
}

ContainerEngine::ContainerEngine(const test::Sandbox& sandbox)
    : place_(sandbox.Path("engine")),
      cgroup_("git-verdict-" + std::to_string(::getpid())),
      daemon_((fs::create_directories(place_ + "/config"),
               InNamespaces({"sh", "-c", kStart, "sh", place_, cgroup_})),
              "/", {{"PATH", kPath}}) {
  for (int tries = 0; Try({"version"}).status != 0; ++tries) {
    if (daemon_.HasEnded()) throw std::runtime_error("dockerd ended: " + daemon_.Wait().err);
    if (tries == 400) throw std::runtime_error("dockerd does not answer");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  MakeImage();
}

ContainerEngine::~ContainerEngine() {
  ::kill(daemon_.pid(), SIGKILL);
  daemon_.Wait();
  RunBriefly({"sh", "-c", kSweep, cgroup_});
}

Environment ContainerEngine::variables() const {
  return {{"DOCKER_HOST", "unix://" + place_ + "/docker.sock"},
          {"DOCKER_CONFIG", place_ + "/config"}};
}

Ran ContainerEngine::Try(const std::vector<std::string>& arguments) const {
  std::vector<std::string> words{"docker"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return RunBriefly(words, variables());
}

std::string ContainerEngine::Docker(const std::vector<std::string>& arguments) const {
  const Ran ran = Try(arguments);
  if (ran.status != 0) throw std::runtime_error("docker " + arguments[0] + ": " + ran.err);
  return ran.out;
}

void ContainerEngine::MakeImage() const {
  const std::string root = place_ + "/root";
  fs::create_directories(root + "/bin");
  fs::copy_file(kBusybox, root + "/bin/busybox");
  for (const char* program : {"sh", "cat", "printenv", "sleep", "touch"})
    fs::create_symlink("busybox", root + "/bin/" + program);
  const Ran tar = RunBriefly({"tar", "-C", root, "-cf", place_ + "/box.tar", "."});
  if (tar.status != 0) throw std::runtime_error("tar: " + tar.err);
  Docker({"import", place_ + "/box.tar", "box"});
}

}  // namespace e2e
