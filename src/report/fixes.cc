// Each line that is told comes from a file of unknown origin: it is made fit for a terminal, and
// secrets in it are hidden.
#include "report/fixes.h"

#include "base/concat.h"
#include "report/formats.h"
#include "report/secrets.h"
#include "report/theme.h"
#include "report/visible.h"
#include "text/diff.h"

namespace plimsoll::report {
namespace {

std::map<std::string_view, std::uint32_t> numbers_by_path(const engine::Verdict& verdict) {
  std::map<std::string_view, std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < verdict.sources.size(); ++i)
    if (verdict.sources[i]) numbers.emplace(verdict.source(i).path(), i);
  return numbers;
}

// "1,204"
std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

// In powers of a thousand: "999 bytes", "2.1 kB", "85 MB".
std::string bytes_in_words(std::uint64_t bytes) {
  constexpr std::string_view kUnits[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return concat({std::to_string(bytes), bytes == 1 ? " byte" : " bytes"});
  std::size_t unit = 0;
  std::uint64_t tenths = bytes / 100;
  for (; tenths >= 10'000 && unit + 1 < std::size(kUnits); ++unit) tenths /= 1000;
  const bool is_small = tenths < 100;
  return concat({std::to_string(tenths / 10),
                 is_small ? concat({".", std::to_string(tenths % 10)}) : "", " ", kUnits[unit]});
}

std::string sent(std::uint64_t files, std::uint64_t bytes) {
  return concat({grouped(files), files == 1 ? " file, " : " files, ", bytes_in_words(bytes)});
}

std::string fixes_in_words(std::size_t count) {
  return concat({std::to_string(count), count == 1 ? " fix" : " fixes"});
}

struct Tally {
  std::size_t applied = 0, dropped = 0, unsafe = 0, withdrawn = 0, unproved = 0;

  [[nodiscard]] std::size_t all() const {
    return applied + dropped + unsafe + withdrawn + unproved;
  }
};

std::size_t& count_of(Tally& t, fix::Status status) {
  switch (status) {
    case fix::Status::applied:
    case fix::Status::proved:
      return t.applied;
    case fix::Status::dropped:
      return t.dropped;
    case fix::Status::withdrawn:
      return t.withdrawn;
    case fix::Status::unproved:
      return t.unproved;
    case fix::Status::unsafe:
      break;
  }
  return t.unsafe;
}

Tally tally(const fix::Outcome& outcome) {
  Tally t;
  for (const fix::Told& told : outcome.fixes) ++count_of(t, told.status);
  return t;
}

class FixReport {
 public:
  FixReport(const fix::Outcome& outcome, const FixWords& words, const Options& options,
            Output& output)
      : outcome_(outcome),
        words_(words),
        options_(options),
        texts_(outcome),
        theme_(options),
        buffer_(output),
        out_(buffer_.text) {}

  void write() {
    const std::string* file = nullptr;
    for (const fix::Told& told : outcome_.fixes) {
      if (file == nullptr || *file != told.file) {
        out_ += file == nullptr ? "" : "\n";
        theme_.paint(out_, style::kBold, visible(told.file));
        out_ += '\n';
        file = &told.file;
      }
      write_fix(told);
      buffer_.flush(kBlock);
    }
    if (file != nullptr) out_ += '\n';
    for (const engine::InputError& error : outcome_.result().errors)
      out_ += concat({visible(error.message), "\n"});
    write_summary();
    buffer_.flush();
  }

 private:
  void write_fix(const fix::Told& told) {
    out_ += "  ";
    switch (told.status) {
      case fix::Status::applied:
        theme_.paint(out_, style::kGood, words_.written ? "fixed   " : "fixable ");
        break;
      case fix::Status::dropped:
        theme_.paint(out_, style::kError, "dropped ");
        break;
      case fix::Status::unsafe:
        theme_.paint(out_, style::kNote, "unsafe  ");
        break;
      case fix::Status::proved:
        theme_.paint(out_, style::kGood, "proved  ");
        break;
      case fix::Status::withdrawn:
        theme_.paint(out_, style::kError, "withdrawn");
        break;
      case fix::Status::unproved:
        theme_.paint(out_, style::kNote, "unproved");
        break;
    }
    out_ += concat({" line ", std::to_string(told.line), "  ", told.rule->name, ": "});
    out_ += visible(texts_.shown(told, told.title));
    out_ += '\n';
    if (told.reason.empty()) return;
    out_ += "           ";
    const Wrap wrap{
        .width = options_.width, .column = 11, .indent_columns = 11, .indent = "           "};
    append_wrapped(out_, texts_.shown(told, told.reason), wrap);
    out_ += '\n';
  }

  void write_summary() {
    const Tally t = tally(outcome_);
    const bool is_good = t.applied > 0;
    const std::string_view mark = is_good ? theme_.marks.pass : "";
    std::string line =
        concat({mark, fixes_in_words(t.applied), words_.written ? " written" : " to write"});
    if (t.applied > 0)
      line += concat({" in ", std::to_string(outcome_.files.size()),
                      outcome_.files.size() == 1 ? " file" : " files"});
    if (t.dropped > 0) line += concat({"; ", std::to_string(t.dropped), " dropped"});
    if (t.withdrawn > 0) line += concat({"; ", std::to_string(t.withdrawn), " withdrawn"});
    if (t.unproved > 0) line += concat({"; ", std::to_string(t.unproved), " unproved"});
    if (t.unsafe > 0) line += concat({"; ", std::to_string(t.unsafe), " more with --unsafe"});
    if (t.all() == 0)
      line = outcome_.before.files == 0 && !options_.nothing_judged.empty()
                 ? std::string(options_.nothing_judged)
                 : "Nothing to fix";
    theme_.paint(out_, is_good ? style::kGood : style::kBold, line);
    out_ += '\n';
    for (const fix::ContextEffect& effect : outcome_.contexts)
      out_ += concat({"build context of ", visible(effect.ignore_file), ": ",
                      sent(effect.files_before, effect.bytes_before), " -> ",
                      sent(effect.files_after, effect.bytes_after), "\n"});
    std::size_t left = 0;
    for (const engine::Judged& judged : outcome_.result().findings)
      left += judged.suppressed ? 0 : 1;
    if (left > 0)
      out_ += concat({std::to_string(left), left == 1 ? " finding" : " findings",
                      words_.written ? " left: see `plimsoll check`\n" : " would be left\n"});
    if (!words_.note.empty()) out_ += concat({words_.note, "\n"});
  }

  const fix::Outcome& outcome_;
  const FixWords& words_;
  const Options& options_;
  FixTexts texts_;
  Theme theme_;
  Buffer buffer_;
  std::string& out_;
};

// The whole text of a source, with its own secrets and those of the other side hidden.
std::string hidden_text(const engine::Verdict& own, std::uint32_t number,
                        const engine::Verdict& other, std::uint32_t other_number) {
  const std::string_view bytes = own.source(number).bytes();
  std::string text = own.shown(number, {0, static_cast<std::uint32_t>(bytes.size())});
  if (holds_variables(own.source(number).path())) hide_values(text);
  std::string scratch;
  return std::string(hide_secrets(other, other_number, text, scratch));
}

// A file that was not there: its owner's secrets as a whole, and all that some file holds as such.
std::string hidden_text(const fix::Outcome& outcome, const fix::Created& created) {
  std::string text = created.text, scratch;
  if (created.secret)
    for (char& c : text)
      if (c != '\n' && c != '\r') c = '*';
  for (const engine::Verdict* verdict : {&outcome.before, &outcome.after})
    for (std::uint32_t i = 0; i < verdict->secrets.size(); ++i)
      if (!verdict->secrets[i].empty())
        text = std::string(hide_secrets(*verdict, i, text, scratch));
  return text;
}

struct Sides {
  std::string_view before, after;
  std::string shown_before, shown_after;
};

Sides sides_of(const fix::Outcome& outcome, const fix::ChangedFile& file) {
  if (file.created) return {{}, file.created->text, {}, hidden_text(outcome, *file.created)};
  return {.before = outcome.before.source(file.before).bytes(),
          .after = outcome.after.source(file.after).bytes(),
          .shown_before = hidden_text(outcome.before, file.before, outcome.after, file.after),
          .shown_after = hidden_text(outcome.after, file.after, outcome.before, file.before)};
}

}  // namespace

std::string relative(std::string_view path, std::string_view folder) {
  while (path.starts_with("./")) path.remove_prefix(2);
  if (path.starts_with(folder) && path.substr(folder.size()).starts_with('/'))
    path.remove_prefix(folder.size() + 1);
  return std::string(path);
}

FixTexts::FixTexts(const fix::Outcome& outcome)
    : outcome_(outcome),
      before_(numbers_by_path(outcome.before)),
      result_(numbers_by_path(outcome.result())) {}

std::string FixTexts::shown(const fix::Told& told, std::string_view words) const {
  std::string text(words), scratch;
  const auto hide = [&](const engine::Verdict& verdict,
                        const std::map<std::string_view, std::uint32_t>& numbers) {
    const auto source = numbers.find(told.file);
    if (source != numbers.end())
      text = std::string(hide_secrets(verdict, source->second, text, scratch));
  };
  hide(outcome_.before, before_);
  hide(outcome_.result(), result_);
  return text;
}

std::string_view name(fix::Status status) {
  switch (status) {
    case fix::Status::applied:
      return "applied";
    case fix::Status::dropped:
      return "dropped";
    case fix::Status::unsafe:
      return "unsafe";
    case fix::Status::proved:
      return "proved";
    case fix::Status::withdrawn:
      return "withdrawn";
    case fix::Status::unproved:
      return "unproved";
  }
  return {};
}

Diff diff_of(const fix::Outcome& outcome, std::string_view working_directory) {
  Diff diff;
  for (const fix::ChangedFile& file : outcome.files) {
    const Sides sides = sides_of(outcome, file);
    const std::string path = relative(file.path, working_directory);
    text::Diffed diffed{.path = path,
                        .before = sides.before,
                        .after = sides.after,
                        .changes = file.changes,
                        .shown_before = sides.shown_before,
                        .shown_after = sides.shown_after,
                        .is_new = file.created.has_value()};
    const std::string text = text::unified_diff(diffed);
    if (sides.shown_before != sides.before || sides.shown_after != sides.after) {
      diffed.shown_before = diffed.shown_after = {};
      diff.hides_secrets = diff.hides_secrets || text != text::unified_diff(diffed);
    }
    diff.text += text;
  }
  return diff;
}

void write_fixes(const fix::Outcome& outcome, const FixWords& words, const Options& options,
                 Output& output) {
  FixReport(outcome, words, options, output).write();
}

}  // namespace plimsoll::report
