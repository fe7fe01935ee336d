#pragma once

#include "tests/e2e/story.h"

// How git-verdict has to bear what is broken or meant to deceive: it never
// allows, never hangs, never crashes, and says what is wrong, once.

namespace e2e {

/// No byte that a terminal obeys, no line that a CI system obeys.
inline void ExpectHarmless(const std::string& text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    ASSERT_TRUE(c == '\n' || (c >= 0x20 && c != 0x7f)) << "a raw byte at " << i << ": " << text;
    const size_t line = text.rfind('\n', i) + 1;
    const bool leads = text.find_first_not_of(' ', line) == i;
    ASSERT_FALSE(leads && text.compare(i, 2, "::") == 0) << text;
  }
  for (const char* trick : {"##[", "##vso", "\xe2\x80\xae", "\xe2\x80\x8b", "\xc2\x85"})
    EXPECT_EQ(text.find(trick), std::string::npos) << text;
}

/// A refusal with exit code 1 or 2 that names `code`, in well-behaved words.
inline void ExpectRefusal(const Ran& ran, const std::string& code) {
  const std::string said = ran.out + ran.err;
  EXPECT_TRUE(ran.status == 1 || ran.status == 2) << ran.status << "\n" << said;
  EXPECT_NE(said.find(code), std::string::npos) << "no " << code << " in:\n" << said;
  for (const char* accident : {"terminate called", "Segmentation", "Sanitizer", "core dumped"})
    EXPECT_EQ(said.find(accident), std::string::npos) << said;
  ExpectHarmless(said);
}

/// The same, for what could not be evaluated: exit code 2, one update or fault.
inline void ExpectFault(const Ran& ran, const std::string& code) {
  ExpectRefusal(ran, code);
  EXPECT_EQ(ran.status, 2) << ran.out << ran.err;
  const std::string headlines = Headlines(ran.out + ran.err);
  EXPECT_TRUE(headlines.starts_with("CANNOT-EVALUATE ")) << ran.out << ran.err;
  EXPECT_TRUE(headlines.ends_with(" " + code)) << ran.out << ran.err;
}

}  // namespace e2e
