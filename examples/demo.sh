#!/usr/bin/env bash
# Records a small session and shows what a trace holds. Results are in build/demo.
#
#   examples/demo.sh                    on a desktop of its own, without a screen: a scripted person works in an agreed
#                                       application (mousepad) and in one that was not agreed to (zenity)
#   examples/demo.sh --live APP...      on this desktop, while you work in the applications you name, until Ctrl+C.
#                                       An application is named as its process is: mousepad, firefox-esr, libreoffice
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/packages.sh

say() { printf '\n== %s\n' "$*"; }

live=false
apps=(mousepad)
case "${1:-}" in
--live)
  live=true
  shift
  apps=("$@")
  if [ "${#apps[@]}" -eq 0 ]; then
    echo "Name the applications to record, as their processes are called: examples/demo.sh --live mousepad" >&2
    exit 2
  fi
  if [ -z "${DISPLAY:-}" ]; then
    echo "There is no X display here (DISPLAY is not set). Without --live the demo brings up one of its own." >&2
    exit 1
  fi
  ;;
"") ;;
*)
  sed -n '2,8s/^# \{0,1\}//p' "$0"
  [ "$1" = -h ] || [ "$1" = --help ] || exit 2
  exit 0
  ;;
esac

say "Packages"
packages=("${packages_build[@]}")
$live || packages+=("${packages_desktop[@]}")
install_packages "${packages[@]}" || exit 1

say "Building bin/overt (some minutes the first time)"
mkdir -p build
# Not optimised: it is soon built, and fast enough for one session.
CXX=${CXX:-g++} cmake --preset release -DCMAKE_CXX_FLAGS_RELEASE=-O0 -DOVERT_BUILD_TESTS=OFF -DOVERT_BUILD_BENCHMARKS=OFF -B build/demo/program >build/demo-configure.log 2>&1 ||
  { cat build/demo-configure.log && exit 1; }
cmake --build build/demo/program --target overt_command --parallel "$(nproc)"
overt=$PWD/build/demo/program/bin/overt

results=$PWD/build/demo
rm -f "$results"/{policy.json,receipt.json,receipt.json.notice.txt,trace.mcap,timeline.txt,events.jsonl,record.log,desktop.png}
rm -rf "$results/home" # of the scripted person: their key and their ledger
app_options=()
for app in "${apps[@]}"; do app_options+=(--app "$app"); done

say "What may be recorded: ${apps[*]}, and there what is done, not what is typed"
"$overt" policy new "${app_options[@]}" --out "$results/policy.json"

say "Asking for consent"
if $live; then
  "$overt" consent new --policy "$results/policy.json" --out "$results/receipt.json"
  say "Recording. Work in ${apps[*]}; Ctrl+C ends it, and so does closing the red indicator"
  "$overt" record --receipt "$results/receipt.json" --policy "$results/policy.json" --out "$results/trace.mcap" --print || true
else
  echo "(the scripted person has read this and agrees)"
  "$overt" consent new --policy "$results/policy.json" --out "$results/receipt.json" --home "$results/home" --i-agree
  say "Recording a scripted person on a desktop without a screen"
  examples/demo/desktop.sh examples/demo/session.sh "$overt" "$results"
fi

say "The trace, as a timeline (build/demo/timeline.txt)"
"$overt" show "$results/trace.mcap" | tee "$results/timeline.txt"
"$overt" show --json "$results/trace.mcap" >"$results/events.jsonl"

say "Results in build/demo"
echo "trace.mcap    what was recorded: $(wc -l <"$results/events.jsonl") events, $(wc -c <"$results/trace.mcap") bytes"
echo "timeline.txt   the same to read"
echo "receipt.json   the consent, and policy.json what it was given for"
$live || echo "desktop.png    the desktop while it was recorded, with the indicator"
