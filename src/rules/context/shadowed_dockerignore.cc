// shadowed-dockerignore: the Dockerfile has an ignore file of its own, and the usual one is not
// read.
#include "rules/context/_copies.h"

namespace plimsoll::rules::context::shadowed_dockerignore {

static void check(const facts::Context& context, Findings& out) {
  if (!context.shadows) return;
  const bool empty = context.ignore_patterns.empty() && context.ignore_problems.empty();
  const text::Span first =
      context.ignore_patterns.empty() ? text::Span{} : context.ignore_patterns.front().where;
  out.push_back({.where = context.ignore_place(first),
                 .message = empty ? "it says nothing, and whether .dockerignore is read instead "
                                    "depends on the builder"
                                  : ".dockerignore is not read for this Dockerfile",
                 .severity = empty ? Severity::low : Severity::info});
}

static constexpr std::string_view kCopiesAll = "FROM node:22-slim\nCOPY . /app\n";
static constexpr File kBoth[] = {{"Dockerfile", kCopiesAll},
                                 {"Dockerfile.dockerignore", "**/*.md\n"},
                                 {".dockerignore", "**/.env\n"}};
static constexpr File kEmpty[] = {{"Dockerfile", kCopiesAll},
                                  {"Dockerfile.dockerignore", "# nothing\n"},
                                  {".dockerignore", "**/.env\n"}};
static constexpr File kOne[] = {{"Dockerfile", kCopiesAll},
                                {"Dockerfile.dockerignore", "**/.env\n"}};

static constexpr Example kExamples[] = {
    {.files = kBoth, .flagged = true},
    {.files = kEmpty, .flagged = true},
    {.files = kOne},
};

extern constinit const Rule rule = described({
    .name = "shadowed-dockerignore",
    .severity = Severity::info,
    .category = Category::reliability,
    .summary = "Two ignore files, one of which is not read",
    .why =
        "`<Dockerfile>.dockerignore` stands in the place of `.dockerignore`; the two are not put "
        "together. What only the\n"
        "usual file keeps out is sent to this build.",
    .remedy = "Repeat in the Dockerfile's own ignore file what must never be sent.",
    .source = "Docker, Build context, \"Filename and location\"",
    .examples = kExamples,
    .check = OnContext{.check = check},
});

}  // namespace plimsoll::rules::context::shadowed_dockerignore
