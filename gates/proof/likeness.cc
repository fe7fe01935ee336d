#include "gates/proof/likeness.h"

#include <algorithm>
#include <functional>

namespace gates {
namespace {

constexpr std::uint64_t kGiant = 8 * 1024 * 1024;
constexpr size_t kPiece = 64;  // git cuts longer lines so

using SizesByHash = std::vector<std::pair<size_t, size_t>>;

SizesByHash Cut(std::string_view text) {
  SizesByHash pieces;
  while (!text.empty()) {
    const std::string_view start = text.substr(0, kPiece);
    const size_t end = std::min(start.find('\n'), start.size() - 1) + 1;
    pieces.emplace_back(std::hash<std::string_view>()(text.substr(0, end)), end);
    text.remove_prefix(end);
  }
  std::ranges::sort(pieces);
  return pieces;
}

std::uint64_t SharedBytes(const SizesByHash& a, const SizesByHash& b) {
  std::uint64_t shared = 0;
  for (auto in_a = a.begin(), in_b = b.begin(); in_a != a.end() && in_b != b.end();) {
    if (*in_a == *in_b) {
      shared += in_a->second;
      ++in_a, ++in_b;
    } else {
      ++(*in_a < *in_b ? in_a : in_b);
    }
  }
  return shared;
}

}  // namespace

Likeness::Pieces& Likeness::PiecesOf(const ObjectId& id) {
  const auto [known, is_new] = known_.try_emplace(id);
  if (is_new) known->second.size = objects_.BlobSize(id);
  return known->second;
}

const Likeness::Pieces& Likeness::ReadPieces(const ObjectId& id) {
  Pieces& pieces = PiecesOf(id);
  if (!pieces.is_read) pieces.sizes_by_hash = Cut(objects_.ReadBlob(id));
  pieces.is_read = true;
  return pieces;
}

bool Likeness::AreHalfAlike(const ObjectId& a, const ObjectId& b) {
  const auto [less, more] = std::minmax({PiecesOf(a).size, PiecesOf(b).size});
  if (less == 0) return false;
  if (a == b) return true;
  if (2 * less < more) return false;
  if (more > kGiant) return true;
  return 2 * SharedBytes(ReadPieces(a).sizes_by_hash, ReadPieces(b).sizes_by_hash) >= more;
}

}  // namespace gates
