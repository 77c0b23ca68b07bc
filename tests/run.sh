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

# test_as <preset> <name> <ctest option>...: what ctest prints and a report, build/<preset>/<name>.xml.
test_as() {
  local preset=$1 name=$2
  shift 2
  rm -f "build/$preset/$name.xml"
  ctest --preset "$preset" --no-tests=error --output-junit "$PWD/build/$preset/$name.xml" "$@" || true
}

# count <preset> <name>: adds what that report says.
count() {
  local report="$PWD/build/$1/$2.xml"
  if [ ! -s "$report" ]; then
    echo "FAILED: $1: ctest left no report of $2"
    failed=$((failed + 1))
    return
  fi
  local all bad disabled left_out
  all=$(attribute tests "$report")
  bad=$(attribute failures "$report")
  disabled=$(attribute disabled "$report")
  left_out=$(attribute skipped "$report")
  if [ -z "$all" ] || [ "$all" -eq 0 ]; then
    echo "FAILED: $1: no test of $2 was run"
    failed=$((failed + 1))
    return
  fi
  passed=$((passed + all - bad - disabled - left_out))
  failed=$((failed + bad))
  skipped=$((skipped + disabled + left_out))
}

# run_tests <preset> <ctest option>...
run_tests() {
  local preset=$1
  shift
  say "$preset: tests"
  test_as "$preset" tests --parallel "$jobs" "$@"
  count "$preset" tests
}

# The tests of the dev preset. Those of the desktop come last and have the machine to themselves: what they look at depends
# on how soon applications answer.
run_dev_tests() {
  run_tests dev --label-exclude desktop
  say "dev: desktop tests"
  test_as dev desktop --label-regex desktop
  count dev desktop
}

jobs=$(nproc)
packages=("${packages_build[@]}" "${packages_desktop[@]}" "${packages_programs[@]}" "${packages_check[@]}"
  "${packages_interop[@]}")
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
  run_dev_tests
fi

if $full; then
  check "every header alone" python3 tests/hygiene/headers_alone.py || true
  if command -v clang++-19 >/dev/null; then
    if build clang; then
      check "clang: every header alone" python3 tests/hygiene/headers_alone.py --compiler clang++-19 || true
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
