// POSIX rename is what makes it whole: readers, and whoever comes after a crash, see one or the
// other. Signals wait until all is done.
#include "fix/write.h"

#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "base/concat.h"
#include "fix/creations.h"
#include "fix/open_file.h"

namespace plimsoll::fix {
namespace {

// So many new texts are on their way to the disk at once: one commit of the file system's journal
// serves them all, and few descriptors are open.
constexpr std::size_t kBatch = 64;

// Who asks to end the program is answered when the files are whole.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&set, signal);
    ::pthread_sigmask(SIG_BLOCK, &set, &before_);
  }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;
  ~SignalsWait() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

// Is it this text, and nothing more?
bool says(int file, std::string_view text) {
  char block[1 << 14];
  while (true) {
    const ssize_t got = ::read(file, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0 && text.empty();
    const auto size = static_cast<std::size_t>(got);
    if (text.substr(0, size) != std::string_view(block, size)) return false;
    text.remove_prefix(size);
  }
}

// One file on its way: the new text stands beside it until `set` or the end of this.
class Replacement {
 public:
  Replacement(const Writing& wanted, std::string real) : wanted_(&wanted), real_(std::move(real)) {}
  Replacement(Replacement&& other) noexcept
      : wanted_(other.wanted_),
        real_(std::move(other.real_)),
        beside_(std::exchange(other.beside_, {})),
        out_(std::move(other.out_)),
        status_(other.status_) {}
  Replacement& operator=(Replacement&&) = delete;
  ~Replacement() {
    if (!beside_.empty()) ::unlink(beside_.c_str());
  }

  [[nodiscard]] std::string folder() const {
    return std::filesystem::path(real_).parent_path().string();
  }

  // The new text is written, and on its way to the disk; `flush` waits until it is there.
  Result<void> prepare() {
    OpenFile old(::open(real_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (old.number() < 0 || ::fstat(old.number(), &status_) != 0)
      return trouble_of_system(wanted_->path, "cannot read it");
    if (!S_ISREG(status_.st_mode)) return trouble(wanted_->path, "it is not a regular file");
    if (::access(real_.c_str(), W_OK) != 0)
      return trouble_of_system(wanted_->path, "cannot write it");
    if (!says(old.number(), wanted_->before)) return has_changed();
    return write_beside();
  }

  Result<void> flush() {
    if (::fsync(out_.number()) != 0 || !out_.close())
      return trouble_of_system(wanted_->path, "cannot write beside it");
    return {};
  }

  Result<void> set() {
    struct stat now {};
    if (::lstat(real_.c_str(), &now) != 0 || now.st_ino != status_.st_ino ||
        now.st_size != status_.st_size || now.st_mtim.tv_sec != status_.st_mtim.tv_sec ||
        now.st_mtim.tv_nsec != status_.st_mtim.tv_nsec)
      return has_changed();
    if (::rename(beside_.c_str(), real_.c_str()) != 0)
      return trouble_of_system(wanted_->path, "cannot replace it");
    beside_.clear();
    return {};
  }

 private:
  [[nodiscard]] tl::unexpected<Error> has_changed() const {
    return trouble(wanted_->path, "it has changed since it was read; it is left as it is");
  }

  Result<void> write_beside() {
    const std::filesystem::path real(real_);
    std::string beside = (real.parent_path() / concat({".", real.filename().string(), ".plimsoll-",
                                                       std::to_string(::getpid())}))
                             .string();
    out_ = OpenFile(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                           S_IRUSR | S_IWUSR));
    if (out_.number() < 0) return trouble_of_system(wanted_->path, "cannot write beside it");
    beside_ = std::move(beside);
    if (!write_all(out_.number(), wanted_->after))
      return trouble_of_system(wanted_->path, "cannot write beside it");
    // The owner first: changing it takes away the bits that let others act in its name.
    struct stat made {};
    if (::fstat(out_.number(), &made) != 0 ||
        ((made.st_uid != status_.st_uid || made.st_gid != status_.st_gid) &&
         ::fchown(out_.number(), status_.st_uid, status_.st_gid) != 0))
      return trouble_of_system(wanted_->path, "cannot keep its owner");
    if (::fchmod(out_.number(), status_.st_mode & 07777) != 0)
      return trouble_of_system(wanted_->path, "cannot keep its permissions");
    // Only a hint: where it can't be followed, `flush` does all.
    (void)::sync_file_range(out_.number(), 0, 0, SYNC_FILE_RANGE_WRITE);
    return {};
  }

  const Writing* wanted_;
  std::string real_, beside_;
  OpenFile out_{-1};
  struct stat status_ {};
};

bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const auto [end, at] = std::ranges::mismatch(folder, path);
  return end == folder.end() && at != path.end();
}

using Roots = std::vector<std::filesystem::path>;

Result<Roots> real_roots(const std::vector<std::string>& roots) {
  Roots real;
  for (const std::string& root : roots) {
    std::error_code error;
    std::filesystem::path path = std::filesystem::canonical(root.empty() ? "." : root, error);
    if (error) return trouble(root, error.message());
    real.push_back(std::move(path));
  }
  return real;
}

Result<std::string> real_path(const std::string& path, const Roots& roots) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(path, error);
  if (error) return trouble(path, error.message());
  if (std::ranges::none_of(roots, [&](const auto& root) { return is_below(real, root); }))
    return trouble(
        path, concat({"it leads out of the project, to ", real.string(), "; it is left as it is"}));
  return real.string();
}

// Where a file is to be that isn't there: from the nearest folder that is.
Result<std::string> real_new_path(const std::string& path, const Roots& roots) {
  const std::filesystem::path wanted = std::filesystem::absolute(path).lexically_normal();
  std::filesystem::path there = wanted.parent_path();
  std::error_code error;
  while (there.has_relative_path() &&
         !std::filesystem::exists(std::filesystem::symlink_status(there, error)))
    there = there.parent_path();
  const std::filesystem::path real = std::filesystem::canonical(there, error);
  if (error) return trouble(path, error.message());
  const std::filesystem::path all = real / wanted.lexically_relative(there);
  if (std::ranges::none_of(roots, [&](const auto& root) { return is_below(all, root); }))
    return trouble(path, "it would lie outside of the project; it is not made");
  return all.string();
}

Result<void> flush(std::span<Replacement> batch) {
  for (Replacement& replacement : batch)
    if (Result<void> flushed = replacement.flush(); !flushed) return flushed;
  return {};
}

// They make their folders for their owner alone, whatever else is to lie there.
std::vector<std::reference_wrapper<const Writing>> secrets_first(
    const std::vector<Writing>& files) {
  std::vector<std::reference_wrapper<const Writing>> sorted(files.begin(), files.end());
  std::ranges::stable_partition(sorted, [](const Writing& file) {
    return file.kind == Writing::Kind::secret || file.kind == Writing::Kind::mounted;
  });
  return sorted;
}

// All of them beside their files, each once.
Result<void> prepare(const std::vector<Writing>& files, const Roots& roots, Creations& creations,
                     std::vector<Replacement>& replacements) {
  replacements.reserve(files.size());
  std::size_t flushed = 0;
  const auto flush_rest = [&] {
    const std::span<Replacement> rest = std::span(replacements).subspan(flushed);
    flushed = replacements.size();
    return flush(rest);
  };
  std::map<std::string, std::string_view> seen;  // a file may be named twice, through a link
  for (const Writing& file : secrets_first(files)) {
    const bool is_new = file.kind != Writing::Kind::changed;
    Result<std::string> path =
        is_new ? real_new_path(file.path, roots) : real_path(file.path, roots);
    if (!path) return tl::unexpected(path.error());
    const auto [entry, is_first] = seen.emplace(*path, file.after);
    if (!is_first && entry->second == file.after) continue;
    if (!is_first)
      return trouble(file.path, "the same file has another name, and other fixes there");
    Result<void> prepared;
    if (is_new) {
      prepared = creations.prepare(file, std::move(*path));
    } else {
      replacements.emplace_back(file, std::move(*path));
      prepared = replacements.back().prepare();
      if (prepared && replacements.size() - flushed == kBatch) prepared = flush_rest();
    }
    if (!prepared) return prepared;
  }
  return flush_rest();
}

}  // namespace

Result<void> write(const std::vector<Writing>& files, const std::vector<std::string>& roots) {
  const Result<Roots> real = real_roots(roots);
  if (!real) return tl::unexpected(real.error());
  const SignalsWait wait;
  Creations creations;
  std::vector<Replacement> replacements;
  Result<void> result = prepare(files, *real, creations, replacements);
  if (result) result = creations.set();
  if (!result) return result;
  std::set<std::string> folders;
  std::size_t done = 0;
  for (Replacement& replacement : replacements) {
    result = replacement.set();
    if (!result) break;
    ++done;
    folders.insert(replacement.folder());
  }
  if (result || done > 0) creations.keep();
  for (const std::string& folder : folders) keep_folder(folder);
  if (!result && done > 0)
    return fail(result.error().kind,
                concat({result.error().message, "; ", std::to_string(done + creations.size()),
                        " of ", std::to_string(files.size()), " files were written before that"}));
  return result;
}

}  // namespace plimsoll::fix
