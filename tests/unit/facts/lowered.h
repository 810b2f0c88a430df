// A Dockerfile in a string, lowered, for the tests of the facts room.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "facts/lower.h"
#include "parse/dockerfile/parse.h"

namespace plimsoll::facts {

class Lowered {
 public:
  explicit Lowered(std::string text, const BuildSettings& settings = {})
      : source_("Dockerfile", std::move(text)),
        tree_(parse::dockerfile::parse(source_, arena_)),
        build_(lower_build(source_, 7, tree_, settings, arena_)) {}

  [[nodiscard]] const Build& build() const { return *build_; }
  [[nodiscard]] const Stage& stage(std::size_t i) const { return build_->stages[i]; }
  [[nodiscard]] const Stage& last() const { return build_->stages.back(); }
  [[nodiscard]] const Run& run(std::size_t i = 0) const { return last().runs[i]; }
  [[nodiscard]] const Command& command(std::size_t i = 0) const { return run().commands[i]; }
  [[nodiscard]] Container container() { return container_of(*build_, arena_); }
  // The bytes that a place covers.
  [[nodiscard]] std::string_view at(text::Place place) const { return source_.at(place.span); }
  [[nodiscard]] std::string_view at(text::Span span) const { return source_.at(span); }
  // "apt-get update|rm" of the last stage's first RUN.
  [[nodiscard]] std::string names(std::size_t i = 0) const {
    std::string result;
    for (const Command& command : run(i).commands) {
      if (!result.empty()) result += ' ';
      result += command.name.empty() ? std::string_view("?") : command.name;
    }
    return result;
  }

 private:
  Arena arena_;
  text::Source source_;
  parse::dockerfile::Tree tree_;
  const Build* build_;
};

}  // namespace plimsoll::facts
