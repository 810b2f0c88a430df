// What the rules on curl's options share: whether it asks a server at all, and whether a file says
// the options.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::commands {

// The host of a URL; curl takes one without a scheme for http.
inline std::string_view host_of(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  url = url.substr(url.rfind('@') + 1);  // npos + 1 is 0
  return url.starts_with('[') ? url.substr(0, url.find(']') + 1) : url.substr(0, url.find(':'));
}

// What the build itself has started, or a neighbour: no name of the Internet.
inline bool is_local(std::string_view url) {
  const std::string_view host = host_of(url);
  return url.starts_with("file:") || host.starts_with("127.") || host == "[::1]" ||
         host.find('.') == std::string_view::npos;
}

// True if some URL is, or may be, that of a server elsewhere.
inline bool asks_a_server(const facts::Command& curl) {
  const facts::Download* download = curl.download;
  return download != nullptr &&
         (!download->all_urls_known || !std::ranges::all_of(download->urls, is_local));
}

// True if the stage or its parents bring a curlrc along, which may say any option.
inline bool may_have_curlrc(const facts::Stage& stage) {
  const auto names_it = [](std::string_view path) { return path.ends_with("curlrc"); };
  const auto copies_it = [&](const facts::Copy& copy) {
    return !copy.destination.known() || names_it(copy.destination.value) ||
           std::ranges::any_of(copy.sources, [&](const facts::Copy::Source& source) {
             return !source.path.known() || names_it(source.path.value);
           });
  };
  const auto writes_it = [&](const facts::Command& c) {
    return std::ranges::any_of(c.words, [&](const auto& word) { return names_it(word.value); }) ||
           std::ranges::any_of(c.redirects, [&](const auto& r) { return names_it(r.target.raw); });
  };
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage) {
    if (std::ranges::any_of(s->environment.items,
                            [](const auto& v) { return v.value.name == "CURL_HOME"; }) ||
        std::ranges::any_of(s->copies, copies_it))
      return true;
    for (const facts::Run& run : s->runs)
      if (std::ranges::any_of(run.commands, writes_it)) return true;
  }
  return false;
}

// Calls `check` for each curl that asks a server and whose options are all written with it.
template <void (*check)(const facts::Command&, Findings&)>
void for_each_curl(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    int configured = -1;  // looked for at the first curl only
    for (const facts::Run& run : stage.runs)
      for (const facts::Command& command : run.commands) {
        if (command.name != "curl" || !asks_a_server(command) || command.has_short('K') ||
            command.has("--config"))
          continue;
        if (configured < 0) configured = may_have_curlrc(stage) ? 1 : 0;
        if (configured == 0) check(command, out);
      }
  }
}

// An edit that adds an option behind the program's name.
inline text::Edit add_option(const facts::Command& command, std::string_view option) {
  const text::Place name = command.place(command.words.front().raw);
  return {{name.source, {name.span.end, name.span.end}}, std::string(option)};
}

}  // namespace plimsoll::rules::commands
