#pragma once

#include "hooks/command.h"

namespace hooks {

/// Makes standard input, output and error exist: a file that is opened later
/// must not become one of them, and an answer that goes nowhere must fail.
void SecureStandardStreams();

/// The process that main() runs in.
Process ThisProcess();

}  // namespace hooks
