// Refuses a model whose parts do not fit together: references to what is not there, limits that
// disagree, services that wait for each other.
// Source: compose-go v2.16.2, loader/validate.go and graph/ (behaviour).
#include "parse/compose/consistency.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/concat.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

using Names = std::unordered_map<std::string_view, const Node*>;

Names names_of(const Node& model, std::string_view section) {
  Names names;
  const Node* resources = map_at(model, section);
  if (resources == nullptr) return names;
  names.reserve(resources->members.size());
  for (const Member& member : resources->members) names.emplace(member.key, member.value);
  return names;
}

std::string quoted(std::string_view text) {
  return concat({"\"", text, "\""});
}

class Consistency {
 public:
  Consistency(const Loading& in, const Node& model)
      : in_(in),
        services_(names_of(model, "services")),
        jobs_(names_of(model, "jobs")),
        networks_(names_of(model, "networks")),
        volumes_(names_of(model, "volumes")),
        secrets_(names_of(model, "secrets")),
        configs_(names_of(model, "configs")),
        models_(names_of(model, "models")),
        disabled_(in.project.disabled.begin(), in.project.disabled.end()) {}

  void service(const std::string& name, const Node& service) const {
    const std::string label = concat({"service ", quoted(name)});
    if (service.find("build") == nullptr && text_at(service, "image").empty() &&
        service.find("provider") == nullptr) {
      in_.refuse(service, label + " has neither an image nor a build context specified");
    }
    if (const Node* build = map_at(service, "build")) this->build(label, service, *build);
    networks(label, service);
    health(service);
    dependencies(label, service);
    references(label, service);
    check_limits(in_, name, service);
    check_mounts(in_, name, service);
    watch(name, service);
  }

  // Services and jobs have one space of names.
  void job(const std::string& name, const Node& job) const {
    if (services_.contains(name) || disabled_.contains(name)) {
      in_.refuse(job, concat({quoted(name),
                              " is declared both as a service and a job: service and "
                              "job names must be unique"}));
    }
    const Node* depends_on = map_at(job, "depends_on");
    if (depends_on == nullptr) return;
    for (const Member& member : depends_on->members) {
      if (jobs_.contains(member.key) || services_.contains(member.key)) continue;
      if (disabled_.contains(member.key) && !is_required(*member.value)) continue;
      in_.refuse(*member.value,
                 concat({"job ", quoted(name), " depends on undefined service or job ",
                         quoted(member.key)}));
    }
  }

  void secret(const std::string& name, const Node& secret) const {
    const Node* external = secret.find("external");
    if (external != nullptr && external->boolean) return;
    if (!text_at(secret, "file").empty() || !text_at(secret, "environment").empty()) return;
    in_.refuse(secret,
               concat({"secret ", quoted(name), " must declare either `file` or `environment`"}));
  }

 private:
  static bool is_required(const Node& dependency) {
    const Node* required = dependency.find("required");
    return required != nullptr && required->boolean;
  }

  void build(const std::string& label, const Node& service, const Node& build) const {
    if (!text_at(build, "dockerfile_inline").empty() && !text_at(build, "dockerfile").empty()) {
      in_.refuse(*build.find("dockerfile_inline"),
                 label + " declares mutually exclusive dockerfile and dockerfile_inline");
    }
    if (const Node* contexts = map_at(build, "additional_contexts"))
      for (const Member& member : contexts->members) context(label, member);
    const Node* platforms = list_at(build, "platforms");
    const std::string_view platform = text_at(service, "platform");
    if (platforms != nullptr && !platforms->items.empty() && !platform.empty() &&
        std::ranges::none_of(platforms->items,
                             [&](const Node* item) { return item->text == platform; })) {
      in_.refuse(*platforms,
                 concat({label, ": build.platforms must include platform ", quoted(platform)}));
    }
    mentions(label, list_at(build, "secrets"), secrets_, "build secret");
  }

  void context(const std::string& label, const Member& member) const {
    constexpr std::string_view kService = "service:";
    if (!member.value->text.starts_with(kService)) return;
    const std::string_view target = std::string_view(member.value->text).substr(kService.size());
    const auto found = services_.find(target);
    const bool disabled = disabled_.contains(std::string(target));
    if (disabled) return;  // its build is not here to be looked at
    if (found == services_.end()) {
      in_.refuse(*member.value, concat({label, " declares unknown service ", quoted(target),
                                        " as additional contexts ", member.key}));
    } else if (found->second->find("build") == nullptr) {
      in_.refuse(*member.value, concat({label, " declares non-buildable service ", quoted(target),
                                        " as additional contexts ", member.key}));
    }
  }

  void networks(const std::string& label, const Node& service) const {
    const Node* networks = map_at(service, "networks");
    const std::string_view mode = text_at(service, "network_mode");
    if (!mode.empty() && networks != nullptr && !networks->members.empty()) {
      in_.refuse(*service.find("network_mode"),
                 label + " declares mutually exclusive `network_mode` and `networks`");
    }
    if (networks != nullptr) {
      for (const Member& member : networks->members) {
        if (networks_.contains(member.key)) continue;
        refuse_key(member, concat({label, " refers to undefined network ", member.key}));
      }
    }
    constexpr std::string_view kService = "service:";
    if (!mode.starts_with(kService)) return;
    const std::string_view target = mode.substr(kService.size());
    if (!services_.contains(target)) {
      in_.refuse(*service.find("network_mode"),
                 concat({label, ": service ", quoted(target), " not found for network_mode '", mode,
                         "'"}));
    }
  }

  void refuse_key(const Member& member, std::string message) const {
    Node key;
    key.where = member.where;
    key.via = member.value->via;
    in_.refuse(key, std::move(message));
  }

  void health(const Node& service) const {
    const Node* check = map_at(service, "healthcheck");
    const Node* test = check == nullptr ? nullptr : list_at(*check, "test");
    if (test == nullptr || test->items.empty()) return;
    constexpr std::array<std::string_view, 3> kFirst{"CMD", "CMD-SHELL", "NONE"};
    const Node& first = *test->items.front();
    if (std::ranges::find(kFirst, first.text) == kFirst.end()) {
      in_.refuse(first, R"(healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE")");
    }
  }

  void dependencies(const std::string& label, const Node& service) const {
    const Node* depends_on = map_at(service, "depends_on");
    if (depends_on == nullptr) return;
    for (const Member& member : depends_on->members) {
      if (services_.contains(member.key)) continue;
      const bool disabled = disabled_.contains(member.key);
      if (disabled && !is_required(*member.value)) continue;
      if (jobs_.contains(member.key)) {
        refuse_key(member, concat({label, " cannot depend on job ", quoted(member.key),
                                   ": services can only depend on other services"}));
      } else {
        refuse_key(member, concat({label, " depends on undefined service ", quoted(member.key),
                                   disabled ? ": no active profile has it" : ""}));
      }
    }
  }

  void references(const std::string& label, const Node& service) const {
    if (const Node* volumes = list_at(service, "volumes")) {
      for (const Node* mount : volumes->items) {
        const std::string_view source = text_at(*mount, "source");
        if (text_at(*mount, "type") != "volume" || source.empty() || volumes_.contains(source))
          continue;
        in_.refuse(*mount->find("source"), concat({label, " refers to undefined volume ", source}));
      }
    }
    mentions(label, list_at(service, "configs"), configs_, "config");
    mentions(label, list_at(service, "secrets"), secrets_, "secret");
    if (const Node* models = map_at(service, "models")) {
      for (const Member& member : models->members) {
        if (!models_.contains(member.key))
          refuse_key(member, concat({label, " refers to undefined model ", member.key}));
      }
    }
  }

  void mentions(const std::string& label, const Node* list, const Names& known,
                std::string_view what) const {
    if (list == nullptr) return;
    for (const Node* item : list->items) {
      const std::string_view source = text_at(*item, "source");
      if (known.contains(source)) continue;
      const Node* at = item->find("source");
      in_.refuse(at == nullptr ? *item : *at,
                 concat({label, " refers to undefined ", what, " ", source}));
    }
  }

  void watch(const std::string& name, const Node& service) const {
    const Node* develop = map_at(service, "develop");
    const Node* watch = develop == nullptr ? nullptr : list_at(*develop, "watch");
    if (watch == nullptr) return;
    for (const Node* rule : watch->items) {
      const std::string_view action = text_at(*rule, "action");
      if (!text_at(*rule, "target").empty() || action == "rebuild" || action == "restart") continue;
      in_.refuse(*rule, concat({"services.", name,
                                ".develop.watch: target is required for non-rebuild actions"}));
    }
  }

  const Loading& in_;
  Names services_, jobs_, networks_, volumes_, secrets_, configs_, models_;
  std::unordered_set<std::string> disabled_;
};

template <class Check>
void each(const Node& model, std::string_view section, Check check) {
  const Node* all = map_at(model, section);
  if (all == nullptr) return;
  for (const Member& member : all->members)
    if (member.value->is(NodeKind::map)) check(member.key, *member.value);
}

}  // namespace

void check_consistency(const Loading& in, Node& model) {
  const Consistency consistency(in, model);
  each(model, "services",
       [&](const std::string& name, const Node& service) { consistency.service(name, service); });
  each(model, "jobs",
       [&](const std::string& name, const Node& job) { consistency.job(name, job); });
  each(model, "secrets",
       [&](const std::string& name, const Node& secret) { consistency.secret(name, secret); });
  check_cycles(in, model);
}

}  // namespace plimsoll::parse::compose
