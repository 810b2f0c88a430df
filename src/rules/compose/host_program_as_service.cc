// host-program-as-service: a service is a program of the host, outside of any container.
#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::compose::host_program_as_service {

static void check(const facts::Container& c, Findings& out) {
  if (c.service == nullptr || !c.service->provider.known() ||
      is_inherited(c, c.service->provider.where))
    return;
  const std::string_view type = c.service->provider.value;
  if (type == "model") return;  // Docker's own
  out.push_back({.where = c.service->provider.where,
                 .message = concat({"Compose runs docker-", type, " or ", type,
                                    " on the host, as whoever starts the project"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  db:\n    provider:\n      type: awesomecloud\n      options:\n        "
             "type: mysql\n",
     .flagged = true},
    {.input = Input::compose, .text = "services:\n  web:\n    image: nginx:1.28\n"},
};

extern constinit const Rule rule = described({
    .name = "host-program-as-service",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Service runs a program of the host",
    .why = "A provider is a program that Compose finds by its name on the host's PATH and runs "
           "with the user's rights. A project\nfrom elsewhere that is only started thereby runs "
           "something outside of all containers.",
    .remedy =
        "Use providers that you installed and trust alone, or run the service in a container.",
    .source = "Compose specification, \"provider\"",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::compose::host_program_as_service
