#include "report/queue.h"

#include "support/check.h"
#include "support/folder.h"

static const char head[] =
    "scenario,replication,tick,date,group,registered,active,reactions,housed,success_rate,wait_p10,wait_p50,wait_p90,search_p50\n";

/* A dossier of two scenarios whose folders hold these queue files. */
static wks_dossier two_scenarios(const char *dir, const char *reference, const char *other, wks_dossier_scenario scenario[2])
{
    const char *const rows[] = {reference, other}, *const names[] = {"a/queue.csv", "b/queue.csv"}, *const folders[] = {"a", "b"};
    for (int i = 0; i < 2; i++) {
        char text[2000];
        (void)snprintf(text, sizeof text, "%s%s", head, rows[i]);
        free(wks_folder_put(dir, names[i], text));
        scenario[i] = (wks_dossier_scenario){.folder = wks_folder_path(dir, folders[i])};
    }
    return (wks_dossier){.scenario = scenario, .n_scenarios = 2, .is_comparison = true};
}

static void queue_is_paired_by_replication_number_at_the_last_tick(void **state)
{
    (void)state;
    char *dir = wks_folder_make();
    wks_dossier_scenario scenario[2];
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_queue queue;
    wks_dossier d = two_scenarios(dir,
                                  "a,1,12,2026-01,,9,9,9,9,0.9,9,999,9,9\n"
                                  "a,1,24,2027-01,,10,10,10,1,0.1,1,80,160,20\na,2,24,2027-01,,10,10,10,1,0.3,1,90,160,20\n"
                                  "a,1,24,2027-01,jong,5,5,5,1,0.2,1,60,160,20\na,2,24,2027-01,jong,5,5,5,1,,,,,\n",
                                  "b,2,24,2027-01,,10,10,10,1,0.3,1,93,160,20\nb,1,24,2027-01,,10,10,10,1,0.1,1,81,160,20\n", scenario);
    assert_ok(wks_queue_read(&d, &queue, &problems, &err), &err);
    assert_int_equal(problems.n, 0);
    assert_int_equal(queue.n_groups, 2);
    assert_string_equal(queue.group[1], "jong");
    assert_close(queue.level[wks_queue_at(&queue, 0, 0, 0)].mean, 85.0, 1e-12, 0.0);
    assert_close(queue.level[wks_queue_at(&queue, 0, 0, 4)].mean, 0.2, 1e-12, 0.0);
    const wks_stat_paired *pair = &queue.contrast[wks_queue_at(&queue, 1, 0, 0)];
    assert_int_equal(pair->n_pairs, 2);
    assert_close(pair->mean_difference, 2.0, 1e-12, 0.0);
    assert_int_equal(queue.level[wks_queue_at(&queue, 0, 1, 0)].n, 1);
    assert_int_equal(queue.contrast[wks_queue_at(&queue, 1, 1, 0)].n_pairs, 0);
    wks_queue_free(&queue);
    for (int i = 0; i < 2; i++)
        free(scenario[i].folder);
    wks_folder_remove(dir);
}

static void queue_errors_are_a_missing_column_and_no_number(void **state)
{
    (void)state;
    char *dir = wks_folder_make();
    wks_dossier_scenario scenario[2];
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text out = WKS_TEXT_INIT;
    wks_queue queue;
    wks_dossier d =
        two_scenarios(dir, "a,one,24,2027-01,,10,10,10,1,0.1,1,80,160,20\n", "b,1,24,2027-01,,10,10,10,1,0.1,1,81,160,20\n", scenario);
    free(wks_folder_put(dir, "b/queue.csv", "scenario,replication,tick\nb,1,2\n"));
    assert_ok(wks_queue_read(&d, &queue, &problems, &err), &err);
    wks_problems_print(&problems, &out);
    assert_contains(out.data, "a/queue.csv:2:3: error: 'one'; a whole number was expected");
    assert_contains(out.data, "b/queue.csv:1: error: no column 'wait_p50'");
    wks_queue_free(&queue);
    wks_text_free(&out);
    wks_problems_free(&problems);
    for (int i = 0; i < 2; i++)
        free(scenario[i].folder);
    wks_folder_remove(dir);
}

static void queue_absent_has_no_groups(void **state)
{
    (void)state;
    wks_dossier_scenario scenario = {.folder = NULL};
    wks_dossier d = {.scenario = &scenario, .n_scenarios = 1};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_queue queue;
    assert_ok(wks_queue_read(&d, &queue, &problems, &err), &err);
    assert_int_equal(queue.n_groups, 0);
    wks_queue_free(&queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queue_is_paired_by_replication_number_at_the_last_tick),
        cmocka_unit_test(queue_errors_are_a_missing_column_and_no_number),
        cmocka_unit_test(queue_absent_has_no_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
