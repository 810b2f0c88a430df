// Writes tar archives: what builds and containers are sent. Source: POSIX.1-2017, pax, "ustar
// Interchange Format" and "pax Interchange Format".
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::engineapi {

struct TarEntry {
  std::string_view path{};  // relative, without a slash at its end
  std::uint32_t mode = 0644, uid = 0, gid = 0;
  std::int64_t modified = 0;  // seconds since 1970
};

// In memory. Names and links that the old format can't hold get an extended header.
class Tar {
 public:
  void file(const TarEntry& entry, std::string_view bytes);
  void directory(const TarEntry& entry);
  void symlink(const TarEntry& entry, std::string_view target);
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  // Ends the object's use.
  std::string take();

 private:
  void header(const TarEntry& entry, char type, std::uint64_t size, std::string_view target);
  void extended(std::string_view path, std::string_view target);
  void data(std::string_view bytes);

  std::string bytes_;
};

}  // namespace plimsoll::engineapi
