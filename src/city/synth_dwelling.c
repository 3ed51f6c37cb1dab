#include "city/synth_dwelling.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/month.h"
#include "city/synth_own.h"
#include "city/synth_position.h"
#include "num/draw.h"
#include "num/fit.h"
#include "num/math.h"

enum { CELLS = WKS_SYNTH_PLAN_TENURE_TYPES, COMPLEX_MEAN = 65, YEAR_FIRST = 2018, YEAR_LAST = 2026, YOUNG_AGE = 27, SENIOR_AGE = 55 };

/* --- rents ---------------------------------------------------------------------------------------------------------------- */

static const double limit_of[YEAR_LAST - YEAR_FIRST + 1][3] = {
    {710.68, 597.30, 640.14}, {720.42, 607.46, 651.03}, {737.14, 619.01, 663.40}, {752.33, 633.25, 678.66}, {763.47, 633.25, 678.66},
    {808.06, 647.19, 693.60}, {879.66, 650.43, 697.07}, {900.07, 682.96, 731.93}, {932.93, 713.02, 764.14}};
/* Huurcommissie 2026: points and maximum rent; linear between. */
static const double wws_point[5] = {40.0, 79.0, 143.0, 186.0, 218.0}, wws_rent_2026[5] = {250.26, 494.10, 932.93, 1228.07, 1447.71};

double wks_synth_dwelling_limit(int32_t year, int32_t which)
{
    const int32_t nearest = year < YEAR_FIRST ? YEAR_FIRST : (year > YEAR_LAST ? YEAR_LAST : year);

    return limit_of[nearest - YEAR_FIRST][which] * wks_math_pow(1.03, year - nearest);
}

double wks_synth_dwelling_wws_rent(int32_t year, double points)
{
    int32_t i = 0;

    while (i < 3 && points > wws_point[i + 1])
        i++;
    const double slope = (wws_rent_2026[i + 1] - wws_rent_2026[i]) / (wws_point[i + 1] - wws_point[i]);
    const double rent = wws_rent_2026[i] + slope * (points - wws_point[i]);
    return (rent > 50.0 ? rent : 50.0) * wks_synth_dwelling_limit(year, 0) / limit_of[YEAR_LAST - YEAR_FIRST][0];
}

/* Streefhuur of a corporatie: a share of the maximum, and for two in three homes capped at the aftoppingsgrens that fits its size. */
static double social_rent(int32_t year, double points, double factor, int32_t rooms, double u)
{
    const double most = wks_synth_dwelling_limit(year, 0) * 0.99, cap = wks_synth_dwelling_limit(year, rooms <= 3 ? 1 : 2);
    double rent = factor * wks_synth_dwelling_wws_rent(year, points);

    rent = rent > most ? most : rent;
    return rent > cap && u < 0.65 ? cap : rent;
}

/* --- building the lists ------------------------------------------------------------------------------------------------------ */

typedef struct builder {
    const wks_synth_plan_context *context;
    wks_synth_plan *plan;
    const double *value; /* of buurten.csv */
    wks_synth_position position;
    wks_rng rng;
    int32_t start_year, main_corporatie;
    float complex_x, complex_y;
} builder;

static const wks_tenure tenure_of[3] = {WKS_TENURE_OWNER, WKS_TENURE_SOCIAL, WKS_TENURE_PRIVATE_RENT};

static int32_t draw_built(builder *b)
{
    const double u = wks_rng_u01(&b->rng), v = wks_rng_u01(&b->rng), w = wks_rng_u01(&b->rng);
    const double prewar = b->value[WKS_CITY_address_density] > 2500.0 ? 0.4 : 0.15; /* assumption: dense buurten are older */
    int32_t year;

    if (u < b->value[WKS_CITY_share_built_since_2000] && b->start_year > 2000) {
        year = 2000 + (int32_t)(v * (b->start_year - 2000));
    } else if (w < prewar) {
        year = 1900 + (int32_t)(v * 45.0);
    } else {
        year = 1945 + (int32_t)(v * 55.0);
    }
    return year * 12 + (int32_t)wks_rng_below(&b->rng, 12);
}

/* Every run (split, campus, jongeren, senior, others; of two types) may have one complex more than its dwellings fill, owner-occupied and private
 * rent have one each. */
static int32_t most_complexes(int32_t n_dwellings)
{
    return n_dwellings / COMPLEX_MEAN + 12;
}

static void add_complex(builder *b, int32_t cell, int32_t label)
{
    wks_synth_plan *plan = b->plan;
    WKS_BUG_IF(plan->n_complexes == most_complexes(plan->target.dwellings));
    wks_synth_plan_complex *c = &plan->complex[plan->n_complexes++];
    const int32_t tenure = cell / 2, n = b->context->n_corporaties;
    const double u = wks_rng_u01(&b->rng), z = wks_draw_normal(&b->rng);
    const int32_t other = 1 + (int32_t)wks_rng_below(&b->rng, (uint32_t)n);

    *c = (wks_synth_plan_complex){.label = (uint8_t)label, .built_month = draw_built(b)};
    if (tenure == WKS_SYNTH_PLAN_CORPORATIE) {
        c->owner_kind = WKS_OWNER_CORPORATIE;
        /* One corporatie owns most of a buurt, another houses the students. Assumption. */
        c->owner_number = (uint8_t)(u < 0.65 ? b->main_corporatie : other);
        if (label == WKS_LABEL_CAMPUS) c->owner_number = (uint8_t)n;
        c->rent_factor = (float)wks_math_clamp(0.86 + 0.08 * z, 0.6, 1.0);
    } else {
        c->owner_kind = (uint8_t)(tenure == WKS_SYNTH_PLAN_OWNER ? WKS_OWNER_OCCUPIER : WKS_OWNER_PRIVATE_LANDLORD);
        c->rent_factor = 1.0f;
    }
    wks_synth_position_draw(&b->position, &b->rng, &b->complex_x, &b->complex_y);
}

/* Size by tenure and type: medians of floor area in m2 (WoON, general knowledge, assumption). */
static void draw_size(builder *b, wks_synth_plan_dwelling *d, int32_t cell)
{
    static const double median[CELLS] = {122.0, 82.0, 93.0, 63.0, 105.0, 66.0};
    static const double sigma[CELLS] = {0.26, 0.30, 0.16, 0.24, 0.26, 0.34};
    const double z = wks_draw_normal(&b->rng);
    double area = median[cell] * wks_math_exp(sigma[cell] * z);

    if (d->n_units > 1) area = 14.0 * d->n_units + 18.0 + 8.0 * wks_math_clamp(z, -2.0, 2.0);
    if (d->label == WKS_LABEL_CAMPUS && d->n_units == 1) area = wks_math_clamp(26.0 + 5.0 * z, 18.0, 45.0);
    if (d->label == WKS_LABEL_JONGEREN) area = wks_math_clamp(38.0 + 8.0 * z, 22.0, 60.0);
    area = wks_math_clamp(area, 18.0, cell % 2 == 0 ? 450.0 : 1500.0);
    d->area_m2 = (float)floor(area + 0.5);
    if (d->n_units > 1) {
        d->rooms = (uint8_t)(d->n_units + 1);
    } else if (d->type == WKS_DWELLING_SINGLE_FAMILY) {
        d->rooms = (uint8_t)wks_math_clamp(floor(area / 26.0 + 0.7), 2.0, 9.0);
    } else {
        d->rooms = (uint8_t)(area < 38.0 ? 1 : (area < 55.0 ? 2 : (area < 82.0 ? 3 : (area < 110.0 ? 4 : 5))));
    }
}

static void add_dwelling(builder *b, int32_t cell, int32_t n_units, bool is_vacant, int32_t label)
{
    wks_synth_plan *plan = b->plan;
    wks_synth_plan_dwelling *d = &plan->dwelling[plan->n_dwellings++];
    const int32_t tenure = cell / 2, complex = plan->n_complexes - 1;

    *d = (wks_synth_plan_dwelling){.complex = complex,
                                   .first_unit = plan->n_units,
                                   .tenure = (uint8_t)tenure_of[tenure],
                                   .type = (uint8_t)(cell % 2),
                                   .n_units = (uint8_t)n_units,
                                   .is_vacant = is_vacant,
                                   .label = (uint8_t)label,
                                   .vacant_month = WKS_NO_MONTH};
    plan->complex[complex].n++;
    for (int32_t i = 0; i < n_units; i++)
        plan->unit_household[plan->n_units++] = -1;
    draw_size(b, d, cell);
    d->built_month = tenure == WKS_SYNTH_PLAN_CORPORATIE ? plan->complex[complex].built_month : draw_built(b);
    const double u = wks_rng_u01(&b->rng);
    const bool is_new = wks_month_year(d->built_month) >= 2000;
    d->accessible = label == WKS_LABEL_SENIOR || u < (d->type == WKS_DWELLING_SINGLE_FAMILY ? 0.04 : (is_new ? 0.5 : 0.15));
    if (tenure == WKS_SYNTH_PLAN_CORPORATIE) {
        wks_synth_position_near(&b->position, &b->rng, b->complex_x, b->complex_y, 40.0, &d->x_m, &d->y_m);
    } else {
        wks_synth_position_draw(&b->position, &b->rng, &d->x_m, &d->y_m);
    }
}

/* A run of n corporatie dwellings with one label, cut into complexes; the last `n_vacant` of a random order stand empty. */
static void add_run(builder *b, int32_t cell, int32_t n, int32_t n_vacant, int32_t label, const int32_t *n_units)
{
    int32_t done = 0, vacant_left = n_vacant;
    int32_t n_complexes = cell / 2 == WKS_SYNTH_PLAN_CORPORATIE ? (n + COMPLEX_MEAN / 2) / COMPLEX_MEAN : 1;

    n_complexes = n_complexes < 1 ? 1 : n_complexes;
    for (int32_t c = 0; c < n_complexes && n > 0; c++) {
        const double u = wks_rng_u01(&b->rng);
        const int32_t mean = (n - done) / (n_complexes - c);
        int32_t size = c == n_complexes - 1 ? n - done : (int32_t)(mean * (0.6 + 0.8 * u));
        size = size < 1 ? 1 : (size > n - done ? n - done : size);
        int32_t own = label;
        if (cell / 2 == WKS_SYNTH_PLAN_CORPORATIE && label == WKS_LABEL_NONE && cell % 2 == WKS_DWELLING_APARTMENT) {
            const double v = wks_rng_u01(&b->rng);
            if (v < wks_synth_default.label_gemengd) own = WKS_LABEL_GEMENGD;
        }
        add_complex(b, cell, own);
        for (int32_t i = 0; i < size; i++, done++) {
            const double w = wks_rng_u01(&b->rng);
            const bool is_vacant = w * (n - done) < vacant_left; /* sampling without replacement, in order */
            vacant_left -= is_vacant;
            add_dwelling(b, cell, n_units == NULL ? 1 : n_units[done], is_vacant, own);
        }
    }
}

/* Rooms of the split dwellings: 2 to 8, moved to their sum. */
static void draw_units(builder *b, int32_t n_split, int32_t *n_units)
{
    static const double share[7] = {0.10, 0.25, 0.25, 0.20, 0.10, 0.05, 0.05}; /* 2 .. 8 rooms: assumption */
    const int32_t n_rooms = b->plan->n_rooms, mean = n_split > 0 ? n_rooms / n_split : 0;
    const int32_t most = mean + 2 > 8 ? mean + 2 : 8;
    int32_t sum = 0;

    for (int32_t i = 0; i < n_split; i++) {
        n_units[i] = 2 + wks_draw_weighted(&b->rng, share, 7);
        sum += n_units[i];
    }
    while (n_split > 0 && sum != n_rooms) {
        const int32_t i = (int32_t)wks_rng_below(&b->rng, (uint32_t)n_split);
        if (sum < n_rooms && n_units[i] < most) {
            n_units[i]++;
            sum++;
        } else if (sum > n_rooms && n_units[i] > 2) {
            n_units[i]--;
            sum--;
        }
    }
}

typedef struct labels {
    int32_t campus, jongeren, senior;
} labels;

/* How many corporatie apartments carry which label: never more than seven in ten of the households there that fit it. */
static labels count_labels(const wks_synth_plan *plan)
{
    const int32_t cell = 2 * WKS_SYNTH_PLAN_CORPORATIE + WKS_DWELLING_APARTMENT;
    const double stock = plan->stock[cell];
    labels l = {0, 0, 0};
    int32_t students = 0, young = 0, seniors = 0;

    for (int32_t h = 0; h < plan->n_households; h++) {
        const wks_synth_plan_household *household = &plan->household[h];
        if (household->cell != cell) continue;
        students += household->is_student;
        young += !household->is_student && household->age_oldest <= YOUNG_AGE;
        seniors += household->age_oldest >= SENIOR_AGE;
    }
    l.campus = (int32_t)(0.7 * students);
    l.jongeren = (int32_t)(stock * wks_synth_default.label_jongeren);
    l.senior = (int32_t)(stock * wks_synth_default.label_senior);
    l.jongeren = l.jongeren > young * 7 / 10 ? young * 7 / 10 : l.jongeren;
    l.senior = l.senior > seniors * 7 / 10 ? seniors * 7 / 10 : l.senior;
    return l;
}

static void add_cell(builder *b, int32_t cell, const int32_t *n_units)
{
    const wks_synth_plan *plan = b->plan;
    const bool is_corporatie = cell / 2 == WKS_SYNTH_PLAN_CORPORATIE;
    int32_t n = plan->stock[cell] - plan->split[cell];
    labels l = {0, 0, 0};

    if (is_corporatie && plan->split[cell] > 0) add_run(b, cell, plan->split[cell], 0, WKS_LABEL_CAMPUS, n_units);
    if (is_corporatie && cell % 2 == WKS_DWELLING_APARTMENT) l = count_labels(plan);
    add_run(b, cell, l.campus, 0, WKS_LABEL_CAMPUS, NULL);
    add_run(b, cell, l.jongeren, 0, WKS_LABEL_JONGEREN, NULL);
    add_run(b, cell, l.senior, 0, WKS_LABEL_SENIOR, NULL);
    n -= l.campus + l.jongeren + l.senior;
    if (is_corporatie) add_run(b, cell, n, plan->vacant[cell], WKS_LABEL_NONE, NULL);
}

/* Owner-occupied and private rent: one complex a buurt with both types and the dwellings let in rooms. */
static void add_private(builder *b, int32_t tenure, const int32_t *n_units)
{
    const wks_synth_plan *plan = b->plan;
    bool is_open = false;

    for (int32_t cell = 2 * tenure; cell < 2 * tenure + 2; cell++) {
        int32_t vacant_left = plan->vacant[cell];
        const int32_t n = plan->stock[cell];
        if (n > 0 && !is_open) add_complex(b, cell, WKS_LABEL_NONE);
        is_open = is_open || n > 0;
        for (int32_t i = 0; i < plan->split[cell]; i++)
            add_dwelling(b, cell, *n_units++, false, WKS_LABEL_NONE);
        for (int32_t i = plan->split[cell]; i < n; i++) {
            const double w = wks_rng_u01(&b->rng);
            const bool is_vacant = w * (n - i) < vacant_left;
            vacant_left -= is_vacant;
            add_dwelling(b, cell, 1, is_vacant, WKS_LABEL_NONE);
        }
    }
}

/* --- values, points, rents ----------------------------------------------------------------------------------------------------- */

static void set_values(builder *b)
{
    static const double by_tenure[WKS_N_TENURES] = {0.80, 0.95, 0.92, 1.05}; /* at equal size and type: assumption */
    wks_synth_plan *plan = b->plan;
    double sum = 0.0;

    for (int32_t i = 0; i < plan->n_dwellings; i++) {
        wks_synth_plan_dwelling *d = &plan->dwelling[i];
        const double z = wks_draw_normal(&b->rng), type = d->type == WKS_DWELLING_SINGLE_FAMILY ? 1.1 : 1.0;
        const double area = (double)d->area_m2 > 250.0 ? 250.0 : (double)d->area_m2;
        const double relative = wks_math_pow(area / 90.0, 0.8) * by_tenure[d->tenure] * type * wks_math_exp(0.12 * z);
        d->value_eur = (float)relative;
        sum += relative;
    }
    const double scale = plan->n_dwellings > 0 ? b->value[WKS_CITY_woz_eur] * plan->n_dwellings / sum : 0.0;
    for (int32_t i = 0; i < plan->n_dwellings; i++) {
        wks_synth_plan_dwelling *d = &plan->dwelling[i];
        const int32_t year = wks_month_year(d->built_month);
        const double value = (double)d->value_eur * scale, area = (double)d->area_m2;
        /* Points: floor area, energy and fittings by age, WOZ (2024: 14,543 EUR a point, and per m2). Simplified WWS. */
        const double woz = value / 14543.0 + value / area / 229.0,
                     base = 0.75 * area + (year >= 2000 ? 45.0 : (year >= 1975 ? 34.0 : 27.0));
        d->value_eur = (float)value;
        d->wws_points = (int16_t)wks_math_clamp(base + (woz > 0.5 * base ? 0.5 * base : woz), 40.0, 320.0);
    }
}

static void set_rents(builder *b)
{
    wks_synth_plan *plan = b->plan;
    const int32_t year = b->start_year;
    const double dear = wks_math_pow(wks_math_clamp(b->value[WKS_CITY_woz_eur] / 400000.0, 0.3, 3.0), 0.5);

    for (int32_t i = 0; i < plan->n_dwellings; i++) {
        wks_synth_plan_dwelling *d = &plan->dwelling[i];
        const wks_synth_plan_complex *c = &plan->complex[d->complex];
        const double u = wks_rng_u01(&b->rng), z = wks_draw_normal(&b->rng);
        double rent = 0.0;
        if (d->tenure == WKS_TENURE_OWNER) continue;
        if (d->n_units > 1) {
            const double room = d->tenure == WKS_TENURE_SOCIAL ? 410.0 + 35.0 * z : (540.0 + 70.0 * z) * dear; /* assumption */
            rent = (room < 250.0 ? 250.0 : room) * d->n_units;
        } else if (d->tenure == WKS_TENURE_SOCIAL) {
            rent = social_rent(year, d->wws_points, (double)c->rent_factor, d->rooms, u);
        } else {
            /* Gross yield 4.5 % of the value: assumption. */
            rent = (double)d->value_eur * 0.045 / 12.0 * wks_math_exp(0.15 * z);
            rent = rent < 500.0 ? 500.0 : rent;
        }
        d->rent_eur = (float)(floor(rent * 100.0 + 0.5) / 100.0);
    }
}

/* The corporatie homes with most points are let above the liberalisation limit. */
static wks_status set_free(builder *b, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_synth_plan *plan = b->plan;
    const double limit = wks_synth_dwelling_limit(b->start_year, 0);
    wks_synth_plan_ranked *item = wks_mem_array((size_t)plan->n_dwellings, sizeof *item);
    int32_t n = 0;

    if (item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d dwellings", plan->n_dwellings);
    for (int32_t i = 0; i < plan->n_dwellings; i++) {
        const wks_synth_plan_dwelling *d = &plan->dwelling[i];
        const double z = wks_draw_normal(&b->rng);
        if (d->tenure != WKS_TENURE_SOCIAL || d->n_units > 1 || (d->label != WKS_LABEL_NONE && d->label != WKS_LABEL_GEMENGD)) continue;
        item[n++] = (wks_synth_plan_ranked){d->wws_points + 8.0 * z, i};
    }
    wks_synth_plan_sort(item, n);
    const int32_t n_free =
        (int32_t)(wks_synth_default.corporatie_free * plan->target.n[WKS_SYNTH_PLAN_TENURE + WKS_SYNTH_PLAN_CORPORATIE] + 0.5);
    for (int32_t i = 0; i < n_free && i < n; i++) {
        wks_synth_plan_dwelling *d = &plan->dwelling[item[i].index];
        const double rent = 0.85 * wks_synth_dwelling_wws_rent(b->start_year, d->wws_points);
        if (wks_synth_dwelling_wws_rent(b->start_year, d->wws_points) <= limit) continue; /* may not be let so dear */
        d->tenure = WKS_TENURE_CORPORATIE_FREE;
        d->rent_eur = (float)(rent > 1.02 * limit ? rent : 1.02 * limit);
    }
out:
    free(item);
    return rc;
}

/* Empty dwellings: some between two occupants, lettable now; the others stand empty for long. */
static void set_vacancies(builder *b)
{
    const wks_synth_parameters *k = &wks_synth_default;
    const double friction[WKS_N_TENURES] = {k->friction_social, k->friction_social, k->friction_private, k->friction_owner};
    const int32_t now = b->context->options->start_month;
    wks_synth_plan *plan = b->plan;
    int32_t n[WKS_N_TENURES] = {0}, n_vacant[WKS_N_TENURES] = {0};

    for (int32_t i = 0; i < plan->n_dwellings; i++) {
        n[plan->dwelling[i].tenure]++;
        n_vacant[plan->dwelling[i].tenure] += plan->dwelling[i].is_vacant;
    }
    for (int32_t i = 0; i < plan->n_dwellings; i++) {
        wks_synth_plan_dwelling *d = &plan->dwelling[i];
        if (!d->is_vacant) continue;
        const double u = wks_rng_u01(&b->rng);
        const int32_t months = (int32_t)wks_rng_below(&b->rng, 36);
        const bool is_lettable = u * n_vacant[d->tenure] < friction[d->tenure] * n[d->tenure];
        d->vacant_month = is_lettable ? now - months % 2 : now - 3 - months;
        d->lettable_month = is_lettable ? now + 1 : WKS_SYNTH_NEVER_MONTH;
    }
}

wks_status wks_synth_dwelling_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_city_area *area = &context->city->buurt[plan->buurt_row];
    const int32_t n = plan->target.dwellings;
    builder b = {.context = context,
                 .plan = plan,
                 .value = area->value,
                 .position = wks_synth_position_open(&context->city->geometry, area->code),
                 .start_year = wks_month_year(context->options->start_month)};
    int32_t n_split = 0, next = 0, *n_units = NULL;

    for (int32_t c = 0; c < CELLS; c++)
        n_split += plan->split[c];
    plan->dwelling = wks_mem_array((size_t)n, sizeof *plan->dwelling);
    plan->complex = wks_mem_array((size_t)most_complexes(n), sizeof *plan->complex);
    plan->unit_household = wks_mem_array((size_t)(n - n_split + plan->n_rooms), sizeof *plan->unit_household);
    n_units = wks_mem_array((size_t)n_split + 1, sizeof *n_units);
    if (plan->dwelling == NULL || plan->complex == NULL || plan->unit_household == NULL || n_units == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d dwellings", n);
    b.rng = wks_rng_open(&context->seed, plan->key, 2, WKS_RNG_SYNTH_DWELLING);
    b.main_corporatie = 1 + (int32_t)wks_rng_below(&b.rng, (uint32_t)context->n_corporaties);
    draw_units(&b, n_split, n_units);
    for (int32_t tenure = 0; tenure < 3; tenure++) {
        if (tenure == WKS_SYNTH_PLAN_CORPORATIE) {
            for (int32_t cell = 2 * tenure; cell < 2 * tenure + 2; cell++) {
                add_cell(&b, cell, n_units + next);
                next += plan->split[cell];
            }
        } else {
            add_private(&b, tenure, n_units + next);
            next += plan->split[2 * tenure] + plan->split[2 * tenure + 1];
        }
    }
    WKS_TRY(wks_synth_own_dwellings(context, plan, err));
    set_values(&b);
    set_rents(&b);
    WKS_TRY(set_free(&b, err));
    wks_synth_own_prices(context, plan);
    set_vacancies(&b);
out:
    free(n_units);
    return rc;
}
