// Makes published ports long: "127.0.0.1:8080-8081:80-81/udp" is two ports.
// Source: docker/go-connections, nat.ParsePortSpec, which Compose reads the short form with.
#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "base/concat.h"
#include "parse/compose/addresses.h"
#include "parse/compose/canonical/canonical.h"
#include "parse/compose/parts.h"
#include "parse/compose/units.h"

namespace plimsoll::parse::compose {
namespace {

// As many as there are: more in one list is no file of people.
constexpr std::size_t kMostPorts = 65'536;
// Values that ranges in all lists of a project may bring it to.
constexpr std::size_t kMostValues = 1'000'000;

struct Range {
  unsigned first = 0, last = 0;
};

// Bytes of the short form.
struct PortPart {
  std::size_t begin = 0, end = 0;
  [[nodiscard]] bool empty() const { return begin == end; }
};

struct Spec {
  PortPart ip{}, published{}, target{}, protocol{};
};

std::optional<unsigned> port_number(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  const std::optional<std::int64_t> number = parse_integer(text);
  if (!number || *number > 65535) return std::nullopt;
  return static_cast<unsigned>(*number);
}

// "80", "80-90"; what stands behind a second - is not looked at, as in Docker.
std::optional<Range> port_range(std::string_view text) {
  const KeyValue parts = cut(text, '-');
  const std::optional<unsigned> first = port_number(parts.key);
  if (!first) return std::nullopt;
  if (!parts.found) return Range{*first, *first};
  const std::optional<unsigned> last = port_number(cut(parts.value, '-').key);
  if (!last || *last < *first) return std::nullopt;
  return Range{*first, *last};
}

// Where the three parts lie: the last colon is before the container's port, the one before that
// behind the address, which may hold more of them.
Spec split(std::string_view text) {
  Spec spec;
  std::size_t start = 0;
  if (const std::size_t last = text.rfind(':'); last != std::string_view::npos) {
    start = last + 1;
    const std::size_t before = last == 0 ? std::string_view::npos : text.rfind(':', last - 1);
    const std::size_t host = before == std::string_view::npos ? 0 : before + 1;
    spec.published = {host, last};
    if (before != std::string_view::npos) spec.ip = {0, before};
  }
  const std::size_t slash = std::min(text.find('/', start), text.size());
  spec.target = {start, slash};
  if (slash < text.size() && slash > start)
    spec.protocol = {slash + 1, std::min(text.find('/', slash + 1), text.size())};
  return spec;
}

// Takes the brackets of an IPv6 address away; false: it is no address.
bool read_address(std::string_view text, PortPart& ip) {
  if (ip.empty()) return true;
  std::string_view address = text.substr(ip.begin, ip.end - ip.begin);
  if (address.starts_with('[')) {
    if (!address.ends_with(']')) return false;
    ip = {ip.begin + 1, ip.end - 1};
    address = text.substr(ip.begin, ip.end - ip.begin);
    if (address.find_first_of("[]") != std::string_view::npos) return false;
  } else if (address.find_first_of(":[]") != std::string_view::npos) {
    return false;
  }
  return ip.empty() || is_ip_address(address);
}

class Ports {
 public:
  Ports(const Loading& in, const std::string& path) : in_(in), path_(path) {}

  // False: the short form stays, since it is not to be read.
  bool add(Node& entry) {
    if (entry.is(NodeKind::map)) {
      result_.push_back(&entry);
      return true;
    }
    if (!entry.is(NodeKind::text) && !entry.is(NodeKind::integer)) {
      refuse_type(in_, entry, path_, "port");
      return true;
    }
    Node scalar = entry;
    if (entry.is(NodeKind::integer)) scalar.text = std::to_string(entry.integer);
    if (const std::string wrong = add_short(scalar); !wrong.empty()) {
      if (!in_.settings.interpolate && entry.is(NodeKind::text)) return false;
      in_.refuse(entry, concat({path_, ": ", wrong}));
    }
    return true;
  }

  std::vector<Node*> take() { return std::move(result_); }

 private:
  // What is wrong with the short form; empty: nothing.
  std::string add_short(const Node& scalar) {
    const std::string_view text = scalar.text;
    Spec spec = split(text);
    const auto of = [&](const PortPart& part) {
      return text.substr(part.begin, part.end - part.begin);
    };
    if (!read_address(text, spec.ip)) return concat({"invalid ip address: ", of(spec.ip)});
    if (spec.target.empty()) return concat({"no port specified: ", text, "<empty>"});
    const std::optional<Range> target = port_range(of(spec.target));
    if (!target) return concat({"invalid containerPort: ", of(spec.target)});
    const std::optional<Range> host =
        spec.published.empty() ? Range{} : port_range(of(spec.published));
    if (!host) return concat({"invalid hostPort: ", of(spec.published)});
    const bool same_size = target->last - target->first == host->last - host->first;
    if (!spec.published.empty() && !same_size && target->last != target->first) {
      return concat({"invalid ranges specified for container and host ports: ", of(spec.target),
                     " and ", of(spec.published)});
    }
    const std::string protocol = spec.protocol.empty() ? "tcp" : lower(of(spec.protocol));
    if (protocol != "tcp" && protocol != "udp" && protocol != "sctp")
      return concat({"invalid proto: ", protocol});
    return add_all(scalar, spec, *target, *host);
  }

  // One port each, in the order of their names, which is how Compose sorts them: 100 before 99.
  std::string add_all(const Node& scalar, const Spec& spec, Range target, Range host) {
    const std::size_t count = target.last - target.first + 1;
    const bool too_large = count > 1 && in_.project.pool.size() + count > kMostValues;
    if (too_large || result_.size() + count > kMostPorts) return "too many ports";
    std::vector<std::string> names;
    names.reserve(count);
    for (unsigned port = target.first; port <= target.last; ++port)
      names.push_back(std::to_string(port));
    std::ranges::sort(names);
    result_.reserve(result_.size() + count);
    for (const std::string& name : names) {
      const unsigned offset = static_cast<unsigned>(*parse_integer(name)) - target.first;
      std::string published;
      if (!spec.published.empty()) {
        published = std::to_string(host.first + offset);
        if (count == 1 && host.first != host.last) published += "-" + std::to_string(host.last);
      }
      result_.push_back(one(scalar, spec, name, published));
    }
    return {};
  }

  Node* one(const Node& scalar, const Spec& spec, const std::string& target,
            std::string published) {
    Node* port = made_from(in_, scalar, NodeKind::map);
    port->members.reserve(5);
    put(*port, "mode", default_text(in_, scalar, "ingress"));
    if (!spec.ip.empty()) put(*port, "host_ip", text_part(in_, scalar, spec.ip.begin, spec.ip.end));
    Node* number = text_part(in_, scalar, spec.target.begin, spec.target.end);
    number->kind = NodeKind::integer;
    number->integer = *parse_integer(target);
    number->text = target;
    put(*port, "target", number);
    if (!published.empty()) {
      Node* text = text_part(in_, scalar, spec.published.begin, spec.published.end);
      text->text = std::move(published);
      put(*port, "published", text);
    }
    if (spec.protocol.empty()) {
      put(*port, "protocol", default_text(in_, scalar, "tcp"));
    } else {
      Node* protocol = text_part(in_, scalar, spec.protocol.begin, spec.protocol.end);
      protocol->text = lower(protocol->text);
      put(*port, "protocol", protocol);
    }
    return port;
  }

  const Loading& in_;
  const std::string& path_;
  std::vector<Node*> result_{};
};

}  // namespace

void lengthen_ports(const Loading& in, Node& ports, const std::string& path) {
  if (!ports.is(NodeKind::list)) {
    refuse_type(in, ports, path, "port");
    return;
  }
  Ports result(in, path);
  for (Node* entry : ports.items)
    if (!result.add(*entry)) return;
  ports.items = result.take();
}

}  // namespace plimsoll::parse::compose
