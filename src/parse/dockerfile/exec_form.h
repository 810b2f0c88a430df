// Tells the exec form of an instruction, a JSON array of strings, from its shell form.
#pragma once
#include <string_view>

#include "parse/dockerfile/reading.h"

namespace plimsoll::parse::dockerfile {

enum class ExecForm : unsigned char {
  no,       // not JSON: the shell form, without any warning from Docker
  yes,      // its strings were appended to reading.words
  refused,  // an array, but not of strings: Docker gives up, and a problem says so
};

// `rest` is a part of joined.text.
ExecForm read_exec_form(Reading& reading, const text::Joined& joined, std::string_view rest);

}  // namespace plimsoll::parse::dockerfile
