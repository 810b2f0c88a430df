// unpacked-download: RUN fetches a tar archive and unpacks it, which ADD --unpack does.
#include <algorithm>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::unpacked_download {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-add-unpack"}};

using facts::Command;

static std::string_view file_name(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  return url.substr(url.find_last_of('/') + 1);
}

// The file that the download writes; empty: unknown, or standard output.
static std::string_view written_file(const Command& command) {
  const std::string_view option = command.name == "curl"
                                      ? command.option("-o", "--output")
                                      : command.option("-O", "--output-document");
  if (!option.empty()) return file_name(option);
  for (const parse::shell::Redirect& redirect : command.redirects)
    if (redirect.op == ">" && redirect.target.known) return file_name(redirect.target.value);
  return file_name(command.download->urls.front());
}

// What ADD has no option for.
static bool picks_or_renames(const Command& tar) {
  constexpr std::string_view kOptions[] = {
      "--strip-components", "--strip",      "--transform",     "--xform",
      "--exclude",          "--wildcards",  "--files-from",    "--one-top-level",
      "--to-command",       "--occurrence", "--no-same-owner", "--skip-old-files"};
  return std::ranges::any_of(kOptions, [&](std::string_view o) { return tar.has(o); });
}

// ADD unpacks tar archives, and no others.
static bool unpacks(const Command& tar, const Command& download) {
  if (tar.name != "tar" || tar.extraction == nullptr || tar.depth != 0 || picks_or_renames(tar))
    return false;
  if (tar.extraction->archive.empty()) return tar.pipeline == download.pipeline;
  return file_name(tar.extraction->archive) == written_file(download);
}

static void check(const Command& command, Findings& out) {
  const facts::Download* download = command.download;
  // With credentials or a loop ADD can't do the same.
  if (download == nullptr || !download->all_urls_known || download->urls.size() != 1 ||
      download->has_credentials || command.depth != 0 || command.run->trigger)
    return;
  const auto behind = command.run->commands.subspan(command.index + 1);
  const auto tar =
      std::ranges::find_if(behind, [&](const Command& other) { return unpacks(other, command); });
  if (tar == behind.end()) return;
  Finding finding{.where = command.place(),
                  .message = concat({"ADD --unpack fetches and unpacks ",
                                     file_name(download->urls.front()), " by itself"})};
  finding.related = {{tar->place(), "here it is unpacked"}};
  out.push_back(std::move(finding));
}

static constexpr std::string_view kNames[] = {"curl", "wget"};

static constexpr Example kExamples[] = {
    {.text = "FROM debian:13\nRUN curl -fsSL https://example.com/app.tar.gz | tar -xz -C /opt\n",
     .flagged = true},
    {.text = "FROM debian:13\nRUN wget -q https://example.com/app.tar.gz && tar xzf app.tar.gz\n",
     .flagged = true},
    {.text = "FROM debian:13\nADD --unpack --checksum=sha256:"
             "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 "
             "https://example.com/app.tar.gz /opt/\n"},
    {.text = "FROM debian:13\nRUN curl -fsSL https://example.com/app.tgz | tar xz "
             "--strip-components=1\n"},
    {.text = "FROM debian:13\nRUN wget -q https://example.com/app.zip && unzip app.zip\n"},
};

extern constinit const Rule rule = described({
    .name = "unpacked-download",
    .severity = Severity::info,
    .category = Category::size,
    .preset = Preset::all,
    .summary = "Download and tar in RUN, where ADD --unpack would do",
    .why = "`ADD --unpack` needs neither curl nor tar in the image, leaves no archive behind, and "
           "with "
           "`--checksum` proves what\n"
           "it got. The builder fetches again only if the file has changed.",
    .remedy = "Write `ADD --unpack --checksum=sha256:… URL /opt/`; it needs `# "
              "syntax=docker/dockerfile:1.17` or newer.",
    .source = "Dockerfile reference, \"ADD --unpack\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::instructions::unpacked_download
