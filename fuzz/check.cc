// Judges any bytes as a Dockerfile by all rules and tells the verdict in every format: places must
// lie in the source, fixes must apply, reports must be valid UTF-8.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "robustness/pipeline.h"

static std::vector<std::string_view> every_format() {
  std::vector<std::string_view> names;
  for (const plimsoll::report::Format& format : plimsoll::report::formats())
    names.push_back(format.name);
  return names;
}

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::string_view> formats = every_format();
  static plimsoll::robustness::Pipeline pipeline(formats);
  const std::string broken = pipeline.judge({reinterpret_cast<const char*>(data), size});
  if (!broken.empty()) {
    std::fprintf(stderr, "a broken promise: %s\n", broken.c_str());
    __builtin_trap();
  }
  return 0;
}
