// Paths come absolute from the loader, and are shown and opened from the working directory on.
#include "engine/compose_files.h"

namespace plimsoll::engine {

static bool is(const Sources& sources, const Fs& fs, const std::string& path, FileKind kind) {
  const Result<FileStatus> status = fs.status(sources.shown(path));
  return status && status->kind == kind;
}

parse::compose::Files compose_files(Sources& sources, const Fs& fs) {
  return {.read = [&sources](const std::string& path) -> Result<parse::compose::Opened> {
            const std::uint32_t number = sources.number(sources.shown(path));
            if (const text::Source* source = sources.read(number))
              return parse::compose::Opened{number, source};
            return fail(ErrorKind::unreadable, sources.error(number)->message);
          },
          .is_file = [&sources, &fs](
                         const std::string& path) { return is(sources, fs, path, FileKind::file); },
          .is_directory =
              [&sources, &fs](const std::string& path) {
                return is(sources, fs, path, FileKind::directory);
              }};
}

}  // namespace plimsoll::engine
