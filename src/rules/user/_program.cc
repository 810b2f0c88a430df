// Reads the first word of a command, past programs that only start others.
#include "rules/user/_program.h"

#include <algorithm>

#include "base/ascii.h"

namespace plimsoll::rules::user {

// Programs that run an application as whom they were started. Servers that change to an account of
// their own (nginx, httpd, mysqld, supervisord) and start scripts are not among them.
static constexpr std::string_view kRunners[] = {
    "bun",    "bundle", "celery", "deno",      "dotnet",  "flask", "gunicorn",
    "java",   "node",   "npm",    "npx",       "perl",    "php",   "pnpm",
    "python", "rails",  "ruby",   "streamlit", "uvicorn", "yarn"};

std::string_view main_program(const facts::Program& program) {
  constexpr std::string_view kInits[] = {"dumb-init", "tini", "tini-static"};
  if (program.exec_form) {
    for (std::string_view word : program.words) {
      const std::string_view name = word.substr(word.rfind('/') + 1);
      if (!word.starts_with('-') && std::ranges::find(kInits, name) == std::end(kInits))
        return word;
    }
    return {};
  }
  std::string_view text = program.words.empty() ? std::string_view{} : program.words.front();
  if (text.starts_with("exec ")) text.remove_prefix(5);
  // `su app -c …`, `a; b`: a script of its own.
  if (text.find_first_of(";&|`$\n") != std::string_view::npos) return {};
  return text.substr(0, text.find(' '));
}

bool is_runner(std::string_view program) {
  std::string_view name = program.substr(program.rfind('/') + 1);
  while (!name.empty() && (name.back() == '.' || is_digit(name.back()))) name.remove_suffix(1);
  return std::ranges::find(kRunners, name) != std::end(kRunners);
}

}  // namespace plimsoll::rules::user
