// Reads the JSON of exec forms and of a JSON syntax directive, exactly as strictly as Go's
// encoding/json.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace plimsoll::parse::dockerfile {

enum class JsonKind : unsigned char { invalid, string, number, literal, array, object };

// Walks over values from the left; depth is bounded as in Go, and no recursion is used.
class Json {
 public:
  explicit Json(std::string_view text) : text_(text) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  void skip_blanks();
  // Takes `c` if it is next.
  bool take(char c);
  // Takes one whole value; its text is [at() before, at() after). JsonKind::invalid: it is not
  // JSON.
  JsonKind value();
  // Only blanks are left.
  bool finished();
  // A number beyond double was met: Go refuses the text, although its syntax is right.
  [[nodiscard]] bool overflowed() const { return overflowed_; }

 private:
  bool string();
  bool number();
  JsonKind scalar();
  bool nested();
  bool after_value(std::string& open);

  std::string_view text_;
  std::size_t at_ = 0;
  bool overflowed_ = false;
};

// True if the inside of a string means just what is written.
bool is_plain_json(std::string_view inside);
// Appends what the inside of a valid string means; lone surrogates and bytes that are not UTF-8
// become U+FFFD.
void append_json(std::string& out, std::string_view inside);

}  // namespace plimsoll::parse::dockerfile
