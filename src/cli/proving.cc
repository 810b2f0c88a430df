// The signal handler sets a flag; everything that waits looks at it.
#include "cli/proving.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <optional>

#include "base/concat.h"
#include "cli/environment.h"
#include "cli/plan.h"
#include "cli/terminal.h"
#include "engineapi/address.h"
#include "engineapi/client.h"
#include "engineapi/engine.h"
#include "fix/proof/proof.h"
#include "report/visible.h"

namespace plimsoll::cli {
namespace {

// A signal handler knows nothing but globals.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
std::atomic<bool> stop_asked{false};
std::atomic<int> stop_signal{0};
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void ask_to_stop(int signal) {
  stop_signal.store(signal);
  stop_asked.store(true);
}

// Restores what signals did before.
class Interruptible {
 public:
  Interruptible() {
    struct sigaction action {};
    action.sa_handler = ask_to_stop;
    ::sigaction(SIGINT, &action, &interrupt_);
    ::sigaction(SIGTERM, &action, &terminate_);
    ::sigaction(SIGHUP, &action, &hangup_);
  }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
  ~Interruptible() {
    ::sigaction(SIGINT, &interrupt_, nullptr);
    ::sigaction(SIGTERM, &terminate_, nullptr);
    ::sigaction(SIGHUP, &hangup_, nullptr);
  }

 private:
  struct sigaction interrupt_ {
  }, terminate_{}, hangup_{};
};

// On a terminal one line that changes, elsewhere a line for each step.
class Progress {
 public:
  explicit Progress(bool quiet) : quiet_(quiet), terminal_(::isatty(STDERR_FILENO) == 1) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() {
    if (shown_) DescriptorOutput(STDERR_FILENO).write("\r\x1b[K");
  }

  void tell(std::string_view step) {
    if (quiet_) return;
    const std::string text = report::visible(step);
    DescriptorOutput out(STDERR_FILENO);
    if (!terminal_) {
      out.write(concat({"plimsoll: ", text, "\n"}));
      return;
    }
    const std::size_t width = terminal_width() > 1 ? terminal_width() - 1 : 1;
    out.write(concat({"\r\x1b[K", std::string_view(text).substr(0, width)}));
    shown_ = true;
  }

 private:
  bool quiet_, terminal_, shown_ = false;
};

std::string name_of_run() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return concat({std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()),
                 "x", std::to_string(::getpid())});
}

// What is below these is the project's own.
std::vector<std::string> own_folders(const FixArguments& a, const Fs& fs) {
  std::vector<std::string> folders;
  for (const std::string& path :
       a.check.paths.empty() ? std::vector<std::string>{"."} : a.check.paths) {
    const Result<FileStatus> status = fs.status(path);
    const bool is_folder = status && status->kind == FileKind::directory;
    folders.emplace_back(is_folder ? std::string_view(path) : parent_path(path));
  }
  return folders;
}

// Requests of the work itself end when it is interrupted, those that clean up don't.
struct Connection {
  std::atomic<bool> never{false};
  std::optional<engineapi::Client> working, cleaning;

  Result<void> open(const engineapi::Address& address) {
    for (auto* client : {&working, &cleaning}) {
      Result<engineapi::Client> opened =
          engineapi::Client::open(address, client == &working ? stop_asked : never);
      if (!opened) return tl::unexpected(opened.error());
      client->emplace(std::move(*opened));
    }
    return {};
  }

  Result<engineapi::Response> ask(const engineapi::Request& request) {
    // What is removed is removed to the end; what is made is known only by its answer, which comes
    // soon.
    const bool is_short = request.method == "DELETE" ||
                          (request.method == "POST" && request.body.size() < 1'000'000 &&
                           request.path.find("/create") != std::string::npos);
    return (is_short ? *cleaning : *working).ask(request);
  }
};

void tell_left(const std::vector<std::string>& left) {
  for (const std::string& name : left)
    complain(concat({name, " could not be removed from the engine"}));
}

}  // namespace

Result<fix::Outcome> prove_fixes(const FixArguments& arguments, const fix::Settings& settings,
                                 const Fs& fs) {
  const Result<engineapi::Address> address =
      engineapi::find_address({.option = arguments.docker_host, .environment = environment}, fs);
  if (!address) return tl::unexpected(address.error());
  Connection connection;
  if (const Result<void> opened = connection.open(*address); !opened)
    return tl::unexpected(opened.error());
  engineapi::Engine engine([&](const engineapi::Request& r) { return connection.ask(r); },
                           name_of_run());
  if (const Result<void> greeted = engine.greet(); !greeted) return tl::unexpected(greeted.error());

  std::optional<fix::Outcome> outcome;
  {
    const Interruptible interruptible;
    Progress progress(arguments.check.quiet);
    const fix::proof::StandSettings limits{
        .patience_ms = arguments.prove_timeout * 1000,
        .network = arguments.prove_network,
        .local = address->local(),
        .build_arguments = settings.check.build_arguments,
        .target = settings.check.target,
        .folders = own_folders(arguments, fs),
        .progress = [&](std::string_view step) { progress.tell(step); }};
    fix::proof::Stand stand(engine, limits, stop_asked);
    outcome = fix::proof::prove(settings, fs, stand, limits, stop_asked);
    tell_left(engine.clean_up());
  }
  if (stop_asked.load()) {
    std::signal(stop_signal.load(), SIG_DFL);
    (void)::raise(stop_signal.load());
  }
  return std::move(*outcome);
}

}  // namespace plimsoll::cli
