// Strings are copied in runs that need no escape, which are found eight bytes at a time.
#include "base/json_writer.h"

#include <charconv>
#include <cstring>
#include <utility>

#include "base/utf8.h"

namespace plimsoll {
namespace {

constexpr std::size_t kBuffered = std::size_t{64} << 10;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// RFC 8259, section 7: quotes, backslashes and controls; the short forms where there are some.
std::string_view escape_of(unsigned char c, char (&room)[6]) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      std::memcpy(room, "\\u00", 4);
      room[4] = kHex[c >> 4];
      room[5] = kHex[c & 15];
      return {room, 6};
  }
}

}  // namespace

JsonWriter::JsonWriter(Sink sink) : sink_(std::move(sink)), block_(new char[kBuffered]) {}

void JsonWriter::flush() {
  if (used_ != 0) sink_({block_.get(), used_});
  used_ = 0;
}

void JsonWriter::append(char c) {
  if (used_ == kBuffered) flush();
  block_[used_++] = c;
}

void JsonWriter::append(std::string_view text) {
  if (text.empty()) return;
  if (text.size() > kBuffered - used_) flush();
  if (text.size() > kBuffered) return sink_(text);
  std::memcpy(block_.get() + used_, text.data(), text.size());
  used_ += text.size();
}

void JsonWriter::separate() {
  if (comma_) append(',');
  if (break_line_) append('\n');
  comma_ = break_line_ = false;
}

void JsonWriter::begin(char bracket) {
  separate();
  append(bracket);
}

void JsonWriter::end(char bracket) {
  comma_ = false;
  separate();
  append(bracket);
  comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  separate();
  append_quoted(name);
  append(':');
}

void JsonWriter::string(std::string_view value) {
  separate();
  append_quoted(value);
  comma_ = true;
}

void JsonWriter::number(std::uint64_t value) {
  char digits[20];
  literal({digits, static_cast<std::size_t>(
                       std::to_chars(digits, digits + sizeof digits, value).ptr - digits)});
}

void JsonWriter::integer(std::int64_t value) {
  char digits[20];
  literal({digits, static_cast<std::size_t>(
                       std::to_chars(digits, digits + sizeof digits, value).ptr - digits)});
}

void JsonWriter::literal(std::string_view text) {
  separate();
  append(text);
  comma_ = true;
}

void JsonWriter::append_quoted(std::string_view text) {
  append('"');
  append_escaped(text);
  append('"');
}

void JsonWriter::append_escaped(std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t at = plain_prefix(text); at < text.size(); at += plain_prefix(text.substr(at))) {
    const Utf8Character c = first_character(text.substr(at));
    if (!c.valid || c.code < 0x80) {
      append(text.substr(copied, at - copied));
      char room[6];
      append(c.valid ? escape_of(static_cast<unsigned char>(c.code), room) : kReplacement);
      copied = at + c.size_bytes;
    }
    at += c.size_bytes;
  }
  append(text.substr(copied));
}

}  // namespace plimsoll
