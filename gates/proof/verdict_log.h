#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gates/core/finding.h"
#include "gates/core/rules.h"
#include "gates/proof/tree_reader.h"

namespace gates {

/// A value in a log and where it stands.
struct LogValue {
  std::string text;
  int line = 0;
  int column = 0;
};

/// A well-formed verdict log.
struct VerdictLog {
  std::string path;
  ObjectId blob;
  LogValue token;  // the gate's pass or fail
  bool passed = false;
  std::optional<LogValue> validated_sha;  // 40 lower-case hex digits
  std::optional<LogValue> work_item;      // the one in whose folder it stands
  std::optional<LogValue> timestamp;      // this and what follows: as written, nobody has read it
  std::optional<LogValue> base_url;
  std::optional<LogValue> results_digest;
};

constexpr std::uint64_t kLogBytes = 16 * 1024 * 1024;

/// The finding VERDICT_NOT_A_FILE for what stands at `path`.
Finding NotAFile(const std::string& path, std::uint32_t mode, const ObjectId& commit);

/// Reads the text of a log. `work_item` is the folder it stands in; empty:
/// not known, so that a `work_item` in the log is not compared. Every finding
/// has `path` and `sha` filled in. Total: any bytes give a log or a finding.
tl::expected<VerdictLog, Finding> ReadVerdictLog(std::string_view text, const GateRule& gate,
                                                 const std::string& work_item,
                                                 const std::string& path, const std::string& sha);

/// The log that stands as an object of this mode and id at `path` of a commit.
tl::expected<VerdictLog, Finding> ReadLogObject(const Root& root, const std::string& path,
                                                std::uint32_t mode, const ObjectId& id,
                                                const GateRule& gate, const std::string& work_item,
                                                const Objects& objects);

/// The log of `gate` for `work_item` in a commit; nothing where there is none.
tl::expected<std::optional<VerdictLog>, Finding> FindVerdictLog(const Root& root,
                                                                const std::string& work_item,
                                                                const GateRule& gate,
                                                                const Rules& rules,
                                                                TreeReader& reader);

}  // namespace gates
