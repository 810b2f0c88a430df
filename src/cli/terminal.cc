// Plain system calls: standard streams would cost their start-up and a second buffer.
#include "cli/terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
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
  if (file < 0)
    return fail(ErrorKind::unreadable, concat({"cannot write ", path, ": ", std::strerror(errno)}));
  bool written = false;
  {
    DescriptorOutput output(file);
    fill(output);
    written = output.flush();
  }
  if (::close(file) != 0 || !written)
    return fail(ErrorKind::unreadable, concat({"cannot write ", path}));
  return {};
}

std::uint32_t date_of_today() {
  const std::chrono::year_month_day today{
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
  return static_cast<std::uint32_t>(static_cast<int>(today.year()) * 10000) +
         static_cast<unsigned>(today.month()) * 100 + static_cast<unsigned>(today.day());
}

Result<std::string> read_standard_input(std::uint64_t max_bytes) {
  std::string text;
  char block[1 << 16];
  while (true) {
    const ssize_t got = ::read(STDIN_FILENO, block, sizeof block);
    if (got == 0) return text;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return fail(ErrorKind::unreadable,
                  concat({"cannot read standard input: ", std::strerror(errno)}));
    text.append(block, static_cast<std::size_t>(got));
    if (text.size() > max_bytes)
      return fail(ErrorKind::too_large, concat({"standard input is larger than ",
                                                std::to_string(max_bytes >> 20), " MB"}));
  }
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
  return ::isatty(STDOUT_FILENO) == 1 &&
         (terminal == nullptr || std::string_view(terminal) != "dumb");
}

bool use_unicode() {
  // POSIX: the first of these that is set and not empty decides.
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    return locale.find("UTF-8") != std::string_view::npos ||
           locale.find("utf8") != std::string_view::npos;
  }
  return false;
}

std::uint32_t terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return std::clamp<std::uint32_t>(size.ws_col, 40, 160);
  return 100;
}

void complain(std::string_view message) {
  const std::string line = concat({"plimsoll: ", message, "\n"});
  DescriptorOutput(STDERR_FILENO).write(line);
}

}  // namespace plimsoll::cli
