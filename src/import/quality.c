#include "import/quality.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "import/estimate.h"
#include "import/estimate_buurten.h"
#include "import/estimate_model.h"
#include "import/national.h"

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

static bool any_origin(const wks_draft *draft, int32_t column, wks_city_origin origin)
{
    for (int32_t i = 0; i < draft->n_buurten; i++)
        if (draft->buurt[i].origin[column] == origin) return true;
    return false;
}

static void add_parameters(int32_t first, int32_t n, wks_text *out)
{
    wks_text_add(out, "| coefficient | value | range | unit | source |\n|---|---|---|---|---|\n");
    for (int32_t k = first; k < first + n; k++) {
        const wks_estimate_parameter *p = &wks_estimate_table[k];
        char value[32], low[32], high[32];
        wks_text_addf(out, "| %s | %s | %s to %s | %s | %s |\n", p->name, wks_text_number(p->value, value), wks_text_number(p->low, low),
                      wks_text_number(p->high, high), p->unit, p->source);
    }
    wks_text_add(out, "\n");
}

/* Surface is estimated, too, but from polygons. */
static bool is_modelled(const wks_draft *draft, wks_city_column column)
{
    return wks_estimate_model_of(column)[0] != '\0' && wks_estimate_buurten_covers(draft, column);
}

static bool lacks_figure(const wks_draft *draft, wks_city_column column)
{
    for (int32_t g = 0; g < draft->n_gemeenten; g++)
        if (!isfinite(draft->gemeente[g].value[column])) return true;
    return false;
}

/* The country's figures that a value depends on. */
static void add_national(const wks_draft *draft, bool income, wks_text *out)
{
    bool any = false;
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        bool used = income && (c == WKS_CITY_income_per_person_eur || c == WKS_CITY_woz_eur || c == WKS_CITY_bijstand ||
                               c == WKS_CITY_age_00_14 || c == WKS_CITY_age_15_24 || c == WKS_CITY_persons);
        used |= is_modelled(draft, (wks_city_column)c) && lacks_figure(draft, (wks_city_column)c);
        if (!used && !any_origin(draft, c, WKS_CITY_ORIGIN_national)) continue;
        if (!any) wks_text_add(out, "| national figure | value | source |\n|---|---|---|\n");
        any = true;
        wks_text_addf(out, "| %s | ", wks_city_column_table[c].name);
        wks_text_add_number(out, draft->nation.value[c]);
        wks_text_addf(out, " | %s |\n",
                      draft->nation.origin[c] == WKS_CITY_ORIGIN_published ? "the file's own row" : wks_national_table[c].source);
    }
    wks_text_add(out, any ? "\n" : "None.\n\n");
}

static bool any_covered(const wks_draft *draft)
{
    for (int32_t c = WKS_CITY_households; c <= WKS_CITY_address_density; c++)
        if (c != WKS_CITY_income_per_person_eur && is_modelled(draft, (wks_city_column)c)) return true;
    return false;
}

/* How the scores of buurten without their own came about. */
static void add_scores(const wks_draft *draft, wks_text *out)
{
    bool any = false;
    if (draft->has_leefbaarometer_2)
        wks_text_addf(
            out,
            "The Leefbaarometer 2.0%s%s gives scores of wijken (won, vrz, fys, and onv from veiligheid; other constructs than those "
            "of 3.0): buurten of a wijk without a score of 3.0 have its score (origin `wijk`).\n\n",
            draft->lbm_2_year[0] != '\0' ? " of " : "", draft->lbm_2_year);
    for (int32_t c = WKS_CITY_lbm_won; c <= WKS_CITY_lbm_onv; c++) {
        wks_quality_column q;
        wks_quality_of_column(draft, (wks_city_column)c, &q);
        if (q.n[WKS_CITY_ORIGIN_estimated] == 0) continue;
        wks_text_addf(out, "%s `%s` (%d of %d buurten)",
                      any ? "," : "Estimated from the stock, where neither buurt nor wijk nor gemeente has a score:",
                      wks_city_column_table[c].name, (int)q.n[WKS_CITY_ORIGIN_estimated], (int)draft->n_buurten);
        any = true;
    }
    if (!any) return;
    wks_text_add(out,
                 ". The formula is: constant, share of corporatie dwellings, share of single-family dwellings, log of the address density "
                 "relative to 1969 per km2. It describes how stock and score go together, not what causes what.\n\n");
    add_parameters(WKS_ESTIMATE_lbm_won, WKS_ESTIMATE_N - WKS_ESTIMATE_lbm_won, out);
}

static void add_assumptions(const wks_draft *draft, wks_text *out)
{
    bool income = any_origin(draft, WKS_CITY_income_per_person_eur, WKS_CITY_ORIGIN_estimated);
    wks_text_add(out, "## Formulas and national figures used\n\n");
    if (income) {
        wks_text_add(out, "`income_per_person_eur` is estimated: reference income times exp(sum of coefficient times difference from the "
                          "reference area), where the reference "
                          "is the nearest of wijk, gemeente and country whose income is published.\n\n");
        if (any_covered(draft)) wks_text_add(out, "Where WOZ is estimated, too, this sets the level of the gemeente only.\n\n");
        add_parameters(0, WKS_ESTIMATE_lbm_won, out);
    }
    add_scores(draft, out);
    add_national(draft, income, out);
}

static void add_measured_number(wks_text *out, double value)
{
    wks_text_add(out, " ");
    if (!isfinite(value))
        wks_text_add(out, "-");
    else if (value < 1000.0)
        wks_text_addf(out, "%.1f", value);
    else
        wks_text_addf(out, "%.0f", value);
    wks_text_add(out, " |");
}

/* How many areas of a level have a figure, of how many the buurten meet it, and the largest gap. */
typedef struct fit {
    int32_t n, n_met;
    double gap, part; /* of the largest: buurten less the figure; in parts of the figure */
    const char *name;
} fit;

/* Half a unit of counts, half a per cent of shares, half a hundredth of means. */
static void fit_add(fit *f, wks_city_column column, const wks_draft_area *area, double sum, double weight)
{
    bool is_count = wks_city_column_table[column].is_count, is_share = wks_city_column_table[column].high == 1.0;
    double figure = area->value[column], allowed = is_count ? 0.5 : is_share ? 0.005 : 0.005 * figure;
    if (!isfinite(figure) || !(is_count || weight > 0.0)) return;
    double gap = (is_count ? sum : sum / weight) - figure;
    f->n++;
    f->n_met += fabs(gap) <= allowed;
    if (f->name != NULL && fabs(gap) <= fabs(f->gap)) return;
    f->gap = gap;
    f->part = figure > 0.0 ? gap / figure : 0.0;
    f->name = area->name;
}

/* Buurten of a wijk or gemeente follow each other: all are sorted by code. */
static fit fit_of(const wks_draft *draft, wks_city_column column, bool of_wijken)
{
    fit f = {0, 0, 0.0, 0.0, NULL};
    wks_city_column weight_of = column == WKS_CITY_income_per_person_eur ? WKS_CITY_persons : WKS_CITY_dwellings;
    const wks_draft_area *at = NULL;
    double sum = 0.0, weight = 0.0;
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        const wks_draft_area *buurt = &draft->buurt[i], *wijk = &draft->wijk[buurt->parent];
        const wks_draft_area *area = of_wijken ? wijk : &draft->gemeente[wijk->parent];
        if (area != at) {
            if (at != NULL) fit_add(&f, column, at, sum, weight);
            sum = weight = 0.0;
            at = area;
        }
        double w = wks_city_column_table[column].is_count ? 1.0 : buurt->value[weight_of];
        sum += w * buurt->value[column];
        weight += w;
    }
    if (at != NULL) fit_add(&f, column, at, sum, weight);
    return f;
}

static void add_gap(const fit *f, wks_city_column column, wks_text *out)
{
    if (wks_city_column_table[column].high == 1.0)
        wks_text_addf(out, "%+.2f points", 100.0 * f->gap);
    else
        wks_text_addf(out, "%+.0f, %+.2f %%", f->gap, 100.0 * f->part);
}

static void add_fit(const wks_draft *draft, wks_city_column column, wks_text *out)
{
    fit wijken = fit_of(draft, column, true), gemeenten = fit_of(draft, column, false);
    wks_text_addf(out, " %d of %d | ", (int)wijken.n, (int)draft->n_wijken);
    if (wijken.n > 0) wks_text_addf(out, "%d of %d", (int)wijken.n_met, (int)wijken.n);
    if (wijken.n_met < wijken.n) {
        wks_text_addf(out, " (largest gap %s: ", wijken.name);
        add_gap(&wijken, column, out);
        wks_text_add(out, ")");
    }
    wks_text_add(out, " | ");
    if (gemeenten.n == 0)
        wks_text_add(out, "no figure: the level is estimated, too");
    else if (gemeenten.n == 1 && draft->n_gemeenten == 1)
        wks_text_add(out, gemeenten.n_met == 1 ? "figure met" : "figure not met");
    else
        wks_text_addf(out, "%d of %d met", (int)gemeenten.n_met, (int)gemeenten.n);
    if (gemeenten.n > 0 && gemeenten.n_met < gemeenten.n) {
        wks_text_add(out, " (largest gap ");
        if (draft->n_gemeenten > 1) wks_text_addf(out, "%s: ", gemeenten.name);
        add_gap(&gemeenten, column, out);
        wks_text_add(out, ")");
    }
    if (gemeenten.n > 0 && gemeenten.n < draft->n_gemeenten)
        wks_text_addf(out, "; %d without a figure: their level is estimated, too", (int)(draft->n_gemeenten - gemeenten.n));
    wks_text_add(out, " |\n");
}

/* Columns that the buurten do not have themselves: which, and what error to expect. */
static void add_estimates(const wks_draft *draft, wks_text *out)
{
    if (!any_covered(draft)) return;
    wks_text_add(out,
                 "## Estimated per buurt\n\nThese columns were not published of the buurten. Their values are estimates made by "
                 "wijksim: they are not CBS data and must not be quoted as such.\n\nA model says how buurten deviate from their "
                 "gemeente, given age, sex, origin, density and Leefbaarometer; the figures of wijk and gemeente set the level (counts "
                 "add up, shares and WOZ as means weighted with dwellings, income with inhabitants). Where wijken disagree with their "
                 "gemeente (another year, rounding), the gemeente wins and the wijken keep their pattern. Measured here, met: to half a "
                 "unit of counts, half a percentage point, half a per cent of means.\n\n"
                 "| column | modelled as | wijken with a figure | wijken met | gemeente |\n|---|---|---|---|---|\n");
    for (int32_t c = WKS_CITY_households; c <= WKS_CITY_address_density; c++) {
        if (!is_modelled(draft, (wks_city_column)c)) continue;
        wks_text_addf(out, "| %s | %s |", wks_city_column_table[c].name, wks_estimate_model_of((wks_city_column)c));
        add_fit(draft, (wks_city_column)c, out);
    }
    wks_text_add(
        out, "\nError to expect, measured where the truth is known. Naive: the same ratio or share in every buurt of the gemeente or wijk. "
             "Estimate: constrained to the figure of the gemeente only, or to those of the wijken.\n\n"
             "| column | measured on | unit | naive gemeente | naive wijk | estimate gemeente | estimate wijk |\n"
             "|---|---|---|---|---|---|---|\n");
    for (int32_t k = 0; k < wks_estimate_model_n_measured; k++) {
        const wks_estimate_measured *m = &wks_estimate_model_measured[k];
        if (!wks_estimate_buurten_covers(draft, m->column) || (m->is_choice && m->with_lbm != draft->has_leefbaarometer)) continue;
        wks_text_addf(out, "| %s | %s | %s |", wks_city_column_table[m->column].name, m->place, m->unit);
        add_measured_number(out, m->naive_gemeente);
        add_measured_number(out, m->naive_wijk);
        add_measured_number(out, m->gemeente);
        add_measured_number(out, m->wijk);
        wks_text_add(out, "\n");
    }
    wks_text_add(out, "\n");
}

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

static void add_columns(const wks_draft *draft, wks_text *out)
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
    add_estimates(draft, out);
    add_assumptions(draft, out);
    add_columns(draft, out);
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
