#!/usr/bin/env bash
# The tests. Installs what is missing on Debian and Ubuntu, builds, runs everything, and ends with one line:
# "N passed, N failed".
#
#   tests/run.sh          the dev preset and all tests: minutes
#   tests/run.sh --full   and clang, AddressSanitizer, ThreadSanitizer, the long desktop forms, the benchmarks
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null
source tests/packages.sh

full=false
for word in "$@"; do
  case "$word" in
  --full) full=true ;;
  -h | --help)
    sed -n '2,6s/^# \{0,1\}//p' tests/run.sh
    exit 0
    ;;
  *)
    echo "tests/run.sh: no option '$word'; there is --full" >&2
    exit 2
    ;;
  esac
done

passed=0
failed=0
skipped=0
finished=false

# Whatever happens, the last line says how it ended.
summary() {
  local status=$?
  trap - EXIT
  if ! $finished && [ "$failed" -eq 0 ]; then
    failed=1
  fi
  echo
  echo "Took $((SECONDS / 60)) min $((SECONDS % 60)) s."
  if [ "$skipped" -gt 0 ]; then
    echo "$skipped skipped, and not counted as passed; each says why above."
  fi
  echo "$passed passed, $failed failed"
  if [ "$failed" -gt 0 ] || ! $finished; then
    exit $((status > 0 ? status : 1))
  fi
}
trap summary EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n== %s\n' "$*"; }

# One attribute of the first element of a JUnit file.
attribute() { sed -n "s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

# check <what> <command>...: one more thing that passes or fails.
check() {
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    echo "FAILED: $what"
    failed=$((failed + 1))
    return 1
  fi
}

# build <preset>: configure and build; the tests of a preset that does not build are not run.
build() {
  local preset=$1
  say "$preset: configure"
  check "$preset: configure" cmake --preset "$preset" || return 1
  say "$preset: build"
  check "$preset: build" cmake --build --preset "$preset" --parallel "$jobs" || return 1
}

# Compiles every header alone, all of them, so that the test of the same has only to look whether that was done.
headers_alone() {
  say "$1: every header alone"
  cmake --build --preset "$1" --parallel "$jobs" --target all_verify_interface_header_sets -- -k 0 || true
}

# run_tests <preset> <ctest option>...
run_tests() {
  local preset=$1
  shift
  say "$preset: tests"
  local report="$PWD/build/$preset/junit.xml"
  rm -f "$report"
  ctest --preset "$preset" --parallel "$jobs" --no-tests=error --output-junit "$report" "$@" || true
  if [ ! -s "$report" ]; then
    echo "FAILED: $preset: ctest left no report"
    failed=$((failed + 1))
    return
  fi
  local all bad disabled left_out
  all=$(attribute tests "$report")
  bad=$(attribute failures "$report")
  disabled=$(attribute disabled "$report")
  left_out=$(attribute skipped "$report")
  if [ -z "$all" ] || [ "$all" -eq 0 ]; then
    echo "FAILED: $preset: no test was run"
    failed=$((failed + 1))
    return
  fi
  passed=$((passed + all - bad - disabled - left_out))
  failed=$((failed + bad))
  skipped=$((skipped + disabled + left_out))
}

jobs=$(nproc)
packages=("${packages_build[@]}" "${packages_desktop[@]}" "${packages_programs[@]}" "${packages_check[@]}")
say "packages"
if ! install_packages "${packages[@]}"; then
  echo "Some packages are missing; going on with what is here."
fi

if $full && ! install_packages "${packages_benchmark[@]}"; then
  echo "The benchmarks leave out what is missing."
fi

# g++ unless told otherwise.
export CXX=${CXX:-g++}

if build dev; then
  headers_alone dev
  run_tests dev
fi

if $full; then
  if command -v clang++-19 >/dev/null; then
    if build clang; then
      headers_alone clang
      run_tests clang --label-exclude 'package|desktop|compile_fail'
    fi
  else
    echo "clang++-19 is not here; that preset is left out."
    skipped=$((skipped + 1))
  fi
  for preset in asan tsan; do
    if build "$preset"; then
      run_tests "$preset" --label-exclude 'package|hygiene|compile_fail'
    fi
  done
  if build release; then
    OVERT_FULL=1 run_tests release --label-regex 'unit|example|desktop'
    for benchmark in tests/benchmark/*.cpp; do
      [ -e "$benchmark" ] || continue
      name=$(basename "$benchmark" .cpp)
      say "benchmark: $name"
      command=("build/release/bin/$name")
      [ "$name" != context_cost ] || command=(tests/desktop/accessible_desktop.sh "${command[@]}")
      check "benchmark: $name" "${command[@]}" || true
    done
  fi
fi

finished=true
