#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gates/staging/results.h"

// One reader for each format, behind ReadResults. Their text is UTF-8 and not
// larger than kMostResultBytes.

namespace gates {

using Results = tl::expected<std::vector<CheckResult>, std::string>;

Results ReadJsonResults(std::string_view text);
Results ReadJunitResults(std::string_view text);
Results ReadTapResults(std::string_view text);

/// What became of a check, by the word that some writers have for it; kUnknown: no such word.
Outcome OutcomeCalled(std::string_view word);

/// A text with its ASCII letters in lower case.
std::string InLowerCase(std::string_view text);

/// Whether a text holds nothing but blanks.
bool IsBlank(std::string_view text);

/// `line 3, column 7` for the byte at `offset`.
std::string PlaceIn(std::string_view text, size_t offset);

/// What a reader says that finds more than kMostResults.
std::string TooManyResults();

}  // namespace gates
