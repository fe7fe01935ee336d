#include "gates/staging/strict_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "gates/staging/readers.h"

namespace gates {
namespace {

using nlohmann::json;

constexpr size_t kMostDepth = 32;
constexpr size_t kMostValues = 2'000'000;

/// Follows the parser's events. Each call says whether to go on.
class Strictness {
 public:
  explicit Strictness(std::string_view text) : text_(text) {}

  std::string fault;  // why it stopped

  bool null() { return Count(); }
  bool boolean(bool) { return Count(); }
  bool number_integer(json::number_integer_t) { return Count(); }
  bool number_unsigned(json::number_unsigned_t) { return Count(); }
  bool number_float(json::number_float_t, const std::string&) { return Count(); }
  bool string(std::string&) { return Count(); }
  bool binary(json::binary_t&) { return Stop("a binary value"); }

  bool start_object(size_t) { return Open(); }
  bool start_array(size_t) { return Open(); }
  bool end_object() { return Close(); }
  bool end_array() { return Close(); }

  bool key(std::string& name) {
    if (open_.back().insert(name).second) return true;
    return Stop("the key '" + name + "' stands twice in an object");
  }

  bool parse_error(size_t byte, const std::string&, const json::exception&) {
    return Stop("no valid JSON at " + PlaceIn(text_, byte > 0 ? byte - 1 : 0));
  }

 private:
  bool Stop(std::string why) {
    fault = std::move(why);
    return false;
  }

  bool Count() { return ++values_ <= kMostValues || Stop("too many JSON values"); }

  bool Open() {
    if (open_.size() == kMostDepth)
      return Stop(fmt::format("JSON of more than {} levels", kMostDepth));
    open_.emplace_back();
    return Count();
  }

  bool Close() {
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  std::vector<std::set<std::string>> open_;  // the keys seen; none for lists
  size_t values_ = 0;
};

}  // namespace

std::optional<std::string> FindJsonFault(std::string_view text) {
  // The parser takes a NUL for the end of the text, and would leave the rest unread.
  if (const size_t at = text.find('\0'); at != std::string_view::npos)
    return "a NUL byte at offset " + std::to_string(at);
  Strictness strictness(text);
  if (json::sax_parse(text.begin(), text.end(), &strictness)) return std::nullopt;
  return strictness.fault;
}

}  // namespace gates
