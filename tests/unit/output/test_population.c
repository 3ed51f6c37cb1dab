/* The tables of `wijksim synth`: headers, everybody once, links that lead somewhere. */
#include "support/check.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "output/population.h"
#include "support/folder.h"

typedef struct made {
    wks_city city;
    wks_world world;
    wks_synth_report report;
    char *folder;
    wks_csv table[WKS_POPULATION_N];
} made;

static void make(made *m)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const wks_synth_options options = {.seed_population = 1, .start_month = 2025 * 12, .threads = 2};
    char *path = wks_folder_find("modelstad", NULL);

    assert_non_null(path);
    assert_ok(wks_folder_read(path, &m->city, &problems, &err), &err);
    wks_world_init(&m->world);
    assert_ok(wks_synth_city(&m->city, &options, &m->world, &m->report, &err), &err);
    wks_problems_free(&problems);
    free(path);
}

static void read_tables(made *m)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;

    for (int32_t i = 0; i < WKS_POPULATION_N; i++) {
        char *path = wks_folder_path(m->folder, wks_population_name[i]);
        assert_ok(wks_csv_read(path, ',', false, &m->table[i], &problems, &err), &err);
        free(path);
    }
    wks_problems_free(&problems);
}

static int set_up(void **state)
{
    made *m = calloc(1, sizeof *m);
    wks_err err = WKS_ERR_INIT;

    assert_non_null(m);
    make(m);
    m->folder = wks_folder_make();
    assert_ok(wks_population_write(m->folder, &m->city, &m->world, &m->report, &err), &err);
    read_tables(m);
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    made *m = *state;

    for (int32_t i = 0; i < WKS_POPULATION_N; i++)
        wks_csv_free(&m->table[i]);
    wks_folder_remove(m->folder);
    wks_synth_report_free(&m->report);
    wks_world_free(&m->world);
    wks_folder_free(&m->city);
    free(m);
    return 0;
}

static const char *cell(const wks_csv *csv, size_t row, const char *column)
{
    const int c = wks_csv_column(csv, column);

    assert_true(c >= 0);
    return wks_csv_cell(csv, row, c);
}

static double number(const wks_csv *csv, size_t row, const char *column)
{
    double value = NAN;

    assert_true(wks_text_parse_double(cell(csv, row, column), &value));
    return value;
}

/* Keys of a column, sorted. */
static int compare_keys(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t *keys(const wks_csv *csv, const char *column)
{
    uint64_t *key = calloc(csv->n_rows + 1, sizeof *key);

    assert_non_null(key);
    for (size_t r = 0; r < csv->n_rows; r++) {
        const char *text = cell(csv, r, column);
        if (text[0] != '\0') assert_true(wks_text_parse_key(text, &key[r]));
    }
    qsort(key, csv->n_rows, sizeof *key, compare_keys);
    return key;
}

static void assert_unique(const wks_csv *csv, const char *column)
{
    uint64_t *key = keys(csv, column);

    for (size_t r = 0; r < csv->n_rows; r++) {
        assert_true(key[r] != 0);
        if (r > 0) assert_true(key[r] != key[r - 1]);
    }
    free(key);
}

static void tables_have_their_headers_and_unique_keys(void **state)
{
    const made *m = *state;

    assert_unique(&m->table[WKS_POPULATION_PERSONS], "person");
    assert_unique(&m->table[WKS_POPULATION_HOUSEHOLDS], "household");
    assert_unique(&m->table[WKS_POPULATION_HOUSEHOLDS], "unit");
    assert_unique(&m->table[WKS_POPULATION_LATENT], "latent");
    assert_unique(&m->table[WKS_POPULATION_UNITS], "unit");
    assert_unique(&m->table[WKS_POPULATION_REGISTRATIONS], "person");
    assert_int_equal(m->table[WKS_POPULATION_PERSONS].n_rows, m->world.person.base.n_live);
    assert_int_equal(m->table[WKS_POPULATION_FIT].n_rows, m->report.n_rows);
    assert_int_equal(m->table[WKS_POPULATION_HOUSEHOLDS].n_rows + m->table[WKS_POPULATION_LATENT].n_rows, m->world.household.base.n_live);
    assert_int_equal(wks_csv_column(&m->table[WKS_POPULATION_PERSONS], "household"), 1);
}

/* Persons counted at the household where they live are its members and guests; nobody lives with who is not there. */
static void persons_of_a_household_are_its_members_and_guests(void **state)
{
    const made *m = *state;
    const wks_csv *persons = &m->table[WKS_POPULATION_PERSONS], *households = &m->table[WKS_POPULATION_HOUSEHOLDS];
    uint64_t *lives = keys(persons, "household");
    double expected = 0.0;
    size_t homeless = 0, n_empty = 0;

    for (size_t r = 0; r < persons->n_rows; r++) {
        const char *place = cell(persons, r, "place");
        const bool is_away = strcmp(place, "institution") == 0 || strcmp(place, "shelter") == 0 || strcmp(place, "coa") == 0;
        homeless += is_away;
        assert_true(is_away == (cell(persons, r, "household")[0] == '\0'));
        assert_true((cell(persons, r, "buurt")[0] == '\0') == (is_away && strcmp(place, "institution") != 0));
    }
    while (n_empty < persons->n_rows && lives[n_empty] == 0)
        n_empty++;
    assert_int_equal(homeless, n_empty);
    for (size_t r = 0; r < households->n_rows; r++) {
        uint64_t key = 0;
        assert_true(wks_text_parse_key(cell(households, r, "household"), &key));
        const double wanted = number(households, r, "n_persons") + number(households, r, "n_guests");
        expected += wanted;
        const uint64_t *first = bsearch(&key, lives, persons->n_rows, sizeof *lives, compare_keys);
        assert_non_null(first);
        size_t n = 1;
        for (const uint64_t *k = first; k > lives && k[-1] == key; k--)
            n++;
        for (const uint64_t *k = first; k + 1 < lives + persons->n_rows && k[1] == key; k++)
            n++;
        assert_close((double)n, wanted, 0.0, 0.0);
    }
    assert_close(expected, (double)(persons->n_rows - n_empty), 0.0, 0.0);
    free(lives);
}

static void fit_has_whole_counts_and_known_words(void **state)
{
    const made *m = *state;
    const wks_csv *fit = &m->table[WKS_POPULATION_FIT];
    int32_t n_margins = 0;

    for (size_t r = 0; r < fit->n_rows; r++) {
        assert_close(number(fit, r, "met"), number(fit, r, "reconciled"), 0.0, 0.0);
        n_margins += strcmp(cell(fit, r, "margin"), "dwelling_type") == 0 && strcmp(cell(fit, r, "level"), "gemeente") == 0;
        assert_true(cell(fit, r, "published")[0] != '\0');
    }
    assert_int_equal(n_margins, 2);
}

static void files_written_twice_are_the_same(void **state)
{
    const made *m = *state;
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), one[65], two[65];

    assert_ok(wks_population_write(folder, &m->city, &m->world, &m->report, &err), &err);
    for (int32_t i = 0; i < WKS_POPULATION_N; i++) {
        char *a = wks_folder_path(m->folder, wks_population_name[i]), *b = wks_folder_path(folder, wks_population_name[i]);
        assert_ok(wks_file_sha256(a, one, &err), &err);
        assert_ok(wks_file_sha256(b, two, &err), &err);
        assert_string_equal(one, two);
        free(a);
        free(b);
    }
    wks_folder_remove(folder);
}

static void population_errors(void **state)
{
    const made *m = *state;
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *nowhere = wks_folder_path(folder, "not-there");

    assert_status(wks_population_write(nowhere, &m->city, &m->world, &m->report, &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "not-there");
    free(nowhere);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_have_their_headers_and_unique_keys),
        cmocka_unit_test(persons_of_a_household_are_its_members_and_guests),
        cmocka_unit_test(fit_has_whole_counts_and_known_words),
        cmocka_unit_test(files_written_twice_are_the_same),
        cmocka_unit_test(population_errors),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
