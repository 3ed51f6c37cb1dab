#include "study/sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/text.h"
#include "design/design.h"
#include "num/math.h"
#include "scenario/settings.h"

void wks_sweep_free(wks_sweep *sweep)
{
    free(sweep->point);
    free(sweep->x);
    free(sweep->value);
    free(sweep->is_done);
    *sweep = (wks_sweep){0};
}

/* What a file tells of a number. */
static double told(double value)
{
    char text[32];
    double out = NAN;
    if (!isfinite(value) || !wks_text_parse_double(wks_text_number(value, text), &out)) return NAN;
    return out;
}

static double in_range(const wks_study_parameter *parameter, double value)
{
    const double low = parameter->low, high = parameter->high;
    if (!(high > low)) return 0;
    return parameter->is_log ? wks_math_log(value / low) / wks_math_log(high / low) : (value - low) / (high - low);
}

static wks_status allocate(const wks_study *study, int32_t n, wks_sweep *out, wks_err *err)
{
    const size_t size = (size_t)n * (size_t)study->n_parameters;

    *out = (wks_sweep){.study = study, .n_points = n};
    out->point = wks_mem_array(size, sizeof *out->point);
    out->x = wks_mem_array(size, sizeof *out->x);
    return out->point == NULL || out->x == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for %d points", n) : WKS_OK;
}

static void scale(wks_sweep *sweep)
{
    const size_t k = (size_t)sweep->study->n_parameters;
    for (size_t i = 0; i < (size_t)sweep->n_points * k; i++) {
        sweep->point[i] = told(sweep->point[i]);
        sweep->x[i] = in_range(&sweep->study->parameter[i % k], sweep->point[i]);
    }
}

/* ---- making ---- */

/* A value on a lattice: whole numbers are the nearest, so that both ends are met. */
static double lattice_value(const wks_study_parameter *parameter, double u)
{
    wks_study_parameter plain = *parameter;
    plain.is_whole = false;
    const double value = wks_study_file_value(&plain, u);
    return parameter->is_whole ? floor(value + 0.5) : value;
}

static int32_t levels_of(const wks_study *study, int32_t p)
{
    const wks_study_parameter *parameter = &study->parameter[p];
    if (parameter->n_values > 0) return parameter->n_values;
    if (parameter->is_whole && parameter->high - parameter->low + 1 < study->design.levels)
        return (int32_t)(parameter->high - parameter->low + 1);
    return study->design.levels;
}

static wks_status make_grid(const wks_study *study, wks_sweep *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t k = study->n_parameters;
    int32_t *levels = wks_mem_array((size_t)k, sizeof *levels), *level = NULL;

    if (levels == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a grid");
    for (int32_t p = 0; p < k; p++)
        levels[p] = levels_of(study, p);
    const int32_t n = wks_design_grid_size(levels, k);
    if (n < 0) WKS_FAIL(err, WKS_ERR_USAGE, "the grid has more than 10 million points; take fewer levels, or lhs or sobol");
    level = wks_mem_array((size_t)n * (size_t)k, sizeof *level);
    if (level == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d points", n);
    WKS_TRY(allocate(study, n, out, err));
    wks_design_grid(levels, k, level);
    for (size_t i = 0; i < (size_t)n * (size_t)k; i++) {
        const int32_t p = (int32_t)(i % (size_t)k);
        const wks_study_parameter *parameter = &study->parameter[p];
        out->point[i] = parameter->n_values > 0 ? parameter->value[level[i]]
                                                : lattice_value(parameter, level[i] / (double)(levels[p] > 1 ? levels[p] - 1 : 1));
    }
out:
    free(levels);
    free(level);
    return rc;
}

static int64_t size_of(const wks_study *study)
{
    const wks_study_design *design = &study->design;
    const int64_t k = study->n_parameters;
    if (strcmp(design->method, "morris") == 0) return design->trajectories * (k + 1);
    if (strcmp(design->method, "saltelli") == 0) return design->points * (design->second_order ? 2 * k + 2 : k + 2);
    return design->points;
}

static wks_status make_other(const wks_study *study, wks_sweep *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study_design *design = &study->design;
    const int32_t k = study->n_parameters;
    const int64_t n = size_of(study);
    const uint64_t shift = design->shift ? design->seed : 0;
    const bool is_morris = strcmp(design->method, "morris") == 0;

    if (n > 10000000) WKS_FAIL(err, WKS_ERR_USAGE, "the design has %lld points; expected 10 million at most", (long long)n);
    for (int32_t p = 0; p < k; p++) {
        if (study->parameter[p].n_values > 0)
            WKS_FAIL(err, WKS_ERR_USAGE, "parameter '%s' has values, which only a grid takes; give low and high", study->parameter[p].name);
    }
    WKS_TRY(allocate(study, (int32_t)n, out, err));
    if (is_morris) {
        WKS_TRY(wks_design_morris(design->trajectories, k, design->levels, design->candidates, design->seed, out->x, err));
    } else if (strcmp(design->method, "saltelli") == 0) {
        WKS_TRY(wks_design_saltelli(design->points, k, design->second_order, shift, out->x, err));
    } else if (strcmp(design->method, "lhs") == 0) {
        WKS_TRY(wks_design_lhs(design->points, k, design->seed, out->x, err));
    } else {
        WKS_TRY(wks_design_sobol(design->points, k, shift, out->x, err));
    }
    for (size_t i = 0; i < (size_t)n * (size_t)k; i++) {
        const wks_study_parameter *parameter = &study->parameter[i % (size_t)k];
        out->point[i] = is_morris ? lattice_value(parameter, out->x[i]) : wks_study_file_value(parameter, out->x[i]);
    }
out:
    return rc;
}

wks_status wks_sweep_make(const wks_study *study, wks_sweep *out, wks_err *err)
{
    wks_err own = WKS_ERR_INIT;

    *out = (wks_sweep){.study = study};
    if (study->design.method[0] == '\0')
        return wks_err_set(err, WKS_ERR_DATA,
                           "%s has no design; expected design = { method = \"...\"; }, one of grid, lhs, sobol, morris and saltelli",
                           study->path);
    const wks_status rc = strcmp(study->design.method, "grid") == 0 ? make_grid(study, out, &own) : make_other(study, out, &own);
    if (rc == WKS_OK) scale(out);
    if (rc == WKS_ERR_USAGE)
        return wks_err_set(err, WKS_ERR_DATA, "%s: design: %s", study->path, own.message); /* sizes stand in the study */
    return rc == WKS_OK ? rc : wks_err_set(err, rc, "%s", own.message);
}

wks_sensitivity_plan wks_sweep_plan(const wks_sweep *sweep)
{
    const wks_study_design *design = &sweep->study->design;
    const wks_sensitivity_method method = strcmp(design->method, "morris") == 0     ? WKS_SENSITIVITY_MORRIS
                                          : strcmp(design->method, "saltelli") == 0 ? WKS_SENSITIVITY_SALTELLI
                                                                                    : WKS_SENSITIVITY_REGRESSION;
    return (wks_sensitivity_plan){.method = method,
                                  .x = sweep->x,
                                  .n_points = sweep->n_points,
                                  .n_parameters = sweep->study->n_parameters,
                                  .n_replications = sweep->n_replications,
                                  .second_order = design->second_order,
                                  .bootstrap = design->bootstrap,
                                  .seed = design->seed};
}

/* ---- reading ---- */

/* A number of a cell; false after a problem. Empty is NaN where that is allowed. */
static bool read_cell(const wks_csv *csv, size_t row, int column, bool may_be_empty, double *out, wks_problems *problems)
{
    const char *cell = wks_csv_cell(csv, row, column);
    *out = NAN;
    if (cell[0] == '\0' && may_be_empty) return true;
    if (wks_text_parse_double(cell, out)) return true;
    wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column),
                       "%s is '%.60s'; expected a number%s", csv->header[column], cell,
                       strchr(cell, ',') != NULL ? " with a decimal point" : "");
    return false;
}

/* Columns by name; every name must be there, and no other beside `also`. */
static void find_columns(const wks_csv *csv, const char *const *name, size_t n, const char *const *also, size_t n_also, int *column,
                         const char *what, wks_problems *problems)
{
    char hint[WKS_SETTINGS_HINT];

    for (size_t i = 0; i < n; i++) {
        column[i] = wks_csv_column(csv, name[i]);
        if (column[i] < 0)
            wks_problems_error(problems, csv->path, 1, 0, "there is no column '%s'; expected a column for every %s of the study", name[i],
                               what);
    }
    for (size_t c = 0; c < csv->n_columns; c++) {
        bool is_known = false;
        for (size_t i = 0; i < n; i++)
            is_known = is_known || column[i] == (int)c;
        for (size_t i = 0; i < n_also; i++)
            is_known = is_known || strcmp(csv->header[c], also[i]) == 0;
        if (!is_known)
            wks_problems_error(problems, csv->path, 1, 0, "column '%.80s' is no %s of the study%s", csv->header[c], what,
                               wks_settings_hint(csv->header[c], name, n, hint));
    }
}

/* Values beyond the range are a mistake more often than a wish; other than that the file decides. */
static void check_value(const wks_csv *csv, size_t row, int column, const wks_study_parameter *parameter, double value,
                        wks_problems *problems)
{
    char text[32], low[32], high[32];
    if (value >= told(parameter->low) && value <= told(parameter->high) && (!parameter->is_whole || rint(value) == value)) return;
    wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column),
                       "%s is %s; expected %s from %s to %s", parameter->name, wks_text_number(value, text),
                       parameter->is_whole ? "a whole number" : "a number", wks_text_number(parameter->low, low),
                       wks_text_number(parameter->high, high));
}

wks_status wks_sweep_read(const char *path, const wks_study *study, wks_sweep *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_csv csv = {0};
    const size_t k = (size_t)study->n_parameters;
    const char **name = wks_mem_array(k, sizeof *name);
    int *column = wks_mem_array(k, sizeof *column);

    *out = (wks_sweep){.study = study};
    if (name == NULL || column == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a design");
    for (size_t p = 0; p < k; p++)
        name[p] = study->parameter[p].name;
    WKS_TRY(wks_csv_read(path, 0, false, &csv, problems, err));
    find_columns(&csv, name, k, NULL, 0, column, "parameter", problems);
    WKS_TRY(wks_problems_status(problems, err));
    if (csv.n_rows == 0) WKS_FAIL(err, WKS_ERR_DATA, "%s has no points; expected a row a point below the header", path);
    if (csv.n_rows > 10000000) WKS_FAIL(err, WKS_ERR_DATA, "%s has more than 10 million points", path);
    WKS_TRY(allocate(study, (int32_t)csv.n_rows, out, err));
    for (size_t i = 0; i < csv.n_rows * k; i++) {
        const size_t p = i % k;
        if (read_cell(&csv, i / k, column[p], false, &out->point[i], problems))
            check_value(&csv, i / k, column[p], &study->parameter[p], out->point[i], problems);
    }
    WKS_TRY(wks_problems_status(problems, err));
    scale(out);
    const wks_sensitivity_plan plan = wks_sweep_plan(out);
    if (study->design.method[0] != '\0') WKS_TRY(wks_err_context(err, wks_sensitivity_check(&plan, err), "%s", path));
out:
    wks_csv_free(&csv);
    free(name);
    free(column);
    return rc;
}

/* ---- outcomes ---- */

wks_status wks_sweep_prepare(wks_sweep *sweep, int32_t n_replications, wks_err *err)
{
    const size_t n = (size_t)sweep->n_points * (size_t)n_replications, width = (size_t)sweep->study->n_outcomes;

    sweep->n_replications = n_replications;
    sweep->value = wks_mem_array(n * width, sizeof *sweep->value);
    sweep->is_done = wks_mem_array(n, sizeof *sweep->is_done);
    if (sweep->value == NULL || sweep->is_done == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu trials", n);
    for (size_t i = 0; i < n * width; i++)
        sweep->value[i] = NAN;
    return WKS_OK;
}

void wks_sweep_round(wks_sweep *sweep)
{
    const size_t n = (size_t)sweep->n_points * (size_t)sweep->n_replications * (size_t)sweep->study->n_outcomes;
    for (size_t i = 0; i < n; i++)
        sweep->value[i] = told(sweep->value[i]);
}

/* Which trial a row is: its own number, or what its cells say. */
static bool find_trial(const wks_csv *csv, size_t row, const int *key, const wks_sweep *sweep, int32_t first, size_t *out,
                       wks_problems *problems)
{
    double point = 0, replication = 0;

    *out = row;
    if (key[0] < 0) return true;
    if (!read_cell(csv, row, key[0], false, &point, problems) || !read_cell(csv, row, key[1], false, &replication, problems)) return false;
    if (point < 1 || point > sweep->n_points || replication < first || replication > first + sweep->n_replications - 1) {
        wks_problems_error(problems, csv->path, wks_csv_line(csv, row), 1, "point %g, replication %g is not in the design", point,
                           replication);
        return false;
    }
    *out = ((size_t)point - 1) * (size_t)sweep->n_replications + (size_t)(replication - first);
    if (sweep->is_done[*out])
        wks_problems_error(problems, csv->path, wks_csv_line(csv, row), 1, "point %g, replication %g stands twice", point, replication);
    return true;
}

/* The range of numbers in column replication. */
static void find_range(const wks_csv *csv, int column, int32_t *out_first, int32_t *out_n, wks_problems *problems)
{
    double low = 0, high = 0, value;
    for (size_t row = 0; row < csv->n_rows; row++) {
        if (!read_cell(csv, row, column, false, &value, problems)) continue;
        if (row == 0 || value < low) low = value;
        if (row == 0 || value > high) high = value;
    }
    *out_first = (int32_t)low;
    *out_n = high - low < 1e6 ? (int32_t)(high - low) + 1 : 1;
}

static wks_status fill_results(const wks_csv *csv, const int *column, const int *key, wks_sweep *sweep, wks_problems *problems,
                               wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t width = (size_t)sweep->study->n_outcomes;
    int32_t first = 1, n = 1;

    sweep->has_trials = key[0] >= 0;
    if (sweep->has_trials) find_range(csv, key[1], &first, &n, problems);
    if (!sweep->has_trials && csv->n_rows != (size_t)sweep->n_points) {
        wks_problems_error(problems, csv->path, 0, 0, "there are %zu rows for a design of %d points; expected a row a point, in its order",
                           csv->n_rows, sweep->n_points);
        goto out;
    }
    WKS_TRY(wks_sweep_prepare(sweep, n, err));
    for (size_t row = 0; row < csv->n_rows; row++) {
        size_t trial;
        if (!find_trial(csv, row, key, sweep, first, &trial, problems)) continue;
        sweep->is_done[trial] = true;
        for (size_t i = 0; i < width; i++)
            (void)read_cell(csv, row, column[i], true, &sweep->value[trial * width + i], problems);
    }
out:
    return rc;
}

/* Trials of the design that the file does not have: they count as not defined. */
static void warn_missing(const char *path, const wks_sweep *sweep, wks_problems *problems)
{
    const int32_t n = sweep->n_replications;
    int64_t missing = 0;
    int32_t n_whole = 0, first = -1;

    for (int32_t p = 0; p < sweep->n_points; p++) {
        int32_t n_here = 0;
        for (int32_t r = 0; r < n; r++)
            n_here += sweep->is_done[(size_t)p * (size_t)n + (size_t)r];
        missing += n - n_here;
        n_whole += n_here == 0;
        if (n_here < n && first < 0) first = p;
    }
    if (missing == 0) return;
    wks_problems_warning(problems, path, 0, 0,
                         "%lld of %lld trials have no row (%d points have none at all; the first without all of its replications is point "
                         "%d): what is told rests on the others; expected a row for every point and replication",
                         (long long)missing, (long long)sweep->n_points * n, n_whole, first + 1);
}

wks_status wks_sweep_results(const char *path, wks_sweep *sweep, wks_problems *problems, wks_err *err)
{
    static const char *const also[] = {"point", "replication", "status"};
    wks_status rc = WKS_OK;
    wks_csv csv = {0};
    const size_t n = (size_t)sweep->study->n_outcomes;
    const char **name = wks_mem_array(n, sizeof *name);
    int *column = wks_mem_array(n, sizeof *column), key[2];

    if (name == NULL || column == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    for (size_t i = 0; i < n; i++)
        name[i] = sweep->study->outcome[i].name;
    WKS_TRY(wks_csv_read(path, 0, false, &csv, problems, err));
    find_columns(&csv, name, n, also, 3, column, "outcome", problems);
    key[0] = wks_csv_column(&csv, "point");
    key[1] = wks_csv_column(&csv, "replication");
    if ((key[0] < 0) != (key[1] < 0))
        wks_problems_error(problems, path, 1, 0, "columns point and replication come together, or not at all");
    WKS_TRY(wks_problems_status(problems, err));
    WKS_TRY(fill_results(&csv, column, key, sweep, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
    warn_missing(path, sweep, problems);
    wks_sweep_round(sweep);
out:
    wks_csv_free(&csv);
    free(name);
    free(column);
    return rc;
}
