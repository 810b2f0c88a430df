// Starting ShellCheck costs as much as a script of twenty lines, so a process gets many files; they
// lie in a folder of our own, in memory where that can be had.
#include "engine/shellcheck/shellcheck.h"

#include <algorithm>
#include <array>
#include <optional>
#include <thread>
#include <variant>

#include "base/concat.h"
#include "base/own_files.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "engine/shellcheck/scripts.h"

namespace plimsoll::engine {
namespace {

using shellcheck::Answer;
using ShellComment = shellcheck::Comment;
using shellcheck::Level;
using shellcheck::Script;

constexpr std::size_t kLargestBatch = 64;  // scripts
constexpr std::uint32_t kBatchTimeoutMs = 120'000, kScriptTimeoutMs = 10'000;

// What can't be known or expressed in a Dockerfile: files that are sourced (SC1090, SC1091), and
// that ash is checked as dash (SC2187).
constexpr std::string_view kExcluded = "SC1090,SC1091,SC2187";

// Warnings that say little of a Dockerfile: an unquoted $(nproc) or $(dpkg --print-architecture)
// gives one word, and `echo -n` and `local` are known to the shells that images have (dash, ash).
constexpr std::array<std::uint32_t, 3> kMildCodes = {2046, 3037, 3043};

bool is_advice(const ShellComment& comment) {
  return comment.level >= Level::info || std::ranges::binary_search(kMildCodes, comment.code);
}

rules::Severity severity_of(const ShellComment& comment) {
  if (is_advice(comment)) return rules::Severity::info;
  return comment.level == Level::error ? rules::Severity::medium : rules::Severity::low;
}

std::string message_of(const ShellComment& comment, std::string_view code) {
  std::string_view text = comment.message;
  while (text.ends_with('.') || text.ends_with(' ')) text.remove_suffix(1);
  return concat({text, " (", code, ")"});
}

// What the rules know as secrets of this file.
std::vector<std::string_view> secrets_of(const facts::Build& build,
                                         const std::vector<Raised>& raised) {
  std::vector<std::string_view> secrets;
  for (const Raised& r : raised)
    for (const text::Span secret : r.finding.secrets)
      if (secret.size() > 0) secrets.push_back(build.source->at(secret));
  return secrets;
}

// The index of the rule that its findings are told under, if they are.
std::optional<std::uint32_t> rule_in(const Selection& selection) {
  for (std::uint32_t i = 0; i < selection.told; ++i)
    if (std::holds_alternative<rules::FromShellCheck>(selection.enabled[i]->check)) return i;
  return std::nullopt;
}

}  // namespace

ShellCheck::ShellCheck(const ShellCheckSettings& settings, const Fs& fs)
    : settings_(settings), fs_(fs), cache_(settings.cache_folder, fs) {}

bool ShellCheck::wanted(const Selection& selection) const {
  return !settings_.program.empty() && rule_in(selection).has_value();
}

std::vector<std::string> ShellCheck::texts_of(const facts::Build& build) {
  std::vector<std::string> texts;
  for (Script& script : shellcheck::scripts_of(build)) texts.push_back(std::move(script.text));
  return texts;
}

// Asked once for each ShellCheck that is installed, then remembered with what tells it from others.
Result<std::string> ShellCheck::find_version() {
  const Result<FileStatus> status = fs_.status(settings_.program);
  const std::string which =
      status ? concat({settings_.program, " ", std::to_string(status->size_bytes), " ",
                       std::to_string(status->device), " ", std::to_string(status->inode)})
             : std::string();
  std::string version = status ? cache_.recall("version", which) : std::string();
  if (!version.empty()) return version;
  const Result<Finished> told = settings_.run({.words = {settings_.program, "--version"},
                                               .without = {"SHELLCHECK_OPTS="},
                                               .timeout_ms = kScriptTimeoutMs});
  if (!told) return tl::unexpected(told.error());
  const std::size_t at = told->out.find("version: ");
  if (told->status != 0 || at == std::string::npos)
    return fail(ErrorKind::malformed, concat({settings_.program, " does not tell its version"}));
  version = told->out.substr(at + 9, told->out.find('\n', at) - at - 9);
  if (!which.empty()) cache_.remember("version", which, version);
  return version;
}

Result<std::vector<Answer>> ShellCheck::run_on(std::span<Asked* const> batch) const {
  const TemporaryFolder folder;
  if (folder.path().empty()) return fail(ErrorKind::unreadable, "no temporary folder can be made");
  Program program{.words = {settings_.program, "--norc", "--format", "json1", "--severity", "style",
                            "--exclude", std::string(kExcluded), "--"},
                  .without = {"SHELLCHECK_OPTS="},
                  .timeout_ms = batch.size() == 1 ? kScriptTimeoutMs : kBatchTimeoutMs};
  for (std::size_t i = 0; i < batch.size(); ++i) {
    program.words.push_back(concat({folder.path(), "/", std::to_string(i)}));
    if (Result<void> written = replace_file(program.words.back(), batch[i]->text); !written)
      return tl::unexpected(written.error());
  }
  const Result<Finished> finished = settings_.run(program);
  if (!finished) return tl::unexpected(finished.error());
  if (finished->status > 1)
    return fail(ErrorKind::malformed,
                concat({settings_.program, " ended with status ", std::to_string(finished->status),
                        finished->err.empty() ? "" : ": ",
                        std::string_view(finished->err).substr(0, finished->err.find('\n'))}));
  return shellcheck::read_answers(finished->out, batch.size());
}

// One script that it can't stand must not silence the others.
void ShellCheck::ask_batch(std::span<Asked* const> batch) const {
  Result<std::vector<Answer>> answers = run_on(batch);
  if (answers) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      batch[i]->answer = std::move((*answers)[i]);
      batch[i]->failed.clear();
    }
  } else if (batch.size() == 1) {
    batch[0]->failed = answers.error().message;
  } else if (answers.error().kind == ErrorKind::not_found) {
    for (Asked* asked : batch) asked->failed = answers.error().message;
  } else {
    for (std::size_t i = 0; i < batch.size(); ++i) ask_batch(batch.subspan(i, 1));
  }
}

void ShellCheck::ask(std::span<const std::vector<std::string>> texts_by_file, unsigned jobs) {
  for (const std::vector<std::string>& texts : texts_by_file) {
    for (const std::string& text : texts) {
      Asked*& asked = by_text_[text];
      if (asked != nullptr) continue;
      asked = &asked_.emplace_back();
      asked->text = text;
    }
  }
  if (asked_.empty()) return;
  const Result<std::string> version = find_version();
  if (!version) {
    trouble_ = version.error().message;
    return;
  }
  std::vector<Asked*> unknown;
  for (Asked& asked : asked_) {
    asked.key = sha256(concat({"1\n", *version, "\n", kExcluded, "\n", asked.text}));
    if (std::optional<Answer> answer = cache_.find(asked.key)) {
      asked.answer = std::move(*answer);
      asked.remembered = true;
      asked.failed.clear();
    } else {
      unknown.push_back(&asked);
    }
  }
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t size =
      std::clamp<std::size_t>((unknown.size() + jobs - 1) / jobs, 1, kLargestBatch);
  const std::span<Asked* const> all = unknown;
  const auto ask_some = [&](std::size_t i, unsigned) {
    ask_batch(all.subspan(i * size, std::min(size, all.size() - i * size)));
  };
  parallel_for((all.size() + size - 1) / size, jobs, ask_some, 1);

  const auto failed = [](const Asked* asked) { return !asked->failed.empty(); };
  if (const auto count = std::ranges::count_if(unknown, failed); count > 0)
    trouble_ = concat({"ShellCheck said nothing of ", std::to_string(count), " of ",
                       std::to_string(asked_.size()),
                       " scripts: ", (*std::ranges::find_if(unknown, failed))->failed});
}

void ShellCheck::raise(const facts::Build& build, const Selection& selection,
                       std::vector<Raised>& raised) {
  const std::optional<std::uint32_t> rule = rule_in(selection);
  if (!rule || by_text_.empty()) return;
  const std::vector<std::string_view> secrets = secrets_of(build, raised);
  for (const Script& script : shellcheck::scripts_of(build)) {
    const auto found = by_text_.find(script.text);
    if (found == by_text_.end()) continue;
    for (const ShellComment& comment : found->second->answer) {
      const auto repeated = [&](std::string_view secret) {
        return comment.message.find(secret) != std::string::npos;
      };
      if (std::ranges::any_of(secrets, repeated)) found->second->tells_secret = true;
      std::string code = concat({"SC", std::to_string(comment.code)});
      const text::Span span =
          script.where(comment.line, comment.column, comment.end_line, comment.end_column);
      if (span.size() == 0 || !selection.tells_code(code, is_advice(comment))) continue;
      std::string message = message_of(comment, code);
      raised.push_back({*rule, rules::Finding{.where = build.place(span),
                                              .message = std::move(message),
                                              .severity = severity_of(comment),
                                              .shellcheck_code = std::move(code)}});
    }
  }
}

void ShellCheck::save() {
  for (const Asked& asked : asked_)
    if (!asked.remembered && asked.failed.empty() && !asked.tells_secret)
      cache_.add(asked.key, asked.answer);
  cache_.save();
}

}  // namespace plimsoll::engine
