# wijksim-import is a program; its tests link its objects (all but main) from a library of their own.
if(WKS_WITH_GDAL)
  file(GLOB wks_import_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/import/*.c")
  list(FILTER wks_import_sources EXCLUDE REGEX "/main\\.c$")
  add_library(wks_import STATIC EXCLUDE_FROM_ALL ${wks_import_sources})
  wks_link(wks_import LINKS city scenario num base PACKAGES gdal geos)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/test_*.c")
  foreach(source ${sources})
    wks_test("${source}" FOLDER import LABEL unit LIBRARIES wks_import)
  endforeach()
  # Makes its maps with GDAL itself.
  target_link_libraries(test_import_ogr PRIVATE wks_pkg_gdal)
endif()
