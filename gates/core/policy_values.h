#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "frontmatter/node.h"
#include "gates/core/policy.h"

// What the readers of the policy's sections have in common: values that are
// plainly what they should be, or POLICY_INVALID at their place.

namespace gates {

using Checked = tl::expected<void, Finding>;

tl::unexpected<Finding> PolicyInvalid(frontmatter::Place place, std::string message,
                                      std::string found = "");

/// One key that a mapping may hold, and what reads its value.
struct PolicyKey {
  std::string_view name;
  std::function<Checked(const frontmatter::Node&)> read;
};

/// Reads a mapping that holds nothing but `keys`; `what` names it in findings.
Checked ReadKeys(const frontmatter::Node& mapping, std::span<const PolicyKey> keys,
                 std::string_view what);

/// Whether a scalar is this word, bare.
bool IsPlain(const frontmatter::Node& node, std::string_view text);

/// Text on one line, not empty, that QuotedScalar can write back.
tl::expected<std::string, Finding> PolicyText(const frontmatter::Node& node, std::string_view what);

/// A list of such texts.
tl::expected<std::vector<std::string>, Finding> PolicyList(const frontmatter::Node& node,
                                                           std::string_view what);

/// What a text must be besides text: a predicate, and the words for its absence.
struct Demand {
  bool (*holds)(const std::string&);
  std::string_view otherwise;
};

/// Binds a key to the text that it sets.
std::function<Checked(const frontmatter::Node&)> SetsText(std::string& value, std::string_view what,
                                                          Demand demand);

/// Binds a key to the enum or flag that one of two words sets.
template <class T>
std::function<Checked(const frontmatter::Node&)> SetsOneOf(T& value, std::string_view a, T if_a,
                                                           std::string_view b, T if_b) {
  return [=, &value](const frontmatter::Node& node) -> Checked {
    if (!IsPlain(node, a) && !IsPlain(node, b))
      return PolicyInvalid(node.place, "must be " + std::string(a) + " or " + std::string(b),
                           node.text);
    value = node.text == a ? if_a : if_b;
    return {};
  };
}

bool IsPathComponent(std::string_view name);

/// A relative path without `.`, `..` and empty components.
bool IsPath(const std::string& text);

/// Whether the RE2 expression matches the whole text.
bool MatchesRegex(std::string_view text, std::string_view regex);

// The sections of a policy that have a file of their own.
Checked ReadStagingSection(const frontmatter::Node& node, Policy& policy);
Checked ReadWritersSection(const frontmatter::Node& node, Policy& policy);

}  // namespace gates
