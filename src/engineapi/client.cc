// The one file that knows libcurl. It is loaded at run time: who checks files never pays for it.
#include "engineapi/client.h"

#define CURL_DISABLE_TYPECHECK  // its macros would call functions by their names
#include <curl/curl.h>
#include <dlfcn.h>

#include <array>
#include <utility>

#include "base/ascii.h"
#include "base/concat.h"

namespace plimsoll::engineapi {

// curl's functions, as they were found.
struct Curl {
  void* library = nullptr;
  CURL* (*easy_init)() = nullptr;
  CURLcode (*easy_setopt)(CURL*, CURLoption, ...) = nullptr;
  CURLcode (*easy_perform)(CURL*) = nullptr;
  CURLcode (*easy_getinfo)(CURL*, CURLINFO, ...) = nullptr;
  void (*easy_reset)(CURL*) = nullptr;
  void (*easy_cleanup)(CURL*) = nullptr;
  const char* (*easy_strerror)(CURLcode) = nullptr;
  curl_slist* (*slist_append)(curl_slist*, const char*) = nullptr;
  void (*slist_free_all)(curl_slist*) = nullptr;
};

namespace {

constexpr std::size_t kHeaderLimit = std::size_t{64} << 10;
constexpr std::size_t kErrorLimit = std::size_t{64} << 10;  // of an answer that says why not
constexpr long kConnectTimeoutMs = 10'000;

template <class Function>
bool find_function(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

bool find_functions(Curl& curl) {
  void* from = curl.library;
  return find_function(from, "curl_easy_init", curl.easy_init) &&
         find_function(from, "curl_easy_setopt", curl.easy_setopt) &&
         find_function(from, "curl_easy_perform", curl.easy_perform) &&
         find_function(from, "curl_easy_getinfo", curl.easy_getinfo) &&
         find_function(from, "curl_easy_reset", curl.easy_reset) &&
         find_function(from, "curl_easy_cleanup", curl.easy_cleanup) &&
         find_function(from, "curl_easy_strerror", curl.easy_strerror) &&
         find_function(from, "curl_slist_append", curl.slist_append) &&
         find_function(from, "curl_slist_free_all", curl.slist_free_all);
}

// It stays loaded: unloading gains nothing, and the library has threads of its own in some builds.
Result<Curl> load_curl() {
  for (const char* name : {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl-nss.so.4"}) {
    Curl curl;
    curl.library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (curl.library != nullptr && find_functions(curl)) return curl;
  }
  return fail(ErrorKind::not_found,
              "talking to an engine needs libcurl, which is not installed (Debian: libcurl4)");
}

// An answer while it comes.
struct Arriving {
  const Curl& curl;
  CURL* easy;
  const Request& request;
  const std::atomic<bool>& stop;
  Response response{};
  std::uint64_t bytes = 0;
  bool too_large = false, had_enough = false;

  [[nodiscard]] int status() const {
    long code = 0;
    curl.easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
    return static_cast<int>(code);
  }
};

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* user) {
  Arriving& a = *static_cast<Arriving*>(user);
  const std::string_view block(bytes, size);
  a.bytes += size;
  const int status = a.status();
  const bool good = status >= 200 && status < 300;
  if (a.bytes > (good ? a.request.max_bytes : kErrorLimit)) {
    a.too_large = true;
    return 0;
  }
  if (!good || !a.request.sink) {
    a.response.body += block;
    return size;
  }
  a.had_enough = !a.request.sink(block);
  return a.had_enough ? 0 : size;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* user) {
  Arriving& a = *static_cast<Arriving*>(user);
  if (a.response.headers.size() + size > kHeaderLimit) {
    a.too_large = true;
    return 0;
  }
  a.response.headers.append(bytes, size);
  return size;
}

int look_at_stop(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Arriving*>(user)->stop.load() ? 1 : 0;
}

tl::unexpected<Error> failure(const Arriving& a, CURLcode code, const Address& address,
                              const char* detail) {
  const std::string_view engine = address.named;
  if (a.too_large)
    return fail(ErrorKind::too_large, concat({"the engine at ", engine, " says too much"}));
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
      return fail(ErrorKind::not_found, concat({"no engine answers at ", engine}));
    case CURLE_OPERATION_TIMEDOUT:
      return fail(ErrorKind::timed_out,
                  concat({"the engine at ", engine, " did not answer in time"}));
    case CURLE_ABORTED_BY_CALLBACK:
      return fail(ErrorKind::timed_out, "interrupted");
    default: {
      const std::string_view why = *detail != '\0' ? detail : a.curl.easy_strerror(code);
      return fail(ErrorKind::malformed, concat({"the engine at ", engine, ": ", why}));
    }
  }
}

}  // namespace

struct Client::Handle {
  Curl curl;
  CURL* easy = nullptr;
  Address address;
  const std::atomic<bool>* stop = nullptr;

  ~Handle() {
    if (easy != nullptr) curl.easy_cleanup(easy);
  }
};

Client::Client(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Client> Client::open(const Address& address, const std::atomic<bool>& stop) {
  const Result<Curl> curl = load_curl();
  if (!curl) return tl::unexpected(curl.error());
  auto handle = std::make_unique<Handle>();
  handle->curl = *curl;
  handle->easy = curl->easy_init();
  handle->address = address;
  handle->stop = &stop;
  if (handle->easy == nullptr) return fail(ErrorKind::unsupported, "libcurl does not start");
  return Client(std::move(handle));
}

Result<Response> Client::ask(const Request& request) {
  const Curl& curl = handle_->curl;
  CURL* easy = handle_->easy;
  curl.easy_reset(easy);  // connections stay
  Arriving arriving{curl, easy, request, *handle_->stop};
  const auto set = [&](CURLoption option, auto value) { curl.easy_setopt(easy, option, value); };
  const Address& address = handle_->address;
  const std::string url = concat(
      {"http://", address.local() ? std::string_view("engine") : address.host, request.path});
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl_slist* headers = curl.slist_append(nullptr, "Expect:");
  set(CURLOPT_URL, url.c_str());
  if (address.local()) set(CURLOPT_UNIX_SOCKET_PATH, address.socket.c_str());
  set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (request.method == "POST" || request.method == "PUT") {
    headers = curl.slist_append(headers, concat({"Content-Type: ", request.content_type}).c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
  }
  set(CURLOPT_HTTPHEADER, headers);
  set(CURLOPT_PROTOCOLS_STR, "http");
  set(CURLOPT_PROXY, "");  // what is named is asked, nobody else
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
  set(CURLOPT_ERRORBUFFER, detail.data());
  set(CURLOPT_WRITEFUNCTION, take_body);
  set(CURLOPT_WRITEDATA, &arriving);
  set(CURLOPT_HEADERFUNCTION, take_header);
  set(CURLOPT_HEADERDATA, &arriving);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, look_at_stop);
  set(CURLOPT_XFERINFODATA, &arriving);
  const CURLcode code = curl.easy_perform(easy);
  curl.slist_free_all(headers);
  arriving.response.status = arriving.status();
  if (code != CURLE_OK && !arriving.had_enough)
    return failure(arriving, code, address, detail.data());
  return std::move(arriving.response);
}

std::string Response::header(std::string_view name) const {
  std::string_view rest = headers;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && lower(line.substr(0, colon)) == name)
      return std::string(trimmed(line.substr(colon + 1)));
  }
  return {};
}

}  // namespace plimsoll::engineapi
