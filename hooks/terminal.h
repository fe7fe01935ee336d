#pragma once

namespace hooks {

/// Whether somebody can be asked: this process has a terminal and runs in front of it.
bool HasTerminal();

}  // namespace hooks
