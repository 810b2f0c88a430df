// # dockerfile-utils: ignore      the instruction below, for what editors with dockerfile-utils
// show It has no ids that other tools share, so the rules that judge the same are named here.
#include "engine/pragmas/pragma.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::pragmas {

extern const Dialect kDockerfileUtils = {.tool = "dockerfile-utils"};

void read_dockerfile_utils(const Comment& comment, std::vector<Pragma>& out) {
  std::string_view text = comment.text;
  if (!take(text, "dockerfile-utils:") || trimmed(text) != "ignore") return;
  if (comment.directly_above())
    out.push_back({.dialect = &kDockerfileUtils,
                   .span = comment.span,
                   .names = {"syntax", "blank-line-in-instruction", "deprecated-maintainer",
                             "duplicate-stage-name", "invalid-exec-form", "invalid-port",
                             "legacy-key-value", "relative-workdir", "repeated-instruction"},
                   .lines = comment.instruction});
}

}  // namespace plimsoll::engine::pragmas
