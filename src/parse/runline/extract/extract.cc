// Which files may hold run lines, and who reads them.
#include "parse/runline/extract/extract.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "parse/runline/extract/collect.h"

namespace plimsoll::parse::runline {
namespace {

std::string_view name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

bool is_yaml(std::string_view name) {
  return name.ends_with(".yml") || name.ends_with(".yaml");
}

struct ByEnd {
  std::string_view end;
  Carrier carrier;
};
constexpr ByEnd kByEnd[] = {
    {".sh", Carrier::shell},        {".bash", Carrier::shell},          {".zsh", Carrier::shell},
    {".ksh", Carrier::shell},       {".mk", Carrier::makefile},         {".mak", Carrier::makefile},
    {".md", Carrier::markdown},     {".markdown", Carrier::markdown},   {".mdx", Carrier::markdown},
    {".service", Carrier::systemd}, {".jenkinsfile", Carrier::jenkins},
};

// "#!/bin/sh", "#!/usr/bin/env -S bash -e"
bool has_shell_shebang(std::string_view head) {
  if (!head.starts_with("#!")) return false;
  std::string_view line = head.substr(2, head.find('\n') - 2);
  while (!line.empty()) {
    const std::size_t start = std::min(line.find_first_not_of(" \t\r"), line.size());
    line.remove_prefix(start);
    const std::string_view word = line.substr(0, line.find_first_of(" \t\r"));
    line.remove_prefix(word.size());
    const std::string_view name = name_of(word);
    if (name == "env" || name.starts_with('-')) continue;
    return name == "sh" || name == "bash" || name == "dash" || name == "ash" || name == "ksh" ||
           name == "zsh" || name == "bats";
  }
  return false;
}

Carrier by_name(std::string_view path, std::string_view name) {
  if (name == "makefile" || name == "gnumakefile" || name.starts_with("makefile."))
    return Carrier::makefile;
  if (name == "jenkinsfile" || name.starts_with("jenkinsfile.")) return Carrier::jenkins;
  if (name == "vagrantfile") return Carrier::vagrant;
  if (name == "package.json") return Carrier::package_json;
  if (!is_yaml(name)) return Carrier::none;
  if (path.find(".github/") != std::string_view::npos || name.starts_with("action.y"))
    return Carrier::github;
  return name.find("gitlab-ci") != std::string_view::npos ||
                 path.find(".gitlab/") != std::string_view::npos
             ? Carrier::gitlab
             : Carrier::none;
}

void read_shell(Collector& to) {
  const text::Piece whole[] = {{0, 0}};
  read_script(to,
              {to.source.bytes(), to.arena.copy(std::vector(std::begin(whole), std::end(whole)))});
}

}  // namespace

Carrier carrier_of(std::string_view path, std::string_view head) {
  const std::string lowered = lower(path);
  const std::string_view name = name_of(lowered);
  for (const ByEnd& row : kByEnd)
    if (name.ends_with(row.end)) return row.carrier;
  const Carrier carrier = by_name(lowered, name);
  if (carrier != Carrier::none) return carrier;
  return has_shell_shebang(head) ? Carrier::shell : Carrier::none;
}

bool mentions_engine(std::string_view bytes) {
  return bytes.find("docker") != std::string_view::npos ||
         bytes.find("podman") != std::string_view::npos ||
         bytes.find("nerdctl") != std::string_view::npos;
}

Extraction extract(const text::Source& source, std::uint32_t number, Carrier carrier,
                   Arena& arena) {
  Collector to{.source = source, .number = number, .carrier = carrier, .arena = arena};
  switch (carrier) {
    case Carrier::none:
      break;
    case Carrier::shell:
    case Carrier::command_line:
      read_shell(to);
      break;
    case Carrier::makefile:
      read_makefile(to);
      break;
    case Carrier::markdown:
      read_markdown(to);
      break;
    case Carrier::github:
    case Carrier::gitlab:
      read_ci(to);
      break;
    case Carrier::jenkins:
      read_jenkins(to);
      break;
    case Carrier::systemd:
      read_systemd(to);
      break;
    case Carrier::package_json:
      read_package_json(to);
      break;
    case Carrier::vagrant:
      read_vagrant(to);
      break;
  }
  // Substitutions are found behind the command that they stand in.
  std::ranges::stable_sort(to.lines, {}, [](const RunLine& line) { return line.where.begin; });
  return {arena.copy(to.lines), to.complete};
}

}  // namespace plimsoll::parse::runline
