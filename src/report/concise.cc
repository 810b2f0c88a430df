// One line a finding, for grep, editors and logs.
#include "base/concat.h"
#include "report/formats.h"
#include "report/secrets.h"
#include "report/visible.h"

namespace plimsoll::report {
namespace {

// Ids that are known without their tool's name: no uuids, no section numbers of a benchmark.
bool is_known_alone(std::string_view id) {
  return id.size() <= 20 && id.front() >= 'A' && id.front() <= 'Z';
}

// " [DL3008, CKV_DOCKER_2]"
std::string aliases_in_brackets(const engine::Judged& judged) {
  std::string words;
  std::string_view last;  // two tools may share an id: ShellCheck's are hadolint's too
  for (const rules::Alias& alias : aliases_here(judged)) {
    if (alias.id.empty() || alias.id == last || !is_known_alone(alias.id)) continue;
    last = alias.id;
    words += concat({words.empty() ? " [" : ", ", alias.id});
  }
  if (!words.empty()) words += ']';
  return words;
}

void write_line(const engine::Verdict& verdict, const engine::Judged& judged, std::string& out) {
  const text::Place& where = judged.finding.where;
  const text::Source& source = verdict.source(where.source);
  const text::Position at = source.position(where.span.begin);
  std::string scratch;
  append_visible(out, source.path());
  out += concat({":", std::to_string(at.line), ":", std::to_string(at.column), ": ",
                 name(judged.severity), " ", judged.rule->name, ": "});
  append_visible(out, hide_secrets(verdict, where.source, judged.finding.message, scratch));
  out += aliases_in_brackets(judged);
  if (judged.suppressed) {
    out += concat({" (suppressed by ", name(judged.suppressed->by)});
    if (!judged.suppressed->reason.empty()) out += ": ";
    append_visible(out, judged.suppressed->reason);
    out += ')';
  }
  out += '\n';
}

}  // namespace

void write_concise(const engine::Verdict& verdict, const Options& options, Output& output) {
  Buffer buffer(output);
  for (const engine::Judged& judged : verdict.findings) {
    if (is_told(judged, options)) write_line(verdict, judged, buffer.text);
    buffer.flush(kBlock);
  }
  for (const engine::InputError& error : verdict.errors) {
    std::string place = error.file;
    if (error.line != 0) place += concat({":", std::to_string(error.line)});
    append_visible(buffer.text, place);
    buffer.text += error.file.empty() ? "error: " : ": error: ";
    // Messages about configuration begin with the place themselves.
    std::string_view message = error.message;
    if (message.starts_with(place + ": ")) message.remove_prefix(place.size() + 2);
    append_visible(buffer.text, message);
    buffer.text += '\n';
  }
  buffer.flush();
}

}  // namespace plimsoll::report
