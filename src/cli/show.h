// What `plimsoll show` shares between its answers.
#pragma once
#include <string>

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

// By its name: `show facts` takes Compose files as well.
bool is_compose_file(const std::string& path);
// The containers of a Compose project as JSON on standard output. Gives the exit status.
int show_project(const std::string& path);

// What a build of the folder is sent as JSON on standard output; `dockerfile` may have an ignore
// file of its own. Gives the exit status.
int show_context(const std::string& folder, const std::string& dockerfile);

}  // namespace plimsoll::cli
