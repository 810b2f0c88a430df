// image-past-end-of-life: nobody repairs the image's distribution or software any more.
#include "base/concat.h"
#include "rules/image/_end_of_life.h"
#include "rules/rule.h"

namespace plimsoll::rules::image::image_past_end_of_life {

static constexpr Alias kAliases[] = {{"tally", "tally/ruby/eol-ruby-version"}, {"cis", "4.4"}};

static std::string message_of(const data::EndOfLife& life) {
  std::string message = concat(
      {life.product, " ", life.cycle, " has had no fixes since ", written_date(last_day(life))});
  if (!life.successor.empty())
    message += concat({"; ", life.product, " ", life.successor, " is supported"});
  return message;
}

static void check_running(const facts::Container& c, Findings& out) {
  if (!rules::names_image(c) || c.today == 0) return;
  const parse::imageref::Reference parts = parse::imageref::parse(c.image.value);
  if (!parts.valid) return;
  const data::EndOfLives lives = data::end_of_life(repository(parts), parts.tag);
  for (std::uint8_t i = 0; i < lives.count; ++i)
    if (lives.items[i].date != 0 && last_day(lives.items[i]) < c.today)
      out.push_back({.where = tag_place(c.image, parts.tag),
                     .message = message_of(lives.items[i]),
                     .aliases = without(kAliases, "tally")});
}

static void check(const facts::Build& build, Findings& out) {
  for_each_end_of_life(build, [&](const facts::Base& base, const data::EndOfLife& life) {
    if (last_day(life) >= build.today) return;
    // tally asks about Ruby alone.
    const std::uint32_t aliases = life.product == "Ruby" ? ~0U : without(kAliases, "tally");
    out.push_back(
        {.where = tag_place(build, base), .message = message_of(life), .aliases = aliases});
  });
}

static constexpr Example kExamples[] = {
    {.text = "FROM debian:9\n", .flagged = true},
    {.text = "FROM node:14-alpine\n", .flagged = true},
    {.input = Input::compose,
     .text = "services:\n  web:\n    image: postgres:10\n",
     .flagged = true},
    {.input = Input::run_line, .text = "docker run debian:9\n", .flagged = true},
    {.text = "FROM debian:13\n"},
    {.input = Input::compose, .text = "services:\n  web:\n    image: debian:13\n"},
    {.text = "FROM registry.example.com/debian:9\n"},
};

extern constinit const Rule rule = described({
    .name = "image-past-end-of-life",
    .severity = Severity::high,
    .category = Category::security,
    .summary = "Image is past the end of its support",
    .why = "Holes that are found after the end of support stay open: the packages are never "
           "rebuilt, and some scanners\n"
           "report nothing because nobody publishes advisories for them any more.",
    .remedy = "Move to a supported release. What works until then: a vendor's paid extended "
              "support, outside of the public image.",
    .source = "The projects' own release calendars; see data/",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnBuild{check},
    .on_running = check_running,
});

}  // namespace plimsoll::rules::image::image_past_end_of_life
