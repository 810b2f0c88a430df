// untrusted-registry: an image comes from a registry that the project does not list as trusted.
#include <algorithm>

#include "base/concat.h"
#include "base/glob.h"
#include "facts/build.h"
#include "facts/settings.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::image::untrusted_registry {

using instructions::same_name;

static constexpr Alias kAliases[] = {
    {"hadolint", "DL3026"},
    {"tally", "hadolint/DL3026"},
    {"dockle", "CIS-DI-0002"},
};

// The registry of an image whose name may hold variables; empty: it can't be known.
static std::string_view registry_of(std::string_view image) {
  const std::string_view constant = image.substr(0, image.find('$'));
  const std::size_t slash = constant.find('/');
  if (slash == std::string_view::npos && constant.size() < image.size() &&
      (constant.empty() || image.find('/') != std::string_view::npos))
    return {};  // "$REGISTRY/app"
  const std::string_view first = constant.substr(0, slash);
  const bool domain = slash != std::string_view::npos &&
                      (first.find_first_of(".:") != std::string_view::npos || first == "localhost");
  return domain ? first : std::string_view("docker.io");
}

static bool trusted(const facts::Settings& settings, std::string_view registry) {
  return std::ranges::any_of(settings.trusted_registries, [&](const std::string& pattern) {
    return glob_match(pattern, registry) ||
           (registry == "docker.io" && glob_match(pattern, "hub.docker.com"));
  });
}

static void judge(const facts::Settings& settings, std::string_view image, const text::Place& where,
                  std::uint32_t aliases, Findings& out) {
  const std::string_view registry = registry_of(image);
  if (registry.empty() || trusted(settings, registry)) return;
  out.push_back({.where = where,
                 .message = concat({image, " comes from ", registry,
                                    ", which is none of the trusted registries"}),
                 .aliases = aliases});
}

static void judge(const facts::Build& build, std::string_view image, text::Span span,
                  Findings& out) {
  judge(*build.settings, image, build.place(span), ~0U, out);
}

static void check_running(const facts::Container& c, Findings& out) {
  if (rules::names_image(c) && c.settings != nullptr && !c.settings->trusted_registries.empty())
    judge(*c.settings, c.image.value, c.image.where, 0, out);
}

static bool names_stage(const facts::Build& build, std::string_view name) {
  return name.find_first_not_of("0123456789") == std::string_view::npos ||
         std::ranges::any_of(build.stages,
                             [&](const facts::Stage& s) { return same_name(s.name, name); });
}

static void check(const facts::Build& build, Findings& out) {
  if (build.settings->trusted_registries.empty()) return;
  for (const facts::Stage& stage : build.stages) {
    const facts::Base& base = stage.base;
    if (base.stage == nullptr && !base.scratch && base.span.end > base.span.begin &&
        !stage.from->words.empty())
      judge(build, base.reference.known() ? base.reference.value : build.source->at(base.span),
            base.span, out);
    for (const facts::Copy& copy : stage.copies) {
      const parse::dockerfile::Flag* from = copy.instruction->flag("from");
      if (from != nullptr && !names_stage(build, from->value))
        judge(build, from->value, from->value_span, out);
    }
    for (const facts::Run& run : stage.runs)
      for (const parse::dockerfile::Mount& mount : run.instruction->mounts)
        for (const parse::dockerfile::MountOption& option : mount.options)
          if (option.key == "from" && !names_stage(build, option.value) &&
              option.value != "scratch")
            judge(build, option.value, option.value_span, out);
  }
}

static constexpr ExampleSettings kSettings = {.trusted_registry = "*.example.com"};
static constexpr Example kExamples[] = {
    {.text = "# trusted: *.example.com\nFROM alpine:3.22\n",
     .flagged = true,
     .settings = kSettings},
    {.text = "# trusted: *.example.com\nFROM registry.example.com/base:1\n"
             "COPY --from=docker.io/library/nginx:1.28 /etc/nginx /etc/nginx\n",
     .flagged = true,
     .settings = kSettings},
    {.input = Input::compose,
     .text = "# trusted: *.example.com\nservices:\n  web:\n    image: nginx:1.28\n",
     .flagged = true,
     .settings = kSettings},
    {.text = "# trusted: *.example.com\nFROM registry.example.com/base:1\n", .settings = kSettings},
    {.input = Input::run_line,
     .text = "docker run registry.example.com/web:1  # trusted: *.example.com\n",
     .settings = kSettings},
    {.text = "# no registry is named: all are trusted\nFROM alpine:3.22\n"},
};

extern constinit const Rule rule = described({
    .name = "untrusted-registry",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Image comes from a registry that is not trusted",
    .why = "What an image holds runs in the build and in production. A project that lists its "
           "registries wants nothing else to\n"
           "get in; a misspelt name, or one without a registry, is asked of Docker Hub. Silent "
           "until registries are listed.",
    .remedy = "Take the image from a registry of the list (`docker.io` stands for Docker Hub), or "
              "add its registry there.",
    .source = "CIS Docker Benchmark 1.8, 4.2",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
    .on_running = check_running,
});

}  // namespace plimsoll::rules::image::untrusted_registry
