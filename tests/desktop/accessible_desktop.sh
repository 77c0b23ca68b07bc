#!/usr/bin/env bash
# Runs a command on a desktop of its own on which programs describe themselves: examples/demo/desktop.sh, and in it the
# accessibility bus, switched on as an assistive technology does it. The bus ends with the session bus it belongs to.
#
#   tests/desktop/accessible_desktop.sh COMMAND [ARGUMENT...]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if [ "${1:-}" = --accessible ]; then
  shift
  bus() { gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus --method "$@" >/dev/null; }
  bus org.a11y.Bus.GetAddress # starts the bus
  bus org.freedesktop.DBus.Properties.Set org.a11y.Status IsEnabled '<true>'
  exec "$@"
fi

# Programs inherit these through the bus as well. No profile, no clipboard and no window place of an earlier run.
exec env -u GTK_MODULES -u NO_AT_BRIDGE QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 GDK_BACKEND=x11 \
  SAL_USE_VCLPLUGIN=gtk3 GTK_THEME=Adwaita GSK_RENDERER=cairo \
  "$here/../../examples/demo/desktop.sh" "$here/accessible_desktop.sh" --accessible "$@"
