#include <algorithm>
#include <span>
#include <string>

#include "frontmatter/lines.h"
#include "frontmatter/raw_rules.h"

namespace frontmatter {
namespace {

constexpr size_t kNowhere = std::string_view::npos;
constexpr std::string_view kFlowMarks = "[]{},";
constexpr const char* kBlankBeforeComment = "a blank must stand before a comment";

bool Contains(std::string_view bytes, char byte) { return bytes.find(byte) != kNowhere; }

std::optional<ParseError> ErrorAt(const RawBlock& block, size_t offset, const char* message) {
  return ParseError{Fault::kYaml,
                    block.PlaceOf(offset),
                    message,
                    {},
                    std::string(Excerpt(block.LineFrom(offset)))};
}

// The offset behind the closing quote of the scalar that opens at `begin`.
size_t EndOfQuoted(std::string_view bytes, size_t begin) {
  const char quote = bytes[begin];
  for (size_t i = begin + 1; i < bytes.size(); ++i) {
    if (quote == '"' && bytes[i] == '\\') {
      ++i;
    } else if (bytes[i] == quote) {
      if (quote == '"' || !bytes.substr(i + 1).starts_with('\'')) return i + 1;
      ++i;
    }
  }
  return kNowhere;
}

// The parser takes `\'` for a quote; YAML knows no such escape.
size_t FindUnknownEscape(std::string_view bytes, size_t begin, size_t end) {
  if (bytes[begin] != '"') return kNowhere;
  for (size_t i = begin + 1; i + 1 < end; ++i) {
    if (bytes[i] != '\\') continue;
    if (bytes[i + 1] == '\'') return i;
    ++i;
  }
  return kNowhere;
}

// Lines after the first, blank ones apart, have more than `indent` blanks before them.
std::optional<ParseError> CheckIndent(const RawBlock& block, size_t begin, size_t end, int indent) {
  const std::string_view bytes = block.bytes.substr(0, end);
  for (size_t next = LineAt(bytes, begin).next; next < end;) {
    const Line line = LineAt(bytes, next);
    const size_t blanks = line.bytes.find_first_not_of(' ');
    if (blanks != kNowhere && blanks <= static_cast<size_t>(indent)) {
      return ErrorAt(
          block, next,
          "the line goes on with the value above it and must be indented deeper than its key");
    }
    next = line.next;
  }
  return std::nullopt;
}

bool IsBlank(std::string_view bytes, size_t i) {
  return bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r';
}

std::optional<ParseError> CheckQuoted(const RawBlock& block, const RawValue& value) {
  const size_t end = EndOfQuoted(block.bytes, value.offset);
  if (end == kNowhere) return ErrorAt(block, value.offset, "the quote is not closed");
  constexpr std::string_view kMayFollow = " \r\n:,]}";
  if (end < block.bytes.size() && !Contains(kMayFollow, block.bytes[end])) {
    return ErrorAt(block, end, "a blank must stand behind the closing quote");
  }
  const size_t escape = FindUnknownEscape(block.bytes, value.offset, end);
  if (escape != kNowhere) return ErrorAt(block, escape, "YAML knows no such escape");
  return CheckIndent(block, value.offset, end, value.indent);
}

bool IsBlockScalarHeader(std::string_view line) {
  line.remove_prefix(1);
  bool has_chomping = false;
  bool has_indent = false;
  while (!line.empty() && line[0] != ' ') {
    bool& seen = line[0] == '+' || line[0] == '-' ? has_chomping : has_indent;
    const bool is_known = &seen == &has_chomping || (line[0] >= '1' && line[0] <= '9');
    if (!is_known || seen) return false;
    seen = true;
    line.remove_prefix(1);
  }
  const std::string_view rest = Trimmed(line);
  return rest.empty() || rest.starts_with('#');
}

// Blank lines before the text must not be longer than its indent: some readers take it from them.
std::optional<ParseError> CheckBlockScalar(const RawBlock& block, const RawValue& value) {
  const Line header = LineAt(block.bytes, value.offset);
  if (!IsBlockScalarHeader(header.bytes)) {
    return ErrorAt(block, value.offset,
                   "only `+`, `-`, a digit and a comment may follow `|` or `>`");
  }
  size_t longest_blank = 0;
  for (size_t next = header.next; next < block.bytes.size();) {
    const Line line = LineAt(block.bytes, next);
    const size_t blanks = line.bytes.find_first_not_of(' ');
    if (blanks != kNowhere) {
      const bool is_text = blanks > static_cast<size_t>(value.indent);
      if (!is_text || blanks >= longest_blank) return std::nullopt;
      return ErrorAt(block, next, "the text is indented less than a blank line before it");
    }
    longest_blank = std::max(longest_blank, line.bytes.size());
    next = line.next;
  }
  return std::nullopt;
}

// Walks over one flow collection, quoted scalars left out, and over those that lie in it.
class FlowWalk {
 public:
  FlowWalk(const RawBlock& block, size_t begin) : block_(block), at_(begin) {}

  /// Walks up to `end`, the next quoted scalar, or the end of the collection.
  std::optional<ParseError> WalkTo(size_t end) {
    while (at_ < end && !done()) {
      if (auto error = Step()) return error;
    }
    return std::nullopt;
  }

  /// Goes on behind a quoted scalar.
  void SkipTo(size_t end) {
    at_ = end;
    last_ = '"';
  }

  bool done() const { return last_ != '\0' && depth_ == 0; }
  size_t at() const { return at_; }

 private:
  std::optional<ParseError> Step() {
    const char byte = block_.bytes[at_];
    if (byte == '#' && !follows_plain_) {
      if (!IsBlank(block_.bytes, at_ - 1)) return ErrorAt(block_, at_, kBlankBeforeComment);
      at_ = LineAt(block_.bytes, at_).next;
      return std::nullopt;
    }
    if (const char* objection = Objection(byte)) return ErrorAt(block_, at_, objection);
    if (byte == '[' || byte == '{') ++depth_;
    if (byte == ']' || byte == '}') --depth_;
    Advance(byte);
    return std::nullopt;
  }

  const char* Objection(char byte) const {
    const bool starts_item = last_ == ',' || last_ == '[' || last_ == '{';
    const bool before_blank = at_ + 1 >= block_.bytes.size() || IsBlank(block_.bytes, at_ + 1);
    const bool before_mark = !before_blank && Contains(kFlowMarks, block_.bytes[at_ + 1]);
    if (byte == ',' && starts_item) return "an item is missing before the comma";
    if ((byte == '?' || byte == '-') && !follows_plain_ && (before_blank || before_mark)) {
      return "a lone `?` or `-` is not allowed in a flow collection";
    }
    if (byte == ':' && before_mark) return "a blank must stand behind the colon";
    const bool starts_text = !follows_plain_ && last_ != '"';
    if (byte == ':' && starts_text && !before_blank) return "text must not start with a colon";
    return nullptr;
  }

  void Advance(char byte) {
    const bool is_blank = IsBlank(block_.bytes, at_);
    follows_plain_ = !is_blank && !Contains(kFlowMarks, byte);
    if (!is_blank) last_ = byte;
    ++at_;
  }

  const RawBlock& block_;
  size_t at_;
  char last_ = '\0';            // the last byte that was no blank
  bool follows_plain_ = false;  // the byte before is part of a plain scalar
  int depth_ = 0;
};

// `behind` holds what comes after `flow`: first the quoted scalars that lie in it.
std::optional<ParseError> CheckFlow(const RawBlock& block, const RawValue& flow,
                                    std::span<const RawValue> behind) {
  FlowWalk walk(block, flow.offset);
  for (const RawValue& value : behind) {
    if (value.shape != RawValue::Shape::kQuoted) break;
    if (auto error = walk.WalkTo(value.offset)) return error;
    if (walk.done()) break;
    walk.SkipTo(EndOfQuoted(block.bytes, value.offset));
  }
  if (auto error = walk.WalkTo(block.bytes.size())) return error;
  if (!walk.done()) return ErrorAt(block, flow.offset, "the flow collection is not closed");
  if (block.From(walk.at()).starts_with('#')) {
    return ErrorAt(block, walk.at(), kBlankBeforeComment);
  }
  return CheckIndent(block, flow.offset, walk.at(), flow.indent);
}

}  // namespace

std::optional<ParseError> CheckValues(const RawBlock& block, std::span<const RawValue> values) {
  for (size_t i = 0; i < values.size(); ++i) {
    std::optional<ParseError> error;
    switch (values[i].shape) {
      case RawValue::Shape::kQuoted: error = CheckQuoted(block, values[i]); break;
      case RawValue::Shape::kBlockScalar: error = CheckBlockScalar(block, values[i]); break;
      case RawValue::Shape::kFlow:
        error = CheckFlow(block, values[i], values.subspan(i + 1));
        break;
    }
    if (error) return error;
  }
  return std::nullopt;
}

}  // namespace frontmatter
