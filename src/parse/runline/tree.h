// What a `docker run` line says: options by their long names, the image and the command, each with
// the text that says it. What a shell would fill in stays a hole in its word.
// Source: docker/cli cli/command/container (28.x); spf13/pflag, with interspersed options off.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "text/place.h"

namespace plimsoll::parse::runline {

// A range of a word's text that can't be known here: "$HOME", "$(pwd)", "${{ inputs.tag }}".
struct Hole {
  std::uint32_t begin = 0, end = 0;
};

enum class Arity : std::uint8_t {
  one,
  likely_one,  // an unquoted variable: none or several if its value is empty or has blanks
  any,         // "$@", "${options[@]}"
};

struct Word {
  std::string_view text{};        // what the program is given; a hole stands in it as written
  std::span<const Hole> holes{};  // in `text`, rising
  std::string_view raw{};         // as written, quotes included
  Arity arity = Arity::one;
  bool verbatim = false;  // each byte of the text is one of the source
  text::Span where{};     // in the source, quotes included

  [[nodiscard]] bool known() const { return holes.empty(); }
};

struct Option {
  std::string_view name{};  // long, without dashes: "publish"
  Word value{};             // of a switch: "true" unless `=` says otherwise
  bool is_switch = false;
  text::Span where{};  // the option with its value
};

enum class Engine : std::uint8_t { docker, podman, nerdctl, unknown };  // unknown: "$ENGINE run"
enum class Verb : std::uint8_t { run, create };

// Where a line was found. Lines of a text for people are examples: nobody need run them.
enum class Carrier : std::uint8_t {
  none,
  shell,
  makefile,
  markdown,
  github,
  gitlab,
  jenkins,
  systemd,
  package_json,
  vagrant,
  command_line,  // plimsoll check --run
};

struct RunLine {
  std::uint32_t source = 0;  // its number
  Carrier carrier = Carrier::none;
  Engine engine = Engine::docker;
  Verb verb = Verb::run;
  text::Span where{};  // the program's word to the last one
  Word program{}, verb_word{};
  std::span<const Option> options{};
  bool has_image = false;
  Word image{};
  std::span<const Word> command{};

  // False: there may be options that can't be known here. `unknown` is the word that hides them;
  // it may have holes only, and what stands behind it is read if it surely stands before the image.
  bool complete = true;
  Word unknown{};

  // Why the program refuses the line, or why it was not read to its end; empty: it was.
  std::string_view problem{};
  text::Span problem_where{};
};

}  // namespace plimsoll::parse::runline
