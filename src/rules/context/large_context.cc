// large-context: a build is sent a lot, folder by folder.
#include "rules/context/_copies.h"

namespace plimsoll::rules::context::large_context {

static constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20;
// Sending so much takes seconds on a fast disk, before the first step runs.
static constexpr std::uint64_t kLarge = 50 * kMebibyte;

static std::string size_text(std::uint64_t bytes) {
  return concat({std::to_string((bytes + kMebibyte / 2) / kMebibyte), " MiB"});
}

static void check(const facts::Context& context, Findings& out) {
  if (context.files == nullptr || context.files->bytes < kLarge) return;
  const facts::Stage& first = context.build->stages.front();
  std::string message = concat({"a build is sent up to ", size_text(context.files->bytes), ": "});
  std::size_t told = 0;
  for (const facts::FolderSize& size : context.files->sizes) {
    if (told == 5 || size.bytes < kMebibyte) break;
    message += concat({told++ > 0 ? ", " : "", size.path, " ", size_text(size.bytes)});
  }
  out.push_back({.where = context.build->place(first.from->span), .message = std::move(message)});
}

static constexpr std::string_view kCopiesAll = "FROM alpine:3.22\nCOPY . /app\n";
static constexpr std::string_view kQuarter =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n"
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n"
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n"
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n";
static constexpr File kVideos[] = {{"Dockerfile", kCopiesAll},
                                   {"media/film.txt", kQuarter, 240'000}};
static constexpr File kKeptOut[] = {{"Dockerfile", kCopiesAll},
                                    {"media/film.txt", kQuarter, 240'000},
                                    {".dockerignore", "media\n"}};

static constexpr Example kExamples[] = {
    {.files = kVideos, .flagged = true},
    {.files = kKeptOut},
};

extern constinit const Rule rule = described({
    .name = "large-context",
    .severity = Severity::info,
    .category = Category::size,
    .preset = Preset::all,
    .summary = "Build context of more than 50 MiB",
    .why =
        "What a COPY may take is sent to the builder, over the network if that is elsewhere, and "
        "`COPY .` puts it into the image.",
    .remedy = "Name in `.dockerignore` the folders that the build has no use for; the largest are "
              "told here.",
    .source = "Docker, Building best practices, \"Exclude with .dockerignore\"",
    .examples = kExamples,
    .check = OnContext{.check = check, .sizes = true},
});

}  // namespace plimsoll::rules::context::large_context
