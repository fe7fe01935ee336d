#pragma once

#include <chrono>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "hooks/child.h"

namespace stage {

/// A container that `run` checks run in.
struct Container {
  std::string engine;  // docker or podman, found in PATH
  std::string name;
};

/// `asked`, or the first of docker and podman that PATH holds; the error names what is missing.
tl::expected<std::string, std::string> FindEngine(const std::string& asked);

/// The command that runs `arguments` in the container.
std::vector<std::string> WrapInExec(const Container& container,
                                    const std::vector<std::string>& arguments);

/// What tells one life of a running container from the next; or why it is not
/// running. The order gives environment, limit and stop.
tl::expected<std::string, std::string> LifeOf(const Container& container, hooks::ChildOrder order);

/// Why an exit status of the engine is none of the program's; empty: it may be.
std::string FaultOfEngine(const Container& container, const hooks::ChildAnswer& answer);

}  // namespace stage
