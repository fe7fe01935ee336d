#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stage {

/// Hides secrets in text: as they are, percent-encoded, escaped as in JSON, up to three
/// of these in one another, and the words of base64 that hold them. Of a secret of
/// several lines also each line.
class Masks {
 public:
  /// A secret that is shorter than this would hide half of every text.
  static constexpr size_t kShortest = 4;

  explicit Masks(const std::vector<std::string>& secrets);

  /// The text with `***` in place of every secret.
  std::string Mask(std::string_view text) const;

  /// The same for no more than the first `most` bytes of a long text.
  std::string MaskStart(std::string_view text, size_t most) const;

 private:
  std::vector<bool> FindHidden(std::string_view text) const;

  std::vector<std::string> secrets_;
  std::vector<std::string> in_base64_;  // what base64 makes of their inner bytes
  size_t longest_ = 0;                  // bytes that one of them can take up in a text
};

}  // namespace stage
