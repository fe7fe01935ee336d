#include "frontmatter/yaml_reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>
#include <string>

#include "frontmatter/tree.h"

namespace frontmatter {
namespace {

// No root key of a text can look like this one (see CheckRootKey), so the line is ours alone.
constexpr std::string_view kSentinel = "=end";
constexpr std::string_view kSentinelLine = "=end: x\n";

Spot SpotOf(const YAML::Mark& mark, int first_line) {
  if (mark.is_null()) return {};
  return {static_cast<size_t>(mark.pos), {mark.line + first_line, mark.column + 1}};
}

// Hands the parser's events to a TreeBuilder, properties refused.
class Events : public YAML::EventHandler {
 public:
  Events(TreeBuilder& tree, int first_line) : tree_(tree), first_line_(first_line) {}

  void OnDocumentStart(const YAML::Mark& mark) override { tree_.StartDocument(At(mark)); }
  void OnDocumentEnd() override {}
  void OnSequenceEnd() override { tree_.Close(); }
  void OnMapEnd() override { tree_.Close(); }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    RefuseProperties(mark, "?", anchor);
    tree_.AddNull(At(mark));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Refuse(mark, "aliases are not allowed");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    RefuseProperties(mark, tag, anchor);
    tree_.AddScalar(At(mark), value);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    RefuseProperties(mark, tag, anchor);
    tree_.Open(Node::Kind::kSequence, LayoutOf(style), At(mark));
  }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    RefuseProperties(mark, tag, anchor);
    tree_.Open(Node::Kind::kMapping, LayoutOf(style), At(mark));
  }

 private:
  Spot At(const YAML::Mark& mark) const { return SpotOf(mark, first_line_); }

  static TreeBuilder::Layout LayoutOf(YAML::EmitterStyle::value style) {
    return style == YAML::EmitterStyle::Block ? TreeBuilder::Layout::kBlock
                                              : TreeBuilder::Layout::kFlow;
  }

  [[noreturn]] void Refuse(const YAML::Mark& mark, const char* message) const {
    throw Refusal({Fault::kYaml, At(mark).place, message, {}, {}});
  }

  void RefuseProperties(const YAML::Mark& mark, const std::string& tag,
                        YAML::anchor_t anchor) const {
    if (anchor != 0) Refuse(mark, "anchors are not allowed");
    if (!tag.empty() && tag != "?" && tag != "!") Refuse(mark, "tags are not allowed");
  }

  TreeBuilder& tree_;
  int first_line_;
};

// The library's own words, without the bytes of the text that it puts behind a colon.
ParseError Explain(const YAML::Exception& error, const RawBlock& block, const TreeBuilder& tree) {
  const Place place = SpotOf(error.mark, block.first_line).place;
  if (place.line == 0 || place.line >= block.PlaceOf(block.bytes.size()).line) {
    return tree.UncleanEnd();
  }
  return {Fault::kYaml,
          place,
          "not readable as YAML: " + error.msg.substr(0, error.msg.find(':')),
          {},
          {}};
}

}  // namespace

tl::expected<Node, ParseError> ReadBlock(const RawBlock& block) {
  TreeBuilder tree(block, kSentinel);
  try {
    std::istringstream text(std::string(block.bytes) + std::string(kSentinelLine));
    YAML::Parser parser(text);
    Events events(tree, block.first_line);
    while (parser.HandleNextDocument(events)) {
    }
    return tree.TakeRoot();
  } catch (const Refusal& refusal) {
    return tl::unexpected(refusal.error);
  } catch (const YAML::Exception& error) {
    return tl::unexpected(Explain(error, block, tree));
  } catch (const std::exception& error) {
    return tl::unexpected(ParseError{Fault::kYaml, {}, "the YAML reader gave up", {}, {}});
  }
}

}  // namespace frontmatter
