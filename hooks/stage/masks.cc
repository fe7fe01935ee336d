#include "hooks/stage/masks.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace stage {
namespace {

constexpr std::string_view kHidden = "***";
constexpr int kMostLayers = 3;         // of escapes around a secret: a log line in JSON in a URL
constexpr size_t kLongestEscape = 24;  // bytes that stand for one, in that many layers

/// A text as a reader of some encoding sees it, and where each byte of it stands.
struct View {
  std::string text;
  std::vector<size_t> places;  // one more than there are bytes

  void Add(char byte, size_t place) {
    text += byte;
    places.push_back(place);
  }
};

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The number that `count` hex digits at `begin` make; -1: there are not so many.
int HexAt(std::string_view text, size_t begin, size_t count) {
  if (begin + count > text.size()) return -1;
  int number = 0;
  for (const char c : text.substr(begin, count)) {
    if (DigitOf(c) < 0) return -1;
    number = number * 16 + DigitOf(c);
  }
  return number;
}

View AsItIs(std::string_view text) {
  View view;
  for (size_t i = 0; i < text.size(); ++i) view.Add(text[i], i);
  view.places.push_back(text.size());
  return view;
}

enum class Plus { kItself, kBlank };

View PercentDecoded(const View& seen, Plus plus) {
  View view;
  for (size_t i = 0; i < seen.text.size();) {
    const int byte = seen.text[i] == '%' ? HexAt(seen.text, i + 1, 2) : -1;
    const bool is_blank = plus == Plus::kBlank && seen.text[i] == '+';
    view.Add(byte >= 0 ? static_cast<char>(byte) : is_blank ? ' ' : seen.text[i], seen.places[i]);
    i += byte >= 0 ? 3 : 1;
  }
  view.places.push_back(seen.places.back());
  return view;
}

void AddUtf8(int code, size_t place, View& view) {
  const int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  constexpr int kLead[] = {0, 0xC0, 0xE0, 0xF0};
  view.Add(static_cast<char>(kLead[more] | code >> (6 * more)), place);
  for (int left = more - 1; left >= 0; --left)
    view.Add(static_cast<char>(0x80 | (code >> (6 * left) & 0x3F)), place);
}

char ShortEscape(char letter) {
  constexpr std::string_view kLetters = "bfnrt", kBytes = "\b\f\n\r\t";
  const size_t at = kLetters.find(letter);
  return at == kLetters.npos ? letter : kBytes[at];
}

/// The character of a `\u` escape at `begin`, two of them for one beyond the first plane.
std::pair<int, size_t> UnicodeEscape(std::string_view text, size_t begin) {
  const int first = HexAt(text, begin + 2, 4);
  const bool is_high = first >= 0xD800 && first < 0xDC00 && text.substr(begin + 6, 2) == "\\u";
  const int second = is_high ? HexAt(text, begin + 8, 4) : -1;
  if (second < 0xDC00 || second > 0xDFFF) return {first, 6};
  return {0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12};
}

View JsonUnescaped(const View& seen) {
  View view;
  for (size_t i = 0; i < seen.text.size();) {
    const size_t place = seen.places[i];
    const bool is_escape = seen.text[i] == '\\' && i + 1 < seen.text.size();
    if (is_escape && seen.text[i + 1] == 'u' && HexAt(seen.text, i + 2, 4) >= 0) {
      const auto [code, used] = UnicodeEscape(seen.text, i);
      AddUtf8(code, place, view);
      i += used;
    } else {
      view.Add(is_escape ? ShortEscape(seen.text[i + 1]) : seen.text[i], place);
      i += is_escape ? 2 : 1;
    }
  }
  view.places.push_back(seen.places.back());
  return view;
}

/// The text and what readers of up to kMostLayers encodings, one in the other, see.
std::vector<View> ViewsOf(std::string_view text) {
  std::vector<View> views{AsItIs(text)};
  std::set<std::string> seen{views[0].text};
  const auto add = [&](View view) {
    if (seen.insert(view.text).second) views.push_back(std::move(view));
  };
  size_t begin = 0;
  for (int layer = 0; layer < kMostLayers; ++layer) {
    const size_t end = views.size();
    for (; begin < end; ++begin) {
      const View outer = views[begin];
      add(JsonUnescaped(outer));
      add(PercentDecoded(outer, Plus::kItself));
      add(PercentDecoded(outer, Plus::kBlank));
    }
  }
  return views;
}

// Base64 with two alphabets: what stands for 62 and 63 is looked for in both.
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool IsBase64(char c) {
  return kBase64.find(c) != kBase64.npos || c == '-' || c == '_' || c == '=';
}

std::pair<size_t, size_t> Base64WordAt(std::string_view text, size_t at) {
  size_t begin = at, end = at;
  while (begin > 0 && IsBase64(text[begin - 1])) --begin;
  while (end < text.size() && IsBase64(text[end])) ++end;
  return {begin, end};
}

/// The letters that stand for bytes of `secret` alone, when it begins `shift`
/// bytes into a group of three.
std::string Base64Core(std::string_view secret, size_t shift) {
  std::string core;
  for (size_t bit = (6 - shift * 8 % 6) % 6; bit + 6 <= secret.size() * 8; bit += 6) {
    const auto byte = [&](size_t i) {
      return i < secret.size() ? static_cast<unsigned char>(secret[i]) : 0U;
    };
    const unsigned pair = byte(bit / 8) << 8 | byte(bit / 8 + 1);
    core += kBase64[pair >> (10 - bit % 8) & 0x3F];
  }
  return core;
}

std::vector<std::string> WithLines(const std::vector<std::string>& secrets) {
  std::vector<std::string> all;
  for (const std::string& secret : secrets) {
    all.push_back(secret);
    std::istringstream lines(secret);
    for (std::string line; std::getline(lines, line);) {
      if (line.ends_with('\r')) line.pop_back();
      if (line.size() >= Masks::kShortest && line != secret) all.push_back(line);
    }
  }
  return all;
}

}  // namespace

Masks::Masks(const std::vector<std::string>& secrets) : secrets_(WithLines(secrets)) {
  for (const std::string& secret : secrets_) {
    longest_ = std::max(longest_, secret.size() * kLongestEscape);
    for (const size_t shift : {0U, 1U, 2U}) {
      const std::string core = Base64Core(secret, shift);
      std::string for_urls = core;
      std::ranges::replace(for_urls, '+', '-');
      std::ranges::replace(for_urls, '/', '_');
      in_base64_.push_back(core);
      if (for_urls != core) in_base64_.push_back(for_urls);
    }
  }
}

std::vector<bool> Masks::FindHidden(std::string_view text) const {
  std::vector<bool> hidden(text.size());
  if (secrets_.empty()) return hidden;
  for (const View& view : ViewsOf(text)) {
    const auto hide = [&](size_t begin, size_t end) {
      for (size_t i = view.places[begin]; i < view.places[end]; ++i) hidden[i] = true;
    };
    for (const std::string& secret : secrets_)
      for (size_t at = view.text.find(secret); at != secret.npos;
           at = view.text.find(secret, at + 1))
        hide(at, at + secret.size());
    for (const std::string& core : in_base64_)
      for (size_t at = view.text.find(core); at != core.npos;) {
        const auto [begin, end] = Base64WordAt(view.text, at);
        hide(begin, end);
        at = view.text.find(core, end);
      }
  }
  return hidden;
}

std::string Masks::Mask(std::string_view text) const { return MaskStart(text, text.size()); }

std::string Masks::MaskStart(std::string_view text, size_t most) const {
  // A secret may begin within what is shown and end behind it.
  const std::string_view window = text.substr(0, std::min(text.size(), most + longest_));
  const std::vector<bool> hidden = FindHidden(window);
  std::string shown;
  for (size_t i = 0; i < std::min(most, window.size()); ++i) {
    if (!hidden[i]) shown += window[i];
    if (hidden[i] && (i == 0 || !hidden[i - 1])) shown += kHidden;
  }
  return shown;
}

}  // namespace stage
