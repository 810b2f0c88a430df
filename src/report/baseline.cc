// No lines and no texts of the source: a baseline changes only when findings come and go.
#include "report/baseline.h"

#include <map>
#include <tuple>

#include "base/json_writer.h"
#include "report/secrets.h"

namespace plimsoll::report {

void write_baseline(const engine::Verdict& verdict, Output& output) {
  std::map<std::tuple<std::string, std::string_view, std::string>, unsigned> counts;
  std::string scratch;
  for (const engine::Judged& judged : verdict.findings) {
    if (judged.suppressed && judged.suppressed->by != engine::Suppressed::By::baseline) continue;
    const std::uint32_t source = judged.finding.where.source;
    const std::string message(hide_secrets(verdict, source, judged.finding.message, scratch));
    ++counts[{verdict.source(source).path(), judged.rule->name, message}];
  }
  JsonWriter json([&output](std::string_view block) { output.write(block); });
  json.begin_object();
  json.member("schema", "plimsoll-baseline/1");
  json.array("findings");
  for (const auto& [kind, count] : counts) {
    const auto& [file, rule, message] = kind;
    json.new_line();
    json.begin_object();
    json.member("file", file);
    json.member("rule", rule);
    json.member("message", message);
    if (count > 1) json.member("count", std::uint64_t{count});
    json.end_object();
  }
  json.new_line();
  json.end_array();
  json.end_object();
  json.flush();
  output.write("\n");
}

}  // namespace plimsoll::report
