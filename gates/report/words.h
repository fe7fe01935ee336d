#pragma once

#include <string>
#include <string_view>

#include "gates/core/report.h"

// What every report for people says alike. Escaped, and cut where a stranger
// chose the length: nobody reads more.

namespace gates {

constexpr std::string_view kNothingChecked = "0 refs: nothing was checked";

constexpr size_t kMostFindings = 20;  // printed for one update; JSON has them all
constexpr size_t kMostOfRef = 255;
constexpr size_t kMostOfPath = 1024;
constexpr size_t kMostOfValue = 160;
constexpr size_t kMostOfProse = 1000;

/// The first twelve digits of an id, or whatever else stands there.
std::string ShortId(std::string_view sha);

/// `path:line:column`, as much of it as is known.
std::string PlaceInFile(const Finding& finding);

/// `expected A, found B: message`, as much of it as is known.
std::string Fact(const Finding& finding);

/// What mends it.
std::string Remedy(const Finding& finding);

/// `<ref> <sha12>`, with a dash for what is not known.
std::string RefAndCommit(const UpdateReport& update);

/// The last word on an update: why it may land, or the worst reason why not.
std::string_view LastWord(const UpdateReport& update);

}  // namespace gates
