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

# Man pages and bash completion come from the program's own table of commands.
install(CODE "
  set(wks_prefix \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
  execute_process(COMMAND \"$<TARGET_FILE:wijksim>\" manual man \"\${wks_prefix}/${CMAKE_INSTALL_MANDIR}/man1\" RESULT_VARIABLE wks_failed)
  file(MAKE_DIRECTORY \"\${wks_prefix}/${CMAKE_INSTALL_DATADIR}/bash-completion/completions\")
  execute_process(COMMAND \"$<TARGET_FILE:wijksim>\" manual bash RESULT_VARIABLE wks_failed_too
                  OUTPUT_FILE \"\${wks_prefix}/${CMAKE_INSTALL_DATADIR}/bash-completion/completions/wijksim\")
  if(wks_failed OR wks_failed_too)
    message(WARNING \"man pages or completion could not be written\")
  endif()
")
