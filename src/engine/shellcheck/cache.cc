// The format is a line "KEY COUNT" and COUNT lines "code level line column endLine endColumn
// message". A file is read, added to and replaced as a whole; of two runs at once the later one's
// additions stay, which costs the other's a second question.
#include "engine/shellcheck/cache.h"

#include <charconv>

#include "base/concat.h"
#include "base/own_files.h"

namespace plimsoll::engine::shellcheck {
namespace {

constexpr std::string_view kFirstLine = "plimsoll-shellcheck 1\n";
constexpr std::size_t kKey = 64;

std::string_view take_line(std::string_view& text) {
  const std::size_t newline = text.find('\n');
  if (newline == std::string_view::npos) {
    text = {};
    return {};
  }
  const std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline + 1);
  return line;
}

// The number in front of a blank, or at the end.
std::optional<std::uint32_t> take_number(std::string_view& line) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  if (error != std::errc()) return std::nullopt;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  if (line.starts_with(' ')) line.remove_prefix(1);
  return number;
}

std::string write_answer(const std::string& key, const Answer& answer) {
  std::string text = concat({key, " ", std::to_string(answer.size()), "\n"});
  for (const Comment& c : answer) {
    for (const std::uint32_t number :
         {c.code, static_cast<std::uint32_t>(c.level), c.line, c.column, c.end_line, c.end_column})
      text += std::to_string(number) + " ";
    text += c.message + "\n";
  }
  return text;
}

std::optional<Answer> read_answer(std::string_view text) {
  Answer answer;
  take_line(text);
  while (!text.empty()) {
    std::string_view line = take_line(text);
    std::array<std::uint32_t, 6> numbers{};
    for (std::uint32_t& number : numbers) {
      const std::optional<std::uint32_t> taken = take_number(line);
      if (!taken) return std::nullopt;
      number = *taken;
    }
    if (numbers[1] > static_cast<std::uint32_t>(Level::style)) return std::nullopt;
    answer.push_back({numbers[0], static_cast<Level>(numbers[1]), numbers[2], numbers[3],
                      numbers[4], numbers[5], std::string(line)});
  }
  return answer;
}

// The lines of the first entry, which are taken away; empty: what is left is none.
std::string_view take_entry(std::string_view& text) {
  const std::string_view all = text;
  std::string_view line = take_line(text);
  if (line.size() < kKey + 2) return {};
  line.remove_prefix(kKey + 1);
  const std::optional<std::uint32_t> count = take_number(line);
  if (!count) return {};
  for (std::uint32_t i = 0; i < *count; ++i)
    if (take_line(text).empty()) return {};
  return all.substr(0, all.size() - text.size());
}

}  // namespace

std::string Cache::path_of(const std::string& key) const {
  return concat({folder_, "/", std::string_view(key).substr(0, 2)});
}

Cache::File& Cache::file_of(const std::string& key) {
  File& file = files_[path_of(key)];
  if (file.read) return file;
  file.read = true;
  const Result<std::string> bytes = fs_.read(path_of(key), 4 * kFileLimit);
  if (!bytes || !bytes->starts_with(kFirstLine)) return file;
  std::string_view text = std::string_view(*bytes).substr(kFirstLine.size());
  while (!text.empty()) {
    const std::string_view entry = take_entry(text);
    if (entry.empty()) break;
    file.text += entry;
    file.entries.emplace(entry.substr(0, kKey), entry);
  }
  return file;
}

std::optional<Answer> Cache::find(const std::string& key) {
  if (folder_.empty()) return std::nullopt;
  const File& file = file_of(key);
  const auto found = file.entries.find(key);
  return found == file.entries.end() ? std::nullopt : read_answer(found->second);
}

void Cache::add(const std::string& key, const Answer& answer) {
  if (!folder_.empty()) file_of(key).added += write_answer(key, answer);
}

void Cache::save() {
  for (auto& [path, file] : files_) {
    if (file.added.empty()) continue;
    file.text += file.added;
    file.added.clear();
    std::string_view kept = file.text;
    while (kept.size() > kFileLimit && !take_entry(kept).empty()) {
    }
    if (!replace_file(path, concat({kFirstLine, kept}))) return;
  }
}

std::string Cache::recall(std::string_view name, std::string_view of) const {
  if (folder_.empty()) return {};
  const Result<std::string> bytes = fs_.read(concat({folder_, "/", name}), 4096);
  if (!bytes) return {};
  std::string_view text = *bytes;
  const std::string_view first = take_line(text);
  return first == of ? std::string(take_line(text)) : std::string();
}

void Cache::remember(std::string_view name, std::string_view of, std::string_view text) const {
  if (folder_.empty() || concat({of, text}).find('\n') != std::string::npos) return;
  // Not to be kept means to be asked again.
  (void)replace_file(concat({folder_, "/", name}), concat({of, "\n", text, "\n"}));
}

}  // namespace plimsoll::engine::shellcheck
