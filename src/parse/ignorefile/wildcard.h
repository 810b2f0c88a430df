// One pattern of a .dockerignore, compiled to what it matches.
// Source: moby/patternmatcher v0.6.1, patternmatcher.go, "compile" and "match".
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parse/ignorefile/regexp.h"

namespace plimsoll::parse::ignorefile {

class Wildcard {
 public:
  Wildcard() = default;
  // `pattern` is cleaned and has no "!" in front.
  explicit Wildcard(std::string_view pattern);

  // The path itself; what lies in a folder that matches is the caller's part. `steps` grows by what
  // that cost, about a comparison each: time is at most the product of both lengths.
  [[nodiscard]] bool matches(std::string_view path, std::uint64_t& steps) const;

  // `a\q*`: the pattern is well formed, but the expression that it becomes is not. It matches
  // nothing, and a build that asks it stops.
  [[nodiscard]] bool broken() const { return kind_ == Kind::broken; }
  // Without wildcards: it matches this one path.
  [[nodiscard]] bool literal() const { return kind_ == Kind::exact; }

 private:
  enum class Kind : std::uint8_t { exact, prefix, suffix, expression, broken };
  void read(std::string_view expression);

  Kind kind_ = Kind::exact;
  std::string text_;  // exact, prefix, suffix: what is compared
  std::shared_ptr<const Regexp> expression_;
};

}  // namespace plimsoll::parse::ignorefile
