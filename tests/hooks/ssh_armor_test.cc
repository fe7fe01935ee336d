#include "hooks/ssh_armor.h"

#include <gtest/gtest.h>

#include <string>

namespace hooks {
namespace {

const std::string kBegin = "-----BEGIN SSH SIGNATURE-----\n";
const std::string kEnd = "-----END SSH SIGNATURE-----\n";

// Magic, version 1, and a key whose type is "ab" with one byte `c` behind it.
const std::string kSmall = "U1NIU0lHAAAAAQAAAAcAAAACYWJj";

std::string KeyIn(const std::string& armored) {
  const auto key = ReadSigningKey(armored);
  return key ? key->text : "none";
}

TEST(SigningKey, IsTextAsItStandsInAFileOfKeys) {
  EXPECT_EQ(KeyIn(kBegin +
                  "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgMrU47W4X9XB6E6Gmj/h2FhGGo7\n"
                  "1VrBgULxvCgV5mgw8AAAALZ2l0LXZlcmRpY3QAAAAAAAAABnNoYTUxMgAAAFMAAAALc3No\n"
                  "LWVkMjU1MTkAAABAbg8DpmwRxO48rmlIqEAueCRIEvc4EVbvGh6rWGCSfuLb3J+qGPHY8B\n"
                  "spaWWDq+HqQwi7w99mi7WGHzxXhwVgAg==\n" +
                  kEnd),
            "AAAAC3NzaC1lZDI1NTE5AAAAIDK1OO1uF/VwehOhpo/4dhYRhqO9VawYFC8bwoFeZoMP");
  EXPECT_FALSE(ReadSigningKey(kBegin + kSmall + "\n" + kEnd)->is_certificate);
}

TEST(SigningKey, IsPaddedAsBase64Is) {
  EXPECT_EQ(KeyIn(kBegin + kSmall + "\n" + kEnd), "AAAAAmFiYw==");
  EXPECT_EQ(KeyIn(kBegin + "U1NIU0lHAAAAAQAAAAgAAAACYWJjZA==\n" + kEnd), "AAAAAmFiY2Q=");
  EXPECT_EQ(KeyIn(kBegin + "U1NIU0lHAAAAAQAAAAYAAAACYWI=\n" + kEnd), "AAAAAmFi");
}

TEST(SigningKey, OfACertificateIsKnownByItsType) {
  // "x-cert-v01@openssh.com"
  const auto key =
      ReadSigningKey(kBegin + "U1NIU0lHAAAAAQAAABoAAAAWeC1jZXJ0LXYwMUBvcGVuc3NoLmNvbQ==\n" + kEnd);
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->is_certificate);
}

TEST(SigningKey, IsNotInWhatIsNoSignature) {
  for (const std::string& text :
       {std::string(), kBegin, kEnd, kBegin + kEnd, kEnd + kBegin, " " + kBegin + kSmall + kEnd,
        kBegin + "\n" + kEnd, kBegin + kSmall, kBegin + "U1NIU0lH\n" + kEnd,
        kBegin + "U1NIU0lHAAAAAg==\n" + kEnd, kBegin + "-" + kSmall + kEnd,
        kBegin + "YU" + kSmall + kEnd})
    EXPECT_EQ(KeyIn(text), "none") << text;
}

TEST(SigningKey, IsNotReadPastTheEnd) {
  for (size_t size = 0; size < kSmall.size(); ++size)
    EXPECT_EQ(KeyIn(kBegin + kSmall.substr(0, size) + "\n" + kEnd), "none") << size;
  EXPECT_EQ(KeyIn(kBegin + "U1NIU0lHAAAAAf////8AAAACYWJj\n" + kEnd), "none");
  EXPECT_EQ(KeyIn(kBegin + "U1NIU0lHAAAAAQAAAAcAAAAEYWJj\n" + kEnd), "none");
}

}  // namespace
}  // namespace hooks
