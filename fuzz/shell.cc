// Parses any bytes as a shell script and walks the tree: each view must lie in the script, each
// child in its parent.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "parse/shell/parse.h"

namespace shell = plimsoll::parse::shell;

namespace {

void require(bool condition) {
  if (!condition) __builtin_trap();
}

class Checker {
 public:
  explicit Checker(const shell::Script& script) : script_(script) {}

  void all() {
    list(script_.list, script_.text.text);
    for (std::string_view comment : script_.comments) view(comment, script_.text.text);
    for (const shell::Problem& problem : script_.problems) {
      view(problem.where, script_.text.text);
      require(!problem.message.empty());
    }
  }

 private:
  // An empty view has a place too, but it may stand at the edge of its parent.
  void view(std::string_view part, std::string_view parent) const {
    const std::string_view text = script_.text.text;
    require(part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size());
    if (!part.empty()) {
      require(part.data() >= parent.data() &&
              part.data() + part.size() <= parent.data() + parent.size());
    }
    const plimsoll::text::Span span = script_.text.where(part);
    require(span.size() == part.size());
  }

  static void value(std::string_view text) {
    for (char c : text)
      sum_ = sum_ + static_cast<unsigned char>(c);  // the sanitizer sees each byte read
  }

  void list(const shell::List& l, std::string_view parent) {
    view(l.raw, parent);
    for (const shell::Item& item : l.items) {
      require((item.join == shell::Join::first) == (&item == l.items.data()));
      require(!item.pipeline.commands.empty());
      require(item.pipeline.operators.size() + 1 == item.pipeline.commands.size());
      for (std::string_view op : item.pipeline.operators) view(op, l.raw);
      for (const shell::Command& c : item.pipeline.commands) command(c, l.raw);
    }
  }

  void command(const shell::Command& c, std::string_view parent) {
    view(c.raw, parent);
    if (!c.name.empty()) view(c.name, c.raw);
    for (const shell::Assignment& a : c.assignments) {
      view(a.raw, c.raw);
      view(a.name, a.raw);
      require(!a.name.empty());
      word(a.value, a.raw);
      for (const shell::Word& w : a.elements) word(w, a.raw);
    }
    for (const shell::Word& w : c.words) word(w, c.raw);
    for (const shell::Redirect& r : c.redirects) {
      view(r.raw, c.raw);
      view(r.descriptor, r.raw);
      view(r.op, r.raw);
      require(!r.op.empty());
      word(r.target, r.raw);
      view(r.body, script_.text.text);
      parts(r.body_parts, r.body);
    }
    for (const shell::List& l : c.lists) list(l, c.raw);
  }

  void word(const shell::Word& w, std::string_view parent) {
    view(w.raw, parent);
    value(w.value);
    if (!w.known) require(w.value.empty());
    parts(w.parts, w.raw);
  }

  void parts(std::span<const shell::Part> all, std::string_view parent) {
    const char* behind = parent.data();
    for (const shell::Part& p : all) {
      view(p.raw, parent);
      require(p.raw.data() >= behind && !p.raw.empty());
      behind = p.raw.data() + p.raw.size();
      value(p.value);
      if (!p.operation.empty()) view(p.operation, p.raw);
      parts(p.parts, p.raw);
      const bool has_list =
          p.kind == shell::PartKind::command || p.kind == shell::PartKind::process;
      require(has_list == (p.list != nullptr));
      if (p.list != nullptr) list(*p.list, p.raw);
    }
  }

  const shell::Script& script_;
  static inline volatile unsigned sum_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr plimsoll::text::Piece kOnePiece[] = {{0, 0}};
  static plimsoll::Arena arena;
  arena.clear();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const shell::Script script = shell::parse({.text = text, .pieces = kOnePiece}, arena);
  Checker(script).all();
  return 0;
}
