#include "gates/core/object_id.h"

#include <gtest/gtest.h>

namespace gates {
namespace {

const std::string kHex = "0123456789abcdef0123456789abcdef01234567";

TEST(ObjectId, IsReadFromFortyDigitsAndWrittenBack) {
  EXPECT_EQ(ObjectId::FromHex(kHex)->hex(), kHex);
  EXPECT_EQ(ObjectId::FromHex(kHex)->hex12(), "0123456789ab");
}

TEST(ObjectId, IsNotReadFromAnythingElse) {
  std::string upper = kHex;
  upper[10] = 'A';
  for (const std::string& text : {std::string(), kHex.substr(1), kHex + "0", upper,
                                  "g" + kHex.substr(1), " " + kHex.substr(1), kHex + "\n"})
    EXPECT_FALSE(ObjectId::FromHex(text)) << text;
}

TEST(ObjectId, IsZeroOnlyWhereEveryDigitIs) {
  EXPECT_TRUE(ObjectId{}.is_zero());
  EXPECT_TRUE(ObjectId::FromHex(std::string(40, '0'))->is_zero());
  EXPECT_FALSE(ObjectId::FromHex(std::string(39, '0') + "1")->is_zero());
}

}  // namespace
}  // namespace gates
