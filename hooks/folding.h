#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/report/fold.h"
#include "hooks/command.h"

namespace hooks {

/// How results are folded, as the command line says it.
struct FoldOptions {
  std::string base;  // the commit whose policy counts; empty: the default branch
  bool strict = false;
};

/// Adds --base and --strict.
void AddFoldOptions(CommandLine& line, FoldOptions& options);

/// Folds results, or what is wrong with them, under the policy of the trusted
/// side at this moment. Does not throw: what goes wrong is FAILED.
gates::FoldReport FoldHere(
    const tl::expected<std::vector<gates::CheckResult>, std::string>& results,
    const FoldOptions& options, const Process& process);

/// A fault as the reason of a verdict, on one line.
std::string ReasonFrom(const gates::Finding& fault);

}  // namespace hooks
