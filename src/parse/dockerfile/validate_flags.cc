// Each instruction knows its flags; a flag is a switch, takes a value, or takes one each time it is
// given. Source: BuildKit frontend/dockerfile/instructions (bflag.go; parse.go; commands_run*.go).
#include <algorithm>
#include <array>

#include "parse/dockerfile/characters.h"
#include "parse/dockerfile/keyword.h"
#include "parse/dockerfile/mounts.h"
#include "parse/dockerfile/parse.h"
#include "parse/dockerfile/validate.h"

namespace plimsoll::parse::dockerfile {
namespace {

enum class FlagKind : unsigned char { boolean, text, list };

struct KnownFlag {
  Keyword keyword;
  std::string_view name;
  FlagKind kind;
};

constexpr std::array<KnownFlag, 23> kFlags{{
    {Keyword::add, "chown", FlagKind::text},
    {Keyword::add, "chmod", FlagKind::text},
    {Keyword::add, "link", FlagKind::boolean},
    {Keyword::add, "keep-git-dir", FlagKind::boolean},
    {Keyword::add, "checksum", FlagKind::text},
    {Keyword::add, "unpack", FlagKind::boolean},
    {Keyword::add, "exclude", FlagKind::list},
    {Keyword::copy, "chown", FlagKind::text},
    {Keyword::copy, "from", FlagKind::text},
    {Keyword::copy, "chmod", FlagKind::text},
    {Keyword::copy, "link", FlagKind::boolean},
    {Keyword::copy, "exclude", FlagKind::list},
    {Keyword::copy, "parents", FlagKind::boolean},
    {Keyword::from, "platform", FlagKind::text},
    {Keyword::healthcheck, "interval", FlagKind::text},
    {Keyword::healthcheck, "timeout", FlagKind::text},
    {Keyword::healthcheck, "start-period", FlagKind::text},
    {Keyword::healthcheck, "start-interval", FlagKind::text},
    {Keyword::healthcheck, "retries", FlagKind::text},
    {Keyword::run, "mount", FlagKind::list},
    {Keyword::run, "network", FlagKind::text},
    {Keyword::run, "security", FlagKind::text},
    {Keyword::run, "device", FlagKind::list},
}};

const KnownFlag* find_known(Keyword keyword, std::string_view flag) {
  const auto found = std::ranges::find_if(
      kFlags, [&](const KnownFlag& k) { return k.keyword == keyword && k.name == flag; });
  return found == kFlags.end() ? nullptr : &*found;
}

void unknown_flag(Reading& reading, const Instruction& instruction, const Flag& flag) {
  std::array<std::string_view, kFlags.size()> names{};
  std::size_t count = 0;
  for (const KnownFlag& known : kFlags)
    if (known.keyword == instruction.keyword) names[count++] = known.name;
  const std::string_view meant = nearest(flag.name, std::span(names).first(count));
  const std::string_view keyword = name(instruction.keyword);
  if (meant.empty())
    reading.problem(flag.span, {keyword, " has no flag --", flag.name});
  else
    reading.problem(flag.span,
                    {keyword, " has no flag --", flag.name, " (did you mean --", meant, "?)"});
}

void check_value(Reading& reading, const Flag& flag, FlagKind kind) {
  if (kind == FlagKind::boolean) {
    if (!flag.has_value || lowers_to(flag.value, "true") || lowers_to(flag.value, "false")) return;
    return reading.problem(flag.span,
                           {"--", flag.name, " is either true or false, not \"", flag.value, "\""});
  }
  if (!flag.has_value) return reading.problem(flag.span, {"--", flag.name, " needs a value"});
  if (flag.name == "mount") return check_mount(reading, flag);
  if (flag.name == "device") return check_device(reading, flag);
  if (flag.name == "network" && flag.value != "default" && flag.value != "none" &&
      flag.value != "host")
    reading.problem(flag.value_span,
                    {"--network is default, none or host, not \"", flag.value, "\""});
  if (flag.name == "security" && flag.value != "sandbox" && flag.value != "insecure")
    reading.problem(flag.value_span,
                    {"--security is sandbox or insecure, not \"", flag.value, "\""});
}

}  // namespace

void check_flags(Reading& reading, const Instruction& instruction) {
  std::array<bool, kFlags.size()> seen{};
  for (const Flag& flag : instruction.flags) {
    const KnownFlag* known = find_known(instruction.keyword, flag.name);
    if (known == nullptr) {
      unknown_flag(reading, instruction, flag);
      continue;
    }
    bool& again = seen[static_cast<std::size_t>(known - kFlags.data())];
    if (again && known->kind != FlagKind::list)
      reading.problem(flag.span, {"--", flag.name, " is given twice"});
    again = true;
    check_value(reading, flag, known->kind);
  }
}

}  // namespace plimsoll::parse::dockerfile
