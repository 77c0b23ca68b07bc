#!/usr/bin/env python3
"""Makes the Conan package with several options and tests each with test_package.

    conan_package.py [--cxx CXX] [--folder FOLDER] [check...]

FOLDER, build/package unless told, keeps Conan itself, which comes from PyPI, and a cache of packages of its own. Conan's
server is not asked: the system's libraries stand in for its packages (stand_in/). Ends with 77, and says why, where Conan
cannot be installed.
"""
import argparse
import json
import os
import pathlib
import shutil
import sys

from checks import (HERE, ROOT, Failure, Skipped, components, digests, expect_message, expect_same, must, run, run_checks,
                    version)

sys.path.insert(0, str(ROOT / "tests" / "interop"))
sys.path.insert(0, str(HERE / "stand_in"))
from mcap_read import python_library  # noqa: E402

CONAN = "conan>=2.9,<3"

# Which packages a component requires.
REQUIRED = {"json": ["nlohmann_json"], "x11": ["xorg", "xkbcommon"], "atspi": ["dbus"], "re2": ["re2"], "zstd": ["zstd"],
            "sodium": ["libsodium"], "png": ["zlib"], "tesseract": ["tesseract"]}


class Checks:
    def __init__(self, python, folder, cxx):
        self.conan = python.parent / "conan"
        self.folder = folder
        self.home = folder / "conan_home"
        shutil.rmtree(self.home, ignore_errors=True)
        self.cxx = cxx
        self.must("profile", "detect")
        # The version is the system's, so that the recipe's range is tested; the real xorg is called "system".
        libraries = json.loads(must(python, "-c", "import json, conanfile; print(json.dumps(conanfile.LIBRARIES))",
                                    cwd=HERE / "stand_in"))
        self.missing = {}
        for name, parts in libraries.items():
            modules = [module for module, _ in parts.values()]
            status, output = run("pkg-config", "--print-errors", "--exists", *modules)
            if status != 0:
                self.missing[name] = output.strip()
                continue
            number = must("pkg-config", "--modversion", modules[0]).strip()
            number = {"xorg": "system", "re2": "20230301"}.get(name, number)  # that of RE2 is nothing but its ABI
            self.must("export", HERE / "stand_in", f"--name={name}", f"--version={number}")

    def run(self, *command):
        return run(self.conan, *command, CONAN_HOME=self.home, CXX=self.cxx, CC=None)

    def must(self, *command):
        status, output = self.run(*command)
        if status != 0:
            raise Failure(f"conan {' '.join(str(word) for word in command)}\n{output}")
        return output

    def json_of(self, *command):
        """What the command answers; Conan's own messages stand around it."""
        output = "\n" + self.must(*command, "--format=json")
        return json.JSONDecoder().raw_decode(output[output.index("\n{\n") + 1:])[0]

    # --- the checks

    def check_create(self, wanted):
        """conan create, as the documentation says it, then the programs in test_package run."""
        for name in wanted:
            for package in REQUIRED[name]:
                if package in self.missing:
                    raise Skipped(f"{package}: {self.missing[package]}")
        output = self.must("create", ROOT, "--no-remote", "--build=missing", "-s", "compiler.cppstd=20",
                           *(f"-o=&:with_{name}=True" for name in wanted),
                           "-c", "tools.cmake.cmaketoolchain:generator=Ninja",
                           "-c", f"tools.cmake.cmake_layout:test_folder={self.folder / 'test_package'}")
        for name in ["core", *wanted]:
            if f"RUN: ./uses_{name}" not in output:
                raise Failure(f"the program for {name} was not run:\n{output}")

    def check_one_package(self):
        """Whatever the options, the package is the same one, and holds the headers and the licence."""
        listed = self.json_of("list", f"overt/{version()}:*")
        packages = {package for reference in listed["Local Cache"].values()
                    for revision in reference["revisions"].values() for package in revision["packages"]}
        if len(packages) != 1:
            raise Failure(f"there are {len(packages)} packages: {packages}")
        place = self.must("cache", "path", f"overt/{version()}:{packages.pop()}").splitlines()[-1]
        found = digests(pathlib.Path(place))
        ours = {f"include/{name}": digest for name, digest in digests(ROOT / "include").items()}
        if found.pop("licenses/LICENSE", None) is None:
            raise Failure("the licence is not in it")
        of_conan = ("conaninfo.txt", "conanmanifest.txt")
        expect_same(ours, {name: digest for name, digest in found.items() if name not in of_conan})

    def check_options(self):
        """One option for each component but the core, all of them off; none for a desktop where there is none."""
        options = self.options("Linux")
        expected = {f"with_{name}": "False" for name in components() if name != "core"}
        if options != expected:
            raise Failure(f"{options}, not {expected}")
        for name in ("with_x11", "with_atspi"):
            del expected[name]
        if self.options("Windows") != expected:
            raise Failure(f"on Windows: {self.options('Windows')}")

    def options(self, system):
        graph = self.json_of("graph", "info", ROOT, "--no-remote", "-s", "compiler.cppstd=20", "-s", f"os={system}")
        return graph["graph"]["nodes"]["0"]["options"]

    def check_old_standard(self):
        """C++17 is refused."""
        status, output = self.run("create", ROOT, "--no-remote", "-s", "compiler.cppstd=17")
        expect_message(status, output, "Current cppstd (17) is lower than the required C++ standard (20).")

    def check_component_off(self):
        """A component whose option is off does not exist: CMake says which target it did not find."""
        place = self.folder / "conan_off"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        (place / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.16)\nproject(program LANGUAGES CXX)\nfind_package(overt REQUIRED)\n"
            f"add_executable(program {HERE / 'consumer' / 'zstd.cpp'})\n"
            "target_link_libraries(program PRIVATE overt::zstd)\n", encoding="utf-8")
        self.must("install", f"--requires=overt/{version()}", "--no-remote", "-g", "CMakeDeps", "-s",
                  "compiler.cppstd=20", f"--output-folder={place}")
        status, output = run("cmake", "-S", place, "-B", place / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={place}",
                             "-DCMAKE_BUILD_TYPE=Release", CXX=self.cxx)
        expect_message(status, output, "overt::zstd")

    def check_pkg_config(self):
        """Conan's .pc files have the names of ours."""
        place = self.folder / "conan_pc"
        shutil.rmtree(place, ignore_errors=True)
        self.must("install", f"--requires=overt/{version()}", "--no-remote", "-g", "PkgConfigDeps", "-s",
                  "compiler.cppstd=20", f"--output-folder={place}")
        must("pkg-config", "--print-errors", f"--exact-version={version()}", "overt-core", PKG_CONFIG_PATH=place)

    def plan(self):
        sets = ([], ["x11", "atspi"], ["sodium", "zstd", "json", "png"], ["re2", "tesseract"])
        return [("options", self.check_options), ("old_standard", self.check_old_standard),
                *[(f"create_{'_'.join(wanted) or 'core'}", lambda wanted=wanted: self.check_create(wanted))
                  for wanted in sets],
                ("one_package", self.check_one_package), ("component_off", self.check_component_off),
                ("pkg_config", self.check_pkg_config)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cxx", default=os.environ.get("CXX") or "c++")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / "package")
    parser.add_argument("check", nargs="*", help="names of checks; default: all")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    python, why = python_library(given.folder, "conan.api", (CONAN,), "conan")
    if python is None:
        print(f"skipped: {why}")
        return 77
    try:
        checks = Checks(python, given.folder.resolve(), given.cxx)
    except Failure as why:
        print(f"FAIL setup: {why}\n0 passed, 1 failed")
        return 1
    return run_checks(checks.plan(), given.check)


if __name__ == "__main__":
    sys.exit(main())
