// Puts together what one container lacks in hardening, and the lines that add it.
#include "report/hardening.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "base/concat.h"

namespace plimsoll::report {
namespace {

// A finding may want other lines at its place than the rule in general.
const rules::Hardening& wanted(const engine::Judged& judged) {
  const rules::Hardening& here = judged.finding.hardening;
  return here.is_one() ? here : judged.rule->hardening;
}

// Lines of YAML by their indentation.
struct KeyLine {
  std::string text;
  std::vector<KeyLine> below;
};

std::string_view key_of(std::string_view line) {
  return line.substr(0, std::min(line.find(':'), line.size()));
}

bool is_list(std::string_view line) {
  return line.ends_with(']') && line.find(": [") != std::string_view::npos;
}

// The line with that key, with the items of both lists; a second value of a key is left out.
KeyLine& put(std::vector<KeyLine>& lines, std::string_view text) {
  const auto same = std::ranges::find_if(
      lines, [&](const KeyLine& line) { return key_of(line.text) == key_of(text); });
  if (same == lines.end()) return lines.emplace_back(KeyLine{std::string(text), {}});
  if (same->text != text && is_list(same->text) && is_list(text)) {
    const std::string_view items = text.substr(text.find('[') + 1);
    same->text =
        concat({std::string_view(same->text).substr(0, same->text.size() - 1), ", ", items});
  }
  return *same;
}

// Two levels deeper than any rule's lines.
constexpr std::size_t kDeepestKey = 6;

void put_all(std::vector<KeyLine>& lines, std::string_view text) {
  std::vector<std::vector<KeyLine>*> levels{&lines};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t depth = std::min({indent / 2, levels.size() - 1, kDeepestKey});
    levels.resize(depth + 1);
    levels.push_back(&put(*levels[depth], line.substr(indent)).below);
  }
}

void write(const std::vector<KeyLine>& lines, std::size_t indent, std::vector<std::string>& out) {
  for (const KeyLine& line : lines) {
    out.push_back(std::string(indent, ' ') + line.text);
    write(line.below, indent + 2, out);
  }
}

}  // namespace

std::map<const engine::Judged*, Block> hardening_blocks(
    std::span<const engine::Judged* const> group) {
  using Key = std::tuple<std::uint32_t, std::uint32_t, engine::SubjectKind, std::string_view>;
  std::map<Key, Block> by_subject;
  for (const engine::Judged* judged : group) {
    if (!judged->rule->hardening.is_one() || judged->suppressed) continue;
    const text::Span span = judged->finding.where.span;
    by_subject[{span.begin, span.end, judged->subject.kind, judged->subject.name}].push_back(
        judged);
  }
  std::map<const engine::Judged*, Block> blocks;
  for (auto& [key, block] : by_subject) {
    if (block.size() < 2) continue;
    const engine::Judged* const first = block.front();
    for (const engine::Judged* member : block) blocks[member];
    blocks[first] = std::move(block);
  }
  return blocks;
}

std::string lacked(const Block& block) {
  std::string words;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const std::string_view what = wanted(*block[i]).what;
    const std::string_view before = i == 0 ? "" : i + 1 == block.size() ? " and " : ", ";
    words += concat({before, what.empty() ? block[i]->rule->name : what});
  }
  return words;
}

std::vector<std::string> remedy_of(const Block& block) {
  std::vector<std::string> lines;
  if (block.front()->subject.kind == engine::SubjectKind::run) {
    std::string options;
    for (const engine::Judged* judged : block) {
      const std::string_view flag = wanted(*judged).flag;
      if (!flag.empty()) options += concat({options.empty() ? "" : " ", flag});
    }
    if (!options.empty()) lines.push_back(std::move(options));
    return lines;
  }
  std::vector<KeyLine> tree;
  for (const engine::Judged* judged : block) put_all(tree, wanted(*judged).compose);
  write(tree, 0, lines);
  return lines;
}

}  // namespace plimsoll::report
