// Reads any bytes as YAML: it must end, every place must lie within the text, and a configuration's
// error must tell a line that the text has.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "engine/value.h"
#include "parse/yaml/parse.h"

namespace {

namespace yaml = plimsoll::parse::yaml;

void expect(bool holds) {
  if (!holds) __builtin_trap();
}

void look_at(const yaml::Node& node, std::size_t size) {
  expect(node.span.begin <= node.span.end && node.span.end <= size);
  expect(node.target == nullptr || node.target->kind != yaml::NodeKind::alias);
  for (const yaml::Node* item : node.items) {
    look_at(*item, size);
    expect(item->span.begin >= node.span.begin && item->span.end <= node.span.end);
  }
  for (const yaml::Entry& entry : node.entries) {
    look_at(*entry.key, size);
    look_at(*entry.value, size);
    expect(entry.key->span.begin >= node.span.begin && entry.value->span.end <= node.span.end);
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  plimsoll::Arena arena;
  const yaml::Tree tree = yaml::parse(bytes, arena);
  for (const yaml::Node* root : tree.documents) look_at(*root, size);
  if (tree.problem != nullptr)
    expect(tree.problem->where.begin <= tree.problem->where.end && tree.problem->where.end <= size);

  const auto lines = static_cast<std::size_t>(std::ranges::count(bytes, '\n')) + 2;
  const auto value = plimsoll::engine::parse_yaml("fuzz.yaml", bytes);
  expect(value || value.error().line <= lines);
  return 0;
}
