// shared-propagation: mounts that are made inside a container appear on the host, or the other way.
#include "base/concat.h"
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::storage::shared_propagation {

static constexpr Alias kAliases[] = {
    {"kics", "baa452f0-1f21-4a25-ace5-844e7a5f410d"},
    {"compose-lint", "CL-0017"},
    {"cis", "5.20"},
};

static void check(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::Mount>& mount : c.mounts.items) {
    const facts::Mount& m = mount.value;
    // The long form says it by itself, whatever the folder.
    if (!mount.known() && (m.short_form || !m.propagation_where)) continue;
    const bool shared = m.propagation == "shared" || m.propagation == "rshared";
    const bool slave = m.propagation == "slave" || m.propagation == "rslave";
    if (!shared && !slave) continue;
    Finding finding{.where = m.propagation_where.value_or(mount.where)};
    finding.message = concat({"propagation ", m.propagation, " of ", m.target,
                              shared ? " lets what the container mounts appear on the host"
                                     : " lets what the host mounts later appear in the container"});
    finding.severity = shared ? Severity::medium : Severity::low;
    std::uint32_t aliases = only(kAliases, {"5.20"});
    if (shared) aliases |= only(kAliases, {"CL-0017"});
    if (!m.short_form) aliases |= only(kAliases, {"baa452f0-1f21-4a25-ace5-844e7a5f410d"});
    finding.aliases = aliases;
    out.push_back(std::move(finding));
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  agent:\n    image: acme/agent:1\n    volumes:\n      - "
             "/srv/data:/data:rshared\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --mount type=bind,src=/srv/data,dst=/data,bind-propagation=shared "
             "acme/agent:1\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  agent:\n    image: acme/agent:1\n    volumes:\n      - "
             "/srv/data:/data:rprivate\n"},
    {.input = Input::run_line, .text = "docker run -v /srv/data:/data acme/agent:1\n"},
};

extern constinit const Rule rule = described({
    .name = "shared-propagation",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Mounts pass between the container and the host",
    .why = "A container is kept apart by a namespace of mounts of its own. With shared propagation "
           "what it mounts hides or\n"
           "replaces files of the host, and all containers below the same folder see it.",
    .remedy = "Leave the option out; `rprivate` is what holds by default.",
    .source = "CIS Docker Benchmark 1.6, 5.20; mount_namespaces(7)",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::storage::shared_propagation
