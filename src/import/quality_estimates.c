#include "import/quality_estimates.h"

#include <math.h>

#include "import/estimate.h"
#include "import/estimate_buurten.h"
#include "import/estimate_model.h"
#include "import/national.h"
#include "import/quality.h"

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

void wks_quality_estimates_formulas(const wks_draft *draft, wks_text *out)
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

void wks_quality_estimates_error(const wks_draft *draft, wks_text *out)
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
