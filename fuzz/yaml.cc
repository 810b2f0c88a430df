// Reads any bytes as YAML: it must end, and tell a line that the text has.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/value.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto lines = static_cast<std::size_t>(std::ranges::count(bytes, '\n')) + 2;
  const auto value = plimsoll::engine::parse_yaml("fuzz.yaml", bytes);
  if (!value && value.error().line > lines) __builtin_trap();
  return 0;
}
