#include "study/calibrate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fit/posterior.h"

static const double NOT_DEFINED = (double)NAN;
static const double EDGE_SHARE = 0.3, UNIFORM_SD = 0.28867513459481287; /* 1 / sqrt(12) */

/* ---- points and trials ---- */

static wks_status grow(wks_calibrate *c, int32_t n, wks_err *err)
{
    double **const array[] = {&c->value, &c->mean, &c->sd};
    const int32_t width[] = {c->study->n_parameters, c->study->n_outcomes, c->study->n_outcomes};

    if (n <= c->capacity) return WKS_OK;
    const int32_t capacity = (int32_t)wks_mem_capacity((size_t)c->capacity, (size_t)n);
    for (int k = 0; k < 3; k++) {
        double *grown =
            wks_mem_resize(*array[k], (size_t)c->capacity * (size_t)width[k], (size_t)capacity * (size_t)width[k], sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %d points", (int)n);
        *array[k] = grown;
    }
    c->capacity = capacity;
    return WKS_OK;
}

/* Mean over the replications that have a value, and the standard error of it. */
static void average(const double *value, int32_t n, int32_t step, double *mean, double *sd)
{
    double sum = 0.0, squares = 0.0, first = 0.0;
    int32_t n_values = 0;

    for (int32_t r = 0; r < n; r++) {
        const double x = value[(int64_t)r * step];
        if (isnan(x)) continue;
        if (n_values == 0) first = x;
        sum += x - first;
        squares += (x - first) * (x - first);
        n_values++;
    }
    *mean = n_values > 0 ? first + sum / n_values : NOT_DEFINED;
    const double spread = n_values > 1 ? (squares - sum * sum / n_values) / (n_values - 1) : NOT_DEFINED;
    *sd = isnan(spread) ? spread : sqrt((spread > 0.0 ? spread : 0.0) / n_values);
}

/* A failed trial is no reason to stop, unless nothing ever ran: then the study is at fault. */
static wks_status forgive(wks_calibrate *c, wks_status rc, const wks_trials_count *count, wks_err *first, wks_err *err)
{
    if (rc == WKS_OK) return WKS_OK;
    const bool is_nothing = c->archive.n == 0 && count->n_found + count->n_run == 0;
    if (rc == WKS_ERR_PARTIAL || (!is_nothing && (rc == WKS_ERR_DATA || rc == WKS_ERR_LAW) && count->n_failed > 0)) {
        c->n_failed += count->n_failed;
        return WKS_OK;
    }
    return wks_err_set(err, rc, "%s", first->message);
}

static wks_status run_points(const double *unit, int32_t n, double *mean, double *variance, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_calibrate *c = context;
    const wks_study *s = c->study;
    const int32_t k = s->n_parameters, m = s->n_outcomes, first = c->archive.n;
    wks_trials_count count = {0};
    wks_err own = WKS_ERR_INIT;
    double *out = wks_mem_array((size_t)n * (size_t)s->n_replications * (size_t)m, sizeof *out);

    if (out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d points", (int)n);
    WKS_TRY(grow(c, first + n, err));
    double *value = c->value + (int64_t)first * k;
    for (int64_t i = 0; i < (int64_t)n * k; i++) {
        const double u = unit[i] < 1.0 ? unit[i] : 1.0 - 0x1p-53;
        value[i] = wks_study_file_value(&s->parameter[i % k], u);
    }
    const wks_trials_plan plan = {.point = value,
                                  .n_points = n,
                                  .n_parameters = k,
                                  .n_outcomes = m,
                                  .first_replication = s->first_replication,
                                  .n_replications = s->n_replications,
                                  .evaluate = c->options->evaluate,
                                  .context = c->options->context,
                                  .identity = c->options->identity};
    WKS_TRY(forgive(c, wks_trials_run(&plan, &c->options->trials, out, &count, &own), &count, &own, err));
    for (int64_t i = 0; i < (int64_t)n * m; i++) {
        const int64_t at = (int64_t)first * m + i;
        average(out + i / m * s->n_replications * m + i % m, s->n_replications, m, &c->mean[at], &c->sd[at]);
    }
    for (int64_t i = 0; i < (int64_t)n * s->n_targets; i++) {
        const int64_t at = ((int64_t)first + i / s->n_targets) * m + s->target[i % s->n_targets].outcome;
        mean[i] = c->mean[at];
        variance[i] = c->sd[at] * c->sd[at];
    }
out:
    free(out);
    return rc;
}

/* ---- methods ---- */

static bool is_method(const wks_study *study, const char *name)
{
    return strcmp(study->calibration.method, name) == 0;
}

static int32_t given_or(int32_t given, int32_t otherwise)
{
    return given > 0 ? given : otherwise;
}

static int32_t wave_points(const wks_study *study)
{
    const int32_t k = study->n_parameters, least = 2 * (k + 3);
    return given_or(study->calibration.points, 10 * k > least ? 10 * k : least);
}

static int32_t starts_of(const wks_study *study)
{
    return given_or(study->calibration.starts, is_method(study, "bobyqa") ? 4 : 2);
}

static int32_t accepted_of(const wks_study *study)
{
    return given_or(study->calibration.accepted, 200);
}

int32_t wks_calibrate_budget(const wks_study *study)
{
    const wks_study_calibration *o = &study->calibration;
    const int32_t k = study->n_parameters + 1;

    if (is_method(study, "history")) {
        const int32_t waves = given_or(o->waves, 3) * wave_points(study);
        return o->accepted > 0 && o->evaluations > waves ? o->evaluations : waves;
    }
    const int32_t own = is_method(study, "bobyqa")  ? 100 * k
                        : is_method(study, "crs")   ? 500 * k
                        : is_method(study, "isres") ? 1000 * k
                        : is_method(study, "abc")   ? 2000
                                                    : 5000;
    return given_or(o->evaluations, own);
}

void wks_calibrate_check(const wks_study *study, wks_problems *problems)
{
    const bool is_history = is_method(study, "history"), is_abc = is_method(study, "abc") || is_method(study, "abc_smc");
    const int32_t k = study->n_parameters, of_a_wave = 2 * (k + 3), of_a_start = 2 * (k + 1), least = of_a_start * starts_of(study);
    const wks_config_node *group = wks_config_get(study->resolved, "calibration"),
                          *at = group == NULL ? NULL : wks_config_get(group, is_history ? "points" : "evaluations");

    if (study->calibration.method[0] == '\0' || k < 1 || group == NULL) return;
    if (at == NULL || at->value_line == 0) at = group;
    const int line = at == group ? at->line : at->value_line, column = at == group ? at->column : at->value_column;
    if (is_history && wave_points(study) < of_a_wave) {
        wks_problems_error(problems, at->file, line, column,
                           "waves of %d points for %d parameters; expected at least %d: 2 (parameters + 3)", wave_points(study), k,
                           of_a_wave);
    } else if (is_abc && (accepted_of(study) < 2 || accepted_of(study) > wks_calibrate_budget(study))) {
        wks_problems_error(problems, at->file, line, column,
                           "%d points to keep of %d evaluations; expected at least 2 accepted, and no more than are evaluated",
                           accepted_of(study), wks_calibrate_budget(study));
    } else if (!is_history && !is_abc && wks_calibrate_budget(study) < least) {
        wks_problems_error(problems, at->file, line, column,
                           "%d evaluations for %d starts and %d parameters; expected at least %d: 2 (parameters + 1) a start",
                           wks_calibrate_budget(study), starts_of(study), k, least);
    }
}

static wks_status take_set(wks_calibrate *c, const int32_t *row, const double *weight, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;

    c->row = wks_mem_array((size_t)n, sizeof *c->row);
    c->weight = wks_mem_array((size_t)n, sizeof *c->weight);
    if (c->row == NULL || c->weight == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a set of %d", (int)n);
    c->n_members = n;
    for (int32_t i = 0; i < n; i++) {
        c->row[i] = row[i];
        c->weight[i] = weight == NULL ? 1.0 / (double)n : weight[i];
    }
out:
    return rc;
}

static wks_status search(wks_calibrate *c, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study *s = c->study;
    const bool is_local = is_method(s, "bobyqa");
    const wks_optimum_options options = {.method = is_local              ? WKS_SEARCH_BOBYQA
                                                   : is_method(s, "crs") ? WKS_SEARCH_CRS
                                                                         : WKS_SEARCH_ISRES,
                                         .evaluations = wks_calibrate_budget(s),
                                         .starts = starts_of(s),
                                         .seed = s->calibration.seed};

    c->kind = WKS_CALIBRATE_BEST;
    WKS_TRY(wks_optimum_find(&c->archive, &options, &c->optimum, err));
    WKS_TRY(take_set(c, &c->optimum.best, NULL, 1, err));
out:
    return rc;
}

static wks_status match(wks_calibrate *c, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study *s = c->study;
    const wks_history_options options = {.waves = given_or(s->calibration.waves, 3),
                                         .points = wave_points(s),
                                         .wanted = s->calibration.accepted,
                                         .evaluations = wks_calibrate_budget(s),
                                         .cutoff = s->calibration.cutoff,
                                         .nth = s->calibration.worst,
                                         .seed = s->calibration.seed,
                                         .threads = c->options->trials.threads};
    int32_t *row = NULL;

    c->kind = WKS_CALIBRATE_LEFT;
    WKS_TRY(wks_history_match(&c->archive, &options, &c->history, err));
    row = wks_mem_array((size_t)c->archive.n, sizeof *row);
    if (row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a set");
    const int32_t n = wks_history_set(&c->archive, options.cutoff, options.nth, row);
    WKS_TRY(take_set(c, row, NULL, n, err));
out:
    free(row);
    return rc;
}

static wks_status sample(wks_calibrate *c, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study *s = c->study;
    const wks_abc_options options = {.accepted = accepted_of(s),
                                     .evaluations = wks_calibrate_budget(s),
                                     .generations = given_or(s->calibration.waves, 20),
                                     .quantile = 0.5,
                                     .seed = s->calibration.seed};

    c->kind = WKS_CALIBRATE_WEIGHED;
    WKS_TRY(is_method(s, "abc") ? wks_abc_reject(&c->archive, &options, &c->abc, err) : wks_abc_smc(&c->archive, &options, &c->abc, err));
    WKS_TRY(take_set(c, c->abc.row, c->abc.weight, c->abc.n, err));
out:
    return rc;
}

wks_status wks_calibrate_ready(const wks_study *s, wks_err *err)
{
    if (s->calibration.method[0] == '\0')
        return wks_err_set(err, WKS_ERR_DATA, "%s has no calibration; expected calibration = { method = \"history\"; }%s", s->path,
                           s->design.method[0] == '\0' ? "" : " (it has a design: wijksim sweep runs that)");
    if (s->n_targets == 0)
        return wks_err_set(err, WKS_ERR_DATA, "%s has no targets; expected targets = ( { outcome = \"...\"; value = ...; sd = ...; } )",
                           s->path);
    return WKS_OK;
}

static wks_status begin(wks_calibrate *c, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_study *s = c->study;

    WKS_TRY(wks_calibrate_ready(s, err));
    c->target = wks_mem_array((size_t)s->n_targets, sizeof *c->target);
    if (c->target == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d targets", (int)s->n_targets);
    for (int32_t t = 0; t < s->n_targets; t++) {
        const wks_study_target *from = &s->target[t];
        c->target[t] = (wks_archive_target){.value = from->value,
                                            .variance = from->sd * from->sd + from->discrepancy * from->discrepancy,
                                            .is_held_out = from->is_held_out};
    }
    rc = wks_archive_init(&c->archive, s->n_parameters, c->target, s->n_targets, run_points, c, err);
out:
    return rc;
}

wks_status wks_calibrate_run(const wks_study *study, const wks_calibrate_options *options, wks_calibrate *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_err own = WKS_ERR_INIT;

    *out = (wks_calibrate){.study = study, .options = options, .best = -1};
    WKS_TRY(begin(out, &own));
    if (is_method(study, "history")) {
        WKS_TRY(match(out, &own));
    } else if (is_method(study, "abc") || is_method(study, "abc_smc")) {
        WKS_TRY(sample(out, &own));
    } else {
        WKS_TRY(search(out, &own));
    }
    out->best = wks_archive_best(&out->archive);
    if (out->n_failed > 0)
        rc = wks_err_set(err, WKS_ERR_PARTIAL, "%lld trials failed; their points count by the others", (long long)out->n_failed);
    return rc;
out: /* sizes that a method cannot work with stand in the study */
    return wks_err_set(err, rc == WKS_ERR_USAGE ? WKS_ERR_DATA : rc, "%s%s%s", rc == WKS_ERR_USAGE ? study->path : "",
                       rc == WKS_ERR_USAGE ? ": calibration: " : "", own.message);
}

void wks_calibrate_free(wks_calibrate *calibrate)
{
    wks_history_free(&calibrate->history);
    wks_abc_free(&calibrate->abc);
    wks_optimum_free(&calibrate->optimum);
    wks_archive_free(&calibrate->archive);
    free(calibrate->target);
    free(calibrate->value);
    free(calibrate->mean);
    free(calibrate->sd);
    free(calibrate->row);
    free(calibrate->weight);
    *calibrate = (wks_calibrate){0};
}

/* ---- what it says ---- */

/* One number a member, read out of an array over the archive; NaN are left out. @return how many. */
static int32_t gather(const wks_calibrate *c, const double *array, int32_t width, int32_t column, double *value, double *weight)
{
    int32_t n = 0;

    if (c->n_members == 0 && c->best >= 0) {
        value[0] = array[(int64_t)c->best * width + column];
        weight[0] = 1.0;
        return isnan(value[0]) ? 0 : 1;
    }
    for (int32_t i = 0; i < c->n_members; i++) {
        value[n] = array[(int64_t)c->row[i] * width + column];
        weight[n] = c->weight[i];
        n += !isnan(value[n]) && weight[n] > 0.0;
    }
    return n;
}

static wks_status room(const wks_calibrate *c, double **value, double **weight, wks_err *err)
{
    *value = wks_mem_array((size_t)c->n_members + 1, sizeof **value);
    *weight = wks_mem_array((size_t)c->n_members + 1, sizeof **weight);
    return *value != NULL && *weight != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for a set of %d", (int)c->n_members);
}

wks_status wks_calibrate_target_of(const wks_calibrate *calibrate, int32_t t, wks_calibrate_target *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_targets = calibrate->archive.n_targets;
    double *value = NULL, *weight = NULL, squares = 0.0, sum = 0.0;
    wks_posterior_margin margin;

    *out = (wks_calibrate_target){NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, false};
    WKS_TRY(room(calibrate, &value, &weight, err));
    int32_t n = gather(calibrate, calibrate->archive.mean, n_targets, t, value, weight);
    if (n == 0) goto out;
    WKS_TRY(wks_posterior_summarise(value, weight, n, 0.0, 1.0, &margin, err));
    n = gather(calibrate, calibrate->archive.variance, n_targets, t, value, weight);
    for (int32_t i = 0; i < n; i++) {
        sum += weight[i];
        squares += weight[i] * value[i];
    }
    *out =
        (wks_calibrate_target){.mean = margin.mean, .sd = margin.sd, .low = margin.low, .high = margin.high, .mc_sd = sqrt(squares / sum)};
    const double sd = calibrate->study->target[t].sd, reach = 2.0 * sqrt(sd * sd + squares / sum), at = calibrate->target[t].value;
    out->is_outside = at < out->low - reach || at > out->high + reach;
    out->z = (out->mean - calibrate->target[t].value) / sqrt(calibrate->target[t].variance + squares / sum + out->sd * out->sd);
out:
    free(value);
    free(weight);
    return rc;
}

wks_status wks_calibrate_parameter_of(const wks_calibrate *calibrate, int32_t i, wks_calibrate_parameter *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t k = calibrate->archive.n_parameters;
    double *value = NULL, *weight = NULL;
    wks_posterior_margin own, unit;

    *out = (wks_calibrate_parameter){NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, ""};
    if (calibrate->best >= 0) out->best = calibrate->value[(int64_t)calibrate->best * k + i];
    if (calibrate->kind == WKS_CALIBRATE_BEST || calibrate->n_members == 0) return WKS_OK;
    WKS_TRY(room(calibrate, &value, &weight, err));
    int32_t n = gather(calibrate, calibrate->value, k, i, value, weight);
    WKS_TRY(wks_posterior_summarise(value, weight, n, 0.0, 1.0, &own, err));
    n = gather(calibrate, calibrate->archive.point, k, i, value, weight);
    WKS_TRY(wks_posterior_summarise(value, weight, n, 0.0, 1.0, &unit, err));
    out->mean = own.mean;
    out->sd = own.sd;
    out->low = own.low;
    out->high = own.high;
    out->shrinkage = 1.0 - unit.sd / UNIFORM_SD;
    out->edge = unit.first > EDGE_SHARE && unit.first >= unit.last ? "low" : unit.last > EDGE_SHARE ? "high" : "";
out:
    free(value);
    free(weight);
    return rc;
}

double wks_calibrate_correlation(const wks_calibrate *calibrate, int32_t a, int32_t b)
{
    const int32_t k = calibrate->archive.n_parameters;
    wks_err ignored = WKS_ERR_INIT;
    double *x = NULL, *weight = NULL, *y = NULL, *again = NULL, value = NOT_DEFINED;

    if (calibrate->n_members > 1 && room(calibrate, &x, &weight, &ignored) == WKS_OK && room(calibrate, &y, &again, &ignored) == WKS_OK) {
        const int32_t n = gather(calibrate, calibrate->archive.point, k, a, x, weight);
        (void)gather(calibrate, calibrate->archive.point, k, b, y, again);
        value = wks_posterior_correlation(x, y, weight, n);
    }
    free(x);
    free(y);
    free(weight);
    free(again);
    return value;
}
