// What a shell script says: commands, words and their parts, each a view of the script.
//
// All views are of `Script::text.text` (raw parts) or of the arena (decoded values). A view of the
// script becomes a range of the Dockerfile by `Script::text.where(view)`, through line
// continuations and here-documents. Source: POSIX.1-2017 XCU 2 "Shell Command Language"; Bash
// Reference Manual 5.2.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "text/joined.h"

namespace plimsoll::parse::shell {

struct List;

enum class PartKind : std::uint8_t {
  literal,        // unquoted text; `value` has backslashes removed
  single_quoted,  // '…'
  ansi_quoted,    // $'…'
  double_quoted,  // "…" and $"…"; see `parts`
  parameter,  // $NAME, ${NAME…}; `value` is the name (without `#`, `!` prefixes), `operation` what
              // follows it, a subscript included
  command,        // $(…), `…`; see `list`
  arithmetic,     // $((…)), $[…]
  process,        // <(…), >(…); see `list`
  extended_glob,  // @(…), ?(…), *(…), +(…), !(…)
};

struct Part {
  PartKind kind = PartKind::literal;
  std::string_view raw{};    // as written, quotes and `$` included
  std::string_view value{};  // literal, extended_glob, quoted ones without expansions: the text;
                             // parameter: the name
  std::string_view operation{};  // parameter: ":-default", "##*/" …, as written; empty: none
  std::span<const Part>
      parts{};  // double_quoted: what is in it; parameter (its operation), arithmetic,
                // extended_glob: the quoted strings and expansions in it
  const List* list = nullptr;  // command, process
};

struct Word {
  std::string_view raw{};  // as written
  std::span<const Part> parts{};
  std::string_view value{};  // the text with quotes removed, if `known`
  bool known = false;        // false: it holds an expansion whose value can't be known here
  bool quoted = false;       // some part is quoted
  bool glob = false;         // an unquoted * or ?, a [ that has its ], or an extended glob
};

struct Assignment {
  std::string_view raw{}, name{};
  bool append = false;               // +=
  Word value{};                      // raw is empty if nothing follows `=`
  std::span<const Word> elements{};  // NAME=(a b c)
  bool array = false;
};

struct Redirect {
  std::string_view raw{};
  std::string_view descriptor{};  // "2" of 2>file, "{fd}"; empty: the default
  std::string_view op{};  // ">", ">>", "<", "<<", "<<-", "<<<", ">&", "<&", ">|", "<>", "&>", "&>>"
  Word target{};          // file or here-document delimiter
  std::string_view body{};             // here-documents, as written
  std::span<const Part> body_parts{};  // expansions in it; empty if the delimiter is quoted
};

enum class CommandKind : std::uint8_t {
  simple,    // assignments, words, redirects; `export A=b` and `declare` too (words as written)
  subshell,  // ( … )
  group,     // { …; }
  if_,
  while_,
  until_,
  for_,
  for_arithmetic,
  case_,
  select_,
  function,
  test,        // [[ … ]]
  arithmetic,  // (( … ))
  time,        // `time pipeline`: body holds it
  coprocess,
};

struct Command {
  CommandKind kind = CommandKind::simple;
  std::string_view raw{};                     // first to last byte, redirects included
  std::span<const Assignment> assignments{};  // simple
  std::span<const Word>
      words{};  // simple: name and arguments; for_, select_: the words listed; case_: the
                // subject, then all patterns; test: its words and operators that are
                // words; arithmetic, for_arithmetic: one word, the formula
  std::span<const Redirect> redirects{};
  std::string_view name{};  // for_, select_: the variable; function: its name
  std::span<const List>
      lists{};  // bodies in source order: conditions, branches, loop body, function body
};

struct Pipeline {
  bool negated = false;
  std::span<const Command> commands{};
  std::span<const std::string_view> operators{};  // "|" or "|&", one fewer than commands
};

enum class Join : std::uint8_t {
  first,
  and_,
  or_,
  sequence,
  background
};  // how an item follows the one before it

struct Item {
  Join join = Join::first;  // `a && b; c`: first, and_, sequence
  Pipeline pipeline{};
};

struct List {
  std::string_view raw{};
  std::span<const Item> items{};
  bool background = false;  // the last item ends with &
};

struct Problem {
  std::string_view where{};  // of the script
  std::string_view message{};
};

struct Script {
  text::Joined text{};
  List list{};
  std::span<const std::string_view> comments{};
  std::span<const Problem> problems{};  // empty: the shell would read it
};

}  // namespace plimsoll::parse::shell
