// The variables in force at one place of a Dockerfile: a chain of bindings in the arena, so that a
// stage which is built from another starts where that one ended, without copying anything.
#pragma once
#include <string_view>

#include "parse/dockerfile/expand.h"

namespace plimsoll::facts {

// One `ENV name=…` or `ARG name…`.
struct Binding {
  std::string_view name, text;
  parse::dockerfile::Variable::State state{};
  std::string_view because{};  // state unknown: what would have to be known
  bool environment = false;    // ENV, which beats ARG wherever both stand
  const Binding* earlier = nullptr;
};

class Scope final : public parse::dockerfile::Variables {
 public:
  enum class Where : unsigned char { global, stage };
  explicit Scope(Where where, const Binding* last = nullptr) : last_(last), where_(where) {}

  [[nodiscard]] parse::dockerfile::Variable find(std::string_view name) const override;
  // The binding in force; null: nothing gave the name a value.
  [[nodiscard]] const Binding* binding(std::string_view name) const;
  [[nodiscard]] const Binding* last() const { return last_; }
  void bind(const Binding& binding, Arena& arena);

 private:
  const Binding* last_;
  Where where_;
};

// TARGETPLATFORM and its like, which BuildKit sets itself. In a stage they need an ARG.
bool is_platform_argument(std::string_view name);
// HTTP_PROXY and its like, which --build-arg sets without an ARG.
bool is_proxy_argument(std::string_view name);

}  // namespace plimsoll::facts
