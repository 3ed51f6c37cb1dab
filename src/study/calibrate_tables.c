#include "study/calibrate_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"

const char *const wks_calibrate_tables_files[] = {"evaluations.csv", "steps.csv",       "posterior.csv",    "members.csv",
                                                  "targets.csv",     "calibration.csv", "correlations.csv", NULL};

static const double MET = 2.0;

/* ---- cells ---- */

static void add_name(wks_text *out, const char *name)
{
    wks_csv_add_field(out, name, ',');
}

static void add_value(wks_text *out, double value)
{
    wks_text_add_char(out, ',');
    wks_text_add_number(out, value);
}

/* Every digit: what is carried into scenarios is what was run. */
static void add_exact(wks_text *out, double value)
{
    char number[32];

    wks_text_add_char(out, ',');
    wks_text_add(out, wks_text_exact(value, number));
}

static const char *path_of(const wks_study_parameter *parameter)
{
    return parameter->path[0] != '\0' ? parameter->path : parameter->name;
}

/* ---- tables ---- */

static wks_status evaluations(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    const wks_study *s = c->study;
    int32_t member = 0;

    (void)err;
    wks_text_add(out, "evaluation,step");
    for (int32_t i = 0; i < s->n_parameters; i++) {
        wks_text_add_char(out, ',');
        add_name(out, s->parameter[i].name);
    }
    for (int32_t i = 0; i < s->n_outcomes; i++)
        wks_text_addf(out, ",%s,%s_mc_sd", s->outcome[i].name, s->outcome[i].name);
    wks_text_add(out, ",distance,implausibility,member\n");
    for (int32_t row = 0; row < c->archive.n; row++) {
        const bool is_member = member < c->n_members && c->row[member] == row;
        wks_text_addf(out, "%d,%d", (int)row + 1, (int)c->archive.stage[row]);
        for (int32_t i = 0; i < s->n_parameters; i++)
            add_exact(out, c->value[(int64_t)row * s->n_parameters + i]);
        for (int32_t i = 0; i < s->n_outcomes; i++) {
            add_value(out, c->mean[(int64_t)row * s->n_outcomes + i]);
            add_value(out, c->sd[(int64_t)row * s->n_outcomes + i]);
        }
        add_value(out, c->archive.distance[row]);
        add_value(out, wks_archive_implausibility(&c->archive, row, 1));
        wks_text_add_char(out, ',');
        if (is_member) wks_text_add_integer(out, ++member);
        wks_text_add_char(out, '\n');
    }
    return WKS_OK;
}

static void add_step(wks_text *out, int32_t step, const char *quantity, const char *target, double value)
{
    wks_text_addf(out, "%d,%s,", (int)step, quantity);
    add_name(out, target);
    add_value(out, value);
    wks_text_add_char(out, '\n');
}

static const char *target_name(const wks_calibrate *c, int32_t t)
{
    return c->study->outcome[c->study->target[t].outcome].name;
}

static void add_wave(const wks_calibrate *c, int32_t w, wks_text *out)
{
    const wks_history_wave *wave = &c->history.wave[w];

    add_step(out, w + 1, "evaluations", "", wave->n);
    add_step(out, w + 1, "volume_left", "", wave->volume);
    for (int32_t t = 0; t < c->history.n_targets; t++) {
        if (wave->check[t].n_points == 0) continue;
        add_step(out, w + 1, "emulator_points", target_name(c, t), wave->check[t].n_points);
        add_step(out, w + 1, "emulator_q2", target_name(c, t), wave->check[t].q2);
        add_step(out, w + 1, "emulator_rms", target_name(c, t), wave->check[t].rms);
        add_step(out, w + 1, "emulator_within_2sd", target_name(c, t), wave->check[t].within);
    }
}

static wks_status steps(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    (void)err;
    wks_text_add(out, "step,quantity,target,value\n");
    for (int32_t w = 0; w < c->history.n_waves; w++)
        add_wave(c, w, out);
    for (int32_t g = 0; g < c->abc.n_generations; g++) {
        add_step(out, g + 1, "evaluations", "", c->abc.generation[g].n_run);
        add_step(out, g + 1, "kept", "", c->abc.generation[g].n_kept);
        add_step(out, g + 1, "tolerance", "", c->abc.generation[g].tolerance);
        add_step(out, g + 1, "effective_number", "", c->abc.generation[g].effective);
    }
    if (c->abc.n_generations > 0) {
        add_step(out, c->abc.n_generations, "errors_widened", "", c->abc.widened);
        add_step(out, c->abc.n_generations, "effective_number_weighted", "", c->abc.effective);
    }
    for (int32_t s = 0; s < c->optimum.n_paths; s++) {
        add_step(out, s + 1, "evaluations", "", c->optimum.path[s].n);
        add_step(out, s + 1, "best_evaluation", "", c->optimum.path[s].best + 1);
        add_step(out, s + 1, "best_distance", "", c->archive.distance[c->optimum.path[s].best]);
        add_step(out, s + 1, "converged", "", c->optimum.path[s].is_converged);
    }
    return WKS_OK;
}

static void add_members(const wks_calibrate *c, bool has_weight, wks_text *out)
{
    const wks_study *s = c->study;

    wks_text_add(out, "member");
    for (int32_t i = 0; i < s->n_parameters; i++) {
        wks_text_add_char(out, ',');
        add_name(out, path_of(&s->parameter[i]));
    }
    wks_text_add(out, has_weight ? ",weight\n" : "\n");
    for (int32_t k = 0; k < c->n_members; k++) {
        wks_text_addf(out, "%d", (int)k + 1);
        for (int32_t i = 0; i < s->n_parameters; i++)
            add_exact(out, c->value[(int64_t)c->row[k] * s->n_parameters + i]);
        if (has_weight) add_exact(out, c->weight[k]);
        wks_text_add_char(out, '\n');
    }
}

static wks_status posterior(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    (void)err;
    add_members(c, true, out);
    return WKS_OK;
}

static wks_status members(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    (void)err;
    add_members(c, c->kind == WKS_CALIBRATE_WEIGHED, out);
    return WKS_OK;
}

/* A wide discrepancy is the study's own word: it excuses a model that comes nowhere near the value, and does not make it come near. */
const char *wks_calibrate_tables_verdict(const wks_calibrate *calibrate, int32_t t, const wks_calibrate_target *is)
{
    static const char *const words[][2] = {
        {"fitted: not defined", "held out: not defined"},
        {"fitted: nothing fits, best point", "held out: nothing fits, best point"},
        {"fitted: missed", "held out: missed"},
        {"fitted: off; within the discrepancy stated", "held out: off; within the discrepancy stated"},
        {"fitted: outside the set; within the discrepancy stated", "held out: outside the set; within the discrepancy stated"},
        {"fitted: met", "held out: met"}};
    const wks_study_target *target = &calibrate->study->target[t];
    int which = 5;

    if (isnan(is->z)) {
        which = 0;
    } else if (calibrate->n_members == 0) {
        which = 1;
    } else if (fabs(is->z) > MET || (is->is_outside && !(target->discrepancy > 0.0))) {
        which = 2;
    } else if (is->is_outside) {
        which = calibrate->kind == WKS_CALIBRATE_BEST ? 3 : 4;
    }
    return words[which][target->is_held_out];
}

static wks_status targets(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_text_add(out, "target,value,sd,discrepancy,use,model_mean,low,high,mc_sd,z,verdict,source\n");
    for (int32_t t = 0; t < c->study->n_targets; t++) {
        const wks_study_target *target = &c->study->target[t];
        wks_calibrate_target is;
        WKS_TRY(wks_calibrate_target_of(c, t, &is, err));
        add_name(out, target_name(c, t));
        add_value(out, target->value);
        add_value(out, target->sd);
        add_value(out, target->discrepancy);
        wks_text_add(out, target->is_held_out ? ",held_out" : ",fitted");
        add_value(out, is.mean);
        add_value(out, is.low);
        add_value(out, is.high);
        add_value(out, is.mc_sd);
        add_value(out, is.z);
        wks_text_add_char(out, ',');
        add_name(out, wks_calibrate_tables_verdict(c, t, &is));
        wks_text_add_char(out, ',');
        add_name(out, target->source);
        wks_text_add_char(out, '\n');
    }
out:
    return rc;
}

static const char *scale_of(const wks_study_parameter *parameter)
{
    return parameter->is_log ? "log" : parameter->is_whole ? "whole" : "linear";
}

static wks_status parameters(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_text_add(out, "parameter,path,low,high,scale,best,mean,sd,ci_low,ci_high,shrinkage,at_edge\n");
    for (int32_t i = 0; i < c->study->n_parameters; i++) {
        const wks_study_parameter *parameter = &c->study->parameter[i];
        wks_calibrate_parameter is;
        WKS_TRY(wks_calibrate_parameter_of(c, i, &is, err));
        add_name(out, parameter->name);
        wks_text_add_char(out, ',');
        add_name(out, parameter->path);
        add_value(out, parameter->low);
        add_value(out, parameter->high);
        wks_text_addf(out, ",%s", scale_of(parameter));
        add_value(out, is.best);
        add_value(out, is.mean);
        add_value(out, is.sd);
        add_value(out, is.low);
        add_value(out, is.high);
        add_value(out, is.shrinkage);
        wks_text_addf(out, ",%s\n", is.edge);
    }
out:
    return rc;
}

static wks_status correlations(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    (void)err;
    wks_text_add(out, "parameter_a,parameter_b,correlation\n");
    for (int32_t a = 0; a < c->study->n_parameters; a++) {
        for (int32_t b = a + 1; b < c->study->n_parameters; b++) {
            add_name(out, c->study->parameter[a].name);
            wks_text_add_char(out, ',');
            add_name(out, c->study->parameter[b].name);
            add_value(out, wks_calibrate_correlation(c, a, b));
            wks_text_add_char(out, '\n');
        }
    }
    return WKS_OK;
}

typedef wks_status table_call(const wks_calibrate *c, wks_text *out, wks_err *err);

wks_status wks_calibrate_tables_write(const wks_calibrate *calibrate, const char *folder, wks_err *err)
{
    static table_call *const table[] = {evaluations, steps, posterior, members, targets, parameters, correlations}; /* as _files */
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *path = NULL;

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        wks_text_clear(&text);
        WKS_TRY(table[i](calibrate, &text, err));
        free(path);
        path = wks_file_join(folder, wks_calibrate_tables_files[i]);
        if (path == NULL || text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", wks_calibrate_tables_files[i]);
        WKS_TRY(wks_file_write(path, text.data, text.length, err));
    }
out:
    wks_text_free(&text);
    free(path);
    return rc;
}

/* ---- for people ---- */

/* A number in 12 places, with 4 digits that count. */
static void column(wks_text *out, double value)
{
    if (isnan(value)) {
        wks_text_addf(out, " %12s", "-");
    } else {
        wks_text_addf(out, " %12.4g", value);
    }
}

static void print_steps(const wks_calibrate *c, wks_text *out)
{
    for (int32_t w = 0; w < c->history.n_waves; w++) {
        const wks_history_wave *wave = &c->history.wave[w];
        double least = 1.0;
        for (int32_t t = 0; t < c->history.n_targets; t++)
            if (wave->check[t].n_points > 0 && wave->check[t].q2 < least) least = wave->check[t].q2;
        wks_text_addf(out, "wave %d: %d points, %.3g of the space left, emulators explain %.2f or more (leave-one-out)\n", (int)w + 1,
                      (int)wave->n, wave->volume, least);
    }
    for (int32_t g = 0; g < c->abc.n_generations; g++) {
        const wks_abc_generation *own = &c->abc.generation[g];
        wks_text_addf(out, "generation %d: %d points, %d nearer than %.4g, effective number %.0f\n", (int)g + 1, (int)own->n_run,
                      (int)own->n_kept, own->tolerance, own->effective);
    }
    for (int32_t s = 0; s < c->optimum.n_paths; s++) {
        const wks_optimum_path *path = &c->optimum.path[s];
        wks_text_addf(out, "start %d: %d points, smallest distance %.4g, %s\n", (int)s + 1, (int)path->n, c->archive.distance[path->best],
                      path->is_converged ? "converged" : "not converged");
    }
}

static wks_status print_parameters(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_text_addf(out, "\n%-24s %12s %12s %12s %12s %12s %12s %9s\n", "parameter", "low", "high", "best", "mean", "ci_low", "ci_high",
                  "shrinkage");
    for (int32_t i = 0; i < c->study->n_parameters; i++) {
        wks_calibrate_parameter is;
        WKS_TRY(wks_calibrate_parameter_of(c, i, &is, err));
        wks_text_addf(out, "%-24s", c->study->parameter[i].name);
        column(out, c->study->parameter[i].low);
        column(out, c->study->parameter[i].high);
        column(out, is.best);
        column(out, is.mean);
        column(out, is.low);
        column(out, is.high);
        if (isnan(is.shrinkage)) {
            wks_text_addf(out, " %9s\n", "-");
        } else {
            wks_text_addf(out, " %8.0f%%\n", 100.0 * is.shrinkage);
        }
    }
out:
    return rc;
}

static wks_status print_targets(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_text_addf(out, "\n%-24s %12s %12s %12s %12s %12s %7s  %s\n", "target", "value", "error", "model", "low", "high", "z", "verdict");
    for (int32_t t = 0; t < c->study->n_targets; t++) {
        wks_calibrate_target is;
        WKS_TRY(wks_calibrate_target_of(c, t, &is, err));
        wks_text_addf(out, "%-24s", target_name(c, t));
        column(out, c->study->target[t].value);
        column(out, sqrt(c->target[t].variance));
        column(out, is.mean);
        column(out, is.low);
        column(out, is.high);
        wks_text_addf(out, " %7.2f  %s\n", is.z, wks_calibrate_tables_verdict(c, t, &is));
    }
out:
    return rc;
}

static wks_status print_warnings(const wks_calibrate *c, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_text_add_char(out, '\n');
    if (c->n_members == 0)
        wks_text_add(
            out,
            "Nothing fits: every point that was run is ruled out by a fitted target, or the emulators left no space. Look at the targets' "
            "errors and discrepancies, at the ranges, and at the model.\n");
    if (c->kind == WKS_CALIBRATE_BEST)
        wks_text_addf(out,
                      "One best point, %d of %d starts agree on it: it says nothing about what else fits as well. For what the targets "
                      "leave open, use history or "
                      "abc_smc.\n",
                      (int)c->optimum.n_agree, (int)c->optimum.n_paths);
    if (c->kind == WKS_CALIBRATE_WEIGHED && c->abc.widened > 1.0)
        wks_text_addf(out,
                      "The tolerance stayed at %.4g: errors count as %.2f times as wide, so the intervals are too wide. Allow more "
                      "evaluations; if that does not help, "
                      "the targets contradict one another in this model.\n",
                      c->abc.tolerance, sqrt(c->abc.widened));
    if (c->kind == WKS_CALIBRATE_WEIGHED && c->abc.effective < 50.0)
        wks_text_addf(out, "The weights are worth %.0f points: intervals are rough.\n", c->abc.effective);
    if (c->study->n_replications < 2) wks_text_add(out, "One replication a point: Monte Carlo error is not known and counts as 0.\n");
    for (int32_t i = 0; i < c->study->n_parameters; i++) {
        wks_calibrate_parameter is;
        WKS_TRY(wks_calibrate_parameter_of(c, i, &is, err));
        if (is.edge[0] != '\0')
            wks_text_addf(out, "%s lies at the %s end of its range: the range, not the targets, holds it there.\n",
                          c->study->parameter[i].name, is.edge);
    }
out:
    return rc;
}

wks_status wks_calibrate_tables_print(const wks_calibrate *calibrate, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_text_addf(out, "%s: %d points of %d replications; %d %s\n", calibrate->study->calibration.method, (int)calibrate->archive.n,
                  (int)calibrate->study->n_replications, (int)calibrate->n_members,
                  calibrate->kind == WKS_CALIBRATE_BEST   ? "best"
                  : calibrate->kind == WKS_CALIBRATE_LEFT ? "not ruled out"
                                                          : "kept, weighted");
    print_steps(calibrate, out);
    WKS_TRY(print_parameters(calibrate, out, err));
    WKS_TRY(print_targets(calibrate, out, err));
    WKS_TRY(print_warnings(calibrate, out, err));
    if (out->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a summary");
out:
    return rc;
}
