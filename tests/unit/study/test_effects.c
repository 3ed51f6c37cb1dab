/* effects.csv: differences beside what they cost, by hand; nothing per euro where nothing was shown or nothing was spent. */
#include "study/effects.h"

#include "output/codebook.h"
#include "support/check.h"
#include "support/folder.h"

enum { N_ROWS = 8, N_PAIRS_MADE = 10 };
/* The city at the start and the end, two buurten with their households, one elsewhere. */
static wks_matrix_row rows[N_ROWS] = {
    {0, "2025-01", "leefbaarheid", "", "", "", ""},          {12, "2026-01", "leefbaarheid", "", "", "", ""},
    {0, "2025-01", "households", "", "", "buurt", "BU1"},    {12, "2026-01", "leefbaarheid", "", "", "buurt", "BU1"},
    {0, "2025-01", "households", "", "", "buurt", "BU2"},    {12, "2026-01", "leefbaarheid", "", "", "buurt", "BU2"},
    {12, "2026-01", "leefbaarheid", "", "", "buurt", "BU9"}, {12, "2026-01", "households", "", "", "buurt", "BU1"},
};
static const char *const areas[] = {"BU1", "BU2"};

typedef struct made {
    wks_matrix matrix;
    double value[N_ROWS * N_PAIRS_MADE];
    int32_t number[N_PAIRS_MADE];
    char name[16], *folder;
} made;

static void set(made *m, size_t row, size_t k, double value)
{
    m->value[row * N_PAIRS_MADE + k] = value;
}

/* A scenario with replications 1 to 10 whose programmes cost so much in each of two years; budget.csv has other rows too. */
static void make(made *m, const char *name, double eur_year, double hours_year)
{
    wks_text text = WKS_TEXT_INIT;

    memset(m, 0, sizeof *m);
    (void)snprintf(m->name, sizeof m->name, "%s", name);
    m->matrix = (wks_matrix){
        .row = rows, .n_rows = N_ROWS, .replication = m->number, .n_replications = N_PAIRS_MADE, .value = m->value, .scenario = m->name};
    wks_text_add(&text, "scenario,replication,year,owner,item,measured_in,amount\n");
    for (int32_t k = 0; k < N_PAIRS_MADE; k++) {
        m->number[k] = k + 1;
        for (int32_t year = 2025; year <= 2026; year++) {
            wks_text_addf(&text, "%s,%d,%d,,icr,-,\n", name, k + 1, year);
            wks_text_addf(&text, "%s,%d,%d,gemeente,total,EUR,%g\n", name, k + 1, year, -eur_year);
            wks_text_addf(&text, "%s,%d,%d,total,total,EUR,%g\n%s,%d,%d,total,total,hours,%g\n", name, k + 1, year, -eur_year, name, k + 1,
                          year, hours_year);
        }
    }
    m->folder = wks_folder_make();
    free(wks_folder_put(m->folder, "budget.csv", text.data));
    wks_text_free(&text);
    for (size_t k = 0; k < N_PAIRS_MADE; k++) {
        set(m, 2, k, 100);
        set(m, 4, k, 300);
    }
}

static void unmake(made *m)
{
    wks_folder_remove(m->folder);
}

static char *effects_of(const made *reference, const made *scenario, const char *const *declared, size_t n_declared)
{
    wks_err err = WKS_ERR_INIT;
    const wks_effects_case item = {&reference->matrix, &scenario->matrix, reference->folder, scenario->folder, areas, 2};
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "effects.csv");
    assert_ok(wks_effects_write(path, &item, 1, declared, n_declared, &err), &err);
    char *text = wks_folder_get(path);
    free(path);
    wks_folder_remove(folder);
    return text;
}

enum { DIFFERENCE, LOW, HIGH, EUR, HOURS, PER_EUR, PER_HOURS, PAIRS };

/* Number `column` behind "ref,more,,leefbaarheid,,LEVEL,AREA,"; NaN for an empty field. */
static double number(const char *text, const char *level, const char *area, int column)
{
    char key[100];
    (void)snprintf(key, sizeof key, "ref,more,,leefbaarheid,,%s,%s,", level, area);
    const char *at = strstr(text, key);
    if (at == NULL) fail_msg("no row %s in %s", key, text);
    at += strlen(key);
    for (int i = 0; i < column; i++)
        at = strchr(at, ',') + 1;
    return *at == ',' || *at == '\n' ? (double)NAN : strtod(at, NULL);
}

/* Half the pairs 0.09 better, half 0.11: mean 0.1, sd 0.0105409, interval 0.1 +- 2.262157 x 0.0105409 / sqrt(10). */
static void better_by_a_tenth(made *m, size_t row)
{
    for (size_t k = 0; k < N_PAIRS_MADE; k++)
        set(m, row, k, k < 5 ? 0.09 : 0.11);
}

static void effect_per_euro_and_hour_by_hand(void **state)
{
    made a, b;
    (void)state;
    make(&a, "ref", 100000, 50);
    make(&b, "more", 600000, 550);
    better_by_a_tenth(&b, 1);
    char *text = effects_of(&a, &b, NULL, 0);
    assert_int_equal(strncmp(text, wks_effects_header, strlen(wks_effects_header)), 0);
    assert_close(number(text, "", "", DIFFERENCE), 0.1, 1e-9, 0);
    assert_close(number(text, "", "", HIGH), 0.1 + 2.262157163 * 0.0105409255 / sqrt(10), 1e-8, 0);
    assert_close(number(text, "", "", EUR), 1e6, 1e-12, 0); /* two years of 500,000 more */
    assert_close(number(text, "", "", HOURS), 1000, 1e-12, 0);
    assert_close(number(text, "", "", PER_EUR), 0.1, 1e-9, 0);
    assert_close(number(text, "", "", PER_HOURS), 0.1, 1e-9, 0);
    assert_close(number(text, "", "", PAIRS), 10, 0, 0);
    assert_null(strstr(text, "households")); /* not an outcome */
    assert_null(strstr(text, "BU9"));        /* no event there */
    free(text);
    unmake(&a);
    unmake(&b);
}

static void areas_together_are_weighted_by_households_of_the_reference(void **state)
{
    made a, b;
    (void)state;
    make(&a, "ref", 0, 0);
    make(&b, "more", 5e5, 0);
    for (size_t k = 0; k < N_PAIRS_MADE; k++) {
        set(&a, 5, k, 1);
        set(&b, 5, k, 1);
        set(&b, 4, k, 900); /* who lives where is no effect */
    }
    better_by_a_tenth(&b, 3);
    char *text = effects_of(&a, &b, NULL, 0);
    assert_close(number(text, "buurt", "BU1", DIFFERENCE), 0.1, 1e-9, 0);
    assert_close(number(text, "buurt", "BU2", DIFFERENCE), 0, 0, 0);
    assert_close(number(text, "areas", "", DIFFERENCE), 0.025, 1e-9, 0); /* 100 of 400 */
    assert_close(number(text, "areas", "", PER_EUR), 0.025, 1e-9, 0);
    assert_true(isnan(number(text, "areas", "", PER_HOURS)));  /* no hours */
    assert_true(isnan(number(text, "buurt", "BU2", PER_EUR))); /* no effect */
    free(text);
    unmake(&a);
    unmake(&b);
}

static void nothing_per_euro_where_nothing_was_shown_or_spent(void **state)
{
    made a, b;
    (void)state;
    make(&a, "ref", 5e5, 50);
    make(&b, "more", 5e5, 60);
    better_by_a_tenth(&b, 1);
    for (size_t k = 0; k < N_PAIRS_MADE; k++)
        set(&b, 3, k, k % 2 == 0 ? 1 : -1); /* noise */
    char *text = effects_of(&a, &b, NULL, 0);
    assert_close(number(text, "", "", EUR), 0, 0, 0);
    assert_true(isnan(number(text, "", "", PER_EUR)));
    assert_close(number(text, "", "", PER_HOURS), 5, 1e-9, 0); /* 0.1 for 20 hours */
    assert_true(isnan(number(text, "buurt", "BU1", PER_HOURS)));
    free(text);
    b.matrix.n_replications = 0; /* no pairs: not defined */
    text = effects_of(&a, &b, NULL, 0);
    assert_true(isnan(number(text, "", "", DIFFERENCE)) && isnan(number(text, "", "", EUR)) && isnan(number(text, "", "", PER_EUR)));
    free(text);
    unmake(&a);
    unmake(&b);
}

static void ratio_needs_pairs_money_and_an_interval_without_zero(void **state)
{
    (void)state;
    assert_close(wks_effects_per(0.2, 0.1, 0.3, 10, 4e6, 1e6), 0.05, 1e-12, 0);
    assert_close(wks_effects_per(-0.2, -0.3, -0.1, 10, -4e6, 1e6), 0.05, 1e-12, 0); /* saves money, loses as much */
    assert_true(isnan(wks_effects_per(0.2, 0.1, 0.3, 9, 4e6, 1e6)));
    assert_true(isnan(wks_effects_per(0.2, 0.0, 0.4, 10, 4e6, 1e6)));
    assert_true(isnan(wks_effects_per(0.2, 0.1, 0.3, 10, 0, 1e6)));
    assert_true(isnan(wks_effects_per(0.2, 0.1, 0.3, 10, NAN, 1e6)));
    assert_true(isnan(wks_effects_per(0.2, NAN, NAN, 10, 1, 1e6)));
}

/* A standing pool that follows the number of households: a little more or less money is none. */
static void next_to_no_money_is_no_money(void **state)
{
    made a, b;
    (void)state;
    make(&a, "ref", 1000000, 1000);
    make(&b, "more", 1000900, 1002);
    better_by_a_tenth(&b, 1);
    char *text = effects_of(&a, &b, NULL, 0);
    assert_close(number(text, "", "", EUR), 1800, 1e-9, 0);
    assert_true(isnan(number(text, "", "", PER_EUR)));
    assert_close(number(text, "", "", PER_HOURS), 25, 1e-9, 0);
    free(text);
    unmake(&a);
    unmake(&b);
}

static void declared_outcomes_come_instead_of_the_usual(void **state)
{
    static const char *const declared[] = {"households"};
    made a, b;
    (void)state;
    make(&a, "ref", 0, 0);
    make(&b, "more", 1, 1);
    char *text = effects_of(&a, &b, declared, 1);
    assert_non_null(strstr(text, "ref,more,,households,,buurt,BU1,0,0,0,2,2,,,10\n"));
    assert_null(strstr(text, "leefbaarheid"));
    assert_null(strstr(text, "areas")); /* a count has no mean */
    free(text);
    unmake(&a);
    unmake(&b);
}

static void every_column_is_explained(void **state)
{
    char names[512], *rest = NULL;
    (void)state;
    (void)snprintf(names, sizeof names, "%s", wks_effects_header);
    for (char *name = strtok_r(names, ",\n", &rest); name != NULL; name = strtok_r(NULL, ",\n", &rest)) {
        bool is_there = false;
        for (int32_t i = 0; i < wks_codebook_n_columns; i++) {
            const wks_codebook_column *c = &wks_codebook_columns[i];
            is_there = is_there || ((strcmp(c->file, "*") == 0 || strcmp(c->file, "effects.csv") == 0) && strcmp(c->name, name) == 0);
        }
        if (!is_there) fail_msg("column %s is not in the codebook", name);
    }
}

static void effects_errors(void **state)
{
    made a, b;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    make(&a, "ref", 0, 0);
    make(&b, "more", 1, 1);
    free(wks_folder_put(b.folder, "budget.csv", "scenario,replication,year,owner,item,amount\n"));
    const wks_effects_case item = {&a.matrix, &b.matrix, a.folder, b.folder, areas, 2};
    char *folder = wks_folder_make(), *path = wks_folder_path(folder, "effects.csv");
    assert_int_equal(wks_effects_write(path, &item, 1, NULL, 0, &err), WKS_ERR_IO);
    assert_non_null(strstr(err.message, "no column measured_in"));
    free(path);
    wks_folder_remove(folder);
    unmake(&a);
    unmake(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effect_per_euro_and_hour_by_hand),
        cmocka_unit_test(areas_together_are_weighted_by_households_of_the_reference),
        cmocka_unit_test(nothing_per_euro_where_nothing_was_shown_or_spent),
        cmocka_unit_test(ratio_needs_pairs_money_and_an_interval_without_zero),
        cmocka_unit_test(next_to_no_money_is_no_money),
        cmocka_unit_test(declared_outcomes_come_instead_of_the_usual),
        cmocka_unit_test(every_column_is_explained),
        cmocka_unit_test(effects_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
