// Searches for each secret of the source; sources with secrets are few, and so are their secrets.
#include "report/secrets.h"

#include <algorithm>
#include <span>

namespace plimsoll::report {
namespace {

constexpr std::uint32_t kShortest = 4;

std::span<const text::Span> secrets_of(const engine::Verdict& verdict, std::uint32_t source) {
  if (source >= verdict.secrets.size()) return {};
  return verdict.secrets[source];
}

}  // namespace

bool tells_secret(const engine::Verdict& verdict, std::uint32_t source, std::string_view text) {
  return std::ranges::any_of(secrets_of(verdict, source), [&](text::Span secret) {
    return secret.size() >= kShortest && text.find(verdict.source(source).at(secret)) != text.npos;
  });
}

bool tells_secret(const engine::Verdict& verdict, const rules::Fix& fix) {
  return std::ranges::any_of(fix.files, &rules::NewFile::secret) ||
         std::ranges::any_of(fix.edits, [&](const text::Edit& edit) {
           const std::uint32_t source = edit.where.source;
           return tells_secret(verdict, source, edit.text) ||
                  std::ranges::any_of(fix.files, [&](const rules::NewFile& file) {
                    return tells_secret(verdict, source, file.text);
                  });
         });
}

bool holds_variables(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.starts_with(".env") || name.ends_with(".env");
}

// Values in quotes may go on over several lines.
void hide_values(std::string& text) {
  char open = '\0';
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    const std::size_t mark = open == '\0' ? line.find_first_of("=:") : std::string_view::npos;
    std::size_t from = mark == std::string_view::npos ? 0 : mark + 1;
    if (open == '\0' && mark == std::string_view::npos && line.starts_with('#')) from = line.size();
    const std::size_t value = line.find_first_not_of(" \t", from);
    const bool is_quoted = open == '\0' && mark != std::string_view::npos &&
                           value != std::string_view::npos &&
                           (line[value] == '\'' || line[value] == '"');
    if (is_quoted && line.find(line[value], value + 1) == std::string_view::npos)
      open = line[value];
    else if (open != '\0' && line.find(open) != std::string_view::npos)
      open = '\0';
    for (std::size_t at = begin + from; at < end; ++at)
      if (text[at] != '\r') text[at] = '*';
    begin = end + 1;
  }
}

std::string_view hide_secrets(const engine::Verdict& verdict, std::uint32_t source,
                              std::string_view text, std::string& scratch) {
  if (!tells_secret(verdict, source, text)) return text;
  scratch = text;
  for (const text::Span secret : secrets_of(verdict, source)) {
    if (secret.size() < kShortest) continue;
    const std::string_view value = verdict.source(source).at(secret);
    for (std::size_t at = text.find(value); at != text.npos; at = text.find(value, at + 1))
      std::fill_n(scratch.begin() + static_cast<std::ptrdiff_t>(at), value.size(), '*');
  }
  return scratch;
}

}  // namespace plimsoll::report
