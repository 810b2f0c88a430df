// What a Dockerfile says, in its own order, with the place of every word.
//
// The tree is lossless: the spans of `Tree::nodes` are adjacent and cover every byte of the source.
// All views are of the source's bytes or of the arena that the parser was given, and live as long
// as both. Source: Dockerfile reference, and BuildKit frontend/dockerfile/parser and /instructions,
// 2026-08.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "text/joined.h"
#include "text/place.h"

namespace plimsoll::parse::dockerfile {

enum class Keyword : std::uint8_t {
  add,
  arg,
  cmd,
  copy,
  entrypoint,
  env,
  expose,
  from,
  healthcheck,
  label,
  maintainer,
  onbuild,
  run,
  shell,
  stopsignal,
  user,
  volume,
  workdir,
  unknown,  // Docker would refuse it, or a frontend of the author's own knows it
};

// A word as written, quotes and escapes included.
struct Word {
  std::string_view text;  // of the instruction's joined text; in exec form the decoded JSON string
  text::Span span;        // in the source; in exec form without the quotes
};

// `--name=value` or `--name`.
struct Flag {
  std::string_view name;  // without the dashes
  std::string_view
      value;  // quotes and escape characters removed, as BuildKit does first; variables as written
  bool has_value = false;
  text::Span span, value_span;
};

// One `KEY=value` of ENV, LABEL or ARG, quotes included.
struct Pair {
  std::string_view key, value;
  bool has_value = false;  // false only for `ARG NAME`
  text::Span span, key_span, value_span;
};

// Source: BuildKit parser.go, heredocs; the shell's own here-documents of a RUN are read the same
// way.
struct Heredoc {
  std::string_view name;    // the delimiter without quotes
  bool strip_tabs = false;  // `<<-`
  bool expand = true;       // false if any part of the delimiter is quoted
  std::uint32_t descriptor = 0;
  text::Span word;        // `<<EOF` in the instruction
  text::Joined body;      // with leading tabs stripped for `<<-`; every line ends with "\n" ("\r\n"
                          // keeps its "\r")
  text::Span body_span;   // the lines of the body in the source
  text::Span terminator;  // the line that ends it, without its newline
};

// `key=value` pairs of `RUN --mount=…`, in the order written. Values as written.
struct MountOption {
  std::string_view key, value;
  text::Span span, value_span;
};
struct Mount {
  text::Span span;        // the whole flag
  std::string_view type;  // "bind" if not said
  std::span<const MountOption> options;
  [[nodiscard]] std::string_view option(std::string_view a,
                                        std::string_view b = {}) const;  // empty: not said
};

struct Instruction {
  Keyword keyword = Keyword::unknown;
  std::string_view keyword_text;  // as written
  text::Span keyword_span;
  text::Span span;        // first byte of the keyword to the end of its last line (here-documents
                          // included), without the newline
  text::Joined joined;    // the whole instruction on one line: continuations, inner comments and
                          // blank lines removed
  std::string_view rest;  // of joined.text: what follows keyword and flags, trimmed
  std::span<const Flag> flags;
  // Exec form (a JSON array of strings): its strings. Else, by instruction: FROM, ADD, COPY,
  // VOLUME, EXPOSE: the words; RUN, CMD, ENTRYPOINT, MAINTAINER, STOPSIGNAL, USER, WORKDIR, SHELL:
  // one word, the whole rest; HEALTHCHECK: its type (NONE or CMD), then as CMD; ENV, LABEL, ARG:
  // none (see pairs); ONBUILD: none (see trigger).
  std::span<const Word> words;
  bool exec_form = false;
  bool legacy_pair = false;  // `ENV KEY the rest of the line`: one pair
  std::span<const Pair> pairs;
  std::span<const Heredoc> heredocs;     // of ONBUILD: those of its trigger, which has them too
  std::span<const Mount> mounts;         // RUN
  const Instruction* trigger = nullptr;  // ONBUILD: the instruction that it holds
  std::span<const text::Span>
      comments;  // the block of comment lines directly above, each without its newline;
                 // an empty `#` line begins the block anew, as in BuildKit
  std::span<const text::Span> inner_comments;  // comment lines inside the continued instruction
  text::Span empty_continuation{};  // the last blank line inside a continuation; empty: none
  bool broken = false;              // a problem of this instruction makes Docker refuse the file

  [[nodiscard]] const Flag* flag(std::string_view name) const;  // the first of that name, or null
};

// `# escape=`, `# syntax=`, `# check=` at the top of the file.
struct Directive {
  std::string_view name, value;  // as written
  text::Span span, value_span;
};

enum class NodeKind : std::uint8_t { byte_order_mark, directive, comment, blank, instruction };

// Spans include the newline; an instruction's node covers all of its lines, here-documents
// included.
struct Node {
  NodeKind kind;
  text::Span span;
  std::uint32_t index;  // of `directives` or `instructions`
};

// Why Docker would refuse the file. The rest of it is read all the same.
struct Problem {
  text::Span where;
  std::string_view message;  // one sentence without a final full stop
};

struct Tree {
  std::span<const Node> nodes;
  std::span<const Directive> directives;
  std::span<const Instruction> instructions;
  std::span<const Problem> problems;  // in the order of their places
  char escape = '\\';
  std::string_view syntax;  // value of the syntax directive; empty: none
  // A frontend that is not docker/dockerfile: its grammar is unknown, so problems are not Docker's
  // word.
  bool foreign_frontend = false;
};

}  // namespace plimsoll::parse::dockerfile
