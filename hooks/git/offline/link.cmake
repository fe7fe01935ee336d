# --- the link with libgit2 ------------------------------------------------------------------
# `verdict_libgit2` is what hooks/git links. It decides how a program that reads
# repositories is linked: fully static and without libgit2's network half where that
# works on this machine, else with the shared library and no certificates.
option(VERDICT_STATIC "Link programs that use libgit2 statically, where that works" ON)

# By name, not by file: the linker then takes the .a in a static link, else the .so.
set_target_properties(PkgConfig::YAML_CPP PROPERTIES INTERFACE_LINK_LIBRARIES -lyaml-cpp)
set_target_properties(PkgConfig::RE2 PROPERTIES INTERFACE_LINK_LIBRARIES "-lre2;Threads::Threads")
set_target_properties(PkgConfig::PUGIXML PROPERTIES INTERFACE_LINK_LIBRARIES -lpugixml)
set(STATIC_LIBGIT2 -lgit2 -lmbedcrypto -lhttp_parser -lpcre2-8 -lz)

set(LINK_KIND shared)
set(STATIC_LINK -static-pie)
if(VERDICT_STATIC AND NOT VERDICT_SANITIZE)
  # Asked anew each time: an update of libgit2 may change the answer.
  unset(STATIC_LIBGIT2_RUNS CACHE)
  unset(STATIC_LIBGIT2_LINKS CACHE)
  try_run(STATIC_LIBGIT2_RUNS STATIC_LIBGIT2_LINKS
    ${PROJECT_BINARY_DIR}/static_libgit2
    SOURCES
      ${PROJECT_SOURCE_DIR}/hooks/git/offline/probe.c
      ${PROJECT_SOURCE_DIR}/hooks/git/offline/no_network.c
    LINK_OPTIONS ${STATIC_LINK}
    LINK_LIBRARIES ${STATIC_LIBGIT2} -lyaml-cpp -lre2 -lpugixml
    COMPILE_OUTPUT_VARIABLE STATIC_LIBGIT2_OUTPUT)
  if(STATIC_LIBGIT2_LINKS AND STATIC_LIBGIT2_RUNS EQUAL 0)
    set(LINK_KIND static)
  else()
    file(WRITE ${PROJECT_BINARY_DIR}/static_libgit2.log "${STATIC_LIBGIT2_OUTPUT}")
    message(STATUS "No static libgit2 here, see ${PROJECT_BINARY_DIR}/static_libgit2.log")
  endif()
endif()
message(STATUS "Link with libgit2: ${LINK_KIND}")

# An object file, since in an archive it would come too late to be chosen first.
add_library(offline OBJECT
  hooks/git/offline/$<IF:$<STREQUAL:${LINK_KIND},static>,no_network,no_certificates>.c)
add_library(verdict_libgit2 INTERFACE)
target_include_directories(verdict_libgit2 SYSTEM INTERFACE ${LIBGIT2_INCLUDE_DIRS})
target_link_libraries(verdict_libgit2 INTERFACE $<TARGET_OBJECTS:offline>)
if(LINK_KIND STREQUAL static)
  target_link_options(verdict_libgit2 INTERFACE ${STATIC_LINK})
  target_link_libraries(verdict_libgit2 INTERFACE ${STATIC_LIBGIT2})
else()
  target_link_libraries(verdict_libgit2 INTERFACE -lgit2)
endif()
