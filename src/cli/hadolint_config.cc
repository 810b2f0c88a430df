// hadolint's configuration file, where neither the command line nor the environment says something.
#include <array>

#include "base/concat.h"
#include "base/fs.h"
#include "cli/environment.h"
#include "cli/hadolint.h"
#include "cli/terminal.h"
#include "engine/value.h"

namespace plimsoll::cli {
namespace {

using engine::Value;
using report::Level;

// hadolint's own search: the first one counts. Source: its README, "Configure".
std::string find_file(const Fs& fs) {
  std::vector<std::string> paths = {".hadolint.yaml", ".hadolint.yml"};
  const std::string xdg = environment("XDG_CONFIG_HOME"), home = environment("HOME");
  if (!xdg.empty()) paths.push_back(join_path(xdg, "hadolint.yaml"));
  if (!home.empty())
    for (const std::string_view name : {".config/hadolint.yaml", ".hadolint/hadolint.yaml",
                                        "hadolint/config.yaml", ".hadolint.yaml"})
      paths.push_back(join_path(home, name));
  for (const std::string& path : paths)
    if (fs.status(path)) return path;
  return {};
}

class Reading {
 public:
  Reading(const std::string& path, const Value& file, HadolintArguments& a)
      : path_(path), file_(file), a_(a) {}

  // False: a value is of a wrong type, which was told. hadolint then goes on without the file.
  bool read() {
    // Lists add up, whatever its --help says of --ignore: measured on 2.15.1.
    texts("ignored", a_.ignore);
    texts("trustedRegistries", a_.trusted_registries);
    if (a_.labels.empty()) labels();
    levels();
    word("format", a_.format);
    word("failure-threshold", a_.threshold);
    for (const auto& [key, to] :
         {std::pair{"no-fail", &a_.no_fail}, std::pair{"no-color", &a_.no_color},
          std::pair{"strict-labels", &a_.strict_labels},
          std::pair{"disable-ignore-pragma", &a_.disable_ignore_pragma}})
      if (const Value* value = file_.find(key)) *to = *to || value->yes();
    return right_;
  }

 private:
  void tell(const Value& value, std::string_view key, std::string_view what) {
    complain(concat(
        {path_, ":", std::to_string(value.line), ": ", key, what, "; the file is left out"}));
    right_ = false;
  }

  void append(const Value& list, std::string_view key, std::vector<std::string>& to) {
    if (list.is(Value::Kind::null)) return;
    if (!list.is(Value::Kind::list)) return tell(list, key, " must be a list");
    for (const Value& item : list.items) to.push_back(item.text);
  }

  void texts(std::string_view key, std::vector<std::string>& to) {
    const Value* value = file_.find(key);
    if (value == nullptr) return;
    append(*value, key, to);
  }

  void labels() {
    const Value* value = file_.find("label-schema");
    if (value == nullptr) return;
    if (!value->is(Value::Kind::table)) return tell(*value, "label-schema", " must be a table");
    for (const auto& [name, kind] : value->members)
      a_.labels.push_back(concat({name, ":", kind.text.empty() ? "text" : kind.text}));
  }

  void levels() {
    const Value* value = file_.find("override");
    if (value == nullptr) return;
    if (!value->is(Value::Kind::table)) return tell(*value, "override", " must be a table");
    constexpr std::array kLevels = {Level::error, Level::warning, Level::info, Level::style};
    for (const Level level : kLevels) {
      const Value* list = value->find(report::name(level));
      if (list == nullptr) continue;
      std::vector<std::string> codes;
      append(*list, report::name(level), codes);
      for (std::string& code : codes) a_.levels.emplace_back(std::move(code), level);
    }
  }

  void word(std::string_view key, std::string& to) const {
    if (const Value* value = file_.find(key); value != nullptr && to.empty()) to = value->text;
  }

  const std::string& path_;
  const Value& file_;
  HadolintArguments& a_;
  bool right_ = true;
};

}  // namespace

bool add_hadolint_config(HadolintArguments& arguments) {
  const RealFs fs;
  const std::string path = arguments.config.empty() ? find_file(fs) : arguments.config;
  if (path.empty()) return true;
  const Result<std::string> bytes = fs.read(path, engine::kConfigLimit);
  const Result<Value> file =
      bytes ? engine::parse_yaml(path, *bytes) : Result<Value>(tl::unexpected(bytes.error()));
  if (!file) {
    complain(file.error().message);
    return arguments.config.empty();
  }
  HadolintArguments with_file = arguments;
  if (file->is(Value::Kind::table) && Reading(path, *file, with_file).read())
    arguments = std::move(with_file);
  return true;
}

}  // namespace plimsoll::cli
