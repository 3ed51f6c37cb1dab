#include "cli/measure_print.h"

#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "segregation/contiguity.h"
#include "segregation/resample.h"

enum { DEFAULT_SEED = 1 };

typedef struct wks_measure_found {
    wks_index_result rows;
    wks_resample_row *draw; /* NULL: none asked for */
    size_t at;              /* next row */
} found;

bool wks_measure_print_has_draws(const wks_options *options)
{
    return options->measure.bootstrap > 0 || options->measure.permutations > 0;
}

/* ---- what may be told ---- */

static bool tells_group(const wks_measure_subject *of, int32_t group)
{
    return of->may_tell_group == NULL || group < 0 || of->may_tell_group[group];
}

static bool tells_area(const wks_measure_subject *of, int32_t group, int64_t area)
{
    if (of->may_tell_cell == NULL || area < 0) return true;
    for (size_t g = 0; g < of->table->n_groups; g++)
        if ((group < 0 || g == (size_t)group) && !of->may_tell_cell[g * of->table->n_areas + (size_t)area]) return false;
    return true;
}

static bool tells(const wks_measure_subject *of, const wks_index_row *row)
{
    if (!tells_group(of, row->group) || !tells_group(of, row->versus) || !tells_area(of, row->group, row->area)) return false;
    for (size_t g = 0; row->group < 0 && g < of->table->n_groups; g++)
        if (!tells_group(of, (int32_t)g)) return false;
    return true;
}

/* ---- rows ---- */

static void add_row(const wks_measure_subject *of, const wks_index_row *from, const wks_resample_row *draw, wks_measure_rows *out)
{
    const bool told = tells(of, from);
    wks_measure_row row = wks_measure_rows_plain(wks_index_table[from->index].name, told ? from->value : (double)NAN);

    if (from->group >= 0) row.group = of->group[from->group];
    if (from->versus >= 0) row.versus = of->group[from->versus];
    if (from->area >= 0) row.area = of->area[from->area];
    if (draw != NULL && told) {
        row.ci_low = draw->ci_low;
        row.ci_high = draw->ci_high;
        row.p_value = draw->p_value;
        row.debiased = draw->debiased;
        row.chance = draw->chance;
    }
    wks_measure_rows_add(out, &row);
}

static void add_index(const wks_measure_subject *of, int32_t index, found *self, wks_measure_rows *out)
{
    for (; self->at < self->rows.n && self->rows.row[self->at].index == index; self->at++)
        if (wks_measure_choice_has(of->choice, &self->rows.row[self->at]))
            add_row(of, &self->rows.row[self->at], self->draw == NULL ? NULL : &self->draw[self->at], out);
}

/* ---- values ---- */

/* What a reader has to know of empty cells. */
static void warn(const wks_options *options, const wks_measure_subject *of)
{
    const bool *index = of->choice->index;
    const wks_table *table = of->table;
    size_t n_alone = 0;

    if (!wks_table_is_whole(table)) {
        if (wks_measure_print_has_draws(options))
            wks_log_say(WKS_LOG_WARNING, "counts are not all whole: nobody can be redrawn, and what draws would say stays empty");
        if (index[WKS_INDEX_TABLE_ED_FIXED] || index[WKS_INDEX_TABLE_DMOD_FIXED])
            wks_log_say(WKS_LOG_WARNING, "counts are not all whole: ED_fixed and Dmod_fixed are not defined");
    }
    if (!index[WKS_INDEX_TABLE_MORAN_B] && !index[WKS_INDEX_TABLE_MORAN_W]) return;
    for (size_t i = 0; i < table->n_areas; i++)
        n_alone +=
            table->total[i] > 0 && !wks_contiguity_takes_part(table->total, of->place->contiguity->start, of->place->contiguity->to, i);
    if (n_alone > 0)
        wks_log_say(WKS_LOG_WARNING, "%zu area%s with residents but no neighbours with residents %s left out of Moran's I", n_alone,
                    n_alone == 1 ? "" : "s", n_alone == 1 ? "is" : "are");
}

static wks_status compute(const wks_options *options, const wks_measure_subject *of, found *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_resample_plan plan = {.n_bootstrap = options->measure.bootstrap,
                                    .n_permutations = options->measure.permutations,
                                    .seed = options->seed < 0 ? DEFAULT_SEED : (uint64_t)options->seed,
                                    .threads = options->threads};

    WKS_TRY(wks_index_compute(of->table, of->place, of->choice->index, options->threads, &out->rows, err));
    if (!wks_measure_print_has_draws(options)) goto out;
    out->draw = wks_mem_array(out->rows.n, sizeof *out->draw);
    if (out->draw == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for draws of %zu values", out->rows.n);
    WKS_TRY(wks_resample_rows(of->table, of->place, of->choice->index, &out->rows, &plan, out->draw, err));
out:
    return rc;
}

wks_status wks_measure_print_add(const wks_options *options, const wks_measure_subject *subject, size_t n, wks_measure_rows *out,
                                 wks_err *err)
{
    wks_status rc = WKS_OK;
    found *each = wks_mem_array(n, sizeof *each);

    if (each == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for values of %zu tables", n);
    if (n > 0) warn(options, &subject[0]); /* the others are of the same areas */
    for (size_t k = 0; k < n; k++)
        WKS_TRY(compute(options, &subject[k], &each[k], err));
    for (int32_t i = 0; i < wks_index_count; i++)
        for (size_t k = 0; k < n; k++)
            add_index(&subject[k], i, &each[k], out);
out:
    for (size_t k = 0; each != NULL && k < n; k++) {
        wks_index_result_free(&each[k].rows);
        free(each[k].draw);
    }
    free(each);
    return rc;
}
