// A YAML scalar as a joined text: each byte of its value leads back to the file.
// Private to the folder.
#pragma once
#include "parse/runline/extract/collect.h"
#include "parse/yaml/tree.h"

namespace plimsoll::parse::runline {

text::Joined scalar_text(Collector& to, const yaml::Node& scalar);

}  // namespace plimsoll::parse::runline
