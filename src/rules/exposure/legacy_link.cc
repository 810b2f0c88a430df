// legacy-link: containers are joined by links, which hand over each other's environment.
#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::exposure::legacy_link {

static void check_list(const facts::FactList<std::string_view>& links, Findings& out) {
  for (const facts::Fact<std::string_view>& link : links.items)
    if (link.known())
      out.push_back({.where = link.where,
                     .message = concat({"a link to ", link.value.substr(0, link.value.find(':')),
                                        " is how networks were made before there were names"})});
}

static void check(const facts::Container& c, Findings& out) {
  check_list(c.links, out);
  if (c.service != nullptr) check_list(c.service->external_links, out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    links: [db]\n  db:\n    image: "
             "postgres:17\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --link db acme/app:1\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: acme/app:1\n    depends_on: [db]\n  db:\n    image: "
             "postgres:17\n"},
    {.input = Input::run_line, .text = "docker run --network back acme/app:1\n"},
};

extern constinit const Rule rule = described({
    .name = "legacy-link",
    .severity = Severity::info,
    .category = Category::security,
    .preset = Preset::all,
    .summary = "Containers are linked",
    .why = "On the default bridge a link copies the other container's environment, secrets "
           "included. In a network of its own\n"
           "it does nothing that the service's name does not.",
    .remedy =
        "Use the service's name as host; `depends_on` for the order, a network for what should "
        "reach what.",
    .source = "Docker, \"Legacy container links\"",
    .aliases = {},
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::exposure::legacy_link
