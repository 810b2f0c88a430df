// tls-verification-off: a program is told to trust any TLS certificate, in the environment or by an
// option.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/build.h"
#include "rules/commands/_shared.h"
#include "rules/commands/_tls.h"
#include "rules/commands/_tls_fix.h"
#include "rules/edits.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands::tls_verification_off {

static constexpr Alias kAliases[] = {
    {"checkov", "CKV2_DOCKER_4"},  {"checkov", "CKV2_DOCKER_5"},  {"checkov", "CKV2_DOCKER_6"},
    {"checkov", "CKV2_DOCKER_12"}, {"checkov", "CKV2_DOCKER_13"}, {"checkov", "CKV2_DOCKER_14"},
    {"checkov", "CKV2_DOCKER_15"}, {"checkov", "CKV2_DOCKER_16"},
};

struct Report {
  text::Place where;
  std::string_view program, what, checkov;
};
static void report(const Report& said, std::optional<text::Edit> removal, Findings& out) {
  const auto& [where, program, what, checkov] = said;
  out.push_back({.where = where,
                 .message = concat({program, " does not verify certificates because of ", what}),
                 .aliases = only(kAliases, {checkov})});
  if (removal)
    out.back().fix = Fix{.safety = Safety::changes_behaviour,
                         .title = concat({"remove ", what}),
                         .edits = {std::move(*removal)}};
}

static const TlsVariable* switching_off(std::string_view name, std::string_view value) {
  const auto* found = std::ranges::find_if(kTlsVariables, [&](const TlsVariable& v) {
    return v.name == name &&
           (v.off.empty() ? name != "PIP_TRUSTED_HOST" || !value.empty() : v.off == value);
  });
  return found == std::end(kTlsVariables) ? nullptr : found;
}

// Of the stage itself; what it inherits is reported where it is written.
static void check_variables(const facts::Stage& stage, Findings& out) {
  for (const facts::FactList<facts::Variable>* list : {&stage.environment, &stage.arguments})
    for (const facts::Fact<facts::Variable>& v : list->items) {
      if (!v.known() || !v.value.has_text || v.origin != facts::Origin::written ||
          v.where.source != stage.build->source_number ||
          v.where.span.begin < stage.from->span.begin)
        continue;
      if (const TlsVariable* found = switching_off(v.value.name, v.value.text))
        report({v.where, found->program, found->name, found->checkov},
               without_variable(stage, v.where.span), out);
    }
}

static std::string_view family(std::string_view name) {
  if (name == "apt-get") return "apt";
  if (name == "yarn" || name == "pnpm") return "npm";
  if (name == "yum" || name == "microdnf" || name == "tdnf" || name == "dnf5" ||
      name == "yum-config-manager" || name == "dnf-config-manager")
    return "dnf";
  if (name.starts_with("pip") || name.starts_with("python")) return "pip";
  return name;
}

// --setopt=sslverify=0, --setopt=epel.sslverify=False; source: dnf.conf(5), boolean options.
static bool unsets_ssl_verify(std::string_view setting) {
  const std::size_t equals = std::min(setting.find('='), setting.size());
  const std::string_view name = setting.substr(0, equals), value = setting.substr(equals);
  return (name == "sslverify" || name.ends_with(".sslverify")) &&
         (value == "=0" || value == "=false" || value == "=no" || value == "=off");
}

static bool matches(const TlsOption& option, const parse::shell::Word& word,
                    const parse::shell::Word* next) {
  std::string text = lower(word.value);
  if (option.program == "apt" && text.starts_with("-o")) text.erase(0, 2);
  if (option.program == "dnf") {
    constexpr std::string_view kJoined = "--setopt=";
    if (text.starts_with(kJoined)) return unsets_ssl_verify(text.substr(kJoined.size()));
    return text == "--setopt" && next != nullptr && unsets_ssl_verify(lower(next->value));
  }
  if (option.value.empty())
    return text == option.option || text.starts_with(concat({option.option, "="}));
  if (text == concat({option.option, "=", option.value})) return true;
  return text == option.option && next != nullptr && next->value == option.value;
}

// `npm config set strict-ssl false`, `git -c http.sslVerify=false`; but `npm install strict-ssl
// false` names packages.
static bool sets(const facts::Command& command) {
  const std::string_view program = family(command.name);
  return (program != "npm" && program != "pip") || command.has("set");
}

static bool has_tls_options(std::string_view program) {
  return std::ranges::any_of(kTlsOptions, [&](const TlsOption& o) { return o.program == program; });
}

static void check_command(const facts::Command& command, Findings& out) {
  for (const parse::shell::Assignment& a : command.assignments)
    if (const TlsVariable* found =
            a.value.known || a.value.raw.empty() ? switching_off(a.name, a.value.value) : nullptr)
      report({command.place(a.raw), found->program, found->name, found->checkov},
             command.words.empty() ? std::nullopt : without_words(command, a.raw, a.raw), out);
  const std::string_view program = family(command.name);
  if (command.words.empty() || (command.name != "export" && !has_tls_options(program))) return;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const parse::shell::Word& word = command.words[i];
    if (command.name == "export") {
      const std::size_t equals = word.value.find('=');
      if (equals == std::string_view::npos) continue;
      if (const TlsVariable* found =
              switching_off(word.value.substr(0, equals), word.value.substr(equals + 1)))
        report({command.place(word.raw), found->program, found->name, found->checkov},
               command.words.size() > 2 ? without_words(command, word.raw, word.raw) : std::nullopt,
               out);
      continue;
    }
    const parse::shell::Word* next = i + 1 < command.words.size() ? &command.words[i + 1] : nullptr;
    for (const TlsOption& option : kTlsOptions)
      if (option.program == program && matches(option, word, next) &&
          (option.option.starts_with('-') || sets(command)))
        report({command.place(word.raw), command.name, option.shown(), option.checkov},
               without_option(command, i, option), out);
  }
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    check_variables(stage, out);
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) check_command(command, out);
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM node:22-slim\nENV NODE_ENV=production NODE_TLS_REJECT_UNAUTHORIZED=0\n",
     .flagged = true,
     .fixed = "FROM node:22-slim\nENV NODE_ENV=production\n"},
    {.text = "FROM node:22-slim\nRUN npm config set strict-ssl false\n", .flagged = true},
    {.text = "FROM debian:13\nRUN git -c http.sslVerify=false clone https://example.com/a.git\n",
     .flagged = true,
     .fixed = "FROM debian:13\nRUN git clone https://example.com/a.git\n"},
    {.text = "FROM python:3.13-slim\nRUN pip install --trusted-host pypi.example.com tool==1.0\n",
     .flagged = true,
     .fixed = "FROM python:3.13-slim\nRUN pip install tool==1.0\n"},
    {.text = "FROM node:22-slim\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\nRUN npm config set strict-ssl "
             "true\n"},
};

extern constinit const Rule rule = described({
    .name = "tls-verification-off",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "TLS certificates are not verified",
    .why = "Anyone between the build and the server can answer in its place. Set by `ENV` it holds "
           "for the running\n"
           "container, too: its connections to databases, APIs and identity providers can be read "
           "and changed.",
    .remedy = "Remove the setting. For a private authority add its certificate to the image's "
              "trust store\n"
              "(`update-ca-certificates`, `NODE_EXTRA_CA_CERTS`, `PIP_CERT`, `GIT_SSL_CAINFO`).",
    .source = "CWE-295, Improper Certificate Validation",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::commands::tls_verification_off
