// secret-in-command: a RUN, or a file written here-document by here-document, holds a credential in
// plain text.
#include <algorithm>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "facts/project.h"
#include "rules/rule.h"
#include "rules/secrets/_arguments.h"
#include "rules/secrets/_credentials.h"
#include "rules/secrets/_literals.h"
#include "rules/secrets/_shipped.h"

namespace plimsoll::rules::secrets::secret_in_command {

namespace shell = parse::shell;

static constexpr Alias kAliases[] = {
    {"tally", "tally/secrets-in-code"},
    {"trivy", "DS-0031"},
    {"kics", "a88baa34-e2ad-44ea-ad6f-8cac87bc7c71"},
    {"compose-lint", "CL-0020"},
    {"cis", "4.10"},
};
static constexpr std::uint32_t kOfBuilds = without(kAliases, "compose-lint");
static constexpr std::uint32_t kOfRunning =
    only(kAliases, {"a88baa34-e2ad-44ea-ad6f-8cac87bc7c71", "CL-0020", "4.10"});

// `sh -c "…"` is looked at twice: as a word, and as the commands in it.
static void report(Findings& out, text::Place where, std::string_view found) {
  if (std::ranges::any_of(out, [&](const Finding& f) {
        return f.where.span.begin < where.span.end && where.span.begin < f.where.span.end;
      }))
    return;
  out.push_back(
      {.where = where,
       .message = concat({found, " is written out here, and stays in the image's history"}),
       .aliases = kOfBuilds,
       .secrets = {where.span}});
}

static bool assigns(std::string_view name) {
  return name == "export" || name == "env" || name == "echo" || name == "printf" ||
         name == "declare" || name == "set";
}

// At most one finding a command: what is found next in it would be the same mistake.
static void check_command(const facts::Command& command, Findings& out) {
  if (command.download != nullptr && command.download->has_credentials)
    return report(out, command.place(command.download->credentials_span), "a credential");
  for (const shell::Assignment& a : command.assignments)
    if (!a.array && data::secret_name(a.name) != data::SecretName::no && a.value.known &&
        is_literal(a.value.value) && !is_stand_in(a.value.value))
      return report(out, command.place(a.raw), concat({"the value of ", a.name}));
  for (std::size_t i = 0; i < command.words.size(); ++i) {
    const shell::Word& word = command.words[i];
    Found found = credential_in(word.raw);
    if (found.empty() && i > 0 && assigns(command.name)) found = assigned_in(word.raw);
    if (!found.empty()) return report(out, command.place(word.raw), found);
  }
  if (const Written written = credential_of(command); !written.found.empty())
    report(out, command.place(written.part), written.found);
}

// Each line of a here-document's body is looked at by itself; `place` says where a view of it
// stands.
template <class Place>
static void check_lines(std::string_view body, Place place, Findings& out) {
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
    Found found = credential_in(line);
    if (found.empty()) found = assigned_in(line);
    if (!found.empty()) report(out, place(line), found);
  }
}

static void check_heredocs(const facts::Build& build,
                           const parse::dockerfile::Instruction& instruction, Findings& out) {
  for (const parse::dockerfile::Heredoc& heredoc : instruction.heredocs)
    check_lines(
        heredoc.body.text,
        [&](std::string_view line) { return build.place(heredoc.body.where(line)); }, out);
}

static void check_run(const facts::Build& build, const facts::Run& run, Findings& out) {
  for (const facts::Command& command : run.commands) {
    check_command(command, out);
    for (const shell::Redirect& r : command.redirects)
      check_lines(
          r.body, [&](std::string_view line) { return command.place(line); }, out);
  }
  if (run.script == nullptr) check_heredocs(build, *run.instruction, out);
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Run& run : stage.runs) check_run(build, run, out);
    for (const facts::Copy& copy : stage.copies) check_heredocs(build, *copy.instruction, out);
  }
}

// What a service or a run line says; the rest stands in the Dockerfile, as a secret of its own.
static void report_all(const facts::Container& c, const std::vector<Argument>& arguments,
                       std::string_view of, Findings& out) {
  for (const Argument& argument : arguments) {
    if (c.build != nullptr && argument.where.source == c.build->source_number) continue;
    Finding finding{
        .where = argument.where,
        .message = concat({argument.found, " is written out in ", of,
                           ", which everyone who lists the processes can read"}),
        .severity = Severity::high,
        .aliases = argument.by_value ? kOfRunning & without(kAliases, "compose-lint") : kOfRunning};
    hide(argument.where, finding);
    out.push_back(std::move(finding));
  }
}

static void check_running(const facts::Container& c, Findings& out) {
  report_all(c, arguments_of(c.command.value), "the command", out);
  report_all(c, arguments_of(c.entrypoint.value), "the entrypoint", out);
  report_all(c, arguments_of(c.health_check.value), "the health check", out);
  if (c.service == nullptr) return;
  for (const facts::Hook& hook : c.service->hooks)
    report_all(c, arguments_of(hook.command), "a hook", out);
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "services:\n  cache:\n    image: redis:8\n    command: redis-server --requirepass "
             "hunter2\n",
     .flagged = true},
    {.input = Input::run_line,
     .text = "docker run redis:8 redis-server --requirepass hunter2\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  cache:\n    image: redis:8\n    command: redis-server "
             "/run/secrets/redis.conf\n"},
    {.text = "FROM alpine:3.22\nRUN git clone https://ci:hunter2@git.example.com/app.git\n",
     .flagged = true},
    {.text = "FROM alpine:3.22\nRUN export DB_PASSWORD=hunter2 && ./migrate\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY <<EOF /app/.env\nDB_PASSWORD=hunter2\nEOF\n", .flagged = true},
    {.text = "FROM alpine:3.22\nRUN --mount=type=secret,id=t TOKEN=$(cat /run/secrets/t) && "
             "./fetch --token \"$TOKEN\"\n"},
    {.text = "FROM alpine:3.22\nRUN git clone https://git@git.example.com/app.git\n"},
};

extern constinit const Rule rule = described({
    .name = "secret-in-command",
    .severity = Severity::critical,
    .category = Category::security,
    .summary = "Secret written into a command",
    .why = "Each command of a build is kept in the image's history, word for word; removing what "
           "it wrote in a later layer\n"
           "takes nothing back. The command of a running container is shown by `ps` and `inspect`. "
           "The file that holds it\n"
           "is read by everyone with the repository.",
    .remedy =
        "Replace the secret, then read it from `RUN --mount=type=secret` where it is used; in a "
        "running container\n"
        "from a file under `/run/secrets`.",
    .source = "Docker, Build secrets; CIS Docker Benchmark 1.6, 4.10",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
    .finds_secrets = true,
    .on_running = check_running,
});

}  // namespace plimsoll::rules::secrets::secret_in_command
