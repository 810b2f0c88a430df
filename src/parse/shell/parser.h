// The state of one parse and its steps. Each group of steps stands in the file named above it; only
// parse.cc and those files include this header.
//
// The parser reads bytes, not tokens: in shell what a byte means depends on where it stands. All
// steps share `p_` (the next byte) and `end_` (where reading stops; narrowed inside backquotes and
// here-documents).
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "parse/shell/characters.h"
#include "parse/shell/tree.h"

namespace plimsoll::parse::shell {

// XCU 2.4 "Reserved Words" and bash's. Those up to `close_brace` end a list.
enum class Reserved : std::uint8_t {
  none,
  then,
  else_,
  elif,
  fi,
  do_,
  done,
  esac,
  close_brace,
  if_,
  while_,
  until_,
  for_,
  case_,
  select_,
  function,
  open_brace,
  test,
  not_,
  time,
  coproc,
  in,
};

struct Keyword {
  Reserved word = Reserved::none;
  std::uint8_t size = 0;
};

// What ends the list that is being read. Other closing tokens are a Problem and skipped, except
// inside a compound command: there they most likely close what is around it, and the command itself
// is unfinished.
enum class Closer : std::uint8_t { end, paren, keyword };

enum class WordMode : std::uint8_t {
  normal,
  declaration,  // an argument of `declare` and its kin: `a=(1 2)` is part of the word
  regex,        // right of =~ in [[ ]]: parentheses and | stand for themselves
};

// A list under construction. Nested constructs put their elements behind ours and take them away
// before we go on, so that one vector serves all levels and no level allocates.
template <class T>
class Stack {
 public:
  void push(const T& value) { items_.push_back(value); }
  void pop() { items_.pop_back(); }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  T& operator[](std::size_t i) { return items_[i]; }
  T& back() { return items_.back(); }
  void cut(std::size_t mark) {
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(mark), items_.end());
  }

  // Moves all elements from `mark` on into the arena.
  std::span<T> take(std::size_t mark, Arena& arena) {
    const std::size_t count = items_.size() - mark;
    if (count == 0) return {};
    T* to = static_cast<T*>(arena.allocate(sizeof(T) * count, alignof(T)));
    std::uninitialized_copy_n(items_.data() + mark, count, to);
    cut(mark);
    return {to, count};
  }

 private:
  std::vector<T> items_;
};

class Parser {
 public:
  Parser(const text::Joined& text, Arena& arena);
  Script run();

 private:
  // A character as the shell sees it: inside backquotes some backslashes belong to the backquotes.
  struct Glyph {
    char c;
    const char* next;  // what follows it
  };

  // One level of nesting. `ok` is false past the bound; what is inside is then skipped.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser), ok(parser.enter()) {}
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --parser_.depth_; }

   private:
    Parser& parser_;

   public:
    const bool ok;
  };

  // A literal while it is read: bytes are copied only from the first one on that differs from the
  // script.
  struct Literal {
    const char* start;
    bool differs = false;
  };

  // What is known of the word being read.
  struct WordState {
    unsigned regex_parens = 0;
    bool glob = false;
    const char* bracket = nullptr;  // the first unquoted `[`
  };

  struct OpenRedirect {
    Redirect redirect{};
    std::int32_t heredoc = -1;  // in `heredocs_`
  };

  struct Heredoc {
    std::string_view delimiter{};
    bool strip_tabs = false, quoted = false, read = false;
    Redirect* target = nullptr;  // where the body goes; null while its command is still being read
    std::string_view body{};
    std::span<const Part> parts{};
  };

  // lexer.cc: bytes, blanks, reserved words, problems
  [[nodiscard]] bool at_end() const { return p_ == end_; }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return static_cast<std::size_t>(end_ - p_) > ahead ? p_[ahead] : '\0';
  }
  [[nodiscard]] Glyph glyph(const char* at) const {
    if (at == end_) return {'\0', end_};
    if (*at != '\\' || backquotes_ == 0) return {*at, at + 1};
    return unescaped(at, backquotes_);
  }
  [[nodiscard]] Glyph unescaped(const char* at, unsigned level) const;
  [[nodiscard]] const char* past_continuations(const char* at) const;
  [[nodiscard]] bool ends_word(const char* at) const;
  void skip_blanks();
  void skip_lines();
  void newline();
  [[nodiscard]] Keyword reserved() const;
  bool take_reserved(Reserved word);
  void expect_reserved(Reserved word, std::string_view opening, std::string_view message);
  void problem(std::string_view where, std::string_view message);
  void unexpected();
  bool enter();
  [[nodiscard]] std::string_view since(const char* start) const;
  [[nodiscard]] std::string_view token(const char* start, std::size_t size) const;

  // words.cc
  [[nodiscard]] bool at_word() const;
  bool push_word(WordMode mode = WordMode::normal);
  Word parse_word(WordMode mode = WordMode::normal);
  bool parse_word_part(WordMode mode);
  bool parse_literal(WordMode mode);
  bool take_special(Glyph g, Literal& literal);
  bool take_regex_byte(Literal& literal);
  bool take_escape(Glyph g, Literal& literal);
  void differ(Literal& literal);
  void take_byte(Glyph g, Literal& literal);
  void take_run(const char* to, Literal& literal);
  void push_literal(const Literal& literal);
  Word finish_word(const char* start, std::size_t mark);
  Part parse_array_part();

  // quotes.cc
  Part parse_single_quoted();
  Part parse_ansi_quoted(const char* inside);
  Part parse_double_quoted(const char* inside);
  void parse_quoted_parts(char closer);
  void parse_quoted_literal(char closer);

  // expansions.cc
  [[nodiscard]] bool starts_expansion(const char* behind_dollar, bool in_quotes) const;
  Part parse_dollar(bool in_quotes);
  Part parse_name(const char* at);
  Part parse_braced(const char* inside, bool in_quotes);
  bool parse_braced_name(Part& part);
  void parse_operation(const char* opening, bool in_quotes);
  bool parse_nested_part(bool in_quotes, bool single_quotes);

  // substitutions.cc
  Part parse_substitution(PartKind kind, const char* inside);
  Part parse_backquoted(bool in_quotes);
  const char* find_backquote(const char* inside) const;
  Part parse_extended_glob();
  Part parse_arithmetic(const char* inside, bool bracket);
  void parse_arithmetic_inside(std::string_view opening, bool bracket);
  [[nodiscard]] bool closes_as_arithmetic(const char* inside) const;

  // redirects.cc
  [[nodiscard]] bool at_redirect() const;
  void parse_redirect();
  std::span<const Redirect> take_redirects(std::size_t mark);

  // heredoc.cc
  void read_heredocs();
  void read_heredoc(Heredoc& doc);
  std::span<const Part> parse_heredoc_body(std::string_view body);

  // simple.cc
  Command parse_simple();
  [[nodiscard]] const char* assignment_operator() const;
  [[nodiscard]] const char* past_subscript(const char* bracket) const;
  void parse_assignment(const char* op);
  void parse_elements();
  [[nodiscard]] bool at_function_parens() const;
  Command parse_function(const char* start, std::string_view name);

  // commands.cc
  List parse_list(Closer closer);
  Join parse_joint();
  [[nodiscard]] bool at_closer(Closer closer) const;
  [[nodiscard]] bool can_start_command() const;
  bool parse_pipeline(Pipeline& pipeline);
  Command parse_time();
  Command parse_command();
  void parse_compound(Keyword keyword, Command& command);
  void push_list_of(const Command& command);
  void push_list_of(const Pipeline& pipeline, std::string_view raw);
  void parse_function_body();

  // compound.cc: `opening` is the reserved word or parenthesis that was just read, for complaints
  List parse_body(std::string_view opening);
  void parse_subshell(Command& command);
  void parse_group(std::string_view opening);
  void parse_if(std::string_view opening);
  void parse_while(std::string_view opening);
  void parse_for(std::string_view opening, Command& command);
  void parse_loop_body(std::string_view opening, bool braces);
  void parse_function_keyword(Command& command);
  void parse_coprocess();

  // case.cc
  void parse_case(std::string_view opening);
  bool parse_patterns();
  bool parse_case_item();

  // test.cc
  void parse_test(std::string_view opening);
  void parse_test_or();
  void parse_test_term();
  void parse_test_operator(std::string_view first);
  void push_operand(std::string_view op, WordMode mode);
  void parse_arithmetic_command(std::string_view opening);

  static constexpr unsigned kMaxDepth = 100;
  static constexpr unsigned kMaxBackquotes = 6;  // a character costs up to 2^6 looks inside so many
  static constexpr std::size_t kMaxProblems = 100;

  text::Joined text_;
  Arena& arena_;
  const char* p_;
  const char* end_;
  const char* tail_;                    // behind the last token read, blanks not counted
  const char* last_problem_ = nullptr;  // where the parser stood at the last problem
  unsigned depth_ = 0;
  unsigned backquotes_ = 0;  // how many of them are open around us
  unsigned quoted_backquotes_ =
      0;  // bit n: level n stands in double quotes, where \" is its escape
  WordState word_;

  Stack<Part> parts_;
  Stack<Word> words_;
  Stack<Assignment> assignments_;
  Stack<OpenRedirect> redirects_;
  Stack<Command> commands_;
  Stack<std::string_view> operators_;
  Stack<Item> items_;
  Stack<List> lists_;
  Stack<std::string_view> comments_;
  Stack<Problem> problems_;
  std::string decoded_;  // text of the literal being read
  std::vector<Heredoc> heredocs_;
  std::vector<std::int32_t> pending_;  // here-documents whose bodies follow the next newline
  std::size_t pending_from_ = 0;       // first one that belongs to the substitution being read
};

}  // namespace plimsoll::parse::shell
