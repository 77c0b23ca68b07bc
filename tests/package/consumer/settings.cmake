# What belongs to whoever writes a project: its flags, its standard, where its programs go, what it builds and tests. A
# library that is found or added leaves all of it as it was.

# settings_of_this_project(<out>): one "name=value" each.
function(settings_of_this_project out)
  get_cmake_property(names VARIABLES)
  list(FILTER names INCLUDE REGEX "^(CMAKE|BUILD)_")
  # What CMake itself and its find modules leave behind.
  list(FILTER names EXCLUDE REGEX "^CMAKE_(MATCH_|CURRENT_|PARENT_LIST_FILE|PROJECT_|THREAD_|USE_|HAVE_|FIND_PACKAGE_)")
  list(FILTER names EXCLUDE REGEX "^CMAKE_(WARN|ERROR)_DEPRECATED$") # reading them is a warning of its own
  list(REMOVE_DUPLICATES names)
  set(settings "")
  foreach(name IN LISTS names)
    string(REPLACE ";" "," value "${${name}}")
    list(APPEND settings "${name}=${value}")
  endforeach()
  foreach(property IN ITEMS COMPILE_DEFINITIONS COMPILE_FEATURES COMPILE_OPTIONS INCLUDE_DIRECTORIES LINK_DIRECTORIES
                            LINK_OPTIONS)
    get_directory_property(value ${property})
    string(REPLACE ";" "," value "${value}")
    list(APPEND settings "${property}=${value}")
  endforeach()
  set(${out} "${settings}" PARENT_SCOPE)
endfunction()

# expect_settings(<setting>...): an error that names what is different now.
function(expect_settings)
  settings_of_this_project(now)
  set(added "${now}")
  list(REMOVE_ITEM added ${ARGN})
  set(lost "${ARGN}")
  list(REMOVE_ITEM lost ${now})
  if(added OR lost)
    message(FATAL_ERROR "These settings of the project were changed: ${added} (they were: ${lost})")
  endif()
endfunction()

# expect_no_flags(<target>...): a target may need directories, libraries and a standard, and brings no flag or macro.
function(expect_no_flags)
  foreach(target IN LISTS ARGN)
    foreach(property IN ITEMS INTERFACE_COMPILE_OPTIONS INTERFACE_COMPILE_DEFINITIONS INTERFACE_LINK_OPTIONS)
      get_target_property(flags ${target} ${property})
      if(flags)
        message(FATAL_ERROR "${target} brings ${property}: ${flags}")
      endif()
    endforeach()
  endforeach()
endfunction()
