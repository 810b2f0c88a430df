// hadolint's configuration file. Not read yet: who asks for one must not get an answer without it.
#include "base/concat.h"
#include "cli/hadolint.h"
#include "cli/terminal.h"

namespace plimsoll::cli {

bool add_hadolint_config(HadolintArguments& arguments) {
  if (arguments.config.empty()) return true;
  complain(concat({"--config: ", arguments.config, ": hadolint's configuration is not read yet"}));
  return false;
}

}  // namespace plimsoll::cli
