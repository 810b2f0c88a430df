// Asks what is known of an image, and whether the service leaves it as it is.
#include "rules/needs.h"

#include <algorithm>

#include "base/concat.h"
#include "data/base_image.h"
#include "data/names.h"
#include "facts/build.h"
#include "facts/user.h"
#include "parse/imageref/imageref.h"
#include "rules/compose_edits.h"

namespace plimsoll::rules {

using Names = std::span<const std::string_view>;

static const data::ImageNeeds* find_needs(std::string_view reference) {
  const parse::imageref::Reference parts = parse::imageref::parse(reference);
  if (!parts.valid) return nullptr;
  return data::find_image_needs(known_name(parts), meant_tag(parts));
}

// The image's facts, whatever the service makes of it.
static const data::ImageNeeds* image_needs(const facts::Container& c) {
  if (c.stage != nullptr || c.service == nullptr || c.service->build != nullptr ||
      !c.service->of.empty() || !c.image.known())
    return nullptr;
  return find_needs(c.image.value);
}

static bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

template <class T>
static bool is_the_images_own(const facts::Fact<T>& fact) {
  return fact.absent() || (fact.unknown() && fact.origin == facts::Origin::base_image);
}

static bool runs_own_program(const facts::Container& c, const data::ImageNeeds& needs) {
  if (!is_the_images_own(c.entrypoint)) return false;
  if (is_the_images_own(c.command)) return true;
  if (!c.command.known() || c.command.value.words.empty()) return false;
  const std::string_view first = c.command.value.words.front();
  return first.starts_with('-') || std::ranges::find(needs.programs, first) != needs.programs.end();
}

bool is_stated(const facts::Container& c, Names names) {
  return std::ranges::any_of(names, [&](std::string_view name) {
    if (name.starts_with('/'))
      return std::ranges::any_of(c.mounts.items, [&](const facts::Fact<facts::Mount>& m) {
        return is_below(m.value.target, name);
      });
    return std::ranges::any_of(c.environment.items, [&](const facts::Fact<facts::Variable>& v) {
      return v.value.name.starts_with(name);
    });
  });
}

const data::ImageNeeds* needs_of(const facts::Container& c) {
  const data::ImageNeeds* needs = image_needs(c);
  if (needs == nullptr || c.service->text.extended || !runs_own_program(c, *needs) ||
      !c.mounts.complete || !c.volumes_from.items.empty() || is_stated(c, needs->moved_by))
    return nullptr;
  return needs;
}

// `$$` stands for a dollar.
static bool has_reference(std::string_view written) {
  for (std::size_t i = written.find('$'); i != std::string_view::npos; i = written.find('$', i + 2))
    if (!written.substr(i + 1).starts_with('$')) return true;
  return false;
}

bool is_literal_credential(const facts::Fact<facts::Variable>& variable,
                           const data::ImageNeeds& needs) {
  const facts::Variable& v = variable.value;
  return variable.known() && v.has_text && !v.text.empty() && !v.from_file &&
         !has_reference(v.written) && !data::harmless_value(v.text) &&
         std::ranges::find(needs.file_variables, v.name) != needs.file_variables.end();
}

static bool has_literal_credential(const facts::Container& c, const data::ImageNeeds& needs) {
  return std::ranges::any_of(c.environment.items, [&](const facts::Fact<facts::Variable>& v) {
    return is_literal_credential(v, needs);
  });
}

// One of the folders that the program keeps its data in is the host's.
static bool keeps_data_on_host(const facts::Container& c, const data::ImageNeeds& needs) {
  const auto is_data = [&](std::string_view target) {
    const auto touches = [&](std::string_view folder) {
      return is_below(target, folder) || is_below(folder, target);
    };
    return std::ranges::any_of(needs.kept, touches) || std::ranges::any_of(needs.mounted, touches);
  };
  return std::ranges::any_of(c.mounts.items, [&](const facts::Fact<facts::Mount>& m) {
    return !m.known() || (m.value.kind == facts::MountKind::bind && is_data(m.value.target));
  });
}

std::optional<text::Edit> with_own_user(const facts::Container& c) {
  const data::ImageNeeds* needs = needs_of(c);
  // `user` of the service itself: whoever states root there is told by another rule.
  if (needs == nullptr || needs->user.empty() || !c.secrets.items.empty() ||
      !c.env_files.items.empty() || has_literal_credential(c, *needs) ||
      keeps_data_on_host(c, *needs))
    return {};
  const std::string quoted = concat({"\"", needs->user, "\""});
  return with_key(c, {"user", quoted});
}

bool is_unprivileged(const facts::Container& c) {
  if (c.user.known() && !c.user.value.empty()) return !facts::is_root(c.user.value);
  const data::ImageNeeds* needs = image_needs(c);
  return needs != nullptr && !needs->account.empty() && is_the_images_own(c.user);
}

static bool calls(const facts::Fact<facts::Program>& program, std::string_view name) {
  return program.known() && std::ranges::any_of(program.value.words, [&](std::string_view word) {
           return word == name || word.ends_with(concat({"/", name})) ||
                  word.find(concat({name, " "})) != std::string_view::npos;
         });
}

// Any stage of the Dockerfile: what one gives a file, another may copy.
static bool gives_rights(const facts::Build& build) {
  constexpr std::string_view kPackages[] = {"sudo", "doas", "libcap", "libcap2-bin"};
  for (const facts::Stage& stage : build.stages)
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) {
        if (command.name == "setcap" || command.name == "sudo") return true;
        if (command.packages != nullptr &&
            std::ranges::any_of(kPackages, [&](std::string_view p) { return command.has(p); }))
          return true;
      }
  return false;
}

bool may_raise_rights(const facts::Container& c) {
  if (const data::ImageNeeds* needs = image_needs(c); needs != nullptr && needs->raises)
    return true;
  if (c.base != nullptr && data::has_tool(*c.base, "sudo") == data::HasTool::yes) return true;
  for (const std::string_view name : {"sudo", "su", "doas"})
    if (calls(c.entrypoint, name) || calls(c.command, name)) return true;
  return c.build != nullptr && gives_rights(*c.build);
}

std::optional<std::vector<std::string_view>> needed_capabilities(const facts::Container& c) {
  const data::ImageNeeds* needs = needs_of(c);
  if (needs == nullptr || !needs->capabilities_known) return {};
  std::vector<std::string_view> all(needs->capabilities.begin(), needs->capabilities.end());
  const auto has = [&](std::string_view name) { return std::ranges::find(all, name) != all.end(); };
  if (needs->account.empty()) {
    // Root that may not pass over modes: what is the host's belongs to somebody else.
    const bool reads_all = has("DAC_OVERRIDE");
    if (!reads_all && keeps_data_on_host(c, *needs)) return {};
    if (!reads_all && !c.secrets.items.empty()) all.emplace_back("DAC_OVERRIDE");
  }
  // On the host's network ports below 1024 are the host's.
  if (c.network_mode.known() && c.network_mode.value == "host" && !has("NET_BIND_SERVICE"))
    all.emplace_back("NET_BIND_SERVICE");
  std::ranges::sort(all);
  return all;
}

// Something that can be written is mounted at the folder or above it.
static bool is_covered(const facts::Container& c, std::string_view folder) {
  return std::ranges::any_of(c.mounts.items, [&](const facts::Fact<facts::Mount>& m) {
    return m.known() && !m.value.read_only && is_below(folder, m.value.target);
  });
}

// On Debian and Alpine one is a link to the other.
static std::string_view real_folder(std::string_view folder) {
  return folder.starts_with("/var/run/") ? folder.substr(4) : folder;
}

std::optional<std::vector<std::string_view>> needed_scratch(const facts::Container& c) {
  const data::ImageNeeds* needs = needs_of(c);
  if (needs == nullptr || !needs->scratch_known) return {};
  const auto covered = [&](std::string_view folder) {
    return is_covered(c, folder) || is_covered(c, real_folder(folder));
  };
  if (!std::ranges::all_of(needs->mounted, covered)) return {};
  std::vector<std::string_view> left;
  for (const std::string_view folder : needs->scratch)
    if (!covered(folder)) left.push_back(folder);
  return left;
}

}  // namespace plimsoll::rules
