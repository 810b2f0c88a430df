// What `plimsoll show` shares between its answers.
#pragma once
#include "base/json_writer.h"
#include "facts/build.h"
#include "parse/dockerfile/tree.h"
#include "text/source.h"

namespace plimsoll::cli {

// Members line, column, endLine, endColumn of an open object.
void write_span(JsonWriter& json, const text::Source& source, text::Span span);

void show_tree(JsonWriter& json, const text::Source& source, const parse::dockerfile::Tree& tree);
void show_shell(JsonWriter& json, const text::Source& source, const facts::Build& build);
void show_facts(JsonWriter& json, const text::Source& source, const facts::Build& build,
                const facts::Container& container);

}  // namespace plimsoll::cli
