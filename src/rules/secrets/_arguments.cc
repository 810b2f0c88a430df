// Reads words one by one: assignments, options with their values, and scripts as words again.
#include "rules/secrets/_arguments.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/concat.h"
#include "data/names.h"
#include "rules/secrets/_shipped.h"

namespace plimsoll::rules::secrets {
namespace {

struct Token {
  std::string text;
  text::Place where{};  // of the word that it is of
};

// What stands between blanks, quotes and operators of a script.
void split_script(const std::string& script, text::Place where, std::vector<Token>& out) {
  constexpr std::string_view kBetween = " \t\n\"';&|()";
  std::size_t at = script.find_first_not_of(kBetween);
  while (at < script.size()) {
    const std::size_t end = std::min(script.find_first_of(kBetween, at), script.size());
    out.push_back({script.substr(at, end - at), where});
    at = script.find_first_not_of(kBetween, end);
  }
}

std::vector<Token> tokens_of(std::span<const std::string_view> words,
                             std::span<const std::string_view> written,
                             std::span<const text::Place> places) {
  std::vector<Token> tokens;
  if (written.size() != words.size() || places.size() != words.size()) return tokens;
  tokens.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    // Where both are the same, no variable was put in, and a $ is one.
    Token token{written[i] == words[i] ? std::string(words[i]) : shipped(written[i]), places[i]};
    const bool is_script =
        token.text.find_first_of(" \t\n") != std::string::npos && credential_in(token.text).empty();
    if (is_script)
      split_script(token.text, token.where, tokens);
    else
      tokens.push_back(std::move(token));
  }
  return tokens;
}

// A path is where the secret is, not what it is.
bool is_secret_literal(std::string_view value) {
  return is_literal(value) && !value.starts_with('/') && !value.starts_with("./") &&
         !value.starts_with('-');
}

bool is_secret_option(std::string_view name) {
  constexpr std::string_view kRedis[] = {"masterauth", "requirepass"};
  const std::string lowered = lower(name);
  return std::ranges::find(kRedis, lowered) != std::end(kRedis) ||
         data::secret_name(name) != data::SecretName::no;
}

class Reading {
 public:
  explicit Reading(std::vector<Token> tokens) : tokens_(std::move(tokens)) {
    constexpr std::string_view kPrograms[] = {"mariadb", "mariadb-admin", "mariadb-dump",
                                              "mysql",   "mysqladmin",    "mysqldump"};
    for (const Token& token : tokens_) {
      const std::string_view text = token.text;
      const std::string_view name = text.substr(text.rfind('/') + 1);
      takes_joined_ |= std::ranges::find(kPrograms, name) != std::end(kPrograms);
      redis_ |= name == "redis-cli";
    }
  }

  std::vector<Argument> read() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) read(i);
    return std::move(found_);
  }

 private:
  void read(std::size_t i) {
    const std::string_view text = tokens_[i].text;
    if (Found found = credential_in(text); !found.empty()) return add(i, std::move(found), true);
    if (!text.starts_with('-')) {
      if (text == "requirepass" || text == "masterauth") return read_next(i, text);
      if (Found found = assigned_in(text); !found.empty()) add(i, std::move(found), false);
      return;
    }
    if (takes_joined_ && text.starts_with("-p") && is_secret_literal(text.substr(2)))
      return add(i, "the value of -p", false);
    if (redis_ && text == "-a") return read_next(i, text);
    const std::size_t start = text.find_first_not_of('-');
    if (start == std::string_view::npos || start > 2) return;
    const std::size_t equals = std::min(text.find('='), text.size());
    if (!is_secret_option(text.substr(start, equals - start))) return;
    if (equals == text.size()) return read_next(i, text);
    if (is_secret_literal(text.substr(equals + 1)))
      add(i, concat({"the value of ", text.substr(0, equals)}), false);
  }

  void read_next(std::size_t i, std::string_view option) {
    if (i + 1 < tokens_.size() && is_secret_literal(tokens_[i + 1].text))
      add(i + 1, concat({"the value of ", option}), false);
  }

  // Words of one text have one place.
  void add(std::size_t i, Found found, bool by_value) {
    if (!found_.empty() && found_.back().where == tokens_[i].where) return;
    found_.push_back({std::move(found), tokens_[i].where, by_value});
  }

  std::vector<Token> tokens_;
  std::vector<Argument> found_{};
  bool takes_joined_ = false, redis_ = false;
};

}  // namespace

std::vector<Argument> arguments_of(const facts::Program& program) {
  return Reading(tokens_of(program.words, program.written, program.places)).read();
}

std::vector<Argument> arguments_of(const facts::HealthCheck& check) {
  return Reading(tokens_of(check.command, check.written, check.places)).read();
}

}  // namespace plimsoll::rules::secrets
