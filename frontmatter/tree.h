#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "frontmatter/node.h"
#include "frontmatter/parse_error.h"
#include "frontmatter/raw_rules.h"

namespace frontmatter {

/// Thrown through the YAML parser, which knows no other way to stop early.
struct Refusal : std::exception {
  explicit Refusal(ParseError reason) : error(std::move(reason)) {}
  const char* what() const noexcept override { return error.message.c_str(); }

  ParseError error;
};

/// Where an event of the parser stands: in the block's bytes and in the file.
struct Spot {
  size_t offset = 0;
  Place place;
};

/// Builds a Node from parser events and throws Refusal at the first event that leaves
/// the strict subset, so before a hostile text can make the parser nest or run on.
class TreeBuilder {
 public:
  enum class Layout { kBlock, kFlow };

  /// The parser reads `block` and behind it the line `sentinel: x`.
  TreeBuilder(const RawBlock& block, std::string_view sentinel)
      : block_(block), sentinel_(sentinel) {}

  void StartDocument(const Spot& spot);
  void AddNull(const Spot& spot);
  void AddScalar(const Spot& spot, const std::string& text);
  void Open(Node::Kind kind, Layout layout, const Spot& spot);
  void Close();

  /// The root mapping, when all events have come; throws when it does not end cleanly.
  Node TakeRoot();

  /// What to say when the text ends inside its last entry.
  ParseError UncleanEnd() const;

 private:
  struct Frame {
    Node node;
    Layout layout = Layout::kBlock;
    bool awaits_value = false;  // in a mapping: its last field has no value yet
    std::unordered_set<std::string> keys;
  };

  void Count(const Spot& spot);
  void RefuseTag(const Spot& spot) const;
  void CheckValue(const Spot& spot, bool is_block_sequence) const;
  void CheckKey(const Spot& spot, const std::string& key) const;
  void Note(RawValue::Shape shape, const Spot& spot);
  bool ExpectsKey() const;
  Place PlaceOfNull(const Spot& spot) const;
  void AddKey(const Spot& spot, const std::string& key);
  void Put(Node node);

  RawBlock block_;
  std::string_view sentinel_;
  std::vector<Frame> open_;
  std::vector<int> root_key_lines_;
  std::vector<RawValue> values_;
  Place last_root_key_;
  Node root_;
  int documents_ = 0;
  int events_ = 0;
  bool ended_ = false;  // the sentinel was the last key of the top level
};

}  // namespace frontmatter
