// Walks a script's tree and lists its simple commands in source order, those inside compound
// commands, functions, substitutions, wrappers (`sudo …`) and quoted scripts (`bash -c '…'`) too.
#include "facts/runs/runs.h"
#include "parse/shell/parse.h"

namespace plimsoll::facts {
namespace {

using parse::shell::List;
using parse::shell::Part;
using ShellWord = parse::shell::Word;

constexpr std::uint8_t kDeepestQuotedScript = 4;

// What stands around a command.
struct Frame {
  CommandContext context{};
  std::uint32_t pipeline = 0;
  std::uint8_t depth = 0, quoted_scripts = 0;
  bool piped_in = false, piped_out = false;
  bool wrapped = false;        // the words stand behind a wrapper's own
  std::string_view wrapper{};  // it, or the shell whose quoted script this is
};

class Flattener {
 public:
  Flattener(Run& run, Lowering& in) : run_(run), in_(in) {
    // Pipelines of the exec form's own command came before.
    if (!in.scratch.commands.empty()) next_pipeline_ = in.scratch.commands.back().pipeline + 1;
  }

  void list(const List& list, const Frame& frame);
  void words(std::span<const ShellWord> words, const parse::shell::Command* node,
             const Frame& frame);

 private:
  void pipeline(const parse::shell::Pipeline& pipeline, const Frame& frame);
  void command(const parse::shell::Command& node, const Frame& frame);
  void substitutions(const parse::shell::Command& node, const Frame& frame, std::uint32_t host);
  void parts(std::span<const Part> parts, const Frame& frame);
  void wrapped(std::uint32_t index, const Frame& frame);
  void quoted_script(std::uint32_t index, const Frame& frame);

  Run& run_;
  Lowering& in_;
  std::uint32_t next_pipeline_ = 0;
};

void Flattener::list(const List& list, const Frame& frame) {
  for (const parse::shell::Item& item : list.items) pipeline(item.pipeline, frame);
}

void Flattener::pipeline(const parse::shell::Pipeline& pipeline, const Frame& frame) {
  const std::size_t count = pipeline.commands.size();
  if (count > 1) run_.has_pipe = true;
  const std::uint32_t number = next_pipeline_++;
  for (std::size_t i = 0; i < count; ++i) {
    Frame inner = frame;
    inner.pipeline = number;
    inner.wrapped = false;
    inner.piped_in |= i > 0;
    if (i + 1 < count) {
      inner.piped_out = true;
      inner.context.sink = number;
    }
    command(pipeline.commands[i], inner);
  }
}

Frame one_deeper(const Frame& frame) {
  Frame inner = frame;
  if (inner.depth < 255) ++inner.depth;
  return inner;
}

void Flattener::command(const parse::shell::Command& node, const Frame& frame) {
  if (!node.words.empty() && node.kind == parse::shell::CommandKind::simple) {
    const auto host = static_cast<std::uint32_t>(in_.scratch.commands.size());
    words(node.words, &node, frame);
    substitutions(node, frame, host);
  } else {
    substitutions(node, frame, kNone);
  }
  const Frame inner = one_deeper(frame);
  for (const List& body : node.lists) list(body, inner);
}

void Flattener::substitutions(const parse::shell::Command& node, const Frame& frame,
                              std::uint32_t host) {
  Frame inner = one_deeper(frame);
  inner.piped_in = inner.piped_out = false;
  inner.context = {};
  for (const parse::shell::Assignment& assignment : node.assignments) {
    parts(assignment.value.parts, inner);
    for (const ShellWord& element : assignment.elements) parts(element.parts, inner);
  }
  for (std::uint32_t i = 0; i < node.words.size(); ++i) {
    inner.context.host = host;
    inner.context.host_word = i;
    parts(node.words[i].parts, inner);
  }
  inner.context = {};
  for (const parse::shell::Redirect& redirect : node.redirects) {
    parts(redirect.target.parts, inner);
    parts(redirect.body_parts, inner);
  }
}

void Flattener::parts(std::span<const Part> parts, const Frame& frame) {
  for (const Part& part : parts) {
    if (part.list != nullptr) list(*part.list, frame);
    if (!part.parts.empty()) this->parts(part.parts, frame);
  }
}

void Flattener::words(std::span<const ShellWord> words, const parse::shell::Command* node,
                      const Frame& frame) {
  const auto index = static_cast<std::uint32_t>(in_.scratch.commands.size());
  Command command{.name = program_name(words[0]), .words = words, .run = &run_, .node = node};
  command.wrapper = frame.wrapper;
  command.index = index;
  command.pipeline = frame.pipeline;
  command.piped_in = frame.piped_in;
  command.piped_out = frame.piped_out;
  command.depth = frame.depth;
  command.name_span = command.place(words[0].raw).span;
  if (node != nullptr) {
    command.redirects = node->redirects;
    if (!frame.wrapped) command.assignments = node->assignments;
  }
  if (command.name.empty() || command.name == "eval") run_.understood = false;
  in_.scratch.commands.push_back(command);
  in_.scratch.contexts.push_back(frame.context);
  wrapped(index, frame);
  quoted_script(index, frame);
}

void Flattener::wrapped(std::uint32_t index, const Frame& frame) {
  const Command command = in_.scratch.commands[index];
  const std::size_t at = wrapped_at(command.name, command.words);
  if (at == 0) return;
  Frame inner = frame;
  inner.wrapper = command.name;
  inner.wrapped = true;
  const std::span<const ShellWord> behind = command.words.subspan(at);
  words(behind.first(wrapped_size(command.name, behind)), command.node, inner);
}

// The script must stand there as the shell will read it: an escape or an expansion in it would move
// or change it.
std::string_view unquoted(const ShellWord& word) {
  std::string_view text = word.raw;
  if (!word.known || word.value.empty()) return {};
  if (text.front() == '\'' || text.front() == '"') text = text.substr(1, word.value.size());
  return text == word.value ? text : std::string_view{};
}

void Flattener::quoted_script(std::uint32_t index, const Frame& frame) {
  const Command command = in_.scratch.commands[index];
  const std::size_t at = script_word(command.name, command.words);
  if (at == 0) return;
  if (run_.script == nullptr) {
    // The exec form's own shell is unfolded by read_exec_form; behind a wrapper it is not.
    if (index > 0) run_.understood = false;
    return;
  }
  const std::string_view text = unquoted(command.words[at]);
  if (text.empty() || frame.quoted_scripts == kDeepestQuotedScript) {
    run_.understood = false;
    return;
  }
  const parse::shell::Script script =
      parse::shell::parse(part_of(run_.script->text, text, in_), in_.arena);
  if (!script.problems.empty()) run_.understood = false;
  Frame inner = one_deeper(frame);
  ++inner.quoted_scripts;
  inner.wrapper = command.name;
  list(script.list, inner);
}

}  // namespace

void flatten(const List& list, Run& run, Lowering& in, std::string_view wrapper) {
  Frame frame;
  frame.wrapper = wrapper;
  Flattener(run, in).list(list, frame);
}

void flatten_words(std::span<const ShellWord> words, Run& run, Lowering& in) {
  Flattener(run, in).words(words, nullptr, {});
}

}  // namespace plimsoll::facts
