# What the tests and examples of this repository share; not installed.

# Everything that can be built here.
add_library(overt_everything INTERFACE)
foreach(component IN LISTS OVERT_AVAILABLE_COMPONENTS)
  target_link_libraries(overt_everything INTERFACE overt::${component})
endforeach()

# overt_buildable(<out> <source>...): the sources whose components are available here. A source needs x11 when it stands
# in a folder of that name or includes a header from one. What is left out is said.
function(overt_buildable out)
  set(kept "")
  foreach(source IN LISTS ARGN)
    set(needs "")
    file(STRINGS "${source}" includes REGEX "^#include <overt/")
    foreach(component IN LISTS OVERT_COMPONENTS)
      if(DEFINED overt_headers_of_${component} AND NOT component IN_LIST OVERT_AVAILABLE_COMPONENTS)
        foreach(line IN LISTS includes)
          string(REGEX REPLACE "^#include <([^>]*)>.*" "/\\1" header "${line}")
          if(header MATCHES "${overt_headers_of_${component}}")
            set(needs ${component})
          endif()
        endforeach()
      endif()
    endforeach()
    if(needs)
      message(STATUS "left out, because overt::${needs} is not available: ${source}")
    else()
      list(APPEND kept "${source}")
    endif()
  endforeach()
  set(${out} "${kept}" PARENT_SCOPE)
endfunction()

# overt_programs(<out> <source>...): one executable per file, named after it, linked with everything.
function(overt_programs out)
  set(made "")
  overt_buildable(sources ${ARGN})
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    add_executable(${name} "${source}")
    target_link_libraries(${name} PRIVATE overt_everything Threads::Threads)
    list(APPEND made ${name})
  endforeach()
  set(${out} "${made}" PARENT_SCOPE)
endfunction()

find_package(Threads REQUIRED)
