# wks_library(folder LINKS ... PACKAGES ...): src/<folder>/*.c as static library wks_<folder>, linking exactly what is named.
# wks_program(name FOLDER f LINKS ... PACKAGES ...): src/<folder>/*.c as a program in bin/.
function(wks_link target)
  cmake_parse_arguments(ARG "" "" "LINKS;PACKAGES" ${ARGN})
  target_link_libraries(${target} PUBLIC wks_flags)
  foreach(folder ${ARG_LINKS})
    target_link_libraries(${target} PUBLIC wks_${folder})
  endforeach()
  foreach(package ${ARG_PACKAGES})
    target_link_libraries(${target} PRIVATE wks_pkg_${package})
  endforeach()
  target_link_libraries(${target} PRIVATE m)
  if(WKS_LTO)
    set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION ON)
  endif()
endfunction()

# A folder without sources (yet) still is a target, so that the others can be built.
function(wks_sources folder out)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${folder}/*.c")
  if(NOT sources)
    set(sources "${CMAKE_BINARY_DIR}/generated/empty_${folder}.c")
    file(CONFIGURE OUTPUT "${sources}" CONTENT "typedef int wks_${folder}_is_empty;\n")
  endif()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

function(wks_library folder)
  wks_sources(${folder} sources)
  add_library(wks_${folder} STATIC ${sources})
  wks_link(wks_${folder} ${ARGN})
endfunction()

# A program in a build tree finds scenarios/ by this file beside it (src/base/file.c); it is never installed.
file(WRITE "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/.wijksim-data" "${CMAKE_SOURCE_DIR}\n")

function(wks_program name)
  cmake_parse_arguments(ARG "" "FOLDER" "LINKS;PACKAGES" ${ARGN})
  wks_sources(${ARG_FOLDER} sources)
  add_executable(${name} ${sources})
  wks_link(${name} LINKS ${ARG_LINKS} PACKAGES ${ARG_PACKAGES})
endfunction()
