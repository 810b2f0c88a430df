// Turns the events of libyaml into a tree. Events, not its documents: those resolve aliases, fail
// at the first that is unknown, and keep nothing of a text that breaks off.
// Source: libyaml 0.2.5, yaml.h; YAML 1.2.2.
#include "parse/yaml/parse.h"

#include <yaml.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "parse/yaml/offsets.h"

namespace plimsoll::parse::yaml {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // 3 bytes
// libyaml compares each %TAG with all before it.
constexpr std::size_t kTagDirectives = 1000;
// go-yaml lets anchors have any visible ASCII character, libyaml only those of words. It begins
// again behind a name that it refuses with that name respelled; so many bytes it reads at most.
constexpr std::size_t kBytesReadAgain = std::size_t{32} << 20;

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

Style style_of(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return Style::single_quoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return Style::double_quoted;
    case YAML_LITERAL_SCALAR_STYLE:
      return Style::literal;
    case YAML_FOLDED_SCALAR_STYLE:
      return Style::folded;
    default:
      return Style::plain;
  }
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_anchor_character(char c) {
  return c > ' ' && c <= '~' && std::string_view(":,[]{}").find(c) == std::string_view::npos;
}

bool has_too_many_tags(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find("%TAG", at)) != std::string_view::npos; ++at)
    if (++count > kTagDirectives) return true;
  return false;
}

class Events {
 public:
  explicit Events(std::string_view text) {
    good_ = yaml_parser_initialize(&parser_) != 0;
    if (!good_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;
  ~Events() {
    yaml_event_delete(&event_);
    if (good_) yaml_parser_delete(&parser_);
  }

  // Null: reading stopped at an error.
  const yaml_event_t* next() {
    yaml_event_delete(&event_);
    return good_ && yaml_parser_parse(&parser_, &event_) != 0 ? &event_ : nullptr;
  }

  [[nodiscard]] std::string_view problem() const {
    return good_ && parser_.problem != nullptr ? parser_.problem : "memory is exhausted";
  }
  [[nodiscard]] std::size_t problem_character() const {
    if (!good_) return 0;
    // libyaml misses a key's colon lines later only; the key is what is wrong.
    if (problem() == "could not find expected ':'") return parser_.context_mark.index;
    return parser_.problem_mark.index;
  }
  // The character at which a name begins that libyaml does not like, its & or * included.
  [[nodiscard]] std::optional<std::size_t> strange_anchor() const {
    const bool is = good_ && problem() == "did not find expected alphabetic or numeric character";
    return is ? std::optional(parser_.context_mark.index) : std::nullopt;
  }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool good_ = false;
};

class Reader {
 public:
  Reader(std::string_view text, Arena& arena, const Limits& limits)
      : arena_(arena),
        limits_(limits),
        start_(text.starts_with(kByteOrderMark) ? 3 : 0),
        text_(text.substr(start_)),
        offsets_(text_) {
    text_ = text_.substr(0, offsets_.readable());
  }

  Tree read() {
    if (has_too_many_tags(text_)) {
      stop(0, "more tag directives than any file needs");
    } else {
      std::string respelled;  // as long as the text
      for (bool whole = false; !whole;) {
        forget();
        Events events(respelled.empty() ? text_ : respelled);
        take_all(events);
        whole = !respell(events, respelled);
        if (whole && problem_ == nullptr && failed_) stop_at_error(events);
      }
    }
    while (!open_.empty()) close(0);
    return {.documents = arena_.copy(documents_), .problem = problem_};
  }

 private:
  struct Open {
    Node* node;
    std::size_t first_child;
  };
  struct Anchor {
    const Node* node;
    bool open;  // its collection is not complete
  };

  void take_all(Events& events) {
    while (problem_ == nullptr) {
      const yaml_event_t* event = events.next();
      failed_ = event == nullptr;
      if (failed_) return;
      if (event->type == YAML_STREAM_END_EVENT) {
        if (!offsets_.why().empty()) stop(offsets_.readable(), offsets_.why());
        return;
      }
      take(*event);
    }
  }

  // Puts a name that libyaml can read in the place of the one at which it stopped. False: that was
  // not why, or it has been done too often.
  bool respell(const Events& events, std::string& respelled) {
    const std::optional<std::size_t> character = failed_ ? events.strange_anchor() : std::nullopt;
    if (!character || again_ > kBytesReadAgain) return false;
    again_ += text_.size();
    if (respelled.empty()) respelled = text_;
    const std::size_t begin = offsets_.byte_of(*character) + 1;
    bool changed = false;
    for (std::size_t at = begin; at < text_.size() && is_anchor_character(text_[at]); ++at) {
      changed = changed || respelled[at] != 'x';
      respelled[at] = 'x';
    }
    return changed;
  }

  void forget() {
    documents_.clear();
    children_.clear();
    open_.clear();
    anchors_.clear();
    count_ = 0;
  }

  void stop(std::uint32_t byte, std::string_view message) {
    const std::uint32_t at = start_ + byte;
    const std::uint32_t width = byte < offsets_.readable() || !offsets_.why().empty() ? 1 : 0;
    problem_ = arena_.make<Problem>({.where = {at, at + width}, .message = arena_.copy(message)});
  }

  // What is missing where the text was cut is missing because of what stands there.
  void stop_at_error(const Events& events) {
    const std::uint32_t at = offsets_.byte_of(events.problem_character());
    if (at >= offsets_.readable() && !offsets_.why().empty())
      stop(offsets_.readable(), offsets_.why());
    else
      stop(at, events.problem());
  }

  void take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_ALIAS_EVENT:
        return take_alias(event);
      case YAML_SCALAR_EVENT:
        return take_scalar(event);
      case YAML_SEQUENCE_START_EVENT: {
        const auto& data = event.data.sequence_start;
        const bool flow = data.style == YAML_FLOW_SEQUENCE_STYLE;
        return open(with_place({.kind = NodeKind::sequence,
                                .style = flow ? Style::flow : Style::block,
                                .tag = view(data.tag),
                                .anchor = view(data.anchor)},
                               event));
      }
      case YAML_MAPPING_START_EVENT: {
        const auto& data = event.data.mapping_start;
        const bool flow = data.style == YAML_FLOW_MAPPING_STYLE;
        return open(with_place({.kind = NodeKind::mapping,
                                .style = flow ? Style::flow : Style::block,
                                .tag = view(data.tag),
                                .anchor = view(data.anchor)},
                               event));
      }
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        return close(byte(event.end_mark));
      default:
        return;
    }
  }

  [[nodiscard]] std::uint32_t byte(const yaml_mark_t& mark) const {
    return offsets_.byte_of(mark.index);
  }

  // With the span, which is without anchor and tag, and the anchor as it is spelled in the text.
  [[nodiscard]] Node with_place(Node node, const yaml_event_t& event) const {
    const std::uint32_t end = byte(event.end_mark);
    std::size_t at = byte(event.start_mark);
    const bool nothing = node.kind == NodeKind::scalar && node.style == Style::plain &&
                         node.value.empty();  // is written
    int properties = (node.anchor.empty() ? 0 : 1) + (node.tag.empty() ? 0 : 1);
    while (at < text_.size()) {
      const char c = text_[at];
      if (is_space(c)) {
        ++at;
      } else if (const std::size_t width = line_break(at); width > 0) {
        at += width;
      } else if (c == '#') {
        at = std::min(text_.find('\n', at), text_.size());
      } else if (c == '&' && properties > 0) {
        node.anchor = text_.substr(at + 1, node.anchor.size());
        at += 1 + node.anchor.size();
        --properties;
      } else if (c == '!' && properties > 0) {
        at = behind_tag(at);
        --properties;
      } else {
        break;
      }
      if (nothing && properties == 0) break;
    }
    const auto begin = start_ + (nothing ? end : static_cast<std::uint32_t>(at));
    node.span = {begin, std::max(begin, start_ + end)};
    return node;
  }

  // NEL, LS and PS end lines as well.
  [[nodiscard]] std::size_t line_break(std::size_t at) const {
    const std::string_view rest = text_.substr(at, 3);
    if (rest.starts_with("\xC2\x85")) return 2;
    return rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9" ? 3 : 0;
  }

  [[nodiscard]] std::size_t behind_tag(std::size_t at) const {
    if (text_.substr(at).starts_with("!<")) {
      const std::size_t closed = text_.find('>', at);
      return closed == std::string_view::npos ? text_.size() : closed + 1;
    }
    constexpr std::string_view kEnds = ",[]{}";
    while (at < text_.size() && !is_space(text_[at]) && line_break(at) == 0 &&
           kEnds.find(text_[at]) == std::string_view::npos)
      ++at;
    return at;
  }

  void take_alias(const yaml_event_t& event) {
    const std::uint32_t begin = byte(event.start_mark);
    Node node{.kind = NodeKind::alias, .span = {start_ + begin, start_ + byte(event.end_mark)}};
    node.value = text_.substr(begin + 1, view(event.data.alias.anchor).size());
    const auto found = anchors_.find(std::string(node.value));
    if (found != anchors_.end() && !found->second.open) node.target = found->second.node;
    add(node);
  }

  void take_scalar(const yaml_event_t& event) {
    const auto& data = event.data.scalar;
    Node node{.kind = NodeKind::scalar, .style = style_of(data.style)};
    if (data.length > 0) node.value = {reinterpret_cast<const char*>(data.value), data.length};
    node.tag = view(data.tag);
    node.anchor = view(data.anchor);
    node = with_place(node, event);
    // The line ends behind a block scalar belong to its text, but nobody would mark them.
    if (node.style == Style::literal || node.style == Style::folded)
      while (node.span.end > node.span.begin + 1 && is_space(text_[node.span.end - 1 - start_]))
        --node.span.end;
    add(node);
  }

  void open(const Node& node) {
    if (open_.size() >= limits_.depth)
      return stop(node.span.begin - start_, "collections too deep in each other");
    if (Node* kept = add(node)) {
      open_.push_back({kept, children_.size()});
      if (!kept->anchor.empty()) anchors_[std::string(kept->anchor)].open = true;
    }
  }

  // Null: it is one too many.
  Node* add(Node node) {
    if (count_++ >= limits_.nodes) {
      stop(node.span.begin - start_, "more values than any file needs");
      return nullptr;
    }
    node.value = arena_.copy(node.value);
    node.tag = arena_.copy(node.tag);
    node.anchor = arena_.copy(node.anchor);
    Node* kept = arena_.make(node);
    (open_.empty() ? documents_ : children_).push_back(kept);
    if (!kept->anchor.empty()) anchors_[std::string(kept->anchor)] = {kept, false};
    return kept;
  }

  // `end` counts within text_; it is the one of a flow collection, 0 if it was not closed.
  void close(std::uint32_t end) {
    const auto [node, first] = open_.back();
    open_.pop_back();
    const std::vector<const Node*> children(children_.begin() + static_cast<std::ptrdiff_t>(first),
                                            children_.end());
    children_.resize(first);
    const bool flow = node->style == Style::flow;
    if (!children.empty()) {
      if (!flow) node->span.begin = children.front()->span.begin;
      node->span.end = std::max(node->span.begin, children.back()->span.end);
    }
    if (flow) node->span.end = std::max(node->span.end, start_ + end);
    if (node->kind == NodeKind::sequence)
      node->items = arena_.copy(children);
    else
      node->entries = entries_of(children);
    if (node->anchor.empty()) return;
    Anchor& anchor = anchors_[std::string(node->anchor)];
    if (anchor.node == node) anchor.open = false;
  }

  // A key at which the text breaks off has a value that is not written.
  std::span<const Entry> entries_of(const std::vector<const Node*>& children) {
    std::vector<Entry> entries;
    entries.reserve((children.size() + 1) / 2);
    for (std::size_t i = 0; i + 1 < children.size(); i += 2)
      entries.push_back({children[i], children[i + 1]});
    if (children.size() % 2 == 1) {
      const std::uint32_t at = children.back()->span.end;
      entries.push_back({children.back(), arena_.make<Node>({.span = {at, at}})});
    }
    return arena_.copy(entries);
  }

  Arena& arena_;
  const Limits& limits_;
  std::uint32_t start_;    // behind the byte order mark
  std::string_view text_;  // from there to what can't be read
  Offsets offsets_;
  std::vector<const Node*> documents_, children_;  // children of all open collections
  std::vector<Open> open_;
  std::unordered_map<std::string, Anchor> anchors_;  // they outlive their document, as in go-yaml
  std::uint32_t count_ = 0;
  std::size_t again_ = 0;  // bytes that were read again
  bool failed_ = false;    // libyaml stopped
  const Problem* problem_ = nullptr;
};

const Problem* refused(std::string_view text, Arena& arena) {
  const auto problem = [&](std::uint32_t end, std::string_view message) {
    return arena.make<Problem>({.where = {0, end}, .message = message});
  };
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return problem(2, "the text is UTF-16; save it as UTF-8");
  if (text.size() > UINT32_MAX) return problem(0, "larger than any file that people write");
  return nullptr;
}

}  // namespace

Tree parse(std::string_view text, Arena& arena, const Limits& limits) {
  if (const Problem* problem = refused(text, arena)) return {.problem = problem};
  return Reader(text, arena, limits).read();
}

}  // namespace plimsoll::parse::yaml
