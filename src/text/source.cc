// Line starts are found once, when the source is made: every finding needs them.
#include "text/source.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"

namespace plimsoll::text {

Source::Source(std::string path, std::string bytes)
    : path_(std::move(path)), bytes_(std::move(bytes)) {
  PLIMSOLL_CHECK(bytes_.size() < UINT32_MAX);
  line_starts_.push_back(0);
  const char* begin = bytes_.data();
  const char* end = begin + bytes_.size();
  for (const char* at = begin; at < end;) {
    const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (found == nullptr) break;
    at = static_cast<const char*>(found) + 1;
    line_starts_.push_back(static_cast<std::uint32_t>(at - begin));
  }
}

Position Source::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
  const auto after = std::ranges::upper_bound(line_starts_, offset);
  const auto line = static_cast<std::uint32_t>(after - line_starts_.begin());
  return {line, offset - after[-1] + 1};
}

std::uint32_t Source::line_count() const {
  const bool ends_with_newline = line_starts_.back() == bytes_.size();
  return static_cast<std::uint32_t>(line_starts_.size()) - (ends_with_newline ? 1 : 0);
}

std::uint32_t Source::line_start(std::uint32_t line_1based) const {
  if (line_1based == 0 || line_1based > line_starts_.size())
    return static_cast<std::uint32_t>(bytes_.size());
  return line_starts_[line_1based - 1];
}

std::string_view Source::line(std::uint32_t line_1based) const {
  const std::uint32_t begin = line_start(line_1based), end = line_start(line_1based + 1);
  std::string_view text = std::string_view(bytes_).substr(begin, end - begin);
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace plimsoll::text
