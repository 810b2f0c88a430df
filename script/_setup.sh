# Sourced by the other scripts: says where things are, installs and builds what is missing.
# shellcheck shell=bash
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # used by the scripts that source this one
shared=$root/../shared/data

# Debian's own Python comes first: the Debian packages of Python modules belong to it.
export PATH=/usr/bin:$PATH
# A clone in another folder finds what this one compiled.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

# Reports of the sanitizers name lines by what g++ brings along; LLVM's own program for that need not be there.
export ASAN_OPTIONS=external_symbolizer_path=/usr/bin/addr2line${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export UBSAN_OPTIONS=print_stacktrace=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}

say() { printf '%s\n' "$*" >&2; }

# install_packages LIST...: installs the packages of script/packages-LIST.txt which are missing.
install_packages() {
  local list wanted=() missing=() sudo=()
  for list; do
    mapfile -t -O "${#wanted[@]}" wanted < <(grep -v '^#' "$root/script/packages-$list.txt")
  done
  mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^installed //p' | sort -u))
  [ "${#missing[@]}" -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    say "this is no Debian; make sure that these are installed: ${missing[*]}"
    return 0
  fi
  [ "$(id -u)" = 0 ] || sudo=(sudo)
  say "installing ${missing[*]}"
  "${sudo[@]}" apt-get update -qq >&2
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# build PRESET [TARGET...]: configures build/PRESET once and brings the targets up to date. Tells on
# standard error what it does, and nothing where there is nothing to do.
build() {
  local preset=$1 dir=$root/build/$1
  shift
  if [ ! -f "$dir/build.ninja" ]; then
    say "configuring build/$preset"
    (cd "$root" && cmake --preset "$preset" >/dev/null) || return
  fi
  # CMake checks its globs on each run; what it and ninja say about that is not worth a reader's time. Two
  # ninjas in one folder would undo each other's work.
  flock "$dir/build.ninja" ninja -C "$dir" "$@" 2>&1 | { grep --line-buffered -vE '^-- |Re-checking globbed|no work to do|Entering directory' || true; } >&2
}
