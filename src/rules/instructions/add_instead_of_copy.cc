// add-instead-of-copy: ADD takes a plain local file, for which COPY says all.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::add_instead_of_copy {

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3020"},
    {"tally", "hadolint/DL3020"},
    {"trivy", "DS-0005"},
    {"checkov", "CKV_DOCKER_4"},
    {"kics", "9513a694-aa0d-41d8-be61-3271e056f36b"},
    {"semgrep", "dockerfile.best-practice.prefer-copy-over-add.prefer-copy-over-add"},
    {"dockle", "CIS-DI-0009"},
    {"cis", "4.9"},
};

// ADD looks at a file's bytes, not at its name: what is compressed may well hold a tar archive that
// it unpacks.
static bool compressed(std::string_view path) {
  constexpr std::string_view kEndings[] = {".gz",   ".bz2", ".xz",  ".Z",   ".lz",
                                           ".lzma", ".tb2", ".tlz", ".tpz", ".tZ"};
  path = unquoted(path);
  return std::ranges::any_of(kEndings,
                             [&](std::string_view ending) { return path.ends_with(ending); });
}

enum class Needs : std::uint8_t { copy, add, unknown };
static Needs needed(const facts::Copy::Source& source, std::string_view written) {
  if (source.url || source.git || source.archive || source.heredoc || compressed(written))
    return Needs::add;
  return source.path.known() || written.find('$') == std::string_view::npos ? Needs::copy
                                                                            : Needs::unknown;
}

static bool fixable(const facts::Copy& copy) {
  const bool flags =
      std::ranges::all_of(copy.instruction->flags, [](const parse::dockerfile::Flag& flag) {
        return flag.name == "chown" || flag.name == "chmod" || flag.name == "link" ||
               flag.name == "exclude";
      });
  return flags && std::ranges::none_of(copy.sources, [](const facts::Copy::Source& source) {
           return !source.path.known() || source.path.value.find_first_of("*?[") !=
                                              std::string_view::npos;  // may match an archive
         });
}

static void check_add(const facts::Build& build, const facts::Copy& copy, Findings& out) {
  std::size_t plain = 0, first_plain = 0;
  for (std::size_t i = copy.sources.size(); i-- > 0;) {
    const Needs needs = needed(copy.sources[i], copy.instruction->words[i].text);
    if (needs == Needs::unknown && copy.instruction->words[i].text.starts_with('$')) return;
    if (needs == Needs::add) continue;
    ++plain;
    first_plain = i;
  }
  if (plain == 0) return;
  const text::Place keyword = build.place(copy.instruction->keyword_span);
  Finding finding{.where = keyword,
                  .message = concat({"ADD takes ", copy.instruction->words[first_plain].text,
                                     ", which COPY would do as well"}),
                  .aliases = copy.trigger ? without(kAliases, "hadolint") : ~0U};
  if (plain == copy.sources.size() && fixable(copy)) {
    const bool lower = copy.instruction->keyword_text == "add";
    finding.fix = Fix{.title = "write COPY", .edits = {{keyword, lower ? "copy" : "COPY"}}};
  }
  out.push_back(std::move(finding));
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies)
      if (copy.add) check_add(build, copy, out);
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nADD app /app\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nCOPY app /app\n"},
    {.text = "FROM alpine:3.22\nADD app.zip /app/\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nCOPY app.zip /app/\n"},
    {.text = "FROM alpine:3.22\nADD rootfs.tar.gz /\n"},
    {.text = "FROM alpine:3.22\nADD https://example.com/app /app\n"},
    {.text = "FROM alpine:3.22\nADD git@git.example.com:team/app.git /app\n"},
};

extern constinit const Rule rule = described({
    .name = "add-instead-of-copy",
    .severity = Severity::low,
    .category = Category::security,
    .summary = "ADD where COPY would do",
    .why = "`ADD` also fetches URLs and unpacks archives, judging by what it finds. If a file's "
           "content changes, so does what\n"
           "`ADD` does with it; `COPY` copies.",
    .remedy = "Write `COPY`; keep `ADD` for archives to unpack, URLs and Git repositories.",
    .source = "CIS Docker Benchmark 1.6, 4.9",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::add_instead_of_copy
