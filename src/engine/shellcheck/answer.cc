// Reads ShellCheck's JSON: {"comments": [{"file", "line", "column", "endLine", "endColumn",
// "level", "code", "message", "fix"}]}.
#include "engine/shellcheck/answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace plimsoll::engine::shellcheck {
namespace {

constexpr std::array<std::string_view, 4> kLevels = {"error", "warning", "info", "style"};

std::uint32_t number(const nlohmann::json& comment, const char* key) {
  const auto found = comment.find(key);
  return found != comment.end() && found->is_number_unsigned() ? found->get<std::uint32_t>() : 0;
}

std::string text(const nlohmann::json& comment, const char* key) {
  const auto found = comment.find(key);
  return found != comment.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The index in ".../12"; `count` if there is none.
std::size_t index_of(std::string_view file, std::size_t count) {
  file.remove_prefix(file.find_last_of('/') + 1);
  std::size_t index = count;
  const auto [end, error] = std::from_chars(file.data(), file.data() + file.size(), index);
  return error == std::errc() && end == file.data() + file.size() ? std::min(index, count) : count;
}

Comment read_comment(const nlohmann::json& json) {
  Comment comment{.code = number(json, "code"),
                  .line = number(json, "line"),
                  .column = number(json, "column"),
                  .end_line = number(json, "endLine"),
                  .end_column = number(json, "endColumn"),
                  .message = text(json, "message")};
  const auto level = std::ranges::find(kLevels, text(json, "level"));
  if (level != kLevels.end()) comment.level = static_cast<Level>(level - kLevels.begin());
  std::ranges::replace_if(
      comment.message, [](unsigned char c) { return c < ' ' || c == 0x7F; }, ' ');
  return comment;
}

}  // namespace

Result<std::vector<Answer>> read_answers(std::string_view json, std::size_t count) {
  const nlohmann::json read = nlohmann::json::parse(json, nullptr, false);
  const auto comments = read.is_object() ? read.find("comments") : read.end();
  if (!read.is_object() || comments == read.end() || !comments->is_array())
    return fail(ErrorKind::malformed, "ShellCheck's answer can't be read");
  std::vector<Answer> answers(count);
  for (const nlohmann::json& json_comment : *comments) {
    if (!json_comment.is_object()) continue;
    const std::size_t index = index_of(text(json_comment, "file"), count);
    if (index < count) answers[index].push_back(read_comment(json_comment));
  }
  return answers;
}

}  // namespace plimsoll::engine::shellcheck
