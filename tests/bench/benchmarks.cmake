# --- benchmarks: figures to read, never timed tests -----------------------------------------
find_package(benchmark QUIET)
if(benchmark_FOUND AND NOT VERDICT_SANITIZE AND TARGET frontmatter)
  add_executable(functions_bench tests/bench/functions_bench.cc)
  target_link_libraries(functions_bench PRIVATE frontmatter benchmark::benchmark)
endif()

if(BUILD_TESTING)
  add_executable(replay_merges EXCLUDE_FROM_ALL tests/bench/replay_merges.cc)
  target_link_libraries(replay_merges PRIVATE hooks_git git_fixture)
endif()
