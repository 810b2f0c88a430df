// XML 1.0 (fifth edition): section 2.2 "Characters", 2.4 and 3.3.3 for what must be escaped.
#include "report/xml_writer.h"

#include "base/concat.h"
#include "base/utf8.h"

namespace plimsoll::report {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} << 10;

bool may_stand(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

// Line breaks and tabs of an attribute would be read as blanks, and a carriage return as a line
// feed, unless they are references.
std::string_view reference_of(char32_t c, bool in_attribute) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return in_attribute ? std::string_view() : "&gt;";
    case '"':
      return in_attribute ? "&quot;" : std::string_view();
    case '\t':
      return in_attribute ? "&#9;" : std::string_view();
    case '\n':
      return in_attribute ? "&#10;" : std::string_view();
    case '\r':
      return "&#13;";
    default:
      return {};
  }
}

}  // namespace

XmlWriter::XmlWriter(Output& output)
    : output_(output), buffer_(R"(<?xml version="1.0" encoding="UTF-8"?>)") {}

void XmlWriter::close_tag() {
  if (in_tag_) buffer_ += '>';
  in_tag_ = false;
}

void XmlWriter::begin(std::string_view element) {
  close_tag();
  buffer_ += concat({"<", element});
  open_.push_back(element);
  in_tag_ = true;
}

void XmlWriter::attribute(std::string_view name, std::string_view value) {
  buffer_ += concat({" ", name, "=\""});
  escape(value, true);
  buffer_ += '"';
}

void XmlWriter::text(std::string_view value) {
  close_tag();
  escape(value, false);
}

void XmlWriter::end() {
  buffer_ += in_tag_ ? "/>" : concat({"</", open_.back(), ">"});
  in_tag_ = false;
  open_.pop_back();
  if (buffer_.size() >= kBlockBytes) flush();
}

void XmlWriter::flush() {
  if (!buffer_.empty()) output_.write(buffer_);
  buffer_.clear();
}

void XmlWriter::escape(std::string_view value, bool in_attribute) {
  while (!value.empty()) {
    const Utf8Character c = first_character(value);
    if (const std::string_view reference = reference_of(c.code, in_attribute); !reference.empty())
      buffer_ += reference;
    else
      append_utf8(buffer_, may_stand(c.code) ? c.code : kReplacementCharacter);
    value.remove_prefix(c.size_bytes);
  }
}

}  // namespace plimsoll::report
