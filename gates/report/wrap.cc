#include "gates/report/wrap.h"

#include <algorithm>

namespace gates {
namespace {

// The end of the word that starts at `at`: the next blank that is not between
// two backticks. A backtick without a partner is an ordinary character.
size_t WordEnd(std::string_view prose, size_t at) {
  while (at < prose.size() && prose[at] != ' ') {
    const size_t partner = prose[at] == '`' ? prose.find('`', at + 1) : std::string_view::npos;
    at = partner == std::string_view::npos ? at + 1 : partner + 1;
  }
  return at;
}

size_t Columns(std::string_view word) {
  return static_cast<size_t>(std::count_if(word.begin(), word.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

std::string Wrap(std::string_view prose, const Layout& layout) {
  std::string text;
  size_t used = 0;  // columns of the line so far; none: no word stands in it
  for (size_t at = 0; at < prose.size();) {
    if (prose[at] == ' ') {
      ++at;
      continue;
    }
    const size_t end = WordEnd(prose, at);
    const std::string_view word = prose.substr(at, end - at);
    const size_t columns = Columns(word);
    if (used > 0 && used + 1 + columns <= layout.width) {
      text.append(" ").append(word);
      used += 1 + columns;
    } else {
      const size_t indent = text.empty() ? layout.indent : layout.indent + layout.hang;
      if (!text.empty()) text += '\n';
      text.append(indent, ' ').append(word);
      used = indent + columns;
    }
    at = end;
  }
  return text.empty() ? text : text + '\n';
}

}  // namespace gates
