#pragma once

#include <string>

namespace e2e {

/// Whether schemas can be asked for here: python3-jsonschema is installed.
bool HasSchemas();

/// What is wrong with JSON, one document a line, by a schema of tests/schemas, as
/// `line 1: $.subject: ...`; empty: nothing.
std::string FaultsBySchema(const std::string& schema, const std::string& lines);

}  // namespace e2e
