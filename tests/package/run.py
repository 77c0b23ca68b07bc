#!/usr/bin/env python3
"""Installs the library into a folder of its own and uses it from there, as somebody else would.

    run.py [--cxx CXX] [check...]     prints one line per check, and at the end "N passed, N failed"
"""
import argparse
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# Hides what is installed on this machine from find_package and pkg-config.
HIDDEN = [f"-DCMAKE_DISABLE_FIND_PACKAGE_{name}=ON"
          for name in ("nlohmann_json", "re2", "zstd", "libsodium", "unofficial-sodium", "ZLIB", "Tesseract")]


def components():
    text = (ROOT / "cmake" / "overt_component.cmake").read_text(encoding="utf-8")
    return re.search(r"set\(OVERT_COMPONENTS ([^)]+)\)", text).group(1).split()


class Failure(Exception):
    pass


class Checks:
    def __init__(self, folder, cxx):
        self.folder = pathlib.Path(folder)
        self.cxx = cxx
        self.empty = self.folder / "empty"
        self.empty.mkdir()

    def run(self, *command, hidden=False):
        environment = {**os.environ, "CXX": self.cxx}
        environment.pop("MAKEFLAGS", None)
        if hidden:
            environment["PKG_CONFIG_LIBDIR"] = environment["PKG_CONFIG_PATH"] = str(self.empty)
        done = subprocess.run([str(word) for word in command], env=environment, text=True, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def must(self, *command, **how):
        status, output = self.run(*command, **how)
        if status != 0:
            raise Failure(output)
        return output

    def install(self, name, hidden=False):
        """Configures and installs into folder/name."""
        prefix = self.folder / name
        build = self.folder / f"{name}-build"
        self.must("cmake", "-S", ROOT, "-B", build, "-G", "Ninja", "-DOVERT_BUILD_TESTS=OFF",
                  "-DOVERT_BUILD_EXAMPLES=OFF", "-DCMAKE_BUILD_TYPE=Release", f"-DCMAKE_INSTALL_PREFIX={prefix}",
                  *(HIDDEN if hidden else []), hidden=hidden)
        self.must("cmake", "--install", build)
        return prefix

    def configure(self, component, *more, hidden=False):
        build = self.folder / f"consumer-{component.replace(';', '-')}{'-hidden' if hidden else ''}"
        status, output = self.run("cmake", "-S", HERE / "consumer", "-B", build, "-G", "Ninja",
                                  f"-DCMAKE_PREFIX_PATH={self.folder / 'installed'}", f"-DCOMPONENT={component}",
                                  *more, hidden=hidden)
        return build, status, output

    # --- the checks

    def check_consumer(self, component):
        """A project that asks for this component builds and runs."""
        build, status, output = self.configure(component, "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror")
        if status != 0:
            raise Failure(output)
        self.must("cmake", "--build", build)
        self.must(build / "consumer")

    def check_core_alone(self):
        """The core is found and builds where no library of a component is."""
        build, status, output = self.configure("core", *HIDDEN, hidden=True)
        if status != 0:
            raise Failure(output)
        self.must("cmake", "--build", build)

    def check_missing(self, component, dependency):
        """A component whose library is missing is not found, and says what it needs."""
        _, status, output = self.configure(component, *HIDDEN, hidden=True)
        self.expect_message(status, output, f"component '{component}' needs '{dependency}', which was not found.")

    def check_misspelt(self):
        """A component that does not exist is not found, and the message lists those that do."""
        _, status, output = self.configure("bogus")
        self.expect_message(status, output, f"overt has no component 'bogus' (it has: {', '.join(components())}).")

    def check_other_version(self):
        """While the major number is 0, another minor version is another library."""
        consumer = self.folder / "later"
        consumer.mkdir()
        (consumer / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.16)\nproject(later LANGUAGES CXX)\n"
                                                 "find_package(overt 0.0 REQUIRED)\n", encoding="utf-8")
        status, output = self.run("cmake", "-S", consumer, "-B", consumer / "build", "-G", "Ninja",
                                  f"-DCMAKE_PREFIX_PATH={self.folder / 'installed'}")
        self.expect_message(status, output, 'compatible with requested version "0.0"')

    def check_same_bytes(self):
        """What is installed does not depend on what was there when it was installed."""
        self.install("installed-hidden", hidden=True)
        here, there = (self.digests(self.folder / name) for name in ("installed", "installed-hidden"))
        if not here:
            raise Failure("nothing was installed")
        different = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
        if different:
            raise Failure("these differ: " + ", ".join(different))

    def check_all_headers_installed(self):
        """Every header of the library is installed, and nothing else is in include/."""
        ours = {str(path.relative_to(ROOT / "include")) for path in (ROOT / "include").rglob("*") if path.is_file()}
        include = self.folder / "installed" / "include"
        theirs = {str(path.relative_to(include)) for path in include.rglob("*") if path.is_file()}
        if ours != theirs:
            raise Failure("these differ: " + ", ".join(sorted(ours ^ theirs)))

    def check_moved(self):
        """The installed tree names no place of the machine it was made on."""
        root = self.folder / "installed"
        for path in root.rglob("*"):
            if path.is_file() and (str(ROOT) in path.read_text(encoding="utf-8", errors="replace") or
                                   str(root) in path.read_text(encoding="utf-8", errors="replace")):
                raise Failure(f"{path.relative_to(root)} names the place where it was made")

    def check_subdirectory(self):
        """add_subdirectory gives the core, and neither tests nor install rules."""
        consumer = self.folder / "subdirectory"
        consumer.mkdir()
        (consumer / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(subdirectory LANGUAGES CXX)\n"
            f"add_subdirectory({ROOT} overt)\nadd_executable(consumer {HERE / 'consumer' / 'core.cpp'})\n"
            "target_link_libraries(consumer PRIVATE overt::core)\n"
            "if(TARGET overt_test_support OR TARGET overt::dep::json)\n  message(FATAL_ERROR \"too much\")\nendif()\n",
            encoding="utf-8")
        self.must("cmake", "-S", consumer, "-B", consumer / "build", "-G", "Ninja", *HIDDEN, hidden=True)
        self.must("cmake", "--build", consumer / "build", "--target", "consumer")

    # --- helpers

    @staticmethod
    def expect_message(status, output, message):
        if status == 0:
            raise Failure("it was found")
        if message not in " ".join(output.split()):  # CMake wraps lines
            raise Failure(f"not in the message: {message}\n{output}")

    @staticmethod
    def digests(root):
        return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in root.rglob("*") if path.is_file()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cxx", default=os.environ.get("CXX") or "c++")
    parser.add_argument("check", nargs="*", help="names of checks; default: all")
    given = parser.parse_args()

    # Only what is here can be used; that a missing one is said to be missing is checked everywhere.
    available = {"core": True}
    available["json"] = subprocess.run(["cmake", "--find-package", "-DNAME=nlohmann_json", "-DCOMPILER_ID=GNU",
                                        "-DLANGUAGE=CXX", "-DMODE=EXIST"], capture_output=True, check=False,
                                       cwd=tempfile.gettempdir()).returncode == 0
    modules = {"x11": ["xcb", "xcb-xinput", "xcb-xkb", "xcb-randr", "xcb-res", "xcb-composite", "xcb-damage", "xcb-shm",
                   "xcb-xfixes", "xcb-xtest", "xkbcommon", "xkbcommon-x11"],
               "atspi": ["dbus-1"], "re2": ["re2"], "zstd": ["libzstd"], "sodium": ["libsodium"], "png": ["zlib"],
               "tesseract": ["tesseract"]}
    for name, needed in modules.items():
        available[name] = shutil.which("pkg-config") is not None and subprocess.run(
            ["pkg-config", "--exists", *needed], check=False).returncode == 0

    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory(prefix="overt-package-") as folder:
        checks = Checks(folder, given.cxx)
        try:
            checks.install("installed")
        except Failure as why:
            print(f"FAIL install: {why}\n0 passed, 1 failed")
            return 1
        plan = [("all_headers_installed", checks.check_all_headers_installed),
                ("moved", checks.check_moved),
                ("same_bytes", checks.check_same_bytes),
                ("core_alone", checks.check_core_alone),
                ("misspelt", checks.check_misspelt),
                ("other_version", checks.check_other_version),
                ("subdirectory", checks.check_subdirectory),
                ("missing_json", lambda: checks.check_missing("json", "nlohmann_json")),
                ("missing_x11", lambda: checks.check_missing("x11", "xcb")),
                ("missing_atspi", lambda: checks.check_missing("atspi", "dbus-1")),
                ("missing_re2", lambda: checks.check_missing("re2", "re2")),
                ("missing_zstd", lambda: checks.check_missing("zstd", "libzstd")),
                ("missing_sodium", lambda: checks.check_missing("sodium", "libsodium")),
                ("missing_png", lambda: checks.check_missing("png", "zlib")),
                ("missing_tesseract", lambda: checks.check_missing("tesseract", "tesseract"))]
        plan += [(f"consumer_{name}", lambda name=name: checks.check_consumer(name)) for name in components()]
        for name, check in plan:
            if given.check and name not in given.check:
                continue
            component = name.removeprefix("consumer_")
            if component in available and not available[component]:
                print(f"skip {name}: its library is not here")
                skipped += 1
                continue
            try:
                check()
                passed += 1
                print(f"ok   {name}", flush=True)
            except Failure as why:
                failed += 1
                print(f"FAIL {name}: {why}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
