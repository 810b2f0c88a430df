// The files are those of `plimsoll show context`.
#include "fix/proof/context.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/concat.h"
#include "engine/check.h"
#include "engine/context_files.h"
#include "engine/snapshot.h"
#include "engineapi/tar.h"
#include "facts/lower.h"
#include "parse/dockerfile/parse.h"
#include "parse/ignorefile/dockerignore.h"

namespace plimsoll::fix::proof {
namespace {

// Where the Dockerfile is put if it is not sent anyway; builders leave nothing of that name out.
constexpr std::string_view kOwnName = ".plimsoll.Dockerfile";

parse::ignorefile::DockerIgnore ignore_of(const ContextOrder& order, const Fs& fs) {
  for (const std::string& path :
       {concat({order.dockerfile, ".dockerignore"}), join_path(order.folder, ".dockerignore")})
    if (const Result<std::string> bytes = fs.read(path, engine::kInputLimit))
      return parse::ignorefile::parse_dockerignore(*bytes);
  return {};
}

// A frontend of its own would be fetched by the engine; the built-in one reads the same language.
std::string without_frontend(std::string text) {
  constexpr std::string_view kWord = "syntax";
  std::size_t begin = 0;
  while (begin < text.size() && text[begin] == '#') {
    const std::size_t word = text.find_first_not_of(" \t", begin + 1);
    if (word != std::string::npos && text.compare(word, kWord.size(), kWord) == 0)
      text.replace(word, kWord.size(), "-");
    const std::size_t end = text.find('\n', begin);
    begin = end == std::string::npos ? text.size() : end + 1;
  }
  return text;
}

class Images {
 public:
  explicit Images(PackedContext& packed) : packed_(packed) {}

  void read(const facts::Build& build) {
    for (const facts::Stage& stage : build.stages) read_stage(stage);
  }

 private:
  void read_stage(const facts::Stage& stage) {
    if (!stage.used && !stage.shipped) return;
    if (stage.base.stage == nullptr && !stage.base.scratch)
      add(stage.base.reference.known() ? stage.base.reference.value : "an image of a variable");
    for (const facts::Copy& copy : stage.copies) {
      for (const facts::Copy::Source& source : copy.sources)
        packed_.downloads = packed_.downloads || (copy.add && (source.url || source.git));
      if (copy.from.known() && copy.from_stage == nullptr) add(copy.from.value);
    }
    for (const facts::Run& run : stage.runs)
      for (const parse::dockerfile::Mount& mount : run.instruction->mounts)
        read_mount(mount, *stage.build);
  }

  void read_mount(const parse::dockerfile::Mount& mount, const facts::Build& build) {
    const std::string_view from = mount.option("from");
    if (!from.empty() && !is_digits(from) && facts::stages_named(build, from).empty()) add(from);
  }

  void add(std::string_view image) {
    if (std::ranges::find(packed_.images, image) == packed_.images.end())
      packed_.images.emplace_back(image);
  }

  PackedContext& packed_;
};

void read_dockerfile(const ContextOrder& order, const std::string& text, PackedContext& packed) {
  const text::Source source(order.dockerfile, text);
  Arena arena;
  const auto tree = parse::dockerfile::parse(source, arena);
  std::vector<facts::Variable> arguments;
  arguments.reserve(order.arguments.size());
  for (const auto& [name, value] : order.arguments)
    arguments.push_back({.name = name, .text = value});
  const facts::Build* build = facts::lower_build(
      source, 0, tree, {.arguments = arena.copy(arguments), .target = order.target}, arena);
  Images(packed).read(*build);
}

class Packing {
 public:
  Packing(const ContextOrder& order, const Fs& fs) : order_(order), fs_(fs) {}

  Result<void> add(std::string_view name) {
    const std::string path = join_path(order_.folder, name);
    struct stat status {};
    engineapi::TarEntry entry{.path = name};
    if (::lstat(path.c_str(), &status) == 0) {  // otherwise a file that the fixes make
      entry.mode = status.st_mode;
      entry.modified = status.st_mtime;
      if (S_ISLNK(status.st_mode)) {
        std::error_code error;
        tar_.symlink(entry, std::filesystem::read_symlink(path, error).string());
        return {};
      }
      if (!S_ISREG(status.st_mode)) return {};  // no builder is sent sockets
    }
    const Result<std::string> bytes = fs_.read(path, kContextLimit);
    if (!bytes) return tl::unexpected(bytes.error());
    tar_.file(entry, *bytes);
    if (tar_.size() > kContextLimit)
      return fail(ErrorKind::too_large, concat({order_.folder, " is too large to be sent"}));
    return {};
  }

  void add_text(std::string_view name, std::string_view text) { tar_.file({.path = name}, text); }
  std::string take() { return tar_.take(); }

 private:
  const ContextOrder& order_;
  const Fs& fs_;
  engineapi::Tar tar_;
};

}  // namespace

Result<PackedContext> pack_context(const ContextOrder& order, const Fs& fs) {
  std::string text = order.inline_text;
  if (text.empty()) {
    Result<std::string> bytes = fs.read(order.dockerfile, engine::kInputLimit);
    if (!bytes) return tl::unexpected(bytes.error());
    text = std::move(*bytes);
  }
  PackedContext packed;
  read_dockerfile(order, text, packed);
  const std::string sent = without_frontend(text);

  engine::Snapshot snapshot(fs);
  const parse::ignorefile::DockerIgnore ignore = ignore_of(order, fs);
  const auto listing =
      engine::list_context(order.folder, ignore.patterns, {.whole = true}, fs, snapshot);
  if (!listing->files.complete)
    return fail(ErrorKind::too_large, concat({order.folder, " holds more than can be listed"}));
  const bool is_inside =
      order.inline_text.empty() && order.dockerfile.starts_with(concat({order.folder, "/"}));
  const std::string own = is_inside ? order.dockerfile.substr(order.folder.size() + 1) : "";
  Packing packing(order, fs);
  for (const facts::ContextFile& file : listing->files.files) {
    if (file.path == own) continue;
    if (const Result<void> added = packing.add(file.path); !added)
      return tl::unexpected(added.error());
  }
  packed.dockerfile = own.empty() ? std::string(kOwnName) : own;
  packing.add_text(packed.dockerfile, sent);
  packed.tar = packing.take();
  return packed;
}

}  // namespace plimsoll::fix::proof
