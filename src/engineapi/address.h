// Which engine the user means. Source: Docker's command line, "docker context" and "Environment
// variables".
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/fs.h"
#include "base/result.h"

namespace plimsoll::engineapi {

struct Address {
  std::string socket{};  // path of a Unix socket; empty: `host` is asked
  std::string host{};    // "127.0.0.1:2375"
  std::string named{};   // as a message calls it: "unix:///var/run/docker.sock"

  [[nodiscard]] bool local() const { return !socket.empty(); }
};

struct AddressQuery {
  std::string option{};  // --docker-host
  std::function<std::string(const char* variable)> environment;
};

// The option, DOCKER_HOST, the context of DOCKER_CONTEXT or of Docker's configuration, and last the
// sockets that engines have when nobody says otherwise. Nothing is asked over a network here.
// Fails where what is named can't be used: TLS, ssh, a context that is not there.
Result<Address> find_address(const AddressQuery& query, const Fs& fs);

}  // namespace plimsoll::engineapi
