// Reads cases written as Markdown: sections with fenced files, and `# expect: NAME` above the
// instructions that must be reported.
#pragma once
#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace plimsoll::test {

struct Block {
  int line = 0;  // of the fence in the Markdown file
  std::string path = "Dockerfile", text;
  std::string rule;   // behind `rule=`
  bool alone = true;  // no path= : a case by itself
};
struct Section {
  std::string heading;
  std::vector<Block> blocks;
};

inline std::vector<Section> read_sections(const std::string& path) {
  std::ifstream in(path);
  std::vector<Section> sections(1);
  Block* open = nullptr;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (open != nullptr) {
      if (line == "```")
        open = nullptr;
      else
        open->text += line + "\n";
    } else if (line.starts_with("```")) {
      Block block{.line = number};
      const std::size_t at = line.find("path=");
      if (at != std::string::npos) {
        block.path = line.substr(at + 5);
        block.alone = false;
      }
      if (const std::size_t named = line.find("rule="); named != std::string::npos)
        block.rule = line.substr(named + 5);
      sections.back().blocks.push_back(block);
      open = &sections.back().blocks.back();
    } else if (line.starts_with("#")) {
      sections.push_back({line, {}});
    }
  }
  REQUIRE_MESSAGE(open == nullptr, path << ": a fence is not closed");
  return sections;
}

// Lines (1-based) of the instructions that `# expect: NAME` comments stand above.
inline std::set<unsigned> expected_lines(const std::string& text, const std::string& name) {
  std::set<unsigned> lines;
  std::istringstream in(text);
  bool pending = false;
  unsigned number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line == "# expect: " + name) {
      pending = true;
    } else {
      REQUIRE_MESSAGE(!line.starts_with("# expect"),
                      "an expectation of another name or a misspelt one: " << line);
      if (pending && !line.starts_with("#")) {
        lines.insert(number);
        pending = false;
      }
    }
  }
  REQUIRE_FALSE(pending);
  return lines;
}

}  // namespace plimsoll::test
