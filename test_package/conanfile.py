import os

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout


class OvertTestConan(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    generators = "CMakeDeps"

    def requirements(self):
        self.requires(self.tested_reference_str)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.user_presets_path = False
        toolchain.cache_variables["COMPONENTS"] = ";".join(self._components())
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def test(self):
        if can_run(self):
            for name in self._components():
                self.run(os.path.join(self.cpp.build.bindir, f"uses_{name}"), env="conanrun")

    def _components(self):
        """The core, and what the package was made with."""
        options = self.dependencies[self.tested_reference_str.split("/")[0]].options
        return ["core", *(name.removeprefix("with_") for name, value in options.items() if value == "True")]
