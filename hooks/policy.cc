// Commands: the policy that judges here, and whether a policy file can be read.

#include <fmt/format.h>

#include "gates/report/escape.h"
#include "gates/stages.h"
#include "hooks/command_line.h"
#include "hooks/door.h"
#include "hooks/output.h"

namespace hooks {

ExitCode PolicyShow(Arguments, Process&);
ExitCode PolicyCheck(Arguments, Process&);

namespace {

tl::expected<std::string, gates::Finding> SourceOfEffectivePolicy() {
  const auto policy = EffectivePolicy();
  if (!policy) return tl::unexpected(policy.error());
  return policy->origin.source;
}

tl::expected<std::string, gates::Finding> SourceOfFile(const std::string& path) {
  const auto policy = ReadPolicyFile(path);
  if (!policy) return tl::unexpected(policy.error());
  return path;
}

gates::Report FaultReport(gates::Finding finding) {
  return {.updates = {}, .findings = {std::move(finding)}};
}

}  // namespace

ExitCode PolicyShow(Arguments arguments, Process& process) {
  CommandLine line("Prints the policy that judges here, as a file that can be committed.",
                   "git verdict policy show");
  OutputOptions output;
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(output, Stream::kOut, process);
  const auto policy = EffectivePolicy();
  if (!policy) {
    const gates::Report report = FaultReport(policy.error());
    Deliver(report, output, Stream::kOut, process);
    return ExitCodeFor(report.decision());
  }
  Write(fmt::format("# from: {}\n{}{}", gates::Escape(policy->origin.source),
                    gates::WritePolicy(policy->policy), gates::WriteStages(policy->policy)),
        Stream::kOut, process);
  return ExitCode::kAllowed;
}

ExitCode PolicyCheck(Arguments arguments, Process& process) {
  CommandLine line("Tells whether the gate can read the policy that judges here, or FILE.",
                   "git verdict policy check");
  std::string path;
  OutputOptions output;
  line.AddOperand("file", path, "FILE", "a policy on disk, as in .verdict.yml");
  AddOutputOptions(line, output);
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(output, Stream::kOut, process);
  const auto source = path.empty() ? SourceOfEffectivePolicy() : SourceOfFile(path);
  if (source) {
    const std::string said = gates::Escape(*source) + ": a valid policy\n";
    const auto render = [&](const std::string& format, gates::Colour colour) {
      return format == "text" ? said : gates::FindFormat(format)->render({}, colour);
    };
    Deliver(render, output, Stream::kOut, process);
    return ExitCode::kAllowed;
  }
  const gates::Report report = FaultReport(source.error());
  Deliver(report, output, Stream::kOut, process);
  return ExitCodeFor(report.decision());
}

}  // namespace hooks
