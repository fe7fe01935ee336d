#pragma once

#include <string>
#include <vector>

#include "install/plan.h"

namespace install {

/// What was asked for on the command line.
struct Wish {
  std::vector<std::string> hooks;
  std::string server;   // a server's folder; empty: the clone we stand in
  std::string forge;    // --ci
  bool policy = false;  // --policy
  Form form = Form::kFiles;
  std::string program;  // how hooks call git-verdict
};

/// Looks at all that the wish is about; changes nothing. Throws hooks::UsageError where there is
/// no repository, or none that the wish can be carried out in.
Facts LookAround(Aim aim, const Wish& wish);

/// What stands at a hook's place.
HookFacts LookAt(const std::string& hook, const std::string& server, const std::string& program);

/// Carries a plan out, step by step. A hook is written beside its place and moved over it:
/// there is never half a hook, nor none. Throws std::system_error.
void CarryOut(const Plan& plan);

/// The repository we stand in where it is bare, and so a server; else empty.
std::string ServerHere();

/// The bytes of a file; none where it cannot be read.
std::string ReadWhole(const std::string& path);

/// This very program, by its absolute path.
std::string ThisProgram();

}  // namespace install
