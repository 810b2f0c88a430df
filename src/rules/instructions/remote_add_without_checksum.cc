// remote-add-without-checksum: ADD takes whatever a URL serves on the day of the build.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "rules/edits.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::remote_add_without_checksum {

static constexpr Alias kAliases[] = {{"checkov", "CKV_DOCKER_4"},
                                     {"kics", "4b410d24-1cbe-4430-a632-62c9a931cf1c"}};

static bool is_sha256(std::string_view text) {
  constexpr std::size_t kDigits = 64;
  return text.size() == kDigits && std::ranges::all_of(text, is_lower_hex);
}

// Of another ADD in the file that fetches the same URL; empty: none states it.
static std::string checksum_of_other(const facts::Build& build, std::string_view url) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies) {
      const parse::dockerfile::Flag* flag = copy.instruction->flag("checksum");
      if (flag == nullptr || copy.sources.size() != 1 || !copy.sources.front().path.known() ||
          copy.sources.front().path.value != url || flag->value.find('$') != std::string_view::npos)
        continue;
      return std::string(flag->value);
    }
  return {};
}

// `SUM  /path` of `echo … | sha256sum -c`; empty: it isn't of that file.
static std::string_view sum_in(const facts::Command& command, std::string_view path) {
  if (command.name != "echo" && command.name != "printf") return {};
  for (const parse::shell::Word& word : command.words.subspan(1)) {
    const std::string_view text = word.known ? word.value : std::string_view{};
    const std::string_view sum = text.substr(0, text.find(' '));
    std::string_view file = text.substr(sum.size());
    file = file.substr(0, file.find("\\n"));
    while (file.starts_with(' ') || file.starts_with('*')) file.remove_prefix(1);
    if (is_sha256(sum) && file == path) return sum;
  }
  return {};
}

// Of a RUN behind it that compares the file; empty: none does.
static std::string checksum_compared(const facts::Copy& copy, std::string_view url) {
  if (!copy.destination.known()) return {};
  std::string path(copy.destination.value);
  if (!path.starts_with('/')) return {};
  if (path.ends_with('/')) path += url.substr(url.rfind('/') + 1);
  constexpr std::size_t kLooked = 64;
  const std::span<const facts::Run> runs = copy.stage->runs;
  for (const facts::Run& run : runs.first(std::min(runs.size(), kLooked))) {
    if (run.instruction->span.begin < copy.instruction->span.begin) continue;
    for (const facts::Command& c : run.commands) {
      if (c.name != "sha256sum" || !(c.has_short('c') || c.has("--check"))) continue;
      // What it reads comes from the command in front of it.
      if (c.index == 0 || run.commands[c.index - 1].pipeline != c.pipeline) continue;
      if (const std::string_view sum = sum_in(run.commands[c.index - 1], path); !sum.empty())
        return concat({"sha256:", sum});
    }
  }
  return {};
}

static std::optional<Fix> stated(const facts::Copy& copy) {
  const facts::Build& build = *copy.stage->build;
  constexpr unsigned kMinor = 6;  // 1.6 has --checksum
  if (copy.sources.size() != 1 || copy.trigger || copy.instruction->broken ||
      !frontend_has(build, kMinor) || !copy.sources.front().path.known())
    return {};
  const std::string_view url = copy.sources.front().path.value;
  std::string checksum = checksum_of_other(build, url);
  if (checksum.empty()) checksum = checksum_compared(copy, url);
  if (checksum.empty()) return {};
  return Fix{.title = "state the checksum that the file knows",
             .edits = {inserted(build, copy.instruction->keyword_span.end,
                                concat({" --checksum=", checksum}))}};
}

static void check(const facts::Build& build, Findings& out) {
  constexpr int kFixes = 16;  // for each the whole file is looked through
  int fixes = 0;
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Copy& copy : stage.copies) {
      if (!copy.add || copy.instruction->flag("checksum") != nullptr) continue;
      for (const facts::Copy::Source& source : copy.sources) {
        if (!source.url || source.git) continue;
        const std::string_view written = build.source->at(source.path.where.span);
        const bool plain = (source.path.known() ? source.path.value : written).starts_with("http:");
        out.push_back(
            {.where = source.path.where,
             .message = plain ? "ADD fetches this unencrypted and without a checksum, so anyone "
                                "on the way can change it"
                              : "ADD takes whatever this URL serves, as no checksum is stated",
             .fix = fixes++ < kFixes ? stated(copy) : std::nullopt});
      }
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nADD https://example.com/tool.tar.gz /opt/\n", .flagged = true},
    {.text = "FROM alpine:3.22\nADD https://example.com/tool.tar.gz /opt/\nRUN echo "
             "\"24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  "
             "/opt/tool.tar.gz\" | sha256sum -c -\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nADD "
              "--checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d "
              "https://example.com/tool.tar.gz /opt/\nRUN echo "
              "\"24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  "
              "/opt/tool.tar.gz\" | sha256sum -c -\n"},
    {.text = "FROM alpine:3.22\nARG BASE_URL=http://example.com\nADD ${BASE_URL}/tool /opt/\n",
     .flagged = true},
    {.text = "FROM alpine:3.22\nADD "
             "--checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d "
             "https://example.com/tool.tar.gz /opt/\n"},
    {.text = "FROM alpine:3.22\nADD https://git.example.com/team/app.git /app\n"},
    {.text = "FROM alpine:3.22\nADD tool.tar.gz /opt/\n"},
};

extern constinit const Rule rule = described({
    .name = "remote-add-without-checksum",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "ADD of a URL without a checksum",
    .why = "Whoever can change the file on the server, or on the way if it is plain `http`, "
           "decides what is in the image.\n"
           "Docker fetches it again at each build and does not compare.",
    .remedy = "State `ADD --checksum=sha256:… URL …`.",
    .source = "Dockerfile reference, \"ADD --checksum\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::remote_add_without_checksum
