#include "study/precision_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

const char wks_precision_file_header[] =
    "reference,scenario,theory,indicator,group,scale,level,area,threshold,half_width_asked,half_width,method,n_pairs,held_since,reached,"
    "n_needed\n";

typedef struct wks_precision_work {
    const wks_compare_options *options;
    int32_t look_ahead;
    wks_precision_line *line;
    size_t n;
} work;

/* Differences with the reference, or values, one for each replication of `base`. */
static wks_status values_of(const wks_matrix *reference, size_t row, const wks_matrix *scenario, size_t other, wks_precision_goal *goal,
                            wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_matrix *base = reference == NULL ? scenario : reference;
    const size_t n = base->n_replications;
    double *a = wks_mem_array(2 * n, sizeof *a);

    if (a == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu replications", n);
    wks_compare_pair_up(base, row, scenario, other, a, a + n);
    for (size_t i = 0; i < n; i++)
        WKS_TRY(wks_precision_add(goal, reference == NULL ? a[n + i] : a[n + i] - a[i], err));
out:
    free(a);
    return rc;
}

/* The half-width over all of them only: what is not asked has no history. */
static wks_status judge_last(wks_precision_goal *goal, wks_err *err)
{
    wks_precision_state state;

    goal->n_judged = goal->n == 0 ? 0 : goal->n - 1;
    return wks_precision_judge(goal, 1, 0, &state, err);
}

static wks_status fill(work *self, const wks_precision_goal *values, wks_precision_line *line, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_precision_goal goal = *values; /* shares the arrays */
    wks_precision_state state = {0};
    const wks_stat_summary summary = wks_stat_summarise(goal.value, goal.n);

    if (line->asked > 0) {
        WKS_TRY(wks_precision_judge(&goal, 1, self->look_ahead, &state, err));
    } else {
        WKS_TRY(judge_last(&goal, err));
    }
    if (summary.n < WKS_CONTRAST_LEAST_PAIRS || goal.n > WKS_BOOTSTRAP_MOST) line->method = WKS_CONTRAST_T; /* as was taken */
    line->n_pairs = summary.n;
    line->mean = summary.mean;
    line->half = wks_precision_half(&goal);
    line->held_since = line->asked > 0 ? state.held_since : 0;
    line->is_reached = state.is_reached;
    line->n_needed = line->asked > 0       ? wks_stat_n_for_half_width(summary.sd, line->asked)
                     : line->threshold > 0 ? wks_stat_n_to_show(summary.sd, line->threshold)
                                           : 0;
out:
    return rc;
}

static wks_status add_line(work *self, const wks_matrix *reference, size_t row, const wks_matrix *scenario, size_t other, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_matrix_row *key = &scenario->row[other];
    const int32_t outcome = wks_declared_find(&self->options->declared, key);
    wks_precision_goal goal = {.asked = wks_declared_half_width(&self->options->declared, outcome),
                               .method = wks_contrast_method_of(self->options->catalogue, key->indicator)};
    wks_precision_line *line = &self->line[self->n];

    *line = (wks_precision_line){.reference = reference == NULL ? "" : reference->scenario,
                                 .scenario = scenario->scenario,
                                 .theory = scenario->theory == NULL ? "" : scenario->theory,
                                 .row = key,
                                 .method = goal.method,
                                 .threshold = wks_declared_threshold(&self->options->declared, outcome),
                                 .asked = goal.asked};
    WKS_TRY(values_of(reference, row, scenario, other, &goal, err));
    WKS_TRY(fill(self, &goal, line, err));
    self->n++;
out:
    wks_precision_free(&goal);
    return rc;
}

static wks_status add_scenario(work *self, const wks_matrix *reference, const wks_matrix *scenario, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_matrix *base = reference == NULL ? scenario : reference;
    const int32_t last = wks_declared_last_tick(base);
    size_t hint = 0;

    for (size_t row = 0; row < base->n_rows; row++) {
        if (base->row[row].tick != last || wks_declared_find(&self->options->declared, &base->row[row]) < 0) continue;
        const size_t other = wks_matrix_find(scenario, &base->row[row], hint);
        if (other == SIZE_MAX) continue;
        hint = other + 1;
        wks_precision_line *grown = wks_mem_resize(self->line, self->n, self->n + 1, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for precision");
        self->line = grown;
        WKS_TRY(add_line(self, reference, row, scenario, other, err));
    }
out:
    return rc;
}

/* An outcome that no row answers to is told: a misspelt group or area would be left out in silence. */
static void warn_missing(const work *self)
{
    const wks_declared *declared = &self->options->declared;

    for (size_t i = 0; declared->outcome != NULL && i < declared->n; i++) {
        const wks_outcome *o = &declared->outcome[i];
        bool any = false;
        for (size_t k = 0; k < self->n && !any; k++)
            any = wks_declared_find(declared, self->line[k].row) == (int32_t)i;
        if (any) continue;
        wks_log_say(WKS_LOG_WARNING,
                    "declared outcome %s%s%s%s%s%s%s has no row at the last tick, so nothing is said about it; expected an "
                    "indicator, group, scale and area as in city.csv or buurt.csv",
                    o->indicator, o->group[0] == '\0' ? "" : ", group ", o->group, o->scale[0] == '\0' ? "" : ", scale ", o->scale,
                    o->area[0] == '\0' ? "" : ", area ", o->area);
    }
}

wks_status wks_precision_file_lines(const wks_compare_set *set, size_t n_sets, const wks_compare_options *options, int32_t look_ahead,
                                    wks_precision_line **out_line, size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    work self = {.options = options, .look_ahead = look_ahead};

    for (size_t i = 0; i < n_sets; i++) {
        for (size_t s = 0; s < set[i].n_scenarios; s++)
            WKS_TRY(add_scenario(&self, set[i].reference, set[i].scenario[s], err));
    }
    warn_missing(&self);
out:
    *out_line = self.line;
    *out_n = self.n;
    return rc;
}

static void add_text(const wks_precision_line *line, wks_text *out)
{
    const wks_matrix_row *row = line->row;
    const char *const text[] = {line->reference, line->scenario, line->theory, row->indicator,
                                row->group,      row->scale,     row->level,   row->area};

    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        wks_csv_add_field(out, text[i], ',');
        wks_text_add_char(out, ',');
    }
    wks_text_add_number(out, line->threshold > 0 ? line->threshold : (double)NAN);
    wks_text_add_char(out, ',');
    wks_text_add_number(out, line->asked > 0 ? line->asked : (double)NAN);
    wks_text_add_char(out, ',');
    wks_text_add_number(out, line->half);
    wks_text_addf(out, ",%s,%zu,", wks_contrast_method_words(line->method), line->n_pairs);
    if (line->held_since > 0) wks_text_addf(out, "%zu", line->held_since);
    wks_text_addf(out, ",%s,", line->asked > 0 ? line->is_reached ? "yes" : "no" : "");
    if (line->n_needed > 0) wks_text_add_integer(out, line->n_needed);
    wks_text_add_char(out, '\n');
}

wks_status wks_precision_file_write(const char *path, const wks_precision_line *line, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;

    wks_text_add(&text, wks_precision_file_header);
    for (size_t i = 0; i < n; i++)
        add_text(&line[i], &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for precision.csv");
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    wks_text_free(&text);
    return rc;
}
