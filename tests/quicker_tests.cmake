# --- tests: quicker to compile ----------------------------------------------------------------
# What every test program includes is compiled once, and their own code, whose speed is nobody's
# concern, without optimisation. Not by default: a source that forgets an include has to fail somewhere.
option(VERDICT_PRECOMPILED_TESTS "Precompile the headers of the tests" OFF)
if(VERDICT_PRECOMPILED_TESTS)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled_tests.cc CONTENT "")
  add_library(precompiled_tests OBJECT ${PROJECT_BINARY_DIR}/precompiled_tests.cc)
  target_link_libraries(precompiled_tests PRIVATE GTest::gtest nlohmann_json::nlohmann_json)
  target_precompile_headers(precompiled_tests PRIVATE
    <gtest/gtest.h> <nlohmann/json.hpp> <tl/expected.hpp> <algorithm> <chrono> <filesystem> <fstream>
    <functional> <map> <optional> <set> <span> <sstream>)
  get_property(targets DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "^tests/.*[.]cc$")
    if(sources AND NOT sources MATCHES "tests/(fuzz|bench)/")
      target_compile_options(${target} PRIVATE -O0 -U_FORTIFY_SOURCE)
      target_compile_definitions(${target} PRIVATE GTEST_HAS_PTHREAD=1)
      target_precompile_headers(${target} REUSE_FROM precompiled_tests)
    endif()
  endforeach()
  target_compile_options(precompiled_tests PRIVATE -O0 -U_FORTIFY_SOURCE)
endif()
