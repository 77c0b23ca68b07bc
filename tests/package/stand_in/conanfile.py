"""A system's library under the name of the package that Conan's own server has of it, where that server cannot be
reached. Exported once for each name; which libraries those are, and the names of components and targets as the packages
have them, stands in LIBRARIES."""
from conan import ConanFile
from conan.tools.gnu import PkgConfig

XCB = ("xcb", "xcb-xkb", "xcb-randr", "xcb-res", "xcb-composite", "xcb-shm", "xcb-xfixes")

# package: {component: (what pkg-config calls it, its target in CMake)}; a package without components has one named "".
LIBRARIES = {
    "dbus": {"": ("dbus-1", "dbus-1")},
    "libsodium": {"": ("libsodium", "libsodium::libsodium")},
    "nlohmann_json": {"": ("nlohmann_json", "nlohmann_json::nlohmann_json")},
    "re2": {"": ("re2", "re2::re2")},
    "tesseract": {"libtesseract": ("tesseract", "Tesseract::libtesseract")},
    # The real one has more components, but none for xcb-xinput, xcb-damage and xcb-xtest.
    "xorg": {name: (name, f"xorg::{name}") for name in XCB},
    "xkbcommon": {"libxkbcommon": ("xkbcommon", "xkbcommon::libxkbcommon"),
                  "libxkbcommon-x11": ("xkbcommon-x11", "xkbcommon::libxkbcommon-x11")},
    "zlib": {"": ("zlib", "ZLIB::ZLIB")},
    "zstd": {"zstdlib": ("libzstd", "zstd::libzstd_shared")},
}


class StandInConan(ConanFile):
    package_type = "shared-library"
    settings = "os", "arch", "compiler", "build_type"

    def package_id(self):
        self.info.clear()

    def package_info(self):
        for name, (module, target) in LIBRARIES[self.name].items():
            place = self.cpp_info.components[name] if name else self.cpp_info
            library = PkgConfig(self, module)
            # Named as the system's, the library dbus-1 would be taken for the target of that name.
            of_the_system = target != module
            library.fill_cpp_info(place, is_system=of_the_system)
            place.set_property("cmake_target_name", target)
            place.includedirs = list(library.includedirs)
            place.libdirs = [] if of_the_system else [library.variables["libdir"]]
            place.bindirs = []
