// Shell words as the words of a run line. Private to the folder.
#pragma once
#include <vector>

#include "parse/runline/extract/collect.h"
#include "parse/shell/tree.h"

namespace plimsoll::parse::runline {

Word to_word(const Collector& in, const text::Joined& script, const shell::Word& word);

}  // namespace plimsoll::parse::runline
