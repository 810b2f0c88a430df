// Finds `<<WORD` in an instruction, and reads the lines that follow it.
#pragma once
#include "parse/dockerfile/lines.h"
#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

// What a single word says, if it is a here-document's sign.
struct HeredocWord {
  bool is = false;
  std::string_view name;
  bool strip_tabs = false, expand = true;
  std::uint32_t descriptor = 0;
  bool failed = false;  // BuildKit gives up
};
HeredocWord read_heredoc_word(std::string_view word, Arena& arena);

// Sets instruction.heredocs from its joined text, and takes their bodies from `lines`. Returns the
// end of the last line taken, without its newline; 0: none was taken.
std::uint32_t read_heredocs(Reading& reading, Lines& lines, Instruction& instruction);

}  // namespace plimsoll::parse::dockerfile
