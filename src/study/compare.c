#include "study/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/par.h"
#include "base/text.h"
#include "study/contrast.h"

const char wks_compare_header[] =
    "reference,scenario,tick,date,indicator,group,scale,level,area,n_pairs,mean_reference,mean_scenario,mean_difference,ci_low,"
    "ci_high,method,p_adjusted,variance_reduction,theory,verdict\n";

enum { BLOCK = 256 };

typedef struct wks_contrast {
    size_t scenario, row, other; /* of the set, of the reference, of the scenario */
    int32_t outcome;             /* declared, -1: not */
    wks_contrast_method method;
    wks_stat_paired paired;
    double p_adjusted;
} contrast;

/* A set being compared. */
typedef struct wks_compare_work {
    const wks_compare_set *set;
    const wks_compare_options *options;
    contrast *item;
    size_t n;
    const wks_bootstrap *table; /* of the reference's replications; NULL: none are redrawn */
    bool *failed;               /* a block: no memory */
} work;

void wks_compare_pair_up(const wks_matrix *reference, size_t row_a, const wks_matrix *scenario, size_t row_b, double *a, double *b)
{
    const size_t n = reference->n_replications;
    size_t j = 0;

    for (size_t i = 0; i < n; i++) {
        while (j < scenario->n_replications && scenario->replication[j] < reference->replication[i])
            j++;
        const bool is_pair = j < scenario->n_replications && scenario->replication[j] == reference->replication[i];
        a[i] = reference->value[row_a * n + i];
        b[i] = is_pair ? scenario->value[row_b * scenario->n_replications + j] : (double)NAN;
    }
}

/* The rows that the reference and a scenario both have. */
static void list_rows(work *self)
{
    const wks_matrix *reference = self->set->reference;

    for (size_t s = 0; s < self->set->n_scenarios; s++) {
        size_t hint = 0;
        for (size_t row = 0; row < reference->n_rows; row++) {
            const size_t other = wks_matrix_find(self->set->scenario[s], &reference->row[row], hint);
            if (other == SIZE_MAX) continue;
            hint = other + 1;
            self->item[self->n++] = (contrast){.scenario = s,
                                               .row = row,
                                               .other = other,
                                               .outcome = wks_declared_find(&self->options->declared, &reference->row[row]),
                                               .method = wks_contrast_method_of(self->options->catalogue, reference->row[row].indicator),
                                               .p_adjusted = (double)NAN};
        }
    }
}

static void compare_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    const work *self = context;
    const wks_matrix *reference = self->set->reference;
    const size_t n = reference->n_replications;
    double *a = wks_mem_array(3 * n + 2 * WKS_BOOTSTRAP_REDRAWS, sizeof *a);

    self->failed[block] = a == NULL;
    for (int64_t i = begin; i < end && a != NULL; i++) {
        contrast *item = &self->item[i];
        wks_compare_pair_up(reference, item->row, self->set->scenario[item->scenario], item->other, a, a + n);
        item->paired = wks_contrast_interval(a, a + n, n, self->table, a + 2 * n, &item->method);
    }
    free(a);
}

static wks_status compare_all(work *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = self->set->reference->n_replications, n_blocks = (size_t)wks_par_blocks((int64_t)self->n, BLOCK);
    wks_bootstrap table = {0};

    self->failed = wks_mem_array(n_blocks, sizeof *self->failed);
    if (self->failed == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for contrasts");
    if (n >= WKS_CONTRAST_LEAST_PAIRS && n <= WKS_BOOTSTRAP_MOST) {
        WKS_TRY(wks_bootstrap_init(&table, n, err));
        self->table = &table;
    }
    wks_par_for((int64_t)self->n, BLOCK, self->options->threads, compare_rows, self);
    for (size_t i = 0; i < n_blocks; i++) {
        if (self->failed[i]) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu pairs", n);
    }
out:
    self->table = NULL;
    wks_bootstrap_free(&table);
    free(self->failed);
    return rc;
}

static wks_status adjust(work *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t last = wks_declared_last_tick(self->set->reference);
    double *p = wks_mem_array(self->n, sizeof *p);

    if (p == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu contrasts", self->n);
    for (size_t i = 0; i < self->n; i++) {
        const contrast *item = &self->item[i];
        p[i] = item->outcome >= 0 && self->set->reference->row[item->row].tick == last ? item->paired.p_value : (double)NAN;
    }
    wks_stat_holm(p, self->n);
    for (size_t i = 0; i < self->n; i++)
        self->item[i].p_adjusted = p[i];
out:
    free(p);
    return rc;
}

static void add_row(const work *self, const contrast *item, wks_text *out)
{
    const wks_matrix *scenario = self->set->scenario[item->scenario];
    const wks_matrix_row *key = &self->set->reference->row[item->row];
    const wks_stat_paired *paired = &item->paired;
    const char *const text[] = {key->date, key->indicator, key->group, key->scale, key->level, key->area};
    const double number[] = {(double)paired->n_pairs, paired->mean_reference, paired->mean_scenario,
                             paired->mean_difference, paired->ci_low,         paired->ci_high};

    wks_csv_add_field(out, self->set->reference->scenario, ',');
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
    wks_text_addf(out, ",%s,", wks_contrast_method_words(item->method));
    wks_text_add_number(out, item->p_adjusted);
    wks_text_add_char(out, ',');
    wks_text_add_number(out, paired->variance_reduction);
    wks_text_add_char(out, ',');
    wks_csv_add_field(out, scenario->theory == NULL ? "" : scenario->theory, ',');
    wks_text_addf(out, ",%s\n", wks_contrast_verdict(paired, wks_declared_threshold(&self->options->declared, item->outcome)));
}

static wks_status write_set(wks_file_writer *writer, const wks_compare_set *set, const wks_compare_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    work self = {.set = set, .options = options};

    self.item = wks_mem_array(set->reference->n_rows * set->n_scenarios, sizeof *self.item);
    if (self.item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for contrasts");
    list_rows(&self);
    WKS_TRY(compare_all(&self, err));
    WKS_TRY(adjust(&self, err));
    for (size_t i = 0; i < self.n; i++) {
        add_row(&self, &self.item[i], &text);
        if (text.length > 1 << 18) {
            WKS_TRY(wks_file_writer_put(writer, text.data, text.length, err));
            wks_text_clear(&text);
        }
    }
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for contrasts");
    if (text.length > 0) WKS_TRY(wks_file_writer_put(writer, text.data, text.length, err));
out:
    wks_text_free(&text);
    free(self.item);
    return rc;
}

wks_status wks_compare_write(const char *path, const wks_compare_set *set, size_t n_sets, const wks_compare_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_file_writer writer = {0};

    WKS_TRY(wks_file_writer_open(path, &writer, err));
    WKS_TRY(wks_file_writer_put(&writer, wks_compare_header, strlen(wks_compare_header), err));
    for (size_t i = 0; i < n_sets; i++)
        WKS_TRY(write_set(&writer, &set[i], options, err));
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    return rc;
}
