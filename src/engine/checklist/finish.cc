// Gives the checklist what only the run as a whole knows, once its findings are accepted or not.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/checklist/checklist.h"

namespace plimsoll::engine {
namespace {

using Key = std::pair<std::uint32_t, std::uint32_t>;  // source, first byte

Key key_of(const text::Place& where) {
  return {where.source, where.span.begin};
}

std::set<Key> accepted_secrets(const Verdict& verdict) {
  std::set<Key> accepted;
  for (const Judged& judged : verdict.findings)
    if (judged.suppressed && judged.rule->finds_secrets)
      accepted.insert(key_of(judged.finding.where));
  return accepted;
}

// By source.
std::map<std::uint32_t, std::vector<text::Place>> by_source(
    const std::vector<FoundSecret>& secrets) {
  std::map<std::uint32_t, std::vector<text::Place>> sorted;
  for (const FoundSecret& secret : secrets) sorted[secret.source].push_back(secret.where);
  return sorted;
}

void judge_secrets(ItemAnswer& item, const std::set<Key>& accepted) {
  std::erase_if(item.evidence,
                [&](const text::Place& where) { return accepted.contains(key_of(where)); });
  std::ranges::sort(item.evidence, {}, key_of);
  const auto again = std::ranges::unique(item.evidence, {}, key_of);
  item.evidence.erase(again.begin(), again.end());
  const bool found = !item.evidence.empty();
  item.verdict = found ? ItemVerdict::fail : ItemVerdict::pass;
  item.reason = found ? "a credential stands in the text" : "no credential was found in the text";
}

void judge_scan(ItemAnswer& item, const std::vector<text::Place>& scans) {
  if (scans.empty()) {
    item.reason = "no CI file that was read runs a scanner";
    return;
  }
  item = {ItemVerdict::pass, "CI runs a scanner", {scans.front()}};
}

// A file that turned out to be none of ours is not kept, and nothing can be shown of it.
void drop_forgotten(Verdict& verdict) {
  const auto is_gone = [&](const text::Place& where) {
    return verdict.sources[where.source] == nullptr;
  };
  std::erase_if(verdict.checklist, [&](const ChecklistEntry& e) { return is_gone(e.where); });
  for (ChecklistEntry& entry : verdict.checklist)
    for (ItemAnswer& item : entry.items) std::erase_if(item.evidence, is_gone);
}

// Several projects may share a file, and say the same of its services.
void sort_entries(Verdict& verdict) {
  const auto order = [&](const ChecklistEntry& entry) {
    return std::tuple<std::string_view, std::string_view, Key>(
        verdict.source(entry.where.source).path(), entry.subject.name, key_of(entry.where));
  };
  std::ranges::stable_sort(verdict.checklist, {}, order);
  const auto again = std::ranges::unique(verdict.checklist, [&](const auto& a, const auto& b) {
    return a.subject.kind == b.subject.kind && order(a) == order(b);
  });
  verdict.checklist.erase(again.begin(), again.end());
}

}  // namespace

void finish_checklist(ChecklistParts parts, Verdict& verdict) {
  const std::set<Key> accepted = accepted_secrets(verdict);
  const auto secrets = by_source(parts.secrets);
  std::ranges::sort(parts.scans, {}, key_of);
  std::map<Key, ItemAnswer> contexts;
  for (ContextAnswer& context : parts.contexts)
    contexts.emplace(key_of(context.where), std::move(context.answer));

  for (ChecklistEntry& entry : verdict.checklist) {
    ItemAnswer& secret = answer(entry, ChecklistItem::no_secrets);
    if (const auto found = secrets.find(entry.dockerfile); entry.built && found != secrets.end())
      secret.evidence.insert(secret.evidence.end(), found->second.begin(), found->second.end());
    judge_secrets(secret, accepted);
    judge_scan(answer(entry, ChecklistItem::vulnerability_scan), parts.scans);
    if (const auto found = contexts.find(key_of(entry.where)); found != contexts.end())
      answer(entry, ChecklistItem::dockerignore) = found->second;
  }
  drop_forgotten(verdict);
  sort_entries(verdict);
}

}  // namespace plimsoll::engine
