// `plimsoll show context`: the files that a build of a folder is sent, and what is kept out.
#include <unistd.h>

#include <string>

#include "base/concat.h"
#include "base/fs.h"
#include "cli/command_line.h"
#include "cli/show.h"
#include "cli/terminal.h"
#include "engine/check.h"
#include "engine/context_files.h"
#include "parse/ignorefile/dockerignore.h"

namespace plimsoll::cli {
namespace {

// `<Dockerfile>.dockerignore` stands beside the Dockerfile, `.dockerignore` in the folder. Empty:
// there is none.
std::string ignore_file_of(const Fs& fs, const std::string& folder, const std::string& dockerfile) {
  const std::string named = dockerfile.empty() ? join_path(folder, "Dockerfile") : dockerfile;
  for (const std::string& path :
       {concat({named, ".dockerignore"}), join_path(folder, ".dockerignore")})
    if (const Result<FileStatus> status = fs.status(path); status && status->kind == FileKind::file)
      return path;
  return {};
}

void write(JsonWriter& json, const std::string& ignore_file, const facts::ContextFiles& files) {
  json.begin_object();
  json.optional("ignoreFile", ignore_file);
  json.array("files");
  for (const facts::ContextFile& file : files.files) {
    json.new_line();
    json.begin_object();
    json.member("path", file.path);
    json.member("bytes", file.bytes);
    json.end_object();
  }
  json.end_array();
  json.new_line();
  json.array("ignored");
  for (const std::string_view path : files.ignored) json.string(path);
  json.end_array();
  json.end_object();
}

}  // namespace

int show_context(const std::string& folder, const std::string& dockerfile) {
  const RealFs fs;
  engine::Snapshot snapshot(fs);
  if (const engine::Snapshot::Listing& listing = snapshot.list(folder); !listing.entries) {
    complain(listing.entries.error().message);
    return usage;
  }
  const std::string path = ignore_file_of(fs, folder, dockerfile);
  parse::ignorefile::DockerIgnore ignore;
  if (!path.empty()) {
    const Result<std::string> bytes = fs.read(path, engine::kInputLimit);
    if (!bytes) {
      complain(bytes.error().message);
      return usage;
    }
    ignore = parse::ignorefile::parse_dockerignore(*bytes);
  }
  if (!ignore.problems.empty()) {
    const parse::ignorefile::DockerIgnoreProblem& problem = ignore.problems.front();
    complain(concat({path, ":", std::to_string(problem.line), ": ", problem.message}));
    return findings;
  }
  const auto listing =
      engine::list_context(folder, ignore.patterns, {.sizes = true, .whole = true}, fs, snapshot);
  DescriptorOutput out(STDOUT_FILENO);
  {
    JsonWriter json([&out](std::string_view block) { out.write(block); });
    write(json, path, listing->files);
  }
  out.write("\n");
  if (listing->files.complete) return ok;
  complain(concat({folder, " holds more than can be listed"}));
  return incomplete;
}

}  // namespace plimsoll::cli
