# Runs a portfile without vcpkg: the functions that it calls do here what vcpkg's do for a port like it, and refuse
# arguments that vcpkg's do not know.
#
#   cmake -DPORT_DIR=<folder of the portfile> -DWORK=<empty folder> -P vcpkg_stand_in.cmake     installs into WORK/packages
set(PORT overt)
set(CMAKE_CURRENT_LIST_DIR "${PORT_DIR}")
set(CURRENT_PORT_DIR "${PORT_DIR}")
set(CURRENT_PACKAGES_DIR "${WORK}/packages")
set(build "${WORK}/build")

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()

function(no_other_arguments)
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "vcpkg knows no ${arg_UNPARSED_ARGUMENTS} here")
  endif()
endfunction()

function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "SOURCE_PATH" "OPTIONS")
  no_other_arguments()
  if(NOT VCPKG_BUILD_TYPE STREQUAL "release")
    message(FATAL_ERROR "Headers have no debug build, and vcpkg would make one")
  endif()
  run(${CMAKE_COMMAND} -S "${arg_SOURCE_PATH}" -B "${build}" -G Ninja -DCMAKE_BUILD_TYPE=Release
      "-DCMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR}" ${arg_OPTIONS})
endfunction()

function(vcpkg_cmake_install)
  run(${CMAKE_COMMAND} --install "${build}")
endfunction()

# The real one moves what is not in share/<port>. This port has it there.
function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "")
  no_other_arguments()
  if(NOT EXISTS "${CURRENT_PACKAGES_DIR}/share/${PORT}/${PORT}Config.cmake")
    message(FATAL_ERROR "The config is not in share/${PORT}")
  endif()
endfunction()

# The real one rewrites the prefix, relative to the file as ours is.
function(vcpkg_fixup_pkgconfig)
  cmake_parse_arguments(PARSE_ARGV 0 arg "SKIP_CHECK" "" "")
  no_other_arguments()
  file(GLOB files "${CURRENT_PACKAGES_DIR}/share/pkgconfig/*.pc")
  foreach(file IN LISTS files)
    file(READ "${file}" text)
    if(NOT text MATCHES "\nprefix=\\\${pcfiledir}/\\.\\./\\.\\.\n")
      message(FATAL_ERROR "${file} is not relative to where it is")
    endif()
  endforeach()
endfunction()

function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "FILE_LIST")
  no_other_arguments()
  configure_file(${arg_FILE_LIST} "${CURRENT_PACKAGES_DIR}/share/${PORT}/copyright" COPYONLY)
endfunction()

include("${PORT_DIR}/portfile.cmake")

if(EXISTS "${CURRENT_PACKAGES_DIR}/lib" OR EXISTS "${CURRENT_PACKAGES_DIR}/debug")
  message(FATAL_ERROR "vcpkg wants neither lib nor debug of a port without libraries")
endif()
