// remote-add-without-checksum: ADD takes whatever a URL serves on the day of the build.
#include "base/concat.h"
#include "facts/build.h"
#include "rules/rule.h"

namespace plimsoll::rules::instructions::remote_add_without_checksum {

static constexpr Alias kAliases[] = {{"checkov", "CKV_DOCKER_4"},
                                     {"kics", "4b410d24-1cbe-4430-a632-62c9a931cf1c"}};

static void check(const facts::Build& build, Findings& out) {
  for (const facts::Stage& stage : build.stages) {
    for (const facts::Copy& copy : stage.copies) {
      if (!copy.add || copy.instruction->flag("checksum") != nullptr) continue;
      for (const facts::Copy::Source& source : copy.sources) {
        if (!source.url || source.git) continue;
        const std::string_view written = build.source->at(source.path.where.span);
        const bool plain = (source.path.known() ? source.path.value : written).starts_with("http:");
        out.push_back(
            {.where = source.path.where,
             .message = plain ? "ADD fetches this unencrypted and without a checksum, so anyone "
                                "on the way can change it"
                              : "ADD takes whatever this URL serves, as no checksum is stated"});
      }
    }
  }
}

static constexpr Example kExamples[] = {
    {.text = "FROM alpine:3.22\nADD https://example.com/tool.tar.gz /opt/\n", .flagged = true},
    {.text = "FROM alpine:3.22\nARG BASE_URL=http://example.com\nADD ${BASE_URL}/tool /opt/\n",
     .flagged = true},
    {.text = "FROM alpine:3.22\nADD "
             "--checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d "
             "https://example.com/tool.tar.gz /opt/\n"},
    {.text = "FROM alpine:3.22\nADD https://git.example.com/team/app.git /app\n"},
    {.text = "FROM alpine:3.22\nADD tool.tar.gz /opt/\n"},
};

extern constinit const Rule rule = described({
    .name = "remote-add-without-checksum",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "ADD of a URL without a checksum",
    .why = "Whoever can change the file on the server, or on the way if it is plain `http`, "
           "decides what is in the image.\n"
           "Docker fetches it again at each build and does not compare.",
    .remedy = "State `ADD --checksum=sha256:… URL …`.",
    .source = "Dockerfile reference, \"ADD --checksum\"",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::instructions::remote_add_without_checksum
