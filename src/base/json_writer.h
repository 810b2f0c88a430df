// Writes JSON piece by piece, without building it first: reports of many megabytes pass through one
// small buffer.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace plimsoll {

// Puts the commas and escapes; that keys, values and ends come in a sensible order is the caller's
// part. The result is always valid UTF-8: malformed bytes become U+FFFD (see first_character).
class JsonWriter {
 public:
  using Sink = std::function<void(std::string_view)>;

  // `sink` gets blocks of about 64 kB, and the rest by `flush` or at the end of the writer's life.
  explicit JsonWriter(Sink sink);
  ~JsonWriter() { flush(); }
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  void key(std::string_view name);
  void string(std::string_view value);
  void number(std::uint64_t value);
  void integer(std::int64_t value);  // may be negative
  void boolean(bool value) { literal(value ? "true" : "false"); }
  void null() { literal("null"); }

  // The next value, key or end stands on a line of its own.
  void new_line() { break_line_ = true; }

  // Short forms of key + value.
  void object(std::string_view name) { key(name), begin_object(); }
  void array(std::string_view name) { key(name), begin_array(); }
  void member(std::string_view name, std::string_view value) { key(name), string(value); }
  void member(std::string_view name, std::uint64_t value) { key(name), number(value); }
  // Nothing if the value is empty or 0, which stands for "not applicable".
  void optional(std::string_view name, std::string_view value) {
    if (!value.empty()) member(name, value);
  }
  void optional(std::string_view name, std::uint64_t value) {
    if (value != 0) member(name, value);
  }

  void flush();

 private:
  void begin(char bracket);
  void end(char bracket);
  void literal(std::string_view text);
  void separate();  // comma and line break, as due
  void append(std::string_view text);
  void append(char c);
  void append_quoted(std::string_view text);
  void append_escaped(std::string_view text);

  Sink sink_;
  std::unique_ptr<char[]> block_;
  std::size_t used_ = 0;
  bool comma_ = false, break_line_ = false;
};

}  // namespace plimsoll
