// The world around the program: standard streams, files to write, the date, what a terminal can
// show.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "report/report.h"

namespace plimsoll::cli {

// Writes to a file descriptor in large blocks. A reader that went away (`| head`) is no error.
class DescriptorOutput final : public report::Output {
 public:
  explicit DescriptorOutput(int descriptor) : descriptor_(descriptor) {}
  DescriptorOutput(const DescriptorOutput&) = delete;
  DescriptorOutput& operator=(const DescriptorOutput&) = delete;
  ~DescriptorOutput() { flush(); }
  void write(std::string_view bytes) override;
  // False once a write failed for another reason than a closed pipe.
  bool flush();

 private:
  int descriptor_;
  bool failed_ = false, closed_ = false;
  std::string buffer_;
};

// Makes or replaces the file with what `fill` writes.
Result<void> write_file(const std::string& path, const std::function<void(report::Output&)>& fill);

Result<std::string> read_standard_input(std::uint64_t max_bytes);

// yyyymmdd, UTC.
std::uint32_t date_of_today();

// By --color, then NO_COLOR and CLICOLOR_FORCE, then whether standard output is a terminal.
// `choice` is checked before.
bool use_colour(std::string_view choice);
// Does the locale of the environment say UTF-8?
bool use_unicode();
std::uint32_t terminal_width();

// "plimsoll: MESSAGE" on standard error.
void complain(std::string_view message);

}  // namespace plimsoll::cli
