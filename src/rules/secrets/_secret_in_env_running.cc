#include <algorithm>
#include <optional>

#include "base/concat.h"
#include "data/names.h"
#include "facts/build.h"
#include "rules/secrets/_literals.h"
#include "rules/secrets/_secret_in_env.h"
#include "rules/secrets/_shipped.h"
#include "rules/secrets/_to_file.h"
#include "rules/secrets/_variables_file.h"

namespace plimsoll::rules::secrets::secret_in_env {

static constexpr std::uint32_t kOfRunning =
    only(kAliases, {"a88baa34-e2ad-44ea-ad6f-8cac87bc7c71", "4.10"});

// `${PASSWORD:-hunter2}` becomes `${PASSWORD:?}`, which Compose refuses to start without; the
// default goes to `.env`.
static std::optional<Fix> require(const facts::Container& c, const facts::Variable& v) {
  const std::size_t inner = v.written.find_first_of(":-");
  const text::Place& where = v.value;
  const std::size_t ahead = where.span.size() - v.written.size();
  const bool alone = v.written.starts_with("${") && v.written.ends_with('}') &&
                     v.written.find('$', 1) == std::string_view::npos &&
                     v.written.find('}') == v.written.size() - 1;
  // The text stands as it is, alone or behind `NAME=`.
  if (!alone || inner == std::string_view::npos || where.span.size() < v.written.size() ||
      (ahead != 0 && ahead != v.name.size() + 1))
    return std::nullopt;
  const auto begin = static_cast<std::uint32_t>(where.span.begin + ahead + inner);
  const std::string_view name = v.written.substr(2, inner - 2);
  Fix fix{.safety = Safety::changes_behaviour,
          .title = concat({"require that ", name, " is set"}),
          .edits = {{{where.source, {begin, where.span.end - 1}}, ":?"}}};
  if (c.service == nullptr) return fix;
  fix.files = default_in_variables_file(c, name, shipped(v.written));
  if (!fix.files.empty()) fix.title += ", by .env, which must not be committed";
  return fix;
}

// What is wrong with the value that a file or line gives by itself; empty: nothing.
static std::string what_is_given(const facts::Variable& v, std::string_view value) {
  if (const Found found = credential_in(value); !found.empty())
    return concat({v.name, " holds ", found});
  if (data::secret_name(v.name) == data::SecretName::no || value.empty() ||
      data::harmless_value(value))
    return {};
  return concat({v.name, " holds a secret in plain text"});
}

static std::uint32_t aliases_of_running(std::string_view name, bool in_url) {
  std::uint32_t aliases = kOfRunning;
  if (in_url) aliases |= only(kAliases, {"CL-0021"});
  if (compose_lint_speaks(name)) aliases |= only(kAliases, {"CL-0020"});
  return aliases;
}

// A value of a Compose file or a run line.
static void check_given(const facts::Container& c, const facts::Fact<facts::Variable>& v,
                        Findings& out) {
  const std::string value = shipped(v);
  std::string message = what_is_given(v.value, value);
  const bool from_variable = message.empty();
  if (from_variable && (!v.known() || what_is_given(v.value, v.value.text).empty())) return;
  Finding finding{.where = v.where, .message = std::move(message)};
  // What comes from `.env` is right to stand there, and is hidden all the same.
  hide(v, finding);
  if (!from_variable) {
    finding.aliases = aliases_of_running(
        v.value.name, !credential_in(value).empty() && value.find("://") != std::string::npos);
    const std::string literal = outside_variables(v.value.written);
    if (!v.value.written.empty() && what_is_given(v.value, literal).empty()) {
      finding.message = concat({"the default of ", v.value.name, " is a secret in plain text"});
      finding.severity = Severity::medium;
      finding.fix = require(c, v.value);
    } else {
      constexpr std::size_t kLooked = 64;  // each is looked for in the whole project
      if (out.size() <= kLooked) finding.fix = to_file(c, v);
      if (out.size() <= kLooked && !finding.fix) finding.fix = to_variable(c, v);
    }
  }
  out.push_back(std::move(finding));
}

// Files of variables are kept out of repositories more often than not; but what is set by them is
// the container's environment all the same. They are spoken of once each.
static void check_file(const facts::Fact<facts::Variable>& v, Findings& out) {
  if (!v.known() || what_is_given(v.value, v.value.text).empty()) return;
  const auto same =
      std::ranges::find_if(out, [&](const Finding& f) { return f.where.source == v.where.source; });
  if (same != out.end()) return hide(v, *same);
  out.push_back({.where = v.where,
                 .message = concat({v.value.name,
                                    " gets a secret from this file, and so does whoever may "
                                    "inspect the container"}),
                 .severity = Severity::medium,
                 .aliases = aliases_of_running(v.value.name, false)});
  hide(v, out.back());
}

void check_running(const facts::Container& c, Findings& out) {
  Findings of_files;
  for (const facts::Fact<facts::Variable>& v : c.environment.items) {
    const bool in_build = c.build != nullptr && v.where.source == c.build->source_number;
    if (in_build || v.origin == facts::Origin::base_image) continue;
    if (v.value.from_file) {
      check_file(v, of_files);
    } else {
      check_given(c, v, out);
    }
  }
  for (Finding& finding : of_files) out.push_back(std::move(finding));
}

}  // namespace plimsoll::rules::secrets::secret_in_env
