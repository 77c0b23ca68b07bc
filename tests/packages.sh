# The Debian and Ubuntu packages that the scripts of this repository need; read with `source`. The functions at the end
# install what is missing.

# shellcheck disable=SC2034  # used by the scripts that read this file
packages_build=(
  g++ cmake ninja-build pkg-config python3
  catch2 nlohmann-json3-dev libfmt-dev libcli11-dev libcpp-httplib-dev
  libxcb1-dev libxcb-xinput-dev libxcb-xkb-dev libxcb-randr0-dev libxcb-res0-dev libxcb-xtest0-dev
  libxcb-composite0-dev libxcb-damage0-dev libxcb-shm0-dev libxcb-xfixes0-dev
  libxkbcommon-dev libxkbcommon-x11-dev libdbus-1-dev libre2-dev libzstd-dev libsodium-dev zlib1g-dev
  libtesseract-dev
)

# A desktop without a screen, and real applications on it.
packages_desktop=(
  xvfb openbox dbus dbus-x11 xdotool x11-utils x11-xserver-utils x11-xkb-utils xinput zenity mousepad
  at-spi2-core fonts-dejavu-core libglib2.0-bin gsettings-desktop-schemas adwaita-icon-theme
  dconf-gsettings-backend imagemagick tesseract-ocr tesseract-ocr-eng
)

# Programs of each toolkit that the tests work in, and what the tests' own programs are built with.
packages_programs=(
  libgtk-3-dev libgtk-4-dev qtbase5-dev libatspi2.0-dev libatk-adaptor
  libreoffice-writer libreoffice-gtk3 chromium firefox-esr galculator thunar ibus ibus-gtk3 ibus-hangul
)

# What the benchmarks compare with, beside those above.
packages_benchmark=(libhyperscan-dev libsqlite3-dev libpng-dev libwebp-dev)

# The second compiler, under which misuse must not compile either, and the formatter.
packages_check=(clang-19 clang-format-19)

# The readers of others come from PyPI and npm.
packages_interop=(python3-venv nodejs npm)

# missing_packages <package>...: those that are not installed, one a line.
missing_packages() {
  local package
  for package in "$@"; do
    if ! dpkg -s "$package" 2>/dev/null | grep -q '^Status: install ok installed'; then
      echo "$package"
    fi
  done
}

# install_packages <package>...: installs those that are missing, says which, and asks for rights when it has none.
# Returns 1 when something is still missing afterwards. Downloads nothing when all is there.
install_packages() {
  if ! command -v dpkg >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not Debian or Ubuntu, so nothing is installed here. What is needed, by its Debian names:"
    echo "  $*"
    return 0
  fi
  local -a missing=() as_root=()
  mapfile -t missing < <(missing_packages "$@")
  if [ "${#missing[@]}" -eq 0 ]; then
    return 0
  fi
  echo "Installing with apt-get: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "That needs root, and there is no sudo. As root: apt-get install --no-install-recommends ${missing[*]}"
      return 1
    fi
    echo "That needs root; sudo may ask for your password."
    as_root=(sudo)
  fi
  local -a apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=550 -y)
  # A list that was fetched before usually does; it is fetched again only when it does not.
  if ! apt-cache show "${missing[@]}" >/dev/null 2>&1 ||
    ! "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null; then
    "${apt[@]}" update </dev/null || return 1
    "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null || return 1
  fi
}
