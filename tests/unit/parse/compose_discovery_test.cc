// Which files Compose would take, over folders in memory.
#include <doctest/doctest.h>

#include <map>
#include <memory>

#include "parse/compose/discovery.h"

namespace compose_discovery_test {

using namespace plimsoll;
using namespace plimsoll::parse::compose;

namespace {

class Disk {
 public:
  explicit Disk(const std::map<std::string, std::string>& files) {
    for (const auto& [path, bytes] : files)
      sources_.emplace(path, std::make_unique<text::Source>(path, bytes));
  }

  Files files() {
    return {.read = [this](const std::string& path) -> Result<Opened> {
              const auto found = sources_.find(path);
              if (found == sources_.end()) return fail(ErrorKind::not_found, path);
              return Opened{0, found->second.get()};
            },
            .is_file = [this](const std::string& path) { return sources_.contains(path); },
            .is_directory = [](const std::string&) { return false; }};
  }

 private:
  std::map<std::string, std::unique_ptr<text::Source>> sources_;
};

struct Found {
  Found(const std::map<std::string, std::string>& on_disk, LoadSettings given)
      : settings(std::move(given)) {
    Disk disk(on_disk);
    if (settings.working_directory.empty()) settings.working_directory = "/w/app";
    remarks = discover(settings, disk.files());
  }
  [[nodiscard]] std::string files() const {
    if (!remarks) return "refused: " + remarks.error().message;
    std::string all;
    for (const std::string& file : settings.files) all += file + " ";
    return all;
  }

  LoadSettings settings;
  Result<std::vector<std::string>> remarks{};
};

}  // namespace

TEST_CASE("compose discovery: names in their order, and an override beside the file") {
  const Found one({{"/w/app/docker-compose.yaml", ""}}, {});
  CHECK(one.files() == "/w/app/docker-compose.yaml ");
  CHECK(one.remarks->empty());
  const Found two({{"/w/app/docker-compose.yml", ""},
                   {"/w/app/compose.yml", ""},
                   {"/w/app/docker-compose.override.yaml", ""},
                   {"/w/compose.override.yml", ""}},
                  {});
  CHECK(two.files() == "/w/app/compose.yml /w/app/docker-compose.override.yaml ");
  CHECK(two.remarks->size() == 1);
}

TEST_CASE("compose discovery: folders above are searched, up to the root") {
  CHECK(Found({{"/w/compose.yaml", ""}}, {}).files() == "/w/compose.yaml ");
  CHECK(Found({{"/compose.yaml", ""}}, {}).files() == "/compose.yaml ");
  CHECK(Found({{"/w/other/compose.yaml", ""}}, {}).files().starts_with("refused: "));
  CHECK(Found({{"/w/app/sub/compose.yaml", ""}}, {.project_directory = "sub"}).files() ==
        "/w/app/sub/compose.yaml ");
}

TEST_CASE("compose discovery: files that were named are left alone") {
  CHECK(Found({{"/w/app/compose.yaml", ""}}, {.files = {"x.yaml"}}).files() == "x.yaml ");
}

TEST_CASE("compose discovery: COMPOSE_FILE") {
  const std::map<std::string, std::string> disk{{"/w/app/compose.yaml", ""},
                                                {"/w/app/a.yaml", ""},
                                                {"/w/app/b.yaml", ""},
                                                {"/w/app/.env", "COMPOSE_FILE=b.yaml:a.yaml\n"},
                                                {"/w/other.env",
                                                 "COMPOSE_PATH_SEPARATOR=,\n"
                                                 "COMPOSE_FILE=a.yaml,b.yaml\n"}};
  CHECK(Found(disk, {}).files() == "/w/app/b.yaml /w/app/a.yaml ");
  CHECK(Found(disk, {.environment = {{"COMPOSE_FILE", "a.yaml"}}}).files() == "/w/app/a.yaml ");
  CHECK(Found(disk, {.env_files = {"../other.env"}}).files() == "/w/app/a.yaml /w/app/b.yaml ");
  CHECK(Found(disk, {.environment = {{"COMPOSE_DISABLE_ENV_FILE", "1"}}}).files() ==
        "/w/app/compose.yaml ");
  CHECK(Found(disk, {.environment = {{"COMPOSE_FILE", "a.yaml:gone.yaml"}}}).files() ==
        "refused: COMPOSE_FILE names 'gone.yaml', which is no file");
  CHECK(Found(disk, {.environment = {{"COMPOSE_FILE", ""}}}).files().starts_with("refused: "));
}

TEST_CASE(
    "compose discovery: .env of the working directory counts where the project is elsewhere") {
  const Found above({{"/w/compose.yaml", ""}, {"/w/app/.env", "TAG=1\nHOME=x\n"}},
                    {.environment = {{"HOME", "/h"}}});
  CHECK(above.files() == "/w/compose.yaml ");
  REQUIRE(above.settings.environment.size() == 2);
  CHECK(above.settings.environment[1] == std::pair<std::string, std::string>("TAG", "1"));
  const Found here({{"/w/app/compose.yaml", ""}, {"/w/app/.env", "TAG=1\n"}}, {});
  CHECK(here.settings.environment.empty());
}

}  // namespace compose_discovery_test
