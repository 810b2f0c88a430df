// What the recipes of _split.h ask of a stage: its steps, and how its container runs.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "facts/build.h"

namespace plimsoll::rules::image {

// The instructions that build: all before those that say how the container runs.
std::span<const parse::dockerfile::Instruction* const> steps_of(const facts::Stage& stage);

// What stands behind the steps; null: not stated.
struct Ending {
  const parse::dockerfile::Instruction* command = nullptr;     // CMD
  const parse::dockerfile::Instruction* entrypoint = nullptr;  // ENTRYPOINT
};

// None: something there counts on what the image has, or runs a shell.
std::optional<Ending> ending_of(const facts::Stage& stage);

// The RUN of a step, if its script is one list of plain commands; null: it isn't.
const facts::Run* run_of_step(const facts::Stage& stage,
                              const parse::dockerfile::Instruction* step);

bool calls_only(const facts::Run& run, std::span<const std::string_view> programs);

// The COPY of a step that takes plain paths from the build context; null: it is another kind.
const facts::Copy* copy_of_step(const facts::Stage& stage,
                                const parse::dockerfile::Instruction* step);

// Does the stage start from this image of Docker Hub, on Debian or Alpine?
bool starts_from(const facts::Stage& stage, std::string_view image);

}  // namespace plimsoll::rules::image
