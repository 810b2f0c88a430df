// `plimsoll show shell`: the commands of each RUN, and what they were understood to do.
#include "cli/show.h"

namespace plimsoll::cli {
namespace {

std::string_view name(facts::ShellKind kind) {
  switch (kind) {
    case facts::ShellKind::posix:
      return "posix";
    case facts::ShellKind::bash:
      return "bash";
    case facts::ShellKind::other_posix:
      return "other-posix";
    case facts::ShellKind::powershell:
      return "powershell";
    case facts::ShellKind::cmd:
      return "cmd";
    case facts::ShellKind::unknown:
      return "unknown";
  }
  return "unknown";
}

class ShellJson {
 public:
  ShellJson(JsonWriter& json, const text::Source& source) : json_(json), source_(source) {}

  void write(const facts::Build& build) {
    json_.begin_object();
    json_.member("schema", "plimsoll-shell/1");
    json_.member("file", source_.path());
    json_.array("runs");
    for (const facts::Stage& stage : build.stages)
      for (const facts::Run& run : stage.runs) write_run(run);
    json_.new_line();
    json_.end_array();
    json_.end_object();
  }

 private:
  void write_run(const facts::Run& run) {
    json_.new_line();
    json_.begin_object();
    json_.member("stage", run.stage->index);
    write_span(json_, source_, run.instruction->span);
    json_.member("shell", name(run.shell.kind));
    json_.key("understood");
    json_.boolean(run.understood);
    if (run.script != nullptr) json_.member("script", run.script->text.text);
    json_.array("commands");
    for (const facts::Command& command : run.commands) write_command(command);
    json_.end_array();
    if (run.script != nullptr) write_problems(*run.script);
    json_.end_object();
  }

  void write_command(const facts::Command& command) {
    json_.new_line();
    json_.begin_object();
    json_.optional("name", command.name);
    write_span(json_, source_, command.place().span);
    json_.array("words");
    for (const parse::shell::Word& word : command.words) {
      if (word.known) {
        json_.string(word.value);
      } else {  // what can't be known is shown as it is written
        json_.begin_object();
        json_.member("unknown", word.raw);
        json_.end_object();
      }
    }
    json_.end_array();
    json_.optional("wrapper", command.wrapper);
    json_.member("pipeline", command.pipeline);
    if (command.packages != nullptr) write_packages(*command.packages);
    json_.end_object();
  }

  void write_packages(const facts::PackageCall& call) {
    json_.object("packages");
    json_.member("program", call.program);
    json_.optional("action", call.action_text);
    json_.array("list");
    for (const facts::Package& package : call.packages) {
      json_.begin_object();
      json_.member("text", package.text);
      json_.optional("version", package.version);
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void write_problems(const parse::shell::Script& script) {
    if (script.problems.empty()) return;
    json_.array("problems");
    for (const parse::shell::Problem& problem : script.problems) {
      json_.begin_object();
      json_.member("message", problem.message);
      write_span(json_, source_, script.text.where(problem.where));
      json_.end_object();
    }
    json_.end_array();
  }

  JsonWriter& json_;
  const text::Source& source_;
};

}  // namespace

void show_shell(JsonWriter& json, const text::Source& source, const facts::Build& build) {
  ShellJson(json, source).write(build);
}

}  // namespace plimsoll::cli
