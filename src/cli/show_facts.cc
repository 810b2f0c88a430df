// `plimsoll show facts`: stages, and the container that would run, each value with what is known of
// it and where.
#include "cli/show.h"
#include "data/base_image.h"

namespace plimsoll::cli {
namespace {

class FactsJson {
 public:
  FactsJson(JsonWriter& json, const text::Source& source) : json_(json), source_(source) {}

  void write(const facts::Build& build, const facts::Container& container) {
    json_.begin_object();
    json_.member("schema", "plimsoll-facts/1");
    json_.member("file", source_.path());
    json_.array("stages");
    for (const facts::Stage& stage : build.stages) write_stage(stage);
    json_.new_line();
    json_.end_array();
    if (build.target != nullptr) {
      json_.new_line();
      json_.key("container");
      write_container(container);
    }
    json_.end_object();
  }

 private:
  // `write_value` writes the value of a known fact.
  template <class T, class WriteValue>
  void fact(std::string_view key, const facts::Fact<T>& fact, WriteValue write_value) {
    json_.object(key);
    switch (fact.presence) {
      case facts::Presence::absent:
        json_.member("is", "absent");
        break;
      case facts::Presence::removed:
        json_.member("is", "removed");
        break;
      case facts::Presence::unknown:
        json_.member("is", "unknown");
        json_.optional("because", fact.unknown_because);
        break;
      case facts::Presence::known:
        json_.member("is", "known");
        json_.key("value");
        write_value(fact.value);
        break;
    }
    if (fact.origin == facts::Origin::base_image) json_.member("from", "base image");
    write_span(json_, source_, fact.where.span);
    json_.end_object();
  }

  void text_fact(std::string_view key, const facts::Fact<std::string_view>& value) {
    fact(key, value, [&](std::string_view text) { json_.string(text); });
  }

  void strings(std::span<const std::string_view> list) {
    json_.begin_array();
    for (const std::string_view text : list) json_.string(text);
    json_.end_array();
  }

  void variables(std::string_view key, const facts::FactList<facts::Variable>& list) {
    json_.array(key);
    for (const facts::Fact<facts::Variable>& item : list.items) {
      json_.begin_object();
      json_.member("name", item.value.name);
      // Values may be secrets: what they are is for those who may read the file.
      json_.member("is", item.known() ? "known" : item.unknown() ? "unknown" : "removed");
      write_span(json_, source_, item.where.span);
      json_.end_object();
    }
    json_.end_array();
  }

  void flag(std::string_view key, bool value) {
    json_.key(key);
    json_.boolean(value);
  }

  void write_stage(const facts::Stage& stage) {
    json_.new_line();
    json_.begin_object();
    json_.member("index", stage.index);
    json_.optional("name", stage.name);
    write_span(json_, source_, stage.from->span);
    text_fact("image", stage.base.reference);
    if (stage.base.stage != nullptr) json_.member("fromStage", stage.base.stage->index);
    flag("shipped", stage.shipped);
    flag("used", stage.used);
    variables("environment", stage.environment);
    variables("arguments", stage.arguments);
    json_.array("copies");
    for (const facts::Copy& copy : stage.copies) write_copy(copy);
    json_.end_array();
    json_.end_object();
  }

  void write_copy(const facts::Copy& copy) {
    json_.begin_object();
    json_.member("instruction", copy.add ? "ADD" : "COPY");
    if (copy.from_stage != nullptr) json_.member("fromStage", copy.from_stage->index);
    json_.array("sources");
    for (const facts::Copy::Source& source : copy.sources) {
      if (source.path.known())
        json_.string(source.path.value);
      else
        json_.null();
    }
    json_.end_array();
    text_fact("destination", copy.destination);
    json_.end_object();
  }

  void program(std::string_view key, const facts::Fact<facts::Program>& value) {
    fact(key, value, [&](const facts::Program& p) { strings(p.words); });
  }

  void write_container(const facts::Container& c) {
    json_.begin_object();
    json_.optional("name", c.name);
    text_fact("image", c.image);
    if (c.base != nullptr) write_base(*c.base);
    flag("scratch", c.scratch);
    text_fact("user", c.user);
    text_fact("workdir", c.workdir);
    program("entrypoint", c.entrypoint);
    program("command", c.command);
    fact("healthCheck", c.health_check, [&](const facts::HealthCheck& h) { strings(h.command); });
    variables("environment", c.environment);
    variables("labels", c.labels);
    json_.array("ports");
    for (const facts::Fact<facts::Port>& port : c.ports.items)
      if (port.known()) json_.number(port.value.first);
    json_.end_array();
    json_.array("volumes");
    for (const facts::Fact<std::string_view>& volume : c.volumes.items)
      if (volume.known()) json_.string(volume.value);
    json_.end_array();
    json_.end_object();
  }

  void write_base(const data::BaseImage& base) {
    json_.object("base");
    json_.member("repository", base.repository);
    json_.member("tags", base.tag_glob);
    json_.member("family", data::name(base.family));
    json_.member("libc", data::name(base.libc));
    json_.optional("packageManager", base.package_manager);
    json_.key("tools");
    strings(base.tools);
    flag("toolsComplete", base.tools_complete);
    json_.member("source", base.source);
    json_.member("checked", base.checked);
    json_.end_object();
  }

  JsonWriter& json_;
  const text::Source& source_;
};

}  // namespace

void show_facts(JsonWriter& json, const text::Source& source, const facts::Build& build,
                const facts::Container& container) {
  FactsJson(json, source).write(build, container);
}

}  // namespace plimsoll::cli
