// created-host-path: a folder that is missing on the host is made there by root, without a word.
#include "facts/container.h"
#include "rules/rule.h"

namespace plimsoll::rules::storage::created_host_path {

static void check(const facts::Container& c, Findings& out) {
  for (const facts::Fact<facts::Mount>& mount : c.mounts.items)
    if (mount.known() && mount.value.kind == facts::MountKind::bind && mount.value.create_host_path)
      out.push_back(
          {.where = mount.where,
           .message = "if this is missing on the host, an empty folder of root's takes its place"});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - "
             "./nginx.conf:/etc/nginx/nginx.conf:ro\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run -v ./nginx.conf:/etc/nginx/nginx.conf:ro nginx:1.27\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - type: bind\n        "
             "source: ./nginx.conf\n        target: /etc/nginx/nginx.conf\n        bind: "
             "{create_host_path: false}\n"},
    {.input = Input::run_line,
     .text = "docker run --mount type=bind,src=/srv/nginx.conf,dst=/etc/nginx/nginx.conf "
             "nginx:1.27\n"},
};

extern constinit const Rule rule = described({
    .name = "created-host-path",
    .severity = Severity::info,
    .category = Category::reliability,
    .preset = Preset::all,
    .summary = "Missing folder on the host is created by root",
    .why = "A path that was misspelt, or that nobody made on a new host, becomes an empty folder: "
           "the service starts without\n"
           "its data or finds a folder where its file should be.",
    .remedy = "Use the long form with `bind: {create_host_path: false}`, or `--mount`.",
    .source = "Compose specification, \"volumes\"; docker run --mount",
    .aliases = {},
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::storage::created_host_path
