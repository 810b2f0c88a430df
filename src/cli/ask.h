// `plimsoll fix --interactive`: shows a fix and asks whether it is wanted.
#pragma once
#include "engine/verdict.h"
#include "fix/plan.h"

namespace plimsoll::cli {

class Questions {
 public:
  explicit Questions(bool colour) : colour_(colour) {}
  // y, n, a (this one and all others) or q (no more of them), from standard input; its end is q.
  bool ask(const engine::Verdict& verdict, const fix::Proposal& proposal);

 private:
  bool colour_, all_ = false, none_ = false;
};

}  // namespace plimsoll::cli
