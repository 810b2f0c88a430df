// Patterns of paths mean what they mean in .gitignore, so that nobody has to learn another kind.
#include "engine/project.h"

#include "base/concat.h"
#include "base/fs.h"

namespace plimsoll::engine {

Files::Files(std::string folder, const std::vector<std::string>& patterns)
    : folder_(std::move(folder)) {
  std::string text;
  for (const std::string& pattern : patterns) {
    std::string_view p = pattern;
    if (p.starts_with("./")) p.remove_prefix(1);
    text += concat({p, "\n"});
  }
  patterns_ = parse::ignorefile::parse_gitignore(text);
}

bool Files::hold(std::string_view path) const {
  if (all()) return true;
  if (folder_ != "/") {
    if (!path.starts_with(folder_) || path.size() <= folder_.size() || path[folder_.size()] != '/')
      return false;
    path.remove_prefix(folder_.size());
  }
  path.remove_prefix(1);
  // A folder that is meant holds all that is in it.
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1))
    if (match_gitignore(patterns_, path.substr(0, slash), true) ==
        parse::ignorefile::Verdict::ignored)
      return true;
  return match_gitignore(patterns_, path, false) == parse::ignorefile::Verdict::ignored;
}

std::string absolute_path(std::string_view path, std::string_view working_directory) {
  const std::string joined =
      path.starts_with('/') ? std::string(path) : concat({working_directory, "/", path});
  std::string result;
  for (std::size_t begin = 0; begin <= joined.size();) {
    const std::size_t end = std::min(joined.find('/', begin), joined.size());
    const std::string_view part = std::string_view(joined).substr(begin, end - begin);
    begin = end + 1;
    if (part == "..")
      result.erase(result.rfind('/') == std::string::npos ? 0 : result.rfind('/'));
    else if (!part.empty() && part != ".")
      result += concat({"/", part});
  }
  return result.empty() ? "/" : result;
}

SelectionSettings selection_for(SelectionSettings settings,
                                const std::vector<const PathSettings*>& entries) {
  for (const PathSettings* entry : entries) {
    if (entry->preset) {
      settings.preset = *entry->preset;
      settings.select.clear();
    }
    if (!entry->select.empty()) settings.select = entry->select;
    settings.ignore.insert(settings.ignore.end(), entry->ignore.begin(), entry->ignore.end());
    settings.severity.insert(settings.severity.end(), entry->severity.begin(),
                             entry->severity.end());
  }
  return settings;
}

}  // namespace plimsoll::engine
