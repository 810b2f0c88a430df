// image-on-extended-support: regular support of the image's distribution or software is over, a
// smaller team's goes on.
#include "base/concat.h"
#include "rules/image/_end_of_life.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::image_on_extended_support {

static void check(const facts::Build& build, Findings& out) {
  for_each_end_of_life(build, [&](const facts::Base& base, const data::EndOfLife& life) {
    if (life.date >= build.today || life.extended < build.today) return;
    out.push_back({.where = tag_place(build, base),
                   .message = concat({life.product, " ", life.cycle,
                                      " is on extended support, which ends on ",
                                      written_date(life.extended)})});
  });
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:12\n", .flagged = true},
    {.text = "FROM debian:13\n"},
    {.text = "FROM debian:9\n"},
};

extern constinit const Rule rule = described({
    .name = "image-on-extended-support",
    .severity = Severity::medium,
    .category = Category::security,
    .preset = Preset::strict,
    .summary = "Image is on extended support only",
    .why = "Extended support covers fewer packages and architectures, and fixes come later. It is "
           "time to move while both\n"
           "releases can still be compared.",
    .remedy = "Plan the move to the next release.",
    .source = "The projects' own release calendars; see data/",
    .examples = kExamples,
    .check = OnBuild{check},
});

}  // namespace plimsoll::rules::image::image_on_extended_support
