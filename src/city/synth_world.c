#include "city/synth_world.h"
#include "city/nearest.h"

#include <stdlib.h>

#include "base/mem.h"
#include "city/nearest.h"
#include "city/synth_own.h"
#include "world/relations.h"

enum { MAX_CORPORATIES = 7 }; /* 3 to 6, and one with own data */

static const double TURNOVER_START = 0.07; /* social turnover a year, NL (CBS) */

/* Rows that the margins ask for, with room for what only the plans will tell: latent units (6 in 100 households), rooms and hosted households,
 * registrations (38 in 100 persons), complexes. Memory that is not used costs nothing and is given back at the end; a table that turns out too
 * small grows. */
static wks_status reserve(const wks_synth_plan_context *context, wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_buurten = context->city->n_buurten;
    double persons = 16.0, households = 16.0, dwellings = 0.0, rooms = 0.0;

    for (int32_t b = 0; b < n_buurten; b++) {
        const wks_synth_plan_cells *t = &context->plan[b].target;
        const double occupied = t->dwellings * (1.0 - context->city->buurt[b].value[WKS_CITY_share_vacant]);
        persons += t->n[WKS_SYNTH_PLAN_PERSONS];
        households += t->households;
        dwellings += t->dwellings;
        rooms += t->households > occupied ? t->households - occupied : 0.0;
    }
    if (1.05 * persons > INT32_MAX) WKS_FAIL(err, WKS_ERR_DATA, "the city has %.0f persons; expected fewer than 2^31", persons);
    WKS_TRY(wks_columns_reserve(&world->person, &wks_person_info, (int32_t)(1.01 * persons), err));
    WKS_TRY(wks_columns_reserve(&world->household, &wks_household_info, (int32_t)(1.1 * households), err));
    WKS_TRY(wks_columns_reserve(&world->registration, &wks_registration_info, (int32_t)(0.45 * persons), err));
    WKS_TRY(wks_columns_reserve(&world->dwelling, &wks_dwelling_info, (int32_t)dwellings, err));
    WKS_TRY(wks_columns_reserve(&world->unit, &wks_unit_info, (int32_t)(dwellings + rooms), err));
    WKS_TRY(wks_columns_reserve(&world->complex, &wks_complex_info, (int32_t)(dwellings / 100.0) + 8 * n_buurten, err));
    WKS_TRY(wks_columns_reserve(&world->buurt, &wks_buurt_info, n_buurten, err));
out:
    return rc;
}

static wks_status add_buurten(const wks_city *city, wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_buurt_table *buurt = &world->buurt;
    int32_t row;

    for (int32_t b = 0; b < city->n_buurten; b++) {
        const wks_city_area *area = &city->buurt[b];
        WKS_TRY(wks_columns_add(buurt, &wks_buurt_info, wks_text_hash(area->code), &row, err));
        buurt->wijk_row[row] = area->parent;
        buurt->wijk_key[row] = area->parent < 0 ? 0 : wks_text_hash(city->wijk[area->parent].code);
        buurt->gemeente_row[row] = area->parent < 0 || city->wijk[area->parent].parent < 0 ? 0 : city->wijk[area->parent].parent;
        buurt->won[row] = buurt->won_start[row] = area->value[WKS_CITY_lbm_won];
        buurt->fys[row] = buurt->fys_start[row] = area->value[WKS_CITY_lbm_fys];
        buurt->vrz[row] = buurt->vrz_start[row] = area->value[WKS_CITY_lbm_vrz];
        buurt->soc[row] = buurt->soc_start[row] = area->value[WKS_CITY_lbm_soc];
        buurt->onv[row] = buurt->onv_start[row] = area->value[WKS_CITY_lbm_onv];
        buurt->scored[row] = wks_nearest_is_scored(city, b);
        buurt->turnover[row] = TURNOVER_START;
        buurt->price[row] = 1.0;
        buurt->meeting[row] = 1.0;
    }
out:
    return rc;
}

/* The clock, and what the world borrows from its city. */
static void set_places(const wks_city *city, int32_t start_month, int threads, wks_world *world)
{
    world->start_month = world->month = start_month;
    world->inschrijfduur_years = city->inschrijfduur_years;
    world->tick = 0;
    world->threads = threads;
    world->n_wijken = city->n_wijken;
    world->n_gemeenten = city->n_gemeenten > 1 ? city->n_gemeenten : 1;
    world->by_gemeente = city->by_gemeente;
    world->hides_few = city->own.is_there;
    world->neighbour_start = city->neighbour_start;
    world->neighbour = city->neighbour;
    world->near_start = city->near_start;
    world->near = city->near;
    world->near_x = city->near_x;
    world->near_y = city->near_y;
}

wks_status wks_synth_world_nobody(const wks_city *city, int32_t start_month, wks_world *world, wks_err *err)
{
    set_places(city, start_month, 1, world);
    return add_buurten(city, world, err);
}

static wks_status add_owner(wks_world *world, const char *name, wks_owner_kind kind, int32_t number, wks_err *err)
{
    int32_t row;
    const wks_status rc = wks_columns_add(&world->owner, &wks_owner_info, wks_text_hash(name), &row, err);

    if (rc != WKS_OK) return rc;
    world->owner.kind[row] = (uint8_t)kind;
    world->owner.number[row] = number;
    return rc;
}

static int32_t n_corporaties(const wks_synth_plan_context *context)
{
    return context->n_corporaties + wks_synth_own_has_dwellings(context->city);
}

wks_status wks_synth_world_begin(const wks_synth_plan_context *context, wks_world *world, wks_err *err)
{
    static const char *const name[MAX_CORPORATIES] = {"corporatie-1", "corporatie-2", "corporatie-3", "corporatie-4",
                                                      "corporatie-5", "corporatie-6", "corporatie-7"};
    wks_status rc = WKS_OK;

    set_places(context->city, context->options->start_month, context->options->threads, world);
    WKS_TRY(reserve(context, world, err));
    WKS_TRY(add_buurten(context->city, world, err));
    for (int32_t i = 0; i < n_corporaties(context); i++)
        WKS_TRY(add_owner(world, name[i], WKS_OWNER_CORPORATIE, i + 1, err));
    WKS_TRY(add_owner(world, "private-landlord-1", WKS_OWNER_PRIVATE_LANDLORD, 1, err));
    WKS_TRY(add_owner(world, "occupier-1", WKS_OWNER_OCCUPIER, 1, err));
out:
    return rc;
}

/* Owners stand in the order in which begin adds them. */
static int32_t owner_row(const wks_synth_plan_context *context, const wks_synth_plan_complex *c)
{
    if (c->owner_kind == WKS_OWNER_CORPORATIE) return c->owner_number - 1;
    return n_corporaties(context) + (c->owner_kind == WKS_OWNER_OCCUPIER ? 1 : 0);
}

typedef struct adder {
    const wks_synth_plan_context *context;
    const wks_synth_plan *plan;
    wks_world *world;
    int32_t first_complex;
    int32_t *unit_row, *household_row, *dwelling_row;
} adder;

static wks_status add_complexes(adder *a, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_complex_table *complex = &a->world->complex;
    int32_t row;

    a->first_complex = complex->base.n_rows;
    for (int32_t i = 0; i < a->plan->n_complexes; i++) {
        const wks_synth_plan_complex *c = &a->plan->complex[i];
        WKS_TRY(wks_columns_add(complex, &wks_complex_info, wks_rng_child_key(a->plan->key, 1, WKS_RNG_SYNTH_DWELLING, (uint32_t)i), &row,
                                err));
        complex->buurt_row[row] = a->plan->buurt_row;
        complex->owner_row[row] = owner_row(a->context, c);
        complex->rent_factor[row] = c->rent_factor;
        complex->label[row] = c->label;
    }
out:
    return rc;
}

static wks_status add_dwelling(adder *a, int32_t i, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_synth_plan_dwelling *d = &a->plan->dwelling[i];
    wks_dwelling_table *dwelling = &a->world->dwelling;
    wks_unit_table *unit = &a->world->unit;
    const uint64_t key = wks_rng_child_key(a->plan->key, 0, WKS_RNG_SYNTH_DWELLING, (uint32_t)i);
    int32_t row;

    WKS_TRY(wks_relations_dwelling_add(a->world, key, a->first_complex + d->complex, d->tenure, d->type, d->n_units, a->world->month, &row,
                                       err));
    a->dwelling_row[i] = row;
    dwelling->built_month[row] = wks_month_cell(d->built_month);
    dwelling->rent_eur[row] = d->rent_eur;
    dwelling->value_eur[row] = d->value_eur;
    dwelling->area_m2[row] = d->area_m2;
    dwelling->x_m[row] = d->x_m;
    dwelling->y_m[row] = d->y_m;
    dwelling->wws_points[row] = d->wws_points;
    dwelling->rooms[row] = d->rooms;
    dwelling->accessible[row] = d->accessible;
    int32_t k = 0;
    for (int32_t u = dwelling->first_unit_row[row]; u != WKS_NONE; u = unit->next_row[u]) {
        a->unit_row[d->first_unit + k++] = u;
        unit->rent_eur[u] = d->rent_eur / (float)d->n_units;
        if (!d->is_vacant) continue;
        unit->vacant_month[u] = wks_month_cell(d->vacant_month);
        unit->lettable_month[u] = wks_month_cell(d->lettable_month);
    }
out:
    return rc;
}

/* Dwellings of a complex and type stand in a row in the plan. */
static void add_portieken(adder *a)
{
    const wks_synth_plan_dwelling *d = a->plan->dwelling;

    for (int32_t first = 0, next; first < a->plan->n_dwellings; first = next) {
        for (next = first + 1; next < a->plan->n_dwellings; next++) {
            if (d[next].complex != d[first].complex || d[next].type != d[first].type) break;
        }
        wks_relations_portieken(a->world, &a->dwelling_row[first], next - first);
    }
}

static wks_status add_members(adder *a, const wks_synth_plan_household *h, int32_t row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = a->world;
    int32_t oldest = WKS_NONE, person_row;
    int32_t change_month = h->since_month; /* births are known; other changes before tick 0 count as made when it came to this address */

    for (int32_t p = h->first; p >= 0; p = a->plan->person[p].next) {
        const wks_synth_plan_person *person = &a->plan->person[p];
        WKS_TRY(wks_relations_person_add(world, wks_synth_plan_person_key(a->plan, p), row, person->sex, person->role, person->origin,
                                         person->birth_month, &person_row, err));
        world->person.is_student[person_row] = person->is_student;
        if (person->role == WKS_ROLE_CHILD && person->birth_month > change_month) change_month = person->birth_month;
        if (person->registered_month == WKS_NO_MONTH) continue;
        WKS_TRY(wks_relations_register(world, person_row, person->registered_month, err));
        const int32_t r = world->person.registration_row[person_row];
        if (oldest == WKS_NONE || world->registration.since_month[r] < world->registration.since_month[oldest]) oldest = r;
    }
    world->household.change_month[row] = wks_month_cell(change_month);
    if (h->is_searching && oldest != WKS_NONE) { /* a household reacts with its oldest registration */
        const int32_t since = world->registration.since_month[oldest];
        const int32_t ago = (int32_t)(world->registration.key[oldest] % 12);
        world->registration.state[oldest] = WKS_REGISTRATION_ACTIVE;
        world->registration.reacted_month[oldest] = wks_month_cell(world->month - ago < since ? since : world->month - ago);
    }
out:
    return rc;
}

/* Of changes before tick 0 only births are known; that others were answered by the last move is an assumption. */
static void set_change(wks_world *world, int32_t row)
{
    int32_t last = world->household.since_month[row];

    for (int32_t p = world->household.first_person_row[row]; p >= 0; p = world->person.next_row[p]) {
        if (world->person.role[p] == WKS_ROLE_CHILD && world->person.birth_month[p] > last) last = world->person.birth_month[p];
    }
    world->household.change_month[row] = wks_month_cell(last);
}

static wks_status add_household(adder *a, int32_t i, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = a->world;
    wks_household_table *household = &world->household;
    const wks_synth_plan_household *h = &a->plan->household[i];
    const int32_t host = h->host < 0 ? WKS_NONE : a->household_row[h->host];
    int32_t row;

    WKS_TRY(wks_relations_household_add(world, wks_synth_plan_household_key(a->plan, i), h->place, host, &row, err));
    a->household_row[i] = row;
    if (h->unit >= 0) {
        WKS_TRY(wks_relations_place_at_start(world, row, a->unit_row[h->unit], err));
        world->unit.rent_eur[a->unit_row[h->unit]] = h->rent_eur;
    }
    household->since_month[row] = wks_month_cell(h->since_month);
    household->region_month[row] = wks_month_cell(h->region_month);
    household->spell_month[row] = wks_month_cell(h->spell_month);
    household->search_month[row] = wks_month_cell(h->search_month);
    household->kin_buurt_row[row] = h->kin_buurt_row;
    household->income_eur[row] = h->income_eur;
    household->equity_eur[row] = h->equity_eur;
    household->vulnerability[row] = h->vulnerability;
    household->income_source[row] = h->source;
    household->is_distant[row] = h->is_distant;
    household->referral[row] = h->referral;
    household->is_student[row] = h->is_student;
    if (h->urgency != WKS_URGENCY_NONE) {
        household->urgency[row] = h->urgency;
        household->urgency_month[row] = wks_month_cell(h->urgency_month);
    }
    household->temporary[row] = h->temporary;
    WKS_TRY(add_members(a, h, row, err));
    set_change(world, row);
out:
    return rc;
}

wks_status wks_synth_world_add(const wks_synth_plan_context *context, const wks_synth_plan *plan, wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    adder a = {.context = context, .plan = plan, .world = world};
    int32_t row;

    a.unit_row = wks_mem_array((size_t)plan->n_units, sizeof *a.unit_row);
    a.household_row = wks_mem_array((size_t)plan->n_households, sizeof *a.household_row);
    a.dwelling_row = wks_mem_array((size_t)plan->n_dwellings, sizeof *a.dwelling_row);
    if (a.unit_row == NULL || a.household_row == NULL || a.dwelling_row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to add a buurt");
    WKS_TRY(add_complexes(&a, err));
    for (int32_t d = 0; d < plan->n_dwellings; d++)
        WKS_TRY(add_dwelling(&a, d, err));
    add_portieken(&a);
    for (int32_t pass = 0; pass < 2; pass++) { /* hosts first */
        for (int32_t h = 0; h < plan->n_households; h++) {
            if ((plan->household[h].host >= 0) == (pass == 1)) WKS_TRY(add_household(&a, h, err));
        }
    }
    for (int32_t p = 0; p < plan->n_persons; p++) {
        const wks_synth_plan_person *person = &plan->person[p];
        if (person->household >= 0) continue;
        WKS_TRY(wks_relations_resident_add(world, wks_synth_plan_person_key(plan, p), plan->buurt_row, person->sex, person->origin,
                                           person->birth_month, &row, err));
    }
out:
    free(a.unit_row);
    free(a.household_row);
    free(a.dwelling_row);
    return rc;
}

static wks_status shrink(wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_columns_shrink(&world->person, &wks_person_info, err));
    WKS_TRY(wks_columns_shrink(&world->household, &wks_household_info, err));
    WKS_TRY(wks_columns_shrink(&world->registration, &wks_registration_info, err));
    WKS_TRY(wks_columns_shrink(&world->dwelling, &wks_dwelling_info, err));
    WKS_TRY(wks_columns_shrink(&world->unit, &wks_unit_info, err));
    WKS_TRY(wks_columns_shrink(&world->complex, &wks_complex_info, err));
out:
    return rc;
}

wks_status wks_synth_world_end(wks_world *world, wks_err *err)
{
    wks_buurt_table *buurt = &world->buurt;
    double sum = 0.0;
    int64_t n_households = 0;

    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        const int32_t b = world->household.unit_row[h] == WKS_NONE ? WKS_NONE : wks_world_buurt_of(world, h);
        if (b != WKS_NONE && world->household.vulnerability[h] != 0) buurt->share_start[b] += 1.0;
    }
    int32_t *n = world->buurt.to_sell; /* scratch: 0 again below */
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        const int32_t b = world->dwelling.buurt_row[d];
        n[b]++;
        buurt->social_start[b] += world->dwelling.tenure[d] == WKS_TENURE_SOCIAL;
    }
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        buurt->share_start[b] = buurt->n_households[b] > 0 ? buurt->share_start[b] / buurt->n_households[b] : 0.0;
        buurt->social_start[b] = n[b] > 0 ? buurt->social_start[b] / n[b] : 0.0;
        n[b] = 0;
        sum += wks_world_leefbaarheid(world, b) * buurt->n_households[b];
        n_households += buurt->n_households[b];
    }
    world->leefbaarheid_mean = n_households > 0 ? sum / (double)n_households : 0.0;
    wks_world_clear_flows(world);
    return shrink(world, err);
}
