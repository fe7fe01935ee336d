#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

namespace test {

inline const std::vector<std::string> kHostilePieces{"C1",
                                                     "case",
                                                     " ",
                                                     "\n",
                                                     "\r\n",
                                                     "\r",
                                                     "\t",
                                                     "---",
                                                     "...",
                                                     "\n---\n",
                                                     "```",
                                                     "````",
                                                     "~~~",
                                                     "\n```\n",
                                                     "`",
                                                     "|",
                                                     "\\",
                                                     "\\|",
                                                     "*",
                                                     "_",
                                                     "# ",
                                                     "## ",
                                                     "<b>",
                                                     "<!--",
                                                     "-->",
                                                     "[x](y)",
                                                     "![x](y)",
                                                     "&lt;",
                                                     "$",
                                                     "::error::",
                                                     "##[x]",
                                                     "\x1b[31m",
                                                     "\x07",
                                                     "\x7f",
                                                     "\xff",
                                                     "\xc3",
                                                     "\u0085",
                                                     "\u2028",
                                                     "\u202e",
                                                     "\ufeff",
                                                     "\u200b",
                                                     "\u00e9",
                                                     "\U0001F600",
                                                     "'",
                                                     "\"",
                                                     ": ",
                                                     " #",
                                                     "- ",
                                                     "{}",
                                                     "staging_status: SUCCESS\n",
                                                     "| a | b |",
                                                     std::string(1, '\0'),
                                                     std::string(300, 'x')};

/// Text as nobody would wish it: pieces of Markdown and YAML, commands of CI systems
/// and of terminals, broken UTF-8. For properties (tests/support/property.h).
inline std::string AHostileText() {
  std::string text;
  for (int count = *rc::gen::inRange(0, 8); count > 0; --count)
    text += *rc::gen::elementOf(kHostilePieces);
  return text;
}

}  // namespace test
