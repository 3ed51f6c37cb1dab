# playwright-core and axe-core, with which a test drives the report in a browser (WksNpm.cmake). Without npm, node or network the test
# skips itself.
if(WKS_WITH_NPM)
  wks_npm_install("${CMAKE_SOURCE_DIR}/tests/report" "${CMAKE_BINARY_DIR}/report-tests" "what drives a browser in tests" wks_report_tests_missing)
  if(wks_report_tests_missing)
    message(STATUS "No test of the report in a browser: ${wks_report_tests_missing}")
  endif()
endif()
