// Runs the cases in tests/rules/<subject>/<rule>.md: each fenced block is a file, `# expect: rule`
// stands above the instruction that the rule must report, and nothing else may be reported by that
// rule. The examples of docs/differences.md are run in the same way; each names its rule behind the
// fence.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

#include "judge_text.h"
#include "markdown_cases.h"

using namespace plimsoll;
namespace fs = std::filesystem;

using test::Block;
using test::expected_lines;
using test::read_sections;
using test::Section;

namespace {

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
