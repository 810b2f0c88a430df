// An engine that says what a test tells it to, at a socket in a folder of the test.
#pragma once
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

class FakeEngine {
 public:
  // Gives the whole answer to a request; what is sent stops early when the client goes. An answer
  // that is repeated is sent again and again, without end.
  struct Answer {
    std::string bytes;
    std::string repeated{};
    bool hangs = false;  // the connection stays open behind it, in silence
  };
  using Speak = std::function<Answer(const std::string& request)>;

  explicit FakeEngine(Speak speak) : speak_(std::move(speak)) {
    char pattern[] = "/tmp/plimsoll-test-XXXXXX";
    folder_ = ::mkdtemp(pattern);
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path().c_str(), sizeof address.sun_path - 1);
    (void)::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    (void)::listen(listener_, 4);
    thread_ = std::thread([this] { serve(); });
  }
  FakeEngine(const FakeEngine&) = delete;
  FakeEngine& operator=(const FakeEngine&) = delete;
  ~FakeEngine() {
    ended_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    ::unlink(path().c_str());
    ::rmdir(folder_.c_str());
  }
  [[nodiscard]] std::string path() const { return folder_ + "/engine.sock"; }

 private:
  void serve() {
    while (!ended_) {
      const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      converse(connection);
      ::close(connection);
    }
  }

  void converse(int connection) {
    std::string request;
    char block[4096];
    while (request.find("\r\n\r\n") == std::string::npos) {
      const ssize_t got = ::read(connection, block, sizeof block);
      if (got <= 0) return;
      request.append(block, static_cast<std::size_t>(got));
    }
    const Answer answer = speak_(request);
    bool open = send(connection, answer.bytes);
    while (open && !answer.repeated.empty() && !ended_) open = send(connection, answer.repeated);
    while (open && answer.hangs && !ended_) {
      const ssize_t got = ::recv(connection, block, sizeof block, MSG_DONTWAIT);
      open = got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
      ::usleep(5000);
    }
  }

  static bool send(int connection, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  Speak speak_;
  std::string folder_;
  int listener_ = -1;
  std::atomic<bool> ended_{false};
  std::thread thread_;
};
