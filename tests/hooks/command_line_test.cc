#include "hooks/command_line.h"

#include <gtest/gtest.h>

#include <sstream>

namespace hooks {
namespace {

using Words = std::vector<std::string>;

/// A command line with one of each kind.
class CommandLineTest : public testing::Test {
 protected:
  CommandLineTest() {
    line_.AddOperand("gate", gate_, "GATE", "which gate", Need::kRequired);
    line_.AddOperand("files", files_, "FILE", "some files");
    line_.AddOption("--head", head_, "REV", "the commit (HEAD)");
    line_.AddOption("--item", item_, "ID", "only this item");
    line_.AddOption("--output", outputs_, "FMT=FILE", "a file to write");
    line_.AddListOption("--hooks", hooks_, "a|b,...", "which hooks");
    line_.AddFlag("--strict", strict_, "waive nothing");
    line_.AddFlag("--dry-run", dry_run_, "do nothing");
    line_.AddNotes("\nexit codes: none");
  }

  Parsed Parse(const Words& words) { return line_.Parse(words, process_); }

  std::string FaultOf(const Words& words) {
    try {
      Parse(words);
    } catch (const UsageError& fault) {
      return fault.what();
    }
    return "none";
  }

  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
  Process process_{.in = in_, .out = out_, .err = err_, .environment = {}};

  std::string gate_;
  Words files_;
  std::string head_ = "HEAD";
  std::optional<std::string> item_;
  Words outputs_;
  Words hooks_;
  bool strict_ = false;
  bool dry_run_ = false;
  CommandLine line_{"Does nothing.", "git verdict nothing"};
};

TEST_F(CommandLineTest, LeavesAloneWhatIsNotGiven) {
  EXPECT_EQ(Parse({"staging"}), Parsed::kRun);
  EXPECT_EQ(gate_, "staging");
  EXPECT_EQ(head_, "HEAD");
  EXPECT_EQ(item_, std::nullopt);
  EXPECT_TRUE(files_.empty() && outputs_.empty() && hooks_.empty());
  EXPECT_FALSE(strict_ || dry_run_);
}

TEST_F(CommandLineTest, TakesWhatIsGiven) {
  Parse({"--head", "main", "staging", "--item=A-1", "one", "--strict", "two", "--dry-run"});
  EXPECT_EQ(gate_, "staging");
  EXPECT_EQ(files_, (Words{"one", "two"}));
  EXPECT_EQ(head_, "main");
  EXPECT_EQ(item_, "A-1");
  EXPECT_TRUE(strict_ && dry_run_);
}

TEST_F(CommandLineTest, TakesOneWordEachTimeARepeatedOptionIsGiven) {
  Parse({"--output", "json=a", "staging", "--output=text=b,c", "one"});
  EXPECT_EQ(outputs_, (Words{"json=a", "text=b,c"}));
  EXPECT_EQ(files_, Words{"one"});
}

TEST_F(CommandLineTest, SplitsAListAtCommas) {
  Parse({"staging", "--hooks", "a,b", "c"});
  EXPECT_EQ(hooks_, (Words{"a", "b", "c"}));
}

TEST_F(CommandLineTest, TakesEverythingForAnOperandBehindTwoDashes) {
  Parse({"--", "staging", "--head"});
  EXPECT_EQ(files_, Words{"--head"});
}

TEST_F(CommandLineTest, RefusesWhatItDoesNotKnow) {
  EXPECT_NE(FaultOf({"staging", "--nope"}), "none");
  EXPECT_NE(FaultOf({"staging", "--no-strict"}), "none");
  EXPECT_NE(FaultOf({}), "none") << "an operand is missing";
  EXPECT_NE(FaultOf({"staging", "--head"}), "none") << "a value is missing";
  EXPECT_NE(FaultOf({"staging", "--head", "a", "--head", "b"}), "none");
}

TEST_F(CommandLineTest, RefusesAnEmptyValue) {
  EXPECT_EQ(FaultOf({"staging", "--head", ""}), "--head is empty");
  EXPECT_EQ(FaultOf({"staging", "--head="}), "--head: 1 required REV missing");
  EXPECT_EQ(FaultOf({"staging", "--item", ""}), "--item is empty");
  EXPECT_EQ(FaultOf({"staging", "--output", "json=a", "--output", ""}), "--output is empty");
  EXPECT_EQ(FaultOf({"staging", "one", ""}), "files is empty");
}

TEST_F(CommandLineTest, LetsNoFlagBeTurnedOff) {
  for (const char* word : {"--strict=false", "--strict=0", "--dry-run=no"})
    EXPECT_NE(FaultOf({"staging", word}), "none") << word;
}

TEST_F(CommandLineTest, RefusesAWordThatWouldBeTakenForAList) {
  for (const std::string word : {"[]", "[a]", "[a,b]"})
    for (const Words& words :
         {Words{"staging", word}, {"staging", "one", "--", word}, {"staging", "--hooks", word}})
      EXPECT_EQ(FaultOf(words), "'" + word + "' would be taken for a list: write ./" + word);
  Parse({"staging", "./[a,b]", "[", "[a]b"});
  EXPECT_EQ(files_, (Words{"./[a,b]", "[", "[a]b"}));
  CommandLine without_lists("Does nothing.", "git verdict nothing");
  without_lists.AddOperand("gate", gate_, "GATE", "which gate");
  without_lists.Parse(Words{"[a]"}, process_);
  EXPECT_EQ(gate_, "[a]");
}

TEST_F(CommandLineTest, ShowsHelpOnlyWhereNothingElseIsSaid) {
  for (const Words& words :
       {Words{"staging", "--help"}, {"-h", "staging"}, {"--head", "-h"}, {"-h", "-h"}})
    EXPECT_EQ(FaultOf(words), "--help stands beside other words, so nothing was done") << words[0];
  EXPECT_EQ(out_.str(), "");
  Parse({"staging", "--", "-h"});
  EXPECT_EQ(files_, Words{"-h"});
}

TEST_F(CommandLineTest, ShowsHelp) {
  EXPECT_EQ(Parse({"--help"}), Parsed::kHelpShown);
  for (const char* part : {"Does nothing.", "git verdict nothing", "--output FMT=FILE ...",
                           "which gate", "-h,--help", "exit codes: none"})
    EXPECT_NE(out_.str().find(part), std::string::npos) << part << "\n" << out_.str();
}

TEST_F(CommandLineTest, TellsOfItselfInsteadOfParsing) {
  std::string told;
  process_.describe = [&](const CommandLine& line) {
    for (const auto& arguments : {line.operands(), line.options()})
      for (const Argument& argument : arguments)
        told += argument.names.back() + (argument.value.empty() ? "" : " " + argument.value) +
                (argument.is_required ? "!" : "") + (argument.repeats ? "*" : "") + "\n";
  };
  EXPECT_EQ(Parse({"--nope"}), Parsed::kHelpShown);
  EXPECT_EQ(told,
            "gate GATE!\nfiles FILE*\n--head REV\n--item ID\n--output FMT=FILE*\n"
            "--hooks a|b,...*\n--strict\n--dry-run\n--help\n");
}

}  // namespace
}  // namespace hooks
