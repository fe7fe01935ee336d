#pragma once

#include <optional>
#include <string>
#include <vector>

#include "install/hook_text.h"

namespace install {

/// What stands at a hook's place now.
enum class There { kNothing, kOurs, kOursChanged, kForeign };

/// Who runs what stands at a hook's place.
enum class Runner {
  kGit,     // git runs this one file: what was there is kept beside it and still runs
  kFolder,  // another program runs every file of a folder: ours is one more
  kTaken,   // another program needs the place for itself
};

/// Facts about one hook, gathered before anything is changed.
struct HookFacts {
  std::string hook;     // "pre-push"
  std::string path;     // where it stands, or would
  std::string program;  // absolute path of git-verdict
  Runner runner = Runner::kTaken;
  std::string owner;  // kTaken: whose place it is, and what to do instead
  There there = There::kNothing;
  std::string text;                      // what stands there
  std::optional<HookText> ours;          // the same, where it is ours
  bool runs = false;                     // git passes over a hook that is not executable
  std::optional<std::string> kept;       // the text of a hook that an earlier install put aside
  int missing_folders = 0;               // that have to be made to hold it
  std::optional<std::string> in_config;  // the command that git's config has for it (git 2.54)
};

/// A file for the work tree, to be committed.
struct FileFacts {
  std::string path;
  std::string text;                  // what it is to hold
  std::optional<std::string> there;  // what it holds
};

/// A core.hooksPath that is not this repository's to write to.
struct ForeignHooksPath {
  std::string scope;  // as git calls it
  std::string origin;
  std::string value;
  std::vector<std::string> remedies;
};

/// Whether hooks become files or entries of git's config.
enum class Form { kFiles, kConfig };

/// All that a plan is made from.
struct Facts {
  std::vector<HookFacts> hooks;
  std::vector<FileFacts> files;
  std::optional<ForeignHooksPath> foreign_path;
  Form form = Form::kFiles;
  int git_version = 0;            // as GitVersion() gives it
  std::vector<std::string> next;  // what is left to do by hand afterwards
};

/// One change.
struct Step {
  enum class Kind {
    kKeep,       // `from` is `path` as well, and stays what it is
    kRestore,    // `from` becomes `path`
    kWriteHook,  // executable, in place of whatever is at `path`
    kWriteFile,  // where nothing is
    kRemove,
    kRemoveFolder,  // where it is empty
    kConfig,        // `text` becomes the value of `path` in the repository's config
    kForgetConfig,  // the section `path` of that config goes
  };

  Kind kind = Kind::kWriteFile;
  std::string path;
  std::string from;
  std::string text;
};

/// What to do and what to tell. A plan with refusals has no steps.
struct Plan {
  std::vector<Step> steps;
  std::vector<std::string> messages;
  std::vector<std::string> next;
  std::vector<std::string> refusals;
};

enum class Aim { kInstall, kUninstall };

/// Pure: what installing or uninstalling would do.
Plan MakePlan(Aim aim, const Facts& facts);

/// A step in words, as `--dry-run` shows it.
std::string Describe(const Step& step);

/// The section of a hook in git's config.
std::string ConfigSection(const std::string& hook);

}  // namespace install
