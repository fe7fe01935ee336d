/*
 * libgit2's doors to the network, walled up. Linked as an object file before
 * libgit2.a, these eight definitions keep the archive members mbedtls.c, ssh.c
 * and auth_negotiate.c out of a static link: starting libgit2 then parses no
 * certificates, and neither libssh2 nor GSSAPI (of which Debian has no static
 * library) is needed. The names are internal to libgit2 1.5, so CMake tries
 * probe.c with them first.
 *
 * Below them stand the three functions of libc that libgit2 asks for hosts and
 * for the home of a setuid user. A static glibc would load shared libraries of
 * its own version for these; here no host and no user is known, and a gate needs
 * neither.
 */

#include <netdb.h>
#include <pwd.h>
#include <stddef.h>

struct git_http_auth_context;
struct git_net_url;
struct git_remote;
struct git_smart_subtransport;
struct git_stream;
struct git_transport;

int git_mbedtls_stream_global_init(void);
int git_mbedtls_stream_new(struct git_stream **out, const char *host, const char *port);
int git_mbedtls_stream_wrap(struct git_stream **out, struct git_stream *in, const char *host);
int git_mbedtls__set_cert_location(const char *file, const char *path);
int git_transport_ssh_global_init(void);
int git_transport_ssh_with_paths(struct git_transport **out, struct git_remote *owner,
                                 void *payload);
int git_smart_subtransport_ssh(struct git_smart_subtransport **out, struct git_transport *owner,
                               void *parameter);
int git_http_auth_negotiate(struct git_http_auth_context **out, const struct git_net_url *url);

enum { kDone = 0, kRefused = -1 };

int git_mbedtls_stream_global_init(void) { return kDone; }

int git_transport_ssh_global_init(void) { return kDone; }

int git_mbedtls_stream_new(struct git_stream **out, const char *host, const char *port) {
  (void)out, (void)host, (void)port;
  return kRefused;
}

int git_mbedtls_stream_wrap(struct git_stream **out, struct git_stream *in, const char *host) {
  (void)out, (void)in, (void)host;
  return kRefused;
}

int git_mbedtls__set_cert_location(const char *file, const char *path) {
  (void)file, (void)path;
  return kRefused;
}

int git_transport_ssh_with_paths(struct git_transport **out, struct git_remote *owner,
                                 void *payload) {
  (void)out, (void)owner, (void)payload;
  return kRefused;
}

int git_smart_subtransport_ssh(struct git_smart_subtransport **out, struct git_transport *owner,
                               void *parameter) {
  (void)out, (void)owner, (void)parameter;
  return kRefused;
}

int git_http_auth_negotiate(struct git_http_auth_context **out, const struct git_net_url *url) {
  (void)out, (void)url;
  return kRefused;
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **out) {
  (void)host, (void)service, (void)hints;
  *out = NULL;
  return EAI_FAIL;
}

void freeaddrinfo(struct addrinfo *list) { (void)list; }

int getpwuid_r(uid_t user, struct passwd *entry, char *buffer, size_t size, struct passwd **out) {
  (void)user, (void)entry, (void)buffer, (void)size;
  *out = NULL;
  return 0;
}
