#include "gates/core/timestamp.h"

#include <gtest/gtest.h>

#include <string>

namespace gates {
namespace {

TEST(Timestamp, IsReadInItsOffset) {
  EXPECT_EQ(ReadTimestamp("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(ReadTimestamp("1970-01-01T01:00:00+01:00"), 0);
  EXPECT_EQ(ReadTimestamp("1969-12-31T22:30:00-0130"), 0);
  EXPECT_EQ(ReadTimestamp("2026-11-21T09:30:05Z"), 1795253405);
}

TEST(Timestamp, IsWrittenInUtcAndReadBackTheSame) {
  EXPECT_EQ(WriteTimestamp(1795253405), "2026-11-21T09:30:05Z");
  EXPECT_EQ(WriteTimestamp(-1), "1969-12-31T23:59:59Z");
  for (const std::int64_t seconds : {0L, 951782399L, 4102444800L})
    EXPECT_EQ(ReadTimestamp(WriteTimestamp(seconds)), seconds);
}

TEST(Timestamp, WithoutAnOffsetIsUtc) {
  EXPECT_EQ(ReadTimestamp("1970-01-02T00:00:00"), 86400);
  EXPECT_EQ(ReadTimestamp("1970-01-02 00:00"), 86400);
}

TEST(Timestamp, ADateAloneIsItsMidnight) { EXPECT_EQ(ReadTimestamp("1970-01-03"), 2 * 86400); }

TEST(Timestamp, FractionsOfASecondAreDropped) {
  EXPECT_EQ(ReadTimestamp("1970-01-01T00:00:07.999Z"), 7);
  EXPECT_EQ(ReadTimestamp("1970-01-01T00:00:07,5"), 7);
}

TEST(Timestamp, BeforeTheEpochIsNegative) {
  EXPECT_EQ(ReadTimestamp("1969-12-31T23:59:59Z"), -1);
  EXPECT_LT(ReadTimestamp("0000-01-01"), 0);
}

TEST(Timestamp, WhatIsNoInstantIsNotRead) {
  for (const char* text : {"", "now", "2026", "2026-13-01", "2026-02-30", "2026-00-10",
                           "2026-11-21T24:00:00", "2026-11-21T09:60", "2026-11-21T09:30:60",
                           "2026-11-21T09:30:00+15:00", "2026-11-21T09:30:00+01:60",
                           "2026-11-21T09:30:00Z ", " 2026-11-21", "2026-11-21T09:30:00 Z",
                           "26-11-21", "2026-11-21\n", "1795253405", "12026-11-21", "2026-11-21Z"})
    EXPECT_FALSE(ReadTimestamp(text)) << text;
}

}  // namespace
}  // namespace gates
