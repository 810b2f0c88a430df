// Source: Docker, "Containerize a React.js application".
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "rules/edits.h"
#include "rules/image/_split.h"
#include "rules/image/_split_steps.h"

namespace plimsoll::rules::image {

using facts::Command;
using facts::Stage;
using parse::dockerfile::Instruction;
using parse::dockerfile::Keyword;

namespace {

// `serve -s build -l 8080`
struct Serving {
  std::string folder;
  std::string_view port = "3000";
  bool single = false;  // every path that is no file is the page's own
};

}  // namespace

static bool is_port(std::string_view text) {
  return text.size() == 4 && text.front() != '0' && std::ranges::all_of(text, is_digit);
}

// Source: serve 14, `serve --help`.
static std::optional<Serving> serving(const Instruction& command, const std::string& workdir) {
  std::span<const parse::dockerfile::Word> words = command.words;
  if (words.front().text == "npx") words = words.subspan(1);
  if (words.empty() || words.front().text != "serve") return {};
  Serving result;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    if (word == "-s" || word == "--single") {
      result.single = true;
    } else if ((word == "-l" || word == "--listen" || word == "-p") && i + 1 < words.size()) {
      result.port = words[++i].text;
    } else if (result.folder.empty() && is_plain_path(word) && !word.starts_with('-')) {
      result.folder = word.starts_with('/') ? std::string(word) : below(workdir, word);
    } else {
      return {};
    }
  }
  if (result.folder.empty() || !is_port(result.port)) return {};
  return result;
}

// Steps that put something together for the site's folder, and `serve` itself beside.
static bool builds_site(const Stage& stage, Workdir& workdir) {
  constexpr std::string_view kPrograms[] = {"npm", "npx", "yarn", "pnpm"};
  bool builds = false;
  for (const Instruction* step : steps_of(stage)) {
    workdir.pass(*step);
    const Keyword keyword = step->keyword;
    if (step->broken || step->trigger != nullptr) return false;
    if (keyword == Keyword::workdir || keyword == Keyword::arg || keyword == Keyword::env) continue;
    if (keyword == Keyword::copy) {
      if (copy_of_step(stage, step) == nullptr) return false;
      continue;
    }
    const facts::Run* run = keyword == Keyword::run ? run_of_step(stage, step) : nullptr;
    if (run == nullptr || !calls_only(*run, kPrograms)) return false;
    builds |= std::ranges::any_of(run->commands, [](const Command& c) { return c.has("build"); });
  }
  return builds;
}

static bool exposes_only(const Stage& stage, std::string_view port) {
  return std::ranges::all_of(stage.ports.items, [&](const facts::Fact<facts::Port>& exposed) {
    return exposed.known() && exposed.value.first == exposed.value.last &&
           std::to_string(exposed.value.first) == port;
  });
}

std::optional<SplitRecipe> static_site_recipe(const Stage& stage) {
  if (!starts_from(stage, "node")) return {};
  const std::optional<Ending> ending = ending_of(stage);
  if (!ending || ending->entrypoint != nullptr) return {};
  Workdir workdir(stage);
  if (!builds_site(stage, workdir) || !workdir.folder()) return {};
  const std::optional<Serving> served = serving(*ending->command, *workdir.folder());
  if (!served || !exposes_only(stage, served->port)) return {};
  const std::string_view otherwise =
      served->single ? "/index.html" : "$uri.html $uri/index.html =404";
  return SplitRecipe{
      .image = "nginxinc/nginx-unprivileged:stable-alpine",
      .lines = concat({"COPY --from=build ", served->folder, " /usr/share/nginx/html\n",
                       "COPY <<'EOF' /etc/nginx/conf.d/default.conf\n"
                       "server {\n"
                       "    listen ",
                       served->port,
                       ";\n"
                       "    root /usr/share/nginx/html;\n"
                       "    location / {\n"
                       "        try_files $uri ",
                       otherwise,
                       ";\n"
                       "    }\n"
                       "}\n"
                       "EOF\n"}),
      .drops_command = true};
}

}  // namespace plimsoll::rules::image
