// nginx-stop-signal: nginx is told to drop its requests when the container stops.
#include "rules/instructions/_stop_signal.h"

namespace plimsoll::rules::instructions::nginx_stop_signal {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-nginx-sigquit"}};

static void check(const facts::Container& c, Findings& out) {
  const std::string_view program = base_name(main_program(c));
  if (program == "nginx" || program == "openresty")
    check_signal(c, {program, "SIGQUIT", ", so that requests under way are cut off"}, out);
}

static constexpr Example kExamples[] = {
    {.text =
         "FROM debian:13\nRUN apt-get update && apt-get install -y nginx\nCMD [\"nginx\", \"-g\", "
         "\"daemon off;\"]\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN apt-get update && apt-get install -y nginx\nSTOPSIGNAL "
              "SIGQUIT\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"},
    {.text = "FROM nginx:1.28\nSTOPSIGNAL SIGTERM\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n",
     .flagged = true,
     .fixed = "FROM nginx:1.28\nSTOPSIGNAL SIGQUIT\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"},
    {.text = "FROM nginx:1.28\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"},
    {.text = "FROM debian:13\nSTOPSIGNAL SIGQUIT\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"},
};

extern constinit const Rule rule = described({
    .name = "nginx-stop-signal",
    .severity = Severity::low,
    .category = Category::reliability,
    .summary = "nginx is stopped by another signal than SIGQUIT",
    .why = "On `SIGTERM` nginx leaves at once and drops what it is answering; on `SIGQUIT` it "
           "finishes "
           "that first. With each\n"
           "deployment some clients see an error.",
    .remedy = "Add `STOPSIGNAL SIGQUIT`, as the official image does.",
    .source = "nginx documentation, \"Controlling nginx\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check},
});

}  // namespace plimsoll::rules::instructions::nginx_stop_signal
