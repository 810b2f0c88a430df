// A Compose file in a string, loaded and lowered, for the tests of the facts room. The text is in
// the canonical form, so that these tests depend on nothing that loading has to work out.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "facts/services.h"
#include "parse/compose/load.h"

namespace plimsoll::facts {

class Composed {
 public:
  explicit Composed(std::string text) : source_("/p/compose.yaml", std::move(text)) {
    const parse::compose::Files files{
        .read = [&](const std::string& path) -> Result<parse::compose::Opened> {
          if (path != source_.path()) return fail(ErrorKind::not_found, "there is no " + path);
          return parse::compose::Opened{7, &source_};
        },
        .is_file = [&](const std::string& path) { return path == source_.path(); },
        .is_directory = [](const std::string& path) { return path == "/p"; }};
    const parse::compose::LoadSettings settings{.files = {"/p/compose.yaml"},
                                                .working_directory = "/p",
                                                .name = "shop",
                                                .profiles = {"*"},
                                                .all_services = true,
                                                .resolve_environment = false,
                                                .root = "/p"};
    loaded_ = load(settings, files);
    project_ = lower_project(*loaded_, arena_);
  }

  [[nodiscard]] const Project& project() const { return *project_; }
  [[nodiscard]] Arena& arena() { return arena_; }
  // Of that name; the tests stop if there is none.
  [[nodiscard]] const Container& container(std::string_view name) const {
    for (const Container& c : project_->containers)
      if (c.name == name) return c;
    throw std::runtime_error("no container " + std::string(name));
  }
  [[nodiscard]] const Container& web() const { return container("web"); }
  // The bytes that a place covers.
  [[nodiscard]] std::string_view at(text::Place place) const { return source_.at(place.span); }

 private:
  Arena arena_;
  text::Source source_;
  std::unique_ptr<parse::compose::Project> loaded_;
  const Project* project_ = nullptr;
};

}  // namespace plimsoll::facts
