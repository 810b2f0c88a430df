// Says for paths whether a .dockerignore keeps them out, to be held against moby/patternmatcher.
//
// usage: ignored_paths < CASES  — a case is a line of words in hexadecimal: the file, then paths.
// For
//        each prints a line: one of 0, 1 and E (the builder stops at it) a path; or "error
//        MESSAGE".
#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>

#include "parse/ignorefile/dockerignore.h"

namespace ignorefile = plimsoll::parse::ignorefile;

namespace {

std::string decode(const std::string& hex) {
  std::string text;
  text.reserve(hex.size() / 2);
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    text += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return text;
}

// A pattern whose expression is broken stops a build only when it is asked.
const ignorefile::DockerIgnoreProblem* first_problem(const ignorefile::DockerIgnore& file) {
  for (const ignorefile::DockerIgnoreProblem& problem : file.problems) {
    bool kept = false;
    for (const ignorefile::DockerPattern& pattern : file.patterns)
      kept |= pattern.where == problem.where;
    if (!kept) return &problem;
  }
  return nullptr;
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    const ignorefile::DockerIgnore file =
        ignorefile::parse_dockerignore(word == "-" ? "" : decode(word));
    const ignorefile::DockerIgnoreProblem* problem = first_problem(file);
    std::string answers;
    while (problem == nullptr && words >> word) {
      bool broken = false;
      const bool ignored = is_ignored(file.patterns, decode(word), &broken);
      answers += broken ? 'E' : ignored ? '1' : '0';
    }
    if (problem != nullptr) answers = "error " + std::string(problem->message);
    std::cout << answers << "\n";
  }
}
