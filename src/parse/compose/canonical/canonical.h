// The long form of each attribute that has a short one; one file a subject. Private to the room.
#pragma once
#include <string>

#include "parse/compose/loading.h"

namespace plimsoll::parse::compose {

// Each takes the value at `path` and gives what stands in its place: the same node, changed, or a
// new one. What Compose can't make long is refused and stays, or left out of a list.

// ports.cc: "127.0.0.1:8080-8081:80-81/udp"; one item may become many.
void lengthen_ports(const Loading& in, Node& ports, const std::string& path);
// volumes.cc: "./data:/data:ro,z"
Node* lengthen_volume(const Loading& in, Node& volume, const std::string& path);
// build.cc: "."; what is in a build; ulimits stand on services as well.
Node* lengthen_build(const Loading& in, Node& build, const std::string& path);
void check_ulimits(const Loading& in, Node& ulimits, const std::string& path);
// depends_on.cc
Node* lengthen_depends_on(const Loading& in, Node& depends_on, const std::string& path);
// devices.cc: "/dev/a:/dev/b:rwm"; gpus: "all"
Node* lengthen_device(const Loading& in, Node& device, const std::string& path);
Node* lengthen_gpus(const Loading& in, Node& gpus, const std::string& path);
// files.cc
Node* lengthen_env_files(const Loading& in, Node& files, const std::string& path);
Node* lengthen_file_mount(const Loading& in, Node& mount, const std::string& path);
// external.cc: `external: {name: x}` of a volume, network, secret or config.
void lengthen_external(const Loading& in, Node& resource, const std::string& path);
// single_key.cc: "x" is {key: "x"}: extends, schedules.
Node* lengthen_single_key(const Loading& in, Node& value, std::string_view key);

// Says that a value is of a type that has no long form. The schema has said so before if it was
// asked, which is not said twice.
void refuse_type(const Loading& in, const Node& node, const std::string& path,
                 std::string_view what);

}  // namespace plimsoll::parse::compose
