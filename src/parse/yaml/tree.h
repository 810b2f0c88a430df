// What a YAML text says: nodes with their places, anchors and tags. Nothing is resolved: an alias
// stays one, `<<` is a key like any other, and a plain scalar has no type yet.
// Source: YAML 1.2.2; go.yaml.in/yaml v4, which Compose reads with, is a port of libyaml.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "text/place.h"

namespace plimsoll::parse::yaml {

enum class NodeKind : std::uint8_t { scalar, sequence, mapping, alias };
enum class Style : std::uint8_t {
  plain,
  single_quoted,
  double_quoted,
  literal,  // |
  folded,   // >
  block,    // sequence, mapping
  flow,     // [ ], { }
};

struct Entry;

struct Node {
  NodeKind kind = NodeKind::scalar;
  Style style = Style::plain;
  text::Span span{};  // scalar: quotes included; block collection: first to last child; a node that
                      // is not written ("key:") is empty, behind the colon
  std::string_view value{};              // scalar: decoded; alias: the anchor's name
  std::string_view tag{}, anchor{};      // "!reset", "tag:yaml.org,2002:str"; without & or *
  std::span<const Node* const> items{};  // sequence
  std::span<const Entry> entries{};      // mapping, in the order of the text, duplicates too
  const Node* target = nullptr;  // alias: what it stands for; null: no such anchor before it, or
                                 // it lies within the node that it would stand for
};

struct Entry {
  const Node* key;
  const Node* value;
};

struct Problem {
  text::Span where{};
  std::string_view message{};  // a clause: "did not find expected ',' or '}'"
};

struct Tree {
  std::span<const Node* const> documents{};  // one that breaks off holds what stands before
  const Problem* problem = nullptr;          // where reading stopped; null: it reached the end
};

}  // namespace plimsoll::parse::yaml
