#include "study/effects.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "num/stat.h"
#include "scenario/model.h"
#include "study/target_areas.h"

const char wks_effects_header[] = "reference,scenario,theory,indicator,group,level,area,mean_difference,ci_low,ci_high,eur_difference,"
                                  "hours_difference,per_million_eur,per_1000_hours,n_pairs\n";

/* What programmes are for, when a scenario names no outcomes. */
static const char *const usual[] = {
    "leefbaarheid",   "leefbaarheid_won", "leefbaarheid_fys", "leefbaarheid_vrz", "leefbaarheid_soc", "leefbaarheid_onv", "load",
    "need_met_share", "wait_p50_months",  "success_rate",     "evictions",        "turnover",         "support_waiting"};
/* Of these a mean over buurten, weighted by households, says something. */
static const char *const means[] = {"leefbaarheid",     "leefbaarheid_won", "leefbaarheid_fys", "leefbaarheid_vrz",
                                    "leefbaarheid_soc", "leefbaarheid_onv", "turnover",         "share"};

/* Replications that both have, and what the programmes of each cost. */
typedef struct wks_effects_pairs {
    const wks_effects_case *item;
    const wks_matrix *a, *b; /* of the case */
    size_t *in_a, *in_b, n;
    double *value;       /* room for 3 n: values of a, of b, weights */
    double *eur, *hours; /* what programmes cost: reference, then scenario, n each */
    int32_t last;
    wks_text *out;
} pairs;

static bool is_in(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, list[i]) == 0) return true;
    return false;
}

double wks_effects_per(double difference, double ci_low, double ci_high, size_t n_pairs, double cost, double unit)
{
    if (n_pairs < WKS_EFFECTS_PAIRS || !(cost < 0 || cost > 0) || !(ci_low > 0 || ci_high < 0)) return NAN;
    return difference / (cost / unit);
}

/* ---- money ------------------------------------------------------------------------------------------------------------------------ */

/* Adds up the totals of a run, by pair: costs above 0. */
static wks_status add_costs(const char *folder, const wks_matrix *matrix, const size_t *in, size_t n, double *eur, double *hours,
                            wks_err *err)
{
    wks_status rc = WKS_OK;
    static const char *const name[] = {"replication", "owner", "item", "measured_in", "amount"};
    int column[5];
    wks_csv csv = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    char *path = wks_file_join(folder, "budget.csv");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (wks_csv_read(path, ',', false, &csv, &problems, err) != WKS_OK) WKS_FAIL(err, WKS_ERR_IO, "%s cannot be read", path);
    for (int i = 0; i < 5; i++) {
        column[i] = wks_csv_column(&csv, name[i]);
        if (column[i] < 0) WKS_FAIL(err, WKS_ERR_IO, "%s has no column %s", path, name[i]);
    }
    for (size_t row = 0; row < csv.n_rows; row++) {
        int64_t number = 0;
        double amount = NAN;
        if (strcmp(wks_csv_cell(&csv, row, column[1]), "total") != 0 || strcmp(wks_csv_cell(&csv, row, column[2]), "total") != 0) continue;
        const char *told = wks_csv_cell(&csv, row, column[4]); /* empty: too few to be told */
        if (!wks_text_parse_int64(wks_csv_cell(&csv, row, column[0]), &number) ||
            (told[0] != '\0' && !wks_text_parse_double(told, &amount)))
            WKS_FAIL(err, WKS_ERR_IO, "%s:%d: not a row of costs", path, wks_csv_line(&csv, row));
        const bool is_eur = strcmp(wks_csv_cell(&csv, row, column[3]), "EUR") == 0;
        for (size_t k = 0; k < n; k++) {
            if (matrix->replication[in[k]] != number) continue;
            *(is_eur ? &eur[k] : &hours[k]) += is_eur ? -amount : amount;
        }
    }
out:
    wks_csv_free(&csv);
    wks_problems_free(&problems);
    free(path);
    return rc;
}

static wks_status pair_up(pairs *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_matrix *a = self->a, *b = self->b;
    const size_t most = a->n_replications;

    self->in_a = wks_mem_array(most, sizeof *self->in_a);
    self->in_b = wks_mem_array(most, sizeof *self->in_b);
    self->value = wks_mem_array(7 * most, sizeof *self->value);
    if (self->in_a == NULL || self->in_b == NULL || self->value == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu pairs", most);
    self->eur = self->value + 3 * most;
    self->hours = self->value + 5 * most;
    for (size_t i = 0, j = 0; i < a->n_replications; i++) {
        while (j < b->n_replications && b->replication[j] < a->replication[i])
            j++;
        if (j == b->n_replications) break;
        if (b->replication[j] != a->replication[i]) continue;
        self->in_a[self->n] = i;
        self->in_b[self->n++] = j;
    }
    WKS_TRY(add_costs(self->item->reference_folder, a, self->in_a, self->n, self->eur, self->hours, err));
    WKS_TRY(add_costs(self->item->scenario_folder, b, self->in_b, self->n, self->eur + most, self->hours + most, err));
out:
    return rc;
}

/* ---- effects ---------------------------------------------------------------------------------------------------------------------- */

/* Scenario less reference, mean over the pairs with a value under both. */
static double mean_cost(const pairs *self, const double *cost, const double *a, const double *b)
{
    const double *other = cost + self->a->n_replications;
    double sum = 0;
    size_t used = 0;

    for (size_t k = 0; k < self->n; k++) {
        if (!isfinite(a[k]) || !isfinite(b[k])) continue;
        sum += other[k] - cost[k];
        used++;
    }
    return used > 0 ? sum / (double)used : (double)NAN;
}

/* The standing pool follows the number of households: a difference of next to nothing, or within the noise, is not money that did something. */
static bool is_real(const pairs *self, const double *cost)
{
    const wks_stat_paired paired = wks_stat_pair(cost, cost + self->a->n_replications, self->n);

    return (paired.ci_low > 0 || paired.ci_high < 0) && fabs(paired.mean_difference) > WKS_EFFECTS_LEAST_COST * fabs(paired.mean_reference);
}

static double per(const pairs *self, const wks_stat_paired *paired, const double *cost, double difference, double unit)
{
    return wks_effects_per(paired->mean_difference, paired->ci_low, paired->ci_high, paired->n_pairs,
                           is_real(self, cost) ? difference : (double)NAN, unit);
}

/* A row of the values of both sides, n each. */
static void add_row(const pairs *self, const wks_matrix_row *key, const char *level, const char *area, const double *a, const double *b)
{
    const wks_matrix *reference = self->a, *scenario = self->b;
    const wks_stat_paired paired = wks_stat_pair(a, b, self->n);
    const double eur = mean_cost(self, self->eur, a, b), hours = mean_cost(self, self->hours, a, b);
    const double number[] = {
        paired.mean_difference,
        paired.ci_low,
        paired.ci_high,
        eur,
        hours,
        per(self, &paired, self->eur, eur, 1e6),
        per(self, &paired, self->hours, hours, 1e3),
        (double)paired.n_pairs,
    };
    const char *const text[] = {
        reference->scenario, scenario->scenario, scenario->theory == NULL ? "" : scenario->theory, key->indicator, key->group, level, area};

    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        if (i > 0) wks_text_add_char(self->out, ',');
        wks_csv_add_field(self->out, text[i], ',');
    }
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        wks_text_add_char(self->out, ',');
        if (isfinite(number[i])) wks_text_add_number(self->out, number[i]);
    }
    wks_text_add_char(self->out, '\n');
}

static void take(const wks_matrix *matrix, size_t row, const size_t *in, size_t n, double *out)
{
    for (size_t k = 0; k < n; k++)
        out[k] = matrix->value[row * matrix->n_replications + in[k]];
}

/* Adds a buurt to the weighted sums of both sides. The households of the reference at tick 0 are the weights of both, so that a difference is of the value and not of who
 * lives where; a value that is not told leaves the mean of that pair undefined. */
static void add_weighted(const pairs *self, size_t row_a, size_t row_b, double *sum_a, double *sum_b, double *weight)
{
    const wks_matrix *a = self->a, *b = self->b;
    wks_matrix_row key = a->row[row_a];

    key.tick = 0;
    key.date = "";
    key.indicator = "households";
    key.group = "";
    const size_t households = wks_matrix_find(a, &key, SIZE_MAX);
    for (size_t k = 0; k < self->n; k++) {
        const double w = households == SIZE_MAX ? (double)NAN : a->value[households * a->n_replications + self->in_a[k]];
        if (w == 0) continue; /* nobody lives there */
        sum_a[k] += w * a->value[row_a * a->n_replications + self->in_a[k]];
        sum_b[k] += w * b->value[row_b * b->n_replications + self->in_b[k]];
        weight[k] += w;
    }
}

/* The buurten of the areas together, for the indicator and group of the row that stands first of them. */
static void add_together(const pairs *self, size_t first)
{
    const wks_matrix *a = self->a, *b = self->b;
    const size_t n = self->n;
    double *sum_a = self->value, *sum_b = sum_a + n, *weight = sum_b + n;
    size_t hint = SIZE_MAX;

    memset(self->value, 0, 3 * n * sizeof *self->value);
    for (size_t i = first; i < a->n_rows; i++) {
        const wks_matrix_row *row = &a->row[i];
        if (row->tick != self->last || strcmp(row->level, "buurt") != 0 || strcmp(row->indicator, a->row[first].indicator) != 0 ||
            strcmp(row->group, a->row[first].group) != 0 || !is_in(row->area, self->item->area, self->item->n_areas))
            continue;
        const size_t other = wks_matrix_find(b, row, hint);
        if (other == SIZE_MAX) continue;
        hint = other + 1;
        add_weighted(self, i, other, sum_a, sum_b, weight);
    }
    for (size_t k = 0; k < n; k++) {
        sum_a[k] = weight[k] > 0 ? sum_a[k] / weight[k] : (double)NAN;
        sum_b[k] = weight[k] > 0 ? sum_b[k] / weight[k] : (double)NAN;
    }
    add_row(self, &a->row[first], "areas", "", sum_a, sum_b);
}

/* Whether no row before this one is of the same indicator and group and of a buurt of the areas. */
static bool is_first(const pairs *self, size_t row)
{
    const wks_matrix *a = self->a;

    for (size_t i = row; i-- > 0;) {
        const wks_matrix_row *other = &a->row[i];
        if (other->tick == self->last && strcmp(other->level, "buurt") == 0 && strcmp(other->indicator, a->row[row].indicator) == 0 &&
            strcmp(other->group, a->row[row].group) == 0 && is_in(other->area, self->item->area, self->item->n_areas))
            return false;
    }
    return true;
}

static void add_rows(const pairs *self, const char *const *declared, size_t n_declared)
{
    const wks_matrix *a = self->a, *b = self->b;
    const bool by_default = n_declared == 0;
    size_t hint = SIZE_MAX;

    for (size_t i = 0; i < a->n_rows; i++) {
        const wks_matrix_row *row = &a->row[i];
        const bool is_city = row->area[0] == '\0';
        if (row->tick != self->last || (by_default && row->group[0] != '\0') ||
            (!is_city && !is_in(row->area, self->item->area, self->item->n_areas)) ||
            !is_in(row->indicator, by_default ? usual : declared, by_default ? sizeof usual / sizeof *usual : n_declared) ||
            row->scale[0] != '\0')
            continue;
        const size_t other = wks_matrix_find(b, row, hint);
        if (other == SIZE_MAX) continue;
        hint = other + 1;
        if (strcmp(row->level, "buurt") == 0 && is_in(row->indicator, means, sizeof means / sizeof *means) && is_first(self, i))
            add_together(self, i);
        take(a, i, self->in_a, self->n, self->value);
        take(b, other, self->in_b, self->n, self->value + self->n);
        add_row(self, row, row->level, row->area, self->value, self->value + self->n);
    }
}

static void free_pairs(pairs *self)
{
    free(self->in_a);
    free(self->in_b);
    free(self->value);
}

static int32_t last_tick(const wks_matrix *matrix)
{
    int32_t last = 0;
    for (size_t i = 0; i < matrix->n_rows; i++)
        last = matrix->row[i].tick > last ? matrix->row[i].tick : last;
    return last;
}

wks_status wks_effects_write(const char *path, const wks_effects_case *item, size_t n, const char *const *declared, size_t n_declared,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    pairs self = {0};

    wks_text_add(&text, wks_effects_header);
    for (size_t i = 0; i < n; i++) {
        self = (pairs){.item = &item[i], .a = item[i].reference, .b = item[i].scenario, .last = last_tick(item[i].reference), .out = &text};
        WKS_TRY(pair_up(&self, err));
        add_rows(&self, declared, n_declared);
        free_pairs(&self);
        self = (pairs){0};
    }
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", path);
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    free_pairs(&self);
    wks_text_free(&text);
    return rc;
}

/* ---- pairs of a comparison -------------------------------------------------------------------------------------------------------- */

/* Codes of the target buurten, and of wijken that are targets as a whole; malloc'ed. */
static wks_status name_areas(const wks_run_pair *pair, const char ***out, size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_city *city = pair->reference->store->city;
    bool *is_target = wks_mem_array((size_t)city->n_buurten, sizeof *is_target);
    const char **area = wks_mem_array((size_t)city->n_buurten + (size_t)city->n_wijken, sizeof *area);
    size_t n = 0;

    *out = area;
    *out_n = 0;
    if (is_target == NULL || area == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the areas of a comparison");
    (void)wks_target_areas_find(pair->reference->scenario, pair->scenario->scenario, city, is_target);
    for (int32_t w = 0; w < city->n_wijken; w++) {
        bool any = false, all = true;
        for (int32_t b = 0; b < city->n_buurten; b++) {
            if (city->buurt[b].parent != w) continue;
            any = any || is_target[b];
            all = all && is_target[b];
        }
        if (any && all) area[n++] = city->wijk[w].code;
    }
    for (int32_t b = 0; b < city->n_buurten; b++)
        if (is_target[b]) area[n++] = city->buurt[b].code;
    *out_n = n;
out:
    free(is_target);
    return rc;
}

wks_status wks_effects_of_pairs(const char *folder, const wks_run_pair *pair, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_effects_case *item = NULL;
    const char ***area = NULL;
    char *path = NULL;

    if (n == 0 || !wks_model_has_city(pair[0].reference->scenario)) return WKS_OK;
    const wks_output *output = &pair[0].reference->scenario->output;
    item = wks_mem_array((size_t)n, sizeof *item);
    area = wks_mem_array((size_t)n, sizeof *area);
    path = wks_file_join(folder, "effects.csv");
    if (item == NULL || area == NULL || path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the effects");
    for (int32_t i = 0; i < n; i++) {
        WKS_TRY(name_areas(&pair[i], &area[i], &item[i].n_areas, err));
        item[i].area = area[i];
        item[i].reference = pair[i].reference_matrix;
        item[i].scenario = pair[i].scenario_matrix;
        item[i].reference_folder = pair[i].reference->store->folder;
        item[i].scenario_folder = pair[i].scenario->store->folder;
    }
    WKS_TRY(wks_effects_write(path, item, (size_t)n, (const char *const *)output->indicator, (size_t)output->n_indicators, err));
out:
    for (int32_t i = 0; area != NULL && i < n; i++)
        free(area[i]);
    free(area);
    free(item);
    free(path);
    return rc;
}
