// .trivyignore has an id a line, .trivyignore.yaml also paths, days and reasons. Ids of
// vulnerabilities and licences are nobody's here and do no harm.
#include "base/concat.h"
#include "engine/foreign/foreign.h"
#include "engine/pragmas/words.h"

namespace plimsoll::engine::foreign {
namespace {

// trivy holds an entry until the day before the one that it names.
void add(Acceptance acceptance, std::uint32_t expires, Foreign& out) {
  acceptance.dialect = &pragmas::kTrivy;
  acceptance.until = expires;
  acceptance.day_before = expires != 0;
  out.acceptances.push_back(std::move(acceptance));
}

const std::string* text(const Value& table, std::string_view key) {
  const Value* value = table.find(key);
  return value != nullptr && !value->text.empty() ? &value->text : nullptr;
}

void read_entry(const Value& entry, const File& file, Foreign& out) {
  const std::string* id = text(entry, "id");
  if (id == nullptr) return complain(file, entry, "an entry must have an `id`", out);
  Acceptance acceptance{.names = {*id}, .reason = concat({"listed in ", file.path})};
  if (const std::string* statement = text(entry, "statement"))
    acceptance.reason += concat({": ", pragmas::trimmed(*statement)});
  if (const Value* paths = entry.find("paths")) {
    const std::vector<std::string> patterns = listed(*paths, "paths", file, out);
    // Patterns of trivy are full paths: one without a slash is of a file beside this one.
    std::vector<std::string> anchored;
    anchored.reserve(patterns.size());
    for (const std::string& pattern : patterns) anchored.push_back(concat({"/", pattern}));
    acceptance.files = Files(file.folder, anchored);
    if (acceptance.files.all() && !paths->is(Value::Kind::null)) return;
  }
  std::uint32_t expires = 0;
  if (const std::string* date = text(entry, "expired_at")) {
    expires = pragmas::read_date(*date);
    if (expires == 0)
      return complain(file, entry, concat({"expired_at '", *date, "' is not YYYY-MM-DD"}), out);
  }
  add(std::move(acceptance), expires, out);
}

}  // namespace

void read_trivy(const Value& value, const File& file, Foreign& out) {
  const Value* entries = value.find("misconfigurations");
  if (entries == nullptr || entries->is(Value::Kind::null)) return;
  if (!entries->is(Value::Kind::list))
    return complain(file, *entries, "misconfigurations must be a list; it is left out", out);
  for (const Value& entry : entries->items) read_entry(entry, file, out);
}

void read_trivy_lines(std::string_view bytes, const File& file, Foreign& out) {
  std::uint32_t number = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = pragmas::trimmed(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const std::size_t blank = line.find_first_of(" \t");
    const std::string_view id = line.substr(0, blank);
    std::uint32_t expires = 0;
    const std::size_t exp = line.find("exp:");
    if (blank != std::string_view::npos && exp != std::string_view::npos && exp > blank) {
      expires = pragmas::read_date(line.substr(exp + 4));
      if (expires == 0) {
        complain(file, {.line = number}, "its date is not exp:YYYY-MM-DD", out);
        continue;
      }
    }
    add({.names = {std::string(id)}, .reason = concat({"listed in ", file.path})}, expires, out);
  }
}

}  // namespace plimsoll::engine::foreign
