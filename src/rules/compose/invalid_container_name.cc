// invalid-container-name: the engine refuses the name.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/container.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::compose::invalid_container_name {

static constexpr Alias kAliases[] = {
    {"dclint", "service-container-name-regex"},
};

static bool is_valid(std::string_view name) {
  return name.size() >= 2 && is_alnum(name.front()) &&
         std::ranges::all_of(name, [](char c) { return is_word_char(c) || c == '.' || c == '-'; });
}

static void check(const facts::Container& c, Findings& out) {
  if (!c.container_name.known() || is_inherited(c, c.container_name.where)) return;
  const std::string_view name = c.container_name.value;
  if (name.empty() || is_valid(name)) return;
  out.push_back({.where = c.container_name.where,
                 .message = concat({"'", name, "' is no name that a container may have"}),
                 .aliases = c.service != nullptr ? ~0U : 0U});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    container_name: \"my web\"\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run --name web nginx:1.28\n"},
    {.input = Input::run_line, .text = "docker run --name=web/1 nginx:1.28\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.28\n    container_name: my-web_1.a\n"},
};

extern constinit const Rule rule = described({
    .name = "invalid-container-name",
    .severity = Severity::high,
    .category = Category::reliability,
    .summary = "Container has a name that the engine refuses",
    .why = "A name has letters, digits, `_`, `.` and `-`, two characters at least, and begins with "
           "a letter or digit. Any other is\nrefused when the container is made.",
    .remedy = "Choose another name, or leave it out.",
    .source = "moby daemon/names, RestrictedNamePattern",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::compose::invalid_container_name
