// Strings are copied in runs that need no escape, which are found eight bytes at a time.
#include "base/json_writer.h"

#include <charconv>
#include <utility>

#include "base/utf8.h"

namespace plimsoll {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// RFC 8259, section 7: quotes, backslashes and controls; the short forms where there are some.
void append_escape(std::string& to, unsigned char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  to += '\\';
  switch (c) {
    case '"':
    case '\\': to += static_cast<char>(c); break;
    case '\b': to += 'b'; break;
    case '\f': to += 'f'; break;
    case '\n': to += 'n'; break;
    case '\r': to += 'r'; break;
    case '\t': to += 't'; break;
    default:
      to += "u00";
      to += kHex[c >> 4];
      to += kHex[c & 15];
  }
}

}  // namespace

JsonWriter::JsonWriter(Sink sink) : sink_(std::move(sink)) { buffer_.reserve(kBlock + (kBlock >> 2)); }

void JsonWriter::flush() {
  if (!buffer_.empty()) sink_(buffer_);
  buffer_.clear();
}

void JsonWriter::separate() {
  if (comma_) buffer_ += ',';
  if (break_line_) buffer_ += '\n';
  comma_ = break_line_ = false;
}

void JsonWriter::begin(char bracket) {
  separate();
  buffer_ += bracket;
}

void JsonWriter::end(char bracket) {
  comma_ = false;
  separate();
  buffer_ += bracket;
  comma_ = true;
  if (buffer_.size() >= kBlock) flush();
}

void JsonWriter::key(std::string_view name) {
  separate();
  append_quoted(name);
  buffer_ += ':';
}

void JsonWriter::string(std::string_view value) {
  separate();
  append_quoted(value);
  comma_ = true;
}

void JsonWriter::number(std::uint64_t value) {
  char digits[20];
  literal({digits, static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, value).ptr - digits)});
}

void JsonWriter::literal(std::string_view text) {
  separate();
  buffer_ += text;
  comma_ = true;
}

void JsonWriter::append_quoted(std::string_view text) {
  buffer_ += '"';
  std::size_t copied = 0;
  for (std::size_t at = plain_prefix(text); at < text.size(); at += plain_prefix(text.substr(at))) {
    const Utf8Character c = first_character(text.substr(at));
    if (!c.valid || c.code < 0x80) {
      buffer_ += text.substr(copied, at - copied);
      if (c.valid)
        append_escape(buffer_, static_cast<unsigned char>(c.code));
      else
        buffer_ += kReplacement;
      copied = at + c.size_bytes;
      if (buffer_.size() >= kBlock) flush();
    }
    at += c.size_bytes;
  }
  buffer_ += text.substr(copied);
  buffer_ += '"';
}

}  // namespace plimsoll
