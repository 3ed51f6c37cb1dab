/* The segregation of a run against two other ways to the same figure: `measure` on its tables and its city, and a slow formula on buurt.csv. */
#include <math.h>

#include "program.h"

static const char out_dir[] = "out";
static const char of_group[] = "D,H,xPx,G,eta2,gorard,ED_fixed,Dmod_fixed,ED_binom,Dmod_binom";
static const char with_place[] =
    "D,H,xPx,G,eta2,gorard,ED_fixed,Dmod_fixed,ED_binom,Dmod_binom,moran_B,moran_W,moran_knn6,H_spatial,D_spatial";

/* Value of a row of city.csv as it is written; fails when there is none. */
static const char *value_in(const char *city, int tick, const char *indicator, const char *group, const char *scale, char value[64])
{
    char key[200];
    const char *at = NULL;

    (void)snprintf(key, sizeof key, ",%s,%s,%s,", indicator, group, scale);
    for (const char *line = strchr(city, '\n'); line != NULL && at == NULL; line = strchr(line + 1, '\n')) {
        int number = -1;
        const char *end = strchr(line + 1, '\n'), *found = strstr(line + 1, key);
        if (found == NULL || end == NULL) break;
        if (found > end || sscanf(line + 1, "%*[^,],%*[^,],%d", &number) != 1 || number != tick) continue;
        at = found + strlen(key);
    }
    if (at == NULL) fail_msg("no row of %s %s %s at tick %d", indicator, group, scale, tick);
    (void)snprintf(value, 64, "%.*s", (int)strcspn(at, "\n"), at);
    return value;
}

/* Every row that measure prints has the value that the run wrote, to the last digit. @return how many rows there were */
static int assert_same(const char *measured, const char *city, int tick, const char *group, const char *scale)
{
    int n = 0;

    for (const char *line = strchr(measured, '\n'); line != NULL && line[1] != '\0'; line = strchr(line + 1, '\n')) {
        char index[40], of[40] = "", expected[64], written[64];
        const char *end = strchr(line + 1, '\n');
        assert_non_null(end);
        assert_int_equal(sscanf(line + 1, "%39[^,],%39[^,]", index, of) >= 1, 1);
        if (strchr(line + 1, ',') != NULL && strcmp(of, "rest") == 0) continue; /* all others against the group */
        const char *comma = end;
        while (*comma != ',')
            comma--;
        (void)snprintf(expected, sizeof expected, "%.*s", (int)(end - comma - 1), comma + 1);
        if (strcmp(value_in(city, tick, index, group, scale, written), expected) != 0)
            fail_msg("%s of %s, %s, tick %d: the run wrote %s, measure finds %s", index, group, scale, tick, written, expected);
        n++;
    }
    return n;
}

static double slow_dissimilarity(const char *buurten, int tick, const char *group)
{
    double x[200], t[200], sum_x = 0, sum_y = 0, d = 0;
    char area[200][16];
    int n = 0;

    for (int round = 0; round < 2; round++) { /* first everybody, then the group */
        for (const char *line = strchr(buurten, '\n'); line != NULL && line[1] != '\0'; line = strchr(line + 1, '\n')) {
            char level[16], code[16], indicator[64], rest[80];
            int number;
            if (sscanf(line + 1, "%*[^,],%*[^,],%d,%*[^,],%15[^,],%15[^,],%63[^,],%79s", &number, level, code, indicator, rest) != 5)
                continue;
            if (number != tick || strcmp(level, "buurt") != 0) continue;
            if (round == 0 && strcmp(indicator, "households") == 0 && rest[0] == ',') {
                assert_true(n < 200);
                strcpy(area[n], code);
                t[n++] = strtod(rest + 1, NULL);
            }
            if (round == 0 || strcmp(indicator, "count") != 0 || strncmp(rest, group, strlen(group)) != 0 || rest[strlen(group)] != ',')
                continue;
            int i = 0;
            while (i < n && strcmp(area[i], code) != 0)
                i++;
            assert_true(i < n);
            x[i] = strtod(rest + strlen(group) + 1, NULL);
        }
    }
    for (int i = 0; i < n; i++) {
        sum_x += x[i];
        sum_y += t[i] - x[i];
    }
    for (int i = 0; i < n; i++)
        d += fabs(x[i] / sum_x - (t[i] - x[i]) / sum_y) / 2;
    return d;
}

static void the_run_and_measure_find_the_same(void **state)
{
    fixture *f = *state;
    static const char *const levels[] = {"complex", "100m", "buurt", "wijk"}, *const kinds[] = {"origin", "household_type",
                                                                                                "income_source"};
    char number[64];
    char *out = wks_folder_path(f->folder, out_dir);

    program_do(f->folder, 0, "run", f->reference, "-t", "14", "-r", "1", "-q", "-o", out_dir, "--set",
               "output.levels=[\"city\",\"buurt\",\"wijk\"]", NULL);
    char *city = program_get(out, "city.csv"), *buurten = program_get(out, "buurt.csv");
    for (int tick = 0; tick <= 12; tick += 12) { /* from the counts it wrote */
        char at[8];
        (void)snprintf(at, sizeof at, "%d", tick);
        for (int k = 2; k < 4; k++) {
            wks_run run = program_run(f->folder, 0, "measure", out_dir, "--tick", at, "--level", levels[k], "--groups", "kwetsbaar",
                                      "--indices", k == 2 ? with_place : of_group, NULL);
            assert_int_equal(assert_same(run.out, city, tick, "kwetsbaar", levels[k]), k == 2 ? 15 : 10);
            wks_run_free(&run);
        }
        assert_close(strtod(value_in(city, tick, "D", "kwetsbaar", "buurt", number), NULL), slow_dissimilarity(buurten, tick, "kwetsbaar"),
                     1e-9, 0);
    }
    assert_true(strtod(value_in(city, 7, "D", "kwetsbaar", "wijk", number), NULL) > 0); /* with every row of the city; the others are not */
    assert_null(strstr(city, ",7,2025-08,G,"));
    assert_null(strstr(city, ",7,2025-08,D,kwetsbaar,complex,"));
    for (int k = 0; k < 4; k++) { /* from the city's population */
        wks_run run =
            program_run(f->folder, 0, "measure", "modelstad", "--level", levels[k], "--groups", "gezinnen", "--indices", of_group, NULL);
        assert_int_equal(assert_same(run.out, city, 0, "gezinnen", levels[k]), 10);
        wks_run_free(&run);
        run = program_run(f->folder, 0, "measure", "modelstad", "--level", levels[k], "--groups", kinds[k % 3], "--indices",
                          k == 2 ? "D_multi,M,H_multi,H_spatial,D_spatial" : "D_multi,M,H_multi", NULL);
        assert_int_equal(assert_same(run.out, city, 0, kinds[k % 3], levels[k]), k == 2 ? 5 : 3);
        wks_run_free(&run);
    }
    free(city);
    free(buurten);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_run_and_measure_find_the_same, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
