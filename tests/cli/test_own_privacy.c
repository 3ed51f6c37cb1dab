/* What the import and the results of own data may never tell: a cell of a file about people, and a count under ten by multiplying back. */
#define _GNU_SOURCE /* memmem */
#include "cli/own_made.h"

#include <math.h>

#define PLANTED "Zwartjanssen"

/* ---- messages ---- */

static void assert_not_planted(const wks_run *run, const char *what, int i)
{
    if (strstr(run->out, PLANTED) != NULL || strstr(run->err, PLANTED) != NULL)
        fail_msg("%s %d is told:\n%s%s", what, i, run->out, run->err);
}

/* Proposes a mapping of a damaged file and imports it by the mapping of the good one; neither may tell what was planted. */
static void assert_untold(const own_fixture *f, const char *kind, const wks_text *bytes, const char *what, int i)
{
    put_bytes(f->folder, "bad.csv", bytes);
    const char *const proposal[] = {IMPORT, "own", kind, "bad.csv", "--write-mapping", "p.cfg", "--force", NULL};
    const char *const command[] = {IMPORT, "own", "city", kind, "bad.csv", "--mapping", "mapping.cfg", "--force", NULL};
    wks_run run = wks_run_program(proposal, f->folder);
    assert_not_planted(&run, what, i);
    if (program_has(f->folder, "p.cfg")) {
        char *text = program_get(f->folder, "p.cfg");
        if (strstr(text, PLANTED) != NULL) fail_msg("%s %d is in the mapping:\n%s", what, i, text);
        free(text);
        char *path = wks_folder_path(f->folder, "p.cfg");
        assert_int_equal(unlink(path), 0);
        free(path);
    }
    wks_run_free(&run);
    run = wks_run_program(command, f->folder);
    assert_not_planted(&run, what, i);
    wks_run_free(&run);
}

/* The text with its cell `at` (from 0, over all lines) replaced. */
static bool replace_cell(const char *text, int at, const char *cell, wks_text *out)
{
    const char *begin = text, *end;
    for (; at > 0 && *begin != '\0'; at--) {
        begin += strcspn(begin, ";\n");
        begin += *begin != '\0';
    }
    if (*begin == '\0') return false;
    end = begin + strcspn(begin, ";\n");
    wks_text_add_bytes(out, text, (size_t)(begin - text));
    wks_text_add(out, cell);
    wks_text_add(out, end);
    return true;
}

static const char good_seekers[] =
    "Inschrijfnummer;Inschrijfdatum;Geboortedatum;Huishoudgrootte;Verzamelinkomen;Urgentie;Buurtcode;Laatste reactie\n"
    "W1;12-05-2014;17-03-1961;2;31234;;BU99010101;01-12-2024\n"
    "W2;12-05-2015;17-03-1962;2;31234;;BU99010101;01-12-2024\n";
static const char good_dwellings[] = "VHE-nummer;Buurtcode;Detailsoort;Kale huur;Streefhuur;WWS-punten;Aantal kamers;Gebruiksoppervlakte;"
                                     "Bouwjaar;Complexnummer;Doelgroep\n"
                                     "1;BU99010101;Galerijflat;600;700;140;3;60;1980;C1;Senioren\n"
                                     "2;BU99010101;Galerijflat;600;700;140;3;60;1980;C1;Senioren\n";

/* A secret in each cell of a data row, and a first line of data in which one cell or two are known words. */
static void cells_are_never_told(void **state)
{
    const own_fixture *f = *state;
    static const char *const cell[] = {PLANTED, "\"" PLANTED, "x\"" PLANTED "\"", "12-05-2014 " PLANTED};
    static const char *const kind[2] = {"--seekers", "--dwellings"}, *const good[2] = {good_seekers, good_dwellings};
    propose(f);
    for (int k = 0; k < 2; k++) {
        const int n_columns = k == 0 ? 8 : 11;
        for (int i = n_columns; i < 3 * n_columns; i += k == 0 ? 1 : 2) {
            wks_text text = WKS_TEXT_INIT;
            assert_true(replace_cell(good[k], i, cell[i % 4], &text));
            assert_untold(f, kind[k], &text, kind[k], i);
            wks_text_free(&text);
        }
    }
}

static void first_lines_are_never_told_errors(void **state)
{
    const own_fixture *f = *state;
    static const struct {
        const char *kind, *text;
    } damage[] = {
        {"--seekers", "Urgentie;" PLANTED ";12-05-2014\nx;" PLANTED ";y\n"},
        {"--seekers", "code;" PLANTED " (inkomen);straat " PLANTED ";" PLANTED ".code\nx;y;z;w\n"},
        {"--seekers", PLANTED ";" PLANTED "\na;b\n"},
        {"--seekers", "Lijst " PLANTED "\nInschrijfnummer;Inschrijfdatum\nW1;12-05-2014\n"},
        {"--seekers", "Inschrijfdatum (" PLANTED ");inkomen\nx;y\n"},
        {"--dwellings", "1;99010101;" PLANTED ";" PLANTED ";12\n2;99010101;x;x;12\n"},
        {"--dwellings", "1;m2;" PLANTED ";naam " PLANTED ";12\n2;99010101;x;x;12\n"},
        {"--dwellings",
         "VHE;Buurtcode;Type;Kale huur;Doelgroep\n1;99010101;" PLANTED ";600;" PLANTED "\n2;99010101;flat;600;" PLANTED "\n"},
        {"--dwellings", "VHE;Buurtcode;Type;Kale huur\n1;99010101;\"" PLANTED ";600\n"},
        {"--dwellings", "VHE;Buurtcode;Type;Kale huur\n1;99010101;" PLANTED "\n" PLANTED ";2;3;4;5;6\n"},
    };
    propose(f);
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        wks_text text = WKS_TEXT_INIT;
        wks_text_add(&text, damage[i].text);
        assert_untold(f, damage[i].kind, &text, "line", (int)i);
        wks_text_free(&text);
    }
    free(wks_folder_put(f->folder, "z.csv", "Urgentie;" PLANTED ";12-05-2014\n"));
    wks_run run = import(f, 0, (const char *const[]){"--seekers", "z.csv", "--write-mapping", "q.cfg", NULL});
    assert_contains(run.out, "not known: column 2");
    wks_run_free(&run);
    free(wks_folder_put(f->folder, "z.csv", "Inschrijfnummer;Inschrijfdatum;Iets anders\nW1;12-05-2014;x\n"));
    run = import(f, 0, (const char *const[]){"--seekers", "z.csv", "--write-mapping", "r.cfg", NULL});
    assert_contains(run.out, "not known: Iets anders");
    wks_run_free(&run);
}

/* A word is shown from ten rows on. */
static void rare_words_are_not_told(void **state)
{
    const own_fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "VHE;Buurtcode;Type;Kale huur\n");
    for (int i = 0; i < 19; i++)
        wks_text_addf(&text, "%d;99010101;%s;600\n", i, i < 10 ? "Hofjeswoning" : PLANTED);
    put_bytes(f->folder, "d.csv", &text);
    wks_text_free(&text);
    IMPORT_DO(f, 0, "--dwellings", "d.csv", "--write-mapping", "d.cfg");
    char *mapping = program_get(f->folder, "d.cfg");
    assert_contains(mapping, "theirs = [ \"Hofjeswoning\" ]");
    assert_contains(mapping, "1 rare words that are not known either are not shown");
    assert_null(strstr(mapping, PLANTED));
    free(mapping);
    wks_run run = import(f, 3, (const char *const[]){"city", "--dwellings", "d.csv", "--mapping", "d.cfg", NULL});
    assert_contains(run.err, "has the unknown word 'Hofjeswoning' (10 rows)");
    assert_contains(run.err, "d.csv:12:13: error: type (column 'Type') has a word that is not known (<10 rows; it is not shown)");
    assert_not_planted(&run, "word", 0);
    wks_run_free(&run);
}

static void postcodes_are_never_told_errors(void **state)
{
    const own_fixture *f = *state;
    static const char *const table[] = {"postcode;buurtcode\n" PLANTED ";99010101\n1234AB;" PLANTED "\n",
                                        "Naam;" PLANTED ";pc\nx;y;1234AB\n", PLANTED ";" PLANTED "\na;b\n",
                                        ("postcode;buurtcode\n\"" PLANTED)};
    propose(f);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        free(wks_folder_put(f->folder, "pc.csv", table[i]));
        wks_run run = import(f, 3, (const char *const[]){OWN, "--postcodes", "pc.csv", NULL});
        assert_not_planted(&run, "table", (int)i);
        if (i == 0) assert_contains(run.err, "pc.csv:2:1: error: no postcode (the cell is not shown); expected 1234AB or 1234");
        if (i == 0) assert_contains(run.err, "pc.csv:3:8: error: no CBS code of a buurt (the cell is not shown)");
        wks_run_free(&run);
    }
}

static void small_counts_are_told_in_one_way(void **state)
{
    const own_fixture *f = *state;
    free(wks_folder_put(f->folder, "z.csv", good_seekers));
    IMPORT_DO(f, 0, "--seekers", "z.csv", "--write-mapping", "m.cfg");
    wks_run run = import(f, 0, (const char *const[]){"city", "--seekers", "z.csv", "--mapping", "m.cfg", NULL});
    assert_contains(run.out, "z.csv: csv, <10 rows of seekers");
    assert_contains(run.out, "seekers: <10 read, <10 used");
    wks_run_free(&run);
    char *text = program_get(f->city, "own.md");
    assert_contains(text, "| used |  | <10 |");
    free(text);
    run = program_run(f->folder, 0, "synth", "city", "-o", "people", NULL);
    assert_contains(run.out, "own seekers: <10 matched (<10 active)");
    wks_run_free(&run);
}

static void files_of_own_rows_are_their_owners(void **state)
{
    const own_fixture *f = *state;
    propose(f);
    IMPORT_DO(f, 0, OWN);
    program_do(f->folder, 0, "synth", "city", "-o", "people", "-q", NULL);
    assert_int_equal(mode_of(f->folder, "people/units.csv"), 0600);
    char *note = program_get(f->folder, "people/units.md");
    assert_contains(note, "units.csv holds real dwellings");
    free(note);
}

/* ---- results ---- */

enum { MAX_FIELDS = 16 };

typedef struct table {
    char *text;
    char *field[60000][MAX_FIELDS];
    int n;
} table;

static table *read_table(const own_fixture *f, const char *name)
{
    table *t = calloc(1, sizeof *t);
    assert_non_null(t);
    t->text = program_get(f->folder, name);
    char *at = strchr(t->text, '\n') + 1;
    for (; *at != '\0'; t->n++) {
        assert_true(t->n < 60000);
        for (int c = 0; c < MAX_FIELDS; c++) {
            t->field[t->n][c] = at;
            at += strcspn(at, ",\n");
            const char end = *at;
            *at++ = '\0';
            if (end == '\n') break;
        }
    }
    return t;
}

static void free_table(table *t)
{
    free(t->text);
    free(t);
}

/* The value of another indicator of the same row of replication, tick, area and (unless it is NULL) group. */
static double value_at(const table *t, int row, int n_same, int indicator, const char *name, int group, const char *of, int value)
{
    for (int i = 0; i < t->n; i++) {
        bool same = strcmp(t->field[i][indicator], name) == 0 && strcmp(t->field[i][group], of) == 0;
        for (int c = 0; c < n_same; c++)
            same = same && strcmp(t->field[i][c], t->field[row][c]) == 0;
        if (same) return t->field[i][value][0] == '\0' ? NAN : strtod(t->field[i][value], NULL);
    }
    return NAN;
}

static void assert_not_few(double part, double whole, const char *what)
{
    if (isnan(part) || isnan(whole)) return;
    if (part < 9.999 || whole - part < 9.999) fail_msg("%s: %g of %g is told", what, part, whole);
}

static void check_city(const table *t, int *n_told)
{
    for (int i = 0; i < t->n; i++) {
        const char *name = t->field[i][4], *group = t->field[i][5];
        if (t->field[i][7][0] == '\0') continue;
        const double value = strtod(t->field[i][7], NULL);
        const double lettings = value_at(t, i, 4, 4, "lettings", 5, group, 7);
        if (strcmp(name, "starters_share") == 0) {
            assert_not_few(value * lettings, INFINITY, name);
            assert_not_few((1 - value) * lettings, INFINITY, name);
            (*n_told)++;
        }
        if (strcmp(name, "success_rate") == 0) assert_not_few(lettings, INFINITY, name);
        if (strcmp(name, "refusals_per_letting") == 0 || strcmp(name, "chain_mean") == 0) assert_not_few(value * lettings, INFINITY, name);
        const bool is_count = strcmp(name, "households") == 0 || strcmp(name, "registered") == 0 || strcmp(name, "active") == 0 ||
                              strcmp(name, "lettings") == 0;
        if (is_count && group[0] != '\0') assert_not_few(value, value_at(t, i, 4, 4, name, 5, "", 7), name);
    }
}

static void check_buurten(const table *t, int *n_told)
{
    for (int i = 0; i < t->n; i++) {
        const char *name = t->field[i][6];
        const bool is_share = strcmp(name, "share") == 0 || strcmp(name, "turnover") == 0, is_count = strcmp(name, "count") == 0;
        if ((!is_share && !is_count) || t->field[i][8][0] == '\0') continue;
        const double value = strtod(t->field[i][8], NULL), n = value_at(t, i, 6, 6, "households", 7, "", 8);
        const int tick = atoi(t->field[i][2]);
        const double months = strcmp(name, "turnover") == 0 && tick < 12 ? tick / 12.0 : 1;
        if (isnan(n)) fail_msg("%s is told of a hidden number of households", name);
        assert_not_few(is_share ? value * n * months : value, n, name);
        (*n_told)++;
    }
}

/* Every ratio times what it is a ratio of, over all rows: no count under ten, nor a rest. */
static void ratios_give_no_small_count(void **state)
{
    const own_fixture *f = *state;
    char *cap = program_source("scenarios/01_cap.cfg");
    int n_city = 0, n_buurt = 0;
    propose(f);
    IMPORT_DO(f, 0, OWN);
    program_do(f->folder, 0, "run", cap, "-t", "14", "-r", "1", "-o", "out", "-q", "--set", "city=city", "--progress", "none", "--set",
               "output.buurt_every=6", NULL);
    table *t = read_table(f, "out/city.csv");
    check_city(t, &n_city);
    free_table(t);
    t = read_table(f, "out/buurt.csv");
    check_buurten(t, &n_buurt);
    free_table(t);
    assert_true(n_city > 0 && n_buurt > 0);
    t = read_table(f, "out/queue.csv");
    for (int i = 0; i < t->n; i++) {
        char *const *row = t->field[i];
        const double active = row[6][0] == '\0' ? NAN : strtod(row[6], NULL), rate = row[9][0] == '\0' ? NAN : strtod(row[9], NULL);
        for (int c = 5; c < 9; c++)
            if (row[c][0] != '\0') assert_true(strtod(row[c], NULL) >= 10);
        assert_not_few(active * rate, INFINITY, "success_rate");
    }
    free_table(t);
    free(cap);
}

/* The share of an area on the first day: its part or its rest may be few. */
static void check_tells_no_share_of_few(void **state)
{
    const own_fixture *f = *state;
    char *cap = program_source("scenarios/01_cap.cfg");
    propose(f);
    IMPORT_DO(f, 0, OWN);
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(
        &text,
        "base = \"%s\"; name = \"low\";\nrules = ( { name = \"regio\"; spreiding = ( { part = \"cap_share\"; group = \"uitkering\"; "
        "max_share = 0.01; scale = \"complex\"; } ); } );\n",
        cap);
    put_bytes(f->folder, "low.cfg", &text);
    wks_text_free(&text);
    wks_run run = program_run(f->folder, 0, "check", "low.cfg", "--population", "--set", "city=city", NULL);
    assert_contains(run.err, "above its share of 0.01 at the start; by how much would tell of fewer than 10 real households");
    wks_run_free(&run);
    free(cap);
}

int main(void)
{
#define OWN_TEST(test) cmocka_unit_test_setup_teardown(test, own_begin, own_end)
    const struct CMUnitTest tests[] = {
        OWN_TEST(cells_are_never_told),
        OWN_TEST(first_lines_are_never_told_errors),
        OWN_TEST(rare_words_are_not_told),
        OWN_TEST(postcodes_are_never_told_errors),
        OWN_TEST(small_counts_are_told_in_one_way),
        OWN_TEST(files_of_own_rows_are_their_owners),
        OWN_TEST(ratios_give_no_small_count),
        OWN_TEST(check_tells_no_share_of_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
