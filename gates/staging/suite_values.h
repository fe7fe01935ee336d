#pragma once

#include <chrono>
#include <functional>

#include "gates/staging/suite.h"

// What the parts of the suite's reader have in common.

namespace gates {

using NodeReader = std::function<Checked(const frontmatter::Node&)>;

/// A whole number from `least` to `most`.
NodeReader SetsNumber(int& value, std::string_view what, int least, int most);

/// `500ms`, `5s`, `2m`; more than nothing and at most an hour.
NodeReader SetsDuration(std::chrono::milliseconds& value, std::string_view what);

/// Text of any number of lines, perhaps empty, without NUL.
tl::expected<std::string, Misfit> ReadLines(const frontmatter::Node& node, std::string_view what);

/// Such text with places to fill in.
tl::expected<Template, Misfit> ReadTemplate(const frontmatter::Node& node, std::string_view what);

/// A value of YAML as JSON. Refuses words and numbers that YAML readers differ on.
tl::expected<std::string, Misfit> ReadAsJson(const frontmatter::Node& node);

/// Refuses a list in which two items are told alike.
Checked RefuseRepeats(const frontmatter::Node& list, std::string (*told)(const frontmatter::Node&));

/// What `http` and `run` hold.
Checked ReadHttpCheck(const frontmatter::Node& node, HttpCheck& check);
Checked ReadArguments(const frontmatter::Node& node, RunCheck& check);
Checked ReadOutputExpectation(const frontmatter::Node& node, RunExpectation& expected);

/// The keys `equals`, `contains` and `matches`, which a text may be held to.
std::vector<MappingKey> TextKeys(TextExpectation& expected);

/// A text alone, or a mapping of TextKeys.
Checked ReadTextExpectation(const frontmatter::Node& node, TextExpectation& expected,
                            std::string_view what);

/// A mapping of JSON pointers to what has to stand there.
Checked ReadJsonExpectations(const frontmatter::Node& node, std::vector<JsonExpectation>& expected);

}  // namespace gates
