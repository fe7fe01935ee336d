// Command: tells whether the gate stands where it has to, and with --prove that it refuses.

#include "hooks/command_line.h"
#include "hooks/output.h"
#include "install/patient.h"
#include "install/prove.h"

namespace hooks {

ExitCode Doctor(Arguments, Process&);

ExitCode Doctor(Arguments arguments, Process& process) {
  CommandLine line(
      "Looks whether git-verdict stands at the doors of this clone, or of a server, and whether\n"
      "anything hides it. Exit 1 when something is wrong.",
      "git verdict doctor");
  std::string server;
  bool prove = false;
  OutputOptions output;
  line.AddOption("--server", server, "DIR",
                 "a bare repository, or a folder of hooks that a forge runs");
  line.AddFlag("--prove", prove,
                 "push bad verdicts and a good one at every door, in a copy that is thrown away");
  AddOutputOptions(line, output, Answer::kExamination);
  if (line.Parse(arguments, process) == Parsed::kHelpShown) return ExitCode::kAllowed;
  PrepareForFaults(output, Stream::kOut, process, Answer::kExamination);
  if (server.empty()) server = install::ServerHere();
  const install::Patient patient = install::Admit(server, process);
  gates::Examination examination = install::Examine(patient);
  if (prove) install::Prove(patient, examination);
  Deliver(examination, output, process);
  return examination.healthy() ? ExitCode::kAllowed : ExitCode::kRefused;
}

}  // namespace hooks
