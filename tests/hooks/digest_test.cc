#include "hooks/digest.h"

#include <gtest/gtest.h>

namespace hooks {
namespace {

// The examples of FIPS 180-4.
TEST(Digest, IsTheSha256OfTheBytes) {
  EXPECT_EQ(DigestOf("abc"),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(DigestOf(""),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(DigestOf(std::string(1'000'000, 'a')),
            "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, CountsEveryByte) {
  using namespace std::string_view_literals;
  EXPECT_NE(DigestOf("a\0b"sv), DigestOf("a\0c"sv));
  EXPECT_NE(DigestOf("a\n"), DigestOf("a"));
}

}  // namespace
}  // namespace hooks
