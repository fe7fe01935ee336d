#pragma once

#include <rapidcheck.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "gates/core/report.h"
#include "tests/support/hostile_text.h"

// Reports for the tests of formats that machines read.

namespace gates {

inline const ObjectId kTip = *ObjectId::FromHex("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");
inline const std::string kLogPath = "docs/work-items/ORCH-061/15-staging-log.md";

inline UpdateReport UpdateOf(Proof proof, std::vector<Finding> findings = {}) {
  UpdateReport update;
  update.ref = "refs/heads/main";
  update.after = kTip;
  update.proof = proof;
  update.findings = std::move(findings);
  return update;
}

inline Finding StagingFailed() {
  Finding finding = MakeFinding(Code::kVerdictFailed, "staging recorded a failure for ORCH-061",
                                "mend what failed, stage again, record the new verdict");
  finding.gate = "staging";
  finding.work_item = "ORCH-061";
  finding.path = kLogPath;
  finding.line = 2;
  finding.column = 17;
  finding.sha = kTip.hex();
  finding.expected = "SUCCESS";
  finding.found = "FAILED";
  return finding;
}

inline Report Allowed() { return {.updates = {UpdateOf(Proof::kExact)}, .findings = {}}; }

inline Report Refused(std::vector<Finding> findings = {StagingFailed()}) {
  return {.updates = {UpdateOf(Proof::kNone, std::move(findings))}, .findings = {}};
}

/// A run that could judge nothing.
inline Report Fault() {
  return {.updates = {}, .findings = {MakeFinding(Code::kInputMalformed, "no such base", "fetch")}};
}

/// The first block of this language on the page of a format.
inline std::string BlockOnPage(const std::string& format, const std::string& language) {
  std::ifstream in(SOURCE_DIR "/docs/formats/report-" + format + ".md");
  std::ostringstream page;
  page << in.rdbuf();
  const std::string opening = "\n```" + language + "\n";
  const std::string text = page.str().substr(page.str().find(opening) + opening.size());
  return text.substr(0, text.find("```"));
}

/// A report whose every text is as nobody would wish it. For properties.
inline Report AHostileReport() {
  Finding finding = StagingFailed();
  for (std::string* text : {&finding.gate, &finding.work_item, &finding.path, &finding.sha,
                            &finding.expected, &finding.found, &finding.message, &finding.remedy})
    *text = test::AHostileText();
  finding.line = *rc::gen::inRange(0, 3);
  finding.column = *rc::gen::inRange(0, 3);
  Report report = Refused({finding});
  report.updates[0].ref = "refs/heads/" + test::AHostileText();
  return report;
}

}  // namespace gates
