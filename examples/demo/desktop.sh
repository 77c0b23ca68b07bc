#!/usr/bin/env bash
# Runs a command on a desktop of its own: a virtual X server, a window manager, a session bus, and a home directory that
# is gone afterwards. Ends only what it started.
#
#   examples/demo/desktop.sh COMMAND [ARGUMENT...]
set -euo pipefail

if [ "${1:-}" = --inside ]; then
  shift
  exec 2>&4 4>&-
  openbox --config-file "$XDG_CONFIG_HOME/openbox/rc.xml" 2>/dev/null &
  manager=$!
  until xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; do sleep 0.05; done
  xsetroot -solid '#3b6ea5'
  # As an assistive technology does: programs then tell of their elements.
  gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus \
    --method org.freedesktop.DBus.Properties.Set org.a11y.Status IsEnabled '<true>' >/dev/null 2>&1 || true
  status=0
  "$@" || status=$?
  kill "$manager" 2>/dev/null || true
  wait "$manager" 2>/dev/null || true
  exit "$status"
fi

home=$(mktemp -d)
mkdir -p -m 700 "$home/run" "$home/.config/openbox"
# Without a menu: openbox looks for a menu file that Debian does not have.
cat >"$home/.config/openbox/rc.xml" <<'XML'
<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><name>Clearlooks</name></theme>
  <desktops><number>1</number></desktops>
  <mouse><context name="Client"><mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind></context></mouse>
</openbox_config>
XML

mkfifo "$home/number"
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>"$home/number" 2>/dev/null &
server=$!
cleanup() {
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -rf "$home"
}
trap cleanup EXIT
read -r -t 20 number <"$home/number"

env -u WAYLAND_DISPLAY -u SESSION_MANAGER -u DBUS_SESSION_BUS_ADDRESS \
  DISPLAY=":$number" HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_CONFIG_HOME="$home/.config" \
  XDG_CACHE_HOME="$home/.cache" XDG_DATA_HOME="$home/.local/share" XDG_SESSION_TYPE=x11 GDK_BACKEND=x11 \
  GSETTINGS_BACKEND=memory LANG=C.UTF-8 \
  dbus-run-session -- "$0" --inside "$@" 4>&2 2>/dev/null # the bus and what it starts talk a lot
