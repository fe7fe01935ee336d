// The property that everything else is for: once a landing is validated, no
// byte, mode or name outside the evidence can change without the gate saying no.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>
#include <sstream>

#include "tests/e2e/report.h"
#include "tests/e2e/story.h"

namespace e2e {
namespace {

/// One file that is no evidence, where the evidence is easily mistaken.
struct File {
  std::string path, mode, bytes;
};

const std::vector<File>& Files() {
  static const std::vector<File> files{
      {"app.txt", "100644", "two\n"},
      {"README.md", "100644", "# A product\n\nIt says two.\n"},
      {"one", "100644", "1"},
      {"bin/run", "100755", "#!/bin/sh\nexec app\n"},
      {"lib/binary.bin", "100644", std::string("\0\1\2\xff\xfe\0PK\3\4", 11)},
      {"lib/link", "120000", "../app.txt"},
      {"src/a/b/c/d/e/deep.c", "100644", "int main(void) { return 0; }\n"},
      {"src/\xc3\xbcml\xc3\xa4ut.txt", "100644", "\xc3\xa4\n"},
      {".gitattributes", "100644", "*.bin binary\n"},
      {".github/workflows/ci.yml", "100644", "on: push\n"},
      {"15-staging-log.md", "100644", "---\nstaging_status: SUCCESS\n---\n"},
      {"docs/15-staging-log.md", "100644", "---\nstaging_status: SUCCESS\n---\n"},
      {"docs/work-items/15-staging-log.md", "100644", "---\nstaging_status: SUCCESS\n---\n"},
      {"docs/work-items/README.md", "100644", "# Work items\n"},
      {"docs/work-items/WI-1/plan.md", "100644", "# Plan\n"},
      {"docs/work-items/WI-1/verify.sh", "100755", "#!/bin/sh\n"},
      {"docs/work-items/WI-1/15-staging-log.md.bak", "100644", "staging_status: FAILED\n"},
      {"docs/work-items/WI-1/logs/15-staging-log.md", "100644", "---\n---\n"},
      {"docs/work-items/not-an-item/15-staging-log.md", "100644", "---\n---\n"},
  };
  return files;
}

/// A path as fast-import reads it whatever its bytes are.
std::string Quoted(const std::string& path) {
  std::string quoted = "\"";
  for (const char c : path) {
    char escape[5];
    std::snprintf(escape, sizeof escape, "\\%03o",
                  static_cast<unsigned>(static_cast<unsigned char>(c)));
    quoted += escape;
  }
  return quoted + "\"";
}

std::string Blob(const std::string& bytes) {
  return "data " + std::to_string(bytes.size()) + "\n" + bytes + "\n";
}

std::string Put(const File& file) {
  return "M " + file.mode + " inline " + Quoted(file.path) + "\n" + Blob(file.bytes);
}

/// A change to a tree, and what to say of it when it slipped through.
struct Edit {
  std::string commands, description;
};

using Random = std::mt19937_64;

size_t Below(size_t limit, Random& random) { return random() % limit; }

void FlipABit(std::string& bytes, size_t at, Random& random) {
  bytes[at] = static_cast<char>(bytes[at] ^ (1 << Below(8, random)));
}

Edit FlipAByte(File file, Random& random) {
  const size_t at = Below(file.bytes.size(), random);
  FlipABit(file.bytes, at, random);
  return {Put(file), "byte " + std::to_string(at) + " of " + file.path};
}

Edit FlipTheMode(File file, Random& random) {
  std::vector<std::string> modes{"100644", "100755", "120000"};
  std::erase(modes, file.mode);
  file.mode = modes[Below(modes.size(), random)];
  return {Put(file), "mode " + file.mode + " of " + file.path};
}

Edit FlipTheName(const File& file, Random& random) {
  while (true) {
    File renamed = file;
    FlipABit(renamed.path, Below(file.path.size(), random), random);
    std::istringstream parts(renamed.path);
    std::string part;
    bool is_a_path = renamed.path.find('\0') == std::string::npos &&
                     std::ranges::count(renamed.path, '/') == std::ranges::count(file.path, '/');
    while (std::getline(parts, part, '/'))
      is_a_path = is_a_path && !part.empty() && part != "." && part != "..";
    if (!is_a_path || renamed.path.ends_with('/')) continue;
    return {"D " + Quoted(file.path) + "\n" + Put(renamed), "name " + Quoted(renamed.path)};
  }
}

Edit AnyFlip(Random& random) {
  const File& file = Files()[Below(Files().size(), random)];
  switch (Below(10, random)) {
    case 0: return FlipTheMode(file, random);
    case 1: return FlipTheName(file, random);
    default: return FlipAByte(file, random);
  }
}

/// The ways in which a tree comes to be the tip of main.
enum class Shape { kOnTop, kAmended, kSquashed, kMerged, kBeforeTheLog };

class ByteFlip : public HookStory {
 protected:
  ByteFlip() {
    const char* given = std::getenv("VERDICT_TEST_SEED");
    seed_ = given ? std::strtoull(given, nullptr, 10) : 20240607;
    random_.seed(seed_);
    base_ = clone_.Id("origin/main");
    std::string files;
    for (const File& file : Files()) files += Put(file);
    Import(Commit("validated", base_, "", files));
    validated_ = clone_.Id("refs/built/validated");
    log_ = StagingLog(validated_);
    Import(Commit("landing", validated_, "", Put({kLog, "100644", log_})));
    landing_ = clone_.Id("refs/built/landing");
    tree_ = clone_.Id("refs/built/landing^{tree}");
  }

  static std::string Commit(const std::string& name, const ObjectId& parent,
                            const std::string& other_parent, const std::string& edits) {
    return "commit refs/built/" + name +
           "\ncommitter Ada <ada@example.invalid> 1700009000 +0000\n" +
           Blob("Say two\n\nRefs: WI-1\n") + "from " + parent.hex() + "\n" +
           (other_parent.empty() ? "" : "merge " + other_parent + "\n") + edits + "\n";
  }

  void Import(const std::string& commands) const {
    clone_.Git({"fast-import", "--quiet", "--force"}, commands);
  }

  /// A commit whose tree is the validated landing but for `edit`.
  std::string Commit(const std::string& name, Shape shape, const std::string& edit) const {
    const std::string edits = "M 040000 " + tree_.hex() + " \"\"\n" + edit;
    switch (shape) {
      case Shape::kOnTop: return Commit(name, landing_, "", edits);
      case Shape::kAmended: return Commit(name, validated_, "", edits);
      case Shape::kSquashed: return Commit(name, base_, "", edits);
      case Shape::kMerged: return Commit(name, base_, landing_.hex(), edits);
      case Shape::kBeforeTheLog: break;
    }
    const std::string before = Commit(name, validated_, "", edits + "D " + Quoted(kLog) + "\n");
    return before + "commit refs/built/" + name +
           "\ncommitter Ada <ada@example.invalid> 1700009060 +0000\n" + Blob("WI-1: log\n") +
           Put({kLog, "100644", log_}) + "\n";
  }

  /// Builds a commit per edit and has the hook judge them all in one call, each
  /// for a release branch that stands at the base; gives the decisions.
  std::vector<std::string> Judge(const std::vector<Edit>& edits) const {
    std::string commands;
    for (size_t i = 0; i < edits.size(); ++i)
      commands += Commit("edit/" + std::to_string(i), ShapeOf(i), edits[i].commands);
    Import(commands);
    std::map<std::string, std::string> ids;
    std::istringstream refs(clone_.Git(
        {"for-each-ref", "--format=%(refname:lstrip=3) %(objectname)", "refs/built/edit/"}));
    for (std::string name, id; refs >> name >> id;) ids[name] = id;
    std::string lines;
    for (size_t i = 0; i < edits.size(); ++i) {
      const std::string number = std::to_string(i);
      lines += "HEAD " + ids[number] + " refs/heads/release/" + number + " " + base_.hex() + "\n";
    }
    const std::string file = sandbox_.Path("report.json");
    const Ran ran = Verdict(
        clone_.path(), {"hook", "pre-push", "--output", "json=" + file, "origin", "url"}, lines);
    EXPECT_LE(ran.status, 2) << ran.err.substr(0, 2000);
    const Json report = ReportOf(test::ReadFile(file));
    std::vector<std::string> decisions;
    for (const Json& update : report["updates"]) decisions.push_back(update["decision"]);
    EXPECT_EQ(decisions.size(), edits.size());
    return decisions;
  }

  Shape ShapeOf(size_t i) const { return shapes_[i % shapes_.size()]; }

  std::string Told(const Edit& edit, size_t i) const {
    return edit.description + ", shape " + std::to_string(static_cast<int>(ShapeOf(i))) +
           ", VERDICT_TEST_SEED=" + std::to_string(seed_);
  }

  std::vector<Shape> shapes_{Shape::kOnTop, Shape::kAmended, Shape::kSquashed, Shape::kMerged,
                             Shape::kBeforeTheLog};
  unsigned long long seed_;
  Random random_;
  ObjectId base_, validated_, landing_, tree_;
  std::string log_;
};

TEST_F(ByteFlip, TheUntouchedLandingIsAllowedInEveryShape) {
  const std::vector<Edit> edits(shapes_.size(), Edit{"", "nothing"});
  const std::vector<std::string> decisions = Judge(edits);
  for (size_t i = 0; i < decisions.size(); ++i)
    EXPECT_EQ(decisions[i], "ALLOW") << Told(edits[i], i);
}

TEST_F(ByteFlip, OutsideTheEvidenceAlwaysBlocks) {
  std::vector<Edit> edits;
  for (int i = 0; i < Scaled(10'000); ++i) edits.push_back(AnyFlip(random_));
  const std::vector<std::string> decisions = Judge(edits);
  for (size_t i = 0; i < decisions.size(); ++i)
    EXPECT_EQ(decisions[i], "BLOCK") << Told(edits[i], i);
}

TEST_F(ByteFlip, InWhatTheVerdictSaysNeverAllows) {
  // On top of a proven landing an edited log is evidence of its own, and harmless.
  shapes_ = {Shape::kAmended, Shape::kSquashed, Shape::kMerged};
  std::vector<Edit> edits;
  for (const std::string key : {"staging_status: ", "validated_sha: "}) {
    const size_t begin = log_.find(key), end = log_.find('\n', begin);
    for (size_t at = begin; at <= end; ++at)
      for (int bit = 0; bit < 8; ++bit) {
        std::string log = log_;
        log[at] = static_cast<char>(log[at] ^ (1 << bit));
        edits.push_back({Put({kLog, "100644", log}), "bit " + std::to_string(bit) + " of byte " +
                                                         std::to_string(at) + " of the log"});
      }
  }
  const std::vector<std::string> decisions = Judge(edits);
  for (size_t i = 0; i < decisions.size(); ++i)
    EXPECT_NE(decisions[i], "ALLOW") << Told(edits[i], i);
}

TEST_F(ByteFlip, InTheEvidenceAloneNeverBlocks) {
  const std::string failed = "---\nstaging_status: FAILED\n---\n";
  const std::string signature =
      "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n";
  const std::vector<std::function<std::string(const std::string&)>> honest{
      [&](const std::string& text) {
        return Put({kLog, "100644", log_ + text});
      },
      [&](const std::string& text) {
        return Put({"docs/work-items/WI-2/15-staging-log.md", "100644", failed + text});
      },
      [&](const std::string& text) {
        return Put(
            {kItem + "14-deploy-log.md", "100644", "---\ndeploy_status: FAILED\n---\n" + text});
      },
      [&](const std::string&) {
        return Put({kLog + ".sig", "100644", signature});
      },
  };
  std::vector<Edit> edits;
  for (int i = 0; i < Scaled(500); ++i) {
    std::string text(1 + Below(200, random_), ' ');
    for (char& c : text) c = static_cast<char>(random_());
    edits.push_back(
        {honest[Below(honest.size(), random_)](text), "honest edit " + std::to_string(i)});
  }
  const std::vector<std::string> decisions = Judge(edits);
  for (size_t i = 0; i < decisions.size(); ++i)
    EXPECT_EQ(decisions[i], "ALLOW") << Told(edits[i], i);
}

TEST_F(ByteFlip, IsRefusedByARealPush) {
  for (int i = 0; i < Scaled(40); ++i) {
    const Edit edit = AnyFlip(random_);
    const auto at = static_cast<size_t>(i);
    Import(Commit("pushed", ShapeOf(at), edit.commands));
    EXPECT_TRUE(Push({"refs/built/pushed:refs/heads/main"}).starts_with("BLOCK refs/heads/main "))
        << Told(edit, at) << "\n"
        << said_;
  }
  Import(Commit("pushed", Shape::kMerged, ""));
  EXPECT_EQ(Push({"refs/built/pushed:refs/heads/main"}), "ALLOW refs/heads/main exact");
}

// Modes that git itself never writes: fast-import would mend them.
TEST_F(ByteFlip, OfOddModeBitsBlocks) {
  const ObjectId folder = clone_.Id("refs/built/landing:bin"),
                 run = clone_.Id("refs/built/landing:bin/run");
  const std::string root = clone_.Git({"cat-file", "tree", tree_.hex()}) + "\n";
  const std::string whole = root.substr(0, root.size() - 1);
  const std::string good = test::RawEntry("40000", "bin", folder);
  const size_t at = whole.find(good);
  ASSERT_NE(at, std::string::npos);
  for (const char* mode : {"100664", "100600", "100777", "100745", "104755", "140000", "60000"}) {
    const ObjectId odd = clone_.WriteObject("tree", test::RawEntry(mode, "run", run));
    std::string tree = whole;
    tree.replace(at, good.size(), test::RawEntry("40000", "bin", odd));
    const ObjectId bad =
        clone_.WriteCommit(clone_.WriteObject("tree", tree), {landing_}, 1'700'009'100);
    const Ran ran = Verdict(clone_.path(), {"check", "--head", bad.hex()});
    EXPECT_EQ(ran.status, 1) << mode << "\n" << ran.out;
  }
}

}  // namespace
}  // namespace e2e
