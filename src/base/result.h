// How a function says that the outside world failed it: a value or an Error.
#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace plimsoll {

// What a caller can act upon. Anything else is a bug and is asserted.
enum class ErrorKind {
  not_found,
  unreadable,
  malformed,
  unsupported,
  denied,
  timed_out,
  too_large
};

// A failure which is reported to the user: what was being done, and why it failed.
struct Error {
  ErrorKind kind;
  std::string message;  // one sentence; names the file, URL or digest concerned
  unsigned line = 0;    // 1-based line of the file concerned; 0: none

  // Prefixes what the caller was doing: "reading layer 3: " + message.
  [[nodiscard]] Error while_doing(std::string_view what) && {
    message.insert(0, std::string(what) + ": ");
    return std::move(*this);
  }
};

template <class T>
using Result = tl::expected<T, Error>;  // std::expected is absent in g++ 12's C++20 and clang 16

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, unsigned line = 0) {
  return tl::unexpected(Error{kind, std::move(message), line});
}

}  // namespace plimsoll
