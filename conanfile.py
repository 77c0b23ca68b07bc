import pathlib
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy
from conan.tools.system import package_manager

required_conan_version = ">=2.0"


class OvertConan(ConanFile):
    name = "overt"
    description = "Records how people use computers, in the open: with consent, and with everything sensitive withheld"
    license = "MIT"
    topics = ("recorder", "privacy", "consent", "datasets", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    # One for each component but the core. They change what is required, never what is in the package.
    options = {f"with_{name}": [True, False]
               for name in ("json", "x11", "atspi", "re2", "zstd", "sodium", "png", "tesseract")}
    default_options = {name: False for name in options}
    exports_sources = "include/*", "LICENSE"
    no_copy_source = True

    def set_version(self):
        header = pathlib.Path(self.recipe_folder, "include", "overt", "version.hpp").read_text(encoding="utf-8")
        self.version = ".".join(re.findall(r"define OVERT_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", header))

    def config_options(self):
        if self.settings.os not in ("Linux", "FreeBSD"):
            del self.options.with_x11
            del self.options.with_atspi

    def requirements(self):
        # The direct requirements of a header-only library are transitive.
        if self.options.with_json:
            self.requires("nlohmann_json/[>=3.9 <4]")
        if self.options.get_safe("with_x11"):
            self.requires("xorg/system")
            self.requires("xkbcommon/[>=1.5 <2]")
        if self.options.get_safe("with_atspi"):
            self.requires("dbus/[>=1.14 <2]")
        if self.options.with_re2:
            self.requires("re2/[>=20230301]")
        if self.options.with_zstd:
            self.requires("zstd/[>=1.5 <1.6]")
        if self.options.with_sodium:
            self.requires("libsodium/[>=1.0.18 <2]")
        if self.options.with_png:
            self.requires("zlib/[>=1.2.11 <2]")
        if self.options.with_tesseract:
            self.requires("tesseract/[>=5 <6]")

    def system_requirements(self):
        if self.options.get_safe("with_x11"):
            # xorg/system asks for the other libraries of XCB.
            package_manager.Apt(self).install(["libxcb-xinput-dev", "libxcb-damage0-dev", "libxcb-xtest0-dev"],
                                              update=True, check=True)

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 20)
        if self.settings.os != "Linux":
            raise ConanInvalidConfiguration("overt has been made to work on Linux only so far")

    def package(self):
        copy(self, "LICENSE", self.source_folder, pathlib.Path(self.package_folder, "licenses"))
        copy(self, "*.hpp", pathlib.Path(self.source_folder, "include"), pathlib.Path(self.package_folder, "include"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "overt")
        self._component("core")
        if self.options.with_json:
            self._component("json", "nlohmann_json::nlohmann_json")
        if self.options.get_safe("with_x11"):
            self._component("x11", *(f"xorg::{module}" for module in (
                "xcb", "xcb-xkb", "xcb-randr", "xcb-res", "xcb-composite", "xcb-shm", "xcb-xfixes")),
                "xkbcommon::libxkbcommon", "xkbcommon::libxkbcommon-x11",
                system_libs=["xcb-xinput", "xcb-damage", "xcb-xtest"])
        if self.options.get_safe("with_atspi"):
            self._component("atspi", "dbus::dbus")
        if self.options.with_re2:
            self._component("re2", "re2::re2")
        if self.options.with_zstd:
            self._component("zstd", "zstd::zstdlib")
        if self.options.with_sodium:
            self._component("sodium", "libsodium::libsodium")
        if self.options.with_png:
            self._component("png", "zlib::zlib")
        if self.options.with_tesseract:
            self._component("tesseract", "tesseract::libtesseract")

    def _component(self, name, *requires, system_libs=()):
        """The target overt::<name> and the module overt-<name> of pkg-config, as the library's own CMake makes them."""
        component = self.cpp_info.components[name]
        component.set_property("cmake_target_name", f"overt::{name}")
        component.set_property("pkg_config_name", f"overt-{name}")
        component.bindirs = []
        component.libdirs = []
        component.requires = list(requires) if name == "core" else ["core", *requires]
        component.system_libs = list(system_libs)
