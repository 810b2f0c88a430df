// unpinned-pip-packages: pip installs a package without saying which version.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/packages/_shared.h"
#include "rules/rule.h"

namespace plimsoll::rules::packages::unpinned_pip_packages {

static constexpr Alias kAliases[] = {{"hadolint", "DL3013"},
                                     {"kics", "02d9c71f-3ee8-4986-9c27-1a20d0d19bfc"}};

// `flask==3.1.0`, `flask>=3`, `git+https://host/repository@tag`, a file or a folder. Any operator
// will do: a lower bound is a decision too. Source: PEP 440, "Version specifiers"; PEP 508; pip,
// "VCS Support".
static bool stated(std::string_view word) {
  constexpr std::string_view kVcs[] = {"git+", "hg+", "svn+", "bzr+"};
  for (std::string_view vcs : kVcs)
    if (word.starts_with(vcs))
      return word.substr(word.find_last_of('/') + 1).find('@') != std::string_view::npos;
  return word.find_first_of("=<>~/") != std::string_view::npos || word.ends_with(".whl") ||
         word.ends_with(".tar.gz");
}

static void check(const facts::Command& command, Findings& out) {
  if (!is_pip_install(command) || command.packages->from_file) return;
  const Unpinned found = unpinned(command, stated);
  if (found.names.empty()) return;
  out.push_back(
      {.where = found.where,
       .message = concat({"pip install names ", listed(found.names), " without a version"}),
       .aliases = hadolint_sees(command) ? ~0U : without(kAliases, "hadolint")});
}

static constexpr Example kExamples[] = {
    {.text = "FROM python:3.13-slim\nRUN pip install --no-cache-dir flask gunicorn\n",
     .flagged = true},
    {.text = "FROM python:3.13-slim\nRUN pip install git+https://github.com/pallets/flask.git\n",
     .flagged = true},
    {.text =
         "FROM python:3.13-slim\nRUN pip install --no-cache-dir flask==3.1.0 'gunicorn>=23,<24'\n"},
    {.text = "FROM python:3.13-slim\nRUN pip install -r requirements.txt\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-pip-packages",
    .severity = Severity::low,
    .category = Category::reproducibility,
    .preset = Preset::strict,
    .summary = "pip installs packages of no stated version",
    .why = "The same Dockerfile gives another image tomorrow. A release that breaks you, or one "
           "that was taken over,\n"
           "arrives with the next build and without a change of yours.",
    .remedy = "Write `package==version`, or install from a requirements file with hashes (`pip "
              "install --require-hashes -r`).",
    .source = "pip user guide, \"Pinned Version Numbers\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{for_each_command<check>},
});

}  // namespace plimsoll::rules::packages::unpinned_pip_packages
