#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gates {

/// `text` as one word that a POSIX shell reads back as it is: bare where that is safe, else
/// quoted. Without a backslash, which a report would double.
std::string ShellWord(std::string_view text);

/// What a shell makes of one word in quotes or without; nothing where it is no single plain word.
std::optional<std::string> UnquotedShellWord(std::string_view word);

}  // namespace gates
