#include "cli/until_precise.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "scenario/model.h"
#include "scenario/outcomes.h"

/* The goals of a comparison or a run while it is under way. */
typedef struct wks_until_goals {
    wks_precision_goal *goal; /* outcome by outcome for each pair */
    size_t n_goals, n_pairs;
    int32_t *outcome; /* of load[0], that ask a half-width */
    size_t n_outcomes;
    double *value;   /* members x outcomes: of one replication */
    bool *is_hidden; /* a goal: some replication does not tell it, so none does (real people) */
    wks_declared declared;
    bool with_areas;
    int32_t n_judged; /* replications whose values are in the goals */
} goals;

static void goals_free(goals *self)
{
    for (size_t i = 0; self->goal != NULL && i < self->n_goals; i++)
        wks_precision_free(&self->goal[i]);
    free(self->goal);
    free(self->outcome);
    free(self->value);
    free(self->is_hidden);
}

static bool is_pair(const wks_until_precise *all, int32_t member)
{
    return all->n_scenarios == 1 || member % all->n_scenarios != 0;
}

static wks_status goals_init(goals *self, const wks_until_precise *all, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = &all->load[0].scenario;
    const size_t n = (size_t)scenario->n_outcomes;

    *self = (goals){.declared = wks_declared_of(scenario)};
    for (int32_t m = 0; m < all->n; m++)
        self->n_pairs += is_pair(all, m);
    self->outcome = wks_mem_array(n, sizeof *self->outcome);
    self->goal = wks_mem_array(n * self->n_pairs, sizeof *self->goal);
    self->value = wks_mem_array(n * (size_t)all->n, sizeof *self->value);
    self->is_hidden = wks_mem_array(n * self->n_pairs, sizeof *self->is_hidden);
    if (self->outcome == NULL || self->goal == NULL || self->value == NULL || self->is_hidden == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    for (int32_t i = 0; i < scenario->n_outcomes; i++) {
        if (!(scenario->outcome[i].half_width > 0)) continue;
        self->outcome[self->n_outcomes++] = i;
        self->with_areas = self->with_areas || scenario->outcome[i].area[0] != '\0';
    }
    self->n_goals = self->n_pairs * self->n_outcomes;
    for (size_t g = 0; g < self->n_goals; g++) {
        const wks_outcome *outcome = &scenario->outcome[self->outcome[g % self->n_outcomes]];
        self->goal[g] =
            (wks_precision_goal){.asked = outcome->half_width, .method = wks_contrast_method_of(scenario->catalogue, outcome->indicator)};
    }
out:
    return rc;
}

/* ---- values of replications -------------------------------------------------------------------------------------------------- */

/* The asked outcomes of a replication at its last tick; NaN when it failed. */
static wks_status read_values(const goals *self, const wks_store *store, int32_t replication, double *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_matrix matrix = {0};

    for (size_t k = 0; k < self->n_outcomes; k++)
        out[k] = (double)NAN;
    if (!wks_store_has(store, replication)) goto out;
    WKS_TRY(wks_matrix_read_part(store->parts, replication, self->with_areas, &matrix, err));
    const int32_t last = wks_declared_last_tick(&matrix);
    for (size_t k = 0; k < self->n_outcomes; k++) {
        bool any = false;
        for (size_t row = 0; row < matrix.n_rows; row++) {
            if (matrix.row[row].tick != last || wks_declared_find(&self->declared, &matrix.row[row]) != self->outcome[k]) continue;
            out[k] = matrix.value[row];
            any = true;
        }
        if (!any) {
            const wks_outcome *o = &self->declared.outcome[self->outcome[k]];
            WKS_FAIL(
                err, WKS_ERR_DATA,
                "outcome %s%s%s%s%s%s%s has no row at the last tick under scenario %s, so its half-width cannot be judged; expected an "
                "indicator, group, scale and area as in city.csv or buurt.csv",
                o->indicator, o->group[0] == '\0' ? "" : ", group ", o->group, o->scale[0] == '\0' ? "" : ", scale ", o->scale,
                o->area[0] == '\0' ? "" : ", area ", o->area, store->scenario->name);
        }
    }
out:
    wks_matrix_free(&matrix);
    return rc;
}

/* With real people a row that some replications do not tell is told of none (matrix.h): then its precision is not known either. */
static wks_status add_value(goals *self, size_t g, double value, bool is_real, wks_err *err)
{
    wks_precision_goal *goal = &self->goal[g];

    if (is_real && isnan(value) && !self->is_hidden[g]) {
        self->is_hidden[g] = true;
        for (size_t i = 0; i < goal->n; i++)
            goal->value[i] = goal->half[i] = (double)NAN;
    }
    return wks_precision_add(goal, self->is_hidden[g] ? (double)NAN : value, err);
}

static wks_status add_replication(goals *self, const wks_until_precise *all, int32_t replication, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t k = self->n_outcomes;
    size_t g = 0;

    for (int32_t m = 0; m < all->n; m++)
        WKS_TRY(read_values(self, all->member[m].store, replication, self->value + (size_t)m * k, err));
    for (int32_t m = 0; m < all->n; m++) {
        if (!is_pair(all, m)) continue;
        const double *own = self->value + (size_t)m * k, *base = self->value + (size_t)(m - m % all->n_scenarios) * k;
        const bool is_real = all->member[m].store->city->own.is_there && wks_store_has(all->member[m].store, replication);
        for (size_t i = 0; i < k; i++)
            WKS_TRY(add_value(self, g++, all->n_scenarios == 1 ? own[i] : own[i] - base[i], is_real, err));
    }
out:
    return rc;
}

static wks_status judge(goals *self, const wks_until_precise *all, wks_precision_state *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = &all->load[0].scenario;

    for (; self->n_judged < scenario->n_replications; self->n_judged++)
        WKS_TRY(add_replication(self, all, scenario->first_replication + self->n_judged, err));
    WKS_TRY(wks_precision_judge(self->goal, self->n_goals, scenario->precision.look_ahead, out, err));
out:
    return rc;
}

/* ---- batches ----------------------------------------------------------------------------------------------------------------- */

/* What a pilot says: the most that any outcome needs. */
static void say_needed(const goals *self, const wks_until_precise *all)
{
    const wks_scenario *scenario = &all->load[0].scenario;
    const char *what = all->n_scenarios == 1 ? "replications" : "pairs";
    int64_t most = 0;
    size_t of = 0;

    for (size_t g = 0; g < self->n_goals; g++) {
        const wks_stat_summary summary = wks_stat_summarise(self->goal[g].value, self->goal[g].n);
        const int64_t n = wks_stat_n_for_half_width(summary.sd, self->goal[g].asked);
        if (n > most) {
            most = n;
            of = g;
        }
    }
    if (most == 0) return;
    wks_log_say(WKS_LOG_INFO, "after %d %s: about %lld will be needed (for %s; at most %d are run)", scenario->n_replications, what,
                (long long)most, scenario->outcome[self->outcome[of % self->n_outcomes]].indicator, scenario->precision.max_replications);
}

static wks_status extend(wks_until_precise *all, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t m = 0; m < all->n; m++) {
        wks_load_set_range(&all->load[m], all->load[m].scenario.first_replication, n);
        WKS_TRY(wks_store_extend(all->member[m].store, err));
    }
out:
    return rc;
}

/* Batch after batch; `out_partial` keeps the first message of replications that failed. */
static wks_status run_batches(wks_until_precise *all, goals *self, wks_batch_options *how, wks_precision_state *state, wks_err *out_partial,
                              wks_err *err)
{
    const wks_scenario *scenario = &all->load[0].scenario;
    wks_status rc = WKS_OK;

    for (;;) {
        const int32_t n = scenario->n_replications;
        wks_err own = WKS_ERR_INIT;
        rc = wks_batch_run(all->member, all->n, how, &own);
        if (rc == WKS_ERR_PARTIAL && out_partial->status == WKS_OK) *out_partial = own;
        if (rc != WKS_OK && rc != WKS_ERR_PARTIAL) WKS_FAIL(err, rc, "%s", own.message);
        WKS_TRY(judge(self, all, state, err));
        const int32_t next = wks_precision_next(n, all->first_batch, scenario->precision.batch, scenario->precision.max_replications);
        if (state->is_reached || all->is_fixed || next == n) break;
        if (n == all->first_batch) say_needed(self, all);
        how->from = scenario->first_replication + n;
        WKS_TRY(extend(all, next, err));
    }
out:
    return rc;
}

static wks_status run_asked(wks_until_precise *all, const wks_batch_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_batch_options how = *options;
    wks_precision_state state = {0};
    wks_err partial = WKS_ERR_INIT;
    goals self = {0};

    how.more = true;
    rc = goals_init(&self, all, err);
    if (rc == WKS_OK) rc = run_batches(all, &self, &how, &state, &partial, err);
    if (rc == WKS_OK && partial.status != WKS_OK) {
        rc = wks_err_set(err, partial.status, "%s", partial.message);
    } else if (rc == WKS_OK && !state.is_reached) {
        rc =
            wks_err_set(err, WKS_ERR_PRECISION,
                        "the half-widths asked are not reached with %zu replications%s; precision.csv tells which, and how many are needed",
                        state.n, state.held_since > 0 ? " (they hold now, but not yet over the look-ahead)" : "");
    }
    rc = wks_batch_finish(all->member, all->n, rc, err);
    goals_free(&self);
    return rc;
}

void wks_until_precise_complete(wks_load *load, int32_t n, int32_t first_batch)
{
    const wks_precision_keys *keys = &load[0].scenario.precision;
    const int32_t there = load[0].scenario.n_replications;

    if (!wks_outcomes_ask_precision(&load[0].scenario) || there <= first_batch) return;
    const int32_t whole = wks_precision_next(there - 1, first_batch, keys->batch, keys->max_replications);
    for (int32_t i = 0; i < n && whole > there; i++)
        wks_load_set_range(&load[i], load[i].scenario.first_replication, whole);
}

static bool has_file(const char *folder, const char *part, const char *name)
{
    char *inside = wks_file_join(folder, part), *path = inside == NULL ? NULL : wks_file_join(inside, name);
    const bool has = path != NULL && wks_file_exists(path);

    free(inside);
    free(path);
    return has;
}

/* All the replications that the half-widths ask, as its manifest tells. */
static bool has_enough(const wks_scenario *scenario, const wks_manifest *manifest, bool is_fixed, wks_status *out_status, wks_err *err)
{
    if (manifest->precision_asked < 1) return false; /* nobody has looked */
    if (manifest->precision_reached >= manifest->precision_asked) return true;
    if (!is_fixed && scenario->n_replications < scenario->precision.max_replications) return false;
    *out_status = wks_err_set(err, WKS_ERR_PRECISION,
                              "the half-widths asked are not reached with %d replications; precision.csv tells which, and how many are "
                              "needed",
                              scenario->n_replications);
    return true;
}

bool wks_until_precise_is_done(const wks_load *load, const char *folder, const char *const *run, int32_t n_runs, bool is_fixed,
                               wks_status *out_status, wks_err *err)
{
    wks_manifest manifest = {0};
    const wks_scenario *scenario = &load[0].scenario;
    const bool asks = wks_outcomes_ask_precision(scenario);
    bool done = true;

    *out_status = WKS_OK;
    if (load[0].block.of > 0) return true; /* tables over replications are made by merge */
    if (asks || run != NULL) done = has_file(folder, "", "precision.csv");
    for (int32_t i = 0; i < (run == NULL ? 1 : n_runs) && done; i++) {
        if (load[i].scenario.model.warmup > 0 && wks_model_has_city(&load[i].scenario))
            done = has_file(folder, run == NULL ? "" : run[i], "drift.csv");
    }
    if (done && asks)
        done = wks_manifest_read(folder, &manifest, NULL) == WKS_OK && has_enough(scenario, &manifest, is_fixed, out_status, err);
    wks_manifest_free(&manifest);
    return done;
}

wks_status wks_until_precise_run(wks_until_precise *self, const wks_batch_options *options, wks_err *err)
{
    const bool is_part = self->load[0].block.of > 0; /* the whole is judged when its parts are merged */

    const bool asks = wks_outcomes_ask_precision(&self->load[0].scenario);

    if (is_part && asks)
        wks_log_say(
            WKS_LOG_WARNING,
            "half-widths are asked, but a part runs its %d of %d replications and adds none: merge judges all of them together; for "
            "more replications run further ones (-r %d-...) and merge those too",
            self->load[0].scenario.n_replications, self->load[0].block.n_replications,
            self->load[0].block.first + self->load[0].block.n_replications);
    if (is_part || !asks) return wks_batch_run(self->member, self->n, options, err);
    return run_asked(self, options, err);
}

/* ---- what was reached -------------------------------------------------------------------------------------------------------- */

void wks_until_precise_print(const wks_precision_line *line, size_t n)
{
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        const wks_matrix_row *row = line[i].row;
        char half[32], asked[32], since[32] = "-";
        if (!(line[i].asked > 0)) continue;
        if (!any)
            printf("%-44s %-20s %-6s %12s %12s %6s %10s %8s\n", "outcome", "scenario", "theory", "asked", "half-width", "n", "held since",
                   "reached");
        any = true;
        wks_text name = WKS_TEXT_INIT;
        wks_text_addf(&name, "%s%s%s%s%s%s%s", row->indicator, row->group[0] == '\0' ? "" : ":", row->group,
                      row->scale[0] == '\0' ? "" : " by ", row->scale, row->area[0] == '\0' ? "" : " in ", row->area);
        if (line[i].held_since > 0) snprintf(since, sizeof since, "%zu", line[i].held_since);
        printf("%-44s %-20s %-6s %12s %12s %6zu %10s %8s\n", name.data == NULL ? row->indicator : name.data, line[i].scenario,
               line[i].theory, wks_text_number(line[i].asked, asked), isnan(line[i].half) ? "-" : wks_text_number(line[i].half, half),
               line[i].n_pairs, since, line[i].is_reached ? "yes" : "no");
        wks_text_free(&name);
    }
}

void wks_until_precise_note(const wks_precision_line *line, size_t n, wks_manifest *manifest)
{
    manifest->precision_asked = manifest->precision_reached = 0;
    for (size_t i = 0; i < n; i++) {
        manifest->precision_asked += line[i].asked > 0;
        manifest->precision_reached += line[i].asked > 0 && line[i].is_reached;
    }
}
