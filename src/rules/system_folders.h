// Folders that belong to the system, in which nothing of one's own should lie.
#pragma once
#include <algorithm>
#include <string_view>

namespace plimsoll::rules {

// As the path of a VOLUME, or of a WORKDIR.
inline bool is_system_folder(std::string_view path, bool volume) {
  // Folders whose every subfolder is the kernel's or the boot loader's, too.
  constexpr std::string_view kWhole[] = {"/proc", "/sys", "/dev", "/boot"};
  constexpr std::string_view kItself[] = {"/",         "/etc",     "/bin",       "/sbin",
                                          "/lib",      "/lib64",   "/usr",       "/usr/bin",
                                          "/usr/sbin", "/usr/lib", "/usr/local", "/usr/local/bin"};
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  // Shared memory is everyone's.
  if (path == "/dev/shm" || path.starts_with("/dev/shm/")) return false;
  for (std::string_view folder : kWhole)
    if (path == folder || (path.starts_with(folder) && path[folder.size()] == '/')) return true;
  // `WORKDIR /` is where every container starts, and /usr/local is for what others bring.
  if (!volume && (path == "/" || path.starts_with("/usr/local"))) return false;
  return std::ranges::find(kItself, path) != std::end(kItself);
}

}  // namespace plimsoll::rules
