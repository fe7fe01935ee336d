#include "hooks/digest.h"

#include <fmt/format.h>
#include <mbedtls/sha256.h>

#include <array>
#include <stdexcept>

namespace hooks {

std::string DigestOf(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  constexpr int kSha256NotSha224 = 0;
  if (mbedtls_sha256_ret(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         digest.data(), kSha256NotSha224) != 0)
    throw std::runtime_error("cannot compute a SHA-256");
  std::string text = "sha256:";
  for (const unsigned char byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace hooks
