// Finds the place where a key or an item belongs, and writes it in the style of what is there.
#include "rules/compose_edits.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/concat.h"
#include "parse/yaml/tree.h"
#include "text/source.h"

namespace plimsoll::rules {

using YamlEntry = parse::yaml::Entry;
using YamlNode = parse::yaml::Node;
using YamlKind = parse::yaml::NodeKind;
using YamlStyle = parse::yaml::Style;

// Keys that are read together: a new one goes behind the last of them that is there.
static constexpr std::string_view kHardeningKeys[] = {
    "cap_add",    "cap_drop",  "cpus",         "mem_limit", "pids_limit",
    "privileged", "read_only", "security_opt", "tmpfs",     "user"};

static bool is_shared(const facts::Container& c, const YamlNode& node) {
  return std::ranges::binary_search(c.project->shared, &node);
}

static const YamlEntry* entry_of(const YamlNode& mapping, std::string_view key) {
  for (const YamlEntry& entry : mapping.entries)
    if (entry.key->kind == YamlKind::scalar && entry.key->value == key) return &entry;
  return nullptr;
}

// Does the mapping get the key by `<<`? Merge keys in merge keys are bounded like the tree.
static bool merges(const YamlNode& mapping, std::string_view key, int depth = 0) {
  constexpr int kDepth = 16;
  const YamlEntry* merge = entry_of(mapping, "<<");
  if (merge == nullptr) return false;
  if (depth == kDepth) return true;
  const auto brings = [&](const YamlNode& value) {
    const YamlNode* real = value.kind == YamlKind::alias ? value.target : &value;
    return real == nullptr || entry_of(*real, key) != nullptr || merges(*real, key, depth + 1);
  };
  if (merge->value->kind != YamlKind::sequence) return brings(*merge->value);
  return std::ranges::any_of(merge->value->items, [&](const YamlNode* n) { return brings(*n); });
}

bool can_edit(const facts::Container& c) {
  using enum facts::ContainerKind;
  if ((c.kind != service && c.kind != job) || c.service == nullptr || c.project == nullptr ||
      !c.project->problems.empty() || !c.project->gaps.empty())
    return false;
  const YamlNode* mapping = c.service->text.mapping;
  return mapping != nullptr && mapping->tag.empty() && !is_shared(c, *mapping);
}

bool is_own(const facts::Container& c, const text::Place& where) {
  const text::Place& body = c.service->body;
  return where.source == body.source && where.span.begin >= body.span.begin &&
         where.span.end <= body.span.end;
}

bool states(const facts::Container& c, std::string_view key) {
  const YamlNode* mapping = c.service == nullptr ? nullptr : c.service->text.mapping;
  return mapping == nullptr || entry_of(*mapping, key) != nullptr || merges(*mapping, key);
}

// --- writing -------------------------------------------------------------------------------------

static std::string flow_text(const NewKey& key) {
  std::string text = concat({key.name, ": "});
  if (key.below.empty()) return text + key.value;
  text += '{';
  for (const NewKey& inner : key.below)
    text += concat({text.ends_with('{') ? "" : ", ", flow_text(inner)});
  return text + '}';
}

// Lines with the last one's end.
static std::string block_text(const NewKey& key, std::size_t indent, std::size_t step) {
  std::string text = std::string(indent, ' ');
  if (key.below.empty()) return text + concat({key.name, ": ", key.value, "\n"});
  text += concat({key.name, ":\n"});
  for (const NewKey& inner : key.below) text += block_text(inner, indent + step, step);
  return text;
}

static std::uint32_t line_begin(std::string_view bytes, std::uint32_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : bytes.rfind('\n', at - 1);
  return before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1);
}

// The blanks that a line begins with; none: something else stands before the place.
static std::optional<std::size_t> indent_of(std::string_view bytes, std::uint32_t at) {
  const std::uint32_t begin = line_begin(bytes, at);
  const std::string_view before = bytes.substr(begin, at - begin);
  if (before.find_first_not_of(' ') != std::string_view::npos) return {};
  return before.size();
}

namespace {

// A file's text while lines are put into it.
struct InFile {
  const text::Source& source;
  std::uint32_t number;

  // Whole lines behind the one that the place is in. None if more than a comment follows there.
  [[nodiscard]] std::optional<text::Edit> lines_behind(std::uint32_t at, std::string lines) const {
    const std::string_view bytes = source.bytes();
    const std::size_t newline = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view rest = bytes.substr(at, newline - at);
    const std::size_t first = rest.find_first_not_of(" \t\r");
    if (first != std::string_view::npos && rest[first] != '#') return {};
    if (newline == bytes.size()) {
      lines.pop_back();
      lines.insert(0, "\n");
    }
    const auto place = static_cast<std::uint32_t>(newline == bytes.size() ? newline : newline + 1);
    return text::Edit{{number, {place, place}}, std::move(lines), true};
  }
};

}  // namespace

// The last thing that is written of an entry.
static std::uint32_t end_of(const YamlEntry& entry) {
  return std::max(entry.key->span.end, entry.value->span.end);
}

static bool is_hardening(std::string_view key) {
  return std::ranges::find(kHardeningKeys, key) != std::end(kHardeningKeys);
}

static const YamlEntry& neighbour(const YamlNode& mapping, std::string_view key) {
  for (std::size_t i = mapping.entries.size(); i-- > 0 && is_hardening(key);)
    if (is_hardening(mapping.entries[i].key->value)) return mapping.entries[i];
  return mapping.entries.back();
}

// JSON is read as well; what would be written here is none.
static bool is_plain(const YamlNode& mapping) {
  return mapping.kind == YamlKind::mapping && !mapping.entries.empty() && mapping.tag.empty() &&
         std::ranges::all_of(mapping.entries, [](const YamlEntry& entry) {
           return entry.key->kind == YamlKind::scalar && entry.key->style == YamlStyle::plain;
         });
}

// `outer_key`: where the key of the mapping itself begins.
static std::optional<text::Edit> key_in(const InFile& file, const YamlNode& mapping,
                                        const NewKey& key, std::uint32_t outer_key) {
  if (!is_plain(mapping)) return {};
  const std::string_view bytes = file.source.bytes();
  if (mapping.style == YamlStyle::flow) {
    const std::uint32_t at = end_of(mapping.entries.back());
    return text::Edit{{file.number, {at, at}}, concat({", ", flow_text(key)}), true};
  }
  const std::optional<std::size_t> indent =
      indent_of(bytes, mapping.entries.front().key->span.begin);
  if (!indent) return {};
  const std::optional<std::size_t> outer = indent_of(bytes, outer_key);
  const std::size_t step = outer && *outer < *indent ? *indent - *outer : 2;
  return file.lines_behind(end_of(neighbour(mapping, key.name)), block_text(key, *indent, step));
}

std::optional<text::Edit> with_key(const facts::Container& c, const NewKey& key) {
  if (!can_edit(c) || states(c, key.name)) return {};
  const InFile file{*c.service->text.source, c.service->body.source};
  return key_in(file, *c.service->text.mapping, key, c.service->key.span.begin);
}

static std::string flow_list(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += concat({text.empty() ? "" : ", ", item});
  return text;
}

// Keys that are put behind the list have the same place; by their texts, which are sorted, an item
// comes first: a dash or a deeper indent is less than a letter.
static std::optional<text::Edit> items_in(const InFile& file, const YamlNode& list,
                                          const std::vector<std::string>& items) {
  if (list.kind != YamlKind::sequence || !list.tag.empty() || list.items.empty()) return {};
  const YamlNode& last = *list.items.back();
  if (list.style == YamlStyle::flow)
    return text::Edit{
        {file.number, {last.span.end, last.span.end}}, concat({", ", flow_list(items)}), true};
  const std::string_view bytes = file.source.bytes();
  const std::uint32_t begin = line_begin(bytes, last.span.begin);
  const std::string_view before = bytes.substr(begin, last.span.begin - begin);
  const std::size_t dash = before.find_first_not_of(' ');
  if (dash == std::string_view::npos || before[dash] != '-' ||
      before.find_first_not_of(' ', dash + 1) != std::string_view::npos)
    return {};
  std::string lines;
  for (const std::string& item : items) lines += concat({before, item, "\n"});
  return file.lines_behind(last.span.end, std::move(lines));
}

std::optional<text::Edit> with_items(const facts::Container& c, std::string_view list,
                                     const std::vector<std::string>& items) {
  if (!can_edit(c) || items.empty()) return {};
  const YamlEntry* entry = entry_of(*c.service->text.mapping, list);
  if (entry == nullptr) return with_key(c, {list, concat({"[", flow_list(items), "]"})});
  if (is_shared(c, *entry->value)) return {};
  return items_in({*c.service->text.source, c.service->body.source}, *entry->value, items);
}

// The lines of a span that has them for itself; none: something else stands there, too.
static std::optional<text::Edit> without_lines(const InFile& file, text::Span span) {
  const std::string_view bytes = file.source.bytes();
  const std::uint32_t begin = line_begin(bytes, span.begin);
  const std::size_t newline = std::min(bytes.find('\n', span.end), bytes.size());
  const std::string_view before = bytes.substr(begin, span.begin - begin);
  const std::string_view behind = bytes.substr(span.end, newline - span.end);
  if (before.find_first_not_of(" -") != std::string_view::npos ||
      behind.find_first_not_of(" \t\r") != std::string_view::npos ||
      file.source.at(span).find('#') != std::string_view::npos)
    return {};
  const std::size_t end = std::min(newline + 1, bytes.size());
  return text::Edit{{file.number, {begin, static_cast<std::uint32_t>(end)}}, ""};
}

std::optional<text::Edit> without_item(const facts::Container& c, std::string_view list,
                                       const text::Place& item) {
  if (!can_edit(c) || !is_own(c, item)) return {};
  const YamlNode& mapping = *c.service->text.mapping;
  const YamlEntry* entry = entry_of(mapping, list);
  if (entry == nullptr || entry->value->kind != YamlKind::sequence || is_shared(c, *entry->value))
    return {};
  const std::span<const YamlNode* const> items = entry->value->items;
  const auto found = std::ranges::find_if(items, [&](const YamlNode* node) {
    return node->span.begin <= item.span.begin && item.span.end <= node->span.end;
  });
  if (found == items.end()) return {};
  const InFile file{*c.service->text.source, item.source};
  const text::Span span = (*found)->span;
  if (items.size() == 1) {
    const bool in_lines = mapping.style != YamlStyle::flow && mapping.entries.size() > 1;
    if (!in_lines) return {};
    return without_lines(file, {entry->key->span.begin, end_of(*entry)});
  }
  if (entry->value->style != YamlStyle::flow) return without_lines(file, span);
  const bool is_first = found == items.begin();
  const text::Span gone = is_first ? text::Span{span.begin, (*std::next(found))->span.begin}
                                   : text::Span{(*std::prev(found))->span.end, span.end};
  if (file.source.at(gone).find('#') != std::string_view::npos) return {};
  return text::Edit{{file.number, gone}, ""};
}

// One line, which a plain scalar may take the place of.
static bool is_replaceable(const facts::Container& c, const YamlNode& node) {
  return node.kind == YamlKind::scalar && node.tag.empty() && !is_shared(c, node) &&
         c.service->text.source->at(node.span).find('\n') == std::string_view::npos;
}

// The service's own `environment`; null: it has none, or not alone.
static const YamlEntry* environment_of(const facts::Container& c) {
  if (!can_edit(c)) return nullptr;
  const YamlEntry* environment = entry_of(*c.service->text.mapping, "environment");
  if (environment == nullptr || !environment->value->tag.empty() ||
      is_shared(c, *environment->value))
    return nullptr;
  return environment;
}

std::optional<std::vector<text::Edit>> with_variable(const facts::Container& c,
                                                     std::string_view variable, std::string name,
                                                     std::string value) {
  const YamlEntry* environment = environment_of(c);
  if (environment == nullptr) return {};
  const YamlNode& variables = *environment->value;
  const std::uint32_t number = c.service->body.source;
  if (const YamlEntry* entry = entry_of(variables, variable)) {
    if (!is_replaceable(c, *entry->key) || !is_replaceable(c, *entry->value) ||
        merges(variables, variable))
      return {};
    return std::vector<text::Edit>{{{number, entry->key->span}, std::move(name)},
                                   {{number, entry->value->span}, std::move(value)}};
  }
  const std::string begin = concat({variable, "="});
  for (const YamlNode* item : variables.items)
    if (item->value.starts_with(begin) && is_replaceable(c, *item))
      return std::vector<text::Edit>{{{number, item->span}, concat({name, "=", value})}};
  return {};
}

// Braces mean something in flow collections.
static std::string scalar_in(const YamlNode& collection, const std::string& text) {
  return collection.style == YamlStyle::flow ? concat({"\"", text, "\""}) : text;
}

std::optional<std::vector<text::Edit>> with_variable_value(const facts::Container& c,
                                                           std::string_view variable,
                                                           const std::string& value) {
  const YamlEntry* environment = environment_of(c);
  if (environment == nullptr) return {};
  const YamlNode& variables = *environment->value;
  const std::uint32_t number = c.service->body.source;
  if (const YamlEntry* entry = entry_of(variables, variable)) {
    if (!is_replaceable(c, *entry->value)) return {};
    return std::vector<text::Edit>{{{number, entry->value->span}, scalar_in(variables, value)}};
  }
  const std::string begin = concat({variable, "="});
  for (const YamlNode* item : variables.items)
    if (item->value.starts_with(begin) && is_replaceable(c, *item))
      return std::vector<text::Edit>{
          {{number, item->span}, scalar_in(variables, concat({begin, value}))}};
  return {};
}

std::optional<text::Edit> with_new_variable(const facts::Container& c, std::string_view name,
                                            const std::string& value) {
  if (!can_edit(c)) return {};
  const YamlNode& mapping = *c.service->text.mapping;
  if (entry_of(mapping, "environment") == nullptr) {
    std::optional<text::Edit> edit =
        with_key(c, {"environment", "", {{name, scalar_in(mapping, value)}}});
    if (edit) edit->unordered = false;  // two of them would say the section twice
    return edit;
  }
  const YamlEntry* environment = environment_of(c);
  if (environment == nullptr) return {};
  const YamlNode& variables = *environment->value;
  const InFile file{*c.service->text.source, c.service->body.source};
  if (variables.kind == YamlKind::sequence)
    return items_in(file, variables, {scalar_in(variables, concat({name, "=", value}))});
  return key_in(file, variables, {name, scalar_in(variables, value)}, environment->key->span.begin);
}

// What separates the item at `index` from its neighbours in a flow collection goes with it.
template <class SpanOf>
static std::optional<text::Edit> without_in_flow(const InFile& file, std::size_t index,
                                                 const SpanOf& span_of) {
  const text::Span gone = index == 0 ? text::Span{span_of(0).begin, span_of(1).begin}
                                     : text::Span{span_of(index - 1).end, span_of(index).end};
  if (file.source.at(gone).find('#') != std::string_view::npos) return {};
  return text::Edit{{file.number, gone}, ""};
}

static std::optional<text::Edit> without_entry(const InFile& file, const YamlNode& mapping,
                                               const YamlEntry& entry) {
  if (mapping.entries.size() < 2) return {};
  const auto span_of = [&](std::size_t i) {
    const YamlEntry& one = mapping.entries[i];
    return text::Span{one.key->span.begin, end_of(one)};
  };
  const auto index = static_cast<std::size_t>(&entry - mapping.entries.data());
  return mapping.style == YamlStyle::flow ? without_in_flow(file, index, span_of)
                                          : without_lines(file, span_of(index));
}

// The mapping of the service's own `build`; null: it is none, or not its alone.
static const YamlNode* build_of(const facts::Container& c) {
  if (!can_edit(c)) return nullptr;
  const YamlEntry* build = entry_of(*c.service->text.mapping, "build");
  if (build == nullptr || build->value->kind != YamlKind::mapping || !build->value->tag.empty() ||
      is_shared(c, *build->value))
    return nullptr;
  return build->value;
}

std::vector<std::string_view> build_arguments_of(const facts::Container& c) {
  std::vector<std::string_view> names;
  const YamlNode* build = build_of(c);
  const YamlEntry* args = build == nullptr ? nullptr : entry_of(*build, "args");
  if (args == nullptr) return names;
  for (const YamlEntry& entry : args->value->entries) names.push_back(entry.key->value);
  for (const YamlNode* item : args->value->items)
    names.push_back(item->value.substr(0, item->value.find('=')));
  return names;
}

std::optional<text::Edit> without_build_argument(const facts::Container& c, std::string_view name) {
  const YamlNode* build = build_of(c);
  const YamlEntry* args = build == nullptr ? nullptr : entry_of(*build, "args");
  if (args == nullptr || !args->value->tag.empty() || is_shared(c, *args->value) ||
      entry_of(*args->value, "<<") != nullptr)
    return {};
  const InFile file{*c.service->text.source, c.service->body.source};
  const YamlNode& list = *args->value;
  if (list.entries.size() + list.items.size() == 1) return without_entry(file, *build, *args);
  if (const YamlEntry* entry = entry_of(list, name)) return without_entry(file, list, *entry);
  const std::string begin = concat({name, "="});
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (list.items[i]->value != name && !list.items[i]->value.starts_with(begin)) continue;
    if (list.style != YamlStyle::flow) return without_lines(file, list.items[i]->span);
    return without_in_flow(file, i, [&](std::size_t at) { return list.items[at]->span; });
  }
  return {};
}

// `build: ./api` made long.
static std::optional<text::Edit> with_secret_in_short_build(const facts::Container& c,
                                                            const YamlEntry& build,
                                                            std::string_view name) {
  const YamlNode& mapping = *c.service->text.mapping;
  const YamlNode& context = *build.value;
  if (context.kind != YamlKind::scalar || context.span.size() == 0 || !is_replaceable(c, context) ||
      context.style == YamlStyle::literal || context.style == YamlStyle::folded)
    return {};
  const std::string_view written = c.service->text.source->at(context.span);
  const std::uint32_t number = c.service->body.source;
  if (mapping.style == YamlStyle::flow)
    return text::Edit{{number, context.span},
                      concat({"{context: ", written, ", secrets: [", name, "]}"})};
  const std::string_view bytes = c.service->text.source->bytes();
  const std::optional<std::size_t> indent = indent_of(bytes, build.key->span.begin);
  const std::optional<std::size_t> outer = indent_of(bytes, c.service->key.span.begin);
  std::uint32_t begin = context.span.begin;
  while (bytes[begin - 1] == ' ') --begin;
  if (!indent || bytes[begin - 1] != ':') return {};
  const std::string inner(*indent + (outer && *outer < *indent ? *indent - *outer : 2), ' ');
  return text::Edit{
      {number, {begin, context.span.end}},
      concat({"\n", inner, "context: ", written, "\n", inner, "secrets: [", name, "]"})};
}

std::optional<text::Edit> with_build_secret(const facts::Container& c, std::string_view name) {
  if (!can_edit(c)) return {};
  const YamlEntry* entry = entry_of(*c.service->text.mapping, "build");
  const YamlNode* build = build_of(c);
  if (build == nullptr)
    return entry == nullptr ? std::nullopt : with_secret_in_short_build(c, *entry, name);
  const InFile file{*c.service->text.source, c.service->body.source};
  const YamlEntry* secrets = entry_of(*build, "secrets");
  if (secrets != nullptr && is_shared(c, *secrets->value)) return {};
  if (secrets != nullptr) return items_in(file, *secrets->value, {std::string(name)});
  if (merges(*build, "secrets")) return {};
  std::optional<text::Edit> edit =
      key_in(file, *build, {"secrets", concat({"[", name, "]"})}, entry->key->span.begin);
  if (edit) edit->unordered = false;
  return edit;
}

std::vector<text::Edit> joined(std::vector<text::Edit> edits) {
  std::ranges::sort(edits, {}, [](const text::Edit& edit) {
    return std::tuple(edit.where.source, edit.where.span.begin, edit.where.span.end,
                      std::string_view(edit.text));
  });
  std::vector<text::Edit> result;
  for (text::Edit& edit : edits) {
    if (result.empty() || result.back().where.source != edit.where.source ||
        result.back().where.span.end != edit.where.span.begin) {
      result.push_back(std::move(edit));
      continue;
    }
    result.back().where.span.end = edit.where.span.end;
    result.back().text += edit.text;
    result.back().unordered = false;
  }
  return result;
}

bool has_section(const facts::Container& c, std::string_view section) {
  const YamlNode* document = c.service->text.document;
  return document != nullptr && entry_of(*document, section) != nullptr;
}

std::optional<text::Edit> in_section(const facts::Container& c, std::string_view section,
                                     NewKey key) {
  const YamlNode* document = c.service->text.document;
  if (!can_edit(c) || document == nullptr) return {};
  const InFile file{*c.service->text.source, c.service->body.source};
  const YamlEntry* entry = entry_of(*document, section);
  if (entry == nullptr) return key_in(file, *document, {section, "", {std::move(key)}}, 0);
  if (is_shared(c, *entry->value) || entry_of(*entry->value, key.name) != nullptr) return {};
  return key_in(file, *entry->value, key, entry->key->span.begin);
}

std::optional<text::Edit> with_limit_in_deploy(const facts::Container& c, const NewKey& limit) {
  if (!can_edit(c)) return {};
  constexpr std::string_view kPath[] = {"deploy", "resources", "limits"};
  const InFile file{*c.service->text.source, c.service->body.source};
  const YamlNode* mapping = c.service->text.mapping;
  std::uint32_t outer = c.service->key.span.begin;
  std::size_t depth = 0;
  for (; depth < std::size(kPath); ++depth) {
    const YamlEntry* entry = entry_of(*mapping, kPath[depth]);
    if (entry == nullptr) break;
    outer = entry->key->span.begin;
    mapping = entry->value;
    if (mapping->kind != YamlKind::mapping || is_shared(c, *mapping)) return {};
  }
  // The sections that another file has are said here again, for what they hold is joined.
  if (depth < std::size(kPath) && merges(*mapping, kPath[depth])) return {};
  if (depth == std::size(kPath) && (entry_of(*mapping, limit.name) || merges(*mapping, limit.name)))
    return {};
  NewKey key = limit;
  for (std::size_t i = std::size(kPath); i-- > depth;) key = {kPath[i], "", {std::move(key)}};
  std::optional<text::Edit> edit = key_in(file, *mapping, key, outer);
  // Two of them would say a section twice.
  if (edit && depth < std::size(kPath)) edit->unordered = false;
  return edit;
}

}  // namespace plimsoll::rules
