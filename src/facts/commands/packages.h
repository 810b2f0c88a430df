// What the package managers' tables and splitters share. Private to facts/commands.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "facts/commands/arguments.h"
#include "facts/commands/kinds.h"

namespace plimsoll::facts {

// How a word that names an action is read on.
inline constexpr std::uint8_t kPlain = 0;
inline constexpr std::uint8_t kPrefix =
    1;  // the next operand says what is done: `yarn global add`, `npm cache clean`
inline constexpr std::uint8_t kFromFile = 2;  // it installs what a file lists: `npm ci`
inline constexpr std::uint8_t kGroup =
    4;  // operands are groups of packages, which have no versions
inline constexpr std::uint8_t kModule = 8;  // operands are streams: name:stream
inline constexpr std::uint8_t kOnePackage =
    16;  // operands behind the first are something else: `go run`

struct ActionWord {
  std::string_view word{};
  PackageAction action;
  std::uint8_t traits = kPlain;
};

// While one call is read.
struct PackageReading {
  Command& command;
  Describing& to;
  PackageCall call{};
  std::uint8_t traits = 0;
  std::uint32_t quiet = 0;             // apt: -qq says yes
  std::string_view version_for_all{};  // gem -v, cargo --version
};

// One package manager.
struct Ecosystem {
  Manager manager;
  Options options{};
  std::span<const ActionWord> actions{};  // sorted by word
  // Reads one operand of an installing action: fills name, version and local. False: it is no
  // package.
  bool (*split)(PackageReading& reading, std::string_view text, Package& package);
  // What an option says; null: none matters.
  void (*option)(PackageReading& reading, const Argument& argument) = nullptr;
  PackageAction without_words = PackageAction::other;  // `yarn` alone installs
  bool never_asks = true;
  bool bare_reads_file = false;  // `npm install` without packages takes them from package.json
};

namespace ecosystems {
extern const Ecosystem apt, apk, dnf, microdnf, yum, zypper;  // packages_system.cc
extern const Ecosystem pip;                                   // packages_pip.cc
extern const Ecosystem npm, yarn, pnpm;                       // packages_node.cc
extern const Ecosystem gem, go, cargo, composer;              // packages_other.cc
}  // namespace ecosystems

// Adds a package that an option names: `pip install -e X`.
void add_package(PackageReading& reading, const parse::shell::Word& word, const Package& package);

// Splits at the first of the characters; what follows all of them is the version.
void split_at_operator(std::string_view text, std::string_view operators, Package& package);
bool is_path(std::string_view text);  // starts with "/", "./", "../" or "~/"
bool is_web_url(std::string_view text);
bool is_false_word(std::string_view text);  // "false", "0", "no"

}  // namespace plimsoll::facts
