// Plain system calls: standard streams would cost their start-up and a second buffer.
#include "cli/terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/concat.h"

namespace plimsoll::cli {

constexpr std::size_t kBlock = std::size_t{64} << 10;

void DescriptorOutput::write(std::string_view bytes) {
  buffer_.append(bytes);
  if (buffer_.size() >= kBlock) flush();
}

bool DescriptorOutput::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && !failed_ && !closed_) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      closed_ = true;
    } else if (errno != EINTR) {
      failed_ = true;
    }
  }
  buffer_.clear();
  return !failed_;
}

Result<void> write_file(const std::string& path, const std::function<void(report::Output&)>& fill) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return fail(ErrorKind::unreadable, concat({"cannot write ", path, ": ", std::strerror(errno)}));
  bool written = false;
  {
    DescriptorOutput output(file);
    fill(output);
    written = output.flush();
  }
  if (::close(file) != 0 || !written) return fail(ErrorKind::unreadable, concat({"cannot write ", path}));
  return {};
}

bool use_colour(std::string_view choice) {
  if (choice != "auto") return choice == "always";
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  if (set("NO_COLOR")) return false;
  if (set("CLICOLOR_FORCE") && std::string_view(std::getenv("CLICOLOR_FORCE")) != "0") return true;
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) == 1 && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

std::uint32_t terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return std::clamp<std::uint32_t>(size.ws_col, 40, 160);
  return 100;
}

void complain(std::string_view message) {
  const std::string line = concat({"plimsoll: ", message, "\n"});
  DescriptorOutput(STDERR_FILENO).write(line);
}

}  // namespace plimsoll::cli
