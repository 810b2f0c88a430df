// Runs the cases in tests/rules/<subject>/<rule>.md: each fenced block is a file, `# expect: rule`
// stands above the instruction that the rule must report, and nothing else may be reported by that
// rule. The examples of docs/differences.md are run in the same way; each names its rule behind the
// fence.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "judge_text.h"

using namespace plimsoll;
namespace fs = std::filesystem;

namespace {

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

std::vector<Section> read_sections(const std::string& path) {
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

// Lines (1-based) of the instructions that `# expect: rule` comments stand above.
std::set<unsigned> expected_lines(const std::string& text, const std::string& rule) {
  std::set<unsigned> lines;
  std::istringstream in(text);
  bool pending = false;
  unsigned number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line == "# expect: " + rule) {
      pending = true;
    } else {
      REQUIRE_MESSAGE(!line.starts_with("# expect"),
                      "an expectation of another rule or a misspelt one: " << line);
      if (pending && !line.starts_with("#")) {
        lines.insert(number);
        pending = false;
      }
    }
  }
  REQUIRE_FALSE(pending);
  return lines;
}

void run_case(const std::string& file, const std::string& rule, const std::vector<Block>& blocks) {
  std::map<std::string, std::string> files;
  std::set<std::pair<std::string, unsigned>> expected, found;
  for (const Block& block : blocks) {
    files[block.path] = block.text;
    for (const unsigned line : expected_lines(block.text, rule)) expected.emplace(block.path, line);
  }
  const engine::Verdict verdict = test::judge(files);
  for (const engine::Judged* judged : test::findings_of(verdict, rule))
    found.emplace(verdict.source(judged->finding.where.source).path(), judged->instruction_line);
  INFO(file << ":" << blocks.front().line);
  INFO(blocks.front().text);
  CHECK(verdict.errors.empty());
  for (const auto& [path, line] : expected) {
    CAPTURE(line);
    CHECK_MESSAGE(found.contains({path, line}), "expected, not found: " << path);
  }
  for (const auto& [path, line] : found) {
    CAPTURE(line);
    CHECK_MESSAGE(expected.contains({path, line}), "found, not expected: " << path);
  }
}

}  // namespace

TEST_CASE("edge cases written as Markdown") {
  const fs::path root = std::string(PLIMSOLL_ROOT) + "/tests/rules";
  int cases = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".md") continue;
    const std::string rule = entry.path().stem().string();
    REQUIRE_MESSAGE(
        std::ranges::any_of(rules::all(), [&](const rules::Rule* r) { return r->name == rule; }),
        entry.path().string() << " has no rule");
    for (const Section& section : read_sections(entry.path().string())) {
      std::vector<Block> together;
      for (const Block& block : section.blocks) {
        if (!block.alone) {
          together.push_back(block);
          continue;
        }
        run_case(entry.path().string(), rule, {block});
        ++cases;
      }
      if (together.empty()) continue;
      run_case(entry.path().string(), rule, together);
      ++cases;
    }
  }
  CHECK(cases > 100);
}

TEST_CASE("the differences that are documented are those of the program") {
  const std::string file = std::string(PLIMSOLL_ROOT) + "/docs/differences.md";
  int cases = 0;
  for (const Section& section : read_sections(file)) {
    for (const Block& block : section.blocks) {
      REQUIRE_MESSAGE(
          std::ranges::any_of(rules::all(),
                              [&](const rules::Rule* r) { return r->name == block.rule; }),
          file << ":" << block.line << ": no rule " << block.rule);
      run_case(file, block.rule, {block});
      ++cases;
    }
  }
  CHECK(cases >= 10);
}
