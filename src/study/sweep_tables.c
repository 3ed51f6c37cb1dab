#include "study/sweep_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "num/rank.h"
#include "num/stat.h"

const char *const wks_sweep_tables_names[] = {"design.csv",      "outcomes.csv", "outcomes_sd.csv",  "trials.csv",
                                              "sensitivity.csv", "variance.csv", "main_effects.csv", NULL};

enum { BINS = 5, MOST_VALUES = 10, LEAST_FOR_SPREAD = 5 };

static wks_status save(const char *folder, const char *name, const wks_text *text, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, name);

    if (path == NULL || text->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", name);
    WKS_TRY(wks_file_write(path, text->data, text->length, err));
out:
    free(path);
    return rc;
}

static void add_number(wks_text *out, double value)
{
    wks_text_add_char(out, ',');
    if (isfinite(value)) wks_text_add_number(out, value);
}

/* ---- points and outcomes ---- */

void wks_sweep_tables_design_text(const wks_sweep *sweep, wks_text *out)
{
    const size_t k = (size_t)sweep->study->n_parameters;

    for (size_t p = 0; p < k; p++)
        wks_text_addf(out, "%s%c", sweep->study->parameter[p].name, p + 1 < k ? ',' : '\n');
    for (size_t i = 0; i < (size_t)sweep->n_points * k; i++) {
        wks_text_add_number(out, sweep->point[i]);
        wks_text_add_char(out, i % k + 1 < k ? ',' : '\n');
    }
}

wks_status wks_sweep_tables_design(const wks_sweep *sweep, const char *path, wks_err *err)
{
    wks_text text = WKS_TEXT_INIT;
    wks_status rc;

    wks_sweep_tables_design_text(sweep, &text);
    rc = text.failed ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for %s", path) : wks_file_write(path, text.data, text.length, err);
    wks_text_free(&text);
    return rc;
}

/* The values of outcome o at a point, its replications one after the other; work: n_replications. */
static void values_at(const wks_sweep *sweep, int32_t point, int32_t o, double *out)
{
    const size_t n = (size_t)sweep->n_replications, width = (size_t)sweep->study->n_outcomes;
    for (size_t r = 0; r < n; r++)
        out[r] = sweep->value[((size_t)point * n + r) * width + (size_t)o];
}

/* Mean over all replications, or not defined. */
static double mean_at(const wks_sweep *sweep, int32_t point, int32_t o, double *work, double *out_sd)
{
    const int32_t n = sweep->n_replications;
    double mean, squares = 0;

    values_at(sweep, point, o, work);
    mean = work[0];
    for (int32_t r = 1; r < n; r++)
        mean += (work[r] - work[0]) / n;
    for (int32_t r = 0; r < n; r++)
        squares += (work[r] - mean) * (work[r] - mean);
    if (out_sd != NULL) *out_sd = n > 1 ? sqrt(squares / (n - 1)) : NAN;
    return mean;
}

static void add_header(const wks_study *study, const char *before, wks_text *out)
{
    wks_text_add(out, before);
    for (int32_t o = 0; o < study->n_outcomes; o++)
        wks_text_addf(out, "%s%s", o > 0 || before[0] != '\0' ? "," : "", study->outcome[o].name);
    wks_text_add_char(out, '\n');
}

static wks_status write_points(const wks_sweep *sweep, const char *folder, bool is_sd, double *work, wks_err *err)
{
    const wks_study *study = sweep->study;
    wks_text text = WKS_TEXT_INIT;
    wks_status rc;

    add_header(study, "", &text);
    for (int32_t i = 0; i < sweep->n_points; i++) {
        for (int32_t o = 0; o < study->n_outcomes; o++) {
            double sd;
            const double mean = mean_at(sweep, i, o, work, &sd), value = is_sd ? sd : mean;
            if (o > 0) wks_text_add_char(&text, ',');
            if (isfinite(value)) wks_text_add_number(&text, value);
            if (!isfinite(value) && study->n_outcomes == 1) wks_text_add(&text, "\"\""); /* an empty line would be no row */
        }
        wks_text_add_char(&text, '\n');
    }
    rc = save(folder, is_sd ? "outcomes_sd.csv" : "outcomes.csv", &text, err);
    wks_text_free(&text);
    return rc;
}

static wks_status write_trials(const wks_sweep *sweep, const char *folder, int32_t first, wks_err *err)
{
    const wks_study *study = sweep->study;
    const size_t width = (size_t)study->n_outcomes;
    wks_text text = WKS_TEXT_INIT;
    wks_status rc;

    add_header(study, "point,replication,status", &text);
    for (int32_t i = 0; i < sweep->n_points; i++) {
        for (int32_t r = 0; r < sweep->n_replications; r++) {
            const size_t trial = (size_t)i * (size_t)sweep->n_replications + (size_t)r;
            wks_text_addf(&text, "%d,%d,%s", i + 1, first + r, sweep->is_done[trial] ? "complete" : "failed");
            for (size_t o = 0; o < width; o++)
                add_number(&text, sweep->value[trial * width + o]);
            wks_text_add_char(&text, '\n');
        }
    }
    rc = save(folder, "trials.csv", &text, err);
    wks_text_free(&text);
    return rc;
}

wks_status wks_sweep_tables_outcomes(const wks_sweep *sweep, const char *folder, int32_t first_replication, wks_err *err)
{
    wks_status rc = WKS_OK;
    double *work = wks_mem_array((size_t)sweep->n_replications, sizeof *work);

    if (work == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    WKS_TRY(write_points(sweep, folder, false, work, err));
    if (!sweep->has_trials) goto out;
    if (sweep->n_replications > 1) WKS_TRY(write_points(sweep, folder, true, work, err));
    WKS_TRY(write_trials(sweep, folder, first_replication, err));
out:
    free(work);
    return rc;
}

/* ---- one outcome ---- */

typedef struct wks_sweep_outcome {
    const wks_sweep *sweep;
    int32_t o;
    double *y;    /* n_points x n_replications */
    double *mean; /* n_points */
    wks_text sensitivity, variance, effects;
    wks_text *words;
} one_outcome;

static const char *parameter_name(const one_outcome *self, int32_t p)
{
    return p < 0 ? "" : self->sweep->study->parameter[p].name;
}

static void add_indices(one_outcome *self, const char *of, const wks_sensitivity_row *row, size_t n)
{
    const wks_study *study = self->sweep->study;
    for (size_t i = 0; i < n; i++) {
        wks_text *out = &self->sensitivity;
        wks_text_addf(out, "%s,%s,%s,%s,%s", study->outcome[self->o].name, of, parameter_name(self, row[i].parameter),
                      parameter_name(self, row[i].second), row[i].index);
        add_number(out, row[i].value);
        add_number(out, row[i].ci_low);
        add_number(out, row[i].ci_high);
        add_number(out, row[i].mc_low);
        add_number(out, row[i].mc_high);
        wks_text_addf(out, ",%d,%s\n", row[i].n, study->design.method);
    }
}

static wks_sensitivity_parts add_parts(one_outcome *self)
{
    const wks_sweep *sweep = self->sweep;
    const wks_sensitivity_parts parts = wks_sensitivity_decompose(self->y, sweep->n_points, sweep->n_replications);
    const double value[] = {parts.mean, parts.between, parts.parameters, parts.error_of_point, parts.luck, parts.interaction};

    wks_text_addf(&self->variance, "%s,%d,%d,%d", sweep->study->outcome[self->o].name, parts.n_points, parts.n_dropped,
                  sweep->n_replications);
    for (size_t i = 0; i < sizeof value / sizeof *value; i++)
        add_number(&self->variance, value[i]);
    wks_text_add_char(&self->variance, '\n');
    return parts;
}

static void add_effect(one_outcome *self, int32_t p, const int32_t *row, size_t n)
{
    const wks_sweep *sweep = self->sweep;
    const size_t k = (size_t)sweep->study->n_parameters;
    double sum = 0, squares = 0;
    size_t m = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isfinite(self->mean[row[i]])) continue;
        sum += self->mean[row[i]];
        m++;
    }
    const double mean = m > 0 ? sum / (double)m : NAN;
    for (size_t i = 0; i < n; i++)
        if (isfinite(self->mean[row[i]])) squares += (self->mean[row[i]] - mean) * (self->mean[row[i]] - mean);
    wks_text_addf(&self->effects, "%s,%s", sweep->study->outcome[self->o].name, parameter_name(self, p));
    add_number(&self->effects, sweep->point[(size_t)row[0] * k + (size_t)p]);
    add_number(&self->effects, sweep->point[(size_t)row[n - 1] * k + (size_t)p]);
    wks_text_addf(&self->effects, ",%zu", m);
    add_number(&self->effects, mean);
    add_number(&self->effects, m > 1 ? sqrt(squares / (double)(m - 1)) : NAN);
    wks_text_add_char(&self->effects, '\n');
}

/* Means of the outcome along one parameter, over all that the others do: at each of its values, or in five parts with as many points. */
static wks_status add_effects(one_outcome *self, int32_t p, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_sweep *sweep = self->sweep;
    const size_t k = (size_t)sweep->study->n_parameters;
    double *column = wks_mem_array((size_t)sweep->n_points, sizeof *column);
    int32_t *row = wks_mem_array((size_t)sweep->n_points, sizeof *row);
    size_t n = 0, n_values = 1;

    if (column == NULL || row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for main effects");
    for (int32_t i = 0; i < sweep->n_points; i++)
        column[i] = sweep->point[(size_t)i * k + (size_t)p];
    WKS_TRY(wks_rank_rows(column, (size_t)sweep->n_points, row, &n, err));
    for (size_t i = 1; i < n; i++)
        n_values += column[row[i]] > column[row[i - 1]];
    for (size_t begin = 0, bin = 1; begin < n; bin++) {
        size_t end = n_values <= MOST_VALUES ? begin + 1 : n * bin / BINS;
        if (end <= begin) end = begin + 1;
        while (end < n && !(column[row[end]] > column[row[end - 1]])) /* one value is never parted */
            end++;
        add_effect(self, p, row + begin, end - begin);
        begin = end;
    }
out:
    free(column);
    free(row);
    return rc;
}

/* ---- in words ---- */

/* By which index parameters are ranked. */
static const char *main_index(const wks_sensitivity_plan *plan)
{
    switch (plan->method) {
    case WKS_SENSITIVITY_MORRIS: return "mu_star";
    case WKS_SENSITIVITY_SALTELLI: return "ST";
    default: return "PRCC";
    }
}

static const char *beside_index(const wks_sensitivity_plan *plan)
{
    switch (plan->method) {
    case WKS_SENSITIVITY_MORRIS: return "sigma";
    case WKS_SENSITIVITY_SALTELLI: return "S1";
    default: return "SRC";
    }
}

static const wks_sensitivity_row *find_row(const wks_sensitivity_row *row, size_t n, const char *index, int32_t p)
{
    for (size_t i = 0; i < n; i++) {
        if (row[i].parameter == p && row[i].second < 0 && strcmp(row[i].index, index) == 0) return &row[i];
    }
    return NULL;
}

static void add_short(wks_text *out, double value)
{
    if (isfinite(value)) {
        wks_text_addf(out, " %10.4g", value);
    } else {
        wks_text_addf(out, " %10s", "-");
    }
}

static void say_parts(one_outcome *self, const wks_sensitivity_parts *parts)
{
    const wks_sweep *sweep = self->sweep;
    const wks_study_outcome *outcome = &sweep->study->outcome[self->o];

    wks_text_addf(self->words, "\n%s: %s%s%s%s%s%s", outcome->name, outcome->indicator, outcome->group[0] == '\0' ? "" : " of ",
                  outcome->group, outcome->area[0] == '\0' ? "" : " in ", outcome->area,
                  outcome->is_contrast ? ", scenario less reference" : "");
    wks_text_addf(self->words, "; mean %.6g over %d points", parts->mean, parts->n_points);
    if (parts->n_dropped > 0) wks_text_addf(self->words, " (%d with an outcome that is not defined are left out)", parts->n_dropped);
    wks_text_add_char(self->words, '\n');
    if (sweep->n_replications < 2 || !(parts->between > 0)) return;
    const double share = 100 * parts->error_of_point / parts->between;
    wks_text_addf(self->words, "  variance between points %.4g, of which Monte Carlo error of %d replications %.4g (%.0f %%)\n",
                  parts->between, sweep->n_replications, parts->error_of_point, share > 100 ? 100 : share);
    if (share > 50)
        wks_text_add(self->words,
                     "  most of what differs between points is the luck of the runs: take more replications before reading a ranking\n");
}

/* How large an index is, whatever its sign, with its 95 % interval. */
typedef struct wks_sweep_tables_size {
    double value, low, high;
} size_of_index;

static size_of_index size_of(double value, double low, double high)
{
    const bool has_zero = low <= 0 && high >= 0;
    return (size_of_index){fabs(value), has_zero ? 0 : fmin(fabs(low), fabs(high)), fmax(fabs(low), fabs(high))};
}

static size_of_index size_of_row(const wks_sensitivity_row *row, bool is_luck)
{
    return is_luck ? size_of(row->value, row->mc_low, row->mc_high) : size_of(row->value, row->ci_low, row->ci_high);
}

/* Whether any parameter stands clear of a smaller one; where intervals are not defined nothing does. */
static bool any_parted(const wks_sensitivity_row *const *ranked, size_t m, bool is_luck)
{
    for (size_t i = 0; i < m; i++) {
        for (size_t j = i + 1; j < m; j++)
            if (size_of_row(ranked[i], is_luck).low > size_of_row(ranked[j], is_luck).high) return true;
    }
    return false;
}

/* How many times as many it takes before the first and the last stand apart, at the size that they have now: intervals shrink with the root of the number. */
static double times_needed(const wks_sensitivity_row *first, const wks_sensitivity_row *last, bool is_luck)
{
    const size_of_index a = size_of_row(first, is_luck), b = size_of_row(last, is_luck);
    const double overlap = (a.value - a.low) + (b.high - b.value), gap = a.value - b.value;

    return overlap * overlap / (gap * gap);
}

static void say_needed(const char *what, double times, int32_t n, wks_text *out)
{
    enum { MOST = 1000000 };
    const double needed = ceil(times * n);

    if (!(needed <= MOST)) { /* nor when it is not a number */
        wks_text_addf(out, "    more %s alone would not show one: the first and the last are as good as equal (there are %d)\n", what, n);
    } else {
        wks_text_addf(out, "    to part the first from the last it would take about %.0f %s (there are %d), if they stay as far apart\n",
                      needed, what, n);
    }
}

/* Plainly, when nothing in the table may be read as an order. */
static void say_no_ranking(one_outcome *self, const wks_sensitivity_row *const *ranked, size_t m)
{
    const int32_t n_replications = self->sweep->n_replications;
    const bool has_luck = n_replications > 1 && isfinite(ranked[0]->mc_low), has_sample = isfinite(ranked[0]->ci_low);
    const bool by_luck = has_luck && !any_parted(ranked, m, true), by_sample = has_sample && !any_parted(ranked, m, false);

    if (!by_luck && !by_sample) return;
    wks_text_addf(self->words, "  no ranking shows: %s every parameter's interval overlaps with that of every other\n",
                  by_luck && by_sample ? "by the luck of the runs and by the sample of points"
                  : by_luck            ? "by the luck of the runs"
                                       : "by the sample of points");
    if (by_luck) say_needed("replications", times_needed(ranked[0], ranked[m - 1], true), n_replications, self->words);
    if (by_sample) say_needed("base samples", times_needed(ranked[0], ranked[m - 1], false), ranked[0]->n, self->words);
}

static wks_status say_ranking(one_outcome *self, const wks_sensitivity_plan *plan, const wks_sensitivity_row *row, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t k = plan->n_parameters;
    const char *index = main_index(plan), *beside = beside_index(plan);
    double *size = wks_mem_array((size_t)k, sizeof *size);
    int32_t *order = wks_mem_array((size_t)k, sizeof *order);
    const wks_sensitivity_row **ranked = wks_mem_array((size_t)k, sizeof *ranked);
    size_t m = 0;

    if (size == NULL || order == NULL || ranked == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a ranking");
    for (int32_t p = 0; p < k; p++)
        size[p] = -fabs(find_row(row, n, index, p)->value); /* largest first */
    WKS_TRY(wks_rank_rows(size, (size_t)k, order, &m, err));
    wks_text_addf(self->words, "  %-24s %10s %10s %10s %10s %10s %10s\n", "parameter", index, "ci_low", "ci_high", "mc_low", "mc_high",
                  beside);
    for (size_t i = 0; i < m; i++) {
        const wks_sensitivity_row *this = ranked[i] = find_row(row, n, index, order[i]);
        wks_text_addf(self->words, "  %-24s", parameter_name(self, order[i]));
        add_short(self->words, this->value);
        add_short(self->words, this->ci_low);
        add_short(self->words, this->ci_high);
        add_short(self->words, this->mc_low);
        add_short(self->words, this->mc_high);
        add_short(self->words, find_row(row, n, beside, order[i])->value);
        wks_text_add_char(self->words, '\n');
    }
    if (m > 1) say_no_ranking(self, ranked, m);
    if (m == 0) wks_text_add(self->words, "  no index is defined: the outcome does not vary, or too few points are left\n");
    if (row[0].n_units < plan->n_points / wks_sensitivity_unit(plan))
        wks_text_addf(self->words, "  %d of %d base samples have every outcome; the others are left out whole\n", row[0].n_units,
                      plan->n_points / wks_sensitivity_unit(plan));
    const wks_sensitivity_row *r2 = find_row(row, n, "R2_rank", -1);
    if (r2 != NULL && isfinite(r2->value)) wks_text_addf(self->words, "  R2 of ranks %.3f\n", r2->value);
out:
    free(size);
    free(order);
    free(ranked);
    return rc;
}

/* ---- the whole ---- */

static wks_status analyse_one(one_outcome *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_sweep *sweep = self->sweep;
    const wks_sensitivity_plan plan = wks_sweep_plan(sweep);
    wks_sensitivity_row *row = NULL;
    size_t n = 0;

    for (int32_t i = 0; i < sweep->n_points; i++)
        self->mean[i] = mean_at(sweep, i, self->o, self->y + (size_t)i * (size_t)sweep->n_replications, NULL);
    WKS_TRY(wks_sensitivity_analyse(&plan, self->y, WKS_SENSITIVITY_OF_MEAN, &row, &n, err));
    add_indices(self, "mean", row, n);
    const wks_sensitivity_parts parts = add_parts(self);
    say_parts(self, &parts);
    WKS_TRY(say_ranking(self, &plan, row, n, err));
    for (int32_t p = 0; p < plan.n_parameters; p++)
        WKS_TRY(add_effects(self, p, err));
    if (sweep->n_replications < LEAST_FOR_SPREAD) goto out;
    free(row);
    row = NULL;
    WKS_TRY(wks_sensitivity_analyse(&plan, self->y, WKS_SENSITIVITY_OF_LOG_VARIANCE, &row, &n, err));
    add_indices(self, "log_variance", row, n);
out:
    free(row);
    return rc;
}

wks_status wks_sweep_tables_analysis(const wks_sweep *sweep, const char *folder, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)sweep->n_points;
    one_outcome self = {.sweep = sweep,
                        .words = out,
                        .sensitivity = WKS_TEXT_INIT,
                        .variance = WKS_TEXT_INIT,
                        .effects = WKS_TEXT_INIT,
                        .y = wks_mem_array(n * (size_t)sweep->n_replications, sizeof *self.y),
                        .mean = wks_mem_array(n, sizeof *self.mean)};

    if (self.y == NULL || self.mean == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an analysis");
    wks_text_add(&self.sensitivity, "outcome,of,parameter,second_parameter,index,value,ci_low,ci_high,mc_low,mc_high,n,method\n");
    wks_text_add(&self.variance,
                 "outcome,n_points,n_dropped,n_replications,mean,between_points,parameters,error_of_point,luck,interaction\n");
    wks_text_add(&self.effects, "outcome,parameter,low,high,n,mean,sd\n");
    for (self.o = 0; self.o < sweep->study->n_outcomes; self.o++)
        WKS_TRY(analyse_one(&self, err));
    WKS_TRY(save(folder, "sensitivity.csv", &self.sensitivity, err));
    WKS_TRY(save(folder, "variance.csv", &self.variance, err));
    WKS_TRY(save(folder, "main_effects.csv", &self.effects, err));
out:
    free(self.y);
    free(self.mean);
    wks_text_free(&self.sensitivity);
    wks_text_free(&self.variance);
    wks_text_free(&self.effects);
    return rc;
}
