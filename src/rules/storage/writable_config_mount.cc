// writable-config-mount: a file of settings or keys is mounted so that the container may change it.
#include <algorithm>
#include <optional>

#include "base/concat.h"
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::storage::writable_config_mount {

static constexpr Alias kAliases[] = {
    {"cis", "5.6"},
};

// Names of files that programs read and do not write.
static bool is_settings(std::string_view path) {
  constexpr std::string_view kEnds[] = {".cnf", ".conf", ".crt",  ".ini", ".key",
                                        ".pem", ".toml", ".yaml", ".yml"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return path.ends_with(end); });
}

// `- ./app.conf:/app.conf` in one text gets `:ro`, if that text says nothing of it yet.
static std::optional<Fix> make_read_only(const facts::Fact<facts::Mount>& mount) {
  const facts::Mount& m = mount.value;
  const auto least = m.target.size() + 3;
  if (!m.short_form || !mount.editable || !m.propagation.empty() || mount.where.span.size() < least)
    return std::nullopt;
  return Fix{
      .safety = Safety::changes_behaviour,
      .title = concat({"mount ", m.target, " read-only"}),
      .edits = {{{mount.where.source, {mount.where.span.end, mount.where.span.end}}, ":ro"}}};
}

static void check(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::Mount>& mount : c.mounts.items) {
    const facts::Mount& m = mount.value;
    if (!mount.known() || m.kind != facts::MountKind::bind || m.read_only) continue;
    if (!is_settings(m.source) || !is_settings(m.target)) continue;
    Finding finding{.where = mount.where,
                    .message = concat({m.target,
                                       " can be changed from within the container, on the "
                                       "host too"})};
    // A run line's option has its name in front, and options may stand behind.
    if (c.kind != facts::ContainerKind::run) finding.fix = make_read_only(mount);
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - "
             "./nginx.conf:/etc/nginx/nginx.conf\n",
     .flagged = true,
     .fixed = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - "
              "./nginx.conf:/etc/nginx/nginx.conf:ro\n"},
    {.input = Input::run_line,
     .text = "docker run -v ./nginx.conf:/etc/nginx/nginx.conf nginx:1.27\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - "
             "./nginx.conf:/etc/nginx/nginx.conf:ro\n      - ./data:/data\n"},
    {.input = Input::run_line, .text = "docker run -v ./html:/usr/share/nginx/html nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "writable-config-mount",
    .severity = Severity::low,
    .category = Category::security,
    .preset = Preset::all,
    .summary = "Settings are mounted writable",
    .why = "A program that was broken into changes its own settings, and the change outlives the "
           "container: the file is the\n"
           "host's.",
    .remedy = "Add `:ro`, or `read_only: true` in the long form.",
    .source = "OWASP Docker Security Cheat Sheet, rule 8; CIS Docker Benchmark 1.6, 5.6",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
    .option_remedy = OptionRemedy::mount_read_only,
});

}  // namespace plimsoll::rules::storage::writable_config_mount
