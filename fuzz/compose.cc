// Loads any bytes as a Compose project of several files: it must end, and every place must lie
// within its file. A line `=== NAME` begins the next file; what stands before the first is
// compose.yaml.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parse/compose/discovery.h"
#include "parse/compose/load.h"

namespace {

namespace compose = plimsoll::parse::compose;

void expect(bool holds) {
  if (!holds) __builtin_trap();
}

class Disk {
 public:
  explicit Disk(std::string_view bytes) {
    std::string path = "/p/compose.yaml";
    while (true) {
      const std::size_t mark = bytes.starts_with("=== ") ? 0 : bytes.find("\n=== ");
      const bool first = mark == 0 && bytes.starts_with("=== ");
      add(path, bytes.substr(0, first ? 0 : mark == std::string_view::npos ? mark : mark + 1));
      if (mark == std::string_view::npos || sources_.size() >= kMostFiles) return;
      bytes.remove_prefix(mark + (first ? 4 : 5));
      const std::size_t end = std::min(bytes.find('\n'), bytes.size());
      path = "/p/" + std::string(bytes.substr(0, end));
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
  }

  compose::Files files() {
    return {.read = [this](const std::string& path) -> plimsoll::Result<compose::Opened> {
              const auto found = numbers_.find(path);
              if (found == numbers_.end())
                return plimsoll::fail(plimsoll::ErrorKind::not_found, path + " is not there");
              return compose::Opened{found->second, sources_[found->second].get()};
            },
            .is_file = [this](const std::string& path) { return numbers_.contains(path); },
            .is_directory = [](const std::string& path) { return path == "/p" || path == "/"; }};
  }

  void expect_within(const plimsoll::text::Place& where) const {
    expect(where.source < sources_.size());
    expect(where.span.begin <= where.span.end);
    expect(where.span.end <= sources_[where.source]->bytes().size());
  }

 private:
  static constexpr std::size_t kMostFiles = 8;

  void add(const std::string& path, std::string_view bytes) {
    numbers_.insert_or_assign(path, static_cast<std::uint32_t>(sources_.size()));
    sources_.push_back(std::make_unique<plimsoll::text::Source>(path, std::string(bytes)));
  }

  std::vector<std::unique_ptr<plimsoll::text::Source>> sources_;
  std::map<std::string, std::uint32_t> numbers_;
};

void look_at(const compose::Node& node, const Disk& disk, int depth) {
  expect(depth < 1000);
  if (node.written) disk.expect_within(node.where);
  for (const compose::Step& step : node.via) disk.expect_within(step.where);
  for (const compose::Node* item : node.items) look_at(*item, disk, depth + 1);
  for (const compose::Member& member : node.members) {
    expect(member.value != nullptr);
    look_at(*member.value, disk, depth + 1);
  }
}

void look_at(const std::vector<compose::Problem>& problems, const Disk& disk) {
  for (const compose::Problem& problem : problems) {
    expect(!problem.message.empty());
    if (problem.has_place) disk.expect_within(problem.where);
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Disk disk(std::string_view(reinterpret_cast<const char*>(data), size));
  const compose::Files files = disk.files();
  compose::LoadSettings settings{.working_directory = "/p", .environment = {{"A", "1"}}};
  settings.profiles = {"*"};
  if (!compose::discover(settings, files)) settings.files = {"/p/compose.yaml"};
  const auto project = compose::load(settings, files);
  expect(project->model != nullptr);
  look_at(*project->model, disk, 0);
  look_at(project->problems, disk);
  look_at(project->gaps, disk);
  look_at(project->warnings, disk);
  // What Compose refuses may be of any shape; what it accepts has a form.
  if (project->problems.empty()) compose::to_json(*project);
  return 0;
}
