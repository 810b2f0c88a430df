// The folders that a Dockerfile makes for its program to write to.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "facts/build.h"

namespace plimsoll::rules {

struct WrittenFolder {
  std::string path;
  bool by_mode = false;  // others or the group may write there; the owner is still root
  bool made = false;     // it is only made, and nothing is put there
};

struct WrittenFolders {
  std::vector<WrittenFolder> folders{};
  bool known = true;  // false: the program may write to more, or to what no volume can take the
                      // place of
};

// What the stage and those that it is built from give to an account (`chown`), let others write to
// (`chmod 777`), or make and leave empty. The application's own folder, which WORKDIR is or is
// below, isn't among them: it is given away as a whole by habit. Neither are `scratch` folders,
// those below them, and volumes of the image.
WrittenFolders written_folders(const facts::Container& c,
                               const std::vector<std::string_view>& scratch);

}  // namespace plimsoll::rules
