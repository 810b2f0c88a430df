// Comments by which the author of a file accepts a finding.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/pragmas/pragma.h"
#include "engine/verdict.h"
#include "facts/suppression.h"
#include "parse/dockerfile/tree.h"
#include "text/source.h"

namespace plimsoll::engine {

struct SuppressSettings {
  std::uint32_t today = 0;      // yyyymmdd
  bool hadolint_counts = true;  // false: .hadolint.yaml says `disable-ignore-pragma`
  // --build-arg BUILDKIT_DOCKERFILE_CHECK=skip=…: in the place of the file's own `# check=`
  // directive. Source: Docker, Build checks, "Skip checks".
  std::optional<std::string_view> build_checks{};
};

// So many comments of a file count; each finding is compared with all of them.
constexpr std::size_t kMostPragmas = 5'000;

// The suppression comments of one file. engine/pragmas has the dialects.
class Suppressions {
 public:
  Suppressions(const text::Source& source, const parse::dockerfile::Tree& tree,
               const SuppressSettings& settings);
  // Of a file that is no Dockerfile. What stands in `others`, which are apart, speaks for itself.
  Suppressions(const text::Source& source, const SuppressSettings& settings,
               std::vector<text::Span> others = {});

  [[nodiscard]] bool empty() const { return pragmas_.empty(); }

  // Marks the finding if a comment accepts it. `line` is the finding's own; its instruction's first
  // line counts too. Every comment that does so is remembered as used.
  void judge(Judged& judged, std::uint32_t line);

  // Had the rule a chance to speak of these lines in this run? If not, its silence means nothing.
  using Asked = std::function<bool(const rules::Rule&, pragmas::Lines)>;

  // What came of each comment, once all findings were judged.
  [[nodiscard]] std::vector<facts::Suppression> tell(std::uint32_t source_number,
                                                     const Asked& asked) const;

 private:
  void keep(std::vector<pragmas::Pragma> found);

  struct Entry {
    pragmas::Pragma pragma;
    std::vector<bool> used;  // by name
  };
  const text::Source& source_;
  const SuppressSettings& settings_;
  std::vector<Entry> pragmas_;
};

}  // namespace plimsoll::engine
