#include "import/quality_columns.h"

static void add_used(const char *name, const wks_draft_used *list, bool is_derived, wks_text *out)
{
    for (int32_t i = 0; i < WKS_DRAFT_MAX_USED && list[i].line != NULL; i++)
        wks_text_addf(out, "| %s | %s | %d | %d | %d | %d | %g | %s%s |\n", name, list[i].line->theirs, (int)list[i].year,
                      (int)list[i].n[WKS_AREA_GEMEENTE], (int)list[i].n[WKS_AREA_WIJK], (int)list[i].n[WKS_AREA_BUURT],
                      list[i].line->factor, is_derived ? "derived from it; " : "", list[i].line->note);
}

/* A column that no file has itself, by what it is derived from. False: by nothing. */
static bool add_derived(const wks_draft *draft, wks_city_column column, wks_text *out)
{
    static const struct {
        wks_city_column column;
        int32_t from;
    } derived[] = {{WKS_CITY_households, WKS_COLUMNS_income_households},
                   {WKS_CITY_income_per_person_eur, WKS_COLUMNS_household_income},
                   {WKS_CITY_income_per_person_eur, WKS_COLUMNS_income_households},
                   {WKS_CITY_area_ha, WKS_COLUMNS_density},
                   {WKS_CITY_area_ha, WKS_COLUMNS_total_area_ha},
                   {WKS_CITY_origin_nl, WKS_COLUMNS_western},
                   {WKS_CITY_origin_nl, WKS_COLUMNS_non_western},
                   {WKS_CITY_origin_europe, WKS_COLUMNS_western},
                   {WKS_CITY_origin_outside_europe, WKS_COLUMNS_western},
                   {WKS_CITY_origin_outside_europe, WKS_COLUMNS_non_western}};
    bool any = false;
    for (size_t k = 0; k < sizeof derived / sizeof *derived; k++) {
        const wks_draft_used *list = draft->used[derived[k].from];
        if (derived[k].column != column || list[0].line == NULL) continue;
        add_used(wks_city_column_table[column].name, list, true, out);
        any = true;
    }
    return any;
}

void wks_quality_columns_read(const wks_draft *draft, wks_text *out)
{
    wks_text_add(out, "## Columns read\n\n| column | CBS name | year | gemeenten | wijken | buurten | factor | note |\n"
                      "|---|---|---|---|---|---|---|---|\n");
    for (int32_t c = 0; c < WKS_CITY_lbm_won; c++) {
        const char *name = wks_city_column_table[c].name;
        if (draft->used[c][0].line != NULL)
            add_used(name, draft->used[c], false, out);
        else if (!add_derived(draft, (wks_city_column)c, out))
            wks_text_addf(out, "| %s | - | | | | | | in no file |\n", name);
    }
    wks_text_add(out,
                 "\nNumbers of areas whose figure was taken from there. A year other than that of the city marks figures that were brought "
                 "to its inhabitants.\n\n");
}
