// The second lock on secrets. The first is Verdict::shown, for the source's text; this one is for
// what rules say in words of their own, which may quote a place where another rule found a secret.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/verdict.h"

namespace plimsoll::report {

// Does `text` contain the bytes of a secret of this source? Values of less than 4 bytes are not
// looked for: they would be found everywhere, and say nothing about a secret.
bool tells_secret(const engine::Verdict& verdict, std::uint32_t source, std::string_view text);

// `text` with such bytes replaced by "*": a view of it or, if something was hidden, of `scratch`.
std::string_view hide_secrets(const engine::Verdict& verdict, std::uint32_t source,
                              std::string_view text, std::string& scratch);

// A file of variables by its name: `.env`, `prod.env`.
bool holds_variables(std::string_view path);
// Of such a file: all values replaced by "*", as long as they are.
void hide_values(std::string& text);

// A fix that would repeat a secret is told without its edits.
bool tells_secret(const engine::Verdict& verdict, const rules::Fix& fix);

}  // namespace plimsoll::report
