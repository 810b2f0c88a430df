// Source: Compose specification, "build.secrets". Compose gives builds no secrets from `.env`
// (docker/compose#13235), so values that are known go to files.
#include "rules/secrets/_build_secrets.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/concat.h"
#include "base/fs.h"
#include "rules/compose_edits.h"
#include "rules/edits.h"
#include "rules/secrets/_secret_mounts.h"
#include "rules/secrets/_to_file.h"
#include "rules/secrets/_variables_file.h"

namespace plimsoll::rules::secrets {

using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;
using parse::dockerfile::Pair;
using Edits = std::vector<text::Edit>;

std::vector<const facts::Container*> builders_of(const facts::Container& c) {
  constexpr std::size_t kServices = 64;
  if (c.build == nullptr || c.service == nullptr || c.service->build == nullptr ||
      c.service->build->file.empty() || c.project->containers.size() > kServices)
    return {};
  std::vector<const facts::Container*> builders;
  for (const facts::Container& other : c.project->containers) {
    const facts::Service* service = other.service;
    if (service == nullptr || service->build == nullptr || !service->of.empty() ||
        service->build->file != c.service->build->file)
      continue;
    if (!can_edit(other)) return {};
    builders.push_back(&other);
  }
  return builders;
}

// --- arguments -----------------------------------------------------------------------------------

static std::optional<Fix> mounted_argument(const facts::Build& build, std::string_view name) {
  for (const facts::Stage& stage : build.stages)
    for (const Instruction* i : stage.instructions) {
      if (i->keyword != Keyword::arg) continue;
      for (const Pair& pair : i->pairs)
        if (pair.key == name) return mounted(build, *i, pair);
    }
  return {};
}

namespace {

// What a service gives for an argument.
struct Given {
  std::string_view text{};     // empty: not known here
  std::string_view written{};  // empty: nothing, so it is taken from the environment
  friend bool operator==(const Given&, const Given&) = default;
};

}  // namespace

// None: it gives nothing of that name.
static std::optional<Given> given_by(const facts::Container& c, std::string_view name) {
  const std::vector<std::string_view> own = build_arguments_of(c);
  const auto& all = c.service->build->arguments.items;
  const auto found = std::ranges::find_if(all, [&](const auto& v) { return v.value.name == name; });
  if (found == all.end())
    return std::ranges::find(own, name) == own.end() ? std::nullopt : std::optional(Given{});
  const facts::Variable& v = found->value;
  return Given{found->known() ? v.text : std::string_view{},
               v.has_text && v.written.empty() ? v.text : v.written};
}

// `${TOKEN}`, `${TOKEN:-}`: the name; empty: it is more than one variable.
static std::string_view sole_variable(std::string_view written) {
  if (!written.starts_with("${") || written.find('}') != written.size() - 1 ||
      written.find('$', 1) != written.npos)
    return {};
  written.remove_prefix(2);
  const auto* end = std::ranges::find_if_not(written, is_word_char);
  return written.substr(0, static_cast<std::size_t>(end - written.begin()));
}

namespace {

// Where builds take the secret from.
struct Origin {
  NewKey key;  // "file: …" or "environment: …"
  std::string words;
  std::vector<NewFile> files{};
};

}  // namespace

static std::optional<Origin> origin_of(const facts::Container& c, std::string_view argument,
                                       const Given& given) {
  if (given.text.empty()) {
    const std::string name(given.written.empty() ? argument : sole_variable(given.written));
    if (name.empty()) return {};
    return Origin{{"environment", name}, concat({"the environment's ", name})};
  }
  std::optional<std::vector<NewFile>> guards =
      kept_out(*c.project, join_path(c.project->directory, "secrets"));
  if (!guards) return {};
  const std::string file = concat({"./secrets/", lower(argument), ".txt"});
  Origin origin{{"file", file}, concat({file, ", which must not be committed"})};
  origin.files = files_of_secret(*c.project, file, given.text);
  std::ranges::move(*guards, std::back_inserter(origin.files));
  return origin;
}

// The services' side; the Dockerfile's edits come with it.
static std::optional<Edits> give_secret(std::span<const facts::Container* const> builders,
                                        std::string_view name, const Given& given) {
  Edits edits;
  for (const facts::Container* builder : builders) {
    const std::optional<Given> own = given_by(*builder, name);
    if (!own) continue;
    if (*own != given) return {};
    std::optional<text::Edit> gone = without_build_argument(*builder, name);
    std::optional<text::Edit> secret = with_build_secret(*builder, name);
    if (!gone || !secret) return {};
    edits.push_back(std::move(*gone));
    edits.push_back(std::move(*secret));
  }
  return edits;
}

std::optional<Fix> as_build_secret(const facts::Container& c, std::string_view name) {
  const std::vector<const facts::Container*> builders = builders_of(c);
  if (builders.empty()) return {};
  const std::optional<Given> given = given_by(c, name);
  const auto is_taken = [&](const facts::Secret& secret) { return secret.name == name; };
  if (std::ranges::any_of(c.project->secrets, is_taken)) return {};
  std::optional<Fix> fix = mounted_argument(*c.build, name);
  if (!fix || !given) return {};
  std::optional<Origin> origin = origin_of(c, name, *given);
  std::optional<Edits> services = give_secret(builders, name, *given);
  if (!origin || !services) return {};
  std::optional<text::Edit> secret =
      in_section(*builders.front(), "secrets", {name, "", {std::move(origin->key)}});
  if (!secret) return {};
  secret->unordered = secret->unordered && has_section(c, "secrets");
  std::ranges::move(*services, std::back_inserter(fix->edits));
  fix->edits.push_back(std::move(*secret));
  fix->edits = joined(std::move(fix->edits));
  fix->title = concat({"hand it to the RUN that reads it as a build secret, from ", origin->words});
  fix->files = std::move(origin->files);
  return fix;
}

// --- environment ---------------------------------------------------------------------------------

namespace {

struct EnvSetting {
  const facts::Stage* stage;
  const Instruction* instruction;
  const Pair* pair;
};

// Who sets a variable, and whether something else speaks of it.
struct Mentions {
  std::vector<EnvSetting> settings{};
  bool has_others = false;
};

}  // namespace

static void look_at(const facts::Stage& stage, const Instruction& i, std::string_view name,
                    Mentions& mentions) {
  std::size_t own = 0;
  for (const Pair& pair : i.keyword == Keyword::env ? i.pairs : std::span<const Pair>{}) {
    if (pair.key != name) continue;
    mentions.settings.push_back({&stage, &i, &pair});
    ++own;
    mentions.has_others |= pair.value.find('$') != pair.value.npos;
  }
  const std::string_view text = stage.build->source->at(i.span);
  // A program of a RUN may read it by its bare name.
  const bool is_run = i.keyword == Keyword::run || i.keyword == Keyword::arg;
  mentions.has_others |= is_run ? text.find(name) != text.npos : uses(text, name) > 0;
  mentions.has_others |= own > 1 || (own > 0 && i.broken);
}

// The name of the ENV's pair at that place; empty: there is none.
static std::string_view env_at(const facts::Build& build, text::Place where) {
  for (const facts::Stage& stage : build.stages) {
    const Instruction* i = instruction_at(stage, where.span.begin);
    if (i == nullptr || i->keyword != Keyword::env) continue;
    for (const Pair& pair : i->pairs)
      if (pair.span.begin <= where.span.begin && where.span.begin < pair.span.end) return pair.key;
  }
  return {};
}

std::optional<Edits> without_env(const facts::Build& build, text::Place where) {
  constexpr std::size_t kSettings = 8;
  const std::string_view name = env_at(build, where);
  if (name.empty()) return {};
  Mentions mentions;
  for (const facts::Stage& stage : build.stages)
    for (const Instruction* i : stage.instructions) look_at(stage, *i, name, mentions);
  if (mentions.has_others || mentions.settings.empty() || mentions.settings.size() > kSettings)
    return {};
  Edits edits;
  for (const EnvSetting& setting : mentions.settings) {
    std::optional<text::Edit> edit = without_pair(build, *setting.instruction, *setting.pair);
    if (!edit || setting.stage != mentions.settings.front().stage) return {};
    edits.push_back(std::move(*edit));
  }
  return edits;
}

static bool states_variable(const facts::Container& c, std::string_view name) {
  return std::ranges::any_of(c.environment.items,
                             [&](const auto& v) { return v.value.name == name; });
}

static std::string_view target_of(const facts::Container& c) {
  const facts::Fact<std::string_view>& target = c.service->build->target;
  return target.known() ? target.value : std::string_view{};
}

std::optional<Fix> env_to_services(const facts::Container& c,
                                   const facts::Fact<facts::Variable>& variable) {
  const std::vector<const facts::Container*> builders = builders_of(c);
  if (builders.empty() || !variable.known() || variable.value.text.empty()) return {};
  std::optional<Edits> edits = without_env(*c.build, variable.where);
  if (!edits) return {};
  const facts::Variable wanted{.name = variable.value.name, .text = variable.value.text};
  std::string services;
  std::optional<Moved> moved;
  for (const facts::Container* builder : builders) {
    if (target_of(*builder) != target_of(c)) return {};
    if (states_variable(*builder, wanted.name)) continue;
    if (!moved) moved = moved_to_variables_file(*builder, wanted);
    if (!moved) return {};
    std::optional<text::Edit> edit = with_new_variable(*builder, wanted.name, moved->use());
    if (!edit) return {};
    edits->push_back(std::move(*edit));
    services += concat({services.empty() ? "" : ", ", builder->name});
  }
  Fix fix{.safety = Safety::changes_behaviour, .title = "take it out of the image", .edits = {}};
  if (moved) {
    const bool is_one = services.find(',') == services.npos;
    fix.title += concat(
        {"; ", services, is_one ? " gets it from " : " get it from ", moved_in_words(*moved)});
    fix.files = std::move(moved->files);
  }
  fix.edits = joined(std::move(*edits));
  return fix;
}

}  // namespace plimsoll::rules::secrets
