#pragma once

#include <string>
#include <vector>

// What a Markdown page has its reader type, and what it says will be answered.

namespace docs {

using Lines = std::vector<std::string>;

/// A fenced block of a page, without its fences.
struct Block {
  int line = 0;          // of its opening fence, from 1
  std::string language;  // the word behind the fence
  std::string excuse;    // why the page says that it is not run, if it says so
  Lines lines;
  bool is_closed = false;
};

/// What is typed at one go.
struct Step {
  int line = 0;  // on the page, from 1
  std::string text;
  bool is_script = false;  // a whole block: each of its lines has to succeed, output is free
  Lines answer;            // what the page shows below a command
};

/// A page taken apart. Each of its blocks is run, shown or excused, or is a fault.
struct Page {
  std::vector<Step> steps;
  int run = 0;      // `sh` (a script) and `console` (commands behind `$ `, and their answers)
  int shown = 0;    // files and reports: `text`, `yaml`, `json`, `markdown`
  int excused = 0;  // what stands right below `<!-- not run: why -->`
  Lines faults;
};

/// The fenced blocks, those in lists and quotes too.
std::vector<Block> BlocksOf(const std::string& markdown);

/// Takes a page apart.
Page ReadPage(const std::string& markdown);

/// Whether an answer is one of a command that fails, in the words of git or of the gate.
bool ShowsFailure(const Lines& answer);

/// Whether `output` is what the page shows: any object id does for an object id, a line `...`
/// for any lines, and blanks at the end of a line do not count.
bool IsAnswer(const Lines& answer, const std::string& output);

/// The lines of a text, without blanks at their ends.
Lines LinesOf(const std::string& text);

}  // namespace docs
