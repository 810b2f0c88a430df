// In doubt the full image stays: a step may call anything.
#include "rules/image/_slimmer.h"

#include <algorithm>
#include <string_view>

#include "base/concat.h"
#include "data/base_image.h"
#include "data/image_needs.h"
#include "rules/edits.h"
#include "rules/image/_base.h"

namespace plimsoll::rules::image {

using facts::Command;
using facts::Manager;
using facts::PackageAction;
using facts::Stage;

std::string smaller_tag(const facts::Base& base) {
  const std::string_view smaller = base.facts->smaller;
  const std::string_view tag = base.parts.tag;
  const bool bare = tag.empty() || tag == "latest";
  return bare && smaller.starts_with('-') ? std::string(smaller.substr(1)) : concat({tag, smaller});
}

// None: another distribution, one that keeps data, or no slimmer at all.
static const data::BaseImage* sibling_of(const facts::Base& base) {
  if (base.facts == nullptr || base.facts->smaller.empty() || !base.parts.digest.empty() ||
      !base.parts.valid)
    return nullptr;
  const data::ImageNeeds* needs =
      data::find_image_needs(known_name(base.parts), meant_tag(base.parts));
  if (needs != nullptr && !needs->runtime) return nullptr;
  const data::BaseImage* smaller = data::find_base_image(repository(base), smaller_tag(base));
  const bool same =
      smaller != nullptr && smaller->family == base.facts->family &&
      smaller->libc == base.facts->libc && !smaller->full_size &&
      (smaller->family == data::Family::debian || smaller->family == data::Family::ubuntu);
  return same ? smaller : nullptr;
}

namespace {

// The stages that are shipped, and what they install.
class ShippedSteps {
 public:
  ShippedSteps(const facts::Build& build, const data::BaseImage& image) : image_(image) {
    for (const Stage* s = build.target; s != nullptr; s = s->base.stage) {
      shipped_.push_back(s);
      for (const facts::Run& run : s->runs)
        for (const Command& command : run.commands) note(command);
    }
  }

  // Others that start from the same image would lose it, too.
  [[nodiscard]] bool stand_alone(const facts::Build& build) const {
    return std::ranges::all_of(build.stages, [&](const Stage& stage) {
      return stage.root != build.target->root ||
             std::ranges::find(shipped_, &stage) != shipped_.end();
    });
  }

  [[nodiscard]] bool find_all() const {
    return std::ranges::all_of(shipped_, [&](const Stage* stage) {
      return std::ranges::all_of(stage->runs, [&](const facts::Run& run) {
        return !run.trigger && run.understood && run.shell.kind != facts::ShellKind::powershell &&
               std::ranges::all_of(run.commands, [&](const Command& c) { return finds(c); });
      });
    });
  }

  [[nodiscard]] bool has(std::string_view program) const {
    return data::is_essential(program) || data::has_tool(image_, program) == data::HasTool::yes ||
           installs(program) || comes_along(program);
  }

 private:
  void note(const Command& command) {
    const facts::PackageCall* call = command.packages;
    if (call == nullptr || call->manager != Manager::apt || call->action != PackageAction::install)
      return;
    for (const facts::Package& package : call->packages)
      if (package.known) packages_.push_back(package.name);
  }

  [[nodiscard]] bool installs(std::string_view package) const {
    return std::ranges::find(packages_, package) != packages_.end();
  }

  // With the language that the image is for.
  [[nodiscard]] bool comes_along(std::string_view program) const {
    if (image_.repository == "node")
      return program == "npx" || program == "yarn" || program == "corepack";
    if (image_.repository == "python") return program == "pip" || program == "pip3";
    return image_.repository == "ruby" && (program == "gem" || program == "bundle");
  }

  // Packages of languages may have parts in C.
  [[nodiscard]] bool has_compiler() const {
    return installs("build-essential") || (installs("g++") && installs("make"));
  }

  [[nodiscard]] bool finds(const Command& command) const {
    if (command.name.empty() || command.words.empty()) return false;
    if (command.words.front().value.find('/') != std::string_view::npos) return false;
    if (!has(command.name)) return false;
    // Slim images have no list of certificate authorities.
    if ((command.download != nullptr || command.name == "git") && !installs("ca-certificates"))
      return false;
    const facts::PackageCall* call = command.packages;
    if (call == nullptr || call->manager == Manager::apt) return true;
    return call->action != PackageAction::install || has_compiler();
  }

  const data::BaseImage& image_;
  std::vector<const Stage*> shipped_{};
  std::vector<std::string_view> packages_{};
};

}  // namespace

static std::string_view first_word(const facts::Program& program) {
  if (program.words.empty()) return {};
  const std::string_view text = program.words.front();
  return program.exec_form ? text : text.substr(0, text.find(' '));
}

// A script may call anything.
static bool starts_with_what_is_there(const Stage& stage, const ShippedSteps& steps) {
  for (const facts::Fact<facts::Program>* program : {&stage.entrypoint, &stage.command}) {
    if (!program->known() || program->origin != facts::Origin::written) continue;
    const std::string_view word = first_word(program->value);
    const bool script = word.find('/') != std::string_view::npos || word.ends_with(".sh");
    if (script || (std::ranges::binary_search(data::watched_tools(), word) && !steps.has(word)))
      return false;
  }
  return true;
}

static std::size_t count_of(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
    ++count;
  return count;
}

// The default of the ARG that is all of FROM's image, and that nothing else reads.
static std::optional<text::Span> default_of(const facts::Build& build, const facts::Base& base) {
  std::string_view name = build.source->at(base.span);
  if (!name.starts_with('$')) return {};
  name.remove_prefix(1);
  if (name.starts_with('{') && name.ends_with('}')) name = name.substr(1, name.size() - 2);
  if (name.empty() || !is_plain_path(name) || count_of(build.source->bytes(), name) != 2) return {};
  for (const parse::dockerfile::Instruction& i : build.tree->instructions) {
    if (i.keyword == parse::dockerfile::Keyword::from) return {};
    for (const parse::dockerfile::Pair& pair : i.pairs)
      if (i.keyword == parse::dockerfile::Keyword::arg && pair.key == name && pair.has_value)
        return pair.value_span;
  }
  return {};
}

std::optional<Fix> slimmed(const facts::Build& build) {
  if (build.target == nullptr || !build.tree->problems.empty()) return {};
  const facts::Base& base = *build.target->root;
  const data::BaseImage* smaller = sibling_of(base);
  if (smaller == nullptr) return {};
  const ShippedSteps steps(build, *smaller);
  if (!steps.stand_alone(build) || !steps.find_all() ||
      !starts_with_what_is_there(*build.target, steps))
    return {};
  const std::optional<text::Span> written =
      base.uses_variable ? default_of(build, base) : std::optional(base.span);
  if (!written || build.source->at(*written) != base.reference.value) return {};
  const std::string_view reference = base.reference.value;
  const std::size_t name =
      reference.size() - (base.parts.tag.empty() ? 0 : base.parts.tag.size() + 1);
  const std::string image = concat({reference.substr(0, name), ":", smaller_tag(base)});
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"start from ", image}),
             .edits = {{build.place(*written), image}}};
}

}  // namespace plimsoll::rules::image
