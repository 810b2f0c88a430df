// # plimsoll: ignore=NAME[,NAME…] [until=YYYY-MM-DD] [reason=…]
// Anywhere in the comment block above an instruction; inside a continued one or a here-document it
// speaks of the next line. `ignore-stage=` speaks of the stage that it stands in or above,
// `ignore-file=` of the file.
#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kPlimsoll = {.tool = "plimsoll"};

namespace {

// Behind the equals sign: names, then options. Returns what is wrong.
std::string_view read_options(std::string_view text, Pragma& pragma) {
  if (const std::size_t reason = text.find("reason="); reason != std::string_view::npos) {
    pragma.reason = trimmed(text.substr(reason + 7));
    text = trimmed(text.substr(0, reason));
  }
  // Behind the reason, a date is still a date: it must not be lost in the words.
  for (std::string_view* part : {&text, &pragma.reason}) {
    const std::size_t until = part->find("until=");
    if (until == std::string_view::npos) continue;
    pragma.until = read_date(part->substr(until + 6));
    *part = trimmed(part->substr(0, until));
    if (pragma.until == 0) return "its date is not YYYY-MM-DD";
  }
  pragma.names = split_names(text);
  if (pragma.names.empty()) return "it names no rule";
  for (const std::string_view name : pragma.names)
    if (name.find_first_of(" \t") != std::string_view::npos)
      return "words other than until= and reason= stand behind its names";
  return {};
}

std::string_view read_scope(std::string_view& text, const Comment& comment, Lines& lines) {
  if (!take(text, "ignore")) return "it says neither ignore=, ignore-stage= nor ignore-file=";
  if (take(text, "-file")) {
    lines = {};
  } else if (take(text, "-stage")) {
    lines = comment.stage;
    if (lines.first == 0) return "no stage begins before or below it";
  } else if (comment.stands == Comment::Stands::above) {
    lines = comment.instruction;
  } else if (comment.stands == Comment::Stands::inside) {
    lines = comment.next;
  } else {
    return "it stands above no instruction; write ignore-file= if it is meant for the file";
  }
  return take_equals(text) ? std::string_view{}
                           : "it says neither ignore=, ignore-stage= nor ignore-file=";
}

}  // namespace

void read_plimsoll(const Comment& comment, std::vector<Pragma>& out) {
  std::string_view text = comment.text;
  if (!take(text, "plimsoll:")) return;
  text = trimmed(text);
  Pragma pragma{.dialect = &kPlimsoll, .span = comment.span};
  pragma.wrong = read_scope(text, comment, pragma.lines);
  if (pragma.wrong.empty()) pragma.wrong = read_options(text, pragma);
  out.push_back(std::move(pragma));
}

}  // namespace plimsoll::engine::pragmas
