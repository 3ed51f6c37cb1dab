#include "import/quality.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "import/quality_columns.h"
#include "import/quality_estimates.h"

void wks_quality_csv(const wks_draft *draft, wks_text *out)
{
    wks_text_add(out, "area,column,value,origin\n");
    for (int32_t i = 0; i < draft->n_buurten; i++)
        for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
            const wks_draft_area *buurt = &draft->buurt[i];
            wks_csv_add_field(out, buurt->code, ',');
            wks_text_addf(out, ",%s,", wks_city_column_table[c].name);
            wks_text_add_number(out, buurt->value[c]);
            wks_text_addf(out, ",%s\n", wks_folder_origin(buurt->origin[c]));
        }
}

/* Shares of dwellings and values of dwellings are compared as means weighted with dwellings. */
static bool is_of_dwellings(wks_city_column column)
{
    return column >= WKS_CITY_share_vacant && column <= WKS_CITY_woz_eur;
}

static double gemeenten_figure(const wks_draft *draft, wks_city_column column, bool is_mean)
{
    double sum = 0.0, weight = 0.0;
    for (int32_t g = 0; g < draft->n_gemeenten; g++) {
        double w = is_mean ? draft->gemeente[g].value[WKS_CITY_dwellings] : 1.0;
        sum += w * draft->gemeente[g].value[column]; /* NaN when one lacks it: then nothing is compared */
        weight += w;
    }
    return is_mean ? sum / weight : sum;
}

void wks_quality_of_column(const wks_draft *draft, wks_city_column column, wks_quality_column *out)
{
    bool is_count = wks_city_column_table[column].is_count || column == WKS_CITY_area_ha, is_mean = is_of_dwellings(column);
    double sum = 0.0, weight = 0.0;
    memset(out, 0, sizeof *out);
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        const wks_draft_area *buurt = &draft->buurt[i];
        double w = is_mean ? buurt->value[WKS_CITY_dwellings] : 1.0;
        out->n[buurt->origin[column]]++;
        sum += w * buurt->value[column];
        weight += w;
    }
    out->sum = out->published_sum = NAN;
    if (!is_count && !is_mean) return;
    out->sum = is_mean ? sum / weight : sum;
    out->published_sum = gemeenten_figure(draft, column, is_mean);
}

void wks_quality_check_sums(const wks_draft *draft, const char *file, wks_problems *problems)
{
    static const wks_city_column checked[] = {WKS_CITY_persons, WKS_CITY_households, WKS_CITY_dwellings};
    static const double tolerance = 0.02;
    int32_t first = 0, end = 0; /* buurten of a gemeente follow each other: both are sorted by code */
    for (int32_t g = 0; g < draft->n_gemeenten; g++, first = end) {
        while (end < draft->n_buurten && draft->wijk[draft->buurt[end].parent].parent == g)
            end++;
        for (size_t k = 0; k < sizeof checked / sizeof *checked; k++) {
            double whole = draft->gemeente[g].value[checked[k]], sum = 0.0, n = (double)(end - first);
            for (int32_t i = first; i < end; i++)
                sum += draft->buurt[i].value[checked[k]];
            if (!(fabs(sum - whole) > tolerance * whole + 5.0 * n)) continue; /* also when the gemeente has no figure */
            wks_problems_warning(problems, file, 0, 0,
                                 "%s: the %.0f buurten of %s add up to %.0f but the gemeente has %.0f; are rows missing?",
                                 wks_city_column_table[checked[k]].name, n, draft->gemeente[g].name, sum, whole);
        }
    }
}

static void add_percent(wks_text *out, double part, double whole)
{
    double tenths = whole > 0.0 ? floor(1000.0 * part / whole + 0.5) / 10.0 : 0.0;
    wks_text_addf(out, "%.1f", tenths);
}

static void add_rounded(wks_text *out, double value)
{
    double scale = fabs(value) < 10.0 ? 1e4 : 1.0;
    wks_text_add_number(out, floor(value * scale + 0.5) / scale);
}

/* Buurten without people stay in the table; water has been left out when it was read. */
static void add_empty(const wks_draft *draft, wks_text *out)
{
    int32_t n = 0;
    for (int32_t i = 0; i < draft->n_buurten; i++)
        n += !(draft->buurt[i].value[WKS_CITY_persons] > 0.0);
    wks_text_addf(out, "Buurten without inhabitants: %d of %d.\n\n", (int)n, (int)draft->n_buurten);
}

static void add_origins(const wks_draft *draft, wks_text *out)
{
    wks_text_add(
        out, "## Where the values come from\n\nNumber of buurten by origin; `filled` is the share that CBS or BZK did not publish of the "
             "buurt itself.\n\n"
             "| column | published | rounded | wijk | gemeente | national | estimated | filled % |\n|---|---|---|---|---|---|---|---|\n");
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        wks_quality_column q;
        wks_quality_of_column(draft, (wks_city_column)c, &q);
        wks_text_addf(out, "| %s |", wks_city_column_table[c].name);
        for (int32_t k = WKS_CITY_ORIGIN_published; k < WKS_CITY_N_ORIGINS; k++)
            wks_text_addf(out, " %d |", (int)q.n[k]);
        wks_text_add(out, " ");
        add_percent(out, draft->n_buurten - q.n[WKS_CITY_ORIGIN_published] - q.n[WKS_CITY_ORIGIN_rounded], draft->n_buurten);
        wks_text_add(out, " |\n");
    }
    wks_text_add(
        out,
        "\npublished: as published of the buurt. rounded: published, but rounded by CBS to 5 or 10. wijk, gemeente, national: filled from "
        "the figures of that "
        "area (counts by its shares times the buurt's own inhabitants or households). estimated: by a formula or model from other figures, "
        "derived from "
        "related columns, or the figure of another year brought to the inhabitants of this.\n\n");
}

/* Gemeenten whose figure is not CBS's own of this year. */
static int32_t n_not_own(const wks_draft *draft, wks_city_column column)
{
    int32_t n = 0;
    for (int32_t g = 0; g < draft->n_gemeenten; g++)
        n += isfinite(draft->gemeente[g].value[column]) && draft->gemeente[g].origin[column] != WKS_CITY_ORIGIN_published;
    return n;
}

static void add_not_own(const wks_draft *draft, wks_city_column column, wks_text *out)
{
    int32_t n = n_not_own(draft, column);
    if (n > 0 && draft->n_gemeenten == 1)
        wks_text_add(out, "of another year or derived");
    else if (n > 0)
        wks_text_addf(out, "%d of %d of another year or derived", (int)n, (int)draft->n_gemeenten);
}

static void add_sums(const wks_draft *draft, wks_text *out)
{
    wks_text_add(out,
                 "## Buurten against their gemeente\n\nCounts added, shares and values of dwellings as means weighted with dwellings. "
                 "Filled values included. CBS rounds "
                 "buurten, so small gaps are normal; they are left as they are here and reconciled when a population is made.\n\n"
                 "| column | buurten | gemeente | gap | gap % | rounded to | figure of the gemeente |\n|---|---|---|---|---|---|---|\n");
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        wks_quality_column q;
        wks_quality_of_column(draft, (wks_city_column)c, &q);
        if (!isfinite(q.sum) || !isfinite(q.published_sum)) continue;
        wks_text_addf(out, "| %s | ", wks_city_column_table[c].name);
        add_rounded(out, q.sum);
        wks_text_add(out, " | ");
        add_rounded(out, q.published_sum);
        wks_text_add(out, " | ");
        add_rounded(out, q.sum - q.published_sum);
        wks_text_add(out, " | ");
        if (q.published_sum != 0.0) wks_text_addf(out, "%.2f", floor(1e4 * (q.sum / q.published_sum - 1.0) + 0.5) / 100.0 + 0.0);
        wks_text_addf(out, " | %s | ", draft->rounding[c] == 10 ? "10" : draft->rounding[c] == 5 ? "5" : "");
        add_not_own(draft, (wks_city_column)c, out);
        wks_text_add(out, " |\n");
    }
    wks_text_add(out, "\n");
}

static void add_households(const wks_draft *draft, wks_text *out)
{
    double households = 0.0, occupied = 0.0;
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        households += draft->buurt[i].value[WKS_CITY_households];
        occupied += draft->buurt[i].value[WKS_CITY_dwellings] * (1.0 - draft->buurt[i].value[WKS_CITY_share_vacant]);
    }
    wks_text_addf(out, "Households: %.0f; occupied dwellings: %.0f (dwellings times 1 minus the share vacant).", households, occupied);
    if (households > occupied)
        wks_text_addf(out, " %.0f households live in rooms or as guests: that is normal in student cities, not an error.",
                      households - occupied);
    wks_text_add(out, "\n\n");
}

static void add_inschrijfduur(const wks_draft *draft, wks_text *out)
{
    wks_text_add(out, "## Registrations\n\n");
    if (draft->inschrijfduur_years > 0.0) {
        wks_text_add(out, "Mean inschrijfduur at letting, which the registrations at the start and their pace are set by: ");
        wks_text_add_number(out, draft->inschrijfduur_years);
        wks_text_addf(out, " years (%s).\n\n", draft->inschrijfduur_source);
    } else {
        wks_text_add(out,
                     "No published inschrijfduur at letting is known of this region: the model's own queue is used (about 12 years). Give "
                     "`--inschrijfduur YEARS` when you know it.\n\n");
    }
}

static void add_map(const wks_draft *draft, wks_text *out)
{
    wks_text_addf(out, "## Map\n\n%d of %d buurten have a polygon.", (int)draft->geometry.n_areas, (int)draft->n_buurten);
    if (draft->geometry.n_areas == 0) {
        wks_text_add(out, " Without polygons there is no map and there are no indicators based on distance.\n\n");
        return;
    }
    wks_text_add(out, "\n\n![Share of the figures of each buurt that is estimated](quality.svg)\n\n"
                      "The others get no place on the map and no indicator based on distance:\n\n");
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        const wks_draft_area *buurt = &draft->buurt[i];
        if (isfinite(buurt->x_m)) continue;
        wks_text_addf(out, "- %s %s (%.0f inhabitants, %.0f dwellings)\n", buurt->code, buurt->name, buurt->value[WKS_CITY_persons],
                      buurt->value[WKS_CITY_dwellings]);
    }
    wks_text_add(out, "\n");
}

static void add_warnings(const wks_problems *problems, wks_text *out)
{
    wks_text_add(out, "## Warnings\n\n");
    size_t n = 0;
    for (size_t i = 0; i < problems->n; i++) {
        if (!problems->item[i].is_warning) continue;
        wks_text_addf(out, "- %s\n", problems->item[i].text); /* without the path: it is another machine's */
        n++;
    }
    wks_text_add(out, n == 0 ? "None.\n" : "");
}

void wks_quality_markdown(const wks_draft *draft, const wks_problems *problems, wks_text *out)
{
    wks_text_add(out, "# Quality of the data of");
    const int32_t n_named = draft->n_gemeenten <= 10 ? draft->n_gemeenten : 5;
    for (int32_t g = 0; g < n_named; g++)
        wks_text_addf(out, "%s %s (%s)", g > 0 ? "," : "", draft->gemeente[g].name, draft->gemeente[g].code);
    if (draft->n_gemeenten > n_named) wks_text_addf(out, " and %d more", (int)(draft->n_gemeenten - n_named));
    wks_text_addf(out, "\n\n%d gemeente%s, %d wijken, %d buurten. Key figures of %d.\n\n", (int)draft->n_gemeenten,
                  draft->n_gemeenten == 1 ? "" : "n", (int)draft->n_wijken, (int)draft->n_buurten, (int)draft->year);
    add_households(draft, out);
    add_empty(draft, out);
    add_origins(draft, out);
    add_sums(draft, out);
    add_inschrijfduur(draft, out);
    add_map(draft, out);
    wks_quality_estimates_error(draft, out);
    wks_quality_estimates_formulas(draft, out);
    wks_quality_columns_read(draft, out);
    add_warnings(problems, out);
}

void wks_quality_summary(const wks_draft *draft, wks_text *out)
{
    static const wks_city_column shown[] = {WKS_CITY_persons, WKS_CITY_households, WKS_CITY_dwellings};
    int32_t n[WKS_CITY_N_ORIGINS] = {0};
    for (int32_t i = 0; i < draft->n_buurten; i++)
        for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++)
            n[draft->buurt[i].origin[c]]++;
    double all = (double)draft->n_buurten * WKS_CITY_N_COLUMNS;
    wks_text_add(out, "values:");
    for (int32_t k = WKS_CITY_ORIGIN_published; k < WKS_CITY_N_ORIGINS; k++) {
        wks_text_addf(out, "%s %s ", k > WKS_CITY_ORIGIN_published ? "," : "", wks_folder_origin((uint8_t)k));
        add_percent(out, n[k], all);
        wks_text_add(out, " %");
    }
    wks_text_add(out, "\n");
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
        wks_quality_column q;
        wks_quality_of_column(draft, shown[k], &q);
        wks_text_addf(out, "%s: buurten ", wks_city_column_table[shown[k]].name);
        add_rounded(out, q.sum);
        if (isfinite(q.published_sum)) {
            wks_text_add(out, ", gemeente ");
            add_rounded(out, q.published_sum);
            if (n_not_own(draft, shown[k]) > 0) {
                wks_text_add(out, " (");
                add_not_own(draft, shown[k], out);
                wks_text_add(out, ")");
            }
        }
        wks_text_add(out, "\n");
    }
    wks_text_addf(out, "polygons: %d of %d buurten\n", (int)draft->geometry.n_areas, (int)draft->n_buurten);
}
