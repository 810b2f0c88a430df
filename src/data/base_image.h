// What is known of public base images, from data/base_images.json.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace plimsoll::data {

enum class Family : std::uint8_t {
  none,
  alpine,
  debian,
  ubuntu,
  fedora,
  rhel,
  suse,
  arch,
  amazon,
  wolfi,
  photon,
  windows,
  busybox,
  unknown
};
enum class Libc : std::uint8_t { none, musl, glibc, unknown };

struct BaseImage {
  std::string_view repository;  // "node", "bitnami/redis" on Docker Hub; else with its registry:
                                // "gcr.io/distroless/static"
  std::string_view
      tag_glob;  // tags that this row speaks of: "*-alpine*"; "*" for all others of the repository
  Family family = Family::unknown;
  Libc libc = Libc::unknown;
  std::string_view
      user;  // what the image's config says: "", "root", "65532", "node" …; "" means root
  bool user_known = false;
  std::span<const std::string_view>
      users;  // accounts other than root that exist and are meant for running: "node"
  std::string_view package_manager;  // "apt", "apk", "dnf", "microdnf", "yum", "zypper"; "" none
  std::string_view shell;            // "/bin/sh", "/bin/bash"; "" none
  std::span<const std::string_view>
      tools;  // programs that matter, sorted: "curl", "wget", "nc", "node", "python3", "bash",
              // "useradd", "adduser", "nginx" …
  bool tools_complete =
      false;  // a program of `data::watched_tools()` not listed here is not in the image
  bool health_check = false;  // the image has a HEALTHCHECK of its own
  bool full_size =
      false;  // a full distribution with build tools; `smaller` names the slimmer variant
  std::string_view smaller;          // e.g. "node:<tag>-slim" as a tag suffix: "-slim"; "" none
  std::string_view source, checked;  // where the facts come from, and the date: "2026-11-24"
  std::span<const std::string_view>
      maybe;  // those of `tools` that only some releases of these tags have, sorted
  std::span<const std::string_view>
      lacks;  // programs surely absent though `tools` is not complete, sorted
};

// The most telling row for an image: `repository` as written in BaseImage ("docker.io/library/"
// before it is no harm). An empty tag is an image known by its digest alone: a row only if all tags
// of the repository share it; for an image without tag and digest ask for "latest". Null: never
// seen.
const BaseImage* find_base_image(std::string_view repository, std::string_view tag);

enum class HasTool : std::uint8_t { no, yes, unknown };

// Whether the image has a program, all four lists considered: `unknown` for one of `maybe`, and for
// one that no list names unless `tools_complete` and it is watched.
HasTool has_tool(const BaseImage& image, std::string_view program);

// A distribution and nothing else: the image sets no variable but PATH, no stop signal, volume or
// port. From data/plain_images.json.
bool is_plain(const BaseImage& image);

// Programs whose absence `tools_complete` speaks of, sorted.
std::span<const std::string_view> watched_tools();

// Every image of Debian and Ubuntu has the program, or the shell has it built in.
bool is_essential(std::string_view program);

std::string_view name(Family family);
std::string_view name(Libc libc);

// When the software or the distribution of an image stops getting fixes.
struct EndOfLife {
  std::string_view product, cycle;  // "Debian", "10 (buster)"
  std::uint32_t date = 0;           // yyyymmdd; the last day with fixes; 0: not known
  std::uint32_t extended =
      0;  // with extended or LTS support by the public project (not paid); 0: none
  std::string_view successor;  // a supported cycle: "13"
  std::string_view source, checked;
};

// Up to two statements for an image: its software's and its distribution's cycle. Empty: nothing is
// known. Only cycles with a date are given. `today` decides nothing here; callers compare. Views
// are static. A tag that names a series ("3" of Python, "latest") says nothing, unless the series
// is closed: "7" of PHP is 7.4.
struct EndOfLives {
  EndOfLife items[2];
  std::uint8_t count = 0;
};
EndOfLives end_of_life(std::string_view repository, std::string_view tag);

// Why the repository as a whole should not be used any more ("openjdk": "use eclipse-temurin");
// null: no such reason. `repository` may be a family: "circleci/*"; `since` is "" if not known.
struct Withdrawn {
  std::string_view repository, since, replacement, source;
};
const Withdrawn* find_withdrawn(std::string_view repository);

}  // namespace plimsoll::data
