// Hashes rule and line. The line is taken with its secrets hidden: a hash of one could be guessed.
#include "report/fingerprint.h"

#include <algorithm>
#include <string_view>

namespace plimsoll::report {
namespace {

constexpr std::uint32_t kMostBytes =
    4096;  // of a line: many findings may stand in one of megabytes

// FNV-1a, 64 bits. Not std::hash, whose values may differ from build to build.
std::uint64_t hash(std::uint64_t state, std::string_view bytes) {
  for (const char c : bytes) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return state;
}

std::string line_text(const engine::Verdict& verdict, const text::Place& where) {
  const text::Source& source = verdict.source(where.source);
  const std::uint32_t line = source.position(where.span.begin).line;
  const std::uint32_t begin = source.line_start(line);
  const auto size =
      static_cast<std::uint32_t>(std::min<std::size_t>(source.line(line).size(), kMostBytes));
  return verdict.shown(where.source, {begin, begin + size});
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

}  // namespace

std::string Fingerprints::next(const engine::Verdict& verdict, const engine::Judged& judged) {
  constexpr std::string_view kHex = "0123456789abcdef";
  if (judged.finding.where.source != source_) seen_.clear();
  source_ = judged.finding.where.source;
  std::uint64_t value = hash(0xCBF29CE484222325U, judged.rule->name);
  value = hash(value, "\n");
  value = hash(value, trimmed(line_text(verdict, judged.finding.where)));
  std::string result;
  for (int shift = 60; shift >= 0; shift -= 4) result += kHex[(value >> shift) & 15];
  return result + ":" + std::to_string(++seen_[value]);
}

}  // namespace plimsoll::report
