// Verdicts made by hand, for the tests of the formats.
#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "report/report.h"

namespace plimsoll::report {

struct StringOutput final : Output {
  void write(std::string_view bytes) override { text += bytes; }
  std::string text;
};

inline constexpr rules::Alias kUnpinnedAliases[] = {
    {"hadolint", "DL3008"},
    {"kics", "965a08d7-ef86-4f14-8792-4a3b2098937e"},
    {"trivy", "DS-0029"},
    {"hadolint", "DL3018"}};
inline constexpr rules::Rule kUnpinned = {
    .name = "unpinned-package",
    .severity = rules::Severity::medium,
    .category = rules::Category::reproducibility,
    .preset = rules::Preset::recommended,
    .summary = "Packages are installed without a version",
    .why = "What is installed depends on the day of the build.",
    .remedy =
        "State the version of each package, as in `curl=7.88.1-10+deb12u5`, so that two builds of "
        "the same "
        "Dockerfile install the same bytes.",
    .source = "https://docs.docker.com/build/building/best-practices/",
    .aliases = kUnpinnedAliases,
    .examples = {},
    .check = rules::OnBuild{nullptr}};
inline constexpr rules::Rule kPipe = {
    .name = "pipe-to-shell",
    .severity = rules::Severity::critical,
    .category = rules::Category::security,
    .preset = rules::Preset::recommended,
    .summary = "A download is run without being looked at",
    .why = "Whoever controls the server, or the way to it, controls the image.",
    .remedy = "Download to a file, compare its checksum, then run it.",
    .source = "CWE-494",
    .aliases = {},
    .examples = {},
    .check = rules::OnBuild{nullptr}};

// A verdict on files given as {path, bytes}.
inline engine::Verdict verdict_on(
    std::initializer_list<std::pair<std::string, std::string>> files) {
  engine::Verdict verdict;
  for (const auto& [path, bytes] : files)
    verdict.sources.push_back(std::make_unique<text::Source>(path, bytes));
  verdict.secrets.resize(files.size());
  verdict.files = static_cast<std::uint32_t>(files.size());
  return verdict;
}

// The place of `part`, which must occur in the file.
inline text::Place place(const engine::Verdict& verdict, std::uint32_t source,
                         std::string_view part) {
  const auto at = static_cast<std::uint32_t>(verdict.source(source).bytes().find(part));
  return {source, {at, at + static_cast<std::uint32_t>(part.size())}};
}

inline engine::Judged& add(engine::Verdict& verdict, const rules::Rule& rule, text::Place where,
                           std::string message) {
  engine::Judged judged;
  judged.rule = &rule;
  judged.severity = rule.severity;
  judged.finding.where = where;
  judged.finding.message = std::move(message);
  verdict.findings.push_back(std::move(judged));
  return verdict.findings.back();
}

inline std::string report_as(std::string_view format, const engine::Verdict& verdict,
                             const Options& options = {}) {
  StringOutput output;
  for (const Format& one : formats())
    if (one.name == format) one.write(verdict, options, output);
  return output.text;
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

// A verdict with a bit of everything.
inline engine::Verdict rich_verdict() {
  engine::Verdict verdict = verdict_on(
      {{"services/api/Dockerfile",
        "FROM debian:12 AS build\nRUN apt-get update && \\\n    apt-get install -y curl git && \\\n"
        "\trm -rf /var/lib/apt/lists/*\nRUN curl -fsSL https://example.com/install.sh | sh\nENV "
        "TOKEN=hunter22\n"},
       {"web/Dockerfile", "FROM nginx\n"},
       {"b\xFF d/\xC3\xA9.yml", "services:\n  \xF0\x9F\x90\xB3: {image: x, privileged: true}\n"}});
  engine::Judged& unpinned = add(verdict, kUnpinned, place(verdict, 0, "curl git"),
                                 "curl and git are installed without a version");
  unpinned.finding.aliases = 0b0111;
  unpinned.subject = {engine::SubjectKind::stage, "build"};
  unpinned.instruction_line = 2;
  unpinned.finding.fix = rules::Fix{rules::Safety::changes_behaviour,
                                    "install `curl=7.88.1-10+deb12u5`",
                                    {{place(verdict, 0, "curl"), "curl=7.88.1-10+deb12u5"}}};
  engine::Judged& pipe =
      add(verdict, kPipe, place(verdict, 0, "curl -fsSL https://example.com/install.sh | sh"),
          "the output of curl is run by sh");
  pipe.finding.related = {{place(verdict, 0, "curl git"), "curl comes from here"}};
  pipe.finding.fix = rules::Fix{rules::Safety::safe, "", {{{0, {0, 0}}, "# \"x\"\n"}}};
  engine::Judged& accepted = add(verdict, kUnpinned, place(verdict, 0, "hunter22"), "accepted");
  accepted.suppressed = engine::Suppressed{engine::Suppressed::By::config, "as agreed"};
  verdict.secrets[0] = {place(verdict, 0, "hunter22").span};
  engine::Judged& wide =
      add(verdict, kPipe, place(verdict, 2, "privileged: true"), "it is privileged");
  wide.severity = rules::Severity::low;
  wide.subject = {engine::SubjectKind::service, "\xF0\x9F\x90\xB3"};
  verdict.errors = {{"gone/Dockerfile", 0, "cannot be read: \x1b[31m no such file"},
                    {"x", 7, "NUL bytes"}};
  return verdict;
}

}  // namespace plimsoll::report
