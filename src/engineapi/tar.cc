// Blocks of 512 bytes: a header, then the file's bytes filled up with zeros.
#include "engineapi/tar.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/concat.h"

namespace plimsoll::engineapi {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameSize = 100;  // the prefix field is not used

struct TarHeader {
  char name[100], mode[8], uid[8], gid[8], size[12], modified[12], checksum[8], type, link[100],
      magic[6], version[2], user[32], group[32], device[16], prefix[155], rest[12];
};
static_assert(sizeof(TarHeader) == kBlock);

// In octal with a zero behind; of a number that is too large the highest there is.
template <std::size_t size>
void put_number(char (&field)[size], std::uint64_t number) {
  const std::uint64_t most = (std::uint64_t{1} << (3 * (size - 1))) - 1;
  std::snprintf(field, size, "%0*llo", static_cast<int>(size - 1),
                static_cast<unsigned long long>(std::min(number, most)));
}

template <std::size_t size>
void put_text(char (&field)[size], std::string_view text) {
  std::ranges::copy(text.substr(0, size), field);
}

// "LENGTH KEY=VALUE\n", where the length counts itself.
std::string pax_record(std::string_view key, std::string_view value) {
  const std::size_t rest = key.size() + value.size() + 3;
  std::size_t length = rest + 1;
  while (length != rest + std::to_string(length).size())
    length = rest + std::to_string(length).size();
  return concat({std::to_string(length), " ", key, "=", value, "\n"});
}

}  // namespace

void Tar::header(const TarEntry& entry, char type, std::uint64_t size, std::string_view target) {
  TarHeader h{};
  put_text(h.name, entry.path);
  put_number(h.mode, entry.mode & 07777U);
  put_number(h.uid, entry.uid);
  put_number(h.gid, entry.gid);
  put_number(h.size, size);
  put_number(h.modified, static_cast<std::uint64_t>(std::max<std::int64_t>(entry.modified, 0)));
  h.type = type;
  put_text(h.link, target);
  std::memcpy(h.magic, "ustar", 6);
  std::memcpy(h.version, "00", 2);
  std::memset(h.checksum, ' ', sizeof h.checksum);
  std::array<unsigned char, kBlock> raw{};
  std::memcpy(raw.data(), &h, kBlock);
  unsigned sum = 0;
  for (const unsigned char byte : raw) sum += byte;
  std::snprintf(h.checksum, sizeof h.checksum, "%06o", sum);
  bytes_.append(reinterpret_cast<const char*>(&h), kBlock);
}

void Tar::data(std::string_view bytes) {
  bytes_ += bytes;
  bytes_.append((kBlock - bytes.size() % kBlock) % kBlock, '\0');
}

void Tar::extended(std::string_view path, std::string_view target) {
  std::string records;
  if (path.size() > kNameSize) records += pax_record("path", path);
  if (target.size() > kNameSize) records += pax_record("linkpath", target);
  if (records.empty()) return;
  header({.path = "pax"}, 'x', records.size(), {});
  data(records);
}

void Tar::file(const TarEntry& entry, std::string_view bytes) {
  extended(entry.path, {});
  header(entry, '0', bytes.size(), {});
  data(bytes);
}

void Tar::directory(const TarEntry& entry) {
  const std::string path = concat({entry.path, "/"});
  TarEntry with_slash = entry;
  with_slash.path = path;
  extended(path, {});
  header(with_slash, '5', 0, {});
}

void Tar::symlink(const TarEntry& entry, std::string_view target) {
  extended(entry.path, target);
  header(entry, '2', 0, target);
}

std::string Tar::take() {
  bytes_.append(2 * kBlock, '\0');
  return std::move(bytes_);
}

}  // namespace plimsoll::engineapi
