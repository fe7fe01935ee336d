// The program beside the gate that talks to services. `git verdict stage` starts it:
// it reads a suite from standard input, runs it and writes the results to standard
// output. Whatever goes wrong ends it without results, which the gate takes for a failure.

#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <charconv>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "hooks/stage/http.h"
#include "hooks/stage/runner.h"

namespace {

using Options = std::map<std::string, std::string>;

[[noreturn]] void GiveUp(const std::string& why) {
  std::cerr << "git-verdict-services: " << why << std::endl;
  std::exit(2);
}

/// `stage`, then pairs of a name and a value.
Options ReadOptions(int argc, char** argv) {
  Options options{
      {"--mode", ""}, {"--base-url", ""}, {"--timeout", ""}, {"--exec-in", ""}, {"--engine", ""}};
  if (argc < 2 || std::string(argv[1]) != "stage" || argc % 2 != 0)
    GiveUp("`git verdict stage` starts this program");
  for (int i = 2; i < argc; i += 2) {
    const auto option = options.find(argv[i]);
    if (option == options.end()) GiveUp("there is no option " + std::string(argv[i]));
    option->second = argv[i + 1];
  }
  return options;
}

std::chrono::milliseconds ReadLimit(const std::string& text) {
  long number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number <= 0)
    GiveUp("--timeout wants milliseconds");
  return std::chrono::milliseconds(number);
}

// The signals that end a run come through a descriptor, which everything that
// waits looks at as well; so nothing that was started is left behind.
int CatchSignals() {
  signal(SIGPIPE, SIG_IGN);
  sigset_t ending;
  sigemptyset(&ending);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending, number);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int stop = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
  if (stop < 0) GiveUp("cannot wait for signals");
  return stop;
}

stage::RunSettings ReadSettings(const Options& options) {
  stage::RunSettings settings;
  const auto mode = gates::StagingModeCalled(options.at("--mode"));
  if (!mode) GiveUp("--mode wants stub or full");
  settings.mode = *mode;
  settings.base_url = options.at("--base-url");
  if (!gates::IsBaseUrl(settings.base_url)) GiveUp("--base-url wants a URL of http or https");
  settings.limit = ReadLimit(options.at("--timeout"));
  settings.in_container = !options.at("--exec-in").empty();
  if (!settings.in_container) return settings;
  settings.container =
      stage::FindEngine(options.at("--engine")).map([&](const std::string& engine) {
        return stage::Container{engine, options.at("--exec-in")};
      });
  return settings;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = ReadOptions(argc, argv);
  stage::RunSettings settings = ReadSettings(options);
  settings.stop = CatchSignals();
  if (!stage::PrepareHttp()) GiveUp("libcurl cannot start");
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  const auto suite = gates::ReadSuite(text);
  if (!suite) GiveUp("the suite cannot be read: " + suite.error().message);
  stage::LiveLines lines(isatty(STDERR_FILENO) == 1 ? stage::LiveLines::Where::kTerminal
                                                    : stage::LiveLines::Where::kPlain);
  auto checks = stage::RunSuite(*suite, settings, lines);
  signalfd_siginfo ended{};
  if (read(settings.stop, &ended, sizeof ended) > 0) GiveUp("the run was stopped");
  std::cout << gates::WriteResults({options.at("--mode"), settings.base_url, std::move(checks)})
            << std::flush;
  return std::cout ? 0 : 2;
}
