// `# syntax=`, `# escape=` and `# check=` at the top of the file.
#pragma once
#include <vector>

#include "parse/dockerfile/lines.h"
#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

// Reads them line by line until the first line that is none.
class Directives {
 public:
  explicit Directives(Reading& reading) : reading_(reading) {}

  // True if the line is one; it was then added to list().
  bool read(const Line& line);
  [[nodiscard]] std::vector<Directive>& list() { return list_; }

 private:
  void check(const Directive& directive);

  Reading& reading_;
  std::vector<Directive> list_;
  bool open_ = true;
};

// One line behind its `#` or `//`: `name = value`. Its name is empty if the line is something else.
Directive match_directive(std::string_view bytes, const Line& line, std::string_view comment);

// The frontend that the file asks for, however it does so: BuildKit looks for `#`, then `//`, then
// JSON, and skips a
// `#!` line. One that is not written as `#` directive at the very top is added to `list`. Empty:
// none.
std::string_view find_syntax(Reading& reading, std::uint32_t begin, std::vector<Directive>& list);

// True unless the frontend is docker/dockerfile or docker/dockerfile-upstream, of any tag and
// digest.
bool is_foreign(std::string_view syntax);

}  // namespace plimsoll::parse::dockerfile
