// Makes devices long: "/dev/a:/dev/b:rwm" and `gpus: all`.
#include <algorithm>

#include "base/concat.h"
#include "parse/compose/canonical/canonical.h"
#include "parse/compose/parts.h"

namespace plimsoll::parse::compose {

// The second of two parts is always the target, even "r" of "/dev/sda:r".
Node* lengthen_device(const Loading& in, Node& device, const std::string& path) {
  if (device.is(NodeKind::map)) return &device;
  if (!device.is(NodeKind::text)) {
    refuse_type(in, device, path, "device mapping");
    return &device;
  }
  const std::string& text = device.text;
  if (std::ranges::count(text, ':') > 2) {
    if (in.settings.interpolate) {
      in.refuse(device,
                concat({path, ": confusing device mapping, please use long syntax: ", text}));
    }
    return &device;
  }
  const std::size_t first = std::min(text.find(':'), text.size());
  const std::size_t second =
      std::min(text.find(':', std::min(first + 1, text.size())), text.size());
  Node* result = made_from(in, device, NodeKind::map);
  put(*result, "source", text_part(in, device, 0, first));
  const bool has_target = first + 1 < second;
  put(*result, "target",
      has_target ? text_part(in, device, first + 1, second) : text_part(in, device, 0, first));
  put(*result, "permissions",
      second < text.size() ? text_part(in, device, second + 1, text.size())
                           : default_text(in, device, "rwm"));
  return result;
}

// The only text that the schema allows is "all".
Node* lengthen_gpus(const Loading& in, Node& gpus, const std::string& path) {
  if (gpus.is(NodeKind::list)) return &gpus;
  if (!gpus.is(NodeKind::text)) {
    refuse_type(in, gpus, path, "gpus");
    return &gpus;
  }
  Node* request = made_from(in, gpus, NodeKind::map);
  put(*request, "count", text_from(in, gpus, "all"));
  Node* result = made_from(in, gpus, NodeKind::list);
  result->items.push_back(request);
  return result;
}

}  // namespace plimsoll::parse::compose
