#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gates/core/report.h"
#include "gates/core/rules.h"
#include "gates/proof/tree_reader.h"
#include "gates/proof/verdict_log.h"

namespace gates {

/// One verdict log that a commit holds, and what it says.
struct SurveyedLog {
  std::string work_item;
  std::string gate;
  std::string path;
  std::optional<ObjectId> blob;
  std::optional<std::string> token;
  bool passed = false;
  std::optional<ObjectId> validated_sha;
  std::optional<std::int64_t> timestamp;  // seconds since 1970; nothing: it does not say
  std::string results_digest;             // as written; empty: none
  std::vector<Finding> findings;
};

/// All verdict logs of a commit. `findings` are about no single log.
struct Survey {
  std::optional<ObjectId> commit;  // nothing: files on disk
  std::vector<SurveyedLog> logs;   // by item, then in the policy's order of gates
  std::vector<Finding> findings;
  std::vector<std::string> work_items = {};  // all that stand there, also without a log

  /// Worst finding; ALLOW where every log is well-formed.
  Decision decision() const;
};

/// Writes down what a well-formed log says.
void Note(const VerdictLog& log, SurveyedLog& seen);

/// Lists the logs of a commit, of all items or of `work_item` only.
Survey SurveyLogs(const Root& root, const Rules& rules, const Objects& objects,
                  const std::optional<std::string>& work_item);

/// Whether to look at a path: an item's folder, or a log in it.
using Wanted = std::function<bool(const std::string& path)>;

/// Lists the logs of a commit that are wanted.
Survey SurveyLogs(const Root& root, const Rules& rules, const Objects& objects,
                  const Wanted& wanted);

}  // namespace gates
