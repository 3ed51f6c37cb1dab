# Compiler, warnings, sanitizers: what every target has in common.
option(WKS_BUILD_TESTS "Build the tests" ON)
option(WKS_WERROR "Warnings are errors" OFF)
option(WKS_WITH_GDAL "Build wijksim-import (needs GDAL)" ON)
option(WKS_WITH_NPM "Embed charts from npm packages in the report" ON)
option(WKS_FUZZ "Build the fuzz targets (clang)" OFF)
set(WKS_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined")

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_C_FLAGS_RELEASE "-O3 -DNDEBUG")
# Link-time optimisation with gcc: small functions of base and world are called from everywhere. It never changes a result (tests/checks/same_bytes.sh).
set(WKS_LTO OFF)
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_C_COMPILER_ID STREQUAL "GNU" AND NOT WKS_SANITIZE AND NOT WKS_FUZZ)
  include(CheckIPOSupported)
  check_ipo_supported(RESULT WKS_LTO LANGUAGES C OUTPUT WKS_LTO_OUTPUT)
endif()

add_library(wks_flags INTERFACE)
target_compile_definitions(wks_flags INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
target_include_directories(wks_flags INTERFACE "${CMAKE_SOURCE_DIR}/src" "${CMAKE_BINARY_DIR}/generated")
# Contraction off everywhere and always: the same bytes with gcc and clang (docs/decisions/0003).
# No errno and no traps from arithmetic: nobody looks at them, and they keep loops from being turned into straight code. No value changes.
target_compile_options(wks_flags INTERFACE -ffp-contract=off -fno-math-errno -fno-trapping-math -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wvla -fno-common)
if(WKS_WERROR)
  target_compile_options(wks_flags INTERFACE -Werror)
endif()
if(WKS_SANITIZE)
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # Instrumented code hides value ranges from gcc, which then warns of text that can never be that long.
    target_compile_options(wks_flags INTERFACE -Wno-format-truncation)
  endif()
  target_compile_options(wks_flags INTERFACE -fsanitize=${WKS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(wks_flags INTERFACE -fsanitize=${WKS_SANITIZE})
endif()
if(WKS_FUZZ)
  target_compile_options(wks_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
