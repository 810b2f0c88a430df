// What may stand before the program: assignments, and programs that run another one.
#include <algorithm>
#include <iterator>

#include "base/fs.h"
#include "parse/runline/parse.h"

namespace plimsoll::parse::runline {
namespace {

// Options by the manual pages of sudo, doas, coreutils, util-linux and findutils.
struct Prefix {
  std::string_view name;
  std::string_view value_letters{};  // options that take the next word
  std::size_t operands = 0;          // words of its own before the command
};
constexpr Prefix kPrefixes[] = {
    {"chronic"},
    {"command"},
    {"doas", "Cu"},
    {"env", "uC"},
    {"eval"},
    {"exec", "a"},
    {"ionice", "cn"},
    {"nice", "n"},
    {"nohup"},
    {"setsid"},
    {"stdbuf", "ieo"},
    {"sudo", "CDghpRrTtUu"},
    {"systemd-cat", "tp"},
    {"systemd-run", "pEu"},
    {"time", "fo"},
    {"timeout", "ks", 1},
    {"winpty"},
    {"xargs", "aEdILnPs"},
};
static_assert(std::ranges::is_sorted(kPrefixes, {}, &Prefix::name));

// Their long options that take the next word.
constexpr std::string_view kValueWords[] = {
    "--adjustment", "--chdir",  "--class",  "--group", "--kill-after", "--prompt",
    "--property",   "--setenv", "--signal", "--unit",  "--unset",      "--user",
};

const Prefix* find_prefix(std::string_view name) {
  const auto found = std::ranges::lower_bound(kPrefixes, name, {}, &Prefix::name);
  return found != std::end(kPrefixes) && found->name == name ? &*found : nullptr;
}

bool is_assignment(std::string_view text) {
  const std::size_t equals = text.find('=');
  return equals != 0 && equals != std::string_view::npos && text.front() != '-' &&
         text.substr(0, equals).find_first_of("/$ ") == std::string_view::npos;
}

// The index behind one option and its value.
std::size_t behind_option(std::span<const Word> words, std::size_t at, const Prefix& prefix) {
  const std::string_view text = words[at].text;
  if (text.starts_with("--")) {
    return at + (std::ranges::find(kValueWords, text) != std::end(kValueWords) ? 2 : 1);
  }
  const bool takes = text.size() > 1 &&
                     prefix.value_letters.find(text.back()) != std::string_view::npos &&
                     text.find_first_of(prefix.value_letters, 1) == text.size() - 1;
  return at + (takes ? 2 : 1);
}

}  // namespace

std::size_t skip_prefixes(std::span<const Word> words) {
  std::size_t at = 0;
  while (at < words.size()) {
    if (is_assignment(words[at].text)) {
      ++at;
      continue;
    }
    const Prefix* prefix = words[at].known() ? find_prefix(base_name(words[at].text)) : nullptr;
    if (prefix == nullptr) return at;
    std::size_t operands = prefix->operands;
    ++at;
    while (at < words.size()) {
      const std::string_view text = words[at].text;
      if (text == "--") {
        ++at;
      } else if (text.starts_with('-') && text.size() > 1) {
        at = behind_option(words, at, *prefix);
      } else if (operands > 0 && !engine_of(words[at])) {
        --operands;
        ++at;
      } else {
        break;
      }
    }
  }
  return words.size();
}

std::size_t find_program(std::span<const Word> words) {
  const std::size_t at = skip_prefixes(words);
  return at < words.size() && engine_of(words[at]) ? at : words.size();
}

}  // namespace plimsoll::parse::runline
