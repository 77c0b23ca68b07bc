#!/usr/bin/env python3
"""Installs the library into a folder of its own and uses it from there, as somebody else would; and as a folder of
somebody else's project.

    run.py [--cxx CXX] [check...]     prints one line per check, and at the end "N passed, N failed"

conan_package.py and vcpkg_port.py do the same for these two.
"""
import argparse
import os
import pathlib
import re
import shutil
import sys
import tempfile

from checks import (HERE, ROOT, Failure, Skipped, components, digests, expect_message, expect_same, must, run, run_checks)

# Hides what is installed on this machine from find_package and pkg-config.
HIDDEN = [f"-DCMAKE_DISABLE_FIND_PACKAGE_{name}=ON"
          for name in ("nlohmann_json", "re2", "zstd", "libsodium", "unofficial-sodium", "ZLIB", "Tesseract")]

# What is said to be missing when nothing is there.
NEEDED = {"json": "nlohmann_json", "x11": "xcb", "atspi": "dbus-1", "re2": "re2", "zstd": "libzstd",
          "sodium": "libsodium", "png": "zlib", "tesseract": "tesseract"}

# What each way of getting the library is tried with.
SETS = ([], ["x11", "atspi"], ["sodium", "zstd"])

# What docs/packages.md says that the messages are.
MISSPELT = f"overt has no component 'jsn' (it has: {', '.join(components())})."
MISSING = "component 'zstd' needs 'libzstd', which was not found."

OLDEST_CMAKE = "3.16.8"  # overtConfig.cmake asks for 3.16


class Checks:
    def __init__(self, folder, cxx):
        self.folder = pathlib.Path(folder)
        self.cxx = cxx
        self.empty = self.folder / "empty"
        self.empty.mkdir()
        # Used from another place than the one it was installed into.
        self.install("installed")
        self.installed = (self.folder / "installed").rename(self.folder / "moved")
        self.pkg_config_path = self.installed / "share" / "pkgconfig"

    def environment(self, hidden):
        return {"CXX": self.cxx, **({"PKG_CONFIG_LIBDIR": self.empty, "PKG_CONFIG_PATH": self.empty} if hidden else {})}

    def install(self, name, hidden=False):
        """Configures and installs into folder/name."""
        build = self.folder / f"{name}-build"
        must("cmake", "-S", ROOT, "-B", build, "-G", "Ninja", "-DOVERT_BUILD_TESTS=OFF", "-DOVERT_BUILD_EXAMPLES=OFF",
             "-DCMAKE_BUILD_TYPE=Release", f"-DCMAKE_INSTALL_PREFIX={self.folder / name}",
             *(HIDDEN if hidden else []), **self.environment(hidden))
        must("cmake", "--install", build)

    def configure(self, way, wanted, *more, hidden=False, cmake="cmake"):
        """The consumer with these components: its build folder, the status of CMake and what it printed."""
        build = pathlib.Path(tempfile.mkdtemp(prefix="consumer-", dir=self.folder))
        status, output = run(cmake, "-S", HERE / "consumer", "-B", build, "-G", "Ninja", f"-DWAY={way}",
                             f"-DCOMPONENTS={';'.join(wanted)}", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror",
                             f"-DOVERT={ROOT}", f"-DCMAKE_PREFIX_PATH={self.installed}",
                             *more, *(HIDDEN if hidden else []), **self.environment(hidden))
        return build, status, output

    def need(self, wanted):
        """Skips a check whose libraries are not here; that a missing one is said to be missing is checked everywhere."""
        if not wanted:
            return
        if shutil.which("pkg-config") is None:
            raise Skipped("pkg-config is not here")
        status, output = run("pkg-config", "--print-errors", "--exists", *(f"overt-{name}" for name in wanted),
                             PKG_CONFIG_PATH=self.pkg_config_path)
        if status != 0:
            raise Skipped("not here: " + (output.splitlines() or ["its library"])[-1])

    # --- the checks

    def check_consumer(self, way, wanted, *more, hidden=False, cmake="cmake"):
        """A project that gets the library this way builds and runs, and its settings are left alone."""
        self.need(wanted)
        build, status, output = self.configure(way, wanted, *more, hidden=hidden, cmake=cmake)
        if status != 0:
            raise Failure(output)
        must("cmake", "--build", build)
        must(build / "consumer")

    def check_oldest_cmake(self):
        """The config is read by the oldest CMake that it says it can be read by."""
        sys.path.insert(0, str(ROOT / "tests" / "interop"))
        from mcap_read import python_library
        folder = ROOT / "build" / "package"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"cmake-{OLDEST_CMAKE}"
        python, why = python_library(folder, "cmake._version", ("--only-binary=:all:", f"cmake=={OLDEST_CMAKE}"), name)
        if python is None:
            raise Skipped(why)
        self.check_consumer("find_package", ["json"] if "json" in self.here() else [], cmake=python.parent / "cmake")

    def here(self):
        found = []
        for name in components():
            try:
                self.need([] if name == "core" else [name])
                found.append(name)
            except Skipped:
                pass
        return found

    def check_missing(self, way):
        """A component whose library is missing is not found, and says what it needs."""
        if way == "find_package":  # says everything that is missing
            _, status, output = self.configure(way, NEEDED, hidden=True)
            for component, dependency in NEEDED.items():
                expect_message(status, output, f"component '{component}' needs '{dependency}', which was not found.")
        else:  # ends at the first
            _, status, output = self.configure(way, ["zstd"], hidden=True)
            expect_message(status, output, MISSING)

    def check_misspelt(self, way):
        """A component that does not exist is not found, and the message lists those that do."""
        _, status, output = self.configure(way, ["jsn"])
        expect_message(status, output, MISSPELT)

    @staticmethod
    def check_documentation():
        """docs/packages.md has the messages, and names the packages of Debian that the scripts here install."""
        text = (ROOT / "docs" / "packages.md").read_text(encoding="utf-8")
        for message in (MISSPELT, MISSING):
            if f"`{message}`" not in text:
                raise Failure(f"not in the documentation: {message}")
        ours = set(re.findall(r"[\w.+-]+", (ROOT / "tests" / "packages.sh").read_text(encoding="utf-8")))
        named = set()
        for component in components():
            row = re.search(rf"^\| `{component}` \| ([^|]+) \|", text, re.MULTILINE)
            if component != "core" and row is None:
                raise Failure(f"{component} is not in the table")
            named |= set(re.findall(r"[\w.+-]+-dev", row.group(1))) if row else set()
        if not named <= ours:
            raise Failure(f"not in tests/packages.sh: {', '.join(sorted(named - ours))}")

    def check_other_version(self):
        """While the major number is 0, another minor version is another library."""
        consumer = self.folder / "later"
        consumer.mkdir()
        (consumer / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.16)\nproject(later LANGUAGES CXX)\n"
                                                 "find_package(overt 0.0 REQUIRED)\n", encoding="utf-8")
        status, output = run("cmake", "-S", consumer, "-B", consumer / "build", "-G", "Ninja",
                             f"-DCMAKE_PREFIX_PATH={self.installed}", CXX=self.cxx)
        expect_message(status, output, 'compatible with requested version "0.0"')

    def check_same_bytes(self):
        """What is installed does not depend on what was there when it was installed."""
        self.install("installed-hidden", hidden=True)
        expect_same(digests(self.installed), digests(self.folder / "installed-hidden"))

    def check_all_headers_installed(self):
        """Every header of the library is installed, and nothing else is in include/."""
        expect_same(digests(ROOT / "include"), digests(self.installed / "include"))

    def check_no_place_named(self):
        """The installed tree names no place of the machine it was made on."""
        for path in self.installed.rglob("*"):
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            if str(ROOT) in text or str(self.folder) in text:
                raise Failure(f"{path.relative_to(self.installed)} names the place where it was made")

    def check_pkg_config(self, wanted):
        """One call of the compiler with what pkg-config says. No flag but directories and libraries comes from it."""
        self.need(wanted or ["core"])
        source = HERE / "consumer" / f"{'_'.join(wanted) or 'core'}.cpp"
        modules = [f"overt-{name}" for name in wanted or ["core"]]
        flags = must("pkg-config", "--cflags", "--libs", *modules, PKG_CONFIG_PATH=self.pkg_config_path).split()
        if wanted == [] and [flag for flag in flags if not flag.startswith("-I")]:
            raise Failure(f"more than directories: {flags}")
        program = self.folder / f"pkg-config-{source.stem}"
        must(self.cxx, "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", source, "-o", program, *flags)
        must(program)

    def plan(self):
        plan = [("all_headers_installed", self.check_all_headers_installed),
                ("no_place_named", self.check_no_place_named),
                ("documentation", self.check_documentation),
                ("same_bytes", self.check_same_bytes),
                ("other_version", self.check_other_version),
                ("oldest_cmake", self.check_oldest_cmake),
                ("core_where_nothing_else_is", lambda: self.check_consumer("find_package", [], hidden=True)),
                ("everything_of_the_core", lambda: self.check_consumer("find_package", [], "-DSOURCE=whole"))]
        for way in ("find_package", "add_subdirectory", "FetchContent"):
            plan += [(f"{way}_missing", lambda way=way: self.check_missing(way)),
                     (f"{way}_misspelt", lambda way=way: self.check_misspelt(way))]
            plan += [(f"{way}_{'_'.join(wanted) or 'core'}", lambda way=way, wanted=wanted: self.check_consumer(way, wanted))
                     for wanted in SETS]
        plan += [(f"find_package_{name}", lambda name=name: self.check_consumer("find_package", [name]))
                 for name in components() if name != "core"]
        plan += [(f"pkg_config_{'_'.join(wanted) or 'core'}", lambda wanted=wanted: self.check_pkg_config(wanted))
                 for wanted in SETS]
        return plan


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cxx", default=os.environ.get("CXX") or "c++")
    parser.add_argument("check", nargs="*", help="names of checks; default: all")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="overt-package-") as folder:
        try:
            checks = Checks(folder, given.cxx)
        except Failure as why:
            print(f"FAIL install: {why}\n0 passed, 1 failed")
            return 1
        return run_checks(checks.plan(), given.check)


if __name__ == "__main__":
    sys.exit(main())
