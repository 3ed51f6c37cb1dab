/* wijksim explain: the rerun tells what lettings.csv says, and refuses what it cannot tell. */
#include "base/csv.h"
#include "cli/program.h"

/* A comparison of the reference and a cap, on the built-in city. */
static void make(fixture *f)
{
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "3", "-r", "2", "-q", "-o", "out", NULL);
}

typedef struct table {
    wks_csv csv;
} table;

static table read_lettings(const fixture *f, const char *name)
{
    table t;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(f->folder, name);
    assert_ok(wks_csv_read(path, ',', false, &t.csv, &problems, &err), &err);
    wks_problems_free(&problems);
    free(path);
    return t;
}

static const char *cell(const table *t, size_t row, const char *column)
{
    const int at = wks_csv_column(&t->csv, column);
    assert_true(at >= 0);
    return wks_csv_cell(&t->csv, row, at);
}

static wks_json *parse(const wks_run *run)
{
    wks_json *json = NULL;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_json_parse(run->out, strlen(run->out), &json, &err), &err);
    return json;
}

static void assert_text(const wks_json *json, const char *key, const char *expected)
{
    assert_string_equal(wks_json_text(wks_json_get(json, key)), expected);
}

/* The number of seekers that a part kept out, from "part:count;part:count". */
static int64_t excluded(const char *text, const char *part)
{
    const size_t n = strlen(part);
    for (const char *at = text; *at != '\0'; at += strcspn(at, ";"), at += *at == ';')
        if (strncmp(at, part, n) == 0 && at[n] == ':') return strtoll(at + n + 1, NULL, 10);
    return 0;
}

static void assert_same_letting(const table *t, size_t row, const wks_json *json)
{
    static const char *const filter[] = {"registered", "income_limit", "passend", "occupancy", "age_label"};
    const wks_json *list = wks_json_get(json, "list"), *dwelling = wks_json_get(json, "dwelling"), *out = wks_json_get(json, "excluded");
    int64_t n_refused = 0, rank = 0;
    double rent = 0;

    assert_int_equal(wks_json_int(wks_json_get(json, "letting")), strtoll(cell(t, row, "letting"), NULL, 10));
    assert_text(json, "date", cell(t, row, "date"));
    assert_text(json, "household", cell(t, row, "household"));
    assert_text(json, "channel", cell(t, row, "channel"));
    assert_text(json, "order_key", cell(t, row, "order_key"));
    assert_text(dwelling, "unit", cell(t, row, "unit"));
    assert_text(dwelling, "buurt", cell(t, row, "buurt"));
    assert_text(dwelling, "complex", cell(t, row, "complex"));
    assert_text(dwelling, "owner", cell(t, row, "owner"));
    assert_true(wks_text_parse_double(cell(t, row, "rent_eur"), &rent));
    assert_close(wks_json_double(wks_json_get(dwelling, "rent_eur")), rent, 1e-9, 0);
    assert_int_equal(wks_json_int(wks_json_get(json, "candidates")), strtoll(cell(t, row, "candidates"), NULL, 10));
    assert_int_equal(wks_json_size(list), strtoll(cell(t, row, "candidates"), NULL, 10));
    for (size_t i = 0; i < wks_json_size(list); i++) {
        const wks_json *candidate = wks_json_at(list, i);
        const char *outcome = wks_json_text(wks_json_get(candidate, "outcome"));
        n_refused += strcmp(outcome, "refused") == 0 || strcmp(outcome, "no_show") == 0;
        if (strcmp(outcome, "accepted") == 0) rank = wks_json_int(wks_json_get(candidate, "rank"));
    }
    assert_int_equal(rank, strtoll(cell(t, row, "rank"), NULL, 10));
    assert_int_equal(n_refused, strtoll(cell(t, row, "refusals"), NULL, 10));
    for (size_t i = 0; i < sizeof filter / sizeof *filter; i++) {
        if (wks_json_get(out, filter[i]) == NULL) continue;
        const int64_t told = wks_json_int(wks_json_get(out, filter[i])), logged = excluded(cell(t, row, "excluded"), filter[i]);
        assert_true(strcmp(filter[i], "income_limit") == 0 ? told <= logged : told == logged); /* a norm stops at the offer, too */
    }
}

static void lettings_explained_are_those_of_the_table(void **state)
{
    fixture *f = *state;
    make(f);
    table t = read_lettings(f, "out/plafond/lettings.csv");
    int n = 0, n_direct = 0;
    for (size_t row = 0; row < t.csv.n_rows; row++) {
        const bool is_direct = strcmp(cell(&t, row, "reason"), "direct") == 0;
        if (strcmp(cell(&t, row, "replication"), "2") != 0) continue;
        if (row % 41 != 0 && !(is_direct && n_direct == 0)) continue;
        wks_run run = program_run(f->folder, 0, "explain", "out", "--scenario", "plafond", "--replication", "2", "--letting",
                                  cell(&t, row, "letting"), "--json", NULL);
        wks_json *json = parse(&run);
        assert_same_letting(&t, row, json);
        assert_int_equal(wks_json_size(wks_json_get(json, "other_rules")), 3); /* reference, list, lot */
        assert_text(wks_json_at(wks_json_get(json, "other_rules"), 0), "rules", "reference");
        wks_json_free(json);
        wks_run_free(&run);
        n++;
        n_direct += is_direct;
    }
    assert_true(n >= 3 && n_direct >= 1);
    wks_csv_free(&t.csv);
}

static void story_reads_the_same_with_any_threads(void **state)
{
    fixture *f = *state;
    make(f);
    wks_run one = program_run(f->folder, 0, "explain", "out/reference", "--letting", "20", "-j", "1", NULL);
    wks_run two = program_run(f->folder, 0, "explain", "out/reference", "--letting", "20", "-j", "2", NULL);
    assert_string_equal(one.out, two.out);
    assert_string_equal(one.err, "");
    assert_contains(one.out, "Letting 20 of scenario reference, replication 1: ");
    assert_contains(one.out, "\nWho came into question\n");
    assert_contains(one.out, "  ACCEPTED\n");
    assert_contains(one.out, "\nWho would have got it\n  under a plain list by inschrijfduur: ");
    assert_contains(one.out, "This letting only, all else equal");
    assert_null(strstr(one.out, "under the reference")); /* a run by itself has none */
    wks_run_free(&one);
    wks_run_free(&two);
}

static void household_is_followed_to_its_letting(void **state)
{
    fixture *f = *state;
    char letting[40];
    make(f);
    table t = read_lettings(f, "out/reference/lettings.csv");
    size_t row = 0;
    while (strcmp(cell(&t, row, "reason"), "ranked") != 0)
        row++;
    wks_run run =
        program_run(f->folder, 0, "explain", "out", "--scenario", "reference", "--household", cell(&t, row, "household"), "--json", NULL);
    wks_json *json = parse(&run);
    const wks_json *lists = wks_json_get(json, "lists");
    bool is_let = false;
    for (size_t i = 0; i < wks_json_size(lists); i++) {
        const wks_json *list = wks_json_at(lists, i);
        assert_int_equal(wks_json_size(wks_json_get(list, "list")), 1); /* itself only */
        if (strcmp(wks_json_text(wks_json_get(list, "household")), cell(&t, row, "household")) != 0) continue;
        is_let = true;
        assert_text(list, "date", cell(&t, row, "date"));
    }
    assert_true(is_let);
    assert_true(wks_json_size(wks_json_get(json, "history")) >= 2);
    wks_json_free(json);
    wks_run_free(&run);
    run = program_run(f->folder, 0, "explain", "out/reference", "--household", cell(&t, row, "household"), NULL);
    (void)snprintf(letting, sizeof letting, "ACCEPTED (letting %s)", cell(&t, row, "letting"));
    assert_contains(run.out, letting);
    wks_run_free(&run);
    wks_csv_free(&t.csv);
}

static void changed_table_is_found_out(void **state)
{
    fixture *f = *state;
    make(f);
    char *text = program_get(f->folder, "out/reference/lettings.csv");
    char *at = strstr(text, "\nreference,1,2,");
    assert_non_null(at);
    const long letting = strtol(strchr(at + 15, ',') + 1, NULL, 10);
    char *rent = at; /* a digit of the rent: field 10 */
    char id[32];
    for (int k = 0; k < 10; k++)
        rent = strchr(rent + 1, ',');
    rent[1] = rent[1] == '9' ? '8' : '9';
    free(wks_folder_put(f->folder, "out/reference/lettings.csv", text));
    free(text);
    (void)snprintf(id, sizeof id, "%ld", letting);
    program_says(f->folder, 7, "the rerun differs from lettings.csv", "explain", "out/reference", "--letting", id, NULL);
}

static void explain_of_what_is_not_there_errors(void **state)
{
    fixture *f = *state;
    make(f);
    program_says(f->folder, 2, "explain what: give --letting ID or --household KEY", "explain", "out/reference", NULL);
    program_says(f->folder, 2, "explain what", "explain", "out/reference", "--letting", "1", "--household", "0123456789abcdef", NULL);
    program_says(f->folder, 2, "there is no folder nowhere", "explain", "nowhere", "--letting", "1", NULL);
    program_says(f->folder, 2, "choose one with --scenario: reference, plafond", "explain", "out", "--letting", "1", NULL);
    program_says(f->folder, 3, ". is no results folder: it has no manifest.json; expected the folder that run, compare", "explain", ".",
                 "--letting", "1", NULL);
    program_says(f->folder, 2, "no scenario 'plafon'; it has reference, plafond; nearest is plafond", "explain", "out", "--scenario",
                 "plafon", "--letting", "1", NULL);
    program_says(f->folder, 2, "no scenario 'plafond'; it has reference", "explain", "out/reference", "--scenario", "plafond", "--letting",
                 "1", NULL);
    program_says(f->folder, 2, "no finished replication 3; it has 1 to 2", "explain", "out/reference", "--replication", "3", "--letting",
                 "1", NULL);
    program_says(f->folder, 2, "replication 1 has no letting 1000000; it has 0 to ", "explain", "out/reference", "--letting", "1000000",
                 NULL);
    program_says(f->folder, 2, "--household 'x1' is not a key; expected 16 hexadecimal digits", "explain", "out/reference", "--household",
                 "x1", NULL);
    program_says(f->folder, 2, "--letting '1x' is not a whole number", "explain", "out/reference", "--letting", "1x", NULL);
    table t = read_lettings(f, "out/reference/lettings.csv");
    char key[17], says[120];
    (void)snprintf(key, sizeof key, "%s", cell(&t, 5, "household"));
    key[15] = key[15] == '0' ? '1' : '0';
    (void)snprintf(says, sizeof says, "knows no household %s; the nearest in lettings.csv is %s", key, cell(&t, 5, "household"));
    program_says(f->folder, 2, says, "explain", "out/reference", "--household", key, NULL);
    wks_csv_free(&t.csv);
    program_do(f->folder, 0, "run", f->reference, "-t", "2", "-r", "1", "-q", "-o", "off", "--set", f->small, "--set",
               "output.lettings=false", NULL);
    program_says(f->folder, 2, "has no lettings.csv: run it again with output.lettings = true", "explain", "off", "--letting", "0", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(lettings_explained_are_those_of_the_table), with_fixture(story_reads_the_same_with_any_threads),
        with_fixture(household_is_followed_to_its_letting),      with_fixture(changed_table_is_found_out),
        with_fixture(explain_of_what_is_not_there_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
