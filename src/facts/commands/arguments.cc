// Source of the conventions: POSIX.1-2017 XBD 12.2 "Utility Syntax Guidelines"; GNU getopt_long.
#include "facts/commands/arguments.h"

#include <algorithm>

#include "base/ascii.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

bool is_letter(char c) {
  return is_alnum(c) || c == ':' || c == '#' || c == '?';
}

}  // namespace

void Arguments::take_value(Argument& argument, std::string_view attached) {
  argument.has_value = true;
  if (attached.data() != nullptr) {
    argument.value_at = argument.at;
    argument.value = attached;
    argument.value_known = argument.at->known;
  } else if (index_ < words_.size()) {
    argument.value_at = &words_[index_++];
    argument.value = text_of(*argument.value_at);
    argument.value_known = argument.value_at->known;
  } else {
    argument.has_value = false;
  }
}

void Arguments::long_option(Argument& argument, std::string_view text) {
  argument.kind = Argument::Kind::word;
  text.remove_prefix(text.starts_with("--") ? 2 : 1);
  const std::size_t equals = text.find('=');
  argument.name = text.substr(0, equals);
  if (equals != std::string_view::npos) {
    take_value(argument, text.substr(equals + 1));
  } else if (std::ranges::binary_search(options_.words, argument.name)) {
    take_value(argument, {});
  }
}

void Arguments::letter(Argument& argument) {
  argument.kind = Argument::Kind::letter;
  argument.at = &words_[index_ - 1];
  argument.name = cluster_.substr(0, 1);
  const std::string_view text = text_of(*argument.at);
  const bool in_script = argument.at->raw == text;
  const auto offset = static_cast<std::size_t>(cluster_.data() - text.data());
  argument.raw =
      in_script && text.size() > 2 ? argument.at->raw.substr(offset, 1) : argument.at->raw;
  cluster_.remove_prefix(1);
  if (options_.letters.find(argument.name[0]) != std::string_view::npos) {
    const std::string_view attached = cluster_;
    cluster_ = {};
    take_value(argument, attached.empty() ? std::string_view{} : attached);
  } else if (cluster_.starts_with('=')) {
    const std::string_view attached = cluster_.substr(1);  // apt-get -q=2
    cluster_ = {};
    take_value(argument, attached);
  } else if (!cluster_.empty() && !is_letter(cluster_[0])) {
    cluster_ = {};
  }
}

bool Arguments::next(Argument& argument) {
  argument = {};
  if (!cluster_.empty()) {
    letter(argument);
    return true;
  }
  if (index_ == words_.size()) return false;
  argument.at = &words_[index_++];
  argument.raw = argument.at->raw;
  const std::string_view text = text_of(*argument.at);
  argument.name = text;
  if (ended_ || text.size() < 2 || text[0] != '-') return true;
  if (text == "--") {
    ended_ = true;
    return next(argument);
  }
  if (text[1] == '-' || options_.single_dash) {
    long_option(argument, text);
    return true;
  }
  cluster_ = text.substr(1);
  if (!is_letter(cluster_[0])) {
    cluster_ = {};
    return true;  // `-$X`
  }
  letter(argument);
  return true;
}

std::string_view without_version(std::string_view name) {
  if (!name.starts_with('p') || name.find_last_of("0123456789") != name.size() - 1) return name;
  const std::string_view base = name.substr(0, name.find_last_not_of("0123456789.") + 1);
  return base == "pip" || base == "python" || base == "pypy" ? base : name;
}

}  // namespace plimsoll::facts
