// Options, image and command of a line, by pflag's rules: the first word that is no option is the
// image, and nothing behind it is an option of ours.
#include "parse/runline/parse.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/ascii.h"
#include "base/concat.h"
#include "parse/runline/flags.h"

namespace plimsoll::parse::runline {
namespace {

bool contains_any(std::string_view text, std::span<const std::string_view> parts) {
  const std::string lowered = lower(text);
  return std::ranges::any_of(
      parts, [&](std::string_view part) { return lowered.find(part) != std::string::npos; });
}

std::string_view hole_text(const Word& word) {
  const Hole hole = word.holes.front();
  return word.text.substr(hole.begin, hole.end - hole.begin);
}

bool starts_with_hole(const Word& word) {
  return !word.holes.empty() && word.holes.front().begin == 0;
}

// People name their variables by what is in them. Without that, a line that ends in "$IMAGE" would
// say nothing at all.
bool holds_options(const Word& word) {
  constexpr std::string_view kParts[] = {"opt",   "arg", "flag", "param", "switch", "env",
                                         "mount", "vol", "port", "gpu",   "limit",  "net"};
  const std::string_view hole = hole_text(word);
  if (word.arity == Arity::any) return true;
  if (hole.find("+-") != std::string_view::npos || hole.find(":+") != std::string_view::npos)
    return true;
  return hole.size() == word.text.size() && contains_any(hole, kParts);
}

bool holds_image(const Word& word) {
  constexpr std::string_view kParts[] = {"image", "img", "tag", "build", "registry", "repo"};
  constexpr std::string_view kOptions[] = {"opts", "args", "flags", "options"};
  if (contains_any(hole_text(word), kOptions)) return false;
  const std::uint32_t end = word.holes.front().end;
  const char next = end < word.text.size() ? word.text[end] : '\0';
  return next == '/' || next == ':' || next == '@' || contains_any(hole_text(word), kParts);
}

class Reader {
 public:
  Reader(std::span<const Word> words, Arena& arena) : words_(words), arena_(arena) {}

  std::optional<RunLine> read() {
    line_.engine = *engine_of(words_[0]);
    line_.program = words_[0];
    if (!read_verb()) return std::nullopt;
    read_options();
    const std::size_t image = at_;
    if (line_.has_image) line_.command = arena_.copy(rest_from(image + 1));
    line_.options = arena_.copy(options_);
    line_.where = {words_.front().where.begin, words_.back().where.end};
    return line_;
  }

 private:
  std::vector<Word> rest_from(std::size_t at) {
    return {words_.begin() + static_cast<std::ptrdiff_t>(at), words_.end()};
  }

  // `docker -H tcp://x container run`
  bool read_verb() {
    at_ = 1;
    while (at_ < words_.size() && words_[at_].text.starts_with('-')) {
      if (!skip_global(words_[at_].text)) return false;
    }
    if (at_ < words_.size() && words_[at_].text == "container") ++at_;
    if (at_ >= words_.size() || !words_[at_].known()) return false;
    const std::string_view verb = words_[at_].text;
    if (verb != "run" && verb != "create") return false;
    line_.verb = verb == "run" ? Verb::run : Verb::create;
    line_.verb_word = words_[at_++];
    return at_ < words_.size();
  }

  bool skip_global(std::string_view text) {
    const bool word = text.starts_with("--");
    const bool attached = word ? text.find('=') != std::string_view::npos : text.size() > 2;
    const Flag* flag = nullptr;
    if (word) {
      flag = find_global_flag(text.substr(2, text.find('=') - 2), line_.engine);
    } else if (text.size() > 1) {
      flag = find_global_flag(text[1], line_.engine);
    }
    if (flag == nullptr) return false;
    at_ += flag->is_switch || attached ? 1 : 2;
    return true;
  }

  void give_up(std::string_view problem, text::Span where) {
    line_.problem = arena_.copy(problem);
    line_.problem_where = where;
    line_.complete = false;
  }

  void hide(const Word& word) {
    if (line_.complete) line_.unknown = word;
    line_.complete = false;
  }

  void read_options() {
    while (at_ < words_.size()) {
      const Word& word = words_[at_];
      if (starts_with_hole(word) && (word.arity == Arity::any || !holds_image(word))) {
        hide(word);
        if (!holds_options(word)) return;
        ++at_;
        continue;
      }
      if (word.text.size() < 2 || word.text.front() != '-') return take_image();
      if (word.text == "--") {
        ++at_;
        return at_ < words_.size() ? take_image() : no_image();
      }
      ++at_;
      if (!(word.text[1] == '-' ? read_long(word) : read_letters(word))) return;
    }
    no_image();
  }

  void take_image() {
    const Word& word = words_[at_];
    if (word.arity == Arity::any) return hide(word);
    if (word.text.empty() || word.text.find_first_of("[]<> ") != std::string_view::npos) {
      if (word.known()) return give_up("this is no image's name", word.where);
    }
    line_.has_image = true;
    line_.image = word;
  }

  void no_image() {
    if (!line_.complete) return;
    give_up("no image is named", line_.verb_word.where);
  }

  bool unknown_flag(std::string_view flag, const Word& word) {
    constexpr std::string_view kNames[] = {"docker", "podman", "nerdctl", "the engine"};
    give_up(concat({kNames[static_cast<std::size_t>(line_.engine)], " ",
                    line_.verb == Verb::run ? "run" : "create", " has no option '", flag, "'"}),
            word.where);
    return false;
  }

  bool read_long(const Word& word) {
    const std::string_view text = word.text;
    const std::size_t equals = text.find('=');
    const std::size_t end = std::min(equals, text.size());
    if (!word.known() && word.holes.front().begin < end) {
      hide(word);
      return false;
    }
    const std::string_view name = text.substr(2, end - 2);
    const Flag* flag = find_flag(name, line_.engine, line_.verb);
    if (name.starts_with('-') || name.empty() || flag == nullptr || flag->name == "help")
      return unknown_flag(text.substr(0, end), word);
    if (equals != std::string_view::npos)
      return push(*flag, part_of(word, equals + 1, arena_), word.where);
    if (flag->is_switch) return push_on(*flag, word);
    return take_next(*flag, word);
  }

  // `-itp 80:80`, `-p80:80`, `-p=80:80`
  bool read_letters(const Word& word) {
    const std::string_view text = word.text;
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (!word.known() && word.holes.front().begin == i) {
        hide(word);
        return false;
      }
      const Flag* flag = find_flag(text[i], line_.engine, line_.verb);
      if (flag == nullptr) return unknown_flag(concat({"-", text.substr(i, 1)}), word);
      const std::size_t left = text.size() - i;
      if (left > 2 && text[i + 1] == '=')
        return push(*flag, part_of(word, i + 2, arena_), word.where);
      if (flag->is_switch) {
        if (!push_on(*flag, word)) return false;
        continue;
      }
      if (left > 1) return push(*flag, part_of(word, i + 1, arena_), word.where);
      return take_next(*flag, word);
    }
    return true;
  }

  bool take_next(const Flag& flag, const Word& word) {
    if (at_ == words_.size()) {
      give_up(concat({"the option --", flag.name, " lacks its value"}), word.where);
      return false;
    }
    const Word& value = words_[at_++];
    if (value.arity == Arity::any) {
      hide(value);
      return false;
    }
    return push(flag, value, {word.where.begin, value.where.end});
  }

  bool push_on(const Flag& flag, const Word& word) {
    return push(flag, {.text = "true", .raw = word.raw, .where = word.where}, word.where);
  }

  bool push(const Flag& flag, const Word& value, text::Span where) {
    if (flag.is_switch && value.known() && !is_truth(value.text)) {
      give_up(concat({"--", flag.name, " is true or false"}), where);
      return false;
    }
    options_.push_back({.name = canonical(flag.name),
                        .value = value,
                        .is_switch = flag.is_switch,
                        .where = where});
    return true;
  }

  // Go's strconv.ParseBool.
  static bool is_truth(std::string_view text) {
    constexpr std::string_view kTexts[] = {"0",    "1",    "F", "FALSE", "False", "T",
                                           "TRUE", "True", "f", "false", "t",     "true"};
    return std::ranges::find(kTexts, text) != std::end(kTexts);
  }

  static std::string_view canonical(std::string_view name) {
    if (name == "net") return "network";
    if (name == "net-alias") return "network-alias";
    if (name == "dns-opt") return "dns-option";
    return name;
  }

  std::span<const Word> words_;
  Arena& arena_;
  std::size_t at_ = 0;
  RunLine line_{};
  std::vector<Option> options_;
};

}  // namespace

std::optional<Engine> engine_of(const Word& word) {
  if (word.known()) {
    std::string_view name = word.text.substr(word.text.rfind('/') + 1);
    if (name.ends_with(".exe")) name.remove_suffix(4);
    if (name == "docker") return Engine::docker;
    if (name == "podman") return Engine::podman;
    if (name == "nerdctl" || name == "nerdctl.lima") return Engine::nerdctl;
    return std::nullopt;
  }
  // "$DOCKER", "$(CONTAINER_ENGINE)", "${DOCKER:-docker}"; whether it runs something, `run` says.
  if (word.holes.size() != 1 || hole_text(word).size() != word.text.size()) return std::nullopt;
  constexpr std::string_view kDockers[] = {"docker"}, kPodmans[] = {"podman"},
                             kOthers[] = {"nerdctl", "container", "oci"};
  if (contains_any(word.text, kPodmans)) return Engine::podman;
  if (contains_any(word.text, kDockers)) return Engine::docker;
  if (contains_any(word.text, kOthers)) return Engine::unknown;
  return std::nullopt;
}

void merge_holes(std::vector<Hole>& holes) {
  if (holes.size() > kMostHoles) holes = {{holes.front().begin, holes.back().end}};
}

Word part_of(const Word& word, std::size_t at, Arena& arena, std::size_t size) {
  Word part = word;
  part.text = word.text.substr(at, size);
  if (!word.known()) {
    std::vector<Hole> holes;
    holes.reserve(word.holes.size());
    const auto begin = static_cast<std::uint32_t>(at);
    const auto end = begin + static_cast<std::uint32_t>(part.text.size());
    for (const Hole hole : word.holes) {
      const Hole cut{std::max(hole.begin, begin), std::min(hole.end, end)};
      if (cut.begin < cut.end) holes.push_back({cut.begin - begin, cut.end - begin});
    }
    part.holes = arena.copy(holes);
  }
  if (word.verbatim) {
    part.raw = part.text;
    part.where.begin = word.where.begin + static_cast<std::uint32_t>(at);
    part.where.end = part.where.begin + static_cast<std::uint32_t>(part.text.size());
  }
  return part;
}

std::optional<RunLine> parse(std::span<const Word> words, Arena& arena) {
  if (words.empty() || !engine_of(words[0])) return std::nullopt;
  return Reader(words, arena).read();
}

}  // namespace plimsoll::parse::runline
