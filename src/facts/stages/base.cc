// FROM: which image or stage a stage is built from, and what it has before its first instruction.
#include "base/concat.h"
#include "facts/base_facts.h"
#include "facts/stages/lowering.h"

namespace plimsoll::facts {
namespace {

// Looks variables up as FROM does, and notes those that no global ARG declares.
class Noting final : public parse::dockerfile::Variables {
 public:
  explicit Noting(Lowering& in) : in_(in) { in.scratch.texts.clear(); }

  [[nodiscard]] parse::dockerfile::Variable find(std::string_view name) const override {
    const bool declared =
        is_platform_argument(name) ||
        std::ranges::any_of(in_.build.global_arguments.items,
                            [&](const Fact<Variable>& a) { return a.value.name == name; });
    std::vector<std::string_view>& noted = in_.scratch.texts;
    if (!declared && std::ranges::find(noted, name) == noted.end()) noted.push_back(name);
    return in_.defaults.find(name);
  }

 private:
  Lowering& in_;
};

// What the file alone makes of the image's word.
void read_defaults(Lowering& in, Base& base, std::string_view word) {
  const Noting variables(in);
  const parse::dockerfile::Expansion image = expand(word, in.tree.escape, variables, in.arena);
  const bool read = image.complete && image.error.empty();
  base.by_default = {.presence = read ? Presence::known : Presence::unknown,
                     .value = image.text,
                     .where = in.build.place(base.span)};
  if (!read) base.by_default.unknown_because = why_unknown(in, in.defaults, image);
  if (base.platform != nullptr) expand(base.platform->value, in.tree.escape, variables, in.arena);
  base.undeclared = in.arena.copy(in.scratch.texts);
}

void read_base(Lowering& in, Stage& stage, const parse::dockerfile::Word& word) {
  Base& base = stage.base;
  base.span = word.span;
  base.uses_variable = word.text.find('$') != std::string_view::npos;
  base.reference = expand_fact(in, in.globals, word.text, word.span);
  read_defaults(in, base, word.text);
  if (!base.reference.known()) return;
  const std::string_view text = base.reference.value;
  base.scratch = text == "scratch";
  base.stage = find_stage_by_name(in.build, stage.index, text);
  if (base.stage != nullptr) {
    base.scratch = false;
    in.stages[base.stage->index].is_base = true;
  }
  if (base.stage != nullptr || base.scratch) return;
  base.parts = parse::imageref::parse(text);
  base.facts = find_base_facts(base.parts);
}

template <class T>
Fact<T> absent(text::Place where, Origin origin) {
  return {.presence = Presence::absent, .where = where, .origin = origin};
}

// What the image itself says in its config, as far as that is known.
void start_from_image(const Lowering& in, Stage& stage) {
  const Base& base = stage.base;
  const text::Place where = in.build.place(base.span);
  const std::string_view because = base.reference.known()
                                       ? std::string_view("what the base image says is not known")
                                       : base.reference.unknown_because;
  const auto unsaid = [&]<class T>(Fact<T>& fact) {
    fact = absent<T>(where, Origin::engine_default);
    if (base.scratch) return;
    fact.presence = Presence::unknown;
    fact.origin = Origin::base_image;
    fact.unknown_because = because;
  };
  unsaid(stage.user);
  unsaid(stage.workdir);
  unsaid(stage.stop_signal);
  unsaid(stage.entrypoint);
  unsaid(stage.command);
  unsaid(stage.health_check);
  stage.environment.complete = stage.labels.complete = base.scratch;
  stage.ports.complete = stage.volumes.complete = base.scratch;
  stage.shell = default_shell(base);
  if (base.facts == nullptr) return;
  if (base.facts->user_known) {
    stage.user = absent<std::string_view>(where, Origin::base_image);
    stage.user.value = base.facts->user;
    if (!base.facts->user.empty()) stage.user.presence = Presence::known;
  }
  stage.health_check = absent<HealthCheck>(where, Origin::base_image);
  if (base.facts->health_check) stage.health_check.presence = Presence::known;
}

void start_from_stage(const Lowering& in, Stage& stage) {
  const Stage& parent = *stage.base.stage;
  const auto inherit = [&]<class T>(Fact<T>& fact, const Fact<T>& from) {
    fact = from;
    if (fact.absent()) fact.where = in.build.place(stage.base.span);
  };
  inherit(stage.user, parent.user);
  inherit(stage.workdir, parent.workdir);
  inherit(stage.stop_signal, parent.stop_signal);
  inherit(stage.entrypoint, parent.entrypoint);
  inherit(stage.command, parent.command);
  inherit(stage.health_check, parent.health_check);
  stage.environment = parent.environment;
  stage.arguments = parent.arguments;
  stage.labels = parent.labels;
  stage.ports = parent.ports;
  stage.volumes = parent.volumes;
  stage.shell = parent.shell;
}

}  // namespace

const data::BaseImage* find_base_facts(const parse::imageref::Reference& parts) {
  if (!parts.valid) return nullptr;
  return data::find_base_image(known_name(parts), meant_tag(parts));
}

void read_name(Stage& stage) {
  const Instruction& from = *stage.from;
  if (from.words.size() < 3 || !equal_ignoring_case(from.words[1].text, "as")) return;
  stage.name = from.words[2].text;
  stage.name_span = from.words[2].span;
}

void read_from(Lowering& in, Stage& stage) {
  const Instruction& from = *stage.from;
  stage.base.platform = from.flag("platform");
  if (!from.words.empty()) {
    read_base(in, stage, from.words[0]);
  } else {
    stage.base.span = from.keyword_span;
    stage.base.reference = {.presence = Presence::unknown,
                            .where = in.build.place(from.keyword_span)};
    stage.base.reference.unknown_because = "FROM names no image";
  }
  stage.root = stage.base.stage != nullptr ? stage.base.stage->root : &stage.base;
}

void start_stage(Lowering& in, Stage& stage) {
  if (stage.base.stage != nullptr) {
    start_from_stage(in, stage);
  } else {
    start_from_image(in, stage);
  }
  const text::Place where = in.build.place(stage.base.span);
  stage.environment.where = stage.arguments.where = stage.labels.where = where;
  stage.ports.where = stage.volumes.where = where;
}

}  // namespace plimsoll::facts
