// single-letter-volume: "v:/data" is a Windows path to Compose, and so an anonymous volume.
#include "base/concat.h"
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::storage::single_letter_volume {

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void check(const facts::Container& c, Findings& out) {
  if (c.kind == facts::ContainerKind::run) return;  // there the engine refuses the name
  for (const facts::Fact<facts::Mount>& mount : c.mounts.items) {
    const facts::Mount& m = mount.value;
    if (!mount.known() || m.kind != facts::MountKind::volume || !m.source.empty() ||
        m.target.size() < 3 || !is_letter(m.target[0]) || !m.target.substr(1).starts_with(":/"))
      continue;
    out.push_back({.where = mount.where,
                   .message = concat({m.target,
                                      " is read as a path on a Windows drive: an anonymous volume, "
                                      "and nothing at ",
                                      m.target.substr(2)})});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    volumes: [\"v:/data\"]\nvolumes:\n  v: "
             "{}\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    volumes: [\"data:/data\"]\nvolumes:\n  "
             "data: {}\n"},
};

extern constinit const Rule rule = described({
    .name = "single-letter-volume",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Volume's name is taken for a Windows drive",
    .why = "What the service writes goes into its own layer and is lost with the container; the "
           "volume that was meant stays\n"
           "empty.",
    .remedy = "Give the volume a name of two letters or more, or use the long form.",
    .source = "compose-go v2.16.2, format/volume.go",
    .aliases = {},
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::storage::single_letter_volume
