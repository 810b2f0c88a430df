// .hadolint.yaml. Keys that are not known are left out, as hadolint does; a wrong type is told.
#include <array>

#include "base/concat.h"
#include "engine/config.h"
#include "engine/foreign/foreign.h"

namespace plimsoll::engine::foreign {
namespace {

// How far hadolint's levels reach among ours.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kLevels = {
    {{"error", "high"},
     {"warning", "medium"},
     {"info", "low"},
     {"style", "info"},
     {"ignore", "never"},
     {"none", "never"}}};

std::string_view level(std::string_view hadolint) {
  for (const auto& [theirs, ours] : kLevels)
    if (theirs == hadolint) return ours;
  return {};
}

// A list and nothing else: hadolint takes no single word here.
std::vector<std::string> codes(const Value& value, std::string_view key, const File& file,
                               Foreign& out) {
  if (value.is(Value::Kind::list) || value.is(Value::Kind::null))
    return listed(value, key, file, out);
  complain(file, value, concat({key, " must be a list; it is left out"}), out);
  return {};
}

bool yes(const Value& value, std::string_view key, const File& file, Foreign& out) {
  if (!value.is(Value::Kind::boolean))
    complain(file, value, concat({key, " must be true or false; it is left out"}), out);
  return value.yes();
}

void read_override(const Value& value, const File& file, Foreign& out) {
  if (!value.is(Value::Kind::table))
    return complain(file, value, "override must be a table; it is left out", out);
  for (const auto& [name, list] : value.members) {
    const auto severity = severity_from(level(name));
    if (!severity) continue;
    for (std::string& code : codes(list, name, file, out))
      out.severity.emplace_back(std::move(code), *severity);
  }
}

void read_labels(const Value& value, const File& file, Foreign& out) {
  if (!value.is(Value::Kind::table))
    return complain(file, value, "label-schema must be a table; it is left out", out);
  std::vector<std::pair<std::string, facts::LabelKind>> labels;
  for (const auto& [name, kind] : value.members) {
    const std::string_view word = kind.text.empty() ? std::string_view("text") : kind.text;
    if (const auto known = label_kind_from(word))
      labels.emplace_back(name, *known);
    else
      complain(file, kind, concat({"there is no kind of label '", kind.text, "'"}), out);
  }
  out.labels = std::move(labels);
}

}  // namespace

void read_hadolint(const Value& value, const File& file, Foreign& out) {
  for (const auto& [key, member] : value.members) {
    if (key == "ignored") accept(pragmas::kHadolint, codes(member, key, file, out), file, out);
    if (key == "override") read_override(member, file, out);
    if (key == "label-schema") read_labels(member, file, out);
    if (key == "strict-labels") out.strict_labels = yes(member, key, file, out);
    if (key == "trustedRegistries") out.trusted_registries = listed(member, key, file, out);
    if (key == "disable-ignore-pragma") out.hadolint_comments = !yes(member, key, file, out);
    if (key != "failure-threshold") continue;
    const std::string_view threshold = level(member.text);
    if (threshold.empty())
      complain(file, member, concat({"there is no level '", member.text, "'"}), out);
    else
      out.fail_on = threshold;
  }
  const Value* no_fail = value.find("no-fail");
  if (no_fail != nullptr && yes(*no_fail, "no-fail", file, out)) out.fail_on = "never";
}

}  // namespace plimsoll::engine::foreign
