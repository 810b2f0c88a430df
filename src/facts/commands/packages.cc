// Reads a call of any package manager by that manager's table: the action, then its options and
// packages.
#include "facts/commands/packages.h"

#include <algorithm>

#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

struct ManagerProgram {
  std::string_view name;
  const Ecosystem* ecosystem;
};
constexpr ManagerProgram kPrograms[] = {
    {"apk", &ecosystems::apk},           {"apt", &ecosystems::apt},
    {"apt-get", &ecosystems::apt},       {"aptitude", &ecosystems::apt},
    {"cargo", &ecosystems::cargo},       {"composer", &ecosystems::composer},
    {"dnf", &ecosystems::dnf},           {"dnf5", &ecosystems::dnf},
    {"gem", &ecosystems::gem},           {"go", &ecosystems::go},
    {"microdnf", &ecosystems::microdnf}, {"npm", &ecosystems::npm},
    {"pip", &ecosystems::pip},           {"pnpm", &ecosystems::pnpm},
    {"tdnf", &ecosystems::dnf},          {"yarn", &ecosystems::yarn},
    {"yum", &ecosystems::yum},           {"zypper", &ecosystems::zypper},
};
static_assert(std::ranges::is_sorted(kPrograms, {}, &ManagerProgram::name));

// `npm --unsafe-perm true` and `cargo +nightly` are no actions, whatever the program.
bool is_action(std::string_view text) {
  return text != "true" && text != "false" && !text.starts_with('+');
}

void read_action(PackageReading& reading, const Ecosystem& ecosystem, const Argument& argument) {
  if (!is_action(argument.name)) return;
  const auto found =
      std::ranges::lower_bound(ecosystem.actions, argument.name, {}, &ActionWord::word);
  const bool known =
      argument.at->known && found != ecosystem.actions.end() && found->word == argument.name;
  reading.call.action = known ? found->action : PackageAction::other;
  reading.traits =
      static_cast<std::uint8_t>((reading.traits & ~kPrefix) | (known ? found->traits : kPlain));
  reading.call.action_text = argument.name;
  reading.call.action_span = reading.command.place(argument.at->raw).span;
}

void read_package(PackageReading& reading, const Ecosystem& ecosystem, const Argument& argument) {
  if ((reading.traits & kGroup) != 0) return;
  if ((reading.traits & kOnePackage) != 0 && !reading.to.scratch.packages.empty()) return;
  Package package;
  if (ecosystem.split(reading, argument.name, package)) add_package(reading, *argument.at, package);
}

bool may_wait_for_more(const PackageReading& reading) {
  return reading.call.action_text.empty() || (reading.traits & kPrefix) != 0;
}

void finish(PackageReading& reading, const Ecosystem& ecosystem) {
  PackageCall& call = reading.call;
  std::vector<Package>& packages = reading.to.scratch.packages;
  if (call.action_text.empty()) {
    call.action = ecosystem.without_words;
    call.action_span = reading.command.name_span;
  }
  if ((reading.traits & kFromFile) != 0) call.from_file = true;
  if (ecosystem.bare_reads_file && packages.empty() && call.action == PackageAction::install)
    call.from_file = true;
  for (Package& package : packages) {
    if (package.version.empty()) package.version = reading.version_for_all;
  }
  if (reading.quiet >= 2) call.assume_yes = true;
  call.packages = reading.to.arena.copy(packages);
  reading.command.packages = reading.to.arena.make(call);
}

}  // namespace

void add_package(PackageReading& reading, const parse::shell::Word& word, const Package& package) {
  Package added = package;
  added.span = reading.command.place(word.raw).span;
  added.known = word.known;
  if (word.known) {
    added.text = word.value;
  } else {
    // What a substitution in the word says of versions is its own affair.
    const bool substitution = word.raw.find("$(") != std::string_view::npos ||
                              word.raw.find('`') != std::string_view::npos;
    if (substitution || added.name.find('$') != std::string_view::npos) added.name = {};
    if (substitution) added.version = {};
  }
  reading.to.scratch.packages.push_back(added);
}

void split_at_operator(std::string_view text, std::string_view operators, Package& package) {
  const std::size_t at = std::min(text.find_first_of(operators), text.size());
  package.name = text.substr(0, at);
  const std::size_t version = text.find_first_not_of(operators, at);
  if (version != std::string_view::npos) package.version = text.substr(version);
}

bool is_path(std::string_view text) {
  return text.starts_with('/') || text.starts_with("./") || text.starts_with("../") ||
         text.starts_with("~/") || text == "..";
}

bool is_web_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") ||
         text.starts_with("ftp://") || text.starts_with("file:");
}

bool is_false_word(std::string_view text) {
  return equal_ignoring_case(text, "false") || equal_ignoring_case(text, "no") || text == "0";
}

const Ecosystem* find_ecosystem(std::string_view program) {
  const auto found = std::ranges::lower_bound(kPrograms, program, {}, &ManagerProgram::name);
  return found != std::end(kPrograms) && found->name == program ? found->ecosystem : nullptr;
}

void describe_packages(Command& command, const Ecosystem& ecosystem,
                       std::span<const parse::shell::Word> words, Describing& to) {
  PackageReading reading{.command = command,
                         .to = to,
                         .call = {.manager = ecosystem.manager, .program = command.name}};
  reading.call.assume_yes = ecosystem.never_asks;
  to.scratch.packages.clear();
  Arguments arguments(words, ecosystem.options);
  Argument argument;
  while (arguments.next(argument)) {
    if (argument.kind != Argument::Kind::operand) {
      if (ecosystem.option != nullptr) ecosystem.option(reading, argument);
    } else if (may_wait_for_more(reading)) {
      read_action(reading, ecosystem, argument);
    } else if (reading.call.action == PackageAction::install) {
      if (arguments.ended() && ecosystem.manager == Manager::gem)
        break;  // arguments of the extension's build
      read_package(reading, ecosystem, argument);
    }
  }
  finish(reading, ecosystem);
}

}  // namespace plimsoll::facts
