# --- install: the program and what belongs to it ----------------------------------------------
find_program(SCDOC scdoc)
if(NOT SCDOC)
  message(STATUS "No scdoc here, so there will be no man page")
endif()
set(MADE ${PROJECT_BINARY_DIR}/$<IF:$<BOOL:${SCDOC}>,made,made-without-manual>)
add_custom_command(OUTPUT ${MADE}/made
  COMMAND ${PROJECT_SOURCE_DIR}/install/share $<TARGET_FILE:git-verdict> ${MADE}
  COMMAND ${CMAKE_COMMAND} -E touch ${MADE}/made
  DEPENDS git-verdict install/share CHANGELOG.md LICENSE
    install/debian/changelog install/debian/copyright install/debian/lintian-overrides)
# All that is installed, and no test.
add_custom_target(product ALL DEPENDS git-verdict git-verdict-services ${MADE}/made)

install(CODE "set(CMAKE_INSTALL_DO_STRIP TRUE)")
# Whatever the umask of who installs.
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
  GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
install(TARGETS git-verdict RUNTIME DESTINATION bin)
install(TARGETS git-verdict-services RUNTIME DESTINATION libexec/git-verdict)
install(DIRECTORY ${MADE}/share/ DESTINATION share PATTERN zsh EXCLUDE)
install(FILES README.md CONTRIBUTING.md SECURITY.md DESTINATION share/doc/git-verdict)
install(DIRECTORY docs DESTINATION share/doc/git-verdict PATTERN draw EXCLUDE)
# Where zsh looks depends on who installs: we, or Debian.
install(DIRECTORY ${MADE}/share/zsh DESTINATION share COMPONENT by-hand)
install(DIRECTORY ${MADE}/debian/ DESTINATION share COMPONENT debian EXCLUDE_FROM_ALL)

# --- install: the Debian package --------------------------------------------------------------
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME git-verdict)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "gate that asks whether a change may land")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION [[
git-verdict is a git hook and a check for CI. It reads the verdict logs that a
pipeline commits next to its work items, and refuses every push or merge whose
verdict is missing, malformed, stale or FAILED.
.
It runs as a pre-push hook, as a server's pre-receive hook and as a command.]])
set(VERDICT_MAINTAINER "the git-verdict authors <maintainers@git-verdict.invalid>"
  CACHE STRING "Whom the Debian package names as its maintainer")
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${VERDICT_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_RELEASE 0upstream1)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION vcs)
set(CPACK_DEBIAN_PACKAGE_DEPENDS git)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS openssh-client)  # ssh-keygen, for signed verdicts
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # libcurl and what else the second program needs
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_COMPONENTS_ALL Unspecified debian)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
include(CPack)
add_custom_target(deb COMMAND ${CMAKE_CPACK_COMMAND} -G DEB DEPENDS product USES_TERMINAL)
