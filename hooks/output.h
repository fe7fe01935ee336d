#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "gates/report/examination.h"
#include "gates/report/fold.h"
#include "gates/report/format.h"
#include "gates/standing.h"
#include "gates/survey.h"
#include "hooks/command.h"

namespace hooks {

/// Where a report goes, and how it looks.
struct OutputOptions {
  std::string format = "text";
  std::string colour = "auto";
  std::vector<std::string> files;  // FMT=FILE
};

enum class Stream { kOut, kErr };

/// What a command answers with; each has a JSON schema of its own, and formats of its own.
/// `kRun` is a fold that knows of no commit.
enum class Answer { kReport, kReview, kSurvey, kShow, kStandings, kExamination, kFold, kRun };

/// Whether an answer is to be written in this format, to the stream or to a file.
bool AsksFor(std::string_view format, const OutputOptions& options);

/// Adds --format, --color and --output.
void AddOutputOptions(CommandLine& line, OutputOptions& options, Answer answer = Answer::kReport);

/// Checks the options (UsageError) and has every later fault, a stuck read or
/// a crash included, answered in the same format on the same stream.
void PrepareForFaults(const OutputOptions& options, Stream stream, Process& process,
                      Answer answer = Answer::kReport);

/// An answer in the format of this name.
using Render = std::function<std::string(const std::string& format, gates::Colour colour)>;

/// Writes an answer to the stream and to every --output file. Throws where
/// one of them did not take it all: an unwritten answer is exit 2.
void Deliver(const Render& render, const OutputOptions& options, Stream stream, Process& process);
void Deliver(const gates::Report& report, const OutputOptions& options, Stream stream,
             Process& process);
void Deliver(const gates::Survey& survey, const OutputOptions& options, Process& process);
void DeliverReview(const gates::Report& report, const OutputOptions& options, Process& process);
void Deliver(const gates::Standings& standings, const OutputOptions& options, Process& process);
void Deliver(const gates::Examination& examination, const OutputOptions& options, Process& process);
void Deliver(const gates::FoldReport& report, const OutputOptions& options, Process& process);

/// Writes text to the stream, all of it or an exception.
void Write(std::string_view text, Stream stream, Process& process);

/// The colour for text on this stream: by --color, NO_COLOR and the terminal.
gates::Colour ColourOn(Stream stream, const OutputOptions& options, const Process& process);

}  // namespace hooks
