#include "city/synth_report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"

typedef struct totals {
    int64_t reconciled[WKS_SYNTH_PLAN_N_CELLS], met[WKS_SYNTH_PLAN_N_CELLS];
} totals;

static int32_t age_class(int32_t age)
{
    return age < 15 ? 0 : (age < 25 ? 1 : (age < 45 ? 2 : (age < 65 ? 3 : 4)));
}

static void count_persons(const wks_world *world, totals *of_buurt)
{
    const wks_person_table *person = &world->person;

    for (int32_t p = 0; p < person->base.n_rows; p++) {
        if (person->key[p] == 0) continue;
        int32_t b = wks_rare_i32(&person->institution_row, p);
        if (b == WKS_NONE) b = wks_world_buurt_of(world, person->household_row[p]);
        if (b == WKS_NONE) continue; /* shelter, COA */
        int64_t *met = of_buurt[b].met;
        met[WKS_SYNTH_PLAN_PERSONS]++;
        met[WKS_SYNTH_PLAN_AGE + age_class(wks_month_age(person->birth_month[p], world->month))]++;
        met[WKS_SYNTH_PLAN_SEX + person->sex[p]]++;
        met[WKS_SYNTH_PLAN_ORIGIN + person->origin[p]]++;
    }
}

static void count_households(const wks_world *world, totals *of_buurt, wks_synth_report *out)
{
    const wks_household_table *household = &world->household;

    for (int32_t h = 0; h < household->base.n_rows; h++) {
        if (household->key[h] == 0) continue;
        if (household->place[h] != WKS_PLACE_HOUSED && household->place[h] != WKS_PLACE_HOSTED) continue;
        const wks_household_type type = wks_household_type_of(household, h);
        const int32_t b = wks_world_buurt_of(world, h);
        const int32_t kind = type == WKS_HOUSEHOLD_SINGLE                                  ? WKS_SYNTH_PLAN_ONE
                             : type == WKS_HOUSEHOLD_COUPLE || type == WKS_HOUSEHOLD_OTHER ? WKS_SYNTH_PLAN_WITHOUT
                                                                                           : WKS_SYNTH_PLAN_WITH;
        of_buurt[b].met[WKS_SYNTH_PLAN_TYPE + kind]++;
        out->hosted_households += household->place[h] == WKS_PLACE_HOSTED;
    }
}

static void count_dwellings(const wks_world *world, totals *of_buurt, wks_synth_report *out)
{
    static const int32_t tenure_of[WKS_N_TENURES] = {WKS_SYNTH_PLAN_CORPORATIE, WKS_SYNTH_PLAN_CORPORATIE, WKS_SYNTH_PLAN_PRIVATE,
                                                     WKS_SYNTH_PLAN_OWNER};
    const wks_dwelling_table *dwelling = &world->dwelling;

    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        if (dwelling->key[d] == 0) continue;
        int64_t *met = of_buurt[dwelling->buurt_row[d]].met;
        met[WKS_SYNTH_PLAN_TENURE + tenure_of[dwelling->tenure[d]]]++;
        met[WKS_SYNTH_PLAN_DWELLING + dwelling->type[d]]++;
        if (dwelling->n_units[d] == 1) continue;
        out->room_dwellings++;
        out->rooms += dwelling->n_units[d];
    }
}

static void add_rows(const char *level, const wks_city_area *area, const totals *t, bool is_buurt, wks_synth_report *out)
{
    for (int32_t margin = 0; margin < WKS_SYNTH_PLAN_N_MARGINS; margin++) {
        const wks_synth_plan_margin *m = &wks_synth_plan_margins[margin];
        for (int32_t c = 0; c < m->n; c++) {
            wks_fit_row *row = &out->row[out->n_rows++];
            const int32_t column = m->column[c] < 0 ? m->column[0] : m->column[c];
            *row = (wks_fit_row){.area = area->code,
                                 .margin = m->name,
                                 .category = m->category[c],
                                 .published = wks_synth_plan_published(area, margin, c),
                                 .reconciled = t->reconciled[m->first + c],
                                 .met = t->met[m->first + c]};
            snprintf(row->level, sizeof row->level, "%s", level);
            row->origin = wks_folder_origin(is_buurt ? area->origin[column] : WKS_CITY_ORIGIN_published);
            if (!is_buurt && !isfinite(row->published)) row->origin = "";
            const double gap = fabs(row->published - (double)row->reconciled);
            if (is_buurt && gap > out->max_gap) out->max_gap = gap;
        }
    }
}

static void add_totals(totals *to, const totals *from)
{
    for (int32_t i = 0; i < WKS_SYNTH_PLAN_N_CELLS; i++) {
        to->reconciled[i] += from->reconciled[i];
        to->met[i] += from->met[i];
    }
}

static void count_city(const wks_synth_plan_context *context, const wks_world *world, totals *of_buurt, wks_synth_report *out)
{
    const wks_city *city = context->city;
    double occupied = 0.0;
    int64_t households = 0;

    count_persons(world, of_buurt);
    count_households(world, of_buurt, out);
    count_dwellings(world, of_buurt, out);
    for (int32_t b = 0; b < city->n_buurten; b++) {
        for (int32_t i = 0; i < WKS_SYNTH_PLAN_N_CELLS; i++)
            of_buurt[b].reconciled[i] = context->plan[b].target.n[i];
        occupied += context->plan[b].target.dwellings * (1.0 - city->buurt[b].value[WKS_CITY_share_vacant]);
        households += context->plan[b].target.households;
        out->institution_residents += world->buurt.n_institution[b];
    }
    out->households_beyond_dwellings = households - (int64_t)(occupied + 0.5);
}

wks_status wks_synth_report_make(const wks_synth_plan_context *context, const wks_world *world, wks_synth_report *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_city *city = context->city;
    const int32_t n_areas = city->n_buurten + city->n_wijken + city->n_gemeenten;
    totals *t = wks_mem_array((size_t)n_areas, sizeof *t);

    out->row = wks_mem_array((size_t)n_areas * WKS_SYNTH_PLAN_N_CELLS, sizeof *out->row);
    if (t == NULL || out->row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the report of %d areas", n_areas);
    totals *wijk = t + city->n_buurten, *gemeente = wijk + city->n_wijken;
    count_city(context, world, t, out);
    for (int32_t b = 0; b < city->n_buurten; b++) {
        if (city->buurt[b].parent >= 0) add_totals(&wijk[city->buurt[b].parent], &t[b]);
    }
    for (int32_t w = 0; w < city->n_wijken; w++) {
        if (city->wijk[w].parent >= 0) add_totals(&gemeente[city->wijk[w].parent], &wijk[w]);
    }
    for (int32_t b = 0; b < city->n_buurten; b++)
        add_rows("buurt", &city->buurt[b], &t[b], true, out);
    for (int32_t w = 0; w < city->n_wijken; w++)
        add_rows("wijk", &city->wijk[w], &wijk[w], false, out);
    for (int32_t g = 0; g < city->n_gemeenten; g++)
        add_rows("gemeente", &city->gemeente[g], &gemeente[g], false, out);
out:
    free(t);
    return rc;
}

void wks_synth_report_free(wks_synth_report *report)
{
    free(report->row);
    *report = (wks_synth_report){0};
}
