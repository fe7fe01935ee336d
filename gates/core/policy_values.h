#pragma once

#include <string>
#include <string_view>

#include "gates/core/policy.h"
#include "gates/core/values.h"

// What the readers of the policy's sections have in common.

namespace gates {

bool IsPathComponent(std::string_view name);

/// A relative path without `.`, `..` and empty components.
bool IsPath(const std::string& text);

// The sections of a policy that have a file of their own.
Checked ReadStagingSection(const frontmatter::Node& node, Policy& policy);
Checked ReadWritersSection(const frontmatter::Node& node, Policy& policy);
Checked ReadDocsSection(const frontmatter::Node& node, Policy& policy);

/// A verdict log is asked for by its gate; `docs.require` does not look at logs.
Checked TellDocsFromLogs(const Policy& policy);

}  // namespace gates
