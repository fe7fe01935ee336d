# Tests of the whole program, with real git and other real programs.

# --- tests: end to end ----------------------------------------------------------------------
# What shows how other programs do with ours (servers, pages, managers of hooks, packages) has the
# label e2e-counterparts, and what is about size, load and kills the label heavy. The sanitizers do
# without both: they watch our code on its own ways.
add_library(e2e_story STATIC tests/e2e/story.cc)
target_compile_definitions(e2e_story PUBLIC
  VERDICT_PROGRAM="$<TARGET_FILE:git-verdict>"
  CORPUS_DIR="${PROJECT_SOURCE_DIR}/tests/corpus"
  GOLDEN_DIR="${PROJECT_SOURCE_DIR}/tests/e2e/golden")
target_link_libraries(e2e_story PUBLIC
  git_fixture nlohmann_json::nlohmann_json GTest::gtest_main)
add_dependencies(e2e_story git-verdict git-verdict-services)

add_executable(e2e_test
  tests/e2e/check_test.cc
  tests/e2e/commands_test.cc
  tests/e2e/docs_gate_test.cc
  tests/e2e/doctor_prove_test.cc
  tests/e2e/doctor_test.cc
  tests/e2e/commit_hooks_test.cc
  tests/e2e/commit_msg_test.cc
  tests/e2e/fold_formats_test.cc
  tests/e2e/fold_test.cc
  tests/e2e/hostile_bytes_test.cc
  tests/e2e/hostile_input_test.cc
  tests/e2e/hostile_repository_test.cc
  tests/e2e/in_toto_test.cc
  tests/e2e/install_places_test.cc
  tests/e2e/install_test.cc
  tests/e2e/json_schema.cc
  tests/e2e/named_push_test.cc
  tests/e2e/push_policy_test.cc
  tests/e2e/push_refs_test.cc
  tests/e2e/push_shapes_test.cc
  tests/e2e/push_test.cc
  tests/e2e/record_onto_test.cc
  tests/e2e/record_refusal_test.cc
  tests/e2e/record_sign_test.cc
  tests/e2e/record_test.cc
  tests/e2e/review_test.cc
  tests/e2e/signed_test.cc
  tests/e2e/status_test.cc
  tests/e2e/uninstall_test.cc
  tests/support/at_terminal.cc)
target_link_libraries(e2e_test PRIVATE hook_managers)
gtest_discover_tests(e2e_test TEST_FILTER "-Prove.*" PROPERTIES LABELS e2e TIMEOUT 300)
gtest_discover_tests(e2e_test TEST_FILTER "Prove.*"
  PROPERTIES LABELS e2e-counterparts TIMEOUT 300)

# The hook managers that some tests run, set up as their pages tell.
add_library(hook_managers STATIC tests/docs/page.cc tests/e2e/managers.cc)
target_compile_definitions(hook_managers PUBLIC SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(hook_managers PUBLIC e2e_story)

# Every way past that docs/threat-model.md tells of, tried for real.
add_executable(bypass_test
  tests/e2e/bypass_change_test.cc
  tests/e2e/bypass_check_test.cc
  tests/e2e/bypass_client_test.cc
  tests/e2e/bypass_managers_test.cc
  tests/e2e/bypass_refs_test.cc
  tests/e2e/bypass_repository_test.cc
  tests/e2e/bypass_server_test.cc
  tests/e2e/judged_server.cc
  tests/e2e/threat_model_test.cc
  tests/support/page_table.cc)
target_link_libraries(bypass_test PRIVATE hook_managers)
gtest_discover_tests(bypass_test TEST_FILTER "-BypassManagers.*" PROPERTIES LABELS e2e TIMEOUT 300)
gtest_discover_tests(bypass_test TEST_FILTER "BypassManagers.*"
  PROPERTIES LABELS e2e-counterparts TIMEOUT 300)

add_executable(e2e_stage_test
  tests/e2e/container_engine.cc
  tests/e2e/daemon.cc
  tests/e2e/stage_container_test.cc
  tests/e2e/stage_http_test.cc
  tests/e2e/stage_program_test.cc
  tests/e2e/stage_secrets_test.cc
  tests/e2e/stage_story.cc
  tests/e2e/stage_test.cc)
target_compile_definitions(e2e_stage_test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(e2e_stage_test PRIVATE e2e_story)
gtest_discover_tests(e2e_stage_test TEST_FILTER "-StageContainer*"
  PROPERTIES LABELS e2e TIMEOUT 300)
gtest_discover_tests(e2e_stage_test TEST_FILTER "StageContainer*"
  PROPERTIES LABELS e2e-counterparts TIMEOUT 300)

add_executable(e2e_slow_test
  tests/e2e/byte_flip_test.cc
  tests/e2e/hostile_size_test.cc)
target_link_libraries(e2e_slow_test PRIVATE e2e_story)
gtest_discover_tests(e2e_slow_test TEST_FILTER "-HostileSize.*"
  PROPERTIES LABELS e2e-slow TIMEOUT 600)
gtest_discover_tests(e2e_slow_test TEST_FILTER "HostileSize.*" PROPERTIES LABELS heavy TIMEOUT 600)

# Every row of docs/topology.md, held to real git; and one decision at all doors.
add_library(topology STATIC tests/e2e/topology.cc)
target_link_libraries(topology PUBLIC e2e_story)
add_executable(doors_test tests/e2e/doors_test.cc tests/e2e/random_change.cc)
target_link_libraries(doors_test PRIVATE topology)
gtest_discover_tests(doors_test PROPERTIES LABELS e2e-slow TIMEOUT 900)
add_executable(topology_test
  tests/e2e/topology_everyday.cc
  tests/e2e/topology_logs.cc
  tests/e2e/topology_merges.cc
  tests/e2e/topology_refs.cc
  tests/e2e/topology_test.cc
  tests/e2e/topology_trees.cc
  tests/support/page_table.cc)
target_compile_definitions(topology_test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(topology_test PRIVATE topology)
gtest_discover_tests(topology_test PROPERTIES LABELS e2e TIMEOUT 300)

# --- tests: in CI ---------------------------------------------------------------------------
add_executable(ci_test
  tests/e2e/ci_job_test.cc
  tests/e2e/ci_story.cc
  tests/e2e/ci_templates_test.cc
  tests/e2e/report_schemas_test.cc)
target_compile_definitions(ci_test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(ci_test PRIVATE e2e_story)
gtest_discover_tests(ci_test TEST_FILTER "CiJob.*" PROPERTIES LABELS e2e TIMEOUT 300)
gtest_discover_tests(ci_test TEST_FILTER "-CiJob.*"
  PROPERTIES LABELS e2e-counterparts TIMEOUT 300)

# --- tests: the pages that tell what to type ------------------------------------------------
if(NOT VERDICT_SANITIZE)
  add_executable(pages_test
    tests/docs/ci_pages_test.cc
    tests/docs/page_test.cc
    tests/docs/pages_test.cc
    tests/docs/pictures_test.cc
    tests/docs/reader.cc
    tests/docs/reader_test.cc
    tests/e2e/ci_story.cc
    tests/e2e/hook_managers_test.cc)
  target_link_libraries(pages_test PRIVATE hook_managers)
  set(FOLLOWED "Pages.*:CiPages.*:GitlabPage.*:Lefthook.*:GitLfs.*:Real/PreCommitFamily.*")
  gtest_discover_tests(pages_test TEST_FILTER "-${FOLLOWED}")
  gtest_discover_tests(pages_test TEST_FILTER "${FOLLOWED}"
    PROPERTIES LABELS e2e-counterparts TIMEOUT 600)
endif()

# --- tests: servers, load and faults --------------------------------------------------------
if(NOT VERDICT_SANITIZE)
  add_executable(servers_test
    tests/e2e/daemon.cc
    tests/e2e/git_server.cc
    tests/e2e/gitolite_server.cc
    tests/e2e/http_server.cc
    tests/e2e/servers_test.cc)
  target_compile_definitions(servers_test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(servers_test PRIVATE e2e_story)
  gtest_discover_tests(servers_test PROPERTIES LABELS e2e-counterparts TIMEOUT 300)
endif()
add_executable(load_and_fault_test
  tests/e2e/fault_test.cc
  tests/e2e/git_server.cc
  tests/e2e/limits_test.cc
  tests/e2e/load_test.cc
  tests/e2e/record_crash_test.cc
  tests/e2e/server_story.cc
  tests/support/struck.cc)
target_compile_definitions(load_and_fault_test PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(load_and_fault_test PRIVATE e2e_story)
set(HEAVY "Load.*:Pairs.*:Signals.*:Program.*:MillionFiles.*:ManyFolders.*:HundredMegabytes.*")
gtest_discover_tests(load_and_fault_test TEST_FILTER "-${HEAVY}" PROPERTIES LABELS e2e TIMEOUT 300)
gtest_discover_tests(load_and_fault_test TEST_FILTER "${HEAVY}" PROPERTIES LABELS heavy TIMEOUT 300)

# --- tests: what is installed ----------------------------------------------------------------
if(NOT VERDICT_SANITIZE)
  set(INSTALLED ${PROJECT_BINARY_DIR}/installed)
  add_test(NAME installed.cmake_puts_it_below_a_prefix
    COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${INSTALLED})
  set_tests_properties(installed.cmake_puts_it_below_a_prefix PROPERTIES
    FIXTURES_SETUP installed LABELS e2e-counterparts)
  add_executable(installed_test
    tests/e2e/completion_test.cc
    tests/e2e/installed_test.cc
    tests/e2e/manual_test.cc)
  target_compile_definitions(installed_test PRIVATE
    SOURCE_DIR="${PROJECT_SOURCE_DIR}" INSTALLED="${INSTALLED}")
  target_link_libraries(installed_test PRIVATE e2e_story)
  gtest_discover_tests(installed_test PROPERTIES
    FIXTURES_REQUIRED installed LABELS e2e-counterparts TIMEOUT 300)

  # The package is made of a release, so a debug build does not try it.
  if(CMAKE_BUILD_TYPE STREQUAL Release)
    add_test(NAME package.cpack_makes_it COMMAND ${CMAKE_CPACK_COMMAND} -G DEB
      --config ${PROJECT_BINARY_DIR}/CPackConfig.cmake -B ${PROJECT_BINARY_DIR}/package)
    set_tests_properties(package.cpack_makes_it PROPERTIES
      FIXTURES_SETUP package LABELS e2e-counterparts)
    add_test(NAME package.is_clean_installs_works_and_leaves_nothing_behind
      COMMAND ${PROJECT_SOURCE_DIR}/tests/e2e/debian_package ${PROJECT_BINARY_DIR}/package)
    set_tests_properties(package.is_clean_installs_works_and_leaves_nothing_behind PROPERTIES
      FIXTURES_REQUIRED package SKIP_RETURN_CODE 77 LABELS e2e-counterparts TIMEOUT 300)
  endif()
endif()
