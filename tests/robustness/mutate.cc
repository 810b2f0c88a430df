// Judges the files of a folder, their beginnings and random changes of them, and fails if a promise
// of the pipeline is broken.
//
// usage: mutate FOLDER COUNT SEED [KEEP]  — every file, kTruncations beginnings of each, and COUNT
//        changes of 1-8 bytes. The same SEED gives the same inputs. In the folder KEEP each thread
//        leaves the input that it was at, so a crash can be repeated, and each input that broke a
//        promise.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/parallel.h"
#include "robustness/pipeline.h"

namespace {

constexpr unsigned kThreads = 2;
constexpr std::size_t kTruncations = 4;
constexpr std::string_view kFormats[] = {"json"};

using Files = std::vector<std::string>;

Files read_files(const char* folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) paths.push_back(entry.path());
  std::ranges::sort(paths);  // so that a number always means the same file
  Files files;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    files.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return files;
}

// Makes input number `index` of a run.
class Mutation {
 public:
  Mutation(const Files& files, std::uint64_t seed, std::size_t index)
      : files_(files), random_(seed * 0x9E3779B97F4A7C15U + index) {}

  std::string change() {
    std::string bytes = files_[below(files_.size())];
    const std::size_t at = below(bytes.size() + 1), count = 1 + below(8);
    switch (below(4)) {
      case 0:
        for (std::size_t i = at; i < std::min(at + count, bytes.size()); ++i) bytes[i] = any_byte();
        break;
      case 1:
        for (std::size_t i = 0; i < count; ++i) bytes.insert(at, 1, any_byte());
        break;
      case 2:
        bytes.erase(at, count);
        break;
      default: {
        // From this file as often as from any other.
        const std::string& from = below(2) == 0 ? bytes : files_[below(files_.size())];
        const std::string piece = from.substr(below(from.size() + 1), count);
        bytes.insert(at, piece);
      }
    }
    return bytes;
  }

  std::string beginning(std::size_t file) {
    return files_[file].substr(0, below(files_[file].size() + 1));
  }

 private:
  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

  // Half of them mean something to a Dockerfile or to a shell. NUL is rare: it ends the judging.
  char any_byte() {
    static constexpr std::string_view kTelling = "\"'\\$`{}()<>|&;#=,[]:@%*?!~-+/.0aF\n\n\r\t  ";
    return below(2) == 0 ? kTelling[below(kTelling.size())] : static_cast<char>(below(256));
  }

  const Files& files_;
  std::mt19937_64 random_;
};

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

struct Worker {
  plimsoll::robustness::Pipeline pipeline{kFormats};
  std::uint64_t bytes = 0, broken = 0;
  double slowest_s = 0;
  std::size_t slowest = 0;
};

class Run {
 public:
  Run(const Files& files, std::size_t beginnings, std::uint64_t seed, const char* keep)
      : files_(files), beginnings_(beginnings), seed_(seed), keep_(keep) {}

  void judge(std::size_t index, unsigned thread, Worker& worker) const {
    const std::string input = make(index);
    if (keep_ != nullptr) write_file(kept("running-", thread), input);
    const auto start = std::chrono::steady_clock::now();
    const std::string broken = worker.pipeline.judge(input);
    const double took =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    worker.bytes += input.size();
    if (took > worker.slowest_s) worker.slowest_s = took, worker.slowest = index;
    if (broken.empty()) return;
    ++worker.broken;
    std::printf("input %zu: %s\n", index, broken.c_str());
    if (keep_ != nullptr) write_file(kept("broken-", index), input);
  }

 private:
  [[nodiscard]] std::string make(std::size_t index) const {
    if (index < files_.size()) return files_[index];
    Mutation mutation(files_, seed_, index);
    const std::size_t beginning = index - files_.size();
    if (beginning < beginnings_) return mutation.beginning(beginning * files_.size() / beginnings_);
    return mutation.change();
  }

  [[nodiscard]] std::filesystem::path kept(const char* name, std::size_t number) const {
    return std::filesystem::path(keep_) / (name + std::to_string(number));
  }

  const Files& files_;
  std::size_t beginnings_;  // spread over the files
  std::uint64_t seed_;
  const char* keep_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) {
    std::fputs("usage: mutate FOLDER COUNT SEED [KEEP]\n", stderr);
    return 2;
  }
  const std::size_t changes = std::strtoull(argv[2], nullptr, 10);
  const std::uint64_t seed = std::strtoull(argv[3], nullptr, 10);
  const Files files = read_files(argv[1]);
  const std::size_t beginnings = std::min(files.size() * kTruncations, changes);
  if (files.empty()) return std::fputs("mutate: no files\n", stderr), 1;

  const auto start = std::chrono::steady_clock::now();
  const Run run(files, beginnings, seed, argc == 5 ? argv[4] : nullptr);
  std::vector<Worker> workers(kThreads);
  plimsoll::parallel_for(
      files.size() + beginnings + changes, kThreads,
      [&](std::size_t i, unsigned thread) { run.judge(i, thread, workers[thread]); });
  const double took =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  std::uint64_t bytes = 0, findings = 0, broken = 0;
  for (const Worker& worker : workers) {
    bytes += worker.bytes, findings += worker.pipeline.findings, broken += worker.broken;
    std::printf("slowest of a thread: input %zu, %.0f ms\n", worker.slowest,
                worker.slowest_s * 1e3);
  }
  std::printf(
      "seed %llu: %zu files, %zu beginnings, %zu changes: %.1f MB, %llu findings, %.1f s; "
      "%llu broke a promise\n",
      static_cast<unsigned long long>(seed), files.size(), beginnings, changes,
      static_cast<double>(bytes) / 1e6, static_cast<unsigned long long>(findings), took,
      static_cast<unsigned long long>(broken));
  return broken > 0 ? 1 : 0;
}
