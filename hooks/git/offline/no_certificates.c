/*
 * For a shared libgit2: the program's own definition goes before mbedTLS's, so
 * that starting libgit2 does not parse every CA certificate of the machine,
 * which takes longer than all the rest of a check.
 */

struct mbedtls_x509_crt;

int mbedtls_x509_crt_parse_file(struct mbedtls_x509_crt *chain, const char *path);

int mbedtls_x509_crt_parse_file(struct mbedtls_x509_crt *chain, const char *path) {
  (void)chain, (void)path;
  return -1;
}
