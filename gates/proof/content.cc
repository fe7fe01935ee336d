#include "gates/proof/content.h"

#include <algorithm>

namespace gates {
namespace {

constexpr std::uint64_t kSignatureBytes = 64 * 1024;

// The armor of `ssh-keygen -Y sign`: nothing but base64 between its two lines,
// so that no script or program can pass for a signature.
bool IsArmoredSignature(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN SSH SIGNATURE-----\n";
  constexpr std::string_view kEnd = "\n-----END SSH SIGNATURE-----";
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.size() < kBegin.size() + kEnd.size() || !text.starts_with(kBegin) ||
      !text.ends_with(kEnd))
    return false;
  text.remove_prefix(kBegin.size());
  text.remove_suffix(kEnd.size());
  return text.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\n") ==
         std::string_view::npos;
}

}  // namespace

bool IsEvidence(const std::string& path, const Side& side, const Rules& rules,
                const Objects& objects) {
  const Placement placement = rules.Place(path);
  if (!placement.gate || side.entry->mode != Mode::kRegular) return false;
  if (!placement.is_signature) return true;
  const TreeEntry* log = side.folder->Find(placement.gate->file);
  return log && log->mode == Mode::kRegular && ReadSignature(side.entry->id, objects);
}

bool IsEvidenceOnAllSides(const Difference& difference, const Rules& rules,
                          const Objects& objects) {
  const auto is_evidence = [&](const Side& side) {
    return !side.entry || IsEvidence(difference.path, side, rules, objects);
  };
  return is_evidence(difference.tip) && std::ranges::all_of(difference.others, is_evidence);
}

std::optional<std::string> ReadSignature(const ObjectId& blob, const Objects& objects) {
  if (objects.BlobSize(blob) > kSignatureBytes) return std::nullopt;
  std::string text = objects.ReadBlob(blob);
  return IsArmoredSignature(text) ? std::optional(std::move(text)) : std::nullopt;
}

bool Content::Counts(const std::string& path, const Side& side) const {
  return side.entry && !rules_.IsExempt(path, *side.entry) &&
         !IsEvidence(path, side, rules_, reader_.objects());
}

// A signature whose log comes or goes turns from content into evidence or
// back, while its own entry stays as it is and no walk visits it.
bool Content::TurnsSignature(const Difference& difference) const {
  const Placement placement = rules_.Place(difference.path);
  if (!placement.gate || placement.is_signature) return false;
  const auto counts = [&](const Side& side) {
    const TreeEntry* signature =
        side.folder ? side.folder->Find(placement.gate->file + ".sig") : nullptr;
    return Counts(difference.path + ".sig", {signature, side.folder});
  };
  return counts(difference.tip) != counts(difference.others[0]);
}

std::vector<std::string> Content::PathsUnlike(const Content& other, size_t limit) const {
  std::vector<std::string> unlike;
  const auto visit = [&](const Difference& difference) {
    if (Counts(difference.path, difference.tip) || Counts(difference.path, difference.others[0]))
      unlike.push_back(difference.path);
    else if (TurnsSignature(difference))
      unlike.push_back(difference.path + ".sig");
    return unlike.size() < limit ? Walk::kOn : Walk::kStop;
  };
  WalkDifferences(reader_, root_, std::span(&other.root_, 1), {.visit = visit});
  return unlike;
}

bool Content::operator==(const Content& other) const { return PathsUnlike(other, 1).empty(); }

}  // namespace gates
