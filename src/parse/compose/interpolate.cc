// Puts variables into the values of a document and casts texts to the types that attributes want.
// All refusals are told, in the order of their paths.
// Source: compose-go v2.16.2, interpolation/interpolation.go and loader/interpolate.go.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/ascii.h"
#include "base/concat.h"
#include "parse/compose/loader.h"
#include "parse/compose/nodes.h"
#include "parse/compose/template.h"

namespace plimsoll::parse::compose {
namespace {

enum class Cast : std::uint8_t { boolean, integer, real, short_real, umask };

struct TypedPath {
  Pattern path;
  Cast cast;
};

// Attributes of a container stand for services, jobs and what runs before a service starts.
constexpr std::size_t kNoPrefix = 0, kPreStart = 2;  // "services.*.pre_start.*": 2 parts more

// clang-format off
constexpr std::array kCasts = std::to_array<TypedPath>({
    {"networks.*.external", Cast::boolean},
    {"networks.*.internal", Cast::boolean},
    {"networks.*.attachable", Cast::boolean},
    {"networks.*.enable_ipv4", Cast::boolean},
    {"networks.*.enable_ipv6", Cast::boolean},
    {"volumes.*.external", Cast::boolean},
    {"secrets.*.external", Cast::boolean},
    {"configs.*.external", Cast::boolean},
    {"workloads.*.depends_on.*.required", Cast::boolean},
    {"workloads.*.depends_on.*.restart", Cast::boolean},
    {"workloads.*.healthcheck.retries", Cast::integer},
    {"workloads.*.healthcheck.disable", Cast::boolean},
    {"workloads.*.ports.[].target", Cast::integer},
    {"workloads.*.stdin_open", Cast::boolean},
    {"workloads.*.tty", Cast::boolean},
    {"services.*.deploy.replicas", Cast::integer},
    {"services.*.deploy.update_config.parallelism", Cast::integer},
    {"services.*.deploy.update_config.max_failure_ratio", Cast::real},
    {"services.*.deploy.rollback_config.parallelism", Cast::integer},
    {"services.*.deploy.rollback_config.max_failure_ratio", Cast::real},
    {"services.*.deploy.restart_policy.max_attempts", Cast::integer},
    {"services.*.deploy.placement.max_replicas_per_node", Cast::integer},
    {"services.*.scale", Cast::integer},
});

// Below "services.*", "jobs.*" and "services.*.pre_start.*".
constexpr std::array kContainerCasts = std::to_array<TypedPath>({
    {"cpu_count", Cast::integer},
    {"cpu_percent", Cast::real},
    {"cpu_period", Cast::integer},
    {"cpu_quota", Cast::integer},
    {"cpu_rt_period", Cast::integer},
    {"cpu_rt_runtime", Cast::integer},
    {"cpus", Cast::short_real},
    {"cpu_shares", Cast::integer},
    {"init", Cast::boolean},
    {"networks.*.use_service_name_alias", Cast::boolean},
    {"oom_kill_disable", Cast::boolean},
    {"oom_score_adj", Cast::integer},
    {"pids_limit", Cast::integer},
    {"privileged", Cast::boolean},
    {"read_only", Cast::boolean},
    {"umask", Cast::umask},
    {"ulimits.*", Cast::integer},
    {"ulimits.*.hard", Cast::integer},
    {"ulimits.*.soft", Cast::integer},
    {"volumes.[].read_only", Cast::boolean},
    {"volumes.[].volume.nocopy", Cast::boolean},
});
// clang-format on

const TypedPath* find_cast(const Path& path) {
  const auto typed = std::ranges::find_if(
      kCasts, [&](const TypedPath& entry) { return path.matches(entry.path); });
  if (typed != kCasts.end()) return &*typed;
  if (path.parts().size() < 3) return nullptr;
  const std::string_view top = path.parts()[0];
  const bool is_service = top == "services";
  if (!is_service && top != "jobs") return nullptr;
  const bool in_pre_start = is_service && path.parts().size() > 4 && path.parts()[2] == "pre_start";
  const std::size_t skip = 2 + (in_pre_start ? kPreStart : kNoPrefix);
  const auto below = std::ranges::find_if(kContainerCasts, [&](const TypedPath& entry) {
    return path.matches_below(skip, entry.path);
  });
  return below == kContainerCasts.end() ? nullptr : &*below;
}

// --- casts: Go's strconv -------------------------------------------------------------------------

bool to_integer(std::string_view text, int base, Node& node) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const std::from_chars_result read = std::from_chars(text.data(), end, value, base);
  if (read.ec != std::errc() || read.ptr != end) return false;
  node.kind = NodeKind::integer;
  node.integer = value;
  return true;
}

// 077 and 0o77 are octal, 77 is not.
bool to_umask(std::string_view text, Node& node) {
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const char kind = lower(text[1]);
    base = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
    text.remove_prefix(kind == 'x' || kind == 'b' || kind == 'o' ? 2 : 1);
  }
  const bool is_signed = text.starts_with('-') || text.starts_with('+');
  return !is_signed && to_integer(text, base, node) && node.integer <= 0xFFFFFFFF;
}

bool to_real(std::string_view text, bool is_short, Node& node) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  double value = 0;
  const char* end = text.data() + text.size();
  const std::from_chars_result read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(value)) return false;
  node.kind = NodeKind::real;
  node.real = is_short ? static_cast<double>(static_cast<float>(value)) : value;
  return true;
}

bool to_boolean(const Loading& in, Node& node) {
  const std::string word = lower(node.text);
  const bool is_old_true = word == "y" || word == "yes" || word == "on";
  const bool is_old_false = word == "n" || word == "no" || word == "off";
  if (is_old_true || is_old_false)
    in.warn(node, concat({"\"", node.text, "\" is a text in YAML 1.2: write ",
                          is_old_true ? "true" : "false"}));
  else if (word != "true" && word != "false")
    return false;
  node.kind = NodeKind::boolean;
  node.boolean = is_old_true || word == "true";
  return true;
}

std::string_view name_of(Cast cast) {
  switch (cast) {
    case Cast::boolean:
      return "true or false";
    case Cast::integer:
      return "an integer";
    case Cast::umask:
      return "a file mode mask";
    default:
      return "a number";
  }
}

// --- the walk ------------------------------------------------------------------------------------

struct Refusal {
  std::vector<std::string> path;
  const Node* node;
  std::string message;
};

class Walk {
 public:
  explicit Walk(const Call& call) : call_(call), in_(call.in) {
    lookup_ = [this](std::string_view name) -> const std::string* {
      const auto at = call_.variables.find(name);
      return at == call_.variables.end() ? nullptr : &at->second.value;
    };
  }

  void walk(Node& node) {
    if (node.is(NodeKind::text)) return expand(node);
    for (const Member& member : node.members) {
      const Down down(path_, member.key);
      walk(*member.value);
    }
    for (Node* item : node.items) {
      const Down down(path_, "[]");
      walk(*item);
    }
  }

  void report() {
    std::ranges::stable_sort(refusals_, {}, &Refusal::path);
    for (Refusal& refusal : refusals_) in_.refuse(*refusal.node, std::move(refusal.message));
  }

 private:
  void expand(Node& node) {
    if (node.text.find('$') != std::string::npos && !substitute(node)) return;
    const TypedPath* typed = find_cast(path_);
    if (typed == nullptr || cast(typed->cast, node)) return;
    // Nobody knows what the variable holds, and so whether it fits.
    refuse(node, concat({path_.text(), " has to be ", name_of(typed->cast), ", not \"", node.text,
                         "\""}));
  }

  bool substitute(Node& node) {
    Interpolated result = compose::interpolate(node.text, lookup_);
    for (const VariableUse& use : result.uses) add_use(use, node);
    if (!result) {
      refuse(node, result.fault == Interpolated::Fault::format
                       ? concat({path_.text(), ": ", result.message,
                                 "; a $ that stands for itself is written $$"})
                       : concat({path_.text(), ": ", result.message}));
      return false;
    }
    if (!result.uses.empty()) node.raw = std::move(node.text);
    node.text = std::move(result.text);
    return true;
  }

  void add_use(const VariableUse& use, Node& node) {
    node.editable = false;
    const auto known = call_.variables.find(use.name);
    const bool in_file = known != call_.variables.end() && known->second.has_place;
    if (use.set && node.via.size() < kMaxSteps)
      node.via.push_back({Step::Kind::variable, in_file ? known->second.where : node.where});
    if (!use.is_missing()) return;
    in_.warn(node, concat({"the variable ", use.name, " is not set: it stands for an empty text"}));
    if (node.unknown_because.empty())
      node.unknown_because = concat({"variable ", use.name, " is not set"});
  }

  bool cast(Cast to, Node& node) {
    switch (to) {
      case Cast::boolean:
        return to_boolean(in_, node);
      case Cast::integer:
        return to_integer(node.text, 10, node);
      case Cast::umask:
        return to_umask(node.text, node);
      case Cast::real:
        return to_real(node.text, false, node);
      case Cast::short_real:
        return to_real(node.text, true, node);
    }
    return false;
  }

  void refuse(const Node& node, std::string message) {
    const std::vector<std::string_view>& parts = path_.parts();
    refusals_.push_back({{parts.begin(), parts.end()}, &node, std::move(message)});
  }

  const Call& call_;
  const Loading& in_;
  Lookup lookup_;
  Path path_;
  std::vector<Refusal> refusals_{};
};

}  // namespace

void interpolate(const Call& call, Node& document) {
  Walk walk(call);
  walk.walk(document);
  walk.report();
}

}  // namespace plimsoll::parse::compose
