#include "segregation/multigroup.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/math.h"

static bool is_present(const wks_table *table, size_t group)
{
    return table->group_total[group] > 0.0;
}

/* Everybody but the group, and so 1 - P_k to full precision also where P_k is nearly 1. */
static double all_others(const wks_table *table, size_t group)
{
    double sum = 0.0;
    for (size_t k = 0; k < table->n_groups; k++)
        sum += k == group ? 0.0 : table->group_total[k];
    return sum;
}

double wks_multigroup_entropy(const wks_table *table)
{
    double sum = 0.0;
    if (!(table->all > 0.0)) return (double)NAN;
    for (size_t k = 0; k < table->n_groups; k++) {
        if (!is_present(table, k)) continue;
        const double p = table->group_total[k] / table->all;
        sum -= p * (p > 0.5 ? wks_math_log1p(-(all_others(table, k) / table->all)) : wks_math_log(p));
    }
    return sum;
}

double wks_multigroup_information(const wks_table *table, int threads)
{
    double sum = 0.0;
    if (!(table->all > 0.0)) return (double)NAN;
    for (size_t k = 0; k < table->n_groups; k++)
        sum += wks_evenness_information(wks_table_group(table, k), table->total, table->n_areas, threads);
    return sum;
}

/* Sums over the groups present of what the two-group indices hold: |.|, (.)^2 and pairs, in units of T. */
typedef struct added {
    double deviation, gini, square, information, relative, poolable; /* the last two: squares over P_k and over 1 - P_k */
    double interaction;
    size_t n_present;
} added;

static added added_of(const wks_table *table, const wks_evenness *each)
{
    added sum = {0};
    for (size_t k = 0; k < table->n_groups; k++) {
        if (!is_present(table, k)) continue;
        const double p = table->group_total[k] / table->all, q = all_others(table, k) / table->all;
        sum.n_present++;
        sum.information += each[k].information;
        sum.interaction += p * q;
        if (!(q > 0.0)) continue; /* alone: nothing deviates */
        sum.deviation += 2.0 * p * q * each[k].d;
        sum.gini += p * q * each[k].g;
        sum.square += p * q * each[k].eta2;
        sum.relative += q * each[k].eta2;
        sum.poolable += p * each[k].eta2;
    }
    return sum;
}

static const double not_defined = (double)NAN;

void wks_multigroup_from(const wks_table *table, const wks_evenness *each, wks_multigroup *out)
{
    *out = (wks_multigroup){not_defined, not_defined, not_defined, not_defined, not_defined, not_defined,
                            not_defined, not_defined, not_defined, not_defined, not_defined};
    if (!(table->all > 0.0)) return;
    const added sum = added_of(table, each);
    out->e = wks_multigroup_entropy(table);
    if (table->n_groups > 1) out->e_norm = wks_math_clamp(out->e / wks_math_log((double)table->n_groups), 0.0, 1.0);
    out->i = sum.interaction;
    out->sc = 1.0 - sum.interaction;
    out->m = sum.information;
    if (sum.n_present < 2) return;
    out->d = wks_math_clamp(sum.deviation / (2.0 * sum.interaction), 0.0, 1.0); /* all of these: rounding only */
    out->g = wks_math_clamp(sum.gini / sum.interaction, 0.0, 1.0);
    out->r = wks_math_clamp(sum.square / sum.interaction, 0.0, 1.0);
    out->h = wks_math_clamp(sum.information / out->e, 0.0, 1.0);
    out->c = wks_math_clamp(sum.relative / (double)(sum.n_present - 1), 0.0, 1.0);
    out->p = wks_math_clamp(sum.poolable, 0.0, 1.0);
}

wks_status wks_multigroup_of(const wks_table *table, int parts, int threads, wks_multigroup *out, wks_err *err)
{
    wks_evenness *each = wks_mem_array(table->n_groups, sizeof *each);
    if (each == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu groups", table->n_groups);
    const wks_status rc = wks_evenness_each(table, parts, threads, each, err);
    if (rc == WKS_OK) wks_multigroup_from(table, each, out);
    free(each);
    return rc;
}
