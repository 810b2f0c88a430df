// Reads the two programs that everybody asks with, and writes those that images have.
#include "rules/health/_question.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/base_image.h"

namespace plimsoll::rules::health {

// --- reading -------------------------------------------------------------------------------------

// The words of a plain command, without `|| exit 1` behind it; empty: it is more than that.
static std::vector<std::string_view> plain_words(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  for (const std::string_view tail : {"|| exit 1", "|| false", "||exit 1"})
    if (text.ends_with(tail)) text.remove_suffix(tail.size());
  for (const std::string_view sink : {" > /dev/null ", " >/dev/null "})
    if (text.ends_with(sink)) text.remove_suffix(sink.size());
  std::vector<std::string_view> words;
  constexpr std::size_t kMost = 16;
  while (true) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return words;
    text.remove_prefix(begin);
    std::string_view word = text.substr(0, text.find_first_of(" \t"));
    text.remove_prefix(word.size());
    const char quote = word.front();
    if (word.size() > 1 && (quote == '"' || quote == '\'') && word.back() == quote)
      word = word.substr(1, word.size() - 2);
    if (word.find_first_of("$`;|&()<>\"'\\\n") != std::string_view::npos || words.size() == kMost)
      return {};
    words.push_back(word);
  }
}

// http://localhost:8080/health; the rest of the question is left as it is.
static bool read_url(std::string_view url, Question& question) {
  if (url.starts_with("http://")) url.remove_prefix(7);
  const std::string_view authority = url.substr(0, url.find('/'));
  const std::string_view path = url.substr(authority.size());
  const std::string_view host = authority.substr(0, authority.find(':'));
  if (host != "localhost" && host != "127.0.0.1" && host != "0.0.0.0") return false;
  const auto plain = [](char c) {
    return is_alnum(c) || std::string_view("/._-~?=%").find(c) != std::string_view::npos;
  };
  if (!std::ranges::all_of(path, plain)) return false;
  if (!path.empty()) question.path = path;
  if (host.size() == authority.size()) return true;
  const std::string_view port = authority.substr(host.size() + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), question.port);
  return error == std::errc{} && end == port.data() + port.size() && question.port != 0;
}

namespace {

struct AskingProgram {
  std::string_view name;
  std::string_view letters;         // that change nothing
  std::string_view valued_letters;  // whose value changes nothing: a time, where the answer goes
  std::string_view words[8];
  std::string_view valued_words[4];
};

}  // namespace

static constexpr AskingProgram kAsking[] = {
    {"curl",
     "fsSL",
     "mo",
     {"fail", "silent", "show-error", "location"},
     {"max-time", "output", "connect-timeout"}},
    {"wget",
     "q",
     "OTt",
     {"quiet", "spider", "no-verbose"},
     {"output-document", "timeout", "tries"}},
};

static bool one_of(std::span<const std::string_view> names, std::string_view name) {
  return !name.empty() && std::ranges::find(names, name) != names.end();
}

// How many words the option takes; 0: it may change the question.
static std::size_t harmless_option(const AskingProgram& program, std::string_view text) {
  if (text.starts_with("--")) {
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(2, equals == text.npos ? text.npos : equals - 2);
    if (one_of(program.valued_words, name)) return equals == text.npos ? 2 : 1;
    return one_of(program.words, name) ? 1 : 0;
  }
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (program.valued_letters.find(text[i]) != text.npos) return i + 1 == text.size() ? 2 : 1;
    if (program.letters.find(text[i]) == text.npos) return 0;
  }
  return text.size() > 1 ? 1 : 0;
}

std::optional<Question> question_of(const facts::HealthCheck& check) {
  std::vector<std::string_view> words(check.command.begin(), check.command.end());
  if (check.form == facts::HealthTest::shell)
    words = words.size() == 1 ? plain_words(words.front()) : std::vector<std::string_view>();
  if (words.size() < 2) return {};
  const std::string_view name = words.front().substr(words.front().rfind('/') + 1);
  const auto program = std::ranges::find(kAsking, name, &AskingProgram::name);
  if (program == std::end(kAsking)) return {};
  Question question{.wants_success = name == "wget"};
  bool asked = false;
  for (std::size_t i = 1; i < words.size();) {
    const std::string_view word = words[i];
    if (!word.starts_with('-')) {
      if (asked || !read_url(word, question)) return {};
      asked = true;
      ++i;
      continue;
    }
    const std::size_t taken = harmless_option(*program, word);
    if (taken == 0) return {};
    const bool letters = !word.starts_with("--");
    question.wants_success |=
        word == "--fail" || (name == "curl" && letters && word.find('f') != word.npos);
    i += taken;
  }
  if (!asked) return {};
  return question;
}

// --- writing -------------------------------------------------------------------------------------

// A program that the Dockerfile installs under its own name and doesn't take away again.
static bool installs(const facts::Stage& stage, std::string_view program) {
  bool found = false;
  for (const facts::Stage* s = &stage; s != nullptr; s = s->base.stage)
    for (const facts::Run& run : s->runs)
      for (const facts::Command& command : run.commands) {
        const facts::PackageCall* call = command.packages;
        if (call == nullptr || run.trigger) continue;
        const bool system =
            call->manager == facts::Manager::apt || call->manager == facts::Manager::apk ||
            call->manager == facts::Manager::dnf || call->manager == facts::Manager::yum;
        if (!system || !command.has(program)) continue;
        if (call->action == facts::PackageAction::remove) return false;
        found |= call->action == facts::PackageAction::install;
      }
  return found;
}

bool has_program(const facts::Container& c, std::string_view program) {
  return (c.base != nullptr && data::has_tool(*c.base, program) == data::HasTool::yes) ||
         (c.stage != nullptr && installs(*c.stage, program));
}

static std::string_view python_of(const facts::Container& c) {
  for (const std::string_view name : {"python3", "python"})
    if (has_program(c, name)) return name;
  return {};
}

// Names may mean ::1 as well, where not every server listens and not every program tries the next.
static std::string url_of(const Question& question) {
  return concat({"http://127.0.0.1:", std::to_string(question.port), question.path});
}

std::string asked_by_another(const facts::Container& c, const Question& question) {
  if (!question.wants_success) return knocked_at(c, question.port, true);
  const std::string url = url_of(question);
  if (has_program(c, "curl"))
    return concat({R"(["curl", "-fsS", "-o", "/dev/null", ")", url, R"("])"});
  if (has_program(c, "wget"))
    return concat({R"(["wget", "-q", "-O", "/dev/null", ")", url, R"("])"});
  if (const std::string_view python = python_of(c); !python.empty())
    return concat({"[\"", python, R"j(", "-c", "import urllib.request; urllib.request.urlopen(')j",
                   url, R"j(', timeout=3)"])j"});
  if (has_program(c, "node"))
    return concat({R"j(["node", "-e", "require('http').get(')j", url,
                   R"j(', (r) => process.exit(r.statusCode < 400 ? 0 : 1))j",
                   R"j().on('error', () => process.exit(1))"])j"});
  return {};
}

static std::string knocked_by_python(std::string_view python, std::string_view port) {
  return concat({"[\"", python,
                 R"j(", "-c", "import socket; socket.create_connection(('127.0.0.1', )j", port,
                 R"j(), 3)"])j"});
}

static std::string knocked_by_node(std::string_view port, bool web) {
  if (web)
    return concat({R"j(["node", "-e", "require('http').get('http://127.0.0.1:)j", port,
                   R"j(/', () => process.exit(0)).on('error', () => process.exit(1))"])j"});
  return concat(
      {R"j(["node", "-e", "require('net').connect()j", port,
       R"j(, '127.0.0.1', () => process.exit(0)).on('error', () => process.exit(1))"])j"});
}

// By the language that the image is for, which its smaller variants have as well.
static std::string knocked_by_language(const facts::Container& c, std::string_view port, bool web) {
  if (c.base == nullptr) return {};
  if (c.base->repository == "node" && has_program(c, "node")) return knocked_by_node(port, web);
  const std::string_view python = python_of(c);
  if (c.base->repository == "python" && !python.empty()) return knocked_by_python(python, port);
  return {};
}

std::string knocked_at(const facts::Container& c, std::uint16_t port, bool web) {
  const std::string number = std::to_string(port);
  if (std::string words = knocked_by_language(c, number, web); !words.empty()) return words;
  if (web && has_program(c, "curl"))
    return concat({R"(["curl", "-sS", "-o", "/dev/null", "http://127.0.0.1:)", number, R"(/"])"});
  if (const std::string_view python = python_of(c); !python.empty())
    return knocked_by_python(python, number);
  if (has_program(c, "node")) return knocked_by_node(number, web);
  const bool busybox = c.base != nullptr && c.base->family == data::Family::alpine;
  if (busybox && has_program(c, "nc"))
    return concat({R"(["nc", "-z", "127.0.0.1", ")", number, R"("])"});
  // Debian builds bash with its network redirections.
  const bool debian = c.base != nullptr && (c.base->family == data::Family::debian ||
                                            c.base->family == data::Family::ubuntu);
  if (debian && has_program(c, "bash"))
    return concat({R"(["bash", "-c", "</dev/tcp/127.0.0.1/)", number, R"("])"});
  return {};
}

}  // namespace plimsoll::rules::health
