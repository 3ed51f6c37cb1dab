/* Demolition of 200 homes in modelstad by the ordinary commands: everybody who got notice is rehoused or counted, rights to return are honoured or
 * told, and every law holds in every month. */
#include "cli/program.h"

#include <math.h>

enum { TICKS = 84 };

/* The n-th field of a line of city.csv: scenario,replication,tick,date,indicator,group,scale,value. */
static void field_of(const char *line, int n, char out[64])
{
    for (; n > 0; n--)
        line = strchr(line, ',') + 1;
    const size_t length = strcspn(line, ",\n");
    assert_true(length < 64);
    memcpy(out, line, length);
    out[length] = '\0';
}

/* Sum over all kinds of an indicator by tick, or over one kind. */
static void sums_of(const char *text, const char *indicator, const char *kind, double out[TICKS + 1])
{
    char field[64];

    for (int32_t t = 0; t <= TICKS; t++)
        out[t] = 0;
    for (const char *line = strchr(text, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
        field_of(line, 4, field);
        if (strcmp(field, indicator) != 0) continue;
        field_of(line, 5, field);
        if (kind != NULL && strcmp(field, kind) != 0) continue;
        field_of(line, 2, field);
        const int tick = atoi(field);
        assert_true(tick >= 0 && tick <= TICKS);
        field_of(line, 7, field);
        out[tick] += strtod(field, NULL);
    }
}

/* Every household that had to leave is in exactly one row of destinations.csv: by what became of it, the rows add up to the indicator. */
static void assert_each_has_a_destination(const char *folder, const char *city)
{
    static const char *const state[] = {"waiting", "wisselwoning", "same_buurt", "city",     "other",
                                        "joined",  "unhoused",     "left",       "dissolved"};
    char *text = program_get(folder, "destinations.csv"), field[64];
    double sum = 0, all[TICKS + 1];

    for (size_t i = 0; i < sizeof state / sizeof *state; i++) {
        double of_state = 0, told[TICKS + 1];
        sums_of(city, "displaced", state[i], told);
        for (const char *line = strchr(text, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
            field_of(line, 4, field);
            if (strncmp(line, "sloop_200,1,demolition,", 23) != 0 || strcmp(field, state[i]) != 0) continue;
            field_of(line, 6, field);
            const bool has_distance = field[0] != '\0';
            assert_int_equal(has_distance, i >= 2 && i <= 4); /* a home of its own was found */
            field_of(line, 7, field);
            of_state += strtod(field, NULL);
        }
        assert_close(of_state, told[TICKS], 0, 0);
        sum += of_state;
    }
    sums_of(city, "displaced", NULL, all);
    assert_close(sum, all[TICKS], 0, 0);
    free(text);
}

static void everybody_is_rehoused_or_counted_and_rights_are_honoured(void **state)
{
    fixture *f = *state;
    char *scenario = program_source("scenarios/published/sloop_200.cfg"), *out = wks_folder_path(f->folder, "sloop");
    double all[TICKS + 1], waiting[TICKS + 1], unhoused[TICKS + 1], rights[TICKS + 1], open[TICKS + 1], returned[TICKS + 1];

    wks_run run = program_run(f->folder, 0, "run", scenario, "-r", "1", "--verify", "-q", "-o", "sloop", NULL);
    wks_run_free(&run);
    char *text = program_get(out, "city.csv");
    sums_of(text, "displaced", NULL, all);
    sums_of(text, "displaced", "waiting", waiting);
    sums_of(text, "displaced", "unhoused", unhoused);
    sums_of(text, "return_rights", NULL, rights);
    sums_of(text, "return_rights", "open", open);
    sums_of(text, "return_rights", "returned", returned);
    assert_close(all[11], 0, 0, 0);
    assert_in_range((int)all[12], 150, 200); /* the homes that were lived in at notice */
    for (int32_t t = 12; t <= TICKS; t++) {
        assert_close(all[t], all[12], 0, 0); /* nobody is lost in any month */
        assert_close(rights[t], all[12], 0, 0);
        assert_true(waiting[t] <= waiting[t - 1] || t == 12);
    }
    assert_close(waiting[TICKS], 0, 0, 0);
    assert_close(open[TICKS], 0, 0, 0);
    assert_true(returned[TICKS] > 0);
    assert_true(unhoused[TICKS] <= 0.1 * all[TICKS]); /* evictions of these years, as of others */
    assert_each_has_a_destination(out, text);
    free(text);
    free(scenario);
    free(out);
}

/* The same city without the order: nobody is displaced. */
static void without_the_event_nobody_is_displaced(void **state)
{
    fixture *f = *state;
    char *out = wks_folder_path(f->folder, "plain");
    double all[TICKS + 1];

    wks_run run = program_run(f->folder, 0, "run", f->reference, "-t", "14", "-r", "1", "-q", "-o", "plain", NULL);
    wks_run_free(&run);
    char *text = program_get(out, "city.csv");
    sums_of(text, "displaced", NULL, all);
    for (int32_t t = 0; t <= 14; t++)
        assert_close(all[t], 0, 0, 0);
    free(text);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everybody_is_rehoused_or_counted_and_rights_are_honoured, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(without_the_event_nobody_is_displaced, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
