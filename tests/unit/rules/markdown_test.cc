// Runs the cases in tests/rules/<subject>/<rule>.md: each fenced block is a file (a Dockerfile,
// behind ```yaml a compose.yaml, behind ```sh a script), `# expect: rule`
// stands above the instruction that the rule must report, and nothing else may be reported by that
// rule. Behind ```dockerfile fixed stands what the file before it becomes when all fixes that the
// rule offers there are made; behind ```dockerfile unfixed a case that has findings and no fix. The
// examples of docs/differences.md are run in the same way; each names its rule behind the
// fence. tests/peers/cases/<tool>.md says what each check of another tool must report under that
// tool's id, by whatever rule; `# expect: tool/id` stands above it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>

#include "judge_text.h"
#include "text/edits.h"

namespace markdown_test {

using namespace plimsoll;
namespace fs = std::filesystem;

namespace {

struct Block {
  int line = 0;  // of the fence in the Markdown file
  std::string path = "Dockerfile", text;
  std::string rule;    // behind `rule=`
  std::string labels;  // behind `labels=`: "owner:text,version:semver", " strict" behind it
  bool alone = true;   // no path= : a case by itself
  bool unfixed = false;
  std::optional<std::string> fixed;
};
struct Section {
  std::string heading;
  std::vector<Block> blocks;
};

std::vector<Section> read_sections(const std::string& path) {
  std::ifstream in(path);
  std::vector<Section> sections(1);
  std::string* open = nullptr;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (open != nullptr) {
      if (line == "```")
        open = nullptr;
      else
        *open += line + "\n";
    } else if (line.ends_with(" fixed") && line.starts_with("```")) {
      REQUIRE_MESSAGE(!sections.back().blocks.empty(), path << ":" << number);
      open = &sections.back().blocks.back().fixed.emplace();
    } else if (line.starts_with("```")) {
      Block block{.line = number};
      if (line.starts_with("```yaml")) block.path = "compose.yaml";
      if (line.starts_with("```sh")) block.path = "run.sh";
      const std::size_t at = line.find("path=");
      if (at != std::string::npos) {
        block.path = line.substr(at + 5);
        block.alone = false;
      }
      if (const std::size_t named = line.find("rule="); named != std::string::npos)
        block.rule = line.substr(named + 5);
      if (const std::size_t named = line.find("labels="); named != std::string::npos)
        block.labels = line.substr(named + 7);
      block.unfixed = line.ends_with(" unfixed");
      sections.back().blocks.push_back(block);
      open = &sections.back().blocks.back().text;
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
    if (const std::size_t at = line.find_first_not_of(' ');
        at != std::string::npos && line.compare(at, 8, "# expect") == 0)
      line.erase(0, at);
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

// What settings a case has.
facts::Settings label_settings(std::string_view text) {
  using Kind = facts::LabelKind;
  static const std::map<std::string_view, Kind> kKinds = {
      {"text", Kind::text},       {"url", Kind::url},   {"semver", Kind::semver},
      {"hash", Kind::git_hash},   {"spdx", Kind::spdx}, {"email", Kind::email},
      {"rfc3339", Kind::rfc3339},
  };
  facts::Settings settings;
  constexpr std::string_view kStrict = " strict";
  settings.strict_labels = text.ends_with(kStrict);
  if (settings.strict_labels) text.remove_suffix(kStrict.size());
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    const std::size_t colon = item.find(':');
    settings.labels.emplace_back(item.substr(0, colon), kKinds.at(item.substr(colon + 1)));
  }
  return settings;
}

// Where a finding is expected: its file, and the first line of its instruction or its own.
std::pair<std::string, unsigned> place_of(const engine::Verdict& verdict,
                                          const engine::Judged& judged) {
  const text::Source& source = verdict.source(judged.finding.where.source);
  const unsigned line = judged.instruction_line != 0
                            ? judged.instruction_line
                            : source.position(judged.finding.where.span.begin).line;
  return {source.path(), line};
}

// All fixes of the rule at once, made in the first file.
void check_fixes(const engine::Verdict& verdict, const std::string& rule, const Block& block) {
  std::vector<text::Edit> edits;
  for (const engine::Judged* judged : test::findings_of(verdict, rule))
    if (judged->finding.fix)
      edits.insert(edits.end(), judged->finding.fix->edits.begin(),
                   judged->finding.fix->edits.end());
  CHECK(edits.empty() == block.unfixed);
  if (!block.fixed) return;
  const auto result = text::apply_edits(block.text, edits);
  REQUIRE(result.has_value());
  CHECK(*result == *block.fixed);
  const engine::Verdict after = test::judge({{block.path, *result}});
  CHECK(test::findings_of(after, "syntax-error").empty());
}

void run_case(const std::string& file, const std::string& rule, const std::vector<Block>& blocks) {
  std::map<std::string, std::string> files;
  std::set<std::pair<std::string, unsigned>> expected, found;
  for (const Block& block : blocks) {
    files[block.path] = block.text;
    for (const unsigned line : expected_lines(block.text, rule)) expected.emplace(block.path, line);
  }
  const engine::Verdict verdict = test::judge(files, {}, label_settings(blocks.front().labels));
  for (const engine::Judged* judged : test::findings_of(verdict, rule))
    found.insert(place_of(verdict, *judged));
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
  if (const Block& block = blocks.front(); block.fixed || block.unfixed)
    check_fixes(verdict, rule, block);
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
bool run_peer_case(std::string_view tool, const std::string& id, const std::vector<Block>& blocks) {
  std::map<std::string, std::string> files;
  std::set<std::pair<std::string, unsigned>> expected, found;
  for (const Block& block : blocks) {
    files[block.path] = block.text;
    for (const unsigned line : expected_lines(block.text, std::string(tool) + "/" + id))
      expected.emplace(block.path, line);
  }
  const engine::Verdict verdict = test::judge(files);
  for (const engine::Judged& judged : verdict.findings)
    if (!judged.suppressed && has_alias(judged, tool, id)) found.insert(place_of(verdict, judged));
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
  for (const Section& section : read_sections(path)) {
    if (!section.heading.starts_with("## ")) continue;
    const std::string id = section.heading.substr(3);
    if (!known.contains(id)) {
      MESSAGE("no rule has " << tool << "/" << id);
      continue;
    }
    const auto run = [&](const std::vector<Block>& blocks) {
      ++(run_peer_case(tool, id, blocks) ? seen[id].first : seen[id].second);
    };
    std::vector<Block> together;
    for (const Block& block : section.blocks) {
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

}  // namespace markdown_test
