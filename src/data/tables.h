// The tables that tools/compile_data.py makes of data/*.json: sorted, constant, searched in place.
// Only for this room.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "data/base_image.h"
#include "data/compose.h"
#include "data/host.h"
#include "data/ignore_line.h"
#include "data/image_needs.h"
#include "data/names.h"
#include "data/syscall.h"

namespace plimsoll::data {

using Names = std::span<const std::string_view>;

struct Cycle {
  std::string_view version;  // "10"
  std::string_view label;    // "10 (buster)"
  std::uint32_t date, extended;
};

struct Product {
  std::string_view key, name, successor, source, checked;
  std::span<const Cycle> cycles;  // from the lowest version to the highest
};

struct Codename {
  std::string_view name;
  const Product* product;
  std::string_view version;
  bool shown;  // false: an alias such as "1" of Amazon Linux, meant only for its own repository
};

struct ImageProduct {
  std::string_view repository;
  const Product* software;
  const Product* distribution;
  std::string_view version;  // of the software, when the repository's name gives it
};

struct TagWord {
  std::string_view word;
  const Product* product;
};

enum class Charset : std::uint8_t {
  literal,
  digit,
  hex,
  hex_upper,
  lower,
  upper_digit,
  alnum,
  word,
  url,
  base64,
  base32
};

struct ShapePart {
  std::string_view literal;  // if charset is literal
  Charset charset = Charset::literal;
  std::uint16_t min = 0, max = 0;
};

struct SecretShape {
  std::string_view prefix, kind;
  std::span<const ShapePart> rest;
};

struct FileGlob {
  std::string_view glob;
  SecretFile file;  // an empty kind: an exception; these come first
};

struct ClutterGlob {
  std::string_view glob;
  Clutter clutter;
};

// `family` empty: in every image.
struct AccountNumber {
  std::string_view account, family, number;
};

struct HadolintLevel {
  std::string_view code, level;
};

// Sorted by their first member; base images of one repository stand in the order in which they are
// tried. NOLINTBEGIN(readability-identifier-naming): constants by their definition; a declaration
// cannot say constinit.
extern const std::span<const BaseImage> kBaseImages;
extern const Names kWatchedTools;
extern const Names kEssentialPrograms;
extern const std::span<const Product> kProducts;
extern const std::span<const Codename> kCodenames;
extern const std::span<const ImageProduct> kImageProducts;
extern const std::span<const TagWord> kTagWords;
extern const std::span<const Withdrawn> kWithdrawn;
extern const std::span<const SecretShape> kSecretShapes;
extern const std::span<const FileGlob>
    kSecretFiles;  // in the order in which they are tried, in lower case
extern const std::span<const ClutterGlob> kContextClutter;  // in lower case
extern const std::span<const HadolintLevel> kHadolintLevels;
extern const std::span<const IgnoreLine> kIgnoreLines;  // in the order in which they are written
extern const Names kBuildReaders;                       // sorted

// Sorted by their first member.
extern const std::span<const ServicePort> kServicePorts;
extern const std::span<const HostPath> kHostPaths;
extern const std::span<const HostDevice> kHostDevices;
extern const Names kHarmlessPaths;

// From data/secret_names.json, each sorted.
extern const Names kWellKnownSecrets, kSecretWords, kSecretEndings, kSecretLastWords, kBeforeKey;
extern const Names kPublicWords, kPointerWords, kNotSecret, kHarmlessValues, kReferences;

extern const std::span<const DangerousSyscall> kDangerousSyscalls;  // sorted by name

extern const std::span<const AccountNumber> kAccountNumbers;  // from data/account_numbers.json

// Sorted by program.
extern const std::span<const Telemetry> kTelemetry;

// From data/image_needs.json; those of one repository stand in the order in which they are tried.
extern const std::span<const ImageNeeds> kImageNeeds;

// From data/plain_images.json, sorted.
extern const Names kPlainImages;

// From data/signals.json: "HUP" is the first, and 1.
extern const Names kSignals;

// From data/capabilities.json, each sorted.
extern const Names kCapabilities, kDefaultCapabilities;

// From data/spdx.json, in lower case, each sorted.
extern const Names kSpdxLicenses, kSpdxExceptions;

// From data/compose_attributes.json: the mappings by name, and the model's own shape.
extern const std::span<const ComposeFields> kComposeFields;
extern const ComposeShape kComposeProject;
// NOLINTEND(readability-identifier-naming)

}  // namespace plimsoll::data
