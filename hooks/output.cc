#include "hooks/output.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <ostream>

#include "gates/report/json.h"
#include "gates/report/text.h"
#include "hooks/folding.h"
#include "hooks/last_words.h"

namespace hooks {
namespace {

std::ostream& StreamOf(Stream stream, Process& process) {
  return stream == Stream::kOut ? process.out : process.err;
}

template <class Formats>
void RequireFormat(std::string_view name, const Formats& formats) {
  std::string names;
  for (const auto& format : formats) {
    if (format.name == name) return;
    names += (names.empty() ? "" : ", ") + std::string(format.name);
  }
  throw UsageError("unknown format '" + std::string(name) + "' (there are " + names + ")");
}

void RequireFormat(std::string_view name, Answer answer) {
  if (answer == Answer::kFold) return RequireFormat(name, gates::AllFoldFormats());
  RequireFormat(name, gates::AllFormats());
}

/// One --output FMT=FILE.
struct OutputFile {
  std::string format;
  std::string path;
};

OutputFile ParseOutput(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size())
    throw UsageError("--output wants FORMAT=FILE, as in json=report.json");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void WriteFile(const OutputFile& output, const Render& render) {
  std::ofstream file(output.path, std::ios::binary | std::ios::trunc);
  file << render(output.format, gates::Colour::kNever) << std::flush;
  if (!file) throw std::runtime_error("cannot write the report to " + output.path);
}

Render RendererOf(gates::Report report) {
  return [report = std::move(report)](const std::string& format, gates::Colour colour) {
    return gates::FindFormat(format)->render(report, colour);
  };
}

Render RendererOf(gates::Survey survey) {
  return [survey = std::move(survey)](const std::string& format, gates::Colour colour) {
    return format == "json" ? gates::RenderSurveyJson(survey)
                            : gates::RenderSurveyText(survey, colour);
  };
}

Render RendererOf(gates::FoldReport report) {
  return [report = std::move(report)](const std::string& format, gates::Colour colour) {
    return gates::FindFoldFormat(format)->render(report, colour);
  };
}

// A fault reads alike in every text; in JSON it stands in the schema of the answer.
Render RendererOfFault(const gates::Finding& fault, Answer answer) {
  if (answer == Answer::kFold)
    return RendererOf(gates::FoldReport{.folded = gates::FoldedFault(ReasonFrom(fault))});
  const Render as_report = RendererOf(gates::Report{.updates = {}, .findings = {fault}});
  const Render as_survey =
      RendererOf(gates::Survey{.commit = std::nullopt, .logs = {}, .findings = {fault}});
  return [=](const std::string& format, gates::Colour colour) {
    return (answer == Answer::kSurvey && format == "json" ? as_survey : as_report)(format, colour);
  };
}

}  // namespace

void AddOutputOptions(CLI::App& app, OutputOptions& options) {
  app.add_option("--format", options.format, "text or json");
  app.add_option("--color", options.colour, "auto, always or never");
  app.add_option("--output", options.files, "write a report to a file as well")
      ->type_name("FMT=FILE")
      ->allow_extra_args(false)
      ->take_all();
}

gates::Colour ColourOn(Stream stream, const OutputOptions& options, const Process& process) {
  if (options.colour == "always") return gates::Colour::kAlways;
  if (options.colour != "auto") return gates::Colour::kNever;
  const auto value = [&](std::string_view name) -> std::string_view {
    const auto found = process.environment.find(name);
    return found == process.environment.end() ? "" : std::string_view(found->second);
  };
  const bool is_terminal =
      stream == Stream::kOut ? process.out_is_terminal : process.err_is_terminal;
  return is_terminal && value("NO_COLOR").empty() && value("TERM") != "dumb"
             ? gates::Colour::kAlways
             : gates::Colour::kNever;
}

void PrepareForFaults(const OutputOptions& options, Stream stream, Process& process,
                      Answer answer) {
  RequireFormat(options.format, answer);
  for (const std::string& file : options.files) RequireFormat(ParseOutput(file).format, answer);
  if (options.colour != "auto" && options.colour != "always" && options.colour != "never")
    throw UsageError("--color wants auto, always or never");
  process.report_fault = [options, stream, &process, answer](const gates::Finding& fault) {
    Deliver(RendererOfFault(fault, answer), options, stream, process);
  };
  const auto last = [&](gates::Code code, std::string_view message) {
    const auto fault = gates::MakeFinding(code, std::string(message));
    return RendererOfFault(fault, answer)(options.format, gates::Colour::kNever);
  };
  const std::string stuck = last(gates::Code::kRepositoryUnreadable, kReadDoesNotEnd);
  const std::string late = last(gates::Code::kInternal, kTakesTooLong);
  const std::string crashed = last(gates::Code::kInternal, "the program crashed");
  const auto words = [&](const std::string& text) {
    const int status = static_cast<int>(process.fault_exit);
    return stream == Stream::kOut ? Words{text, "", status} : Words{"", text, status};
  };
  const auto limit = process.environment.find("VERDICT_WATCHDOG_SECONDS");
  LastWords::Arm(words(stuck), words(late), words(crashed),
                 LastWords::LimitsFrom(limit == process.environment.end()
                                           ? std::nullopt
                                           : std::optional<std::string_view>(limit->second)));
}

void Write(std::string_view text, Stream stream, Process& process) {
  std::ostream& out = StreamOf(stream, process);
  out << text << std::flush;
  if (!out) throw std::runtime_error("cannot write the answer");
}

void Deliver(const Render& render, const OutputOptions& options, Stream stream, Process& process) {
  for (const std::string& file : options.files) WriteFile(ParseOutput(file), render);
  Write(render(options.format, ColourOn(stream, options, process)), stream, process);
}

void Deliver(const gates::Report& report, const OutputOptions& options, Stream stream,
             Process& process) {
  Deliver(RendererOf(report), options, stream, process);
}

void Deliver(const gates::Survey& survey, const OutputOptions& options, Process& process) {
  Deliver(RendererOf(survey), options, Stream::kOut, process);
}

void Deliver(const gates::FoldReport& report, const OutputOptions& options, Process& process) {
  Deliver(RendererOf(report), options, Stream::kOut, process);
}

}  // namespace hooks
