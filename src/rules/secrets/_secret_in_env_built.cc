#include <algorithm>
#include <optional>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/secrets/_build_secrets.h"
#include "rules/secrets/_literals.h"
#include "rules/secrets/_secret_in_env.h"
#include "rules/secrets/_secret_mounts.h"

namespace plimsoll::rules::secrets::secret_in_env {

using Variables = std::span<const facts::Fact<facts::Variable>>;

static constexpr std::uint32_t kOfDockerfiles = without(kAliases, "compose-lint");

// `ENV TOKEN=$TOKEN`: what a build is given by an argument stays in the image.
static bool uses_argument(std::string_view text, Variables arguments) {
  return std::ranges::any_of(arguments, [&](const facts::Fact<facts::Variable>& a) {
    return text.find(concat({"$", a.value.name})) != std::string_view::npos ||
           text.find(concat({"${", a.value.name})) != std::string_view::npos;
  });
}

static std::string what(const facts::Container& c, const facts::Stage* stage,
                        const facts::Fact<facts::Variable>& v) {
  const std::string_view name = v.value.name;
  if (const Found found = v.known() ? credential_in(v.value.text) : Found{}; !found.empty())
    return concat({name, " holds ", found, ", which everyone with the image can read"});
  if (data::secret_name(name) == data::SecretName::no) return {};
  if (v.known() && !v.value.text.empty() && !data::harmless_value(v.value.text))
    return concat({name, " holds a secret in plain text, which everyone with the image can read"});
  const bool here =
      c.build != nullptr && stage != nullptr && v.where.source == c.build->source_number;
  if (v.unknown() && here &&
      uses_argument(c.build->source->at(v.where.span), stage->arguments.items))
    return concat(
        {name, " keeps a build argument's value, which everyone with the image can read"});
  return {};
}

static std::uint32_t aliases_of(std::string_view name) {
  return kOfDockerfiles & (hadolint_speaks(name) ? ~0U : without(kAliases, "hadolint"));
}

// Of a service: what has to be done in its project as well.
static std::optional<Fix> fix_in_build(const facts::Container& c, const facts::Stage* stage,
                                       const facts::Fact<facts::Variable>& v, text::Place where) {
  if (c.running()) return c.service == nullptr ? std::nullopt : env_to_services(c, v);
  std::optional<Fix> fix = mounted(*c.build, where);
  const bool is_left_behind =
      stage != nullptr && !stage->shipped && v.known() && !c.build->by_services.in_several_ways;
  if (fix || !is_left_behind) return fix;
  if (std::optional<std::vector<text::Edit>> edits = without_env(*c.build, where))
    return Fix{.safety = Safety::changes_behaviour,
               .title = "take it out of the stage, where nothing reads it",
               .edits = std::move(*edits)};
  return {};
}

static void check_list(const facts::Container& c, const facts::Stage* stage, Variables list,
                       Findings& out) {
  for (const facts::Fact<facts::Variable>& v : list) {
    if (c.running() && (c.build == nullptr || v.where.source != c.build->source_number)) continue;
    std::string message = what(c, stage, v);
    if (message.empty()) continue;
    const bool in_file = c.build != nullptr && v.where.source == c.build->source_number;
    const text::Place where = in_file ? at_name(*c.build->source, v.where, v.value.name) : v.where;
    // A stage's list starts with its parent's.
    if (std::ranges::any_of(out, [&](const Finding& f) { return f.where == where; })) continue;
    out.push_back(
        {.where = where, .message = std::move(message), .aliases = aliases_of(v.value.name)});
    constexpr std::size_t kLooked = 16;  // each is looked for in the whole file
    if (in_file && out.size() <= kLooked) out.back().fix = fix_in_build(c, stage, v, where);
    if (in_file && v.known())
      out.back().secrets = {value_span(*c.build->source, v.where.span, v.value.name)};
  }
}

// What the service states itself is in the image as well; there it can go.
static void raise_hidden(const facts::Container& c, Findings& out) {
  if (c.stage == nullptr || c.build == nullptr || c.service == nullptr) return;
  constexpr std::size_t kLooked = 16;
  for (const facts::Fact<facts::Variable>& v : c.stage->environment.items) {
    if (v.where.source != c.build->source_number || what(c, c.stage, v).empty()) continue;
    const text::Place where = at_name(*c.build->source, v.where, v.value.name);
    if (out.size() > kLooked ||
        std::ranges::any_of(out, [&](const Finding& f) { return f.where == where; }))
      continue;
    out.push_back({.where = where, .message = {}, .fix = env_to_services(c, v)});
  }
}

// What an image hands to those built from it.
static void check_triggers(const facts::Container& c, const facts::Stage& stage, Findings& out) {
  for (const parse::dockerfile::Instruction* i : stage.instructions) {
    if (i->trigger == nullptr || i->trigger->keyword != parse::dockerfile::Keyword::env) continue;
    for (const parse::dockerfile::Pair& pair : i->trigger->pairs)
      if (data::secret_name(pair.key) != data::SecretName::no && is_literal(pair.value))
        out.push_back(
            {.where = c.build->place(pair.key_span),
             .message = concat(
                 {pair.key, " hands a secret in plain text to every image built from this one"}),
             .aliases = aliases_of(pair.key),
             .secrets = {pair.value_span}});
  }
}

void check_built(const facts::Container& c, Findings& out) {
  check_list(c, c.stage, c.environment.items, out);
  if (c.running()) return raise_hidden(c, out);
  if (c.build == nullptr) return;
  // Stages that aren't shipped stay in the build cache, and the file itself is read by many.
  for (const facts::Stage& stage : c.build->stages) {
    check_list(c, &stage, stage.environment.items, out);
    check_triggers(c, stage, out);
  }
}

}  // namespace plimsoll::rules::secrets::secret_in_env
