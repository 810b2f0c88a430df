// root-only-ignore-pattern: the pattern holds for the context's own folder, and the files lie
// deeper.
#include "rules/context/_copies.h"

namespace plimsoll::rules::context::root_only_ignore_pattern {

using parse::ignorefile::DockerPattern;

// What matches at the root and has a namesake that is neither secret nor clutter may be meant so.
static bool is_mistake(const facts::PatternUse& use) {
  return use.deeper > 0 && (!use.worst.kind.empty() || (!use.matched && !use.may_match_unseen));
}

static Fix fix_of(const facts::Context& context, const DockerPattern& pattern) {
  const text::Place place = context.ignore_place(pattern.where);
  Fix fix{.safety = Safety::changes_behaviour,
          .title = concat({"write **/", pattern.text}),
          .edits = {}};
  fix.edits.push_back({{place.source, {place.span.begin, place.span.begin}}, "**/"});
  return fix;
}

static void check(const facts::Context& context, Findings& out) {
  if (context.files == nullptr || !context.files->complete) return;
  const Copies copies = facts::sources_from_context(*context.build);
  for (std::size_t i = 0; i < context.ignore_patterns.size(); ++i) {
    const facts::PatternUse& use = context.files->uses[i];
    const DockerPattern& pattern = context.ignore_patterns[i];
    if (!is_mistake(use) || taken(copies, use.worst.path) == nullptr) continue;
    std::string message = concat(
        {use.matched ? "covers" : "holds for", " the context's own folder only; ", use.worst.path});
    if (!use.worst.kind.empty()) message += concat({" (", use.worst.kind, ")"});
    if (use.deeper > 1) message += concat({" and ", std::to_string(use.deeper - 1), " more"});
    message += use.deeper > 1 ? " are copied" : " is copied";
    out.push_back({.where = context.ignore_place(pattern.where),
                   .message = std::move(message),
                   .severity = use.worst.secret         ? Severity::medium
                               : use.worst.kind.empty() ? Severity::low
                                                        : Severity::info,
                   .fix = fix_of(context, pattern)});
  }
}

static constexpr std::string_view kCopiesAll = "FROM node:22-slim\nCOPY . /app\n";
static constexpr File kSecret[] = {
    {"Dockerfile", kCopiesAll}, {"config/.env", "PASSWORD=x\n"}, {".dockerignore", ".env\n"}};
static constexpr File kPackages[] = {{"Dockerfile", kCopiesAll},
                                     {"node_modules/a/index.js", "\n"},
                                     {"web/node_modules/a/index.js", "\n"},
                                     {".dockerignore", "node_modules\n"}};
static constexpr File kEnding[] = {
    {"Dockerfile", kCopiesAll}, {"src/a.test.js", "\n"}, {".dockerignore", "*.test.js\n"}};
static constexpr File kAllDepths[] = {
    {"Dockerfile", kCopiesAll}, {"config/.env", "PASSWORD=x\n"}, {".dockerignore", "**/.env\n"}};
static constexpr File kRooted[] = {
    {"Dockerfile", kCopiesAll}, {"src/a.test.js", "\n"}, {".dockerignore", "/a.test.js\n"}};
static constexpr File kNamesake[] = {{"Dockerfile", kCopiesAll},
                                     {"build/a.js", "\n"},
                                     {"src/build/b.js", "\n"},
                                     {".dockerignore", "build\n"}};

static constexpr Example kExamples[] = {
    {.files = kSecret, .flagged = true},
    {.files = kPackages, .flagged = true},
    {.files = kEnding, .flagged = true},
    {.files = kAllDepths},
    {.files = kRooted},
    {.files = kNamesake},
};

extern constinit const Rule rule = described({
    .name = "root-only-ignore-pattern",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Ignore pattern misses files that lie deeper",
    .why =
        "Unlike in `.gitignore`, a pattern without `**/` is matched from the context's folder on: "
        "`.env` keeps `./.env` out\n"
        "and lets `config/.env` in.",
    .remedy = "Write `**/` in front for all depths; a `/` in front says that the context's own "
              "folder is meant.",
    .source = "Docker, Build context, \"Matching\"; moby/patternmatcher v0.6.1",
    .examples = kExamples,
    .check = OnContext{.check = check, .files = true},
});

}  // namespace plimsoll::rules::context::root_only_ignore_pattern
