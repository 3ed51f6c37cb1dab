#include "report/alarms.h"

#include "report/make_results.h"

#define HEAD "scenario,replication,quarter,area,signal,value,trend,alarm\n"

typedef struct fixture {
    char *dir;
    wks_dossier dossier;
    wks_alarms alarms;
    wks_problems problems;
    wks_err err;
} fixture;

/* A single run over 2025 and 2026 (its last tick is January 2027) of three buurten, with this monitor.csv. */
static wks_status read(fixture *f, const char *monitor)
{
    make_results_plan plan = make_results_usual();
    plan.n_scenarios = 1;
    plan.n_areas = 3;
    plan.n_years = 2;
    *f = (fixture){.dir = wks_folder_make(), .problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    make_results(f->dir, &plan);
    if (monitor != NULL) free(wks_folder_put(f->dir, "monitor.csv", monitor));
    assert_ok(wks_dossier_read(f->dir, &f->dossier, &f->problems, &f->err), &f->err);
    return wks_alarms_read(&f->dossier, &f->alarms, &f->problems, &f->err);
}

static void close(fixture *f)
{
    wks_alarms_free(&f->alarms);
    wks_dossier_free(&f->dossier);
    wks_problems_free(&f->problems);
    wks_folder_remove(f->dir);
}

static double buurten(const fixture *f, int32_t quarter, wks_alarms_kind kind)
{
    return f->alarms.buurten[wks_alarms_at_quarter(&f->alarms, 0, quarter, kind)];
}

static double times(const fixture *f, size_t area, wks_alarms_kind kind)
{
    return f->alarms.times[wks_alarms_at_area(&f->alarms, 0, area, kind)];
}

static void warnings_are_counted_by_quarter_and_at_the_end(void **state)
{
    (void)state;
    fixture f;
    const wks_status rc = read(&f, HEAD "a,1,2025-Q1,BU99990001,load,3,,none\n" /* no trend yet: not judged */
                                        "a,1,2025-Q4,BU99990001,load,3,0.5,alarm\n"
                                        "a,1,2025-Q4,BU99990002,load,1,0.5,none\n"
                                        "a,1,2025-Q4,BU99990001,leefbaarheid,-0.2,-0.02,alarm\n"
                                        "a,1,2026-Q4,BU99990001,load,4,0.5,alarm\n"
                                        "a,1,2026-Q4,BU99990002,load,3,0.25,alarm\n"
                                        "a,1,2026-Q4,BU99990002,leefbaarheid,0.08,-0.02,early\n"
                                        "a,1,2026-Q4,BU99990001,nuisance,7,,\n"
                                        "a,2,2025-Q4,BU99990001,load,3,0.5,alarm\n"
                                        "a,2,2025-Q4,BU99990002,load,3,0.5,alarm\n"
                                        "a,2,2026-Q4,BU99990001,load,2,0.1,alarm\n"
                                        "a,2,2026-Q4,BU99990002,load,1,-0.75,none\n"
                                        "a,2,2026-Q4,BU99990002,leefbaarheid,0.08,-0.02,early_early\n"
                                        "a,2,2026-Q4,BU00000001,load,9,9,alarm\n"); /* unknown */
    assert_ok(rc, &f.err);
    assert_int_equal(f.alarms.n_replications[0], 2);
    assert_int_equal(f.alarms.last[0], 7);
    assert_true(isnan(buurten(&f, 0, WKS_ALARMS_LOAD)));
    assert_close(buurten(&f, 3, WKS_ALARMS_LOAD), 1.5, 0.0, 1e-12);
    assert_close(buurten(&f, 3, WKS_ALARMS_WEAK), 0.5, 0.0, 1e-12);
    assert_close(buurten(&f, 7, WKS_ALARMS_LOAD), 1.5, 0.0, 1e-12);
    assert_close(buurten(&f, 7, WKS_ALARMS_EARLY), 1, 0.0, 1e-12);
    assert_close(times(&f, 0, WKS_ALARMS_LOAD), 2, 0.0, 0.0);
    assert_close(times(&f, 1, WKS_ALARMS_LOAD), 1, 0.0, 0.0);
    assert_close(times(&f, 1, WKS_ALARMS_EARLY), 2, 0.0, 0.0);
    assert_true(isnan(times(&f, 0, WKS_ALARMS_WEAK))); /* not judged at the end */
    const size_t load = wks_alarms_at_signal(&f.alarms, 0, 1, WKS_MONITOR_load);
    assert_close(f.alarms.value[load], 2, 0.0, 1e-12);
    assert_close(f.alarms.trend[load], -0.25, 0.0, 1e-12);
    /* Told by one of the two replications: the mean over it alone would say another thing. */
    assert_true(isnan(f.alarms.value[wks_alarms_at_signal(&f.alarms, 0, 0, WKS_MONITOR_nuisance)]));
    close(&f);
}

/* Larger than what is read at a time, with the last line unended: no row is lost or read twice. */
static void large_file_is_read_in_parts(void **state)
{
    (void)state;
    enum { REPLICATIONS = 90000 };
    fixture f;
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, HEAD);
    for (int r = 1; r <= REPLICATIONS; r++) {
        wks_text_addf(&text, "a_scenario_with_a_long_name,%d,2025-Q4,BU99990001,load,3,0.5,%s\n", r, r % 3 == 0 ? "alarm" : "none");
    }
    wks_text_addf(&text, "a_scenario_with_a_long_name,%d,2025-Q4,BU99990001,load,3,0.5,alarm", REPLICATIONS + 1);
    assert_true(text.length > 5 << 20);
    assert_ok(read(&f, text.data), &f.err);
    assert_int_equal(f.alarms.n_replications[0], REPLICATIONS + 1);
    assert_close(times(&f, 0, WKS_ALARMS_LOAD), REPLICATIONS / 3 + 1, 0.0, 0.0);
    close(&f);
    wks_text_free(&text);
}

static void without_rows_there_are_no_quarters(void **state)
{
    (void)state;
    fixture f;
    assert_ok(read(&f, NULL), &f.err);
    assert_int_equal(f.alarms.n_quarters, 0);
    close(&f);
    assert_ok(read(&f, HEAD), &f.err);
    assert_int_equal(f.alarms.n_quarters, 0);
    close(&f);
}

static void wrong_rows_are_problems(void **state)
{
    static const char *const wrong[] = {"scenario,replication,quarter,area,signal,value,trend\na,1,2025-Q1,BU99990001,load,1,\n",
                                        HEAD "a,1,2025-Q5,BU99990001,load,1,,none\n",
                                        HEAD "a,1,2024-Q4,BU99990001,load,1,,none\n",
                                        HEAD "a,1,2035-Q1,BU99990001,load,1,,none\n",
                                        HEAD "a,1,2025-Q1,BU99990001,lood,1,,none\n",
                                        HEAD "a,1,2025-Q1,BU99990001,load,1,,nne\n",
                                        HEAD "a,1,2025-Q1,BU99990001,load,1,none\n"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        fixture f;
        assert_ok(read(&f, wrong[i]), &f.err);
        if (f.problems.n_errors != 1) fail_msg("%d problems in %s", (int)f.problems.n_errors, wrong[i]);
        close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warnings_are_counted_by_quarter_and_at_the_end),
        cmocka_unit_test(large_file_is_read_in_parts),
        cmocka_unit_test(without_rows_there_are_no_quarters),
        cmocka_unit_test(wrong_rows_are_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
