#include "study/drift.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "num/stat.h"
#include "scenario/model.h"
#include "study/contrast.h"

const char wks_drift_header[] =
    "scenario,theory,indicator,group,scale,level,area,from_tick,to_tick,n,mean_first,mean_second,drift_per_year,"
    "ci_low,ci_high,p_adjusted,threshold,verdict\n";

static const double TICKS_A_YEAR = 12, LEVEL = 0.05;

/* ---- one replication of one outcome ---- */

/* Values as they differ from the first and ticks from the begin of the window: what never changes has a slope of exactly 0. */
typedef struct sums {
    double origin, n, t, tt, y, ty;
    double n_half[2], y_half[2]; /* before and after the middle */
} sums;

static void add_value(sums *sum, int32_t tick, int32_t from, int32_t to, double value)
{
    const double t = (double)(tick - from);

    if (!isfinite(value)) return;
    if (sum->n == 0) sum->origin = value;
    const double y = value - sum->origin;
    sum->n += 1;
    sum->t += t;
    sum->tt += t * t;
    sum->y += y;
    sum->ty += t * y;
    if (2 * tick == from + to) return;
    const int half = 2 * tick > from + to;
    sum->n_half[half] += 1;
    sum->y_half[half] += y;
}

static double slope_of(const sums *sum)
{
    const double width = sum->n * sum->tt - sum->t * sum->t; /* whole numbers: 0 for a single tick */

    return width > 0 ? (sum->n * sum->ty - sum->t * sum->y) / width : (double)NAN;
}

static double mean_of(const sums *sum, int half)
{
    return sum->n_half[half] > 0 && !isnan(slope_of(sum)) ? sum->origin + sum->y_half[half] / sum->n_half[half] : (double)NAN;
}

/* ---- all outcomes ---- */

typedef struct work {
    const wks_matrix *matrix;
    const wks_declared *declared;
    int32_t from, to;
    wks_drift_line *line;
    size_t n;
    sums *sum; /* line by line, one a replication */
} work;

static bool is_same(const wks_matrix_row *a, const wks_matrix_row *b)
{
    return strcmp(a->indicator, b->indicator) == 0 && strcmp(a->group, b->group) == 0 && strcmp(a->scale, b->scale) == 0 &&
           strcmp(a->level, b->level) == 0 && strcmp(a->area, b->area) == 0;
}

/* The line of a declared row, which is made when it is not there. Every tick has them in the same order mostly: the one after the last is tried first. */
static wks_status find_line(work *self, size_t row, int32_t outcome, size_t *at, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_matrix_row *key = &self->matrix->row[row];

    for (size_t i = 0; i < self->n; i++) {
        *at = *at + 1 < self->n ? *at + 1 : 0;
        if (is_same(self->line[*at].row, key)) return WKS_OK;
    }
    wks_drift_line *line = wks_mem_resize(self->line, self->n, self->n + 1, sizeof *line);
    if (line == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the drift");
    self->line = line;
    self->line[self->n] = (wks_drift_line){
        .row = key, .from_tick = self->from, .to_tick = self->to, .threshold = wks_declared_threshold(self->declared, outcome)};
    *at = self->n++;
out:
    return rc;
}

/* Adds up what the rows of the window hold. With `list_only` only the lines are made. */
static wks_status walk(work *self, bool list_only, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_matrix *matrix = self->matrix;
    const size_t n = matrix->n_replications;
    size_t at = 0;

    for (size_t row = 0; row < matrix->n_rows; row++) {
        const int32_t outcome = wks_declared_find(self->declared, &matrix->row[row]), tick = matrix->row[row].tick;
        if (outcome < 0) continue;
        WKS_TRY(find_line(self, row, outcome, &at, err));
        if (list_only || tick < self->from || tick > self->to) continue;
        for (size_t k = 0; k < n; k++)
            add_value(&self->sum[at * n + k], tick, self->from, self->to, matrix->value[row * n + k]);
    }
out:
    return rc;
}

/* `scratch`: 4 of n; the first stays 0. */
static void fill(const sums *sum, size_t n, double *scratch, wks_drift_line *line)
{
    double *slope = scratch + n, *first = scratch + 2 * n, *second = scratch + 3 * n;

    for (size_t k = 0; k < n; k++) {
        slope[k] = TICKS_A_YEAR * slope_of(&sum[k]);
        first[k] = mean_of(&sum[k], 0);
        second[k] = mean_of(&sum[k], 1);
    }
    const wks_stat_paired paired = wks_stat_pair(scratch, slope, n); /* against zeros: the t test of one sample */
    line->n = paired.n_pairs;
    line->mean_first = wks_stat_summarise(first, n).mean;
    line->mean_second = wks_stat_summarise(second, n).mean;
    line->drift = paired.mean_difference;
    line->ci_low = paired.ci_low;
    line->ci_high = paired.ci_high;
    line->p_value = paired.p_value;
}

static wks_status judge(work *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = self->matrix->n_replications;
    double *scratch = wks_mem_array(4 * n, sizeof *scratch), *p = wks_mem_array(self->n, sizeof *p);

    if (scratch == NULL || p == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the drift");
    for (size_t i = 0; i < self->n; i++) {
        fill(&self->sum[i * n], n, scratch, &self->line[i]);
        p[i] = self->line[i].p_value;
    }
    wks_stat_holm(p, self->n);
    for (size_t i = 0; i < self->n; i++) {
        self->line[i].p_adjusted = p[i];
        self->line[i].verdict = wks_drift_verdict(&self->line[i]);
    }
out:
    free(scratch);
    free(p);
    return rc;
}

const char *wks_drift_verdict(const wks_drift_line *line)
{
    if (line->n == 0 || isnan(line->drift)) return "not defined";
    if (line->n < WKS_CONTRAST_LEAST_PAIRS) return "too few replications";
    if (line->threshold > 0 && line->ci_low >= -line->threshold && line->ci_high <= line->threshold)
        return "smaller than the threshold you set";
    return line->p_adjusted <= LEVEL ? "drifts" : "no drift shown";
}

wks_status wks_drift_lines(const wks_matrix *matrix, const wks_declared *declared, int32_t warmup, wks_drift_line **out_line, size_t *out_n,
                           wks_err *err)
{
    wks_status rc = WKS_OK;
    work self = {.matrix = matrix, .declared = declared, .from = warmup / 2, .to = warmup};

    *out_line = NULL;
    *out_n = 0;
    if (warmup <= 0 || matrix->n_replications == 0) return WKS_OK;
    WKS_TRY(walk(&self, true, err));
    if (self.n == 0) goto out;
    self.sum = wks_mem_array(self.n * matrix->n_replications, sizeof *self.sum);
    if (self.sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the drift");
    WKS_TRY(walk(&self, false, err));
    WKS_TRY(judge(&self, err));
    *out_line = self.line;
    *out_n = self.n;
    self.line = NULL;
out:
    free(self.sum);
    free(self.line);
    return rc;
}

/* ---- the file ---- */

static void add_text(const wks_matrix *matrix, const wks_drift_line *line, wks_text *out)
{
    const wks_matrix_row *row = line->row;
    const char *const text[] = {
        matrix->scenario, matrix->theory == NULL ? "" : matrix->theory, row->indicator, row->group, row->scale, row->level, row->area};
    const double number[] = {line->mean_first,
                             line->mean_second,
                             line->drift,
                             line->ci_low,
                             line->ci_high,
                             line->p_adjusted,
                             line->threshold > 0 ? line->threshold : (double)NAN};

    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        wks_csv_add_field(out, text[i], ',');
        wks_text_add_char(out, ',');
    }
    wks_text_addf(out, "%d,%d,%zu,", line->from_tick, line->to_tick, line->n);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        wks_text_add_number(out, number[i]);
        wks_text_add_char(out, ',');
    }
    wks_text_addf(out, "%s\n", line->verdict);
}

static bool is_asked(const wks_scenario *scenario)
{
    return scenario->model.warmup > 0 && wks_model_has_city(scenario);
}

wks_status wks_drift_tidy(const char *folder, const wks_scenario *scenario, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, "drift.csv");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!is_asked(scenario)) WKS_TRY(wks_file_remove(path, err));
out:
    free(path);
    return rc;
}

wks_status wks_drift_write(const char *folder, const wks_scenario *scenario, const wks_matrix *matrix, const wks_declared *declared,
                           wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    wks_drift_line *line = NULL;
    size_t n = 0;
    char *path = NULL;

    if (!is_asked(scenario)) return wks_drift_tidy(folder, scenario, err);
    path = wks_file_join(folder, "drift.csv");
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_drift_lines(matrix, declared, scenario->model.warmup, &line, &n, err));
    wks_text_add(&text, wks_drift_header);
    for (size_t i = 0; i < n; i++)
        add_text(matrix, &line[i], &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for drift.csv");
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    free(line);
    free(path);
    wks_text_free(&text);
    return rc;
}
