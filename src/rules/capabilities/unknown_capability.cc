// unknown-capability: the kernel has none of that name.
#include <algorithm>

#include "base/concat.h"
#include "facts/security.h"
#include "parse/dockerfile/keyword.h"
#include "rules/capabilities/_names.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::capabilities::unknown_capability {

static std::string what_is_meant(const std::string& name) {
  if (name == "CAP_ALL") return "; 'ALL' has no CAP_";
  const std::string_view near = parse::dockerfile::nearest(name, facts::all_capabilities());
  return near.empty() ? std::string() : concat({"; did you mean ", near, "?"});
}

static void look(const facts::Container& c, const facts::FactList<facts::Capability>& list,
                 Findings& out) {
  for (const facts::Fact<facts::Capability>& item : list.items) {
    if (!item.known() || !hardening::is_told(c, item.where)) continue;
    const std::string name = kernel_name(item.value);
    if (name == "ALL" || std::ranges::binary_search(facts::all_capabilities(), name)) continue;
    out.push_back(
        {.where = item.where,
         .message = concat({"there is no capability '", item.value,
                            "', so the engine starts no container", what_is_meant(name)})});
  }
}

static void check(const facts::Container& c, Findings& out) {
  look(c, c.added_capabilities, out);
  look(c, c.dropped_capabilities, out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_add: [NET_ADMN]\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [CAP_ALL]\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    cap_drop: [all]\n    cap_add: "
             "[cap_chown, SETUID]\n"},
};

extern constinit const Rule rule = described({
    .name = "unknown-capability",
    .severity = Severity::high,
    .category = Category::syntax,
    .summary = "There is no such capability",
    .why = "The engine refuses the container: \"invalid CapAdd: unknown capability\". `ALL` stands "
           "without "
           "`CAP_`; with any other\n"
           "name the prefix may be left out.",
    .remedy = "Use a name of capabilities(7), such as `NET_BIND_SERVICE`, or `ALL`.",
    .source = "moby daemon/pkg/oci/caps/utils.go, NormalizeLegacyCapabilities",
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::capabilities::unknown_capability
