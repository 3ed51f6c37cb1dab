#include "study/compare.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "num/stat.h"

const char wks_compare_header[] =
    "reference,scenario,tick,date,indicator,group,scale,level,area,n_pairs,mean_reference,mean_scenario,mean_difference,ci_low,"
    "ci_high,method,p_adjusted,variance_reduction,theory,verdict\n";

typedef struct wks_contrast {
    size_t scenario, row;
    wks_stat_paired paired;
    double p_adjusted;
} contrast;

/* Values of the reference and of the scenario at equal replication numbers. */
static size_t pair_up(const wks_matrix *reference, size_t row_a, const wks_matrix *scenario, size_t row_b, double *a, double *b)
{
    size_t n = 0, j = 0;
    for (size_t i = 0; i < reference->n_replications; i++) {
        while (j < scenario->n_replications && scenario->replication[j] < reference->replication[i])
            j++;
        if (j == scenario->n_replications) break;
        if (scenario->replication[j] != reference->replication[i]) continue;
        a[n] = reference->value[row_a * reference->n_replications + i];
        b[n] = scenario->value[row_b * scenario->n_replications + j];
        n++;
    }
    return n;
}

static const char *const usual_outcomes[] = {"wait_p50_months", "success_rate", "starters_share", "refusals_per_letting",
                                             "leefbaarheid",    "wait_mean",    "chance"};

static bool is_declared(const wks_matrix_row *row, int32_t last_tick, const char *const *declared, size_t n_declared)
{
    if (row->tick != last_tick || row->area[0] != '\0') return false;
    if (n_declared == 0) { /* the outcomes a comparison is about when a scenario names none: of everybody, not of every group */
        declared = usual_outcomes;
        n_declared = sizeof usual_outcomes / sizeof *usual_outcomes;
        if (row->group[0] != '\0') return false;
    }
    for (size_t i = 0; i < n_declared; i++) {
        if (strcmp(row->indicator, declared[i]) == 0) return true;
    }
    return false;
}

static wks_status adjust(contrast *item, size_t n, const wks_matrix *reference, const char *const *declared, size_t n_declared,
                         wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t last = 0;
    double *p = wks_mem_array(n, sizeof *p);

    if (p == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu contrasts", n);
    for (size_t i = 0; i < reference->n_rows; i++)
        last = reference->row[i].tick > last ? reference->row[i].tick : last;
    for (size_t i = 0; i < n; i++) {
        p[i] = is_declared(&reference->row[item[i].row], last, declared, n_declared) ? item[i].paired.p_value : NAN;
    }
    wks_stat_holm(p, n);
    for (size_t i = 0; i < n; i++)
        item[i].p_adjusted = p[i];
out:
    free(p);
    return rc;
}

/* Fewer pairs give an interval in name only. */
enum { LEAST_PAIRS = 10 };

const char *wks_compare_verdict(const wks_stat_paired *paired)
{
    if (paired->n_pairs == 0 || isnan(paired->mean_difference)) return "not defined";
    if (paired->mean_difference == 0 && paired->ci_low == 0 && paired->ci_high == 0) return "exactly equal";
    if (paired->n_pairs < LEAST_PAIRS) return "too few pairs";
    if (paired->ci_low > 0) return "higher";
    if (paired->ci_high < 0) return "lower";
    return "within the noise";
}

static void add_row(wks_text *out, const wks_matrix *reference, const wks_matrix *scenario, const contrast *item)
{
    const wks_matrix_row *key = &reference->row[item->row];
    const wks_stat_paired *paired = &item->paired;
    const char *const text[] = {key->date, key->indicator, key->group, key->scale, key->level, key->area};
    const double number[] = {(double)paired->n_pairs, paired->mean_reference, paired->mean_scenario,
                             paired->mean_difference, paired->ci_low,         paired->ci_high};

    wks_csv_add_field(out, reference->scenario, ',');
    wks_text_add_char(out, ',');
    wks_csv_add_field(out, scenario->scenario, ',');
    wks_text_addf(out, ",%d", key->tick);
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        wks_text_add_char(out, ',');
        wks_csv_add_field(out, text[i], ',');
    }
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        wks_text_add_char(out, ',');
        wks_text_add_number(out, number[i]);
    }
    wks_text_add(out, ",paired t,");
    wks_text_add_number(out, item->p_adjusted);
    wks_text_add_char(out, ',');
    wks_text_add_number(out, paired->variance_reduction);
    wks_text_add_char(out, ',');
    wks_csv_add_field(out, scenario->theory == NULL ? "" : scenario->theory, ',');
    wks_text_add_char(out, ',');
    wks_text_add(out, wks_compare_verdict(paired));
    wks_text_add_char(out, '\n');
}

static wks_status collect(const wks_matrix *reference, const wks_matrix *const *scenario, size_t n_scenarios, contrast *out, size_t *out_n,
                          wks_err *err)
{
    wks_status rc = WKS_OK;
    double *a = wks_mem_array(2 * reference->n_replications, sizeof *a);
    size_t n = 0;

    if (a == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for pairs");
    for (size_t s = 0; s < n_scenarios; s++) {
        size_t hint = 0;
        for (size_t row = 0; row < reference->n_rows; row++) {
            const size_t other = wks_matrix_find(scenario[s], &reference->row[row], hint);
            if (other == SIZE_MAX) continue;
            hint = other + 1;
            double *b = a + reference->n_replications;
            const size_t n_pairs = pair_up(reference, row, scenario[s], other, a, b);
            out[n++] = (contrast){s, row, wks_stat_pair(a, b, n_pairs), NAN};
        }
    }
    *out_n = n;
out:
    free(a);
    return rc;
}

static wks_status write_set(wks_file_writer *writer, const wks_compare_set *set, const char *const *declared, size_t n_declared,
                            wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    contrast *item = wks_mem_array(set->reference->n_rows * set->n_scenarios, sizeof *item);
    size_t n = 0;

    if (item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for contrasts");
    WKS_TRY(collect(set->reference, set->scenario, set->n_scenarios, item, &n, err));
    WKS_TRY(adjust(item, n, set->reference, declared, n_declared, err));
    for (size_t i = 0; i < n; i++) {
        add_row(&text, set->reference, set->scenario[item[i].scenario], &item[i]);
        if (text.length > 1 << 18) {
            WKS_TRY(wks_file_writer_put(writer, text.data, text.length, err));
            wks_text_clear(&text);
        }
    }
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for contrasts");
    if (text.length > 0) WKS_TRY(wks_file_writer_put(writer, text.data, text.length, err));
out:
    wks_text_free(&text);
    free(item);
    return rc;
}

wks_status wks_compare_write(const char *path, const wks_compare_set *set, size_t n_sets, const char *const *declared, size_t n_declared,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_file_writer writer = {0};

    WKS_TRY(wks_file_writer_open(path, &writer, err));
    WKS_TRY(wks_file_writer_put(&writer, wks_compare_header, strlen(wks_compare_header), err));
    for (size_t i = 0; i < n_sets; i++)
        WKS_TRY(write_set(&writer, &set[i], declared, n_declared, err));
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    return rc;
}
