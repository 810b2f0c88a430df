// Makes mounts long: "./data:/data:ro,z" is a bind mount with its source, target and options.
// Source: compose-go v2.16.2, format/volume.go (behaviour).
#include <algorithm>

#include "base/concat.h"
#include "base/utf8.h"
#include "parse/compose/canonical/canonical.h"
#include "parse/compose/loader.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {
namespace {

struct VolumePart {
  std::size_t begin = 0, end = 0;
};

bool is_letter(std::string_view character) {
  const unsigned char c = static_cast<unsigned char>(character.front());
  return c >= 0x80 || (c | 0x20U) - 'a' < 26U;
}

// One letter before a colon is a drive of Windows, not a part of its own.
bool is_drive(std::string_view text) {
  return !text.empty() && first_character(text).size_bytes == text.size() && is_letter(text);
}

// The parts between colons; those within ${...} do not count.
std::vector<VolumePart> split_volume(std::string_view text) {
  std::vector<VolumePart> parts;
  std::size_t start = 0, depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') ++depth;
    if (text[i] == '}' && depth > 0) --depth;
    if (text[i] != ':' || depth > 0 || is_drive(text.substr(start, i - start))) continue;
    parts.push_back({start, i});
    start = i + 1;
  }
  if (depth == 0) parts.push_back({start, text.size()});
  return parts;
}

bool is_path(std::string_view source) {
  if (source.empty()) return false;
  if (source.front() == '.' || source.front() == '/' || source.front() == '~') return true;
  if (source.starts_with("\\\\")) return true;
  const std::size_t size = first_character(source).size_bytes;
  return source.size() > size && source[size] == ':' && is_letter(source);
}

bool is_propagation(std::string_view option) {
  return option == "rprivate" || option == "private" || option == "rshared" || option == "shared" ||
         option == "rslave" || option == "slave";
}

class Mount {
 public:
  Mount(const Loading& in, const Node& scalar)
      : in_(in), scalar_(scalar), result_(made_from(in, scalar, NodeKind::map)) {}

  // Null: `wrong` says why.
  Node* read(std::string& wrong) {
    const std::string_view text = scalar_.text;
    if (text.empty()) return wrong = "invalid empty volume spec", nullptr;
    if (text.size() <= 2) {
      put(*result_, "type", text_from(in_, scalar_, "volume"));
      put(*result_, "target", target({0, text.size()}));
      return result_;
    }
    const std::vector<VolumePart> parts = split_volume(text);
    for (const VolumePart& part : parts)
      if (part.begin == part.end) wrong = "empty section between colons";
    if (wrong.empty() && parts.size() > 3) wrong = "too many colons";
    if (!wrong.empty()) {
      wrong = concat({"invalid spec: ", text, ": ", wrong});
      return nullptr;
    }
    fill(parts);
    return result_;
  }

 private:
  Node* target(VolumePart part) {
    Node* node = text_part(in_, scalar_, part.begin, part.end);
    node->text = clean(node->text);
    return node;
  }

  // The map of one sort of mount, made when it is asked for.
  Node& options_of(std::string_view sort) {
    Node* found = result_->find(sort);
    if (found != nullptr) return *found;
    put(*result_, sort, default_map(in_, scalar_));
    return *result_->find(sort);
  }

  void fill(const std::vector<VolumePart>& parts) {
    Node* source =
        parts.size() < 2 ? nullptr : text_part(in_, scalar_, parts[0].begin, parts[0].end);
    const bool bind = source != nullptr && is_path(source->text);
    put(*result_, "type", text_from(in_, scalar_, bind ? "bind" : "volume"));
    if (source != nullptr) put(*result_, "source", source);
    if (!parts.empty()) put(*result_, "target", target(parts[parts.size() < 2 ? 0 : 1]));
    if (parts.size() == 3) read_options(parts[2]);
    if (bind) {
      put(options_of("bind"), "create_host_path", default_boolean(in_, scalar_, true));
    } else {
      options_of("volume");
    }
  }

  // Unknown ones are passed over, as Compose does.
  void read_options(VolumePart part) {
    std::size_t start = part.begin;
    while (start <= part.end) {
      const std::size_t end = std::min(scalar_.text.find(',', start), part.end);
      Node* option = text_part(in_, scalar_, start, end);
      start = end + 1;
      if (option->text == "ro" || option->text == "rw" || option->text == "nocopy") {
        take_switch(*option);
      } else if (option->text == "z" || option->text == "Z") {
        Node& bind = options_of("bind");
        bind.written = true;
        put(bind, "selinux", option);
      } else if (is_propagation(option->text)) {
        Node& bind = options_of("bind");
        bind.written = true;
        put(bind, "propagation", option);
      }
    }
  }

  void take_switch(Node& option) {
    const std::string name = std::move(option.text);
    option.kind = NodeKind::boolean;
    option.boolean = true;
    option.text = "true";
    if (name == "ro") put(*result_, "read_only", &option);
    if (name == "rw") erase(*result_, "read_only");
    if (name == "nocopy") {
      Node& volume = options_of("volume");
      volume.written = true;
      put(volume, "nocopy", &option);
    }
  }

  const Loading& in_;
  const Node& scalar_;
  Node* result_;
};

}  // namespace

Node* lengthen_volume(const Loading& in, Node& volume, const std::string& path) {
  if (volume.is(NodeKind::map)) return &volume;
  if (!volume.is(NodeKind::text)) {
    refuse_type(in, volume, path, "service volume mount");
    return &volume;
  }
  std::string wrong;
  Node* mount = Mount(in, volume).read(wrong);
  if (mount != nullptr) return mount;
  if (in.settings.interpolate) in.refuse(volume, concat({path, ": ", wrong}));
  return &volume;
}

}  // namespace plimsoll::parse::compose
