// Hides secrets from all who show a source's text.
#include "engine/verdict.h"

#include <algorithm>

namespace plimsoll::engine {

std::string Verdict::shown(std::uint32_t source_number, text::Span span) const {
  std::string text(source(source_number).at(span));
  if (source_number >= secrets.size()) return text;
  for (const text::Span secret : secrets[source_number]) {
    const std::uint32_t begin = std::max(secret.begin, span.begin),
                        end = std::min(secret.end, span.end);
    for (std::uint32_t at = begin; at < end; ++at)
      if (char& c = text[at - span.begin]; c != '\n' && c != '\r') c = '*';
  }
  return text;
}

}  // namespace plimsoll::engine
