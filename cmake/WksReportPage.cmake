# The report's own style sheet and script (src/report/page.css, page.js) as text in library wks_report_page, whatever npm does.
# Header: report/embedded.h with wks_embedded_css, wks_embedded_js and their _size in bytes.
set(WKS_PAGE_BLOBS "")
set(WKS_PAGE_DECLARATIONS "")
set(wks_page_files "")
foreach(name css js)
  set(file "${CMAKE_SOURCE_DIR}/src/report/page.${name}")
  list(APPEND wks_page_files "${file}")
  set(symbol "wks_embedded_${name}")
  string(APPEND WKS_PAGE_DECLARATIONS "extern const char ${symbol}[];\nextern const size_t ${symbol}_size; /* bytes, without the ending 0 */\n")
  string(APPEND WKS_PAGE_BLOBS "__asm__(\".pushsection .rodata\\n.balign 16\\n.globl ${symbol}\\n${symbol}:\\n.incbin \\\"${file}\\\"\\n\"
        \"${symbol}_end:\\n.byte 0\\n.balign 8\\n.globl ${symbol}_size\\n${symbol}_size:\\n.quad ${symbol}_end - ${symbol}\\n.popsection\\n\");\n")
endforeach()
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/report/embedded.h" CONTENT
"/* Made by cmake/WksReportPage.cmake: the report's style sheet and script as text. */
#ifndef WKS_REPORT_EMBEDDED_H
#define WKS_REPORT_EMBEDDED_H
#include <stddef.h>
@WKS_PAGE_DECLARATIONS@#endif
" @ONLY)
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/report/embedded.c" CONTENT "#include \"report/embedded.h\"\n@WKS_PAGE_BLOBS@" @ONLY)
set_source_files_properties("${CMAKE_BINARY_DIR}/generated/report/embedded.c" PROPERTIES OBJECT_DEPENDS "${wks_page_files}")
add_library(wks_report_page STATIC "${CMAKE_BINARY_DIR}/generated/report/embedded.c")
target_link_libraries(wks_report_page PUBLIC wks_flags)
target_link_libraries(wks_report PUBLIC wks_report_page)
