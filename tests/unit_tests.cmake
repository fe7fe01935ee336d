# Tests of the rooms, each mirroring the folder that it tests; fuzz targets; scripts.

# --- fuzz targets ---------------------------------------------------------------------------
# verdict_fuzz_target(NAME SOURCE SEEDS LIBRARY...): a libFuzzer program, and a test that runs
# it for VERDICT_FUZZ_SECONDS from the files in the folder SEEDS. Finds stay in its folder.
add_custom_target(fuzzers)
function(verdict_fuzz_target name source seeds)
  if(NOT VERDICT_FUZZ)
    return()
  endif()
  add_executable(${name} ${source})
  target_compile_options(${name} PRIVATE ${VERDICT_FUZZED})
  target_link_libraries(${name} PRIVATE ${ARGN})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzzers ${name})
  set(finds ${PROJECT_BINARY_DIR}/finds/${name})
  file(MAKE_DIRECTORY ${finds}/corpus)
  add_test(NAME fuzz.${name} WORKING_DIRECTORY ${finds} COMMAND ${name}
    -max_total_time=${VERDICT_FUZZ_SECONDS} -timeout=10 -rss_limit_mb=2048 -max_len=4096
    -print_final_stats=1 -verbosity=0 corpus ${PROJECT_SOURCE_DIR}/${seeds})
  set_tests_properties(fuzz.${name} PROPERTIES LABELS "fuzz;slow")
endfunction()

# --- tests ----------------------------------------------------------------------------------
# verdict_unit_tests(NAME): its tests one by one; under the sanitizers, where the start of a
# program is dear, all in one run, which fails if any of them skips itself unseen.
function(verdict_unit_tests name)
  if(NOT VERDICT_SANITIZE)
    gtest_discover_tests(${name})
    return()
  endif()
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES FAIL_REGULAR_EXPRESSION SKIPPED TIMEOUT 600)
endfunction()

find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED)
include(GoogleTest)

# gates: the reason codes and what a report looks like
add_executable(report_test
  tests/gates/core/reasons_test.cc
  tests/gates/report/complaints_test.cc
  tests/gates/report/escape_test.cc
  tests/gates/report/fold_test.cc
  tests/gates/report/fenced_block_test.cc
  tests/gates/report/github_test.cc
  tests/gates/report/gitlab_test.cc
  tests/gates/report/json_test.cc
  tests/gates/report/junit_test.cc
  tests/gates/report/markdown_test.cc
  tests/gates/report/markdown_text_test.cc
  tests/gates/report/review_test.cc
  tests/gates/report/sarif_test.cc
  tests/gates/report/text_test.cc
  tests/gates/report/verification_summary_test.cc
  tests/gates/report/wrap_test.cc)
target_compile_definitions(report_test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(report_test PRIVATE
  gates nlohmann_json::nlohmann_json rapidcheck GTest::gtest_main)
verdict_unit_tests(report_test)

# gates: the rules, over a repository in memory
add_library(fake_world STATIC tests/support/fake_world.cc)
target_link_libraries(fake_world PUBLIC gates)
add_executable(gates_tests
  tests/gates/core/guard_test.cc
  tests/gates/core/object_id_test.cc
  tests/gates/core/pattern_test.cc
  tests/gates/core/policy_docs_test.cc
  tests/gates/core/policy_reader_test.cc
  tests/gates/core/policy_test.cc
  tests/gates/core/report_test.cc
  tests/gates/core/rules_test.cc
  tests/gates/core/timestamp_test.cc
  tests/gates/core/tree_test.cc
  tests/gates/docs_test.cc
  tests/gates/evidence_test.cc
  tests/gates/excused_gates_test.cc
  tests/gates/judge_test.cc
  tests/gates/landing.cc
  tests/gates/landings_test.cc
  tests/gates/placeholders_test.cc
  tests/gates/policy_source_test.cc
  tests/gates/proof/change_test.cc
  tests/gates/proof/content_test.cc
  tests/gates/proof/landing_proof_test.cc
  tests/gates/proof/trailers_test.cc
  tests/gates/proof/tree_reader_test.cc
  tests/gates/proof/tree_walk_test.cc
  tests/gates/proof/validated_commit_test.cc
  tests/gates/proof/verdict_log_test.cc
  tests/gates/proof/work_items_test.cc
  tests/gates/protected_refs_test.cc
  tests/gates/ref_rules_test.cc
  tests/gates/stages_test.cc
  tests/gates/standing_test.cc
  tests/gates/staged_logs_test.cc
  tests/gates/survey_test.cc
  tests/gates/trusted_side_test.cc
  tests/gates/verdict_test.cc
  tests/gates/writers_landings_test.cc
  tests/gates/writers_test.cc)
target_link_libraries(gates_tests PRIVATE fake_world GTest::gtest_main)
verdict_unit_tests(gates_tests)

# gates/staging: reading results, folding them, writing a log
add_executable(staging_test
  tests/gates/staging/expectations_test.cc
  tests/gates/staging/fold_properties_test.cc
  tests/gates/staging/fold_test.cc
  tests/gates/staging/log_text_test.cc
  tests/gates/staging/read_json_test.cc
  tests/gates/staging/read_junit_test.cc
  tests/gates/staging/read_tap_test.cc
  tests/gates/staging/results_test.cc
  tests/gates/staging/suite_test.cc
  tests/gates/staging/template_test.cc
  tests/gates/staging/write_results_test.cc)
target_compile_definitions(staging_test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(staging_test PRIVATE gates rapidcheck GTest::gtest_main)
verdict_unit_tests(staging_test)

# the architecture and the tables as tests
add_executable(layering_test tests/layering_test.cc)
target_compile_definitions(layering_test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(layering_test PRIVATE GTest::gtest_main)
verdict_unit_tests(layering_test)

add_executable(catalogue_test tests/catalogue_test.cc hooks/commands.cc)
target_compile_definitions(catalogue_test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(catalogue_test PRIVATE
  installer hooks build_info verdict_fmt GTest::gtest_main)
verdict_unit_tests(catalogue_test)

add_executable(frontmatter_tests
  tests/frontmatter/bytes_test.cc
  tests/frontmatter/corpus_test.cc
  tests/frontmatter/document_test.cc
  tests/frontmatter/fences_test.cc
  tests/frontmatter/honest_test.cc
  tests/frontmatter/hostile_test.cc
  tests/frontmatter/lines_test.cc
  tests/frontmatter/mapping_test.cc
  tests/frontmatter/node_test.cc
  tests/frontmatter/raw_rules_test.cc
  tests/frontmatter/status_test.cc
  tests/frontmatter/total_test.cc
  tests/frontmatter/tree_test.cc)
target_compile_definitions(frontmatter_tests PRIVATE
  CORPUS_DIR="${PROJECT_SOURCE_DIR}/tests/corpus")
target_link_libraries(frontmatter_tests PRIVATE frontmatter GTest::gtest_main)
verdict_unit_tests(frontmatter_tests)

add_executable(read_verdicts tests/frontmatter/read_verdicts.cc)
target_link_libraries(read_verdicts PRIVATE frontmatter)
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
  execute_process(COMMAND ${Python3_EXECUTABLE} -c "import yaml"
                  RESULT_VARIABLE NO_PYYAML OUTPUT_QUIET ERROR_QUIET)
  if(NO_PYYAML EQUAL 0)
    add_test(NAME frontmatter_differential
             COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/frontmatter/differential.py
                     $<TARGET_FILE:read_verdicts> ${PROJECT_SOURCE_DIR}/tests/corpus 5000)
  endif()
endif()

verdict_fuzz_target(frontmatter_fuzz tests/fuzz/frontmatter_fuzz.cc tests/corpus/files frontmatter)
verdict_fuzz_target(policy_fuzz tests/fuzz/policy_fuzz.cc tests/fuzz/policies gates frontmatter)
verdict_fuzz_target(results_fuzz tests/fuzz/results_fuzz.cc tests/fuzz/results gates)

# --- tests: hooks/git -----------------------------------------------------------------------
add_library(git_fixture STATIC tests/support/git_fixture.cc tests/support/program.cc)
target_link_libraries(git_fixture PUBLIC gates)

add_executable(hooks_git_test
  tests/hooks/git/checkouts_test.cc
  tests/hooks/git/commit_parser_test.cc
  tests/hooks/git/history_test.cc
  tests/hooks/git/index_test.cc
  tests/hooks/git/objects_test.cc
  tests/hooks/git/opening_test.cc
  tests/hooks/git/refs_test.cc
  tests/hooks/git/revisions_test.cc
  tests/hooks/git/tree_parser_test.cc
  tests/hooks/git/walk_test.cc
  tests/hooks/git/work_tree_test.cc
  tests/hooks/git/writer_test.cc
  tests/hooks/child_test.cc
  tests/hooks/command_line_test.cc
  tests/hooks/commit_message_test.cc
  tests/hooks/committer_test.cc
  tests/hooks/digest_test.cc
  tests/hooks/forges/forges_test.cc
  tests/hooks/last_words_test.cc
  tests/hooks/resource_uri_test.cc
  tests/hooks/run_lock_test.cc
  tests/hooks/ssh_armor_test.cc
  tests/hooks/ssh_signatures_test.cc
  tests/hooks/work_file_test.cc)
target_link_libraries(hooks_git_test
  PRIVATE hooks hooks_git git_fixture GTest::gtest_main)
gtest_discover_tests(hooks_git_test)

# --- tests: install -------------------------------------------------------------------------
add_executable(install_test tests/install/plan_test.cc)
target_link_libraries(install_test PRIVATE installer GTest::gtest_main)
verdict_unit_tests(install_test)

# --- tests: hooks/stage ---------------------------------------------------------------------
add_executable(stage_test
  tests/hooks/stage/lines_test.cc
  tests/hooks/stage/masks_test.cc
  tests/hooks/stage/secrets_test.cc)
target_link_libraries(stage_test PRIVATE stage git_fixture GTest::gtest_main)
verdict_unit_tests(stage_test)

# --- tests: scripts -------------------------------------------------------------------------
add_test(NAME scripts.are_clean COMMAND ${PROJECT_SOURCE_DIR}/tests/scripts)
set_tests_properties(scripts.are_clean PROPERTIES SKIP_RETURN_CODE 77 LABELS unit)

# --- tests: merging again -------------------------------------------------------------------
add_executable(merge_test
  tests/gates/proof/merge_again_test.cc
  tests/gates/proof/moved_files_test.cc
  tests/gates/proof/overlay_test.cc
  tests/gates/proof/replay_test.cc
  tests/hooks/git/merging_test.cc
  tests/support/merge_world.cc)
target_link_libraries(merge_test PRIVATE hooks_git git_fixture GTest::gtest_main)
gtest_discover_tests(merge_test TEST_FILTER "-HostileTreesTest.*")
gtest_discover_tests(merge_test TEST_FILTER "HostileTreesTest.*" PROPERTIES LABELS heavy TIMEOUT 600)
