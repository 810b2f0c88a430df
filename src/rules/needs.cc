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
#include "rules/placed.h"

namespace plimsoll::rules {

using Names = std::span<const std::string_view>;

static const data::ImageNeeds* find_needs(std::string_view reference) {
  const parse::imageref::Reference parts = parse::imageref::parse(reference);
  if (!parts.valid) return nullptr;
  return data::find_image_needs(known_name(parts), meant_tag(parts));
}

// The image's facts, whatever the service, the run line or the Dockerfile makes of it.
static const data::ImageNeeds* image_needs(const facts::Container& c) {
  if (c.stage != nullptr) {
    const facts::Base& root = *c.stage->root;
    if (root.scratch) return data::find_image_needs("scratch", "latest");
    if (!root.reference.known() || !root.parts.valid) return nullptr;
    return data::find_image_needs(known_name(root.parts), meant_tag(root.parts));
  }
  const bool named = c.service != nullptr ? c.service->build == nullptr && c.service->of.empty()
                                          : c.kind == facts::ContainerKind::run;
  if (!named || !c.image.known()) return nullptr;
  // What an image runs that has no program of its own isn't known.
  const data::ImageNeeds* needs = find_needs(c.image.value);
  return needs == nullptr || needs->runtime ? nullptr : needs;
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

// A step of the Dockerfile may put something at the path, or change it.
static bool is_built_over(const facts::Stage& stage, std::string_view path) {
  for (const std::optional<std::string>& copy : copied_paths(stage))
    if (!copy || is_below(*copy, path) || is_below(path, *copy)) return true;
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage)
    for (const facts::Run& run : s->runs)
      if (run.instruction->rest.find(path) != std::string_view::npos) return true;
  return false;
}

static bool is_moved(const facts::Container& c, const data::ImageNeeds& needs) {
  if (is_stated(c, needs.moved_by)) return true;
  return c.stage != nullptr && std::ranges::any_of(needs.moved_by, [&](std::string_view name) {
           return name.starts_with('/') && is_built_over(*c.stage, name);
         });
}

const data::ImageNeeds* needs_of(const facts::Container& c) {
  const data::ImageNeeds* needs = image_needs(c);
  if (needs == nullptr || (c.service != nullptr && c.service->text.extended) ||
      !c.mounts.complete || !c.volumes_from.items.empty() ||
      (!needs->runtime && !runs_own_program(c, *needs)) || is_moved(c, *needs))
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

// Compose gives the engine a secret's file as it is. Whoever may read its folder may read it, as
// long as nobody stated a mode; what is made of a variable is root's.
static bool reads_secrets_as_any_user(const facts::Container& c) {
  return std::ranges::all_of(c.secrets.items, [](const facts::Fact<facts::SecretUse>& secret) {
    return secret.known() && secret.value.from == facts::SecretUse::From::file &&
           secret.value.mode.empty();
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

std::string_view own_user(const facts::Container& c) {
  const data::ImageNeeds* needs = needs_of(c);
  if (needs == nullptr || c.stage != nullptr || !reads_secrets_as_any_user(c) ||
      !c.env_files.items.empty() || keeps_data_on_host(c, *needs))
    return {};
  return needs->user;
}

std::optional<text::Edit> with_own_user(const facts::Container& c) {
  const std::string_view user = own_user(c);
  // `user` of the service itself: whoever states root there is told by another rule.
  if (user.empty()) return {};
  const std::string quoted = concat({"\"", user, "\""});
  return with_key(c, {"user", quoted});
}

bool is_unprivileged(const facts::Container& c) {
  if (c.user.known() && !c.user.value.empty()) return !facts::is_root(c.user.value);
  const data::ImageNeeds* needs = image_needs(c);
  return needs != nullptr && !needs->account.empty() && is_the_images_own(c.user);
}

bool needs_raised_rights(const facts::Container& c) {
  const data::ImageNeeds* needs = image_needs(c);
  return needs != nullptr && needs->raises;
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

}  // namespace plimsoll::rules
