// Each change is widened to whole lines on both sides; equal lines at its ends are left out.
// Nothing is searched, so the cost is that of reading both texts once.
#include "text/diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace plimsoll::text {
namespace {

constexpr std::size_t kContext = 3;  // lines around a change, as git has it

// The lines of one side; a newline belongs to the line that it ends.
class Lines {
 public:
  Lines(std::string_view bytes, std::string_view shown)
      : bytes_(bytes), shown_(shown.empty() ? bytes : shown) {
    for (std::size_t at = 0; at < bytes.size();) {
      starts_.push_back(at);
      const std::size_t newline = bytes.find('\n', at);
      at = newline == std::string_view::npos ? bytes.size() : newline + 1;
    }
    starts_.push_back(bytes.size());
  }
  [[nodiscard]] std::size_t count() const { return starts_.size() - 1; }
  // The line that an offset is in; that of the end is one behind the last, unless no newline ends
  // that.
  [[nodiscard]] std::size_t at(std::size_t offset) const {
    const auto after = std::ranges::upper_bound(starts_, offset);
    const auto line = static_cast<std::size_t>(after - starts_.begin());
    if (offset < bytes_.size()) return line - 1;
    return count() > 0 && !bytes_.ends_with('\n') ? count() - 1 : count();
  }
  [[nodiscard]] std::string_view line(std::size_t i) const { return cut(bytes_, i); }
  [[nodiscard]] std::string_view shown(std::size_t i) const { return cut(shown_, i); }

 private:
  [[nodiscard]] std::string_view cut(std::string_view text, std::size_t i) const {
    return text.substr(starts_[i], starts_[i + 1] - starts_[i]);
  }
  std::string_view bytes_, shown_;
  std::vector<std::size_t> starts_;
};

// Lines [before, before_end) become [after, after_end).
struct Region {
  std::size_t before, before_end, after, after_end;
};

void trim(Region& r, const Lines& before, const Lines& after) {
  while (r.before < r.before_end && r.after < r.after_end &&
         before.line(r.before) == after.line(r.after))
    ++r.before, ++r.after;
  while (r.before < r.before_end && r.after < r.after_end &&
         before.line(r.before_end - 1) == after.line(r.after_end - 1))
    --r.before_end, --r.after_end;
}

std::vector<Region> regions_of(const Diffed& file, const Lines& before, const Lines& after) {
  std::vector<Region> regions;
  for (const Change& change : file.changes.all()) {
    Region r{before.at(change.before.begin),
             std::min(before.at(change.before.end) + 1, before.count()),
             after.at(change.after.begin), std::min(after.at(change.after.end) + 1, after.count())};
    if (!regions.empty() &&
        (r.before < regions.back().before_end || r.after < regions.back().after_end)) {
      regions.back().before_end = std::max(regions.back().before_end, r.before_end);
      regions.back().after_end = std::max(regions.back().after_end, r.after_end);
    } else {
      regions.push_back(r);
    }
  }
  for (Region& r : regions) trim(r, before, after);
  std::erase_if(regions,
                [](const Region& r) { return r.before == r.before_end && r.after == r.after_end; });
  return regions;
}

void append_line(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// "12,3"; of one line "12"; of none the line before.
std::string range(std::size_t begin, std::size_t count) {
  const std::string first = std::to_string(count == 0 ? begin : begin + 1);
  return count == 1 ? first : first + "," + std::to_string(count);
}

class Hunks {
 public:
  Hunks(const Lines& before, const Lines& after) : before_(before), after_(after) {}

  void append(std::span<const Region> regions, std::string& out) const {
    const Region &first = regions.front(), &last = regions.back();
    const std::size_t lead = std::min(kContext, first.before),
                      trail = std::min(kContext, before_.count() - last.before_end);
    const std::size_t begin = first.before - lead, end = last.before_end + trail;
    const std::size_t after_begin = first.after - lead, after_end = last.after_end + trail;
    out += "@@ -" + range(begin, end - begin) + " +" + range(after_begin, after_end - after_begin) +
           " @@\n";
    std::size_t at = begin;
    for (const Region& r : regions) {
      for (; at < r.before; ++at) append_line(out, ' ', before_.shown(at));
      for (; at < r.before_end; ++at) append_line(out, '-', before_.shown(at));
      for (std::size_t i = r.after; i < r.after_end; ++i) append_line(out, '+', after_.shown(i));
    }
    for (; at < end; ++at) append_line(out, ' ', before_.shown(at));
  }

 private:
  const Lines &before_, &after_;
};

}  // namespace

std::string git_quoted(std::string_view prefix, std::string_view path) {
  constexpr std::string_view kLetters = "abtnvfr", kMeant = "\a\b\t\n\v\f\r";
  std::string quoted;
  bool needed = false;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const std::size_t letter = kMeant.find(c);
    if (letter != std::string_view::npos) {
      quoted += {'\\', kLetters[letter]};
    } else if (c == '"' || c == '\\') {
      quoted += {'\\', c};
    } else if (byte < 0x20 || byte >= 0x7f) {
      quoted += {'\\', static_cast<char>('0' + byte / 64), static_cast<char>('0' + byte / 8 % 8),
                 static_cast<char>('0' + byte % 8)};
    } else {
      quoted += c;
      continue;
    }
    needed = true;
  }
  std::string name(prefix);
  return needed ? "\"" + name + quoted + "\"" : name + std::string(path);
}

std::string unified_diff(const Diffed& file) {
  const Lines before(file.before, file.shown_before), after(file.after, file.shown_after);
  const std::vector<Region> regions = regions_of(file, before, after);
  if (regions.empty()) return {};
  const std::string from = git_quoted("a/", file.path), to = git_quoted("b/", file.path);
  // Behind a name with blanks git sets a tab, so that it is seen where the name ends.
  const std::string end = file.path.find(' ') != std::string_view::npos ? "\t\n" : "\n";
  std::string out = "diff --git " + from + " " + to + "\n";
  if (file.is_new)
    out += "new file mode 100644\n--- /dev/null\n";
  else
    out += "--- " + from + end;
  out += "+++ " + to + end;
  const Hunks hunks(before, after);
  for (auto at = regions.begin(); at != regions.end();) {
    auto next = at + 1;
    while (next != regions.end() && next->before - next[-1].before_end <= 2 * kContext) ++next;
    hunks.append({at, next}, out);
    at = next;
  }
  return out;
}

}  // namespace plimsoll::text
