#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace gates {

/// Secrets by name.
using SecretValues = std::map<std::string, std::string, std::less<>>;

/// A text with places that are filled in when a check runs: `${base_url}` and
/// `${secret:NAME}`. `$${` stands for `${`.
class Template {
 public:
  /// The error says which place nothing is known of.
  static tl::expected<Template, std::string> Parse(std::string_view text);

  /// The secrets that it asks for; a name may stand there twice.
  std::vector<std::string> Secrets() const;

  /// The text. Every one of Secrets() has to be there.
  std::string Fill(const std::string& base_url, const SecretValues& secrets) const;

 private:
  struct Part {
    enum class Kind { kText, kBaseUrl, kSecret };
    Kind kind = Kind::kText;
    std::string text;  // the text itself, or the secret's name
  };

  std::vector<Part> parts_;
};

}  // namespace gates
