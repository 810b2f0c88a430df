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
