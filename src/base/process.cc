// posix_spawn and two pipes. The child leads a process group of its own, so that a wrapper script's
// children end with it when its time is over.
#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/concat.h"
#include "base/timer.h"

namespace plimsoll {
namespace {

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close(0);
    close(1);
  }
  [[nodiscard]] bool open() const { return ends_[0] >= 0; }
  [[nodiscard]] int end(std::size_t which) const { return ends_[which]; }
  void close(std::size_t which) {
    if (ends_[which] >= 0) ::close(ends_[which]);
    ends_[which] = -1;
  }

 private:
  std::array<int, 2> ends_{};
};

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  result.reserve(words.size() + 1);
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_of(const Program& program) {
  std::vector<std::string> result;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const auto given = [&](const auto& with) {
      return text.starts_with(concat({with.first, "="}));
    };
    const auto unwanted = [&](const std::string& name) { return text.starts_with(name); };
    if (std::ranges::none_of(program.without, unwanted) &&
        std::ranges::none_of(program.with, given))
      result.emplace_back(text);
  }
  for (const auto& [name, value] : program.with) result.push_back(concat({name, "=", value}));
  return result;
}

// The child's id; 0 with errno set if it can't be started.
pid_t start(const Program& program, const Pipe& out, const Pipe& err) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out.end(1), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.end(1), STDERR_FILENO);
  // What the program ignores (SIGPIPE) its children would ignore too.
  sigset_t defaults;
  ::sigemptyset(&defaults);
  ::sigaddset(&defaults, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  std::vector<std::string> words = program.words, environment = environment_of(program);
  pid_t child = 0;
  const int error = ::posix_spawn(&child, words[0].c_str(), &actions, &attributes,
                                  pointers(words).data(), pointers(environment).data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  errno = error;
  return error == 0 ? child : 0;
}

// Reads what is there into `text`. False: that end is closed.
bool read_some(int descriptor, std::string& text) {
  char block[65536];
  const ssize_t got = ::read(descriptor, block, sizeof block);
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  text.append(block, static_cast<std::size_t>(got));
  return got > 0;
}

enum class Ended : std::uint8_t { both_closed, out_of_time, too_much };

Ended read_both(Pipe& out, Pipe& err, const Program& program, Finished& finished) {
  const Stopwatch watch(CLOCK_MONOTONIC);
  while (out.end(0) >= 0 || err.end(0) >= 0) {
    std::array<pollfd, 2> ends = {
        {{.fd = out.end(0), .events = POLLIN}, {.fd = err.end(0), .events = POLLIN}}};
    const double left = static_cast<double>(program.timeout_ms) - watch.ms();
    if (left <= 0) return Ended::out_of_time;
    if (::poll(ends.data(), ends.size(), static_cast<int>(left) + 1) < 0 && errno != EINTR)
      return Ended::both_closed;
    if (ends[0].revents != 0 && !read_some(out.end(0), finished.out)) out.close(0);
    if (ends[1].revents != 0 && !read_some(err.end(0), finished.err)) err.close(0);
    if (std::max(finished.out.size(), finished.err.size()) > program.max_output_bytes)
      return Ended::too_much;
  }
  return Ended::both_closed;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<Finished> run_program(const Program& program) {
  const std::string& name = program.words.at(0);
  Pipe out, err;
  if (!out.open() || !err.open())
    return fail(ErrorKind::unreadable, concat({"cannot make a pipe to ", name}));
  const pid_t child = start(program, out, err);
  if (child == 0)
    return fail(ErrorKind::not_found, concat({"cannot start ", name, ": ", std::strerror(errno)}));
  out.close(1);
  err.close(1);
  Finished finished;
  const Ended ended = read_both(out, err, program, finished);
  if (ended != Ended::both_closed) ::kill(-child, SIGKILL);
  finished.status = wait_for(child);
  if (ended == Ended::out_of_time)
    return fail(ErrorKind::timed_out, concat({name, " took more than ",
                                              std::to_string(program.timeout_ms / 1000), " s"}));
  if (ended == Ended::too_much)
    return fail(
        ErrorKind::too_large,
        concat({name, " wrote more than ", std::to_string(program.max_output_bytes >> 20), " MB"}));
  return finished;
}

std::string find_program(std::string_view name, std::string_view path) {
  const auto runs = [](const std::string& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
           ::access(file.c_str(), X_OK) == 0;
  };
  if (name.find('/') != std::string_view::npos)
    return runs(std::string(name)) ? std::string(name) : std::string();
  while (!path.empty()) {
    const std::string_view folder = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(path.size(), folder.size() + 1));
    std::string file = concat({folder, "/", name});
    if (folder.starts_with('/') && runs(file)) return file;
  }
  return {};
}

}  // namespace plimsoll
