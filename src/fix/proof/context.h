// What a build is sent, and what its Dockerfile wants from elsewhere.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fs.h"
#include "base/result.h"

namespace plimsoll::fix::proof {

struct ContextOrder {
  std::string folder{};       // absolute
  std::string dockerfile{};   // absolute path
  std::string inline_text{};  // in the place of a file; empty: there is a file
  std::string target{};
  std::vector<std::pair<std::string, std::string>> arguments{};
};

struct PackedContext {
  std::string tar{};
  std::string dockerfile{};           // its path in there
  std::vector<std::string> images{};  // that it builds from or copies from, each once
  bool downloads = false;             // ADD takes something from a URL
};

constexpr std::uint64_t kContextLimit = std::uint64_t{256} << 20;  // bytes

// Reads through `fs`, so that changes which nobody has written are in it. Files keep their
// permissions; owners are root's, as builders have it.
Result<PackedContext> pack_context(const ContextOrder& order, const Fs& fs);

}  // namespace plimsoll::fix::proof
