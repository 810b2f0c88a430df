// What unpacks an archive: tar -x and the single-file decompressors.
// Sources: tar(1) of GNU, bsdtar(1), unzip(1), gzip(1), xz(1), zstd(1), 7z(1).
#include <algorithm>

#include "facts/commands/kinds.h"
#include "facts/runs/runs.h"

namespace plimsoll::facts {
namespace {

using ShellWord = parse::shell::Word;

constexpr std::string_view kTarWords[] = {"add-file",
                                          "after-date",
                                          "blocking-factor",
                                          "checkpoint-action",
                                          "directory",
                                          "exclude",
                                          "exclude-from",
                                          "file",
                                          "files-from",
                                          "format",
                                          "group",
                                          "listed-incremental",
                                          "mode",
                                          "mtime",
                                          "newer",
                                          "newer-mtime",
                                          "owner",
                                          "record-size",
                                          "sort",
                                          "starting-file",
                                          "strip-components",
                                          "suffix",
                                          "tape-length",
                                          "to-command",
                                          "transform",
                                          "use-compress-program",
                                          "xform"};
static_assert(std::ranges::is_sorted(kTarWords));
constexpr std::string_view kTarLetters = "bCfFgHIKLNTVX";
constexpr Options kTarOptions{.letters = kTarLetters, .words = kTarWords};
constexpr Options kUnpackOptions{
    .letters = "dPxS"};  // unzip -d folder, -P password, -x names; gunzip -S suffix

std::string_view archive_name(std::string_view text) {
  return text == "-" ? std::string_view{} : text;
}

// `tar xzf archive`: letters without a dash, and their values behind in the same order.
bool read_old_style(std::span<const ShellWord> words, Extraction& extraction) {
  const std::string_view letters = words[0].value;
  std::size_t value = 0;
  for (char letter : letters) {
    if (kTarLetters.find(letter) == std::string_view::npos) continue;
    ++value;
    if (letter == 'f' && value < words.size() && words[value].known)
      extraction.archive = archive_name(words[value].value);
  }
  return letters.find('x') != std::string_view::npos;
}

bool read_tar(std::span<const ShellWord> words, Extraction& extraction) {
  if (!words.empty() && words[0].known && !words[0].value.starts_with('-'))
    return read_old_style(words, extraction);
  bool extracts = false;
  Arguments arguments(words, kTarOptions);
  Argument argument;
  while (arguments.next(argument)) {
    extracts |= argument.is("x", "extract") || argument.is("", "get");
    if (argument.is("f", "file") && argument.value_known)
      extraction.archive = archive_name(argument.value);
  }
  return extracts;
}

// gzip, xz, zstd and bzip2 compress unless they are told otherwise.
bool needs_switch(std::string_view name) {
  return name == "gzip" || name == "xz" || name == "zstd" || name == "bzip2";
}

}  // namespace

void describe_tar(Command& command, Describing& to) {
  Extraction extraction;
  if (read_tar(command.words.subspan(1), extraction))
    command.extraction = to.arena.make(extraction);
}

void describe_extraction(Command& command, Describing& to) {
  Extraction extraction;
  bool unpacks = !needs_switch(command.name) && command.name != "7z" && command.name != "unrar";
  bool named = false;
  Options options = kUnpackOptions;
  if (command.name != "unzip") options.letters = "S";
  Arguments arguments(command.words.subspan(1), options);
  Argument argument;
  while (arguments.next(argument)) {
    if (argument.is("d", "decompress") || argument.is("", "uncompress")) unpacks = true;
    if (argument.kind != Argument::Kind::operand || named) continue;
    if ((command.name == "7z" || command.name == "unrar") && !unpacks) {
      unpacks = argument.name == "x" || argument.name == "e";
      if (!unpacks) return;
      continue;
    }
    named = true;
    if (argument.at->known) extraction.archive = archive_name(argument.name);
  }
  if (unpacks) command.extraction = to.arena.make(extraction);
}

}  // namespace plimsoll::facts
