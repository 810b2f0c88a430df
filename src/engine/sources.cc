// The lock is held to find a slot, never while a file is read.
#include "engine/sources.h"

#include "base/concat.h"
#include "engine/check.h"
#include "engine/project.h"

namespace plimsoll::engine {

// A path with more of "../" tells less than an absolute one.
static constexpr unsigned kMostStepsUp = 4;

Sources::Sources(const Fs& fs, std::string_view working_directory)
    : fs_(fs), working_directory_(working_directory.empty() ? "/" : working_directory) {}

std::string Sources::absolute(std::string_view path) const {
  return absolute_path(path, working_directory_);
}

std::string Sources::shown(std::string_view absolute) const {
  std::string_view folder = working_directory_;
  if (folder.ends_with('/')) folder.remove_suffix(1);
  // Up to the folder that both have in common, unless that is far away or the root.
  std::string up;
  for (unsigned steps = 0; steps <= kMostStepsUp; ++steps) {
    if (folder.empty() && steps > 0) break;
    if (absolute == folder || (folder.empty() && absolute == "/"))
      return up.empty() ? "." : up.substr(0, up.size() - 1);
    if (absolute.starts_with(folder) && absolute[folder.size()] == '/')
      return concat({up, absolute.substr(folder.size() + 1)});
    folder = folder.substr(0, folder.rfind('/'));
    up += "../";
  }
  return std::string(absolute);
}

std::uint32_t Sources::number(std::string_view path) {
  std::string key = absolute(path);
  const std::lock_guard lock(mutex_);
  const auto [entry, is_new] =
      numbers_.try_emplace(std::move(key), static_cast<std::uint32_t>(slots_.size()));
  if (is_new) slots_.emplace_back().path = path;
  return entry->second;
}

std::uint32_t Sources::add(std::string path, std::string text) {
  const std::lock_guard lock(mutex_);
  Slot& added = slots_.emplace_back();
  added.path = std::move(path);
  added.given = std::move(text);
  return static_cast<std::uint32_t>(slots_.size() - 1);
}

Sources::Slot& Sources::slot(std::uint32_t number) {
  const std::lock_guard lock(mutex_);
  return slots_[number];
}

void Sources::load(Slot& slot) const {
  std::string text;
  if (slot.given) {
    text = std::move(*slot.given);
  } else {
    Result<std::string> bytes = fs_.read(slot.path, kInputLimit);
    if (!bytes) {
      slot.error = InputError{slot.path, 0, bytes.error().message};
      return;
    }
    text = std::move(*bytes);
  }
  slot.source = std::make_unique<text::Source>(slot.path, std::move(text));
  const std::size_t nul = slot.source->bytes().find('\0');
  if (nul == std::string_view::npos) return;
  const std::uint32_t line = slot.source->position(static_cast<std::uint32_t>(nul)).line;
  const std::string_view bytes = slot.source->bytes();
  const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  slot.error = InputError{slot.path, line,
                          utf16 ? concat({slot.path, " is in UTF-16: save it as UTF-8"})
                                : concat({slot.path, " has a NUL byte in line ",
                                          std::to_string(line), ": it is no text file"})};
  slot.source.reset();
}

const text::Source* Sources::read(std::uint32_t number) {
  Slot& wanted = slot(number);
  std::call_once(wanted.once, [&] { load(wanted); });
  return wanted.source.get();
}

std::optional<InputError> Sources::error(std::uint32_t number) {
  return slot(number).error;
}

void Sources::forget(std::uint32_t number) {
  slot(number).source.reset();
}

const std::string& Sources::path(std::uint32_t number) {
  return slot(number).path;
}

std::vector<std::unique_ptr<text::Source>> Sources::take() {
  std::vector<std::unique_ptr<text::Source>> all;
  all.reserve(slots_.size());
  for (Slot& slot : slots_) all.push_back(std::move(slot.source));
  return all;
}

}  // namespace plimsoll::engine
