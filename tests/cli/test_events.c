/* An event of another kind in the timeline, which does nothing itself, changes nothing about the others: the same state and tables, byte for byte. */
#include "cli/program.h"

/* What draws lots or is referred to: places of wijkbasisbanen, projects with notice and return, new homes, labels. */
static const char events[] =
    "  { at = \"2025-03\"; event = \"build\"; areas = (); dwellings = 60; label = \"gemengd\"; months = 3; },\n"
    "  { at = \"2025-03\"; event = \"programme\"; kind = \"jobs\"; areas = (); places = 60; until = \"2025-12\"; },\n"
    "  { at = \"2025-03\"; event = \"demolish\"; areas = (); dwellings = 40; notice_months = 6; build_months = 6; social = 1; "
    "return_wish = 0.5; },\n"
    "  { at = \"2025-04\"; event = \"renovate\"; areas = (); dwellings = 30; },\n"
    "  { at = \"2025-04\"; event = \"label\"; areas = (); label = \"senior\"; complexes = 2; },\n";
static const char nothing[] = "  { at = \"2025-02\"; event = \"arrival\"; areas = (); factor = 1; },\n"
                              "  { at = \"2025-03\"; event = \"safety\"; areas = (); effect = 0; },\n";

static char *run(const fixture *f, const char *file, bool with)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "base = \"%s\"; name = \"a\";\ntimeline = (\n%s%.*s );", f->reference, with ? nothing : "",
                  (int)strlen(events) - 2, events);
    char *path = wks_folder_put(f->folder, file, text.data), *out = wks_folder_path(f->folder, with ? "with" : "without");
    program_do(f->folder, 0, "run", path, "-r", "1", "-t", "24", "-j", "1", "-q", "--verify", "-o", out, NULL);
    wks_text_free(&text);
    free(path);
    return out;
}

static void an_event_that_does_nothing_changes_no_byte(void **state)
{
    const fixture *f = *state;
    char *without = run(f, "without.cfg", false), *with = run(f, "with.cfg", true);
    char *a = program_state_hash(without), *b = program_state_hash(with);

    assert_string_equal(a, b);
    for (int i = 1; i < PROGRAM_N_TABLES; i++) /* but the scenario itself */
        program_assert_same(without, with, program_tables[i]);
    char *city = program_get(without, "city.csv");
    assert_contains(city, ",displaced,");
    free(city);
    free(a);
    free(b);
    free(without);
    free(with);
}

int main(void)
{
    const struct CMUnitTest tests[] = {with_fixture(an_event_that_does_nothing_changes_no_byte)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
