// `!reset` and `!override`: what a file takes away from those before it.
// Source: compose-go v2.16.2, loader/reset.go and aliases.go.
#include <algorithm>

#include "parse/compose/document.h"

namespace plimsoll::parse::compose {

// The attribute that an extension has become: earlier files hold it under that name.
static bool replace_alias(std::vector<std::string>& path) {
  if (path.size() < 3 || path[0] != "services") return false;
  bool changed = false;
  if (path[2] == "x-develop") {
    path[2] = "develop";
    changed = true;
  }
  const bool is_rule = path.size() > 5 && path[2] == "develop" && path[3] == "watch" &&
                       path[4].find_first_not_of("0123456789") == std::string::npos;
  if (is_rule && path[5] == "x-initialSync") {
    path[5] = "initial_sync";
    changed = true;
  }
  return changed;
}

// No key holds a NUL, as YAML forbids it.
static constexpr char kBetween = '\0';
// A key `*` is nobody's wish: more of them are not looked at.
static constexpr std::size_t kMaxStars = 16;

template <class Parts>
static std::string joined(const Parts& parts) {
  std::string text;
  for (const auto& part : parts) {
    text += part;
    text += kBetween;
  }
  return text;
}

void Resets::add(std::vector<std::string> path) {
  std::vector<std::string> attribute = path;
  const auto keep = [this](std::vector<std::string> kept) {
    if (std::ranges::find(kept, "*") == kept.end())
      paths_.insert(joined(kept));
    else if (stars_.size() < kMaxStars)
      stars_.push_back(std::move(kept));
  };
  keep(std::move(path));
  if (replace_alias(attribute)) keep(std::move(attribute));
}

bool Resets::names(const Path& path) const {
  if (!paths_.empty() && paths_.contains(joined(path.parts()))) return true;
  return std::ranges::any_of(stars_, [&](const std::vector<std::string>& named) {
    return std::ranges::equal(named, path.parts(), [](std::string_view want, std::string_view is) {
      return want == "*" || want == is;
    });
  });
}

// Items of lists are looked into, but can't be taken away: Compose does not either.
void Resets::apply(Node& node, Path& path) const {
  if (empty()) return;
  std::erase_if(node.members, [&](const Member& member) {
    const Down down(path, member.key);
    if (names(path)) return true;
    apply(*member.value, path);
    return false;
  });
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const std::string index = "[" + std::to_string(i) + "]";
    const Down down(path, index);
    if (!names(path)) apply(*node.items[i], path);
  }
}

}  // namespace plimsoll::parse::compose
