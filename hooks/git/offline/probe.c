/*
 * What CMake links and runs before it trusts the static link: libgit2 starts, is
 * the version its header speaks of, can hash, and stops again.
 */

#include <git2.h>
#include <string.h>

static int HashesTheEmptyBlob(void) {
  git_oid id;
  if (git_odb_hash(&id, "", 0, GIT_OBJECT_BLOB) != 0) return 0;
  return strcmp(git_oid_tostr_s(&id), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391") == 0;
}

static int IsTheVersionOfTheHeader(void) {
  int major = 0;
  int minor = 0;
  int revision = 0;
  git_libgit2_version(&major, &minor, &revision);
  return major == LIBGIT2_VER_MAJOR && minor == LIBGIT2_VER_MINOR &&
         revision == LIBGIT2_VER_REVISION;
}

int main(void) {
  if (git_libgit2_init() != 1) return 1;
  int works = IsTheVersionOfTheHeader() && HashesTheEmptyBlob();
  if (git_libgit2_shutdown() != 0) return 1;
  return works ? 0 : 1;
}
