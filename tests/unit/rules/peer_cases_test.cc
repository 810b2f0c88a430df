// Runs tests/peers/cases/<tool>.md: what each check of another tool must report under that tool's
// id, by whatever rule, and where no finding may have the id.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "judge_text.h"
#include "markdown_cases.h"

using namespace plimsoll;

namespace {

std::set<std::string> ids_of_rules(std::string_view tool) {
  std::set<std::string> ids;
  for (const rules::Rule* rule : rules::all())
    for (const rules::Alias& alias : rule->aliases)
      if (alias.tool == tool) ids.emplace(alias.id);
  return ids;
}

// Whether the finding says that this tool would report it under this id.
bool has_alias(const engine::Judged& judged, std::string_view tool, std::string_view id) {
  for (std::size_t i = 0; i < judged.rule->aliases.size(); ++i) {
    const rules::Alias& alias = judged.rule->aliases[i];
    if (alias.tool == tool && alias.id == id && (judged.finding.aliases >> i & 1U) != 0)
      return true;
  }
  return false;
}

// Returns whether something is expected of these files.
bool run_case(std::string_view tool, const std::string& id,
              const std::vector<test::Block>& blocks) {
  std::map<std::string, std::string> files;
  std::set<std::pair<std::string, unsigned>> expected, found;
  for (const test::Block& block : blocks) {
    files[block.path] = block.text;
    for (const unsigned line : test::expected_lines(block.text, std::string(tool) + "/" + id))
      expected.emplace(block.path, line);
  }
  const engine::Verdict verdict = test::judge(files);
  for (const engine::Judged& judged : verdict.findings)
    if (!judged.suppressed && has_alias(judged, tool, id))
      found.emplace(verdict.source(judged.finding.where.source).path(), judged.instruction_line);
  INFO(tool << ".md:" << blocks.front().line << " " << id << "\n" << blocks.front().text);
  CHECK(verdict.errors.empty());
  for (const auto& [path, line] : expected)
    CHECK_MESSAGE(found.contains({path, line}), "not found: line " << line << " of " << path);
  for (const auto& [path, line] : found)
    CHECK_MESSAGE(expected.contains({path, line}), "not expected: line " << line << " of " << path);
  return !expected.empty();
}

void run_tool(std::string_view tool) {
  const std::set<std::string> known = ids_of_rules(tool);
  std::map<std::string, std::pair<int, int>> seen;  // id: flagged, clean
  const std::string path =
      std::string(PLIMSOLL_ROOT) + "/tests/peers/cases/" + std::string(tool) + ".md";
  for (const test::Section& section : test::read_sections(path)) {
    if (!section.heading.starts_with("## ")) continue;
    const std::string id = section.heading.substr(3);
    if (!known.contains(id)) {
      MESSAGE("no rule has " << tool << "/" << id);
      continue;
    }
    const auto run = [&](const std::vector<test::Block>& blocks) {
      ++(run_case(tool, id, blocks) ? seen[id].first : seen[id].second);
    };
    std::vector<test::Block> together;
    for (const test::Block& block : section.blocks) {
      if (block.alone)
        run({block});
      else
        together.push_back(block);
    }
    if (!together.empty()) run(together);
  }
  for (const std::string& id : known) {
    CAPTURE(id);
    CHECK_MESSAGE(seen[id].first > 0, "no flagged case in " << path);
    CHECK_MESSAGE(seen[id].second > 0, "no clean case in " << path);
  }
}

}  // namespace

TEST_CASE("what trivy's Dockerfile checks report is reported under their ids") {
  run_tool("trivy");
}

TEST_CASE("what BuildKit's checks report is reported under their names") {
  run_tool("buildkit");
}
