#include "study/breakeven.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "num/stat.h"

const char wks_breakeven_header[] =
    "scenario_a,scenario_b,tick,date,indicator,group,scale,level,area,n_pairs,difference_t0,low_t0,high_t0,difference_t1,low_t1,high_t1,"
    "difference_t2,low_t2,high_t2,strength_t1,strength_t2,breakeven,ci_low,ci_high,verdict\n";

enum { STEPS = 400, HALVINGS = 30, LEAST_PAIRS = 10, N_THEORIES = 3 };

/* ---- one pair ---- */

static double at_strength(const wks_breakeven_pairs *pairs, size_t k, double x)
{
    const double middle = pairs->strength[k], end = pairs->strength_t2;
    const double a = pairs->difference[0][k], b = pairs->difference[1][k], c = pairs->difference[2][k];

    if (!(middle > 0 && middle < end)) return a + (c - a) * (x / end);
    return x <= middle ? a + (b - a) * (x / middle) : b + (c - b) * ((x - middle) / (end - middle));
}

static wks_stat_summary summary_at(const wks_breakeven_pairs *pairs, double x, double *scratch)
{
    for (size_t k = 0; k < pairs->n; k++)
        scratch[k] = at_strength(pairs, k, x);
    return wks_stat_summarise(scratch, pairs->n);
}

/* -1, 1: which order is shown; 0: the interval holds 0. */
static int shown(const wks_stat_summary *s)
{
    return s->ci_low > 0 ? 1 : s->ci_high < 0 ? -1 : 0;
}

static int sign_of(double x)
{
    return (x > 0) - (x < 0);
}

/* Of the mean; rounding of values that cancel is no sign. */
static int side(const wks_stat_summary *s)
{
    return fabs(s->mean) <= 1e-12 * s->sd ? 0 : sign_of(s->mean);
}

/* Where the mean changes sign between two strengths at which it differs. */
static double halve_to_zero(const wks_breakeven_pairs *pairs, double low, double high, double *scratch)
{
    const wks_stat_summary start = summary_at(pairs, low, scratch);
    const int below = side(&start);

    for (int i = 0; i < HALVINGS; i++) {
        const double middle = 0.5 * (low + high);
        const wks_stat_summary s = summary_at(pairs, middle, scratch);
        if (side(&s) == below)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* The end of the strengths whose interval holds 0, between one that does and one that does not. */
static double halve_to_end(const wks_breakeven_pairs *pairs, double inside, double outside, double *scratch)
{
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = 0.5 * (inside + outside);
        const wks_stat_summary s = summary_at(pairs, middle, scratch);
        if (shown(&s) == 0)
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

static double step_at(const wks_breakeven_pairs *pairs, int i)
{
    return pairs->strength_t2 * i / STEPS;
}

/* The strengths around the change of sign (without one: all) at which no order is shown. */
static void find_interval(const wks_breakeven_pairs *pairs, const signed char *order, wks_breakeven_result *out, double *scratch)
{
    int first = 0, last = STEPS;

    if (!isnan(out->value)) {
        first = last = (int)(out->value / pairs->strength_t2 * STEPS + 0.5);
        if (order[first] != 0) { /* narrower than a step */
            out->ci_low = halve_to_end(pairs, out->value, step_at(pairs, first > 0 ? first - 1 : 0), scratch);
            out->ci_high = halve_to_end(pairs, out->value, step_at(pairs, first < STEPS ? first + 1 : STEPS), scratch);
            return;
        }
        while (first > 0 && order[first - 1] == 0)
            first--;
        while (last < STEPS && order[last + 1] == 0)
            last++;
    } else {
        while (first <= STEPS && order[first] != 0)
            first++;
        while (last >= 0 && order[last] != 0)
            last--;
        if (first > last) return; /* shown everywhere */
    }
    out->ci_low = first == 0 ? 0 : halve_to_end(pairs, step_at(pairs, first), step_at(pairs, first - 1), scratch);
    out->ci_high = last == STEPS ? pairs->strength_t2 : halve_to_end(pairs, step_at(pairs, last), step_at(pairs, last + 1), scratch);
}

static wks_breakeven_verdict judge(const signed char *order)
{
    int turns = 0, last = 0;
    bool has_gap = false;

    for (int i = 0; i <= STEPS; i++) {
        has_gap = has_gap || order[i] == 0;
        turns += order[i] != 0 && last != 0 && order[i] != last;
        if (order[i] != 0) last = order[i];
    }
    if (turns > 0) return turns == 1 ? WKS_BREAKEVEN_ONE : WKS_BREAKEVEN_MORE;
    return has_gap ? WKS_BREAKEVEN_NOISE : WKS_BREAKEVEN_NONE;
}

static bool is_defined(const wks_breakeven_pairs *pairs, bool *out_equal)
{
    *out_equal = true;
    for (size_t k = 0; k < pairs->n; k++) {
        for (int t = 0; t < N_THEORIES; t++) {
            if (!isfinite(pairs->difference[t][k])) return false;
            *out_equal = *out_equal && sign_of(pairs->difference[t][k]) == 0;
        }
    }
    return pairs->n >= 2 && pairs->strength_t2 > 0;
}

wks_breakeven_result wks_breakeven_find(const wks_breakeven_pairs *pairs)
{
    wks_breakeven_result out = {NAN, NAN, NAN, WKS_BREAKEVEN_UNDEFINED};
    signed char order[STEPS + 1];
    bool is_equal = false;
    int before = 0;
    double *scratch;

    if (!is_defined(pairs, &is_equal)) return out;
    out.verdict = WKS_BREAKEVEN_EQUAL;
    if (is_equal) return out;
    out.verdict = WKS_BREAKEVEN_UNDEFINED;
    scratch = wks_mem_array(pairs->n, sizeof *scratch);
    if (scratch == NULL) return out;
    for (int i = 0; i <= STEPS; i++) {
        const wks_stat_summary s = summary_at(pairs, step_at(pairs, i), scratch);
        const int now = side(&s);
        order[i] = (signed char)shown(&s);
        if (isnan(out.value) && before != 0 && now != before)
            out.value = halve_to_zero(pairs, step_at(pairs, i - 1), step_at(pairs, i), scratch);
        if (now != 0) before = now;
    }
    out.verdict = WKS_BREAKEVEN_FEW;
    if (pairs->n >= LEAST_PAIRS) {
        find_interval(pairs, order, &out, scratch);
        out.verdict = judge(order);
    }
    free(scratch);
    return out;
}

const char *wks_breakeven_words(wks_breakeven_verdict verdict)
{
    switch (verdict) {
    case WKS_BREAKEVEN_EQUAL: return "exactly equal";
    case WKS_BREAKEVEN_FEW: return "too few pairs";
    case WKS_BREAKEVEN_NONE: return "does not flip between T0 and T2";
    case WKS_BREAKEVEN_ONE: return "flips";
    case WKS_BREAKEVEN_MORE: return "flips more than once";
    case WKS_BREAKEVEN_NOISE: return "within the noise";
    default: return "not defined";
    }
}

/* ---- the table ---- */

typedef struct wks_breakeven_table {
    const wks_breakeven_runs *runs; /* 3 */
    const double *strength;
    double strength_t2;
    size_t n;       /* replications at most */
    double *buffer; /* 4 * n: three differences and the strength */
    wks_text text;
} table;

static double value_at(const wks_matrix *matrix, size_t row, int32_t replication)
{
    for (size_t i = 0; row != SIZE_MAX && i < matrix->n_replications; i++) {
        if (matrix->replication[i] == replication) return matrix->value[row * matrix->n_replications + i];
    }
    return NAN;
}

/* Replications that all six runs have with a value. */
static wks_breakeven_pairs pair_up(const table *self, const wks_matrix_row *key, size_t a, size_t b)
{
    const wks_matrix *first = self->runs[1].scenario[0];
    wks_breakeven_pairs out = {.strength = self->buffer + 3 * self->n, .strength_t2 = self->strength_t2};
    size_t row[N_THEORIES][2];

    for (int t = 0; t < N_THEORIES; t++) {
        out.difference[t] = self->buffer + (size_t)t * self->n;
        row[t][0] = wks_matrix_find(self->runs[t].scenario[a], key, 0);
        row[t][1] = wks_matrix_find(self->runs[t].scenario[b], key, 0);
    }
    for (size_t k = 0; k < first->n_replications; k++) {
        bool is_whole = isfinite(self->strength[k]);
        for (int t = 0; t < N_THEORIES; t++) {
            const wks_breakeven_runs *runs = &self->runs[t];
            const double difference = value_at(runs->scenario[b], row[t][1], first->replication[k]) -
                                      value_at(runs->scenario[a], row[t][0], first->replication[k]);
            self->buffer[(size_t)t * self->n + out.n] = difference;
            is_whole = is_whole && isfinite(difference);
        }
        self->buffer[3 * self->n + out.n] = self->strength[k];
        out.n += is_whole;
    }
    return out;
}

static void add_number(table *self, double value)
{
    wks_text_add_char(&self->text, ',');
    wks_text_add_number(&self->text, value);
}

static void add_row(table *self, const wks_matrix_row *key, size_t a, size_t b)
{
    const wks_breakeven_pairs pairs = pair_up(self, key, a, b);
    const wks_breakeven_result result = wks_breakeven_find(&pairs);
    const char *const text[] = {key->date, key->indicator, key->group, key->scale, key->level, key->area};
    const bool has_interval = pairs.n >= LEAST_PAIRS;

    wks_csv_add_field(&self->text, self->runs[0].scenario[a]->scenario, ',');
    wks_text_add_char(&self->text, ',');
    wks_csv_add_field(&self->text, self->runs[0].scenario[b]->scenario, ',');
    wks_text_addf(&self->text, ",%d", key->tick);
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        wks_text_add_char(&self->text, ',');
        wks_csv_add_field(&self->text, text[i], ',');
    }
    add_number(self, (double)pairs.n);
    for (int t = 0; t < N_THEORIES; t++) {
        const wks_stat_summary s = wks_stat_summarise(pairs.difference[t], pairs.n);
        add_number(self, s.mean);
        add_number(self, has_interval ? s.ci_low : NAN);
        add_number(self, has_interval ? s.ci_high : NAN);
    }
    add_number(self, wks_stat_summarise(pairs.strength, pairs.n).mean);
    add_number(self, self->strength_t2);
    add_number(self, result.value);
    add_number(self, result.ci_low);
    add_number(self, result.ci_high);
    wks_text_addf(&self->text, ",%s\n", wks_breakeven_words(result.verdict));
}

static bool is_ranking(const wks_matrix_row *row, int32_t last)
{
    return row->tick == last && row->level[0] == '\0' && row->area[0] == '\0' && row->group[0] == '\0' &&
           strncmp(row->indicator, "leefbaarheid", 12) == 0;
}

static wks_status add_all(table *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_matrix *first = self->runs[0].scenario[0];
    const size_t n = self->runs[0].n_scenarios;
    int32_t last = 0;

    for (size_t i = 0; i < first->n_rows; i++)
        last = first->row[i].tick > last ? first->row[i].tick : last;
    wks_text_add(&self->text, wks_breakeven_header);
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            for (size_t i = 0; i < first->n_rows; i++)
                if (is_ranking(&first->row[i], last)) add_row(self, &first->row[i], a, b);
        }
    }
    if (self->text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the break-even values");
out:
    return rc;
}

wks_status wks_breakeven_write(const char *path, const wks_breakeven_runs *runs, const double *strength, double strength_t2, wks_err *err)
{
    wks_status rc = WKS_OK;
    table self = {runs, strength, strength_t2, runs[1].scenario[0]->n_replications, NULL, WKS_TEXT_INIT};

    self.buffer = wks_mem_array(4 * self.n, sizeof *self.buffer);
    if (self.buffer == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the break-even values");
    WKS_TRY(add_all(&self, err));
    WKS_TRY(wks_file_write(path, self.text.data, self.text.length, err));
out:
    free(self.buffer);
    wks_text_free(&self.text);
    return rc;
}
