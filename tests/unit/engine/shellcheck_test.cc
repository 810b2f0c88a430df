// ShellCheck's part of a run, with a function in its place that answers as it would.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/arena.h"
#include "base/concat.h"
#include "base/own_files.h"
#include "engine/check.h"
#include "engine/shellcheck/cache.h"
#include "engine/shellcheck/scripts.h"
#include "facts/lower.h"
#include "parse/dockerfile/parse.h"

namespace shellcheck_test {

using namespace plimsoll;
using engine::shellcheck::Answer;
using engine::shellcheck::Cache;
using engine::shellcheck::Comment;
using engine::shellcheck::Level;
using engine::shellcheck::Script;

namespace {

// A Dockerfile with its facts.
struct Lowered {
  explicit Lowered(std::string text)
      : source("Dockerfile", std::move(text)),
        tree(parse::dockerfile::parse(source, arena)),
        build(*facts::lower_build(source, 0, tree, {}, arena)) {}
  text::Source source;
  Arena arena;
  parse::dockerfile::Tree tree;
  const facts::Build& build;
};

std::vector<std::string> texts(const std::string& dockerfile) {
  const Lowered lowered(dockerfile);
  return engine::ShellCheck::texts_of(lowered.build);
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

// Says of each line with `$bad` that it is unquoted, with a message that repeats the line.
struct FakeShellCheck {
  int processes = 0, scripts = 0;
  std::mutex mutex;

  Result<Finished> operator()(const Program& program) {
    const std::lock_guard lock(mutex);
    ++processes;
    if (program.words[1] == "--version") return Finished{0, "version: 9.9\n", ""};
    nlohmann::json comments = nlohmann::json::array();
    for (auto word = std::ranges::find(program.words, "--") + 1; word != program.words.end();
         ++word) {
      ++scripts;
      std::istringstream in(bytes_of(*word));
      unsigned number = 0;
      for (std::string line; std::getline(in, line);) {
        ++number;
        if (line == "hang") return fail(ErrorKind::timed_out, "it took too long");
        const std::size_t at = line.find("$bad");
        if (at == std::string::npos) continue;
        const bool info = line.find("info") != std::string::npos,
                   mild = line.find("mild") != std::string::npos;
        comments.push_back({{"file", *word},
                            {"line", number},
                            {"endLine", number},
                            {"column", at + 1},
                            {"endColumn", at + 5},
                            {"level", info ? "info" : "warning"},
                            {"code", mild ? 2046 : 2086},
                            {"message", "Quote this: " + line + "."}});
      }
    }
    return Finished{1, nlohmann::json{{"comments", comments}}.dump(), ""};
  }
};

// The files judged are in memory, the cache is real.
class MixedFs final : public Fs {
 public:
  explicit MixedFs(const std::map<std::string, std::string>& files) : memory_(files) {}
  [[nodiscard]] Result<std::string> read(const std::string& path,
                                         std::uint64_t max_bytes) const override {
    return of(path).read(path, max_bytes);
  }
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override {
    return of(path).list(path);
  }
  [[nodiscard]] Result<FileStatus> status(const std::string& path) const override {
    return of(path).status(path);
  }

 private:
  [[nodiscard]] const Fs& of(const std::string& path) const {
    return path.starts_with('/') ? static_cast<const Fs&>(real_) : memory_;
  }
  MemoryFs memory_;
  RealFs real_;
};

engine::Verdict judge(const std::map<std::string, std::string>& files, FakeShellCheck& fake,
                      const std::string& cache = {}, engine::SelectionSettings settings = {}) {
  const auto selection = engine::select_rules(settings);
  REQUIRE(selection.has_value());
  engine::CheckSettings check{.paths = {"."}, .today = 20261124};
  check.shellcheck = {.program = "/fake/shellcheck",
                      .cache_folder = cache,
                      .run = [&](const Program& program) { return fake(program); }};
  return engine::check(check, *selection, MixedFs(files));
}

std::vector<const engine::Judged*> findings(const engine::Verdict& verdict) {
  std::vector<const engine::Judged*> found;
  for (const engine::Judged& judged : verdict.findings)
    if (judged.rule->name == "shellcheck") found.push_back(&judged);
  return found;
}

}  // namespace

TEST_CASE("a script has its shell, the variables that it mentions, and its text") {
  CHECK(
      texts("FROM a\nARG A=1 B=2\nENV C=1 D=2\nRUN echo $A ${D} $NOT && \\\n # no\n  make\n") ==
      std::vector<std::string>{"#!/bin/sh\nexport A=1\nexport D=1\necho $A ${D} $NOT &&   make\n"});
  // Set later, in another stage, or with a name that no shell knows: not there.
  CHECK(texts("FROM a AS one\nENV A=1\nFROM b\nRUN echo $A $B ${C.D}\nENV B=1\nENV C.D=1\n") ==
        std::vector<std::string>{"#!/bin/sh\necho $A $B ${C.D}\n"});
  CHECK(texts("FROM a AS one\nENV A=1\nFROM one\nRUN echo $A $HTTP_PROXY\n") ==
        std::vector<std::string>{
            "#!/bin/sh\nexport A=1\nexport HTTP_PROXY=1\necho $A $HTTP_PROXY\n"});
}

TEST_CASE("shells come from SHELL, comments and shebangs; those that are no sh have no script") {
  CHECK(texts("FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nRUN one\nFROM b\nRUN two\n") ==
        std::vector<std::string>{"#!/bin/bash\none\n", "#!/bin/sh\ntwo\n"});
  CHECK(texts("FROM a\n# hadolint shell=/bin/bash\nRUN one\n# hadolint shell=pwsh\nRUN two\n"
              "SHELL [\"/bin/ash\", \"-c\"]\nRUN three\n") ==
        std::vector<std::string>{"#!/bin/bash\none\n", "#!/bin/ash\nthree\n"});
  CHECK(texts("FROM a\nSHELL [\"powershell\", \"-c\"]\nRUN one\nSHELL [\"/bin/zsh\", \"-c\"]\n"
              "RUN two\nRUN [\"sh\", \"-c\", \"three\"]\n")
            .empty());
  CHECK(texts("FROM a\nRUN <<EOF\n#!/bin/bash -e\none\ntwo\nEOF\nONBUILD RUN three\n") ==
        std::vector<std::string>{"#!/bin/bash\none\ntwo\n", "#!/bin/sh\nthree\n"});
  CHECK(texts("FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nprint()\nEOF\n").empty());
}

TEST_CASE("places lead back to the Dockerfile, across continuations, tabs and wide characters") {
  const std::string text =
      "FROM a\nENV V=1\nRUN echo \"\xC3\xA9\xE2\x82\xAC\" \\\n  # no\n\t&& echo $V $bad\n";
  const Lowered lowered(text);
  const std::vector<Script> scripts = engine::shellcheck::scripts_of(lowered.build);
  REQUIRE(scripts.size() == 1);
  CHECK(scripts[0].head_lines == 2);
  // Line 3 is `echo "é€" <tab>&& echo $V $bad`.
  const text::Span bad = scripts[0].where(3, 23, 3, 27);
  CHECK(lowered.source.at(bad) == "$bad");
  CHECK(lowered.source.position(bad.begin) == text::Position{5, 13});
  CHECK(lowered.source.at(scripts[0].where(3, 6, 3, 10)) == "\"\xC3\xA9\xE2\x82\xAC\"");
  CHECK(scripts[0].where(2, 1, 2, 3).size() == 0);  // our own line
  // The end of the script is told at its last character.
  CHECK(lowered.source.at(scripts[0].where(4, 1, 4, 1)) == "d");
}

TEST_CASE("any place gives a part of the instruction") {
  for (const std::string body : {"RUN a", "RUN \\\n\\\n a \\\n", "RUN <<EOF\na\n\tb\xFF\xC3\n\nEOF",
                                 "RUN a <<X && b <<-Y\n1\nX\n\t2\n\tY", "RUN <<EOF\n#!/bin/sh\nEOF",
                                 "RUN \xC3\xC3 \xE2\x82", "RUN a\r\n", "RUN <<E\n \nE"}) {
    const Lowered lowered("FROM a\n" + body + "\n");
    for (const Script& script : engine::shellcheck::scripts_of(lowered.build)) {
      const text::Span whole = script.run->instruction->span;
      for (std::uint32_t line = 0; line < 8; ++line) {
        for (std::uint32_t column = 0; column < 12; ++column) {
          const text::Span span = script.where(line, column, line + column % 3, 12 - column);
          if (span.size() == 0) continue;
          CHECK(span.begin >= whole.begin);
          CHECK(span.end <= whole.end + 1);
        }
      }
    }
  }
}

TEST_CASE(
    "findings are ShellCheck's, sorted in among the others; equal scripts are asked about once") {
  FakeShellCheck fake;
  const engine::Verdict verdict =
      judge({{"a/Dockerfile", "FROM a:1\nRUN echo $bad\nRUN echo $bad\n"},
             {"b/Dockerfile", "FROM a:1\nRUN echo $bad\n# hadolint ignore=SC2086\nRUN : $bad\n"}},
            fake);
  const auto found = findings(verdict);
  REQUIRE(found.size() == 4);
  CHECK(fake.scripts == 2);
  CHECK(found[1]->finding.message == "Quote this: echo $bad (SC2086)");
  CHECK(found[1]->finding.shellcheck_code == "SC2086");
  CHECK(found[1]->severity == rules::Severity::low);
  CHECK(found[1]->instruction_line == 3);
  CHECK(verdict.source(0).at(found[1]->finding.where.span) == "$bad");
  CHECK_FALSE(found[2]->suppressed);
  CHECK(found[3]->suppressed);
  CHECK(std::ranges::is_sorted(verdict.findings, {}, [](const engine::Judged& j) {
    return std::pair(j.finding.where.source, j.finding.where.span.begin);
  }));
}

TEST_CASE("no RUN and no wish for its findings: no process") {
  FakeShellCheck fake;
  judge({{"Dockerfile", "FROM a:1\nCMD [\"x\"]\n"}}, fake);
  judge({{"Dockerfile", "FROM a:1\nRUN echo $bad\n"}}, fake, {}, {.ignore = {"shellcheck"}});
  CHECK(fake.processes == 0);
}

TEST_CASE("codes are selected, ignored and given a severity like rules") {
  const std::map<std::string, std::string> files = {{"Dockerfile", "FROM a:1\nRUN echo $bad\n"}};
  FakeShellCheck fake;
  CHECK(findings(judge(files, fake, {}, {.ignore = {"SC2086"}})).empty());
  CHECK(findings(judge(files, fake, {}, {.select = {"SC2086"}})).size() == 1);
  CHECK(findings(judge(files, fake, {}, {.select = {"SC2046"}})).empty());
  CHECK(findings(judge(files, fake, {}, {.select = {"root-user"}})).empty());
  const engine::Verdict high =
      judge(files, fake, {}, {.severity = {{"SC2086", rules::Severity::high}}});
  CHECK(findings(high).at(0)->severity == rules::Severity::high);
}

TEST_CASE("advice is told with the preset all, or by name") {
  const std::map<std::string, std::string> files = {
      {"Dockerfile", "FROM a:1\nRUN info $bad\nRUN mild $bad\n"}};
  FakeShellCheck fake;
  CHECK(findings(judge(files, fake)).empty());
  const engine::Verdict all = judge(files, fake, {}, {.preset = rules::Preset::all});
  REQUIRE(findings(all).size() == 2);
  CHECK(findings(all)[0]->severity == rules::Severity::info);
  CHECK(findings(all)[1]->severity == rules::Severity::info);
  CHECK(findings(judge(files, fake, {}, {.select = {"shellcheck"}})).size() == 2);
  CHECK(findings(judge(files, fake, {}, {.select = {"SC2046"}})).size() == 1);
  CHECK(findings(judge(files, fake, {}, {.select = {"reliability"}})).empty());
}

TEST_CASE("a script that ShellCheck can't stand does not silence the others, and is told") {
  FakeShellCheck fake;
  const engine::Verdict verdict =
      judge({{"Dockerfile", "FROM a:1\nRUN echo $bad\nRUN hang\n"}}, fake);
  CHECK(findings(verdict).size() == 1);
  CHECK(verdict.incomplete);
  REQUIRE(verdict.notes.size() == 1);
  CHECK(verdict.notes[0] == "ShellCheck said nothing of 1 of 2 scripts: it took too long");
}

TEST_CASE("answers are kept, but not those that repeat a secret") {
  const TemporaryFolder folder;
  const std::string cache = folder.path() + "/a/b";
  const std::map<std::string, std::string> files = {
      {"Dockerfile",
       "FROM a:1\nRUN echo $bad\n"
       "RUN curl -u admin:hunter2secret https://example.com $bad\n"}};
  FakeShellCheck first, second;
  const engine::Verdict cold = judge(files, first, cache);
  CHECK(first.scripts == 2);
  REQUIRE_FALSE(cold.secrets[0].empty());
  const engine::Verdict warm = judge(files, second, cache);
  CHECK(second.scripts == 1);
  REQUIRE(findings(cold).size() == 2);
  REQUIRE(findings(warm).size() == 2);
  for (std::size_t i = 0; i < 2; ++i)
    CHECK(findings(cold)[i]->finding.message == findings(warm)[i]->finding.message);
  std::size_t files_seen = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(cache)) {
    if (!entry.is_regular_file()) continue;
    ++files_seen;
    CHECK(bytes_of(entry.path().string()).find("hunter2") == std::string::npos);
    CHECK(entry.status().permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  }
  CHECK(files_seen >= 1);
}

TEST_CASE("the cache keeps what it was given, drops the oldest, and survives damage") {
  const TemporaryFolder folder;
  const RealFs fs;
  const Answer answer = {{2086, Level::info, 1, 2, 3, 4, "a message: 1 2 %"},
                         {1072, Level::error, 9, 9, 9, 9, "x"}};
  const auto key = [](unsigned i) {
    const std::string number = std::to_string(i);
    return "ab" + std::string(62 - number.size(), '0') + number;
  };
  {
    Cache cache(folder.path(), fs);
    for (unsigned i = 0; i < 4000; ++i) cache.add(key(i), answer);
    cache.add(key(4000), {});
    cache.save();
  }
  const std::string path = folder.path() + "/ab";
  CHECK(std::filesystem::file_size(path) <= Cache::kFileLimit + 64);
  {
    Cache cache(folder.path(), fs);
    CHECK_FALSE(cache.find(key(0)));
    const auto kept = cache.find(key(3999));
    REQUIRE(kept);
    REQUIRE(kept->size() == 2);
    CHECK((*kept)[0].message == answer[0].message);
    CHECK((*kept)[0].level == Level::info);
    CHECK((*kept)[1].end_column == 9);
    CHECK(cache.find(key(4000))->empty());
  }
  std::filesystem::resize_file(path, 1000);
  Cache cut(folder.path(), fs);
  CHECK_FALSE(cut.find(key(3999)));
  std::ofstream(path) << "something else\n" << key(3999) << " 0\n";
  Cache other(folder.path(), fs);
  CHECK_FALSE(other.find(key(3999)));
  Cache none("", fs);
  none.add(key(1), answer);
  CHECK_FALSE(none.find(key(1)));
}

}  // namespace shellcheck_test
