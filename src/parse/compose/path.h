// Names a value by the keys that lead to it, and asks whether a rule's pattern is about it.
// Source: compose-go v2.16.2, tree/path.go.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::parse::compose {

// "services.*.ports.[]": `*` stands for any one key or item, `[]` for an item alone, and
// "workloads" in front for services and jobs.
class Pattern {
 public:
  static constexpr std::size_t kMaxParts = 8;

  consteval Pattern(const char* text) {  // NOLINT(google-explicit-constructor): reads as a literal
    std::string_view rest = text;
    while (true) {
      const std::size_t dot = rest.find('.');
      parts_[size_++] = rest.substr(0, dot);
      if (dot == std::string_view::npos) break;
      rest.remove_prefix(dot + 1);
    }
  }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr std::string_view part(std::size_t i) const { return parts_[i]; }

 private:
  std::array<std::string_view, kMaxParts> parts_{};
  std::uint8_t size_ = 0;
};

// Keys are views: a path lives no longer than the model that is walked.
class Path {
 public:
  Path() = default;
  Path(std::initializer_list<std::string_view> parts) : parts_(parts) {}

  void push(std::string_view key) { parts_.push_back(key); }
  void pop() { parts_.pop_back(); }

  [[nodiscard]] const std::vector<std::string_view>& parts() const { return parts_; }
  [[nodiscard]] bool matches(const Pattern& pattern) const { return matches_below(0, pattern); }
  // Leaves out the first parts.
  [[nodiscard]] bool matches_below(std::size_t skip, const Pattern& pattern) const;
  // "services.web.ports.[]"
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::string_view> parts_;
};

// The last part of a path that a walk goes down, for as long as it is there.
class Down {
 public:
  Down(Path& path, std::string_view key) : path_(path) { path_.push(key); }
  Down(const Down&) = delete;
  Down& operator=(const Down&) = delete;
  ~Down() { path_.pop(); }

 private:
  Path& path_;
};

}  // namespace plimsoll::parse::compose
