// A Dockerfile that was read, with what its tree lives on.
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "parse/dockerfile/dump.h"
#include "parse/dockerfile/parse.h"
#include "text/source.h"

namespace plimsoll::test {

struct Dockerfile {
  explicit Dockerfile(std::string bytes)
      : source("Dockerfile", std::move(bytes)), tree(parse::dockerfile::parse(source, arena)) {}

  [[nodiscard]] const parse::dockerfile::Instruction& operator[](std::size_t i) const {
    REQUIRE(i < tree.instructions.size());
    return tree.instructions[i];
  }
  [[nodiscard]] std::string at(text::Span span) const { return std::string(source.at(span)); }
  // The messages of all problems, one a line, each with the text it points at: "text: message".
  [[nodiscard]] std::string problems() const {
    std::string result;
    for (const parse::dockerfile::Problem& p : tree.problems)
      result += at(p.where) + ": " + std::string(p.message) + "\n";
    return result;
  }
  // Its nodes put together again; equal to the source if the tree is lossless.
  [[nodiscard]] std::string printed() const {
    std::string result;
    for (const parse::dockerfile::Node& node : tree.nodes) result += source.at(node.span);
    return result;
  }

  text::Source source;
  Arena arena;
  parse::dockerfile::Tree tree;
};

// Words joined by "|".
inline std::string words(const parse::dockerfile::Instruction& instruction) {
  std::string result;
  for (const parse::dockerfile::Word& word : instruction.words) {
    if (!result.empty()) result += '|';
    result += word.text;
  }
  return result;
}

// All messages of a file that has a FROM in front of `lines`.
inline std::string problems_of(const std::string& lines) {
  return Dockerfile("FROM a\n" + lines).problems();
}

}  // namespace plimsoll::test
