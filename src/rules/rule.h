// What a rule is: one constant that says everything about it, and the function that looks.
#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ascii.h"
#include "text/place.h"

// Declared, not included: a change in facts/ rebuilds only the rules that use it.
namespace plimsoll::facts {
struct Build;
struct Command;
struct Container;
struct Context;
struct Daemon;
struct Project;
struct Suppression;
enum class LabelKind : std::uint8_t;
}  // namespace plimsoll::facts

namespace plimsoll::rules {

enum class Severity : std::uint8_t { info, low, medium, high, critical };
enum class Category : std::uint8_t { security, reliability, reproducibility, size, style, syntax };
enum class Preset : std::uint8_t {
  recommended,
  strict,
  all
};  // the smallest preset that contains the rule
enum class Input : std::uint8_t { dockerfile, compose, run_line, image, container, daemon };
enum class Safety : std::uint8_t { safe, changes_behaviour };

// The same check under another tool's name, e.g. {"hadolint", "DL3002"}. Several rules may share
// one.
struct Alias {
  std::string_view tool, id;
};

// Input shown in the documentation and run by the test suite: one text, or several files.
struct File {
  std::string_view path, text;
  std::uint32_t times = 1;  // how often the text stands in it: a large file needs no large text
};
// What the project's configuration says, for rules that ask it (facts/settings.h). The
// documentation does not show it: a comment in the example's text tells it.
struct ExampleSettings {
  std::string_view trusted_registry{};  // empty: any
  std::string_view label{};             // one that images must have; empty: none
  facts::LabelKind label_kind{};        // what it must look like
  bool strict_labels = false;           // no other labels
  bool prefer_cache_mounts = false;     // of `plimsoll fix`
};
struct Example {
  Input input = Input::dockerfile;
  std::string_view text{};  // one file under its usual name,
  std::span<const File>
      files{};               // or several, e.g. a Compose file, its Dockerfile and .dockerignore
  bool flagged = false;      // must the rule speak?
  std::string_view fixed{};  // the text after the fix; empty: no fix is offered
  std::span<const File> fixed_files{};
  ExampleSettings settings{};
};

// A file that a fix makes. Only where nothing of that name is, or whole lines that are added there.
struct NewFile {
  std::string path;  // absolute, or from the folder of the file that the finding points into
  std::string text;
  bool secret = false;    // for its owner's eyes alone, and in no report
  bool optional = false;  // left out where something of that name is
  bool mounted = false;   // a secret that containers are given, whoever they run as
  bool append = false;    // to a file that the run has read: these lines at its end
  friend bool operator==(const NewFile&, const NewFile&) = default;
};

// A change that would remove the finding: all of it or nothing. A cheap proposal: only
// `plimsoll fix` proves it.
struct Fix {
  Safety safety = Safety::safe;
  std::string title;
  std::vector<text::Edit> edits;
  std::vector<NewFile> files{};
};

struct Related {
  text::Place where;
  std::string message;
};

// Hardening that a container lacks: what would be written to add it. Texts for people show what a
// container lacks as one block, with all of these lines together.
struct Hardening {
  std::string_view
      compose{};            // lines of a service, unindented, lists in brackets: "cap_drop: [ALL]"
  std::string_view flag{};  // of a run line: "--read-only"
  std::string_view what{};  // "a memory limit"; empty: the rule's name says it
  [[nodiscard]] constexpr bool is_one() const { return !compose.empty(); }
};

// What a fix of a run line does about the option that a finding points at. (A rule that wants
// something else there proposes a fix of its own.)
enum class OptionRemedy : std::uint8_t { none, remove, bind_to_loopback, mount_read_only };

struct Finding {
  text::Place where;
  std::string message;                 // what is wrong here; a clause without a final full stop
  std::optional<Severity> severity{};  // here; otherwise the rule's
  std::string
      shellcheck_code{};  // "SC2086": of a finding passed on from ShellCheck; counts as an alias
  std::uint32_t aliases =
      ~0U;  // which of the rule's aliases would be reported at this place, as bits
  std::optional<Fix> fix{};
  std::vector<Related> related{};
  std::vector<text::Span>
      secrets{};  // of the same source: a secret's bytes, which no report may show
  // The same in other sources, such as the `.env` that a value came from. A finding without a
  // message says nothing and only hides.
  std::vector<text::Place> hidden{};
  Hardening hardening{};  // what would be written at this very place; none: what the rule says
  // Of a run line: the options that `fix` adds. Empty: none are known to leave the container
  // working; not set: those of `hardening`.
  std::optional<std::string> run_options{};
};
using Findings = std::vector<Finding>;

// Which containers: those that an image would become, whoever starts it, or those that are started
// in a certain way. A service that builds is the stage's container with the service's facts over
// it; what was already said of the stage is not said twice.
enum class Of : std::uint8_t { images, running, both };

// What a rule looks at; each rule has exactly one of these.
struct OnContainer {
  void (*check)(const facts::Container&, Findings&);
  Of of = Of::images;
};
struct OnBuild {
  void (*check)(const facts::Build&, Findings&);
};
// Called for each command of every RUN whose name is one of `names`, in source order.
struct OnCommand {
  std::span<const std::string_view> names;
  void (*check)(const facts::Command&, Findings&);
};
// `files`: it looks at what lies in the folder, however deep; `sizes`: at how large that is, too.
// These are found only if some rule asks for them.
struct OnContext {
  void (*check)(const facts::Context&, Findings&);
  bool files = false, sizes = false;
};
struct OnProject {
  void (*check)(const facts::Project&, Findings&);
};
struct OnDaemon {
  void (*check)(const facts::Daemon&, Findings&);
};
// Called for each comment by which a finding is accepted, once all other rules have spoken.
struct OnSuppression {
  void (*check)(const facts::Suppression&, Findings&);
};
// The findings are ShellCheck's, which the engine asks where it is installed; so the examples hold
// only there.
struct FromShellCheck {};
using Check = std::variant<OnContainer, OnBuild, OnCommand, OnContext, OnProject, OnDaemon,
                           OnSuppression, FromShellCheck>;

// Everything the program knows about one rule. Lives in read-only memory; no constructor runs at
// start.
struct Rule {
  std::string_view
      name;  // "root-user": the only id; kebab-case, equal to the file's name; never reused
  Severity severity = Severity::medium;
  Category category = Category::security;
  Preset preset = Preset::recommended;
  std::string_view summary;  // <= 72 characters, no final full stop
  std::string_view why;      // Markdown
  std::string_view remedy;   // Markdown; one or two sentences, printed as the finding's help
  std::string_view source;   // where the advice comes from
  std::span<const Alias> aliases;
  std::span<const Example> examples;
  Check check;
  // Its findings name secrets: it is asked in every run, selected or not, so that reports know what
  // to hide.
  bool finds_secrets = false;
  // A rule whose place is taken by containers as well: the same check on services and run lines,
  // where `check` looks at the FROMs or commands of a Dockerfile.
  void (*on_running)(const facts::Container&, Findings&) = nullptr;
  // The same for a Compose project.
  void (*on_project)(const facts::Project&, Findings&) = nullptr;
  Hardening hardening{};
  OptionRemedy option_remedy = OptionRemedy::none;
};

// All bits but those of one tool's aliases: where a finding is ours and that tool would be silent.
constexpr std::uint32_t without(std::span<const Alias> aliases, std::string_view tool) {
  std::uint32_t bits = ~0U;
  for (std::size_t i = 0; i < aliases.size(); ++i)
    if (aliases[i].tool == tool) bits &= ~(1U << i);
  return bits;
}

// The bits of the aliases with these ids: where only some of the tools would report.
constexpr std::uint32_t only(std::span<const Alias> aliases,
                             std::initializer_list<std::string_view> ids) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < aliases.size(); ++i)
    for (std::string_view id : ids)
      if (aliases[i].id == id) bits |= 1U << i;
  return bits;
}

// A name is words of lower-case letters and digits, joined by single hyphens.
consteval bool is_kebab_case(std::string_view name) {
  if (name.empty() || name.front() < 'a' || name.front() > 'z' || name.back() == '-') return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool word = is_lower(c) || is_digit(c);
    if (!word && !(c == '-' && name[i - 1] != '-')) return false;
  }
  return true;
}

// Refuses at compile time a rule that is not fully described.
consteval Rule described(Rule r) {
  if (!is_kebab_case(r.name)) throw "name must be kebab-case, like root-user";
  if (r.summary.empty() || r.summary.size() > 72 || r.summary.ends_with('.'))
    throw "summary: 1..72 characters, no full stop";
  if (r.why.empty() || r.remedy.empty() || r.source.empty())
    throw "why, remedy and source are required";
  if (r.aliases.size() > 32) throw "a finding names its aliases by 32 bits";
  bool good = false, bad = false;
  for (const Example& e : r.examples) {
    if (e.text.empty() == e.files.empty()) throw "an example is one text or several files";
    (e.flagged ? bad : good) = true;
  }
  if (!good || !bad) throw "show at least one flagged and one clean example";
  return r;
}

// Every rule of the program, sorted by subject and name.
std::span<const Rule* const> all();

}  // namespace plimsoll::rules
