// Options about the network: published ports, networks, names.
// Source: docker/go-connections nat/{nat,parse}.go; docker/cli cli/command/container/opts.go,
// convertToStandardNotation; docker/cli opts/network.go.
#include <algorithm>
#include <charconv>
#include <string>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/runline/reading.h"

namespace plimsoll::facts {
namespace {

struct Range {
  std::uint16_t first = 0, last = 0;
};

std::optional<std::uint16_t> read_port(std::string_view text) {
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Range> read_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::optional<std::uint16_t> first = read_port(text.substr(0, dash));
  if (!first) return std::nullopt;
  if (dash == std::string_view::npos) return Range{*first, *first};
  const std::optional<std::uint16_t> last = read_port(text.substr(dash + 1));
  if (!last || *last < *first) return std::nullopt;
  return Range{*first, *last};
}

std::optional<Protocol> read_protocol(std::string_view text) {
  const std::string name = lower(text);
  if (name.empty() || name == "tcp") return Protocol::tcp;
  if (name == "udp") return Protocol::udp;
  if (name == "sctp") return Protocol::sctp;
  return std::nullopt;
}

// Roughly net.ParseIP: what looks like neither family is none.
bool is_address(std::string_view text) {
  const bool v6 = text.find(':') != std::string_view::npos;
  const std::string_view allowed = v6 ? "0123456789abcdefABCDEF:." : "0123456789.";
  if (text.find_first_not_of(allowed) != std::string_view::npos) return false;
  return v6 || std::ranges::count(text, '.') == 3;
}

// The pieces of `-p` before they are read.
struct PortWords {
  Word address{}, host{}, target{}, protocol{};
};

std::string_view read_words(const PortWords& words, PublishedPort& port) {
  port.host_ip = words.address.text;
  if (port.host_ip.starts_with('[') && port.host_ip.ends_with(']'))
    port.host_ip = port.host_ip.substr(1, port.host_ip.size() - 2);
  if (words.address.known() && !port.host_ip.empty() && !is_address(port.host_ip))
    return "names no IP address";
  if (words.protocol.known()) {
    const std::optional<Protocol> protocol = read_protocol(words.protocol.text);
    if (!protocol) return "names no protocol";
    port.protocol = *protocol;
  }
  std::optional<Range> target, host;
  if (words.target.known()) {
    target = read_range(words.target.text);
    if (!target) return "names no port of the container";
    port.target_first = target->first;
    port.target_last = target->last;
  }
  if (words.host.known() && !words.host.text.empty()) {
    host = read_range(words.host.text);
    if (!host) return "names no port of the host";
    port.first = host->first;
    port.last = host->last;
  }
  if (target && host && target->first != target->last &&
      target->last - target->first != host->last - host->first)
    return "names ranges of different sizes";
  return {};
}

void split_target(PortWords& words, Arena& arena) {
  const std::vector<Word> parts = split(words.target, '/', arena);
  words.target = parts[0];
  if (parts.size() > 1) words.protocol = parts[1];
}

// [ip:][host]:target[/protocol]
PortWords short_form(const Word& word, Arena& arena) {
  PortWords words;
  std::vector<Word> parts = split(word, ':', arena);
  words.target = parts.back();
  split_target(words, arena);
  if (parts.size() < 2) return words;
  words.host = parts[parts.size() - 2];
  if (parts.size() < 3) return words;
  const std::size_t behind = words.host.text.size() + parts.back().text.size() + 2;
  words.address = part_of(word, 0, arena, word.text.size() - behind);
  return words;
}

// published=80,target=8080,protocol=tcp; other keys are taken and mean nothing.
std::string_view long_form(const Word& word, Arena& arena, PortWords& words) {
  for (const Word& field : split(word, ',', arena)) {
    const KeyValue pair = split_key(field, arena);
    if (!pair.has_value || pair.key.text.empty()) return "is no list of name=value";
    if (pair.key.text == "published") words.host = pair.value;
    if (pair.key.text == "target") words.target = pair.value;
    if (pair.key.text == "protocol") words.protocol = pair.value;
  }
  return {};
}

void read_publish(RunReading& in, const Option& option) {
  PortWords words;
  std::string_view problem;
  const bool csv = split_key(option.value, in.arena).has_value;
  if (csv)
    problem = long_form(option.value, in.arena, words);
  else
    words = short_form(option.value, in.arena);
  PublishedPort port;
  if (problem.empty()) problem = read_words(words, port);
  if (!problem.empty()) return in.refuse(option, problem);
  in.lists.published.push_back(stated(in, option, port));
}

void read_expose(RunReading& in, const Option& option) {
  if (!option.value.known()) {
    in.lists.ports.push_back(stated(in, option, Port{}));
    return;
  }
  const std::string_view text = option.value.text;
  const std::size_t slash = text.find('/');
  const std::optional<Range> range = read_range(text.substr(0, slash));
  const std::optional<Protocol> protocol =
      read_protocol(slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1));
  if (!range || !protocol) return in.refuse(option, "names no port");
  in.lists.ports.push_back(stated(in, option, Port{range->first, range->last, *protocol}));
}

// NAME, or name=NAME,alias=…
Word network_name(const Word& word, Arena& arena) {
  if (!split_key(word, arena).has_value) return word;
  const std::optional<std::vector<Word>> fields = split_csv(word, arena);
  if (!fields) return {};
  for (const Word& field : *fields) {
    const KeyValue pair = split_key(field, arena);
    if (lower(pair.key.text) == "name") return pair.value;
  }
  return {};
}

bool is_mode(std::string_view name) {
  return name == "host" || name == "none" || name == "bridge" || name == "default" ||
         name.starts_with("container:");
}

void read_network(RunReading& in, const Option& option) {
  const Word name = network_name(option.value, in.arena);
  if (name.text.empty()) return in.refuse(option, "names no network");
  const Fact<std::string_view> fact = stated(in, option, name.text, name.known());
  // The first one is the mode; others are joined as well.
  if (!in.has_network) in.container.network_mode = fact;
  in.has_network = true;
  if (!is_mode(name.text)) in.lists.networks.push_back(fact);
}

constexpr OptionReader kNetworkOptions[] = {
    {"add-host", list_option<&RunLists::extra_hosts>},
    {"expose", read_expose},
    {"hostname", text_option<&Container::host_name>},
    {"link", list_option<&RunLists::links>},
    {"network", read_network},
    {"publish", read_publish},
    {"publish-all",
     [](RunReading& in, const Option& option) {
       in.container.publishes_all = read_truth(option.value.text).value_or(false);
     }},
};

}  // namespace

std::span<const OptionReader> networking_options() {
  return kNetworkOptions;
}

}  // namespace plimsoll::facts
