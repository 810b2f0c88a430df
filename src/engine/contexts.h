// The build contexts of a run: which folder a build is sent, by which ignore file, and what is in
// it.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/fs.h"
#include "engine/context_files.h"
#include "engine/snapshot.h"
#include "engine/sources.h"
#include "facts/context.h"
#include "rules/rule.h"

namespace plimsoll::engine {

// What some rule of the run looks at; nothing else is listed.
struct ContextNeeds {
  bool files = false, sizes = false;
  void add(const rules::Rule& rule);
};

// Thread-safe. A folder is listed in depth at most once for each ignore file that is in force for
// it, however many Dockerfiles are built there.
class Contexts {
 public:
  Contexts(const Fs& fs, Snapshot& snapshot, Sources& sources, ContextNeeds needs)
      : fs_(fs), snapshot_(snapshot), sources_(sources), needs_(needs) {}

  // `folder` is what a Compose file says. Empty: nobody does, and it is the Dockerfile's own, as
  // `docker build FOLDER` has it, if what is copied by name is there.
  facts::Context of(const facts::Build& build, const std::string& dockerfile,
                    const std::string& folder);

  // What keeps files out of a build from `folder`; none if no ignore file is there or it can't be
  // read. They live as long as this.
  std::span<const parse::ignorefile::DockerPattern> patterns(const std::string& dockerfile,
                                                             const std::string& folder);
  // The ignore file that is in force there, or the one that would be.
  std::string ignore_file_of(const std::string& dockerfile, const std::string& folder);

 private:
  struct IgnoreFile {
    std::once_flag once;
    const text::Source* source = nullptr;  // null: it can't be read
    std::uint32_t number = 0;
    parse::ignorefile::DockerIgnore said;
  };
  struct Listed {
    std::once_flag once;
    std::unique_ptr<ContextListing> listing;
  };
  // Where the file in force is; empty: there is none.
  std::string find_ignore_file(const std::string& dockerfile, const std::string& folder,
                               facts::Context& context);
  const IgnoreFile& ignore_file(const std::string& path);
  const facts::ContextFiles* files(const std::string& folder, const std::string& ignore_path,
                                   const facts::Context& context);

  std::string_view absolute(const std::string& folder);

  const Fs& fs_;
  Snapshot& snapshot_;
  Sources& sources_;
  ContextNeeds needs_;
  std::mutex mutex_;
  std::set<std::string> folders_;  // absolute, for facts to point at
  std::map<std::string, IgnoreFile, std::less<>> ignore_files_;
  std::map<std::pair<std::string, std::string>, Listed> listed_;  // by folder and ignore file
};

}  // namespace plimsoll::engine
