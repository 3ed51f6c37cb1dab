#include "cli/measure_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "segregation/decompose_change.h"

enum { N_HIERARCHY = 6, N_CHANGE = 8 };
static const double precision = 1e-12, told_error = 1e-9; /* of fitted margins, as shares */

/* clang-format off */
#define BY_LEVEL   "--hierarchy"
#define BY_CHANGE  "--against"
#define LEVELS     "Theil (1972); Mora & Ruiz-Castillo (2011)"
#define LEVELS_NL  "In kleine gebieden hoog door toeval alleen, en dat komt vooral in het deel binnen terecht."
#define LEVELS_EN  "High by chance alone in small areas, most of which ends in the part within."
#define CHANGES_NL "Een gebied of groep met een andere naam telt als verdwenen en bijgekomen. In kleine gebieden deels toeval."
#define CHANGES_EN "An area or group under another name counts as removed and added. In small areas partly chance."
#define ALGEBRA_NL "Een andere verdeling van hetzelfde verschil; gebieden en groepen zijn niet verwisselbaar. " CHANGES_NL
#define ALGEBRA_EN "Another split of the same difference; areas and groups cannot change places. " CHANGES_EN
#define ANY        "no bounds"
const wks_measure_part wks_measure_parts_table[] = {
    { "M_between", BY_LEVEL, "0 to M", "M van de eenheden van een niveau tegenover het geheel; area: het niveau", "M of the units of a level against the whole; area: the level",
      LEVELS_NL, LEVELS_EN, "M_between = sum_uk (n_uk/T) log(p_uk/P_k), u the units of the level", LEVELS },
    { "M_within", BY_LEVEL, "0 to M", "M van gebieden binnen de eenheden van een niveau, gewogen naar bewoners", "M of areas within the units of a level, weighed by residents",
      LEVELS_NL, LEVELS_EN, "M_within = sum_u (t_u/T) M_u; M = M_between + M_within", LEVELS },
    { "M_step", BY_LEVEL, "0 to M", "wat tussen de eenheden van een niveau ligt binnen die van het volgende", "what is between the units of a level within those of the next",
      LEVELS_NL, LEVELS_EN, "M_step = M_between less that of the next level; they add up to M_between of the finest", LEVELS },
    { "H_between", BY_LEVEL, "0 to H_multi", "H_multi van de eenheden van een niveau tegenover het geheel", "H_multi of the units of a level against the whole",
      LEVELS_NL, LEVELS_EN, "H_between = M_between / E", LEVELS },
    { "H_within", BY_LEVEL, "0 to H_multi", "H_multi daarbinnen, gewogen naar bewoners en entropie", "H_multi within them, weighed by residents and entropy",
      LEVELS_NL, LEVELS_EN, "H_within = sum_u (t_u/T)(E_u/E) H_u; H_multi = H_between + H_within", LEVELS },
    { "H_step", BY_LEVEL, "0 to H_multi", "als M_step, van H_multi", "as M_step, of H_multi", LEVELS_NL, LEVELS_EN, "H_step = M_step / E", LEVELS },
#define CHANGE(x, name, range) \
    { x "_first", BY_CHANGE, range, name " van de tabel", name " of the table", CHANGES_NL, CHANGES_EN, "as " name, "Elbers (2021)" }, \
    { x "_second", BY_CHANGE, range, name " van de latere tabel", name " of the later table", CHANGES_NL, CHANGES_EN, "as " name, "Elbers (2021)" }, \
    { x "_difference", BY_CHANGE, ANY, "latere min eerste; de vijf delen hieronder tellen ertoe op", "later less first: the five parts below add up to it", \
      CHANGES_NL, CHANGES_EN, x "_difference = " x "_second - " x "_first", "Elbers (2021)" }, \
    { x "_additions", BY_CHANGE, ANY, "gebieden en groepen die alleen de latere tabel heeft", "areas and groups that only the later table has", \
      CHANGES_NL, CHANGES_EN, x "_additions = " x "_second - " x " of what both tables have, in the later one", "Elbers (2021)" }, \
    { x "_removals", BY_CHANGE, ANY, "gebieden en groepen die alleen de eerste heeft", "areas and groups that only the first has", \
      CHANGES_NL, CHANGES_EN, x "_removals = " x " of what both tables have, in the first one - " x "_first", "Elbers (2021)" }, \
    { x "_group_marginal", BY_CHANGE, ANY, "de aandelen van de groepen in het geheel veranderden", "the groups' shares of all residents changed", CHANGES_NL, CHANGES_EN, \
      "1/4 [X(2,1,1) - X(1,1,1) + X(2,2,1) - X(1,2,1) + X(2,2,2) - X(1,2,2) + X(2,1,2) - X(1,1,2)], X(g,a,s) the index of shares of groups of table g, of areas of a, odds ratios of s", \
      "Elbers (2021)" }, \
    { x "_area_marginal", BY_CHANGE, ANY, "de aandelen van de gebieden in het geheel veranderden", "the areas' shares of all residents changed", CHANGES_NL, CHANGES_EN, \
      "1/4 [X(1,2,1) - X(1,1,1) + X(2,2,1) - X(2,1,1) + X(2,2,2) - X(2,1,2) + X(1,2,2) - X(1,1,2)]", "Elbers (2021)" }, \
    { x "_structural", BY_CHANGE, ANY, "wie bij wie woont veranderde, los van aandelen van groepen en gebieden", \
      "who lives with whom changed, shares of groups and areas apart", CHANGES_NL, CHANGES_EN, "1/2 [X(1,1,2) - X(1,1,1) + X(2,2,2) - X(2,2,1)]", "Elbers (2021)" },
    CHANGE("M", "M", "0 to any")
    CHANGE("H", "H_multi", "0 to 1")
#undef CHANGE
    { "M_mrc_group_marginal", BY_CHANGE, ANY, "het deel van de groepen: entropie van het geheel", "the part of the groups: entropy of the whole",
      ALGEBRA_NL, ALGEBRA_EN, "E(2) - E(1)", "Mora & Ruiz-Castillo (2009)" },
    { "M_mrc_area_marginal", BY_CHANGE, ANY, "het deel van de gebieden: hun aandelen", "the part of the areas: their shares",
      ALGEBRA_NL, ALGEBRA_EN, "-1/2 sum_i [t_i(2)/T(2) - t_i(1)/T(1)] [E_i(1) + E_i(2)]", "Mora & Ruiz-Castillo (2009)" },
    { "M_mrc_structural", BY_CHANGE, ANY, "het deel van de structuur: entropie van gebieden", "the part of structure: entropies of areas",
      ALGEBRA_NL, ALGEBRA_EN, "-1/2 sum_i [t_i(1)/T(1) + t_i(2)/T(2)] [E_i(2) - E_i(1)]", "Mora & Ruiz-Castillo (2009)" },
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
    if (change.fit_error > told_error)
        wks_log_say(WKS_LOG_WARNING, "--against: shares were fitted to %.1g only; parts by margins and structure have errors of that order",
                    change.fit_error);
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
