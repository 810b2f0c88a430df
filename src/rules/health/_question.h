// What a health check asks over HTTP, and other programs that can ask it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "facts/build.h"

namespace plimsoll::rules::health {

// One that the service itself answers.
struct Question {
  std::uint16_t port = 80;
  std::string path = "/";
  bool wants_success = true;  // false: any answer will do
};

// Of `curl` or `wget` with options that change nothing about it. None: it is another question.
std::optional<Question> question_of(const facts::HealthCheck& check);

// Whether the image surely has a program, by itself or by what the Dockerfile installs.
bool has_program(const facts::Container& c, std::string_view program);

// The words behind CMD that ask it with what the image has; empty: nothing there can.
std::string asked_by_another(const facts::Container& c, const Question& question);

// Whether something listens. `web`: it is known to speak HTTP.
std::string knocked_at(const facts::Container& c, std::uint16_t port, bool web);

}  // namespace plimsoll::rules::health
