# The program has no library; its tests link what tells stories (src/cli/story*.c) from one of their own.
file(GLOB wks_story_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/cli/story*.c")
add_library(wks_story STATIC EXCLUDE_FROM_ALL ${wks_story_sources})
wks_link(wks_story LINKS study output sim measure rules city scenario world num base)
file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/test_*.c")
foreach(source ${sources})
  wks_test("${source}" FOLDER cli LABEL unit LIBRARIES wks_story)
endforeach()
