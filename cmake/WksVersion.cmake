# generated/version.h: version, commit and compiler, for --version and manifests. Without git the commit is "unknown".
set(WKS_COMMIT "unknown")
find_program(WKS_GIT git)
if(WKS_GIT)
  execute_process(COMMAND "${WKS_GIT}" -C "${CMAKE_SOURCE_DIR}" describe --always --dirty --abbrev=12
                  OUTPUT_VARIABLE WKS_COMMIT_FOUND OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE WKS_GIT_FAILED)
  if(NOT WKS_GIT_FAILED AND WKS_COMMIT_FOUND)
    set(WKS_COMMIT "${WKS_COMMIT_FOUND}")
  endif()
endif()
configure_file("${CMAKE_SOURCE_DIR}/cmake/version.h.in" "${CMAKE_BINARY_DIR}/generated/version.h" @ONLY)
