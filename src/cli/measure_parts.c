#include "cli/measure_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "segregation/decompose_change.h"

enum { N_HIERARCHY = 6, N_CHANGE = 8 };
static const double precision = 1e-12; /* of fitted margins, as shares */

/* clang-format off */
const wks_measure_part wks_measure_parts_table[] = {
    { "M_between", "--hierarchy", "M van de eenheden van een niveau tegenover het geheel; area: het niveau", "M of the units of a level against the whole; area: the level" },
    { "M_within", "--hierarchy", "M van gebieden binnen de eenheden van een niveau, gewogen naar bewoners: M = M_between + M_within",
      "M of areas within the units of a level, weighed by residents: M = M_between + M_within" },
    { "M_step", "--hierarchy", "wat tussen de eenheden van een niveau ligt binnen die van het volgende; de stappen tellen op tot M_between van het fijnste niveau",
      "what is between the units of a level within those of the next; the steps add up to M_between of the finest level" },
    { "H_between", "--hierarchy", "H_multi van de eenheden van een niveau tegenover het geheel", "H_multi of the units of a level against the whole" },
    { "H_within", "--hierarchy", "H_multi daarbinnen, gewogen naar bewoners en entropie: H_multi = H_between + H_within",
      "H_multi within them, weighed by residents and entropy: H_multi = H_between + H_within" },
    { "H_step", "--hierarchy", "als M_step, van H_multi", "as M_step, of H_multi" },
#define CHANGE(index, name) \
    { index "_first", "--against", name " van de tabel", name " of the table" }, \
    { index "_second", "--against", name " van de latere tabel", name " of the later table" }, \
    { index "_difference", "--against", "latere min eerste; de vijf delen hieronder tellen ertoe op", "later less first: the five parts below add up to it" }, \
    { index "_additions", "--against", "gebieden en groepen die alleen de latere tabel heeft", "areas and groups that only the later table has" }, \
    { index "_removals", "--against", "gebieden en groepen die alleen de eerste heeft", "areas and groups that only the first has" }, \
    { index "_group_marginal", "--against", "de aandelen van de groepen in het geheel veranderden", "the groups' shares of all residents changed" }, \
    { index "_area_marginal", "--against", "de aandelen van de gebieden in het geheel veranderden", "the areas' shares of all residents changed" }, \
    { index "_structural", "--against", "wie bij wie woont veranderde, los van aandelen van groepen en gebieden (Elbers 2021)", \
      "who lives with whom changed, shares of groups and areas apart (Elbers 2021)" },
    CHANGE("M", "M")
    CHANGE("H", "H_multi")
#undef CHANGE
    { "M_mrc_group_marginal", "--against", "het deel van de groepen volgens Mora & Ruiz-Castillo (2009): entropie van het geheel",
      "the part of the groups by Mora & Ruiz-Castillo (2009): entropy of the whole" },
    { "M_mrc_area_marginal", "--against", "het deel van de gebieden volgens Mora & Ruiz-Castillo (2009)", "the part of the areas by Mora & Ruiz-Castillo (2009)" },
    { "M_mrc_structural", "--against", "het deel van de structuur volgens Mora & Ruiz-Castillo (2009): entropie van gebieden",
      "the part of structure by Mora & Ruiz-Castillo (2009): entropies of areas" },
};
/* clang-format on */
const int32_t wks_measure_parts_count = sizeof wks_measure_parts_table / sizeof *wks_measure_parts_table;

int32_t wks_measure_parts_find(const char *name)
{
    for (int32_t i = 0; i < wks_measure_parts_count; i++)
        if (strcmp(wks_measure_parts_table[i].name, name) == 0) return i;
    return -1;
}

static void add(const bool *wanted, int32_t part, const char *area, double value, wks_measure_rows *out)
{
    if (!wanted[part]) return;
    wks_measure_row row = wks_measure_rows_plain(wks_measure_parts_table[part].name, value);
    row.area = area;
    wks_measure_rows_add(out, &row);
}

wks_status wks_measure_parts_hierarchy(const wks_measure_input *input, const bool *wanted, wks_measure_rows *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_decompose_hierarchy parts = {0};

    WKS_TRY(wks_decompose_nested(&input->table, input->level, input->n_levels, &parts, err));
    double m_within = 0, h_within = 0; /* steps add up: no difference of large numbers */
    for (size_t l = 0; l < input->n_levels; l++) {
        m_within += parts.step[l].m;
        h_within += parts.step[l].h;
        const char *level = input->hierarchy.header[l + 1];
        const wks_decompose_step *units = &parts.step[l + 1];
        add(wanted, 0, level, units->m_between, out);
        add(wanted, 1, level, m_within, out);
        add(wanted, 2, level, units->m, out);
        add(wanted, 3, level, units->h_between, out);
        add(wanted, 4, level, h_within, out);
        add(wanted, 5, level, units->h, out);
    }
out:
    wks_decompose_free(&parts);
    return rc;
}

/* ---- change ---- */

static void add_change(const bool *wanted, int32_t first, const wks_decompose_change_parts *parts, wks_measure_rows *out)
{
    const double value[N_CHANGE] = {parts->first,    parts->second,         parts->difference,    parts->additions,
                                    parts->removals, parts->group_marginal, parts->area_marginal, parts->structural};
    for (int32_t i = 0; i < N_CHANGE; i++)
        add(wanted, first + i, "", value[i], out);
}

/* Which area and group of the second table those of the first are, by name. */
static void match(const wks_measure_input *first, const wks_measure_input *second, int64_t *area, int64_t *group)
{
    for (size_t i = 0; i < first->table.n_areas; i++)
        area[i] = wks_number_table_find(&second->file, first->file.name[i]);
    for (size_t g = 0; g < first->table.n_groups; g++) {
        group[g] = -1;
        for (size_t h = 0; h < second->table.n_groups; h++)
            if (strcmp(first->group[g], second->group[h]) == 0) group[g] = (int64_t)h;
    }
}

wks_status wks_measure_parts_change(const wks_measure_input *first, const wks_measure_input *second, const bool *wanted,
                                    wks_measure_rows *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_decompose_change change;
    int64_t *area = wks_mem_array(first->table.n_areas, sizeof *area);
    int64_t *group = wks_mem_array(first->table.n_groups, sizeof *group);

    if (area == NULL || group == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to match %zu areas", first->table.n_areas);
    match(first, second, area, group);
    const wks_decompose_change_match same = {.area = area, .group = group};
    WKS_TRY(wks_decompose_change_make(&first->table, &second->table, &same, precision, &change, NULL, err));
    add_change(wanted, N_HIERARCHY, &change.m, out);
    add_change(wanted, N_HIERARCHY + N_CHANGE, &change.h, out);
    add(wanted, N_HIERARCHY + 2 * N_CHANGE, "", change.mrc.group_marginal, out);
    add(wanted, N_HIERARCHY + 2 * N_CHANGE + 1, "", change.mrc.area_marginal, out);
    add(wanted, N_HIERARCHY + 2 * N_CHANGE + 2, "", change.mrc.structural, out);
out:
    free(area);
    free(group);
    return rc;
}
