#include "hooks/output.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <ostream>

#include "gates/report/json.h"
#include "gates/report/review.h"
#include "gates/report/text.h"
#include "gates/report/verification_summary.h"
#include "hooks/command_line.h"
#include "hooks/folding.h"
#include "hooks/hook_input.h"
#include "hooks/last_words.h"

namespace hooks {
namespace {

std::ostream& StreamOf(Stream stream, Process& process) {
  return stream == Stream::kOut ? process.out : process.err;
}

using Names = std::vector<std::string_view>;

template <class Formats>
Names NamesOf(const Formats& formats) {
  Names names;
  for (const auto& format : formats) names.push_back(format.name);
  return names;
}

Names FormatsOf(Answer answer) {
  if (answer == Answer::kReport) return NamesOf(gates::AllFormats());
  if (answer == Answer::kFold) return NamesOf(gates::AllFoldFormats());
  if (answer == Answer::kReview) return NamesOf(gates::AllReviewFormats());
  // A list of logs is no answer to whether something may land.
  if (answer == Answer::kShow) return {"text", "json", gates::kInToto};
  return {"text", "json"};
}

void RequireFormat(std::string_view name, Answer answer) {
  const Names names = FormatsOf(answer);
  if (std::ranges::find(names, name) != names.end()) return;
  throw UsageError(fmt::format("unknown format '{}' (there are {})", name, fmt::join(names, ", ")));
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

void WriteFile(const OutputFile& output, const Render& render, std::ios::openmode mode) {
  std::ofstream file(output.path, std::ios::binary | mode);
  file << render(output.format, gates::Colour::kNever) << std::flush;
  if (!file) throw std::runtime_error("cannot write the report to " + output.path);
}

bool IsWritten(std::string_view format, const OutputOptions& options) {
  return format == options.format || std::ranges::any_of(options.files, [&](const auto& file) {
           return ParseOutput(file).format == format;
         });
}

// What GitHub shows on the page of a run; other steps write there as well.
void WriteSummary(const Render& render, const OutputOptions& options, const Process& process) {
  const std::string path = Variable(process, "GITHUB_STEP_SUMMARY");
  if (!path.empty() && IsWritten("github", options))
    WriteFile({"markdown", path}, render, std::ios::app);
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

Render RendererOf(gates::Standings standings) {
  return [standings = std::move(standings)](const std::string& format, gates::Colour colour) {
    return format == "json" ? gates::RenderStandingsJson(standings)
                            : gates::RenderStandingsText(standings, colour);
  };
}

Render RendererOf(gates::Examination examination) {
  return [examination = std::move(examination)](const std::string& format, gates::Colour colour) {
    return format == "json" ? gates::RenderExaminationJson(examination)
                            : gates::RenderExaminationText(examination, colour);
  };
}

Render RendererOf(gates::FoldReport report) {
  return [report = std::move(report)](const std::string& format, gates::Colour colour) {
    return gates::FindFoldFormat(format)->render(report, colour);
  };
}

Render RendererOfReview(gates::Report report) {
  return [report = std::move(report)](const std::string& format, gates::Colour colour) {
    return std::ranges::find(gates::AllReviewFormats(), format, &gates::Format::name)
        ->render(report, colour);
  };
}

// A fault reads alike in every text; in JSON it stands in the schema of the answer, and a
// statement cannot be made about it.
Render RendererOfFault(const gates::Finding& fault, Answer answer) {
  if (answer == Answer::kReview) return RendererOfReview({.updates = {}, .findings = {fault}});
  if (answer == Answer::kFold || answer == Answer::kRun)
    return RendererOf(gates::FoldReport{.folded = gates::FoldedFault(ReasonFrom(fault))});
  const Render as_report = RendererOf(gates::Report{.updates = {}, .findings = {fault}});
  Render as_json = as_report;
  if (answer == Answer::kSurvey || answer == Answer::kShow)
    as_json = RendererOf(gates::Survey{.commit = std::nullopt, .logs = {}, .findings = {fault}});
  if (answer == Answer::kStandings) as_json = RendererOf(gates::Standings{.findings = {fault}});
  if (answer == Answer::kExamination)
    as_json = RendererOf(gates::Examination{.checks = {}, .findings = {fault}});
  return [=](const std::string& format, gates::Colour colour) {
    if (format == gates::kInToto) return std::string();
    return (format == "json" ? as_json : as_report)(format, colour);
  };
}

/// What is said of a fault, and on which stream; it outlives the words about it.
struct FaultText {
  std::string text;
  Stream stream;

  Words words(ExitCode exit) const {
    const int status = static_cast<int>(exit);
    return stream == Stream::kOut ? Words{text, "", status} : Words{"", text, status};
  }
};

FaultText TextOfFault(const gates::Finding& fault, Answer answer, const OutputOptions& options,
                      Stream stream) {
  const Render render = RendererOfFault(fault, answer);
  std::string text = render(options.format, gates::Colour::kNever);
  if (!text.empty()) return {std::move(text), stream};
  return {render("text", gates::Colour::kNever), Stream::kErr};
}

}  // namespace

void AddOutputOptions(CommandLine& line, OutputOptions& options, Answer answer) {
  line.AddOption("--format", options.format, fmt::format("{}", fmt::join(FormatsOf(answer), "|")),
                 fmt::format("how to write the answer ({})", options.format));
  line.AddOption("--color", options.colour, "auto|always|never", "whether text is coloured (auto)");
  line.AddOption("--output", options.files, "FMT=FILE", "write a report to a file as well");
}

bool AsksFor(std::string_view format, const OutputOptions& options) {
  return options.format == format ||
         std::ranges::any_of(options.files, [&](const std::string& file) {
           return ParseOutput(file).format == format;
         });
}

gates::Colour ColourOn(Stream stream, const OutputOptions& options, const Process& process) {
  if (options.colour == "always") return gates::Colour::kAlways;
  if (options.colour != "auto") return gates::Colour::kNever;
  const bool is_terminal =
      stream == Stream::kOut ? process.out_is_terminal : process.err_is_terminal;
  return is_terminal && Variable(process, "NO_COLOR").empty() && Variable(process, "TERM") != "dumb"
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
    const FaultText told = TextOfFault(fault, answer, options, stream);
    if (told.stream != stream) Write(told.text, told.stream, process);
  };
  const auto last = [&](gates::Code code, std::string_view message) {
    return TextOfFault(gates::MakeFinding(code, std::string(message)), answer, options, stream);
  };
  const FaultText stuck = last(gates::Code::kRepositoryUnreadable, kReadDoesNotEnd);
  const FaultText late = last(gates::Code::kInternal, kTakesTooLong);
  const FaultText crashed = last(gates::Code::kInternal, "the program crashed");
  const auto limit = process.environment.find("VERDICT_WATCHDOG_SECONDS");
  LastWords::Arm(stuck.words(process.fault_exit), late.words(process.fault_exit),
                 crashed.words(process.fault_exit),
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
  for (const std::string& file : options.files)
    WriteFile(ParseOutput(file), render, std::ios::trunc);
  WriteSummary(render, options, process);
  Write(render(options.format, ColourOn(stream, options, process)), stream, process);
}

void Deliver(const gates::Report& report, const OutputOptions& options, Stream stream,
             Process& process) {
  Deliver(RendererOf(report), options, stream, process);
}

void Deliver(const gates::Survey& survey, const OutputOptions& options, Process& process) {
  Deliver(RendererOf(survey), options, Stream::kOut, process);
}

void DeliverReview(const gates::Report& report, const OutputOptions& options, Process& process) {
  Deliver(RendererOfReview(report), options, Stream::kOut, process);
}

void Deliver(const gates::Standings& standings, const OutputOptions& options, Process& process) {
  Deliver(RendererOf(standings), options, Stream::kOut, process);
}

void Deliver(const gates::Examination& examination, const OutputOptions& options,
             Process& process) {
  Deliver(RendererOf(examination), options, Stream::kOut, process);
}

void Deliver(const gates::FoldReport& report, const OutputOptions& options, Process& process) {
  Deliver(RendererOf(report), options, Stream::kOut, process);
}

}  // namespace hooks
