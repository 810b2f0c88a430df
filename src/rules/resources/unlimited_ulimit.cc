// unlimited-ulimit: a limit of each process is lifted.
#include <algorithm>

#include "base/concat.h"
#include "rules/hardening/_lack.h"

namespace plimsoll::rules::resources::unlimited_ulimit {

static constexpr Alias kAliases[] = {{"cis", "5.19"}};

// Locked memory counts towards a memory limit, which bounds it then; databases ask for that.
static bool is_bounded(const facts::Container& c, std::string_view name) {
  return name == "memlock" &&
         (c.memory_bytes.unknown() || (c.memory_bytes.known() && c.memory_bytes.value > 0));
}

static void check(const facts::Container& c, Findings& out) {
  constexpr std::string_view kJudged[] = {"memlock", "nofile", "nproc"};
  for (const facts::Fact<facts::Ulimit>& item : c.ulimits.items) {
    const facts::Ulimit& limit = item.value;
    if (!item.known() || (limit.soft >= 0 && limit.hard >= 0)) continue;
    if (std::ranges::find(kJudged, limit.name) == std::end(kJudged)) continue;
    if (is_bounded(c, limit.name) || !hardening::is_told(c, item.where)) continue;
    out.push_back({.where = item.where,
                   .message = concat({"the limit of ", limit.name, " is lifted (-1)"}),
                   .aliases = hardening::peers(c, kAliases)});
  }
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    ulimits:\n      nproc: -1\n",
     .flagged = true},
    {.input = Input::compose,
     .text =
         "services:\n  web:\n    image: nginx:1.27\n    ulimits:\n      memlock:\n        soft: "
         "-1\n        hard: -1\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --ulimit nofile=-1 nginx:1.27\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: nginx:1.27\n    ulimits:\n      nofile:\n        soft: "
             "1024\n        hard: 65536\n"},
    {.input = Input::compose,
     .text = "services:\n  search:\n    image: elasticsearch:8.15.0\n    mem_limit: 2g\n    "
             "ulimits:\n      memlock: -1\n"},
};

extern constinit const Rule rule = described({
    .name = "unlimited-ulimit",
    .severity = Severity::low,
    .category = Category::security,
    .summary = "A ulimit is lifted",
    .why = "Without a limit one process may open files until the host can open none, or lock "
           "memory that "
           "nobody else gets.\n"
           "Some programs loop over all file numbers at their start and take minutes where there "
           "are a "
           "billion.",
    .remedy =
        "State a number that the program documents. Where it must lock memory (Elasticsearch, "
        "OpenSearch), set a memory\n"
        "limit beside it, which bounds that, too.",
    .source = "CIS Docker Benchmark 1.6, 5.19",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::running},
});

}  // namespace plimsoll::rules::resources::unlimited_ulimit
