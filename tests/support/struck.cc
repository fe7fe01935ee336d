#include "tests/support/struck.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <utility>

namespace test {
namespace {

namespace fs = std::filesystem;
using SystemCall = __ptrace_syscall_info;

/// What a call is about: a file that is open, or a name.
enum class About { kFile, kName, kNameInFolder };

struct Kind {
  const char* name;
  About about;
};

// The calls by which a file or a folder can change, as far as a program of ours makes them.
const std::map<std::uint64_t, Kind> kChanges{
    {SYS_openat, {"openat", About::kNameInFolder}},
    {SYS_write, {"write", About::kFile}},
    {SYS_pwrite64, {"pwrite64", About::kFile}},
    {SYS_writev, {"writev", About::kFile}},
    {SYS_fsync, {"fsync", About::kFile}},
    {SYS_fdatasync, {"fdatasync", About::kFile}},
    {SYS_ftruncate, {"ftruncate", About::kFile}},
    {SYS_fchmod, {"fchmod", About::kFile}},
    {SYS_close, {"close", About::kFile}},
    {SYS_mkdirat, {"mkdirat", About::kNameInFolder}},
    {SYS_unlinkat, {"unlinkat", About::kNameInFolder}},
    {SYS_linkat, {"linkat", About::kNameInFolder}},
    {SYS_symlinkat, {"symlinkat", About::kName}},
    {SYS_renameat, {"renameat", About::kNameInFolder}},
    {SYS_renameat2, {"renameat2", About::kNameInFolder}},
    {SYS_fchmodat, {"fchmodat", About::kNameInFolder}},
    {SYS_utimensat, {"utimensat", About::kNameInFolder}},
#ifdef SYS_rename
    {SYS_mkdir, {"mkdir", About::kName}},
    {SYS_rmdir, {"rmdir", About::kName}},
    {SYS_unlink, {"unlink", About::kName}},
    {SYS_link, {"link", About::kName}},
    {SYS_symlink, {"symlink", About::kName}},
    {SYS_rename, {"rename", About::kName}},
    {SYS_chmod, {"chmod", About::kName}},
#endif
};

[[noreturn]] void Fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

/// A program of ours that is watched from its first call on.
class Watched {
 public:
  explicit Watched(pid_t process) : process_(process) {}

  /// Begins to watch a program that waits for its start; false where that is not allowed.
  bool Begin();

  /// Strikes where it is due; gives the calls that the program came to.
  std::vector<std::string> Follow(const Blow& blow);

 private:
  bool AwaitStop();
  void Resume(int signal) const { ::ptrace(PTRACE_SYSCALL, process_, 0, signal); }
  SystemCall Call() const;
  std::string Name(std::uint64_t address) const;
  std::string File(std::uint64_t number) const;
  bool IsWritable(std::uint64_t number) const;
  bool OnlyReads(const SystemCall& call) const;
  std::string Change(const SystemCall& call) const;
  int ErrorFor(const std::string& change, const Blow& blow) const;
  void At(const SystemCall& call, const Blow& blow);
  void LeaveOut() const;
  void Answer(int error) const;

  pid_t process_;
  int status_ = 0;
  bool has_begun_ = false;
  int error_ = 0;  // of the call that is left out now
  std::vector<std::string> changes_;
};

// Nothing is taken away of its end: whoever started it waits for that.
bool Watched::AwaitStop() {
  siginfo_t seen{};
  while (::waitid(P_PID, static_cast<id_t>(process_), &seen, WSTOPPED | WEXITED | WNOWAIT) != 0)
    if (errno != EINTR) Fail("waitid");
  const bool stopped = seen.si_code == CLD_STOPPED || seen.si_code == CLD_TRAPPED;
  return stopped && ::waitpid(process_, &status_, WUNTRACED | __WALL) == process_;
}

SystemCall Watched::Call() const {
  SystemCall call{};
  if (::ptrace(PTRACE_GET_SYSCALL_INFO, process_, sizeof call, &call) < 0) Fail("ptrace");
  return call;
}

std::string Watched::Name(std::uint64_t address) const {
  std::array<char, 512> bytes{};
  for (size_t i = 0; i + 1 < bytes.size(); ++i) {
    const iovec here{&bytes[i], 1};
    const iovec there{reinterpret_cast<void*>(address + i), 1};
    if (::process_vm_readv(process_, &here, 1, &there, 1, 0) != 1 || bytes[i] == '\0') break;
  }
  return bytes.data();
}

std::string Watched::File(std::uint64_t number) const {
  std::error_code gone;
  return fs::read_symlink("/proc/" + std::to_string(process_) + "/fd/" + std::to_string(number),
                          gone);
}

bool Watched::OnlyReads(const SystemCall& call) const {
  constexpr std::uint64_t kToChange = O_ACCMODE | O_CREAT;
  if (call.entry.nr == SYS_openat) return (call.entry.args[2] & kToChange) == O_RDONLY;
  return call.entry.nr == SYS_close && !IsWritable(call.entry.args[0]);
}

bool Watched::IsWritable(std::uint64_t number) const {
  std::ifstream file("/proc/" + std::to_string(process_) + "/fdinfo/" + std::to_string(number));
  std::string word;
  int flags = O_RDONLY;
  while (file >> word && word != "flags:") {
  }
  file >> std::oct >> flags;
  return (flags & O_ACCMODE) != O_RDONLY;
}

/// The call in words, where it changes something; else nothing.
std::string Watched::Change(const SystemCall& call) const {
  const auto kind = kChanges.find(call.entry.nr);
  const auto* const arguments = call.entry.args;
  if (kind == kChanges.end() || OnlyReads(call)) return "";
  const auto& [name, about] = kind->second;
  const std::string path = about == About::kFile   ? File(arguments[0])
                           : about == About::kName ? Name(arguments[0])
                                                   : Name(arguments[1]);
  const bool is_stream = about == About::kFile && (arguments[0] <= 2 || !path.starts_with('/'));
  if (is_stream || path.starts_with("/memfd:") || path == "/dev/tty" || path == "/dev/null")
    return "";
  return std::string(name) + " " + path;
}

bool NeedsSpace(const std::string& change) {
  return change.starts_with("write") || change.starts_with("openat") || change.starts_with("mkdir");
}

/// What the call is answered with instead of being made; 0: it is made.
int Watched::ErrorFor(const std::string& change, const Blow& blow) const {
  if (blow.kind == Blow::Kind::kFails && changes_.size() == blow.at) return EIO;
  if (blow.kind == Blow::Kind::kDiskIsFull && changes_.size() >= blow.at && NeedsSpace(change))
    return ENOSPC;
  return 0;
}

void Watched::At(const SystemCall& call, const Blow& blow) {
  if (call.op == PTRACE_SYSCALL_INFO_EXIT && error_ != 0) Answer(std::exchange(error_, 0));
  if (call.op != PTRACE_SYSCALL_INFO_ENTRY) return;
  const std::string change = Change(call);
  if (change.empty()) return;
  changes_.push_back(change);
  error_ = ErrorFor(change, blow);
  if (error_ != 0) LeaveOut();
  if (blow.kind == Blow::Kind::kKilled && changes_.size() == blow.at) ::kill(process_, SIGKILL);
}

#ifdef __x86_64__
void Watched::LeaveOut() const {
  user_regs_struct registers{};
  if (::ptrace(PTRACE_GETREGS, process_, 0, &registers) < 0) Fail("ptrace");
  registers.orig_rax = static_cast<unsigned long long>(-1);
  if (::ptrace(PTRACE_SETREGS, process_, 0, &registers) < 0) Fail("ptrace");
}

void Watched::Answer(int error) const {
  user_regs_struct registers{};
  if (::ptrace(PTRACE_GETREGS, process_, 0, &registers) < 0) Fail("ptrace");
  registers.rax = static_cast<unsigned long long>(-error);
  if (::ptrace(PTRACE_SETREGS, process_, 0, &registers) < 0) Fail("ptrace");
}
#else
void Watched::LeaveOut() const {}
void Watched::Answer(int) const {}
#endif

bool Watched::Begin() {
  if (!AwaitStop()) throw std::runtime_error("the program does not wait for its start");
  const bool is_let_in =
      ::ptrace(PTRACE_SEIZE, process_, 0,
               PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL) == 0;
  ::kill(process_, SIGCONT);
  return is_let_in;
}

std::vector<std::string> Watched::Follow(const Blow& blow) {
  while (AwaitStop()) {
    const int signal = WSTOPSIG(status_), event = status_ >> 16;
    if (event == PTRACE_EVENT_EXEC) has_begun_ = true;
    if (signal == (SIGTRAP | 0x80) && has_begun_) At(Call(), blow);
    Resume(event != 0 || signal == (SIGTRAP | 0x80) ? 0 : signal);
  }
  return changes_;
}

// Stops before it becomes the program, so that no call of that is missed.
std::vector<std::string> Waiting(const std::vector<std::string>& command) {
  std::vector<std::string> words{"/bin/sh", "-c", "kill -STOP $$; exec \"$@\"", "sh"};
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

}  // namespace

bool CanStrike() {
#ifdef __x86_64__
  Running program(Waiting({"/bin/true"}), "/", {});
  Watched watched(program.pid());
  const bool is_let_in = watched.Begin();
  if (is_let_in) watched.Follow({});
  return program.Wait().status == 0 && is_let_in;
#else
  return false;
#endif
}

Struck RunStruck(const std::vector<std::string>& command, const std::string& directory,
                 const Environment& environment, const Blow& blow) {
  Running program(Waiting(command), directory, environment);
  Watched watched(program.pid());
  if (!watched.Begin()) Fail("ptrace");
  auto changes = watched.Follow(blow);
  return {program.Wait(), std::move(changes)};
}

}  // namespace test
