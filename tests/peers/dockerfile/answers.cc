// Says how we read each Dockerfile named on standard input, in the form of
// shared/oracles/dockerfile-oracle.
//
// One JSON line a file: {"file","instructions":[{"cmd","line","end","args"}]}, with "error" if
// there is any problem.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/dump.h"
#include "parse/dockerfile/parse.h"

using namespace plimsoll;

namespace {

void put_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const parse::dockerfile::Rune rune = parse::dockerfile::decode_rune(text, at);
    at += rune.size;
    char hex[8];
    if (rune.value < 0x20)
      std::snprintf(hex, sizeof hex, "\\u%04x", static_cast<unsigned>(rune.value)), out += hex;
    else if (rune.value == '"' || rune.value == '\\')
      (out += '\\') += static_cast<char>(rune.value);
    else
      parse::dockerfile::append_rune(out, rune.value);
  }
  out += '"';
}

void put_instruction(std::string& out, const text::Source& source,
                     const parse::dockerfile::Node& node,
                     const parse::dockerfile::Instruction& instruction) {
  const bool newline = node.span.end > node.span.begin && source.bytes()[node.span.end - 1] == '\n';
  out += "{\"cmd\":";
  put_string(out, instruction.keyword_text);
  out += ",\"line\":" + std::to_string(source.position(node.span.begin).line);
  out += ",\"end\":" + std::to_string(source.position(node.span.end - (newline ? 1 : 0)).line) +
         ",\"args\":[";
  const char* separator = "";
  for (const std::string& argument : parse::dockerfile::arguments(instruction)) {
    out += separator;
    put_string(out, argument);
    separator = ",";
  }
  out += "]}";
}

std::string answer(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const text::Source source(path, {std::istreambuf_iterator<char>(in), {}});
  Arena arena;
  const parse::dockerfile::Tree tree = parse::dockerfile::parse(source, arena);
  std::string out = "{\"file\":";
  put_string(out, path);
  if (!tree.problems.empty()) {
    out += ",\"error\":";
    put_string(out, tree.problems.front().message);
  }
  out += ",\"instructions\":[";
  const char* separator = "";
  for (const parse::dockerfile::Node& node : tree.nodes) {
    if (node.kind != parse::dockerfile::NodeKind::instruction) continue;
    out += separator;
    put_instruction(out, source, node, tree.instructions[node.index]);
    separator = ",";
  }
  return out + "]}\n";
}

}  // namespace

int main() {
  for (std::string path; std::getline(std::cin, path);) {
    const std::string line = answer(path);
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
}
