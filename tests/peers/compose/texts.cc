// Answers for many templates or .env texts what our readers make of them, for a comparison with
// compose-go.
//
// usage: texts template|dotenv [K=V]... < TEXTS   each text has its length in bytes and a line end
// before it; the answer is a JSON list of {"ok": text or {name: value}} or {"error": message}
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "parse/compose/dotenv.h"
#include "parse/compose/template.h"

namespace compose = plimsoll::parse::compose;

namespace {

void answer_template(std::string_view text, const compose::Lookup& lookup,
                     plimsoll::JsonWriter& out) {
  const compose::Interpolated got = compose::interpolate(text, lookup);
  if (got)
    out.member("ok", got.text);
  else
    out.member("error", got.message);
}

void answer_dotenv(std::string_view text, const compose::Lookup& lookup,
                   plimsoll::JsonWriter& out) {
  compose::Variables variables;
  const compose::Dotenv got = compose::parse_dotenv(text, lookup, variables);
  if (!got.fault.empty()) return out.member("error", got.fault);
  out.object("ok");
  for (const auto& [name, value] : variables) out.member(name, value);
  out.end_object();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const bool templates = std::string_view(argv[1]) == "template";
  compose::Variables environment;
  for (int i = 2; i < argc; ++i) {
    const std::string_view pair = argv[i];
    const std::size_t equals = pair.find('=');
    environment.emplace(pair.substr(0, equals), pair.substr(equals + 1));
  }
  const compose::Lookup lookup = [&](std::string_view name) -> const std::string* {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : &found->second;
  };
  const std::string input{std::istreambuf_iterator<char>(std::cin), {}};
  plimsoll::JsonWriter out(
      [](std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); });
  out.begin_array();
  for (std::size_t at = 0; at < input.size();) {
    char* end = nullptr;
    const std::size_t size = std::strtoull(input.c_str() + at, &end, 10);
    at = static_cast<std::size_t>(end - input.c_str()) + 1;
    const std::string_view text = std::string_view(input).substr(at, size);
    at += size;
    out.begin_object();
    templates ? answer_template(text, lookup, out) : answer_dotenv(text, lookup, out);
    out.end_object();
  }
  out.end_array();
}
