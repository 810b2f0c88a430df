// One request to an engine and its answer, bounded in size and time.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engineapi/address.h"

namespace plimsoll::engineapi {

struct Request {
  std::string method = "GET";
  std::string path{};  // with its query, encoded: "/v1.41/containers/json?all=1"
  std::string_view body{};
  std::string_view content_type = "application/json";
  std::uint32_t timeout_ms = 30'000;
  std::uint64_t max_bytes = std::uint64_t{4} << 20;  // of the answer
  // Gets the answer as it comes, if it is one of success; false: no more is wanted, which is no
  // failure. None: the answer is kept.
  std::function<bool(std::string_view)> sink{};
};

struct Response {
  int status = 0;
  std::string body{};     // without a sink, or where the status says that it failed
  std::string headers{};  // as they came, bounded

  [[nodiscard]] bool good() const { return status >= 200 && status < 300; }
  // Empty: there is none. `name` in lower case.
  [[nodiscard]] std::string header(std::string_view name) const;
};

// The seam: tests put a function of their own in its place.
using Ask = std::function<Result<Response>(const Request&)>;

// One connection, which is kept. Not thread-safe.
class Client {
 public:
  // Loads libcurl; fails with `not_found` where it is not installed. `stop` is looked at while an
  // answer is waited for; it must outlive the client.
  static Result<Client> open(const Address& address, const std::atomic<bool>& stop);
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  // Fails with `not_found` if nobody listens, `denied` if the socket may not be opened,
  // `timed_out`, `too_large`, `malformed` for what is no HTTP. A status of failure is an answer.
  Result<Response> ask(const Request& request);

 private:
  struct Handle;
  explicit Client(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

}  // namespace plimsoll::engineapi
