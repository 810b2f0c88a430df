// health-check-without-its-tool: the health check calls a program that the image doesn't have, so
// it always fails.
#include "base/concat.h"
#include "facts/health_tool.h"
#include "rules/health/_probe.h"
#include "rules/rule.h"
#include "rules/running.h"

namespace plimsoll::rules::health::health_check_without_its_tool {

static constexpr Alias kAliases[] = {{"tally", "tally/ruby/healthcheck-rails-up-endpoint"}};

static void check(const facts::Container& c, Findings& out) {
  const std::string_view tool = facts::lacking_health_tool(c);
  if (tool.empty()) return;
  const facts::HealthCheck& health = c.health_check.value;
  if (is_inherited(c, c.health_check.where)) return;
  out.push_back(
      {.where = health.tool_where.span.size() != 0 ? health.tool_where : c.health_check.where,
       .message = concat({"the health check calls ", tool, ", which ",
                          c.image.known() ? c.image.value : std::string_view("the base image"),
                          " doesn't have and nothing here installs"}),
       .aliases = in_dockerfile(c, c.health_check.where) ? ~0U : 0U,
       .fix = asking_otherwise(c)});
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-alpine\nHEALTHCHECK CMD curl -f http://localhost:3000/health\n",
     .flagged = true,
     .fixed = "FROM node:22-alpine\nHEALTHCHECK CMD [\"wget\", \"-q\", \"-O\", \"/dev/null\", "
              "\"http://127.0.0.1:3000/health\"]\n"},
    {.text = "FROM node:22-alpine\nRUN apk add --no-cache git\nHEALTHCHECK CMD [\"curl\", \"-f\", "
             "\"http://localhost/\"]\n",
     .flagged = true,
     .fixed = "FROM node:22-alpine\nRUN apk add --no-cache git\nHEALTHCHECK CMD [\"wget\", \"-q\", "
              "\"-O\", \"/dev/null\", \"http://127.0.0.1:80/\"]\n"},
    {.text = "FROM python:3.13-slim\nHEALTHCHECK --interval=1m CMD wget -q --spider "
             "http://localhost:8000/up || exit 1\n",
     .flagged = true,
     .fixed = "FROM python:3.13-slim\nHEALTHCHECK --interval=1m CMD [\"python3\", \"-c\", \"import "
              "urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/up', timeout=3)\"]\n"},
    {.text = "FROM node:22-slim\nHEALTHCHECK CMD curl -fsS http://localhost:3000/\n",
     .flagged = true,
     .fixed =
         "FROM node:22-slim\nHEALTHCHECK CMD [\"node\", \"-e\", \"require('http').get('http://"
         "127.0.0.1:3000/', (r) => process.exit(r.statusCode < 400 ? 0 : 1)).on('error', () => "
         "process.exit(1))\"]\n"},
    {.text = "FROM node:22-slim\nHEALTHCHECK CMD curl -f -X POST http://localhost:3000/\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: node:20-alpine\n    healthcheck:\n      test: "
             "[\"CMD\", \"curl\", \"-f\", \"http://localhost:3000/health\"]\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run --health-cmd 'curl -f http://localhost:3000/health' node:20-alpine\n",
     .flagged = true},
    {.text = "FROM node:22-alpine\nRUN apk add --no-cache curl\nHEALTHCHECK CMD curl -f "
             "http://localhost:3000/health\n"},
    {.text = "FROM node:22-alpine\nHEALTHCHECK CMD wget -q -O /dev/null "
             "http://localhost:3000/health\n"},
    {.text = "FROM node:22-alpine\nHEALTHCHECK CMD node healthcheck.js\n"},
    {.input = Input::compose,
     .text = "services:\n  app:\n    image: node:20-alpine\n    healthcheck:\n      test: wget "
             "-qO- http://127.0.0.1:3000/health || exit 1\n"},
};

extern constinit const Rule rule = described({
    .name = "health-check-without-its-tool",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Health check calls a program that the image lacks",
    .why = "A check whose program is missing fails every time, so the container is never healthy: "
           "an orchestrator kills it\n"
           "and starts it again, or waits for ever. Slim and Alpine images have no `curl`; "
           "Alpine's busybox has a `wget`.",
    .remedy = "Install the program, or ask with one that is there: `wget` of busybox, or the "
              "service's own language.",
    .source = "Dockerfile reference, HEALTHCHECK",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnContainer{check, Of::both},
});

}  // namespace plimsoll::rules::health::health_check_without_its_tool
