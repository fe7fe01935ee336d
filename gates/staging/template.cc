#include "gates/staging/template.h"

namespace gates {
namespace {

constexpr std::string_view kSecretPrefix = "secret:";

}  // namespace

tl::expected<Template, std::string> Template::Parse(std::string_view text) {
  Template parsed;
  const auto add = [&](Part::Kind kind, std::string_view part) {
    if (kind != Part::Kind::kText || !part.empty())
      parsed.parts_.push_back({kind, std::string(part)});
  };
  while (true) {
    const size_t open = text.find("${");
    if (open == text.npos) break;
    const bool is_literal = open > 0 && text[open - 1] == '$';
    add(Part::Kind::kText, text.substr(0, is_literal ? open - 1 : open));
    text.remove_prefix(open + 2);
    if (is_literal) {
      add(Part::Kind::kText, "${");
      continue;
    }
    const std::string_view place = text.substr(0, text.find('}'));
    if (place.size() == text.size()) return tl::unexpected(std::string("a `${` is not closed"));
    text.remove_prefix(place.size() + 1);
    if (place == "base_url") {
      add(Part::Kind::kBaseUrl, "");
    } else if (place.starts_with(kSecretPrefix)) {
      add(Part::Kind::kSecret, place.substr(kSecretPrefix.size()));
    } else {
      return tl::unexpected(
          std::string("there is ${base_url} and ${secret:NAME}, and `$${` for `${` itself"));
    }
  }
  add(Part::Kind::kText, text);
  return parsed;
}

std::vector<std::string> Template::Secrets() const {
  std::vector<std::string> names;
  for (const Part& part : parts_)
    if (part.kind == Part::Kind::kSecret) names.push_back(part.text);
  return names;
}

std::string Template::Fill(const std::string& base_url, const SecretValues& secrets) const {
  std::string text;
  for (const Part& part : parts_) {
    switch (part.kind) {
      case Part::Kind::kText: text += part.text; break;
      case Part::Kind::kBaseUrl: text += base_url; break;
      case Part::Kind::kSecret: text += secrets.find(part.text)->second; break;
    }
  }
  return text;
}

}  // namespace gates
