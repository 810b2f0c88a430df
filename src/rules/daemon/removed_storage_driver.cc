// removed-storage-driver: a storage driver that current engines do not have.
#include "rules/daemon/_daemon.h"

namespace plimsoll::rules::daemon::removed_storage_driver {

static constexpr Alias kAliases[] = {{"docker-bench", "2.6"}, {"cis", "2.6"}};

static void check(const facts::Daemon& daemon, Findings& out) {
  if (!is_engine(daemon)) return;
  const facts::DaemonSetting* driver = daemon.find("storage-driver");
  if (driver == nullptr) return;
  for (const std::string_view removed : {"aufs", "devicemapper", "overlay"})
    if (driver->value == removed)
      out.push_back(
          {.where = driver->where,
           .message = concat({"engines from 24 or 25 on have no storage driver ", removed})});
}

static constexpr Example kExamples[] = {
    {.input = Input::daemon, .text = "{ \"storage-driver\": \"aufs\" }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"storage-driver\": \"devicemapper\" }\n", .flagged = true},
    {.input = Input::daemon, .text = "{ \"storage-driver\": \"overlay2\" }\n"},
};

extern constinit const Rule rule = described({
    .name = "removed-storage-driver",
    .severity = Severity::medium,
    .category = Category::reliability,
    .summary = "Storage driver that is gone",
    .why = "An engine that still has it gets no updates, and one that is updated does not start.",
    .remedy = "Remove the key; `overlay2` or the containerd store is chosen then. Images have to "
              "be pulled again.",
    .source =
        "Docker, Deprecated features: aufs, overlay, devicemapper; CIS Docker Benchmark 1.6, 2.6",
    .aliases = kAliases,
    .examples = kExamples,
    .check = OnDaemon{check},
});

}  // namespace plimsoll::rules::daemon::removed_storage_driver
