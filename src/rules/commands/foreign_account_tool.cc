// foreign-account-tool: an account is created with a tool, or options, that this distribution
// doesn't have.
#include <algorithm>

#include "base/concat.h"
#include "data/base_image.h"
#include "facts/build.h"
#include "rules/commands/_account_call.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::foreign_account_tool {

static bool any(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// Debian's adduser takes them, busybox' doesn't. (--disabled-password, --gecos, --uid and others
// both know.) Sources: adduser(8); busybox loginutils/adduser.c, long options.
static constexpr std::string_view kDebianOnly[] = {
    "--disabled-login", "--group",    "--gid",     "--quiet",          "--force-badname",
    "--firstuid",       "--firstgid", "--comment", "--allow-bad-names"};
// Programs of the shadow suite, which Alpine has as a package.
static constexpr std::string_view kShadow[] = {"groupadd", "groupmod", "useradd", "usermod"};

// busybox' one-letter options are ambiguous to Debian's adduser, which stops: "Option s is
// ambiguous".
static bool busybox_only(const parse::shell::Word& word) {
  const std::string_view text = word.value;
  return text.size() >= 2 && text[0] == '-' && text[1] != '-' && text.find_first_of("SDHGg") == 1;
}

// True if an earlier RUN of the stage or its parents, or this one before the command, may have
// installed the package; without a package: anything, which may depend on what is missing.
static bool may_have(const facts::Command& command, std::string_view package) {
  for (const facts::Stage* stage = command.run->stage; stage != nullptr; stage = stage->base.stage)
    for (const facts::Run& run : stage->runs)
      for (const facts::Command& c : run.commands) {
        if (&run == command.run && c.index >= command.index) break;
        if (run.instruction->span.begin > command.run->instruction->span.begin) break;
        if (package.empty() && (c.name.empty() || c.name.ends_with(".sh") || c.name == "dpkg"))
          return true;  // a script may do anything
        if (c.packages == nullptr || c.packages->action != facts::PackageAction::install) continue;
        if (package.empty() || c.packages->from_file) return true;
        for (const facts::Package& p : c.packages->packages)
          if (!p.known || p.name == package) return true;
      }
  return false;
}

// What the image is known to lack may still come along with any package.
static bool lacks(const data::BaseImage& image, const facts::Command& command) {
  return data::has_tool(image, command.name) == data::HasTool::no && !may_have(command, "");
}

static std::string_view package_of(data::Family family) {
  if (family == data::Family::debian || family == data::Family::ubuntu) return "adduser";
  return family == data::Family::alpine || family == data::Family::busybox ? "shadow"
                                                                           : "shadow-utils";
}

// The program or the option that is missing, or null.
static const parse::shell::Word* foreign(const facts::Command& command,
                                         const data::BaseImage& image) {
  using enum data::Family;
  const bool adds = command.name == "adduser" || command.name == "addgroup";
  const bool shadow = any(kShadow, command.name);
  const parse::shell::Word* option = nullptr;
  if (image.family == alpine || image.family == busybox) {
    if (shadow && !any(image.tools, command.name) && !may_have(command, "shadow"))
      return command.words.data();
    // addgroup knows --gid as well as Debian's.
    if (command.name == "adduser")
      for (const parse::shell::Word& word : command.words.subspan(1))
        if (option == nullptr && any(kDebianOnly, word.value.substr(0, word.value.find('='))))
          option = &word;
  } else if (adds && (image.family == debian || image.family == ubuntu)) {
    if (lacks(image, command)) return command.words.data();
    for (const parse::shell::Word& word : command.words.subspan(1))
      if (option == nullptr && busybox_only(word)) option = &word;
  } else if ((image.family == amazon || image.family == rhel) && lacks(image, command)) {
    return command.words.data();
  }
  return option;
}

// `|| true`: whatever comes of it, the build goes on.
static bool does_nothing(const parse::shell::Item& item) {
  const auto& commands = item.pipeline.commands;
  return commands.size() == 1 && commands.front().words.size() == 1 &&
         (commands.front().words.front().value == "true" ||
          commands.front().words.front().value == ":");
}

enum class Condition : std::uint8_t { none, hidden, some };

// `useradd app || adduser -D app` tries both: what it would do isn't known here.
static Condition condition_of(const facts::Command& command) {
  if (command.depth != 0 || command.run->script == nullptr) return Condition::some;
  const std::string_view text = command.run->script->text.text;
  std::ptrdiff_t alternatives = 0;
  for (std::size_t at = text.find("||"); at != std::string_view::npos; at = text.find("||", at + 2))
    ++alternatives;
  const auto harmless =
      std::ranges::count_if(command.run->script->list.items, [](const parse::shell::Item& item) {
        return item.join == parse::shell::Join::or_ && does_nothing(item);
      });
  if (alternatives != harmless) return Condition::some;
  return alternatives == 0 ? Condition::none : Condition::hidden;
}

static std::optional<Fix> translated(const facts::Command& command, const data::BaseImage& image) {
  if (command.node == nullptr || !command.wrapper.empty() || !command.redirects.empty() ||
      command.piped_in || command.piped_out)
    return {};
  const text::Place where = command.place();
  const text::Source& source = *command.run->stage->build->source;
  if (source.at(where.span).find('#') != std::string_view::npos) return {};
  std::optional<std::string> words = in_words_of(image, command);
  if (!words) return {};
  return Fix{.safety = Safety::changes_behaviour,
             .title = concat({"say it to ", words->substr(0, words->find(' '))}),
             .edits = {{where, std::move(*words)}}};
}

static void check(const facts::Command& command, Findings& out) {
  const facts::Base* root = command.run->stage->root;
  const Condition condition = condition_of(command);
  if (root == nullptr || root->facts == nullptr || condition == Condition::some) return;
  const parse::shell::Word* word = foreign(command, *root->facts);
  if (word == nullptr) return;
  const std::string_view family = data::name(root->facts->family);
  const std::string_view package = package_of(root->facts->family);
  const std::string_view hidden =
      condition == Condition::hidden ? "; the build goes on without the account" : "";
  out.push_back(
      {.where = command.place(word->raw),
       .message =
           word == command.words.data()
               ? concat({root->reference.known() ? root->reference.value : family, " has no ",
                         command.name, " unless the package ", package, " is installed", hidden})
               : concat({family, "'s ", command.name, " has no option ", word->value, hidden}),
       .fix = translated(command, *root->facts)});
}

static constexpr std::string_view kNames[] = {"addgroup", "adduser", "groupadd",
                                              "groupmod", "useradd", "usermod"};

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nRUN useradd --uid 10001 app\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nRUN adduser -D -H -u 10001 app\n"},
    {.text = "FROM alpine:3.22\nRUN useradd -rms /bin/sh app && echo done\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nRUN addgroup -S app && adduser -S -D -s /bin/sh -G app app && "
              "echo done\n"},
    {.text = "FROM debian:12\nRUN addgroup -S app && echo done\n",
     .flagged = true,
     .fixed = "FROM debian:12\nRUN groupadd --system app && echo done\n"},
    {.text = "FROM debian:12\nRUN adduser -D -u 1000 app || true\n",
     .flagged = true,
     .fixed = "FROM debian:12\nRUN useradd --uid 1000 --create-home app || true\n"},
    {.text = "FROM debian:13\nRUN adduser --system --group app\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN useradd --system --create-home app\n"},
    {.text = "FROM alpine:3.22\nRUN adduser --disabled-login app\n",
     .flagged = true,
     .fixed = "FROM alpine:3.22\nRUN adduser -D app\n"},
    {.text = "FROM alpine:3.22\nRUN useradd --non-unique --uid 0 app\n", .flagged = true},
    {.text = "FROM debian:12\nRUN adduser -D app || useradd app\n"},
    {.text = "FROM alpine:3.22\nRUN apk add --no-cache shadow && useradd --uid 10001 app\n"},
    {.text = "FROM alpine:3.22\nRUN addgroup -S app && adduser -S -G app app\n"},
    {.text = "FROM debian:12\nRUN adduser --system --group app\n"},
};

extern constinit const Rule rule = described({
    .name = "foreign-account-tool",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Account tool or option of another distribution",
    .why = "Alpine's `adduser` and `addgroup` are busybox', Debian's are scripts of the same names "
           "with other options,\n"
           "and `useradd` and `groupadd` belong to the shadow suite, which Alpine doesn't install. "
           "Debian from 13 on\n"
           "and Ubuntu from 24.04 on come without `adduser`. The build fails.",
    .remedy = "On Alpine: `addgroup -S app && adduser -S -G app app`.\n"
              "On Debian and Ubuntu: `useradd --system --create-home app`.",
    .source = "adduser(8) of Debian; busybox, \"adduser\"; Alpine package shadow",
    .aliases = {},
    .examples = kExamples,
    .check = OnCommand{kNames, check},
});

}  // namespace plimsoll::rules::commands::foreign_account_tool
