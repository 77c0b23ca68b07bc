#!/usr/bin/env python3
"""Checks the port of vcpkg in port/ as far as it can be without vcpkg.

    vcpkg_port.py [--cxx CXX] [check...]

The portfile is run by CMake with stand-ins for vcpkg's functions (vcpkg_stand_in.cmake). docs/packages.md says how the
port was tried with vcpkg itself.
"""
import argparse
import json
import os
import pathlib
import re
import sys
import tempfile

from checks import HERE, ROOT, Failure, components, digests, expect_same, must, run_checks, version

# The names that vcpkg's documentation of vcpkg.json has, at each place. "$" begins a comment.
MANIFEST = {"name", "version", "version-semver", "version-date", "version-string", "port-version", "description", "license",
            "homepage", "documentation", "maintainers", "summary", "supports", "dependencies", "default-features",
            "features", "overrides", "builtin-baseline", "vcpkg-configuration"}
DEPENDENCY = {"name", "host", "platform", "features", "default-features", "version>="}
FEATURE = {"description", "supports", "dependencies", "license"}
IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def expect_members(place, found, allowed):
    unknown = sorted(name for name in found if name not in allowed and not name.startswith("$"))
    if unknown:
        raise Failure(f"{place}: vcpkg knows no {', '.join(unknown)}")


def names_of(dependencies, place):
    """The names of a list of dependencies, which has to be in order, as vcpkg writes it."""
    names = []
    for dependency in dependencies:
        if isinstance(dependency, dict):
            expect_members(place, dependency, DEPENDENCY)
            names.append(dependency["name"])
        else:
            names.append(dependency)
    for name in names:
        if not IDENTIFIER.fullmatch(name):
            raise Failure(f"{place}: {name} is no name of a port")
    if names != sorted(names):
        raise Failure(f"{place}: not in order")
    return names


class Checks:
    def __init__(self, folder, cxx):
        self.folder = pathlib.Path(folder)
        self.cxx = cxx

    @staticmethod
    def manifest(path):
        """The members of a vcpkg.json, checked; and the names of all ports that it asks for."""
        found = json.loads((ROOT / path).read_text(encoding="utf-8"))
        expect_members(path, found, MANIFEST)
        asked = set(names_of(found["dependencies"], path))
        for name, feature in found["features"].items():
            expect_members(f"{path}, feature {name}", feature, FEATURE)
            if not IDENTIFIER.fullmatch(name) or not feature["description"]:
                raise Failure(f"{path}, feature {name}: a name in small letters and a description are needed")
            asked |= set(names_of(feature.get("dependencies", []), f"{path}, feature {name}"))
        if list(found["features"]) != sorted(found["features"]):
            raise Failure(f"{path}: the features are not in order")
        return found, asked

    # --- the checks

    def check_manifest_of_the_port(self):
        """Its version is the library's, and each component but the core is a feature."""
        found, _ = self.manifest("port/vcpkg.json")
        if (found["name"], found["version"]) != ("overt", version()):
            raise Failure(f"it is {found['name']} {found['version']}, not overt {version()}")
        if set(found["features"]) != set(components()) - {"core"}:
            raise Failure(f"features: {', '.join(found['features'])}")
        if "default-features" in found:
            raise Failure("the core alone is what is installed when nothing else is said")

    def check_manifest_for_development(self):
        """It asks for all that the components are built with."""
        found, asked = self.manifest("vcpkg.json")
        needed = self.manifest("port/vcpkg.json")[1] - {"vcpkg-cmake", "vcpkg-cmake-config"}
        if not needed <= asked:
            raise Failure(f"missing: {', '.join(sorted(needed - asked))}")
        if not set(found["default-features"]) <= set(found["features"]):
            raise Failure("a default feature does not exist")

    def check_portfile(self):
        """What the portfile installs is what CMake installs, with vcpkg's two files added."""
        must("cmake", f"-DPORT_DIR={ROOT / 'port'}", f"-DWORK={self.folder}", "-P", HERE / "vcpkg_stand_in.cmake",
             CXX=self.cxx)
        build = self.folder / "plain-build"
        must("cmake", "-S", ROOT, "-B", build, "-G", "Ninja", "-DOVERT_BUILD_TESTS=OFF", "-DOVERT_BUILD_EXAMPLES=OFF",
             f"-DCMAKE_INSTALL_PREFIX={self.folder / 'plain'}", CXX=self.cxx)
        must("cmake", "--install", build)
        ours = digests(self.folder / "plain")
        theirs = digests(self.folder / "packages")
        for name in ("share/overt/copyright", "share/overt/usage"):
            if theirs.pop(name, None) is None:
                raise Failure(f"{name} is missing")
        expect_same(ours, theirs)

    def check_usage(self):
        """The lines in the file `usage` are a program that builds."""
        said = "\n".join(line for line in (ROOT / "port" / "usage").read_text(encoding="utf-8").splitlines()
                         if line.startswith("    "))
        consumer = self.folder / "usage"
        consumer.mkdir()
        (consumer / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.16)\nproject(usage LANGUAGES CXX)\n"
            f"add_executable(main {HERE / 'consumer' / 'core.cpp'})\n{said}\n", encoding="utf-8")
        must("cmake", "-S", consumer, "-B", consumer / "build", "-G", "Ninja", CXX=self.cxx,
             CMAKE_PREFIX_PATH=self.folder / "packages")
        must("cmake", "--build", consumer / "build")
        must(consumer / "build" / "main")

    def plan(self):
        return [("manifest_of_the_port", self.check_manifest_of_the_port),
                ("manifest_for_development", self.check_manifest_for_development),
                ("portfile", self.check_portfile), ("usage", self.check_usage)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cxx", default=os.environ.get("CXX") or "c++")
    parser.add_argument("check", nargs="*", help="names of checks; default: all")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="overt-vcpkg-") as folder:
        return run_checks(Checks(folder, given.cxx).plan(), given.check)


if __name__ == "__main__":
    sys.exit(main())
