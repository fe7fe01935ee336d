#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "gates/report/fold.h"
#include "gates/staging/results.h"

// Results as the tests of the readers write them down.

namespace gates {

/// `C7 passed; orders failed`: what was read, by id and in order; or `! <error>`.
inline std::string OutcomesIn(std::string_view text) {
  const auto results = ReadResults(text);
  if (!results) return "! " + results.error();
  std::string told;
  for (const CheckResult& result : *results)
    told += (told.empty() ? "" : "; ") + result.id + " " + std::string(Name(result.outcome));
  return told;
}

inline void ExpectRefused(std::string_view text, const std::string& because) {
  const std::string told = OutcomesIn(text);
  EXPECT_TRUE(told.starts_with("! ") && told.find(because) != told.npos)
      << told << "\nfor " << text.substr(0, 300);
}

}  // namespace gates
