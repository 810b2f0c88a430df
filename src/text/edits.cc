// Edits are sorted by place and copied through in one pass.
#include "text/edits.h"

#include <algorithm>
#include <vector>

namespace plimsoll::text {

Result<std::string> apply_edits(std::string_view bytes, std::span<const Edit> edits) {
  std::vector<const Edit*> sorted;
  sorted.reserve(edits.size());
  for (const Edit& edit : edits) sorted.push_back(&edit);
  // Stable: two insertions at one place keep the order in which they were proposed.
  std::ranges::stable_sort(sorted, {}, [](const Edit* e) { return e->where.span.begin; });

  std::string result;
  std::size_t done = 0;
  for (const Edit* edit : sorted) {
    const auto [begin, end] = edit->where.span;
    if (begin < done) return fail(ErrorKind::malformed, "two edits overlap");
    if (begin > end || end > bytes.size())
      return fail(ErrorKind::malformed, "an edit lies outside the text");
    result.append(bytes.substr(done, begin - done)).append(edit->text);
    done = end;
  }
  result.append(bytes.substr(done));
  return result;
}

}  // namespace plimsoll::text
