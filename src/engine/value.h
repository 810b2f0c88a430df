// A configuration file as a tree of values with their lines, whatever its syntax: TOML, YAML, JSON.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plimsoll::engine {

struct Member;

struct Value {
  enum class Kind : std::uint8_t { null, boolean, number, text, list, table };
  Kind kind = Kind::null;
  std::uint32_t line = 0;  // 1-based
  std::string text;        // of a boolean, number or text, as written
  std::vector<Value> items;
  std::vector<Member> members;  // in the order of the file, if it says

  [[nodiscard]] bool is(Kind k) const { return kind == k; }
  [[nodiscard]] bool yes() const { return kind == Kind::boolean && text == "true"; }
  // Null: this is no table, or has no such key.
  [[nodiscard]] const Value* find(std::string_view key) const;
};

struct Member {
  std::string key;
  Value value;
};

// More is no configuration: bytes of a file, and lists and tables in each other.
constexpr std::uint64_t kConfigLimit = std::uint64_t{1} << 20;
constexpr unsigned kConfigDepth = 50;

// Fail with the line of what can't be read. YAML's aliases are not followed: each is a null.
Result<Value> parse_toml(const std::string& path, std::string_view bytes);
Result<Value> parse_yaml(const std::string& path, std::string_view bytes);

}  // namespace plimsoll::engine
