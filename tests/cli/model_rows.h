/* Rows of the tables of scenarios without a city. */
#ifndef WKS_TESTS_CLI_MODEL_ROWS_H
#define WKS_TESTS_CLI_MODEL_ROWS_H

#include <math.h>

#include "cli/program.h"

/* The n-th field of a line without quotes, from 0; "" when empty. */
static inline void field_of(const char *line, int n, char out[64])
{
    for (; n > 0; n--)
        line = strchr(line, ',') + 1;
    const size_t length = strcspn(line, ",\n");
    assert_true(length < 64);
    memcpy(out, line, length);
    out[length] = '\0';
}

/* The field `column` of all rows of a table at `tick` with that indicator and group; returns their number. `first` is the column of the tick. */
static inline int values_of(const char *folder, const char *table, int first, int32_t tick, const char *indicator, const char *group,
                            int column, double *out, int most)
{
    char *text = program_get(folder, table), *rest = NULL, field[64];
    int n = 0;

    for (char *line = strtok_r(text, "\n", &rest); (line = strtok_r(NULL, "\n", &rest)) != NULL;) {
        field_of(line, first, field);
        if (atoi(field) != tick) continue;
        field_of(line, first + 1, field);
        assert_string_equal(field, ""); /* no date */
        field_of(line, first + 2, field);
        if (strcmp(field, indicator) != 0) continue;
        field_of(line, first + 3, field);
        if (strcmp(field, group) != 0) continue;
        field_of(line, column, field);
        assert_true(n < most);
        out[n++] = field[0] == '\0' ? NAN : strtod(field, NULL);
    }
    free(text);
    return n;
}

/* summary.csv: scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,... */
enum { MEAN = 9, SD = 10, LOW = 11, HIGH = 12 };
static inline double summary(const char *folder, int32_t tick, const char *indicator, const char *group, int column)
{
    double value = NAN;

    if (values_of(folder, "summary.csv", 2, tick, indicator, group, column, &value, 1) != 1)
        fail_msg("no row %s of '%s' at tick %d", indicator, group, tick);
    return value;
}

/* A setting that is refused (exit 3) with that message, at a place. */
typedef struct wrong_setting {
    const char *scenario, *set, *message;
} wrong_setting;
static inline void assert_refused(const fixture *f, const wrong_setting *wrong, size_t n, char *(*path_of)(const char *name))
{
    for (size_t i = 0; i < n; i++) {
        char *path = path_of(wrong[i].scenario);
        wks_run run = program_run(f->folder, 3, "run", path, "--set", wrong[i].set, "-o", "out", NULL);
        assert_contains(run.err, wrong[i].message);
        assert_contains(run.err, ": error: ");
        wks_run_free(&run);
        free(path);
    }
}

#endif
