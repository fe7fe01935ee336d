/*
 * How a sanitized program ends when it finds a fault: by a signal, since its exit
 * codes 1 and 2 mean something, and a test that expects a refusal must not take a
 * fault for one. Compiled in, because tests give git an environment of their own.
 */

const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *__asan_default_options(void) { return "abort_on_error=1:disable_coredump=1"; }

const char *__ubsan_default_options(void) { return "print_stacktrace=1"; }

/* libgit2 1.5 forgets 20 KiB whenever a config entry does not match a pattern: it
 * asks so when it opens a repository of version 1. On its ways out of damaged objects it
 * forgets more; what is lost inside the library is not ours to find. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void) { return "leak:libpcre2\nleak:libgit2\n"; }

const char *__lsan_default_options(void);

const char *__lsan_default_options(void) { return "print_suppressions=0"; }
