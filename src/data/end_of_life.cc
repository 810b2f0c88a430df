// Reads versions and code names out of an image's tag, and says when that software and that
// distribution end.
#include <algorithm>

#include "base/ascii.h"
#include "data/base_image.h"
#include "data/lookup.h"
#include "data/tables.h"

namespace plimsoll::data {
namespace {

struct Release {
  const Product* product = nullptr;
  const Cycle* cycle = nullptr;
};

// Cuts off and returns the text before the first `separator`.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view token = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return token;
}

// "3.8" is the beginning of "3.8.12", "3" is not that of "38".
bool begins(std::string_view shorter, std::string_view longer) {
  return longer.starts_with(shorter) &&
         (longer.size() == shorter.size() || longer[shorter.size()] == '.');
}

// The cycle that a version belongs to: "3.8.12" to 3.8. A version that names several cycles ("3")
// belongs to the newest of them if the series is closed, that is, if the product's newest cycle is
// of another series; else to none. A year is no series of Ubuntu: "24" of "24-04" is not 24.10.
const Cycle* find_cycle(const Product& product, std::string_view version) {
  if (version.empty()) return nullptr;
  const Cycle* best = nullptr;
  const Cycle* newest_of_series = nullptr;
  for (const Cycle& cycle : product.cycles) {
    if (begins(cycle.version, version) &&
        (best == nullptr || cycle.version.size() > best->version.size()))
      best = &cycle;
    if (begins(version, cycle.version)) newest_of_series = &cycle;
  }
  if (best != nullptr || product.key == "ubuntu") return best;
  return newest_of_series == &product.cycles.back() ? nullptr : newest_of_series;
}

// The version that a token begins with: "v2.10", "3.9rc1", "8u392", "17.0.9_9"; empty if it does
// not begin with one.
std::string_view leading_version(std::string_view token) {
  if (token.size() > 1 && token[0] == 'v' && is_digit(token[1])) token.remove_prefix(1);
  std::size_t end = 0;
  while (end < token.size() && (is_digit(token[end]) || (token[end] == '.' && end > 0))) ++end;
  const bool goes_on =
      end < token.size() && !is_lower(token[end]) && token[end] != '_' && token[end] != '+';
  std::string_view version = goes_on ? std::string_view{} : token.substr(0, end);
  while (version.ends_with('.')) version.remove_suffix(1);
  return version;
}

// "buster", "jammy"; only names of `product` if that is given.
Release release_of_codename(std::string_view token, const Product* product) {
  const auto [begin, end] = std::ranges::equal_range(kCodenames, token, {}, &Codename::name);
  for (auto row = begin; row != end; ++row) {
    const bool fits =
        product != nullptr ? row->product == product : row->shown && row->product->key != "nodejs";
    if (fits) return {row->product, find_cycle(*row->product, row->version)};
  }
  return {};
}

// "alpine3.16", "debian11", "ubi8".
Release release_of_word(std::string_view token) {
  const std::size_t digits = std::min(token.find_first_of("0123456789"), token.size());
  const TagWord* word = find_row(kTagWords, token.substr(0, digits), &TagWord::word);
  if (word == nullptr || digits == token.size()) return {};
  return {word->product, find_cycle(*word->product, leading_version(token.substr(digits)))};
}

// A distribution named anywhere in a tag. `apart`: also as two tokens, "debian-12", which in other
// tags would take the "3.8" of "alpine-3.8" for a release of Alpine.
Release distribution_in_tag(std::string_view tag, bool apart) {
  while (!tag.empty()) {
    const std::string_view token = take(tag, '-');
    if (Release release = release_of_codename(token, nullptr); release.cycle != nullptr)
      return release;
    if (Release release = release_of_word(token); release.cycle != nullptr) return release;
    const TagWord* word = apart ? find_row(kTagWords, token, &TagWord::word) : nullptr;
    if (word == nullptr) continue;
    std::string_view following = tag;
    if (const Cycle* cycle = find_cycle(*word->product, leading_version(take(following, '-'))))
      return {word->product, cycle};
  }
  return {};
}

// A distribution named in the repository: "gcr.io/distroless/base-debian12",
// "registry.access.redhat.com/ubi8/ubi".
Release distribution_in_repository(std::string_view repository) {
  while (!repository.empty()) {
    std::string_view component = take(repository, '/');
    while (!component.empty())
      if (Release release = release_of_word(take(component, '-')); release.cycle != nullptr)
        return release;
  }
  return {};
}

Release software(const ImageProduct& image, std::string_view tag) {
  const Product* product = image.software;
  if (product == nullptr) return {};
  if (!image.version.empty()) return {product, find_cycle(*product, image.version)};
  const std::string_view first = take(tag, '-');
  if (const Cycle* cycle = find_cycle(*product, leading_version(first))) return {product, cycle};
  // "gallium-alpine", "lts-gallium"
  if (Release release = release_of_codename(first, product); release.cycle != nullptr)
    return release;
  return release_of_codename(take(tag, '-'), product);
}

Release distribution(const ImageProduct* image, std::string_view repository, std::string_view tag) {
  if (image != nullptr && image->distribution != nullptr) {
    std::string_view rest = tag;
    const std::string_view first = take(rest, '-');
    if (Release release = release_of_codename(first, image->distribution); release.cycle != nullptr)
      return release;
    if (const Cycle* cycle = find_cycle(*image->distribution, leading_version(first)))
      return {image->distribution, cycle};
  }
  const bool apart =
      image == nullptr || image->software == nullptr || repository.starts_with("bitnami");
  if (Release release = distribution_in_tag(tag, apart); release.cycle != nullptr) return release;
  return distribution_in_repository(repository);
}

void add(EndOfLives& lives, const Release& release) {
  if (release.cycle == nullptr || release.cycle->date == 0) return;
  const Product& product = *release.product;
  const auto successor = std::ranges::find(product.cycles, product.successor, &Cycle::version);
  const bool newer = successor != product.cycles.end() && &*successor > release.cycle;
  lives.items[lives.count++] = {
      .product = product.name,
      .cycle = release.cycle->label,
      .date = release.cycle->date,
      .extended = release.cycle->extended,
      .successor = newer ? product.successor : std::string_view{},
      .source = product.source,
      .checked = product.checked,
  };
}

}  // namespace

EndOfLives end_of_life(std::string_view repository, std::string_view tag) {
  repository = plain_repository(repository);
  const ImageProduct* image = find_row(kImageProducts, repository, &ImageProduct::repository);
  EndOfLives lives;
  if (image != nullptr) add(lives, software(*image, tag));
  add(lives, distribution(image, repository, tag));
  return lives;
}

}  // namespace plimsoll::data
