// In doubt a program is there: to say that a health check always fails is worth saying only if so.
#include "facts/health_tool.h"

#include <algorithm>

#include "data/base_image.h"
#include "facts/build.h"

namespace plimsoll::facts {

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
static bool may_install(const Run& run, std::string_view tool) {
  if (!run.understood && run.commands.empty()) return true;
  return std::ranges::any_of(run.commands, [&](const Command& command) {
    if (command.packages != nullptr) {
      if (command.packages->from_file) return true;
      for (const Package& package : command.packages->packages)
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
  constexpr std::string_view kProgramFolders[] = {"/bin",      "/sbin",          "/usr/bin",
                                                  "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"};
  const std::size_t slash = to.rfind('/');
  const std::string_view name = to.substr(slash + 1);
  return slash != std::string_view::npos && !name.empty() && !brings(name, tool) &&
         name.find("box") == std::string_view::npos &&  // busybox and toybox have many names
         std::ranges::find(kProgramFolders, to.substr(0, slash)) != std::end(kProgramFolders);
}

// Into a folder where programs live, a whole tree, or under the tool's name. In doubt yes.
static bool may_copy(const Copy& copy, std::string_view tool) {
  if (!copy.destination.known()) return true;
  const std::string_view to = copy.destination.value;
  if (another_program(to, tool)) return false;
  if (to == "/" || to.starts_with("/usr") || to.starts_with("/bin") || to.starts_with("/sbin") ||
      brings(to, tool))
    return true;
  return std::ranges::any_of(copy.sources, [&](const Copy::Source& source) {
    return source.path.known() && brings(source.path.value, tool);
  });
}

static bool may_bring(const Stage& stage, std::string_view tool) {
  for (const Stage* s = &stage; s != nullptr; s = s->base.stage)
    if (std::ranges::any_of(
            s->runs, [&](const Run& run) { return !run.trigger && may_install(run, tool); }) ||
        std::ranges::any_of(
            s->copies, [&](const Copy& copy) { return !copy.trigger && may_copy(copy, tool); }))
      return true;
  return false;
}

// `command: sh -c "apk add curl && …"`.
static bool may_start_with(const Fact<Program>& program, std::string_view tool) {
  if (program.unknown() && program.origin == Origin::written) return true;
  return program.known() && program.origin == Origin::written &&
         std::ranges::any_of(program.value.words,
                             [&](std::string_view word) { return brings(word, tool); });
}

// What is done when it is started: a file of the host in the place of a program, another command.
static bool may_bring(const Container& c, std::string_view tool) {
  const auto covers = [&](const Fact<Mount>& mount) {
    const std::string_view target = mount.value.target;
    return !mount.known() || brings(target, tool) || target.starts_with("/usr") ||
           target.ends_with("bin");
  };
  return may_start_with(c.entrypoint, tool) || may_start_with(c.command, tool) ||
         !c.mounts.complete || std::ranges::any_of(c.mounts.items, covers);
}

std::string_view lacking_health_tool(const Container& c) {
  if (!c.health_check.known() || c.base == nullptr || c.health_check.origin == Origin::base_image)
    return {};
  const HealthCheck& check = c.health_check.value;
  // Of a stage, missing-shell's business.
  if (c.stage == nullptr && check.form == HealthTest::shell && c.base->shell.empty() &&
      c.base->tools_complete)
    return "a shell";
  const std::string_view tool = check.tool;
  if (tool.empty() || !image_lacks(*c.base, tool)) return {};
  if (c.stage != nullptr && may_bring(*c.stage, tool)) return {};
  return c.running() && may_bring(c, tool) ? std::string_view{} : tool;
}

}  // namespace plimsoll::facts
