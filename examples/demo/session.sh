#!/usr/bin/env bash
# The scripted person of the demo. Run by examples/demo/desktop.sh.
#
#   session.sh OVERT RESULTS
set -euo pipefail
overt=$1
results=$2

step() { printf '   %s\n' "$*"; }
pause() { sleep "${1:-0.4}"; }

# The window of a program, once it is there.
window_of() {
  local found
  for _ in $(seq 100); do
    found=$(xdotool search --onlyvisible --class "$1" 2>/dev/null | tail -n 1) && [ -n "$found" ] && { echo "$found"; return; }
    sleep 0.1
  done
  echo "no window of $1 appeared" >&2
  return 1
}

mousepad "$HOME/letter.txt" 2>/dev/null &
editor_process=$!
zenity --entry --title "Private note" --text "What nobody agreed to share:" --width 360 >/dev/null 2>&1 &
private_process=$!
editor=$(window_of mousepad)
private=$(window_of zenity)
xdotool windowsize --sync "$editor" 640 480 windowmove --sync "$editor" 60 80
xdotool windowmove --sync "$private" 780 120
xdotool windowactivate --sync "$editor"
pause 1

"$overt" record --receipt "$results/receipt.json" --policy "$results/policy.json" --out "$results/trace.mcap" \
  --home "$results/home" 2>"$results/record.log" &
recorder=$!
for _ in $(seq 100); do
  [ -s "$results/trace.mcap" ] && break
  kill -0 "$recorder" 2>/dev/null || { cat "$results/record.log" >&2; exit 1; }
  sleep 0.1
done
pause 1

step "clicks into the editor and types a letter (withheld: only that something was typed)"
xdotool mousemove --window "$editor" 300 250 click 1
pause
xdotool type --delay 60 "Dear diary, my card is 4111 1111 1111 1111."
xdotool key --delay 60 Return
pause
step "presses Ctrl+S"
xdotool key ctrl+s
pause 1
step "opens a menu and leaves it with Escape"
xdotool mousemove --window "$editor" 20 12 click 1
pause
xdotool key --delay 100 Down Down Escape
pause
step "scrolls, then drags over the text"
xdotool mousemove --window "$editor" 300 250
xdotool click --repeat 3 --delay 80 5
xdotool mousemove --window "$editor" 20 60 mousedown 1
for x in 60 100 140 180 220; do
  xdotool mousemove --window "$editor" "$x" 62
  sleep 0.03
done
xdotool mouseup 1
pause
import -window root "$results/desktop.png"

step "goes to a window of another application, which was not agreed to, and types there (not recorded)"
xdotool windowactivate --sync "$private"
pause
xdotool mousemove --window "$private" 180 70 click 1
xdotool type --delay 60 "nobody shall read this"
pause

step "comes back and moves about with the arrow keys"
xdotool windowactivate --sync "$editor"
pause
xdotool key --delay 80 Home End Up
pause 1

kill -INT "$recorder"
status=0
wait "$recorder" || status=$?
sed 's/^/   /' "$results/record.log"
kill "$editor_process" "$private_process" 2>/dev/null || true
wait "$editor_process" "$private_process" 2>/dev/null || true
exit "$status"
