# `cmake --install build/release --prefix ~/wijksim` works without root; the programs find their data relative to themselves.
include(GNUInstallDirs)
set(wks_data_dir "${CMAKE_INSTALL_DATADIR}/wijksim")

install(TARGETS wijksim RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
if(TARGET wijksim-import)
  install(TARGETS wijksim-import RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
if(IS_DIRECTORY "${CMAKE_SOURCE_DIR}/scenarios")
  install(DIRECTORY scenarios DESTINATION "${wks_data_dir}")
endif()
foreach(name LICENSE README.md CHANGELOG.md CITATION.cff)
  install(FILES "${CMAKE_SOURCE_DIR}/${name}" DESTINATION "${CMAKE_INSTALL_DOCDIR}" OPTIONAL)
endforeach()
install(DIRECTORY docs/ DESTINATION "${CMAKE_INSTALL_DOCDIR}" FILES_MATCHING PATTERN "*.md" PATTERN "*.cfg")
install(FILES "${CMAKE_BINARY_DIR}/report-assets/licences.txt" DESTINATION "${CMAKE_INSTALL_DOCDIR}"
        RENAME licences-of-the-charts.txt OPTIONAL)
