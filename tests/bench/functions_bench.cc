#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "frontmatter/document.h"

namespace {

constexpr std::string_view kOrdinaryLog =
    "---\n"
    "work_item: ORCH-061\n"
    "staging_status: SUCCESS\n"
    "validated_sha: 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
    "timestamp: 2024-01-01T12:00:00Z\n"
    "checks:\n"
    "  - name: smoke\n"
    "    result: pass\n"
    "  - name: e2e\n"
    "    result: pass\n"
    "---\n"
    "# Staging log\n";

std::string LogWithChecks(int checks) {
  std::string log = "---\nstaging_status: SUCCESS\nchecks:\n";
  for (int i = 0; i < checks; ++i) {
    log += "  - name: check-" + std::to_string(i) + "\n    result: pass\n";
  }
  return log + "---\n";
}

void Read(benchmark::State& state, std::string_view log) {
  if (!frontmatter::ReadFrontmatter(log)) state.SkipWithError("the log is not well-formed");
  for (auto _ : state) {
    benchmark::DoNotOptimize(frontmatter::ReadFrontmatter(log));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(log.size()));
}

void ReadAnOrdinaryLog(benchmark::State& state) { Read(state, kOrdinaryLog); }
BENCHMARK(ReadAnOrdinaryLog);

void ReadALogWithALongBody(benchmark::State& state) {
  Read(state, std::string(kOrdinaryLog) + std::string(8 << 20, 'x'));
}
BENCHMARK(ReadALogWithALongBody);

void ReadALogOfManyChecks(benchmark::State& state) {
  Read(state, LogWithChecks(static_cast<int>(state.range(0))));
}
BENCHMARK(ReadALogOfManyChecks)->Arg(10)->Arg(100)->Arg(1000);

void RefuseALogWithoutAFence(benchmark::State& state) {
  const std::string log(1 << 20, '\n');
  for (auto _ : state) {
    benchmark::DoNotOptimize(frontmatter::ReadFrontmatter(log));
  }
}
BENCHMARK(RefuseALogWithoutAFence);

}  // namespace

BENCHMARK_MAIN();
