// The main loop: a byte order mark, then directives, comments, blank lines and instructions, each
// of which becomes a node. Nothing is ever given back, so that the nodes cover the file. Source:
// BuildKit frontend/dockerfile/parser/parser.go (Parse) and /instructions/parse.go (Parse).
#include "parse/dockerfile/parse.h"

#include <algorithm>

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/directives.h"
#include "parse/dockerfile/heredocs.h"
#include "parse/dockerfile/instruction.h"
#include "parse/dockerfile/lines.h"
#include "parse/dockerfile/validate.h"

namespace plimsoll::parse::dockerfile {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class Parser {
 public:
  Parser(const text::Source& source, Arena& arena)
      : reading_{.bytes = source.bytes(), .arena = arena},
        begin_(source.bytes().starts_with(kByteOrderMark) ? 3 : 0),
        lines_(reading_, begin_),
        directives_(reading_) {
    // An instruction is large; most files have a third as many as lines.
    instructions_.reserve(std::min<std::size_t>(source.line_count() / 3 + 4, 256));
    nodes_.reserve(std::min<std::size_t>(source.line_count() + 1, 1024));
  }

  Tree run();

 private:
  void read_line(const Line& line);
  void read_comment(const Line& line, std::string_view trimmed);
  void read_instruction_at(const Line& first);
  void check_stage(Instruction& instruction);
  void add_node(NodeKind kind, text::Span span, std::size_t index = 0) {
    nodes_.push_back({kind, span, static_cast<std::uint32_t>(index)});
  }

  Reading reading_;
  std::uint32_t begin_;
  Lines lines_;
  Directives directives_;
  std::vector<Node> nodes_;
  std::vector<Instruction> instructions_;
  std::vector<text::Span> comments_;  // the block above the next instruction
  std::size_t problems_before_ = 0;   // how many there were when the current line was taken
  bool in_stage_ = false, stage_missed_ = false;
};

Tree Parser::run() {
  if (begin_ > 0) add_node(NodeKind::byte_order_mark, {0, begin_});
  for (Line line; lines_.next(line); problems_before_ = reading_.problems.size()) read_line(line);

  const auto size = static_cast<std::uint32_t>(reading_.bytes.size());
  if (instructions_.empty())
    reading_.problem({begin_, begin_}, {"the file has no instructions"});
  else if (!in_stage_ && reading_.problems.empty())
    reading_.problem(instructions_.front().span, {"the file has no FROM, so it builds nothing"});
  std::ranges::stable_sort(reading_.problems, {}, [](const Problem& p) { return p.where.begin; });

  Tree tree;
  tree.syntax =
      size > begin_ ? find_syntax(reading_, begin_, directives_.list()) : std::string_view();
  tree.foreign_frontend = !tree.syntax.empty() && is_foreign(tree.syntax);
  tree.escape = reading_.escape;
  tree.nodes = reading_.arena.copy(nodes_);
  tree.directives = reading_.arena.copy(directives_.list());
  tree.instructions = reading_.arena.copy(instructions_);
  tree.problems = reading_.arena.copy(reading_.problems);
  return tree;
}

void Parser::read_line(const Line& line) {
  const bool directive = directives_.read(line);
  const std::string_view trimmed =
      trim_left(reading_.bytes.substr(line.begin, line.end - line.begin));
  if (directive) {
    add_node(NodeKind::directive, {line.begin, line.next}, directives_.list().size() - 1);
  } else if (trimmed.empty()) {
    add_node(NodeKind::blank, {line.begin, line.next});
    comments_.clear();
  } else if (trimmed.front() == '#') {
    read_comment(line, trimmed);
  } else {
    read_instruction_at(line);
    comments_.clear();
  }
}

void Parser::read_comment(const Line& line, std::string_view trimmed) {
  add_node(NodeKind::comment, {line.begin, line.next});
  // An empty comment parts a block that speaks of the instruction from one that does not.
  if (trim(trimmed.substr(1)).empty())
    comments_.clear();
  else
    comments_.push_back({line.end - static_cast<std::uint32_t>(trimmed.size()), line.end});
}

void Parser::read_instruction_at(const Line& first) {
  const LogicalLine logical = join_lines(reading_, lines_, first);
  Instruction instruction = read_instruction(reading_, logical.joined, logical.joined.text);
  instruction.empty_continuation = logical.empty_continuation;
  instruction.inner_comments = reading_.arena.copy(reading_.inner_comments);
  instruction.comments = reading_.arena.copy(comments_);

  std::uint32_t end = logical.end;
  if (may_hold_heredocs(instruction))
    end = std::max(end, read_heredocs(reading_, lines_, instruction));
  instruction.span.end = end;
  if (instruction.trigger != nullptr) {
    Instruction trigger = *instruction.trigger;
    trigger.span.end = end;
    trigger.heredocs = instruction.heredocs;
    instruction.trigger = reading_.arena.make(trigger);
  }

  instruction.broken = reading_.problems.size() > problems_before_;
  check_instruction(reading_, instruction);
  check_stage(instruction);
  instruction.broken = reading_.problems.size() > problems_before_;
  add_node(NodeKind::instruction, {first.begin, lines_.at()}, instructions_.size());
  instructions_.push_back(instruction);
}

// Only ARG may stand in front of the first FROM. Said once: all that follow share the one cause.
void Parser::check_stage(Instruction& instruction) {
  if (instruction.keyword == Keyword::from) in_stage_ = true;
  if (in_stage_ || stage_missed_ || instruction.keyword == Keyword::arg ||
      instruction.keyword == Keyword::unknown)
    return;
  stage_missed_ = true;
  reading_.problem(instruction.span, {"no FROM stands above ", instruction.keyword_text,
                                      ", so it belongs to no stage"});
}

}  // namespace

Tree parse(const text::Source& source, Arena& arena) {
  return Parser(source, arena).run();
}

}  // namespace plimsoll::parse::dockerfile
