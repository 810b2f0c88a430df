// Finds by its name what kind of command it is. Most commands are of none, so this is one search in
// a small table.
#include "facts/commands/kinds.h"

#include <algorithm>

namespace plimsoll::facts {
namespace {

struct Kind {
  std::string_view name;
  void (*describe)(Command&, Describing&);
};
constexpr Kind kKinds[] = {
    {"7z", describe_extraction},
    {"addgroup", describe_account},
    {"adduser", describe_account},
    {"bsdtar", describe_tar},
    {"bunzip2", describe_extraction},
    {"bzip2", describe_extraction},
    {"chgrp", describe_chown},
    {"chmod", describe_chmod},
    {"chown", describe_chown},
    {"chpasswd", describe_account},
    {"curl", describe_curl},
    {"groupadd", describe_account},
    {"gunzip", describe_extraction},
    {"gzip", describe_extraction},
    {"install", describe_install},
    {"mkdir", describe_install},
    {"passwd", describe_account},
    {"pypy", describe_python},
    {"python", describe_python},
    {"rm", describe_removal},
    {"tar", describe_tar},
    {"uncompress", describe_extraction},
    {"unlzma", describe_extraction},
    {"unrar", describe_extraction},
    {"unxz", describe_extraction},
    {"unzip", describe_extraction},
    {"unzstd", describe_extraction},
    {"useradd", describe_account},
    {"usermod", describe_account},
    {"wget", describe_wget},
    {"xz", describe_extraction},
    {"zstd", describe_extraction},
};
static_assert(std::ranges::is_sorted(kKinds, {}, &Kind::name));

}  // namespace

void describe(Command& command, Arena& arena, Scratch& scratch) {
  if (command.name.empty()) return;
  const std::string_view name = without_version(command.name);
  Describing to{arena, scratch};
  if (const Ecosystem* ecosystem = find_ecosystem(name)) {
    describe_packages(command, *ecosystem, command.words.subspan(1), to);
    return;
  }
  const auto kind = std::ranges::lower_bound(kKinds, name, {}, &Kind::name);
  if (kind != std::end(kKinds) && kind->name == name) kind->describe(command, to);
}

}  // namespace plimsoll::facts
