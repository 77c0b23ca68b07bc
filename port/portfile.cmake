# The port builds the tree that it stands in, so that it can be used before there is a release: vcpkg's own registry wants
# vcpkg_from_github with the hash of a release here, and the rest as it is.
set(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/..")

set(VCPKG_BUILD_TYPE release) # header-only port

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        -DOVERT_BUILD_TESTS=OFF
        -DOVERT_BUILD_EXAMPLES=OFF
        -DOVERT_INSTALL=ON
)

vcpkg_cmake_install()
vcpkg_cmake_config_fixup()
# Every component is installed; what the .pc file of one needs is there when its feature was asked for.
vcpkg_fixup_pkgconfig(SKIP_CHECK)

vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
