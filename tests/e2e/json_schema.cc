#include "tests/e2e/json_schema.h"

#include <stdexcept>

#include "tests/support/program.h"

namespace e2e {
namespace {

test::Ran Check(const std::string& schema, const std::string& lines) {
  return test::RunProgram({"timeout", "60", SOURCE_DIR "/tests/e2e/check_schema.py", schema}, "/",
                          {{"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}}, lines);
}

}  // namespace

bool HasSchemas() { return Check("in-toto-statement-v1", "").status != 77; }

std::string FaultsBySchema(const std::string& schema, const std::string& lines) {
  const test::Ran ran = Check(schema, lines);
  if (ran.status == 0 && ran.out.empty()) return "";
  if (ran.status == 1 && !ran.out.empty()) return ran.out;
  throw std::runtime_error("the schema " + schema + " could not be asked for: " + ran.err);
}

}  // namespace e2e
