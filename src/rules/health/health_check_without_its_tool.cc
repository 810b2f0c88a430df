// health-check-without-its-tool: the health check calls a program that the image doesn't have, so
// it always fails.
#include <algorithm>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::health {

static constexpr Alias kAliases[] = {{"tally", "tally/ruby/healthcheck-rails-up-endpoint"}};

static bool image_lacks(const data::BaseImage& image, std::string_view tool) {
  return image.tools_complete && std::ranges::binary_search(data::watched_tools(), tool) &&
         !std::ranges::binary_search(image.tools, tool);
}

// `nc` comes with netcat-openbsd, ncat …; all others with a package of their name.
static bool brings(std::string_view text, std::string_view tool) {
  return text.find(tool) != std::string_view::npos ||
         (tool == "nc" && text.find("netcat") != std::string_view::npos);
}

// Could the RUN put the tool into the image? In doubt yes.
static bool may_install(const facts::Run& run, std::string_view tool) {
  if (!run.understood && run.commands.empty()) return true;
  return std::ranges::any_of(run.commands, [&](const facts::Command& command) {
    if (command.packages != nullptr) {
      if (command.packages->from_file) return true;
      for (const facts::Package& package : command.packages->packages)
        if (!package.known || package.local) return true;
    }
    if (command.name.empty() || command.name.ends_with(".sh") || command.piped_in)
      return true;  // a script may do anything
    return std::ranges::any_of(
        command.words, [&](const parse::shell::Word& word) { return brings(word.raw, tool); });
  });
}

// `/usr/local/bin/worker`: one file, under a name that is not the tool's.
static bool another_program(std::string_view to, std::string_view tool) {
  constexpr std::string_view kFolders[] = {"/bin",      "/sbin",          "/usr/bin",
                                           "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"};
  const std::size_t slash = to.rfind('/');
  const std::string_view name = to.substr(slash + 1);
  return slash != std::string_view::npos && !name.empty() && !brings(name, tool) &&
         name.find("box") == std::string_view::npos &&  // busybox and toybox have many names
         std::ranges::find(kFolders, to.substr(0, slash)) != std::end(kFolders);
}

// Into a folder where programs live, a whole tree, or under the tool's name. In doubt yes.
static bool may_copy(const facts::Copy& copy, std::string_view tool) {
  if (!copy.destination.known()) return true;
  const std::string_view to = copy.destination.value;
  if (another_program(to, tool)) return false;
  if (to == "/" || to.starts_with("/usr") || to.starts_with("/bin") || to.starts_with("/sbin") ||
      brings(to, tool))
    return true;
  return std::ranges::any_of(copy.sources, [&](const facts::Copy::Source& source) {
    return source.path.known() && brings(source.path.value, tool);
  });
}

static bool may_bring(const facts::Stage& stage, std::string_view tool) {
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage)
    if (std::ranges::any_of(
            s->runs,
            [&](const facts::Run& run) { return !run.trigger && may_install(run, tool); }) ||
        std::ranges::any_of(s->copies, [&](const facts::Copy& copy) {
          return !copy.trigger && may_copy(copy, tool);
        }))
      return true;
  return false;
}

static void check(const facts::Container& c, Findings& out) {
  if (!c.health_check.known() || c.base == nullptr || c.stage == nullptr) return;
  const std::string_view tool = c.health_check.value.tool;
  if (tool.empty() || !image_lacks(*c.base, tool) || may_bring(*c.stage, tool)) return;
  out.push_back(
      {.where = c.health_check.value.tool_where,
       .message = concat({"the health check calls ", tool, ", which ",
                          c.image.known() ? c.image.value : std::string_view("the base image"),
                          " doesn't have and nothing here installs"})});
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-alpine\nHEALTHCHECK CMD curl -f http://localhost:3000/health\n",
     .flagged = true},
    {.text = "FROM node:22-alpine\nRUN apk add --no-cache git\nHEALTHCHECK CMD [\"curl\", \"-f\", "
             "\"http://localhost/\"]\n",
     .flagged = true},
    {.text = "FROM node:22-alpine\nRUN apk add --no-cache curl\nHEALTHCHECK CMD curl -f "
             "http://localhost:3000/health\n"},
    {.text = "FROM node:22-alpine\nHEALTHCHECK CMD wget -q -O /dev/null "
             "http://localhost:3000/health\n"},
    {.text = "FROM node:22-alpine\nHEALTHCHECK CMD node healthcheck.js\n"},
};

extern constinit const Rule health_check_without_its_tool = described({
    .name = "health-check-without-its-tool",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Health check calls a program that the image lacks",
    .why = "A check whose program is missing fails every time, so the container is never healthy: "
           "an orchestrator kills it\n"
           "and starts it again, or waits for ever. Slim and Alpine images have no `curl`; "
           "Alpine's busybox has a `wget`.",
    .remedy = "Install the program, or ask with one that is there: `wget` of busybox, or the "
              "service's own language.",
    .source = "Dockerfile reference, HEALTHCHECK",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check},
});

}  // namespace plimsoll::rules::health
