// unpinned-remote-include: a part of the project comes from elsewhere, and may be another tomorrow.
#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "facts/project.h"
#include "rules/rule.h"

namespace plimsoll::rules::compose::unpinned_remote_include {

static bool is_commit(std::string_view text) {
  return text.size() == 40 &&
         std::ranges::all_of(text, [](char c) { return is_lower_hex(lower(c)); });
}

// "https://host/repository.git#COMMIT:folder", "oci://host/name@sha256:…"
static bool is_pinned(std::string_view reference) {
  if (reference.find("@sha256:") != std::string_view::npos) return true;
  const std::size_t hash = reference.find('#');
  if (hash == std::string_view::npos) return false;
  const std::string_view rest = reference.substr(hash + 1);
  return is_commit(rest.substr(0, rest.find(':')));
}

static void check(const facts::Project& project, Findings& out) {
  for (const facts::Fact<std::string_view>& remote : project.remote.items)
    if (!is_pinned(remote.value))
      out.push_back(
          {.where = remote.where, .message = concat({remote.value, " names no commit or digest"})});
}

static constexpr Example kExamples[] = {
    {.input = Input::compose,
     .text = "include:\n  - https://github.com/example/stack.git#main\nservices:\n  web:\n    "
             "image: nginx:1.28\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "include:\n  - oci://registry.example.com/stack:1\nservices:\n  web:\n    image: "
             "nginx:1.28\n",
     .flagged = true},
    {.input = Input::compose,
     .text = "include:\n  - "
             "https://github.com/example/"
             "stack.git#0123456789abcdef0123456789abcdef01234567\nservices:\n  web:\n    image: "
             "nginx:1.28\n"},
};

extern constinit const Rule rule = described({
    .name = "unpinned-remote-include",
    .severity = Severity::medium,
    .category = Category::security,
    .summary = "Remote part of the project is not pinned",
    .why = "What is included decides what runs on the host: images, mounts, privileges. A branch "
           "or tag can be moved by whoever owns\nthe repository, and the next `docker compose up` "
           "takes the new content unseen.",
    .remedy = "Name the commit (`#` and 40 hexadecimal digits) or the digest (`@sha256:…`).",
    .source = "Compose specification, \"include\"",
    .examples = kExamples,
    .check = OnProject{check},
});

}  // namespace plimsoll::rules::compose::unpinned_remote_include
