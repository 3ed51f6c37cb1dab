/* Cities without polygons: the whole country comes without. check says what is off; everything else works, and nothing is NaN. */
#include "cli/program.h"

/* Copies a file of modelstad into a folder "town". */
static void copy_file(const char *folder, const char *name)
{
    char *from = program_source("scenarios/cities/modelstad"), *path = wks_folder_path(from, name), *bytes = NULL;
    char *to = wks_folder_path(folder, "town"), *target = wks_folder_path(to, name);
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_file_make_folder(to, &err), &err);
    assert_ok(wks_file_read(path, &bytes, &n, &err), &err);
    assert_ok(wks_file_write(target, bytes, n, &err), &err);
    free(bytes);
    free(from);
    free(path);
    free(to);
    free(target);
}

/* Modelstad's buurten.csv with the place (fields 7 and 8) of the first `n_blank` rows empty; `code` (or NULL) replaces that of the first row. */
static void put_buurten(const char *folder, int n_blank, const char *code)
{
    char *from = program_source("scenarios/cities/modelstad/buurten.csv"), *text = wks_folder_get(from), *rest = NULL;
    wks_text out = WKS_TEXT_INIT;
    int row = 0;

    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest), row++) {
        int field = 0;
        for (char *cell = line; cell != NULL; field++) {
            char *end = strchr(cell, ',');
            const size_t n = end == NULL ? strlen(cell) : (size_t)(end - cell);
            const bool is_place = row > 0 && row <= n_blank && (field == 6 || field == 7);
            if (field > 0) wks_text_add_char(&out, ',');
            if (row == 1 && field == 0 && code != NULL) {
                wks_text_add(&out, code);
            } else if (!is_place) {
                wks_text_add_bytes(&out, cell, n);
            }
            cell = end == NULL ? NULL : end + 1;
        }
        wks_text_add_char(&out, '\n');
    }
    free(wks_folder_put(folder, "town/buurten.csv", out.data));
    wks_text_free(&out);
    free(text);
    free(from);
}

static void put_town_without_geometry(const char *folder)
{
    copy_file(folder, "city.cfg");
    copy_file(folder, "margins.csv");
    copy_file(folder, "quality.csv");
    put_buurten(folder, 1000, NULL);
}

enum { MOST_EMPTY = 16384 };

/* Indicators whose value is empty somewhere in city.csv, with group and scale, each once, as " a// b/kwetsbaar/buurt ". */
static void empty_indicators(const char *folder, char out[MOST_EMPTY])
{
    char *text = program_get(folder, "city.csv"), *rest = NULL;

    strcpy(out, " ");
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        const size_t n = strlen(line);
        char name[128], word[200];
        if (line[n - 1] != ',') continue;
        line[n - 1] = '\0';
        assert_int_equal(sscanf(line, "%*[^,],%*[^,],%*[^,],%*[^,],%120s", name), 1); /* indicator,group,scale */
        for (char *comma = strchr(name, ','); comma != NULL; comma = strchr(comma, ','))
            *comma = '/';
        (void)snprintf(word, sizeof word, " %s ", name);
        assert_true(strlen(out) + strlen(word) < MOST_EMPTY - 1);
        if (strstr(out, word) == NULL) strcat(out, word + 1);
    }
    free(text);
}

static void assert_no_nan(const char *folder)
{
    static const char *const table[] = {"city.csv",  "buurt.csv",        "lettings.csv", "compliance.csv", "budget.csv",
                                        "flows.csv", "destinations.csv", "monitor.csv",  "queue.csv",      "summary.csv"};

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char *text = program_get(folder, table[i]);
        for (char *c = text; *c != '\0'; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        if (strstr(text, ",nan") != NULL || strstr(text, ",-nan") != NULL || strstr(text, ",inf") != NULL || strstr(text, ",-inf") != NULL)
            fail_msg("%s has a number that is none", table[i]);
        free(text);
    }
}

static void a_city_without_geometry_runs_with_distances_off(void **state)
{
    fixture *f = *state;
    char with[MOST_EMPTY], without[MOST_EMPTY];
    char *out = wks_folder_path(f->folder, "out"), *flat = wks_folder_path(f->folder, "flat");

    put_town_without_geometry(f->folder);
    program_do(f->folder, 0, "run", f->reference, "-t", "14", "-r", "1", "-q", "-o", "out", NULL);
    program_do(f->folder, 0, "run", f->reference, "-t", "14", "-r", "1", "-q", "-o", "flat", "--verify", "--set", "city=town", NULL);
    assert_no_nan(flat);
    empty_indicators(out, with);
    empty_indicators(flat, without);
    /* neighbours and places are all that is lost */
    static const char *const lost[] = {" moran_B/kwetsbaar/buurt ",    " moran_W/leefbaarheid/buurt ",
                                       " moran_W/kwetsbaar/buurt ",    " moran_knn6/onv/buurt ",
                                       " moran_knn6/kwetsbaar/buurt ", " moran_knn6/leefbaarheid/buurt ",
                                       " H_spatial/kwetsbaar/buurt ",  " D_spatial/origin/buurt ",
                                       " D/kwetsbaar/100m ",           " M/origin/100m "};
    static const char *const needs_place[] = {"moran_", "H_spatial/", "D_spatial/"};
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        if (strstr(with, lost[i]) != NULL) fail_msg("%s is empty with geometry too", lost[i]);
        if (strstr(without, lost[i]) == NULL) fail_msg("%s is known without geometry", lost[i]);
    }
    for (char *rest = NULL, *word = strtok_r(without, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        char name[200];
        bool is_lost = strstr(word, "/100m") != NULL;
        (void)snprintf(name, sizeof name, " %s ", word);
        for (size_t i = 0; i < sizeof needs_place / sizeof *needs_place; i++)
            is_lost = is_lost || strncmp(word, needs_place[i], strlen(needs_place[i])) == 0;
        if (!is_lost && strstr(with, name) == NULL) fail_msg("%s is empty without geometry", word);
    }
    char *lettings = program_get(flat, "lettings.csv");
    assert_true(strlen(lettings) > 5000); /* homes are let, by the same rules */
    free(lettings);
    assert_true(program_has(out, "map.gpkg"));
    assert_false(program_has(flat, "map.gpkg"));
    free(out);
    free(flat);
}

static void check_says_what_is_off_without_geometry(void **state)
{
    fixture *f = *state;

    put_town_without_geometry(f->folder);
    wks_run run = program_run(f->folder, 0, "check", f->reference, "--set", "city=town", NULL);
    assert_contains(run.out, "geometry      none: off are the distance terms");
    assert_contains(run.out, "moran_W");
    assert_contains(run.out, "map.gpkg");
    assert_contains(run.out, "42 of 42 inhabited buurten have no place");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "check", f->reference, "--json", "--set", "city=town", NULL);
    assert_contains(run.out, "\"buurten_without_polygon\": 42");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "check", f->reference, NULL); /* nothing to say of a city that has it all */
    assert_null(strstr(run.out, "geometry"));
    assert_contains(run.out, "+0.000  -0.399  -0.780  vulnerable share"); /* the long run of each theory with the presets */
    wks_run_free(&run);
}

static void check_says_how_many_buurten_lack_a_place(void **state)
{
    fixture *f = *state;

    copy_file(f->folder, "city.cfg");
    copy_file(f->folder, "margins.csv");
    copy_file(f->folder, "buurten.gpkg");
    put_buurten(f->folder, 1, "BU99010199"); /* no polygon has this code */
    wks_run run = program_run(f->folder, 0, "check", f->reference, "--set", "city=town", NULL);
    assert_contains(run.out, "geometry      1 of 42 inhabited buurten have no polygon");
    assert_contains(run.out, "1 of 42 inhabited buurten have no place");
    wks_run_free(&run);
    program_do(f->folder, 0, "run", f->reference, "-t", "3", "-r", "1", "-q", "-o", "out", "--verify", "--set", "city=town", NULL);
    char *out = wks_folder_path(f->folder, "out");
    assert_no_nan(out);
    wks_run report = program_run(f->folder, 0, "report", out, "--lang", "nl", NULL);
    wks_run_free(&report);
    char *page = program_get(out, "report.html"), *from = program_source("scenarios/cities/modelstad/buurten.csv"),
         *text = wks_folder_get(from);
    char name[40], head[120], below[120];
    assert_int_equal(sscanf(strchr(text, '\n') + 1, "%*[^,],%39[^,]", name), 1); /* the first row's */
    (void)snprintf(head, sizeof head, "<th scope=\"row\" title=\"BU99010199\">%s</th>", name);
    (void)snprintf(below, sizeof below, "zonder grens in map.gpkg: %s (BU99010199).", name);
    assert_contains(page, head);
    assert_contains(page, below);
    assert_null(strstr(page, "<th scope=\"row\">BU"));
    free(page);
    free(from);
    free(text);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(a_city_without_geometry_runs_with_distances_off),
        with_fixture(check_says_what_is_off_without_geometry),
        with_fixture(check_says_how_many_buurten_lack_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
