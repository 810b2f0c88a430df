// A context is guessed with care: what is said about a folder that the build is never sent would be
// wrong from beginning to end.
#include "engine/contexts.h"

#include <algorithm>
#include <variant>

#include "base/concat.h"

namespace plimsoll::engine {
namespace {

constexpr std::size_t kLargestIgnoreFile = std::size_t{256} << 10;
// So many Dockerfiles of one folder have an ignore file of their own at most.
constexpr std::ptrdiff_t kMostOwnIgnoreFiles = 64;

// By its first path component; names with variables and globs say nothing.
bool all_there(const facts::Copy& copy, const Snapshot::Listing& listing) {
  return std::ranges::all_of(copy.sources, [&](const facts::Copy::Source& source) {
    const std::string path = facts::path_in_context(source);
    const std::string first = path.substr(0, path.find('/'));
    return first.empty() || first == "." || first.find_first_of("*?[") != std::string::npos ||
           listing.has(first);
  });
}

// Calls `visit` for each COPY and ADD from the context, until it returns true.
template <class Visit>
bool any_copy(const facts::Build& build, Visit visit) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies)
      if (facts::from_context(copy) && visit(copy)) return true;
  return false;
}

bool copies_broadly(const facts::Context& context) {
  return any_copy(*context.build, [&](const facts::Copy& copy) {
    return std::ranges::any_of(copy.sources, [&](const facts::Copy::Source& source) {
      return facts::is_broad(facts::path_in_context(source), context);
    });
  });
}

}  // namespace

void ContextNeeds::add(const rules::Rule& rule) {
  const auto* on = std::get_if<rules::OnContext>(&rule.check);
  if (on == nullptr) return;
  files = files || on->files || on->sizes;
  sizes = sizes || on->sizes;
}

facts::Context Contexts::of(const facts::Build& build, const std::string& dockerfile,
                            const std::string& stated_folder) {
  facts::Context context{.build = &build};
  if (!any_copy(build, [](const facts::Copy&) { return true; })) return context;
  const bool stated = !stated_folder.empty();
  const std::string folder = stated ? stated_folder : std::string(parent_path(dockerfile));
  const Snapshot::Listing& listing = snapshot_.list(folder);
  if (!listing.entries) return context;
  if (!stated &&
      any_copy(build, [&](const facts::Copy& copy) { return !all_there(copy, listing); }))
    return context;
  context.directory = folder == "." ? "."
                      : stated      ? "the build context"
                                    : "the Dockerfile's folder";
  context.folder = absolute(folder);
  context.names = listing.names;
  context.unwanted = snapshot_.unwanted(folder);
  const std::string path = find_ignore_file(dockerfile, folder, context);
  if (!path.empty()) {
    const IgnoreFile& file = ignore_file(path);
    if (file.source == nullptr) return context;
    context.ignore_source = file.source;
    context.ignore_number = file.number;
    context.ignore_patterns = file.said.patterns;
    context.ignore_problems = file.said.problems;
  }
  context.known = true;
  // A builder that refuses the ignore file is sent nothing.
  if (needs_.files && context.ignore_problems.empty() && copies_broadly(context))
    context.files = files(folder, path, context);
  return context;
}

std::string_view Contexts::absolute(const std::string& folder) {
  std::string path = sources_.absolute(folder);
  const std::lock_guard lock(mutex_);
  return *folders_.insert(std::move(path)).first;
}

std::span<const parse::ignorefile::DockerPattern> Contexts::patterns(const std::string& dockerfile,
                                                                     const std::string& folder) {
  facts::Context context;
  const std::string path = find_ignore_file(dockerfile, folder, context);
  if (path.empty()) return {};
  return ignore_file(path).said.patterns;
}

std::string Contexts::ignore_file_of(const std::string& dockerfile, const std::string& folder) {
  facts::Context context;
  const std::string path = find_ignore_file(dockerfile, folder, context);
  return path.empty() ? join_path(folder, ".dockerignore") : path;
}

// `<Dockerfile>.dockerignore` stands beside the Dockerfile, `.dockerignore` in the context.
std::string Contexts::find_ignore_file(const std::string& dockerfile, const std::string& folder,
                                       facts::Context& context) {
  constexpr std::string_view kUsual = ".dockerignore";
  const bool usual = snapshot_.list(folder).has(kUsual);
  const std::string beside(parent_path(dockerfile));
  const std::string own = concat({file_name(dockerfile), kUsual});
  const Snapshot::Listing& of_own = snapshot_.list(beside);
  if (of_own.entries && of_own.has(own)) {
    context.ignore_file = *std::ranges::lower_bound(of_own.names, own);
    context.shadows = usual;
    return join_path(beside, own);
  }
  if (!usual) return {};
  context.ignore_file = kUsual;
  return join_path(folder, kUsual);
}

const Contexts::IgnoreFile& Contexts::ignore_file(const std::string& path) {
  IgnoreFile* file = nullptr;
  {
    const std::lock_guard lock(mutex_);
    file = &ignore_files_[path];
  }
  std::call_once(file->once, [&] {
    file->number = sources_.number(path);
    const text::Source* source = sources_.read(file->number);
    if (source == nullptr || source->bytes().size() > kLargestIgnoreFile) return;
    file->said = parse::ignorefile::parse_dockerignore(source->bytes());
    file->source = source;
  });
  return *file;
}

const facts::ContextFiles* Contexts::files(const std::string& folder,
                                           const std::string& ignore_path,
                                           const facts::Context& context) {
  const auto own = std::ranges::count_if(
      context.names, [](std::string_view name) { return name.ends_with(".dockerignore"); });
  if (own > kMostOwnIgnoreFiles) return nullptr;
  Listed* listed = nullptr;
  {
    const std::lock_guard lock(mutex_);
    listed = &listed_[{folder, ignore_path}];
  }
  std::call_once(listed->once, [&] {
    listed->listing =
        list_context(folder, context.ignore_patterns, {.sizes = needs_.sizes}, fs_, snapshot_);
    if (!ignore_path.empty()) return;
    ContextListing& listing = *listed->listing;
    listing.files.called =
        listing.arena.copy(facts::called_lines(context.names, listing.files.names));
  });
  return &listed->listing->files;
}

}  // namespace plimsoll::engine
