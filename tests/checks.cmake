# Checks of the tree (label checks) and, with WKS_OTHER_BUILDS, what needs the program built again (label other-builds):
# sanitizers, valgrind, the same bytes from gcc and clang. scripts/test.sh switches them on.
option(WKS_OTHER_BUILDS "Tests that build the project again with sanitizers and with clang" OFF)

# wks_check(name COMMAND ... [LABEL l] [NEEDS fixture] [PROVIDES fixture] [TIMEOUT s] [ENVIRONMENT ...])
function(wks_check name)
  cmake_parse_arguments(ARG "" "LABEL;NEEDS;PROVIDES;TIMEOUT" "COMMAND;ENVIRONMENT" ${ARGN})
  add_test(NAME ${name} COMMAND ${ARG_COMMAND} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  if(NOT ARG_LABEL)
    set(ARG_LABEL checks)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT "${ARG_ENVIRONMENT}")
  if(ARG_NEEDS)
    set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED "${ARG_NEEDS}")
  endif()
  if(ARG_PROVIDES)
    set_tests_properties(${name} PROPERTIES FIXTURES_SETUP "${ARG_PROVIDES}" PROCESSORS 2)
  endif()
endfunction()

set(wks_scripts "${CMAKE_SOURCE_DIR}/scripts")
set(wks_checks "${CMAKE_SOURCE_DIR}/tests/checks")
set(wks_out "${CMAKE_BINARY_DIR}/checks")

# A build with sanitizers is checked by the build that started it.
if(NOT WKS_SANITIZE AND NOT WKS_FUZZ)
  wks_check(check_layers COMMAND "${wks_scripts}/check-layers.sh")
  wks_check(check_names COMMAND "${wks_scripts}/check-names.sh" "${CMAKE_BINARY_DIR}")
  wks_check(check_calls COMMAND "${wks_scripts}/check-libm.sh" "${CMAKE_BINARY_DIR}")
  wks_check(check_tree COMMAND "${wks_scripts}/check-tree.sh")
  wks_check(checks_errors COMMAND "${wks_checks}/checks_errors.sh" "${wks_out}/errors")
  wks_check(install_deps_nothing_missing_does_nothing COMMAND "${wks_checks}/install_deps.sh" "${wks_out}/install-deps")
  wks_check(check_docs COMMAND "${wks_scripts}/check-docs.sh" "${CMAKE_BINARY_DIR}/bin")
  wks_check(verify_recipe COMMAND "${wks_checks}/verify_recipe.sh" "${wks_out}/verify" "$<TARGET_FILE:wijksim>" LABEL repro TIMEOUT 300)
  # Snippets of R and Python, and the import, are left out (and said) where those are not there: skipped, once the rest has passed.
  wks_check(tutorials COMMAND "${wks_checks}/tutorials.sh" "${wks_out}/tutorials" "${CMAKE_BINARY_DIR}/bin" TIMEOUT 900)
  set_tests_properties(tutorials PROPERTIES PROCESSORS 2 SKIP_RETURN_CODE 77)
  wks_check(country_in_small COMMAND "${wks_checks}/country.sh" "${wks_out}/country" "$<TARGET_FILE:wijksim>" LABEL repro TIMEOUT 300)
  wks_check(second_opinion_on_segregation COMMAND "${wks_checks}/second_opinion.sh" "$<TARGET_FILE:wijksim>" TIMEOUT 600)
  # Reports of the program in a browser with the network off, and their numbers against the tables; skipped without what they need.
  include(WksReportTests)
  wks_check(report_in_browser COMMAND "${wks_checks}/report.sh" "${wks_out}/report-browser" "$<TARGET_FILE:wijksim>" browse
            "${CMAKE_BINARY_DIR}/report-tests/node_modules" LABEL report TIMEOUT 900)
  wks_check(report_numbers COMMAND "${wks_checks}/report.sh" "${wks_out}/report-numbers" "$<TARGET_FILE:wijksim>" numbers LABEL report TIMEOUT 600)
  set_tests_properties(report_in_browser report_numbers PROPERTIES PROCESSORS 2 SKIP_RETURN_CODE 77)
  # Starts a munged, slurmctld and slurmd of its own; skipped where they are not installed.
  wks_check(slurm_array COMMAND "${wks_checks}/slurm.sh" "${wks_out}/slurm" "$<TARGET_FILE:wijksim>" LABEL repro TIMEOUT 400)
  set_tests_properties(slurm_array PROPERTIES PROCESSORS 2 SKIP_RETURN_CODE 77)
  find_program(WKS_CLANG_FORMAT NAMES clang-format-14 clang-format)
  mark_as_advanced(WKS_CLANG_FORMAT)
  if(WKS_CLANG_FORMAT)
    wks_check(check_format COMMAND "${wks_scripts}/check-format.sh")
  endif()
endif()

if(WKS_OTHER_BUILDS AND NOT WKS_SANITIZE AND NOT WKS_FUZZ)
  set(wks_builds "${CMAKE_SOURCE_DIR}/build")

  wks_check(asan_build COMMAND "${wks_scripts}/build.sh" asan LABEL other-builds PROVIDES asan TIMEOUT 900)
  wks_check(asan_tests COMMAND ${CMAKE_CTEST_COMMAND} --test-dir "${wks_builds}/asan" -L "^(unit|laws)$"
            -j 2 --output-on-failure --no-tests=error LABEL other-builds NEEDS asan TIMEOUT 1500 ENVIRONMENT UBSAN_OPTIONS=print_stacktrace=1)
  # Left out: what runs every rule set, lever and experiment for one and two years (asan_scenarios is in their place), what measures memory, and what lays many
  # whole runs side by side byte for byte (the same code is run by the others).
  wks_check(asan_cli_tests COMMAND ${CMAKE_CTEST_COMMAND} --test-dir "${wks_builds}/asan" -L "^cli$"
            -E "^test_cli_(rule_sets|levers|experiments|estimate|kill|branch|calibrate)$"
            -j 2 --output-on-failure --no-tests=error LABEL other-builds NEEDS asan TIMEOUT 1800 ENVIRONMENT UBSAN_OPTIONS=print_stacktrace=1)
  set_tests_properties(asan_tests asan_cli_tests PROPERTIES PROCESSORS 2)
  wks_check(asan_scenarios COMMAND "${wks_checks}/every_scenario.sh" "${wks_out}/asan-scenarios" 2 "${wks_builds}/asan/bin/wijksim"
            LABEL other-builds NEEDS asan TIMEOUT 1800 ENVIRONMENT UBSAN_OPTIONS=print_stacktrace=1)
  set_tests_properties(asan_scenarios PROPERTIES PROCESSORS 2)
  wks_check(asan_run COMMAND "${wks_checks}/small_run.sh" "${wks_out}/asan" 6 2 "${wks_builds}/asan/bin/wijksim"
            LABEL other-builds NEEDS asan TIMEOUT 300 ENVIRONMENT UBSAN_OPTIONS=print_stacktrace=1)
  wks_check(asan_demo COMMAND ${CMAKE_COMMAND} -E env "${wks_builds}/asan/bin/wijksim" demo --ticks 4 --replications 2 --progress none --force -o "${wks_out}/asan-demo"
            LABEL other-builds NEEDS asan TIMEOUT 300 ENVIRONMENT UBSAN_OPTIONS=print_stacktrace=1)

  # OpenMP's own runtime is not instrumented: without the option correct programs give false alarms.
  set(wks_tsan_options "ignore_noninstrumented_modules=1")
  set(wks_tsan_targets wijksim)
  if(TARGET test_base_par)
    list(APPEND wks_tsan_targets test_base_crew test_base_par)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/repro/test_*.c")
  foreach(source ${sources})
    get_filename_component(stem "${source}" NAME_WE)
    string(REGEX REPLACE "^test_" "test_repro_" target "${stem}")
    list(APPEND wks_tsan_targets ${target})
  endforeach()
  wks_check(tsan_build COMMAND "${wks_scripts}/build.sh" tsan ${wks_tsan_targets} LABEL other-builds PROVIDES tsan TIMEOUT 900)
  wks_check(tsan_run COMMAND "${wks_checks}/small_run.sh" "${wks_out}/tsan" 4 2 "${wks_builds}/tsan/bin/wijksim"
            LABEL other-builds NEEDS tsan TIMEOUT 300 ENVIRONMENT TSAN_OPTIONS=${wks_tsan_options})
  wks_check(tsan_tests COMMAND ${CMAKE_CTEST_COMMAND} --test-dir "${wks_builds}/tsan" -R "^test_(base_crew|base_par|repro_.*)$" --output-on-failure --no-tests=error
            LABEL other-builds NEEDS tsan TIMEOUT 400 ENVIRONMENT TSAN_OPTIONS=${wks_tsan_options})

  wks_check(valgrind_run COMMAND "${wks_checks}/small_run.sh" "${wks_out}/valgrind" 2 1
            valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite "$<TARGET_FILE:wijksim>"
            LABEL other-builds TIMEOUT 500)

  wks_check(release_build COMMAND "${wks_scripts}/build.sh" release LABEL other-builds PROVIDES release TIMEOUT 900)
  wks_check(clang_build COMMAND "${wks_scripts}/build.sh" clang wijksim LABEL other-builds PROVIDES clang TIMEOUT 900)
  wks_check(same_bytes COMMAND "${wks_checks}/same_bytes.sh" "${wks_out}/same-bytes" "${wks_builds}/release/bin/wijksim" "${wks_builds}/clang/bin/wijksim"
            LABEL other-builds NEEDS clang TIMEOUT 300)
  set_tests_properties(same_bytes PROPERTIES FIXTURES_REQUIRED "release;clang")
endif()
