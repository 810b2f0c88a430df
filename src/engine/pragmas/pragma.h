// What suppression comments of all tools have in common: the comment that is read, the pragma that
// comes of it, and whose ids it speaks of. One file a dialect; each keeps its tool's own scope.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rules/rule.h"
#include "text/place.h"

namespace plimsoll::engine::pragmas {

// Lines, 1-based; 0, 0: the whole file.
struct Lines {
  std::uint32_t first = 0, last = 0;
  [[nodiscard]] bool hold(std::uint32_t line) const {
    return first == 0 || (line >= first && line <= last);
  }
};

// One comment of a Dockerfile, and where it stands.
struct Comment {
  enum class Stands : std::uint8_t { above, inside, alone };
  std::string_view text;  // behind the `#`, trimmed
  text::Span span{};      // from the `#` on, without the newline
  std::uint32_t line = 0;
  Stands stands = Stands::alone;  // above an instruction, with comments alone in between; inside of
                                  // a continued one or a here-document; or neither
  Lines instruction{};            // that it stands above or inside of
  bool is_from = false;           // that instruction is a FROM
  bool attached = false;          // no empty `#` line in between: BuildKit's own notion of "above"
  Lines next{};                   // inside: the next line that is no comment
  Lines stage{};      // that it stands in; above a FROM, that FROM's. 0, 0: before the first
  bool head = false;  // before the first instruction

  [[nodiscard]] bool directly_above() const {
    return stands == Stands::above && line + 1 == instruction.first;
  }
};

// A tool whose comments are understood.
struct Dialect {
  std::string_view tool;
  bool compose_alone = false;  // the tool reads nothing but Compose files
  // Is that id one of the tool's? Null: names are Plimsoll's, which include all ids of all tools.
  bool (*knows)(const rules::Alias&) = nullptr;
  // Is `name`, in the tool's way of writing, that id?
  bool (*same)(const rules::Alias&, std::string_view name) = nullptr;

  // Does the rule go by this name in this tool's comments?
  [[nodiscard]] bool answers(const rules::Rule& rule, std::string_view name) const;
  // Would the tool itself report this finding?
  [[nodiscard]] bool reports(const rules::Rule& rule, const rules::Finding& finding) const;
};

// NOLINTBEGIN(readability-identifier-naming): they are constants
extern const Dialect kPlimsoll, kHadolint, kBuildKit, kTrivy, kCheckov, kKics, kSemgrep, kTally,
    kDockerfileUtils, kComposeLint, kDclint;
// NOLINTEND(readability-identifier-naming)

// What one comment says. Views of the source.
struct Pragma {
  const Dialect* dialect = nullptr;
  text::Span span{};  // of the comment
  std::vector<std::string_view> names{};
  bool all = false;  // whatever the tool would report, but for `names`
  std::string_view reason{};
  std::uint32_t until = 0;  // yyyymmdd: the last day on which it holds; 0: for good
  bool day_before = false;  // it holds until the day before `until`
  Lines lines{};            // of the instructions or commands that it speaks of
  // Not understood, so that it accepts nothing: what is wrong. Only of Plimsoll's own comments,
  // since those of others may be for them to understand.
  std::string_view wrong{};

  [[nodiscard]] bool expired(std::uint32_t today) const {
    return until != 0 && (day_before ? today >= until : today > until);
  }
};

// Each adds what the comment says in that dialect, if anything.
using Reader = void (*)(const Comment&, std::vector<Pragma>&);
void read_plimsoll(const Comment& comment, std::vector<Pragma>& out);
void read_hadolint(const Comment& comment, std::vector<Pragma>& out);
void read_buildkit(const Comment& comment, std::vector<Pragma>& out);
void read_trivy(const Comment& comment, std::vector<Pragma>& out);
void read_checkov(const Comment& comment, std::vector<Pragma>& out);
void read_kics(const Comment& comment, std::vector<Pragma>& out);
void read_tally(const Comment& comment, std::vector<Pragma>& out);
void read_dockerfile_utils(const Comment& comment, std::vector<Pragma>& out);

// BuildKit's `# check=` directive at the top of the file; `value` is what stands behind the equals
// sign.
void read_check_directive(std::string_view value, text::Span span, std::vector<Pragma>& out);

// dclint's search for its words in a Compose file takes lines, not comments.
void read_dclint(std::string_view bytes, std::vector<Pragma>& out);

// semgrep knows no comments, only lines: `nosemgrep` counts behind a command too.
void read_semgrep(std::string_view bytes, std::vector<Pragma>& out);

}  // namespace plimsoll::engine::pragmas
