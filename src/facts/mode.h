// What a file mode gives: of chmod, install -m, COPY --chmod.
#pragma once
#include <string_view>

namespace plimsoll::facts {

struct Mode {
  bool valid = false;
  bool world_writable = false, set_uid = false, set_gid = false;
};

// "0777", "u+s", "a+rwx,g-w". A clause without u, g, o or a (`+w`) obeys the umask, so it is not
// taken to give the world the right to write. Source: POSIX.1-2017, chmod.
Mode read_mode(std::string_view text);

}  // namespace plimsoll::facts
