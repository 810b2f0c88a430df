// `plimsoll show tree`: instructions, words and places.
#include "cli/show.h"
#include "parse/dockerfile/parse.h"

namespace plimsoll::cli {
namespace {

using parse::dockerfile::Instruction;

class TreeJson {
 public:
  TreeJson(JsonWriter& json, const text::Source& source) : json_(json), source_(source) {}

  void write(const parse::dockerfile::Tree& tree) {
    json_.begin_object();
    json_.member("schema", "plimsoll-tree/1");
    json_.member("file", source_.path());
    json_.member("escape", std::string_view(&tree.escape, 1));
    json_.optional("syntax", tree.syntax);
    json_.array("instructions");
    for (const Instruction& instruction : tree.instructions) {
      json_.new_line();
      write_instruction(instruction);
    }
    json_.new_line();
    json_.end_array();
    json_.array("problems");
    for (const parse::dockerfile::Problem& problem : tree.problems) {
      json_.begin_object();
      json_.member("message", problem.message);
      write_span(json_, source_, problem.where);
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

 private:
  void write_instruction(const Instruction& i) {
    json_.begin_object();
    json_.member("keyword", i.keyword == parse::dockerfile::Keyword::unknown
                                ? i.keyword_text
                                : parse::dockerfile::name(i.keyword));
    write_span(json_, source_, i.span);
    json_.member("text", i.joined.text);
    if (i.exec_form) {
      json_.key("execForm");
      json_.boolean(true);
    }
    write_flags(i);
    write_words(i);
    write_heredocs(i);
    if (i.trigger != nullptr) {
      json_.key("trigger");
      write_instruction(*i.trigger);
    }
    json_.end_object();
  }

  void write_flags(const Instruction& i) {
    if (i.flags.empty()) return;
    json_.array("flags");
    for (const parse::dockerfile::Flag& flag : i.flags) {
      json_.begin_object();
      json_.member("name", flag.name);
      if (flag.has_value) json_.member("value", flag.value);
      write_span(json_, source_, flag.span);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_words(const Instruction& i) {
    json_.array("words");
    for (const parse::dockerfile::Word& word : i.words) {
      json_.begin_object();
      json_.member("text", word.text);
      write_span(json_, source_, word.span);
      json_.end_object();
    }
    json_.end_array();
    if (i.pairs.empty()) return;
    json_.array("pairs");
    for (const parse::dockerfile::Pair& pair : i.pairs) {
      json_.begin_object();
      json_.member("key", pair.key);
      if (pair.has_value) json_.member("value", pair.value);
      write_span(json_, source_, pair.span);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_heredocs(const Instruction& i) {
    if (i.heredocs.empty()) return;
    json_.array("heredocs");
    for (const parse::dockerfile::Heredoc& heredoc : i.heredocs) {
      json_.begin_object();
      json_.member("name", heredoc.name);
      json_.key("expand");
      json_.boolean(heredoc.expand);
      json_.member("body", heredoc.body.text);
      write_span(json_, source_, heredoc.body_span);
      json_.end_object();
    }
    json_.end_array();
  }

  JsonWriter& json_;
  const text::Source& source_;
};

}  // namespace

void show_tree(JsonWriter& json, const text::Source& source, const parse::dockerfile::Tree& tree) {
  TreeJson(json, source).write(tree);
}

}  // namespace plimsoll::cli
