#include "hooks/last_words.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <limits>

#include "hooks/git/watch.h"

#if defined(__SANITIZE_ADDRESS__)
#define VERDICT_HAS_SANITIZER 1
#elif defined(__has_feature)
#define VERDICT_HAS_SANITIZER __has_feature(address_sanitizer)
#else
#define VERDICT_HAS_SANITIZER 0
#endif

namespace hooks {
namespace {

constexpr int kTickSignal = SIGVTALRM;
constexpr int kTicksPerCall = 10;

// Plain memory, never destroyed: a signal may come at any moment, at exit too.
struct Text {
  std::array<char, LastWords::kLongest> bytes;
  size_t size;
};
struct Saying {
  Text out, err;
  int status;  // 0: as long as nobody has said
};
Saying stuck_saying, late_saying, crashed_saying;
volatile std::sig_atomic_t ticks_per_run = std::numeric_limits<std::sig_atomic_t>::max();
std::array<char, 64 * 1024> crash_stack;  // the usual one may be what overflowed

void Keep(std::string_view words, Text& text) {
  text.size = std::min(words.size(), text.bytes.size());
  std::copy_n(words.begin(), text.size, text.bytes.begin());
}

void Keep(const Words& words, Saying& saying) {
  Keep(words.out, saying.out);
  Keep(words.err, saying.err);
  saying.status = words.status;
}

// --- in signal handlers: only what POSIX calls async-signal-safe ---

void Write(int descriptor, const Text& text) {
  size_t written = 0;
  while (written < text.size) {
    const ssize_t count = ::write(descriptor, text.bytes.data() + written, text.size - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    written += static_cast<size_t>(count);
  }
}

[[noreturn]] void Leave(const Saying& saying) {
  ::signal(SIGPIPE, SIG_IGN);
  Write(STDOUT_FILENO, saying.out);
  Write(STDERR_FILENO, saying.err);
  ::_exit(saying.status == 0 ? 2 : saying.status);
}

void OnCrash(int) { Leave(crashed_saying); }

void OnTick(int) {
  static unsigned last_moment = 0;
  static int ticks = 0, all_ticks = 0;
  const unsigned moment = git::WatchedMoment();
  const bool in_same_call = moment % 2 == 1 && moment == last_moment;
  ticks = in_same_call ? ticks + 1 : 0;
  last_moment = moment;
  if (ticks >= kTicksPerCall) Leave(stuck_saying);
  if (++all_ticks >= ticks_per_run) Leave(late_saying);
}

// --- outside of them ---

void Handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigfillset(&action.sa_mask);
  if (::sigaction(signal, &action, nullptr) != 0) std::abort();
}

void HandleCrashes() {
  if (!LastWords::CatchesCrashes()) return;
  stack_t stack{};
  stack.ss_sp = crash_stack.data();
  stack.ss_size = crash_stack.size();
  if (::sigaltstack(&stack, nullptr) != 0) std::abort();
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
    Handle(signal, OnCrash, SA_ONSTACK | static_cast<int>(SA_RESETHAND));
}

// A timer of CPU time: a slow disk or a stopped process is nothing stuck.
void StartTicking(const TimeLimits& limits) {
  static timer_t timer;
  static bool created = false;
  if (!created) {
    Handle(kTickSignal, OnTick, SA_RESTART);
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = kTickSignal;
    if (::timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) != 0) std::abort();
    created = true;
  }
  const auto tick = std::chrono::nanoseconds(limits.call) / kTicksPerCall;
  ticks_per_run = static_cast<std::sig_atomic_t>(limits.run / tick);
  itimerspec period{};
  period.it_interval.tv_sec = static_cast<time_t>(tick / std::chrono::seconds(1));
  period.it_interval.tv_nsec = static_cast<long>((tick % std::chrono::seconds(1)).count());
  period.it_value = period.it_interval;
  if (::timer_settime(timer, 0, &period, nullptr) != 0) std::abort();
}

}  // namespace

void LastWords::Arm(Words stuck, Words late, Words crashed, TimeLimits limits) {
  sigset_t ticks, before;
  sigemptyset(&ticks);
  sigaddset(&ticks, kTickSignal);
  ::sigprocmask(SIG_BLOCK, &ticks, &before);
  Keep(stuck, stuck_saying);
  Keep(late, late_saying);
  Keep(crashed, crashed_saying);
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  HandleCrashes();
  StartTicking(limits);
}

bool LastWords::CatchesCrashes() { return !VERDICT_HAS_SANITIZER; }

TimeLimits LastWords::LimitsFrom(std::optional<std::string_view> text) {
  TimeLimits limits;
  int seconds = 0;
  if (!text) return limits;
  const char* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, seconds);
  if (read.ec != std::errc() || read.ptr != end || seconds < 1 || seconds >= limits.call.count())
    return limits;
  const auto runs = limits.run / limits.call;
  limits.call = std::chrono::seconds(seconds);
  limits.run = runs * limits.call;
  return limits;
}

}  // namespace hooks
