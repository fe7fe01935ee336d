#pragma once

#include <string>
#include <string_view>

#include "gates/core/reasons.h"

namespace gates {

/// One fact against a change. Text from strangers (path, found, ...) is raw
/// here; only gates/report escapes it. Empty strings and line 0: not known.
struct Finding {
  Code code = Code::kInternal;
  std::string gate;
  std::string work_item;
  std::string path;
  int line = 0;
  int column = 0;
  std::string sha;  // the commit in whose tree `path` stands, or the object meant
  std::string expected;
  std::string found;
  std::string message;  // what is wrong
  std::string remedy;   // one command or step that mends it
  Weight weight = Weight::kCannotEvaluate;
};

/// A finding of `code` with the catalogue's weight.
Finding MakeFinding(Code code, std::string message, std::string remedy = "");

/// What is wrong, and what mends it: in the finding's own words, else in the catalogue's. Raw.
std::string_view MessageOf(const Finding& finding);
std::string_view RemedyOf(const Finding& finding);

}  // namespace gates
