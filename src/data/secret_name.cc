// Judges a variable's name by its words, and a value by whether it could be a secret at all.
#include <array>

#include "base/ascii.h"
#include "data/lookup.h"
#include "data/names.h"
#include "data/tables.h"

namespace plimsoll::data {
namespace {

constexpr std::size_t kMaxWords = 24;

struct Words {
  std::array<std::string_view, kMaxWords> items;
  std::size_t count = 0;

  void add(std::string_view word) {
    if (!word.empty() && count < kMaxWords) items[count++] = word;
  }
  std::string_view back() const { return items[count - 1]; }
  std::span<const std::string_view> all() const { return {items.data(), count}; }
};

bool is_separator(char c) {
  return c == '_' || c == '-' || c == '.' || c == ' ' || c == ':' || c == '/';
}

// A new word begins here: "dbPassword" before P, "AWSSecret" before the second S.
bool case_changes(std::string_view name, std::size_t at) {
  if (at == 0 || !is_upper(name[at])) return false;
  if (is_lower(name[at - 1])) return true;
  return is_upper(name[at - 1]) && at + 1 < name.size() && is_lower(name[at + 1]);
}

// The words of `name`, as views of `lowered`, which is `name` in lower case.
Words split(std::string_view name, std::string_view lowered) {
  Words words;
  std::size_t start = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!is_separator(name[i]) && !case_changes(name, i)) continue;
    words.add(lowered.substr(start, i - start));
    start = is_separator(name[i]) ? i + 1 : i;
  }
  words.add(lowered.substr(start));
  // PASSWORD_2, TOKEN1: the number says nothing.
  while (words.count > 1 && words.back().find_first_not_of("0123456789") == std::string_view::npos)
    --words.count;
  if (words.count > 0) {
    std::string_view& last = words.items[words.count - 1];
    while (last.size() > 1 && is_digit(last.back()) && !last.starts_with("sha"))
      last.remove_suffix(1);
  }
  return words;
}

bool has_secret_ending(std::string_view word) {
  return std::ranges::any_of(kSecretEndings,
                             [&](std::string_view ending) { return word.ends_with(ending); });
}

bool is_suspicious(const Words& words) {
  if (words.count == 0 || contains(kPointerWords, words.back())) return false;
  if (std::ranges::any_of(words.all(),
                          [](std::string_view word) { return contains(kPublicWords, word); }))
    return false;
  for (std::size_t i = 0; i < words.count; ++i) {
    const std::string_view word = words.items[i];
    if (contains(kSecretWords, word) || has_secret_ending(word)) return true;
    if (i > 0 && (word == "key" || word == "keys") && contains(kBeforeKey, words.items[i - 1]))
      return true;
  }
  return words.count > 1 && contains(kSecretLastWords, words.back());
}

// The length of the variable or template at the start of `text`; 0 if it starts with neither.
// `fallback` gets what stands after :- in ${NAME:-text}.
std::size_t reference_length(std::string_view text, std::string_view& fallback) {
  static constexpr std::pair<std::string_view, std::string_view> kBrackets[] = {
      {"${{", "}}"}, {"${", "}"}, {"$(", ")"}, {"{{", "}}"}, {"<%", "%>"}, {"`", "`"}};
  for (auto [open, close] : kBrackets) {
    if (!text.starts_with(open)) continue;
    const std::size_t end = text.find(close, open.size());
    if (end == std::string_view::npos) return 0;
    const std::string_view inner = text.substr(open.size(), end - open.size());
    if (const std::size_t dash = inner.find('-'); open == "${" && dash != std::string_view::npos)
      fallback = inner.substr(dash + 1);
    return end + close.size();
  }
  if (text.size() < 2 || text[0] != '$') return 0;
  std::size_t end = 1;
  while (end < text.size() &&
         (is_lower(lower(text[end])) || text[end] == '_' || (end > 1 && is_digit(text[end]))))
    ++end;
  return end > 1 ? end : 0;
}

// Made of nothing but variables and templates, whose defaults are harmless too.
bool only_references(std::string_view value) {
  while (!value.empty()) {
    std::string_view fallback;
    const std::size_t length = reference_length(value, fallback);
    if (length == 0 || !harmless_value(fallback)) return false;
    value.remove_prefix(length);
  }
  return true;
}

bool is_small_number(std::string_view value) {
  if (value.starts_with('-')) value.remove_prefix(1);
  return !value.empty() && value.size() <= 3 &&
         value.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

SecretName secret_name(std::string_view name) {
  std::string key(name);
  for (char& c : key) c = c == '-' || c == '.' ? '_' : upper(c);
  if (contains(kNotSecret, key)) return SecretName::no;
  if (contains(kWellKnownSecrets, key)) return SecretName::well_known;
  const std::string lowered = lower(name);
  return is_suspicious(split(name, lowered)) ? SecretName::suspicious : SecretName::no;
}

bool harmless_value(std::string_view value) {
  if (value.size() >= 2 && value.front() == value.back() &&
      (value.front() == '"' || value.front() == '\''))
    value = value.substr(1, value.size() - 2);
  const std::string lowered = lower(value);
  if (contains(kHarmlessValues, lowered) || is_small_number(value)) return true;
  if (std::ranges::any_of(kReferences,
                          [&](std::string_view start) { return lowered.starts_with(start); }))
    return true;
  return only_references(value);
}

}  // namespace plimsoll::data
