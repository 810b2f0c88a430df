// copied-vex-document: statements on vulnerabilities are put into the image instead of beside it.
#include <algorithm>
#include <array>
#include <string>

#include "base/concat.h"
#include "facts/build.h"
#include "rules/instructions/_words.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::copied_vex_document {

static constexpr Alias kAliases[] = {{"tally", "tally/prefer-vex-attestation"}};

// By the names that OpenVEX, CycloneDX and CSAF give such files.
static bool is_vex(std::string_view path) {
  std::string name(path.substr(path.find_last_of('/') + 1));
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  constexpr std::array<std::string_view, 3> kEndings = {"vex.json", "vex.xml", "vex"};
  for (std::string_view ending : kEndings) {
    if (!name.ends_with(ending)) continue;
    const std::string_view before = std::string_view(name).substr(0, name.size() - ending.size());
    // A word of its own: not "convex.json".
    if (before.empty() ? ending != "vex"
                       : before.ends_with('.') || before.ends_with("open") ||
                             before.ends_with('-') || before.ends_with('_'))
      return true;
  }
  return name.ends_with(".vex.cdx.json");
}

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages)
    for (const facts::Copy& copy : stage.copies)
      for (const facts::Copy::Source& source : copy.sources)
        if (source.path.known() && is_vex(source.path.value))
          out.push_back({.where = source.path.where,
                         .message = concat({source.path.value,
                                            " looks like a VEX document, which belongs to the "
                                            "image as an attestation"})});
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nCOPY app.openvex.json /usr/share/vex/\n", .flagged = true},
    {.text = "FROM alpine:3.22\nCOPY convex.json /app/\n"},
};

extern constinit const Rule rule = described({
    .name = "copied-vex-document",
    .severity = Severity::info,
    .category = Category::style,
    .preset = Preset::all,
    .summary = "VEX document is copied into the image",
    .why =
        "What is known of vulnerabilities changes after the image is built. Scanners look for such "
        "statements beside the\n"
        "image in the registry, where they can be replaced without a new build.",
    .remedy = "Attach it: `cosign attest --type openvex --predicate app.openvex.json IMAGE`, or "
              "`docker scout attestation add`.",
    .source = "OpenVEX specification; Docker Scout, \"Create an exception using the VEX\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::copied_vex_document
