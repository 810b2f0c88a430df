// Every example of every rule says what the program does with it.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "base/concat.h"
#include "base/fs.h"
#include "base/process.h"
#include "judge_text.h"
#include "rules/rule.h"
#include "text/edits.h"

using namespace plimsoll;

namespace {

// What a text is called where its kind is read. Empty: it is one that no kind of file holds.
std::string_view usual_name(rules::Input input) {
  switch (input) {
    case rules::Input::dockerfile:
      return "Dockerfile";
    case rules::Input::compose:
      return "compose.yaml";
    case rules::Input::run_line:
      return "run.sh";
    case rules::Input::daemon:
      return "daemon.json";
    case rules::Input::image:
    case rules::Input::container:
      break;
  }
  return {};
}

std::map<std::string, std::string> files_of(const rules::Example& example) {
  std::map<std::string, std::string> files;
  if (!example.text.empty()) files[std::string(usual_name(example.input))] = example.text;
  for (const rules::File& file : example.files)
    for (std::uint32_t i = 0; i < file.times; ++i) files[std::string(file.path)] += file.text;
  return files;
}

facts::Settings settings_of(const rules::Example& example) {
  const rules::ExampleSettings& said = example.settings;
  facts::Settings settings{.strict_labels = said.strict_labels,
                           .prefer_cache_mounts = said.prefer_cache_mounts};
  if (!said.trusted_registry.empty())
    settings.trusted_registries.emplace_back(said.trusted_registry);
  if (!said.label.empty()) settings.labels.emplace_back(said.label, said.label_kind);
  return settings;
}

// ShellCheck itself, for the rule whose findings are its.
engine::ShellCheckSettings shellcheck_for(const rules::Rule& rule) {
  const char* path = std::getenv("PATH");
  if (path == nullptr || !std::holds_alternative<rules::FromShellCheck>(rule.check)) return {};
  return {.program = find_program("shellcheck", path)};
}

// The fixes of all findings of the rule at once, as one edit of the file.
std::string fixed(const engine::Verdict& verdict, std::string_view rule) {
  std::vector<text::Edit> edits;
  for (const engine::Judged* judged : test::findings_of(verdict, rule)) {
    REQUIRE_MESSAGE(judged->finding.fix, "a finding without the promised fix");
    edits.insert(edits.end(), judged->finding.fix->edits.begin(), judged->finding.fix->edits.end());
  }
  const auto result = text::apply_edits(verdict.source(0).bytes(), edits);
  REQUIRE(result.has_value());
  return *result;
}

// The files that the fixes of all findings of the rule make, and those that they change.
std::map<std::string, std::string> made(const engine::Verdict& verdict, std::string_view rule) {
  std::map<std::string, std::string> files;
  std::map<std::uint32_t, std::vector<text::Edit>> edits;
  for (const engine::Judged* judged : test::findings_of(verdict, rule)) {
    REQUIRE_MESSAGE(judged->finding.fix, "a finding without the promised fix");
    for (const rules::NewFile& file : judged->finding.fix->files)
      files[std::string(file_name(file.path))] = file.text;
    for (const text::Edit& edit : judged->finding.fix->edits) {
      std::vector<text::Edit>& own = edits[edit.where.source];
      // Findings that are mended together have the same edits.
      if (std::ranges::none_of(own, [&](const text::Edit& other) {
            return other.where == edit.where && other.text == edit.text;
          }))
        own.push_back(edit);
    }
  }
  for (const auto& [source, list] : edits)
    files[verdict.source(source).path()] = *text::apply_edits(verdict.source(source).bytes(), list);
  return files;
}

std::map<std::string, std::string> texts_of(const rules::Example& example) {
  std::map<std::string, std::string> files;
  for (const rules::File& file : example.fixed_files) files[std::string(file.path)] = file.text;
  return files;
}

}  // namespace

TEST_CASE("examples are flagged or clean as they say, and fixed to what they say") {
  REQUIRE(rules::all().size() >= 40);
  for (const rules::Rule* rule : rules::all()) {
    const engine::ShellCheckSettings shellcheck = shellcheck_for(*rule);
    if (std::holds_alternative<rules::FromShellCheck>(rule->check) && shellcheck.program.empty()) {
      MESSAGE("skipped: examples of " << rule->name << ": there is no shellcheck on PATH");
      continue;
    }
    for (std::size_t i = 0; i < rule->examples.size(); ++i) {
      const rules::Example& example = rule->examples[i];
      if (usual_name(example.input).empty()) continue;  // judged once its input is
      CAPTURE(rule->name);
      CAPTURE(i);
      CAPTURE(example.text);
      const facts::Settings settings = settings_of(example);
      const engine::Verdict verdict = test::judge(files_of(example), {}, settings, shellcheck);
      CHECK(verdict.errors.empty());
      CHECK(test::findings_of(verdict, rule->name).empty() != example.flagged);
      if (rule->name != "syntax-error") CHECK(test::findings_of(verdict, "syntax-error").empty());
      if (!example.fixed_files.empty()) CHECK(made(verdict, rule->name) == texts_of(example));
      if (example.fixed.empty()) continue;
      CHECK(fixed(verdict, rule->name) == example.fixed);
      const engine::Verdict after = test::judge(
          {{std::string(usual_name(example.input)), std::string(example.fixed)}}, {}, settings);
      CHECK(test::findings_of(after, rule->name).empty());
      CHECK(test::findings_of(after, "syntax-error").empty());
    }
  }
}

TEST_CASE("no rule names an alias twice, and no two rules have one name") {
  std::set<std::string_view> names;
  for (const rules::Rule* rule : rules::all()) {
    CAPTURE(rule->name);
    CHECK(names.insert(rule->name).second);
    std::set<std::string> aliases;
    for (const rules::Alias& alias : rule->aliases) {
      CAPTURE(alias.id);
      CHECK(aliases.insert(concat({alias.tool, "/", alias.id})).second);
    }
  }
}
