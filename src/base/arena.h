// Memory that lives as long as one file's trees and facts, and goes all at once.
#pragma once
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace plimsoll {

// A bump allocator. What it holds is never destroyed, so only trivially destructible types are let
// in.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Uninitialised memory, valid until the arena goes or is cleared.
  void* allocate(std::size_t bytes, std::size_t alignment) {
    std::size_t at = (used_ + alignment - 1) & ~(alignment - 1);
    if (at + bytes > size_) {
      grow(bytes);
      at = 0;
    }
    used_ = at + bytes;
    return block_ + at;
  }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* to = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

  template <class T>
  T* make(const T& value) {
    static_assert(std::is_trivially_destructible_v<T>);
    return ::new (allocate(sizeof(T), alignof(T))) T(value);
  }

  // Copies the elements of a list that is complete; an empty list costs nothing.
  template <class T>
  std::span<T> copy(const std::vector<T>& list) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (list.empty()) return {};
    // NOLINTNEXTLINE(bugprone-sizeof-expression): lists of pointers are meant as well
    T* to = static_cast<T*>(allocate(sizeof(T) * list.size(), alignof(T)));
    std::uninitialized_copy(list.begin(), list.end(), to);
    return {to, list.size()};
  }

  // Forgets everything and keeps the newest block, so that the next file costs no allocation.
  void clear();

 private:
  void grow(std::size_t at_least);

  static constexpr std::size_t kFirstBlock = std::size_t{64} << 10;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* block_ = nullptr;
  std::size_t size_ = 0, used_ = 0;
};

}  // namespace plimsoll
