#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace test {

/// Whether a property holds for many values made at random; says what breaks it. Says to
/// RapidCheck what VERDICT_TEST_SCALE and VERDICT_TEST_SEED say to every test.
template <class Property>
bool Holds(const std::string& claim, Property property, int full_count = 2'000) {
  const char* scale = std::getenv("VERDICT_TEST_SCALE");
  const char* seed = std::getenv("VERDICT_TEST_SEED");
  const int count =
      std::max(full_count / 100, static_cast<int>(full_count * (scale ? std::atof(scale) : 1)));
  const std::string parameters =
      "max_success=" + std::to_string(count) + (seed ? " seed=" + std::string(seed) : "");
  setenv("RC_PARAMS", parameters.c_str(), 1);
  return rc::check(claim, property);
}

}  // namespace test
