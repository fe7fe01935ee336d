#include "hooks/git/watch.h"

#include <atomic>

namespace git {
namespace {

std::atomic<unsigned> moment{0};
static_assert(std::atomic<unsigned>::is_always_lock_free, "read by a signal handler");

// One thread writes, and a handler of the same thread reads: no locked instruction is needed.
void Advance() {
  moment.store(moment.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

}  // namespace

Watched::Watched() { Advance(); }
Watched::~Watched() { Advance(); }

unsigned WatchedMoment() { return moment.load(std::memory_order_relaxed); }

}  // namespace git
