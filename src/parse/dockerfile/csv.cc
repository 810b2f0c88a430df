// RFC 4180 with strict quotes. Source: tonistiigi/go-csvvalue, Fields.
#include "parse/dockerfile/csv.h"

#include <string>

namespace plimsoll::parse::dockerfile {
namespace {

// Takes a quoted field; `at` stands behind its first quote, and then behind the comma or at the
// end.
bool quoted_field(std::string_view line, std::size_t& at, std::string& text) {
  while (true) {
    const std::size_t quote = line.find('"', at);
    if (quote == std::string_view::npos) return false;
    text += line.substr(at, quote - at);
    at = quote + 1;
    if (at == line.size()) return true;
    const char next = line[at++];
    if (next == ',') return true;
    if (next != '"') return false;
    text += '"';
  }
}

}  // namespace

CsvFields split_csv(std::string_view line, Arena& arena) {
  CsvFields result;
  if (line.empty()) {
    result.error = "it is empty";
    return result;
  }
  std::size_t at = 0;
  bool more = true;
  while (more) {
    if (at < line.size() && line[at] == '"') {
      std::string text;
      if (!quoted_field(line, ++at, text)) {
        result.error = "a quote is not closed, or not at the end of its field";
        return result;
      }
      // A comma as the last byte begins one more field, which is empty.
      more = at < line.size() || line.back() == ',';
      result.fields.push_back(arena.copy(text));
      continue;
    }
    const std::size_t comma = line.find(',', at);
    const std::string_view field = line.substr(at, comma - at);
    if (field.find('"') != std::string_view::npos) {
      result.error = "a quote stands within a field that is not quoted";
      return result;
    }
    result.fields.push_back(field);
    more = comma != std::string_view::npos;
    at = comma + 1;
  }
  return result;
}

}  // namespace plimsoll::parse::dockerfile
