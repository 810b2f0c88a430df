// Writes XML 1.0 piece by piece; the one place that knows its escapes.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace plimsoll::report {

// That begins and ends match and attributes come before content is the caller's part. The result is
// well-formed UTF-8 whatever bytes values hold: malformed ones, and characters that XML cannot hold
// at all (most controls), become U+FFFD.
class XmlWriter {
 public:
  explicit XmlWriter(Output& output);
  ~XmlWriter() { flush(); }
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;

  // Names are ours: they must be names of XML.
  void begin(std::string_view element);
  void attribute(std::string_view name, std::string_view value);
  void text(std::string_view value);
  void end();  // an element without content is written as <element/>

  void flush();

 private:
  void close_tag();
  void escape(std::string_view value, bool in_attribute);

  Output& output_;
  std::string buffer_;
  std::vector<std::string_view> open_;
  bool in_tag_ = false;
};

}  // namespace plimsoll::report
