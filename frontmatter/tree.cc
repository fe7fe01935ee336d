#include "frontmatter/tree.h"

#include <utility>

#include "frontmatter/document.h"
#include "frontmatter/lines.h"

namespace frontmatter {
namespace {

[[noreturn]] void Refuse(Fault fault, Place place, const char* message,
                         std::string_view found = {}) {
  throw Refusal({fault, place, message, {}, std::string(Excerpt(found))});
}

}  // namespace

void TreeBuilder::StartDocument(const Spot& spot) {
  if (++documents_ > 1) Refuse(Fault::kYaml, spot.place, "a second YAML document starts here");
}

void TreeBuilder::AddNull(const Spot& spot) {
  Count(spot);
  RefuseTag(spot);
  if (ExpectsKey()) Refuse(Fault::kYaml, spot.place, "a key is missing, empty or null");
  Node node;
  node.place = PlaceOfNull(spot);
  Put(std::move(node));
}

void TreeBuilder::AddScalar(const Spot& spot, const std::string& text) {
  Count(spot);
  RefuseTag(spot);
  const std::string_view raw = block_.From(spot.offset);
  const bool is_block_scalar = raw.starts_with('|') || raw.starts_with('>');
  const bool is_quoted = raw.starts_with('\'') || raw.starts_with('"');
  if (is_quoted) Note(RawValue::Shape::kQuoted, spot);
  if (is_block_scalar) Note(RawValue::Shape::kBlockScalar, spot);
  if (ExpectsKey()) {
    AddKey(spot, text);
    return;
  }
  CheckValue(spot, false);
  Node node;
  node.kind = Node::Kind::kScalar;
  node.style = is_quoted || is_block_scalar ? Node::Style::kQuoted : Node::Style::kPlain;
  node.text = text;
  node.place = spot.place;
  Put(std::move(node));
}

void TreeBuilder::Open(Node::Kind kind, Layout layout, const Spot& spot) {
  Count(spot);
  RefuseTag(spot);
  if (open_.empty() && (kind != Node::Kind::kMapping || layout != Layout::kBlock)) {
    Refuse(Fault::kYaml, spot.place, "the top level must be lines of `key: value`");
  }
  if (ExpectsKey()) Refuse(Fault::kYaml, spot.place, "a key must be text, not a list or a mapping");
  CheckValue(spot, kind == Node::Kind::kSequence && layout == Layout::kBlock);
  if (open_.size() >= Limits::kDepth) {
    Refuse(Fault::kFrontmatter, spot.place, "values are nested deeper than 16 levels");
  }
  const bool is_inside_flow = !open_.empty() && open_.back().layout == Layout::kFlow;
  if (layout == Layout::kFlow && !is_inside_flow) Note(RawValue::Shape::kFlow, spot);
  Frame& frame = open_.emplace_back();
  frame.layout = layout;
  frame.node.kind = kind;
  frame.node.place = spot.place;
}

void TreeBuilder::Close() {
  Node node = std::move(open_.back().node);
  open_.pop_back();
  Put(std::move(node));
}

Node TreeBuilder::TakeRoot() {
  if (!ended_) throw Refusal(UncleanEnd());
  if (auto error = CheckColumnOne(block_, root_key_lines_)) throw Refusal(*error);
  if (auto error = CheckValues(block_, values_)) throw Refusal(*error);
  return std::move(root_);
}

ParseError TreeBuilder::UncleanEnd() const {
  const std::string name = block_.name;
  return {Fault::kYaml,
          last_root_key_,
          "the " + name + " does not end cleanly: look at the last entry",
          {},
          {}};
}

void TreeBuilder::Count(const Spot& spot) {
  if (++events_ > Limits::kEvents) {
    Refuse(Fault::kFrontmatter, spot.place, "there are more than 20000 values");
  }
}

// To the parser `! x` and `!<?> x` are as good as untagged; the bytes do not lie.
void TreeBuilder::RefuseTag(const Spot& spot) const {
  if (!block_.From(spot.offset).starts_with('!')) return;
  Refuse(Fault::kYaml, spot.place, "tags are not allowed");
}

// A value goes on over lines indented deeper than the keys or dashes that it stands among.
void TreeBuilder::Note(RawValue::Shape shape, const Spot& spot) {
  int indent = 0;
  for (const Frame& frame : open_) {
    if (frame.layout == Layout::kBlock) indent = frame.node.place.column - 1;
  }
  values_.push_back({shape, spot.offset, indent});
}

// The parser reports an empty value where the next thing stands, maybe lines below.
Place TreeBuilder::PlaceOfNull(const Spot& spot) const {
  if (open_.empty()) return spot.place;
  const Node& parent = open_.back().node;
  const bool is_item = parent.kind == Node::Kind::kSequence;
  const Place owner = is_item ? parent.place : parent.fields.back().key_place;
  const std::string_view raw = block_.From(spot.offset);
  const bool is_written = raw.starts_with('~') || raw.starts_with('n') || raw.starts_with('N');
  return is_written && (is_item || spot.place.line == owner.line) ? spot.place : owner;
}

bool TreeBuilder::ExpectsKey() const {
  return !open_.empty() && open_.back().node.kind == Node::Kind::kMapping &&
         !open_.back().awaits_value;
}

void TreeBuilder::AddKey(const Spot& spot, const std::string& key) {
  Frame& frame = open_.back();
  const bool is_root = open_.size() == 1;
  ended_ = is_root && spot.offset == block_.bytes.size() && key == sentinel_;
  if (!ended_) CheckKey(spot, key);
  if (is_root && !ended_) {
    root_key_lines_.push_back(spot.place.line);
    last_root_key_ = spot.place;
  }
  if (!frame.keys.insert(key).second) {
    Refuse(Fault::kKeyDuplicate, spot.place, "the key stands twice in its mapping", key);
  }
  frame.node.fields.push_back({key, spot.place, {}});
  frame.awaits_value = true;
}

// The parser takes a value below its key even when it is indented no deeper.
void TreeBuilder::CheckValue(const Spot& spot, bool is_block_sequence) const {
  if (open_.empty() || !open_.back().awaits_value || open_.back().layout != Layout::kBlock) return;
  const Node& mapping = open_.back().node;
  if (spot.place.line == mapping.fields.back().key_place.line) return;
  const int least = mapping.place.column + (is_block_sequence ? 0 : 1);
  if (spot.place.column >= least) return;
  Refuse(Fault::kYaml, spot.place, "a value below its key must be indented deeper than the key");
}

void TreeBuilder::CheckKey(const Spot& spot, const std::string& key) const {
  const Frame& frame = open_.back();
  if (key == "<<") Refuse(Fault::kYaml, spot.place, "merge keys are not allowed");
  if (frame.layout == Layout::kBlock && spot.place.column != frame.node.place.column) {
    Refuse(Fault::kYaml, spot.place, "keys behind a `?` are not allowed");
  }
  if (open_.size() > 1) return;
  if (auto error = CheckRootKey(block_, spot.offset, key)) throw Refusal(*error);
}

void TreeBuilder::Put(Node node) {
  if (open_.empty()) {
    if (node.kind != Node::Kind::kMapping) {
      Refuse(Fault::kYaml, node.place, "the top level must be lines of `key: value`");
    }
    if (ended_) node.fields.pop_back();
    root_ = std::move(node);
    return;
  }
  Frame& frame = open_.back();
  if (frame.node.kind == Node::Kind::kSequence) {
    frame.node.items.push_back(std::move(node));
    return;
  }
  frame.node.fields.back().value = std::move(node);
  frame.awaits_value = false;
}

}  // namespace frontmatter
