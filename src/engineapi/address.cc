// Contexts lie in ~/.docker/contexts/meta/<SHA-256 of the name>/meta.json.
#include "engineapi/address.h"

#include <nlohmann/json.hpp>

#include "base/concat.h"
#include "base/sha256.h"

namespace plimsoll::engineapi {
namespace {

constexpr std::uint64_t kFileLimit = std::uint64_t{1} << 20;
constexpr std::string_view kUnix = "unix://", kTcp = "tcp://";

Result<Address> parse_address(std::string_view text, bool wants_tls) {
  Address address{.named = std::string(text)};
  if (text.starts_with(kUnix)) {
    address.socket = text.substr(kUnix.size());
    if (!address.socket.starts_with('/'))
      return fail(ErrorKind::malformed, concat({"'", text, "' names no absolute path"}));
    return address;
  }
  if (!text.starts_with(kTcp))
    return fail(ErrorKind::unsupported,
                concat({"an engine is asked at unix:// or tcp://, not at '", text, "'"}));
  if (wants_tls)
    return fail(ErrorKind::unsupported,
                concat({"'", text, "' wants TLS, which is not spoken here"}));
  std::string_view host = text.substr(kTcp.size());
  if (host.ends_with('/')) host.remove_suffix(1);
  constexpr std::string_view kHost =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";
  if (host.empty() || host.find_first_not_of(kHost) != std::string_view::npos)
    return fail(ErrorKind::malformed, concat({"'", text, "' names no host"}));
  const std::string_view last =
      host.substr(host.rfind(']') == std::string_view::npos ? 0 : host.rfind(']'));
  address.host = last.find(':') == std::string_view::npos ? concat({host, ":2375"}) : host;
  return address;
}

nlohmann::json read_json(const Fs& fs, const std::string& path) {
  const Result<std::string> bytes = fs.read(path, kFileLimit);
  return bytes ? nlohmann::json::parse(*bytes, nullptr, false) : nlohmann::json();
}

std::string text_at(const nlohmann::json& json, std::initializer_list<const char*> keys) {
  const nlohmann::json* at = &json;
  for (const char* key : keys) {
    if (!at->is_object() || !at->contains(key)) return {};
    at = &(*at)[key];
  }
  return at->is_string() ? at->get<std::string>() : std::string();
}

// Docker's own folder of settings; empty: there is no home.
std::string settings_folder(const AddressQuery& query) {
  std::string folder = query.environment("DOCKER_CONFIG");
  if (!folder.empty()) return folder;
  const std::string home = query.environment("HOME");
  return home.empty() ? home : join_path(home, ".docker");
}

// The name of the context in force; empty: the default one.
std::string context_name(const AddressQuery& query, const Fs& fs) {
  std::string name = query.environment("DOCKER_CONTEXT");
  const std::string folder = settings_folder(query);
  if (name.empty() && !folder.empty())
    name = text_at(read_json(fs, join_path(folder, "config.json")), {"currentContext"});
  return name == "default" ? std::string() : name;
}

Result<Address> address_of_context(const std::string& name, const AddressQuery& query,
                                   const Fs& fs) {
  const std::string path =
      concat({settings_folder(query), "/contexts/meta/", sha256(name), "/meta.json"});
  const std::string host = text_at(read_json(fs, path), {"Endpoints", "docker", "Host"});
  if (host.empty())
    return fail(ErrorKind::not_found, concat({"Docker's context '", name, "' names no engine"}));
  return parse_address(host, false);
}

// Where engines listen if they are not told otherwise: Docker's, without root's rights, Podman's.
Result<Address> usual_address(const AddressQuery& query, const Fs& fs) {
  const std::string mine = query.environment("XDG_RUNTIME_DIR");
  std::vector<std::string> sockets{"/var/run/docker.sock"};
  if (!mine.empty()) sockets.push_back(concat({mine, "/docker.sock"}));
  if (!mine.empty()) sockets.push_back(concat({mine, "/podman/podman.sock"}));
  sockets.emplace_back("/run/podman/podman.sock");
  for (const std::string& socket : sockets)
    if (fs.status(socket)) return parse_address(concat({kUnix, socket}), false);
  return fail(ErrorKind::not_found,
              "no engine is at hand: none at /var/run/docker.sock, and neither --docker-host nor "
              "DOCKER_HOST names one");
}

}  // namespace

Result<Address> find_address(const AddressQuery& query, const Fs& fs) {
  const std::string tls = query.environment("DOCKER_TLS_VERIFY");
  if (!query.option.empty()) return parse_address(query.option, !tls.empty());
  const std::string host = query.environment("DOCKER_HOST");
  if (!host.empty()) return parse_address(host, !tls.empty());
  const std::string name = context_name(query, fs);
  return name.empty() ? usual_address(query, fs) : address_of_context(name, query, fs);
}

}  // namespace plimsoll::engineapi
