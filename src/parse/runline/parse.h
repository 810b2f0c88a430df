// Takes the words of a `docker run` line apart as the program itself would.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "parse/runline/tree.h"

namespace plimsoll::parse::runline {

// The engine that a program's word names, a path or a variable such as "$DOCKER" included; nothing:
// it is another program.
std::optional<Engine> engine_of(const Word& word);

// `words` begin with the program. Nothing: they don't run or create a container. Linear. Views are
// of the words' texts and of the arena; `source` and `carrier` are left to the caller.
std::optional<RunLine> parse(std::span<const Word> words, Arena& arena);

// Where in a list of words the program stands behind assignments and programs that run others
// (`sudo -u app env A=b docker`); words.size(): none of them is one.
std::size_t find_program(std::span<const Word> words);

// Up to the first program that is no such prefix: "docker", "sh", "ssh".
std::size_t skip_prefixes(std::span<const Word> words);

// Bounds what splitting a word costs: more holes are taken for one from the first to the last.
inline constexpr std::size_t kMostHoles = 32;
void merge_holes(std::vector<Hole>& holes);

// The part of a word's text from `at` on, `size` bytes at most, with its holes and its place.
Word part_of(const Word& word, std::size_t at, Arena& arena,
             std::size_t size = std::string_view::npos);

}  // namespace plimsoll::parse::runline
