#include "study/waterbed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "num/stat.h"
#include "study/contrast.h"
#include "study/target_areas.h"

const char wks_waterbed_header[] =
    "reference,scenario,theory,tick,date,band,indicator,group,n_pairs,mean_reference,mean_scenario,mean_difference,ci_low,ci_high,"
    "verdict,buurten,households\n";

/* Of places (weighted means), and of households and moves (sums). */
typedef struct wks_waterbed_indicator {
    const char *name;
    bool is_sum;
} indicator;
static const indicator indicators[] = {
    {"leefbaarheid", false},
    {"leefbaarheid_won", false},
    {"leefbaarheid_soc", false},
    {"leefbaarheid_onv", false},
    {"load", false},
    {"light_contacts", false},
    {"lonely_share", false},
    {"turnover", false},
    {"price_index", false},
    {"share", false},
    {"count", true},
    {"group_inflow", true},
    {"group_outflow", true},
    {"lettings", true},
    {"displaced_to", true},
};
enum { N_INDICATORS = sizeof indicators / sizeof *indicators };

static const indicator *find(const char *name)
{
    for (int32_t i = 0; i < N_INDICATORS; i++) {
        if (strcmp(indicators[i].name, name) == 0) return &indicators[i];
    }
    return NULL;
}

/* One line of the table in the making: by pair of replications. */
typedef struct wks_waterbed_line {
    const wks_matrix_row *row; /* the first buurt that has it */
    const indicator *indicator;
    double *sum[WKS_N_TARGET_BANDS]; /* 3 a pair of replications: reference, scenario, weight */
} line;

typedef struct wks_waterbed_table {
    const wks_run_pair *pair;
    const wks_city *city;
    uint8_t *band;                         /* by buurt */
    double *weight;                        /* by buurt: households of the reference at tick 0, mean of replications */
    double households[WKS_N_TARGET_BANDS]; /* sums of those */
    int32_t n_buurten[WKS_N_TARGET_BANDS];
    size_t *at_reference, *at_scenario; /* columns of the pairs of replications */
    size_t n;                           /* of them */
    line *item;
    size_t n_lines, capacity;
    double *value; /* of one band: reference, then scenario */
} table;

static void table_free(table *self)
{
    for (size_t i = 0; i < self->n_lines; i++)
        free(self->item[i].sum[0]);
    free(self->item);
    free(self->band);
    free(self->weight);
    free(self->at_reference);
    free(self->at_scenario);
    free(self->value);
}

/* --- what is needed ----------------------------------------------------------------------------------------------------- */

static void pair_replications(table *self)
{
    const wks_matrix *a = self->pair->reference_matrix, *b = self->pair->scenario_matrix;

    for (size_t i = 0, j = 0; i < a->n_replications; i++) {
        while (j < b->n_replications && b->replication[j] < a->replication[i])
            j++;
        if (j == b->n_replications) return;
        if (b->replication[j] != a->replication[i]) continue;
        self->at_reference[self->n] = i;
        self->at_scenario[self->n++] = j;
    }
}

static bool is_buurt(const wks_matrix_row *row)
{
    return strcmp(row->level, "buurt") == 0;
}

/* Tick 0 is the same population in every replication; the mean, because a row may be empty in none or all. */
static void weigh(table *self)
{
    const wks_matrix *matrix = self->pair->reference_matrix;

    for (size_t i = 0; i < matrix->n_rows; i++) {
        const wks_matrix_row *row = &matrix->row[i];
        if (row->tick != 0 || !is_buurt(row) || strcmp(row->indicator, "households") != 0 || row->group[0] != '\0') continue;
        const int32_t b = wks_folder_buurt_row(self->city, row->area);
        const double households = matrix->value[i * matrix->n_replications];
        if (b >= 0 && isfinite(households)) self->weight[b] = households;
    }
    for (int32_t b = 0; b < self->city->n_buurten; b++) {
        if (self->band[b] == WKS_TARGET_NONE || !(self->weight[b] > 0)) continue;
        self->households[self->band[b]] += self->weight[b];
        self->n_buurten[self->band[b]]++;
    }
}

static wks_status prepare(table *self, int32_t *out_n_targets, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_buurten = (size_t)self->city->n_buurten;
    bool *is_target = wks_mem_array(n_buurten + 1, sizeof *is_target);

    self->band = wks_mem_array(n_buurten + 1, sizeof *self->band);
    self->weight = wks_mem_array(n_buurten + 1, sizeof *self->weight);
    self->at_reference = wks_mem_array(self->pair->reference_matrix->n_replications + 1, sizeof *self->at_reference);
    self->at_scenario = wks_mem_array(self->pair->reference_matrix->n_replications + 1, sizeof *self->at_scenario);
    self->value = wks_mem_array(2 * self->pair->reference_matrix->n_replications + 1, sizeof *self->value);
    if (is_target == NULL || self->band == NULL || self->weight == NULL || self->at_reference == NULL || self->at_scenario == NULL ||
        self->value == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for bands of distance");
    *out_n_targets = wks_target_areas_find(self->pair->reference->scenario, self->pair->scenario->scenario, self->city, is_target);
    if (*out_n_targets == 0) goto out;
    WKS_TRY(wks_target_areas_bands(self->city, is_target, self->band, err));
    pair_replications(self);
    weigh(self);
out:
    free(is_target);
    return rc;
}

/* --- adding up ---------------------------------------------------------------------------------------------------------- */

static bool is_line(const line *item, const wks_matrix_row *row)
{
    return item->row->tick == row->tick && strcmp(item->row->indicator, row->indicator) == 0 && strcmp(item->row->group, row->group) == 0;
}

/* Rows of a tick stand together, of a buurt in the same order: nearly always the line after the last one. */
static wks_status line_of(table *self, const wks_matrix_row *row, const indicator *what, size_t *hint, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (*hint < self->n_lines && is_line(&self->item[*hint], row)) goto out;
    for (size_t i = self->n_lines; i > 0 && self->item[i - 1].row->tick == row->tick; i--) {
        *hint = i - 1;
        if (is_line(&self->item[i - 1], row)) goto out;
    }
    if (self->n_lines == self->capacity) {
        const size_t larger = wks_mem_capacity(self->capacity, self->capacity + 1);
        line *grown = wks_mem_resize(self->item, self->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for bands of distance");
        self->item = grown;
        self->capacity = larger;
    }
    double *sum = wks_mem_array(WKS_N_TARGET_BANDS * 3 * self->n + 1, sizeof *sum);
    if (sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for bands of distance");
    *hint = self->n_lines++;
    self->item[*hint] = (line){.row = row, .indicator = what};
    for (int32_t k = 0; k < WKS_N_TARGET_BANDS; k++)
        self->item[*hint].sum[k] = sum + (size_t)k * 3 * self->n;
out:
    return rc;
}

static void add_row(table *self, line *item, size_t row_a, size_t row_b, int32_t b)
{
    const wks_matrix *reference = self->pair->reference_matrix, *scenario = self->pair->scenario_matrix;
    double *sum = item->sum[self->band[b]];
    const double weight = item->indicator->is_sum ? 1 : self->weight[b];

    for (size_t k = 0; k < self->n; k++, sum += 3) {
        const double x = reference->value[row_a * reference->n_replications + self->at_reference[k]];
        const double y = scenario->value[row_b * scenario->n_replications + self->at_scenario[k]];
        if (!isfinite(x) || !isfinite(y) || !(weight > 0)) continue;
        sum[0] += weight * x;
        sum[1] += weight * y;
        sum[2] += weight;
    }
}

static wks_status add_up(table *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_matrix *reference = self->pair->reference_matrix;
    size_t hint = 0, at = 0;

    for (size_t i = 0; i < reference->n_rows; i++) {
        const wks_matrix_row *row = &reference->row[i];
        const indicator *what = is_buurt(row) ? find(row->indicator) : NULL;
        const int32_t b = what == NULL ? WKS_NONE : wks_folder_buurt_row(self->city, row->area);
        if (b < 0 || self->band[b] == WKS_TARGET_NONE) continue;
        const size_t other = wks_matrix_find(self->pair->scenario_matrix, row, i + at);
        if (other == SIZE_MAX) continue;
        at = other - i; /* wraps around when below, and back again */
        WKS_TRY(line_of(self, row, what, &hint, err));
        add_row(self, &self->item[hint], i, other, b);
        hint++;
    }
out:
    return rc;
}

/* --- the rows ----------------------------------------------------------------------------------------------------------- */

static void write_band(table *self, const line *item, int32_t band, wks_text *out)
{
    const wks_matrix_row *row = item->row;
    const char *const head[] = {self->pair->reference->scenario->name, self->pair->scenario->scenario->name,
                                wks_scenario_choice(self->pair->scenario->scenario, "neighbourhood", "theory")};
    const double *sum = item->sum[band];

    for (size_t k = 0; k < self->n; k++, sum += 3) {
        const double whole = item->indicator->is_sum && sum[2] > 0 ? 1 : sum[2];
        self->value[k] = whole > 0 ? sum[0] / whole : NAN;
        self->value[self->n + k] = whole > 0 ? sum[1] / whole : NAN;
    }
    const wks_stat_paired paired = wks_stat_pair(self->value, self->value + self->n, self->n);
    if (paired.n_pairs == 0) return; /* nothing to tell, or nothing that may be told */
    const double number[] = {paired.mean_reference, paired.mean_scenario, paired.mean_difference, paired.ci_low, paired.ci_high};
    for (size_t i = 0; i < 3; i++) {
        wks_csv_add_field(out, head[i], ',');
        wks_text_add_char(out, ',');
    }
    wks_text_addf(out, "%d,%s,%s,%s,", row->tick, row->date, wks_target_areas_band_name[band], row->indicator);
    wks_csv_add_field(out, row->group, ',');
    wks_text_addf(out, ",%zu", paired.n_pairs);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        wks_text_add_char(out, ',');
        wks_text_add_number(out, number[i]);
    }
    wks_text_addf(out, ",%s,%d,", wks_contrast_verdict(&paired, 0), self->n_buurten[band]);
    wks_text_add_number(out, self->households[band]);
    wks_text_add_char(out, '\n');
}

static wks_status add_pair(const wks_run_pair *pair, wks_text *out, int32_t *n_without, wks_err *err)
{
    wks_status rc = WKS_OK;
    table self = {.pair = pair, .city = pair->reference->store->city};
    int32_t n_targets = 0;

    WKS_TRY(prepare(&self, &n_targets, err));
    *n_without += n_targets == 0;
    if (n_targets == 0) goto out;
    WKS_TRY(add_up(&self, err));
    for (size_t i = 0; i < self.n_lines; i++) {
        for (int32_t k = 0; k < WKS_N_TARGET_BANDS; k++) {
            if (self.n_buurten[k] > 0) write_band(&self, &self.item[i], k, out);
        }
    }
out:
    table_free(&self);
    return rc;
}

wks_status wks_waterbed_write(const char *path, const wks_run_pair *pair, int32_t n, int32_t *out_n_without, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    int32_t n_without = 0;

    wks_text_add(&text, wks_waterbed_header);
    for (int32_t i = 0; i < n; i++)
        WKS_TRY(add_pair(&pair[i], &text, &n_without, err));
    if (out_n_without != NULL) *out_n_without = n_without;
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", path);
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    wks_text_free(&text);
    return rc;
}
