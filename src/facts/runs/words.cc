// Reads names and texts out of shell words, known or not.
#include "facts/runs/runs.h"

namespace plimsoll::facts {

std::string_view text_of(const parse::shell::Word& word) {
  if (word.known) return word.value;
  std::string_view text = word.raw;
  if (text.size() >= 2 && text.front() == '"' && text.find('"', 1) == text.size() - 1)
    text = text.substr(1, text.size() - 2);
  return text;
}

std::string_view program_name(const parse::shell::Word& word) {
  if (word.known) return last_component(word.value);
  const std::string_view text = text_of(word);
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view name = text.substr(slash + 1);
  return name.find_first_of("$`(){}\"'*?[\\") == std::string_view::npos ? name : std::string_view{};
}

}  // namespace plimsoll::facts
