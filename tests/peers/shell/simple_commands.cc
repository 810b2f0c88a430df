// Prints the simple commands of shell scripts as our parser sees them, for compare.py to hold
// against mvdan.cc/sh.
//
// usage: simple_commands BODIES.jsonl  — one JSON string (a script) a line; for each prints a line
// of JSON:
//        {"error":"…","commands":[{"assigns":["A=b"],"words":[{"raw","begin","end"}]}]}, "error"
//        only if there is a problem simple_commands --time BODIES.jsonl  — prints the bytes and the
//        milliseconds that all scripts take together
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "parse/shell/parse.h"

namespace shell = plimsoll::parse::shell;

namespace {

constexpr plimsoll::text::Piece kOnePiece[] = {{0, 0}};

void append_utf8(unsigned code, std::string& to) {
  const auto byte = [&to](unsigned b) { to += static_cast<char>(b); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

// A JSON string that Python's json.dumps wrote, without its quotes.
std::string decode(std::string_view json) {
  std::string text;
  const auto hex = [&json](std::size_t at) {
    return static_cast<unsigned>(
        std::strtoul(std::string(json.substr(at, 4)).c_str(), nullptr, 16));
  };
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '\\') {
      text += json[i];
      continue;
    }
    const char c = json[++i];
    constexpr std::string_view kLetters = "bfnrt", kMeanings = "\b\f\n\r\t";
    if (c == 'u') {
      unsigned code = hex(i + 1);
      i += 4;
      if (code >= 0xD800 && code < 0xDC00) {  // the second half of a pair follows
        code = 0x10000 + ((code - 0xD800) << 10) + (hex(i + 3) - 0xDC00);
        i += 6;
      }
      append_utf8(code, text);
    } else if (const std::size_t at = kLetters.find(c); at != std::string_view::npos) {
      text += kMeanings[at];
    } else {
      text += c;
    }
  }
  return text;
}

std::string quote(std::string_view text) {
  std::string json = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) {
      json += c;
    } else {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
      json += buffer;
    }
  }
  return json + '"';
}

// Collects the simple commands, wherever they stand.
class Walk {
 public:
  std::vector<const shell::Command*> found;

  void list(const shell::List& l) {
    for (const shell::Item& i : l.items) {
      for (const shell::Command& c : i.pipeline.commands) command(c);
    }
  }

 private:
  void command(const shell::Command& c) {
    if (c.kind == shell::CommandKind::simple && !(c.words.empty() && c.assignments.empty()))
      found.push_back(&c);
    for (const shell::Assignment& a : c.assignments) {
      parts(a.value.parts);
      for (const shell::Word& w : a.elements) parts(w.parts);
    }
    for (const shell::Word& w : c.words) parts(w.parts);
    for (const shell::Redirect& r : c.redirects) {
      parts(r.target.parts);
      parts(r.body_parts);
    }
    for (const shell::List& l : c.lists) list(l);
  }

  void parts(std::span<const shell::Part> all) {
    for (const shell::Part& p : all) {
      parts(p.parts);
      if (p.list != nullptr) list(*p.list);
    }
  }
};

std::string describe(const shell::Script& script) {
  Walk walk;
  walk.list(script.list);
  const auto begin = [](const shell::Command* c) {
    return (c->assignments.empty() ? c->words[0].raw : c->assignments[0].raw).data();
  };
  std::ranges::stable_sort(walk.found, {}, begin);
  std::string out = "{";
  if (!script.problems.empty()) {
    const shell::Problem& p = script.problems[0];
    out += "\"error\":" +
           quote(std::to_string(p.where.data() - script.text.text.data()) + ": `" +
                 std::string(p.where) + "`: " + std::string(p.message)) +
           ",";
  }
  out += "\"commands\":[";
  for (const shell::Command* c : walk.found) {
    if (out.back() != '[') out += ',';
    out += "{\"assigns\":[";
    for (const shell::Assignment& a : c->assignments)
      out += (out.back() == '[' ? "" : ",") + quote(a.raw);
    out += "],\"words\":[";
    for (const shell::Word& w : c->words) {
      const auto at = w.raw.data() - script.text.text.data();
      out += (out.back() == '[' ? "{\"raw\":" : ",{\"raw\":") + quote(w.raw) +
             ",\"begin\":" + std::to_string(at) +
             ",\"end\":" + std::to_string(at + static_cast<std::ptrdiff_t>(w.raw.size())) + "}";
    }
    out += "]}";
  }
  return out + "]}";
}

int print_time(const std::vector<std::string>& scripts) {
  double best_ms = 1e9;
  std::size_t bytes = 0;
  plimsoll::Arena arena;
  for (int round = 0; round < 20; ++round) {
    const auto start = std::chrono::steady_clock::now();
    bytes = 0;
    for (const std::string& s : scripts) {
      bytes += s.size();
      arena.clear();
      shell::parse({.text = s, .pieces = kOnePiece}, arena);
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    best_ms = std::min(best_ms, took.count());
  }
  std::printf("%zu scripts, %zu bytes, %.2f ms\n", scripts.size(), bytes, best_ms);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const bool time = argc > 2 && std::string_view(argv[1]) == "--time";
  if (argc < 2) return 2;
  std::ifstream in(argv[argc - 1]);
  std::vector<std::string> scripts;
  for (std::string line; std::getline(in, line);) {
    scripts.push_back(decode(std::string_view(line).substr(1, line.size() - 2)));
  }
  if (time) return print_time(scripts);
  for (const std::string& s : scripts) {
    plimsoll::Arena arena;
    std::puts(describe(shell::parse({.text = s, .pieces = kOnePiece}, arena)).c_str());
  }
  return 0;
}
