#include "hooks/stage/masks.h"

#include <gtest/gtest.h>

#include <random>

namespace stage {
namespace {

const std::string kSecret = "p@ss/w+rd \"7\"\\\xc3\xa9";

std::string Masked(const std::string& secret, std::string_view text) {
  return Masks({secret}).Mask(text);
}

std::string Hex(unsigned char byte, const char* digits) {
  return {digits[byte >> 4], digits[byte & 15]};
}

std::string PercentEncoded(const std::string& text, const char* digits) {
  std::string encoded;
  for (const char c : text)
    encoded += std::isalnum(static_cast<unsigned char>(c)) != 0
                   ? std::string(1, c)
                   : "%" + Hex(static_cast<unsigned char>(c), digits);
  return encoded;
}

std::string Base64(std::string_view text) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string encoded;
  for (size_t i = 0; i < text.size(); i += 3) {
    unsigned group = 0;
    for (size_t j = 0; j < 3; ++j)
      group = group << 8 | (i + j < text.size() ? static_cast<unsigned char>(text[i + j]) : 0U);
    for (size_t j = 0; j < 4; ++j)
      encoded += i + j <= text.size() ? kLetters[group >> (18 - 6 * j) & 63] : '=';
  }
  return encoded;
}

TEST(Masks, HideASecretAsItIs) {
  EXPECT_EQ(Masked("s3cret", "a s3cret, s3crets3cret, s3cre"), "a ***, ***, s3cre");
  EXPECT_EQ(Masked(kSecret, "<" + kSecret + ">"), "<***>");
  EXPECT_EQ(Masked("s3cret", ""), "");
  EXPECT_EQ(Masked("s3cret", "nothing here"), "nothing here");
  EXPECT_EQ(Masks({}).Mask("s3cret"), "s3cret");
}

TEST(Masks, HideSecretsThatLieOverEachOther) {
  EXPECT_EQ(Masks({"abcd", "cdef"}).Mask("xabcdefx"), "x***x");
  EXPECT_EQ(Masks({"abcd", "abcdef"}).Mask("abcdef abcd"), "*** ***");
  EXPECT_EQ(Masked("aaaa", "aaaaaa"), "***");
}

TEST(Masks, HidePercentEncodedSecrets) {
  for (const char* digits : {"0123456789ABCDEF", "0123456789abcdef"})
    EXPECT_EQ(Masked(kSecret, "?a=" + PercentEncoded(kSecret, digits) + "&b"), "?a=***&b");
  EXPECT_EQ(Masked("a b/c", "a+b%2Fc a%20b/c a+b/c %61%20%62%2f%63"), "*** *** *** ***");
}

TEST(Masks, HideSecretsEscapedInJson) {
  EXPECT_EQ(Masked(kSecret, R"({"k":"p@ss/w+rd \"7\"\\é"})"), R"({"k":"***"})");
  EXPECT_EQ(Masked(kSecret, R"("p@ss\/w+rd \u00227\u0022\u005c\u00e9")"), R"("***")");
  EXPECT_EQ(Masked("line\nnext", R"("line\nnext")"), R"("***")");
  EXPECT_EQ(Masked("ab\xf0\x9f\x98\x80", R"(ab\ud83d\ude00)"), "***");
  EXPECT_EQ(Masked("a b/c", R"("a%20b\/c")"), R"("***")");
}

TEST(Masks, HideSecretsInEncodingsThatLieInOneAnother) {
  EXPECT_EQ(Masked("a\"b\"c", R"("\"a\\\"b\\\"c\"")"), R"("\"***\"")");
  EXPECT_EQ(Masked("a\"b c", "?x=a%5C%22b%20c"), "?x=***");
  EXPECT_EQ(Masked("a/b c", "a%252Fb%2520c"), "***");
  EXPECT_EQ(Masked("s3cret", "x%3DczNjcmV0%26"), "***%26");
}

TEST(Masks, HideTheWordsOfBase64ThatHoldASecret) {
  for (const std::string before : {"", "u", "us", "user:", "a longer text before: "})
    for (const std::string after : {"", "\n", ":x", "more"})
      for (const std::string& secret : {std::string("s3cr"), std::string("s3cret"), kSecret}) {
        const std::string encoded = Base64(before + secret + after);
        EXPECT_EQ(Masked(secret, "Basic " + encoded + " end"), "Basic *** end") << encoded;
      }
  std::string for_urls = Base64("?>?>?>" + kSecret + "?>?>?>");
  for (char& c : for_urls) c = c == '+' ? '-' : c == '/' ? '_' : c;
  EXPECT_EQ(Masked(kSecret, "v1." + for_urls + ".x"), "v1.***.x");
}

TEST(Masks, HideEachLineOfALongSecret) {
  const std::string key = "-----BEGIN KEY-----\nAAAAB3Nza\r\nx\n-----END KEY-----";
  EXPECT_EQ(Masked(key, "got AAAAB3Nza there"), "got *** there");
  EXPECT_EQ(Masked(key, key), "***");
  EXPECT_EQ(Masked(key, "x"), "x");
}

// A cut in the middle of a secret would leave its start.
TEST(Masks, HideASecretThatLiesAcrossTheCut) {
  const Masks masks({"s3cret"});
  EXPECT_EQ(masks.MaskStart("a s3cret b", 5), "a ***");
  EXPECT_EQ(masks.MaskStart("a s3cret b", 2), "a ");
  EXPECT_EQ(masks.MaskStart("a s3cret b", 9), "a *** ");
  EXPECT_EQ(masks.MaskStart("a s3cret b", 100), "a *** b");
  EXPECT_EQ(masks.MaskStart("a %733cret b", 4), "a ***");
}

TEST(Masks, LeaveNoSecretInAnyText) {
  std::mt19937 random(4711);
  for (int round = 0; round < 2000; ++round) {
    const auto any = [&](size_t most) {
      std::string text(random() % most, ' ');
      for (char& c : text) c = static_cast<char>("ab%2\\u\"+=/\n\xc3"[random() % 12]);
      return text;
    };
    std::string secret = any(8);
    secret += "abcd";
    const std::string text = any(40) + secret + any(40);
    const std::string masked = Masked(secret, text);
    EXPECT_EQ(masked.find(secret), std::string::npos) << text;
    EXPECT_NE(masked.find("***"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace stage
