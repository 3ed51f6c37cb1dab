#include "process/arrivals_statushouders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "process/arrivals_profile.h"
#include "process/buffer_slots.h"
#include "process/profile_income.h"
#include "process/tick_list.h"
#include "scenario/law_statute.h"
#include "world/relations.h"

/* Inhabitants by which the national number is divided (pro rata, [S36]: a city of 180,000 gets one in a hundred). */
static const double INHABITANTS = 18e6;

/* Persons a family of children brings: a partner and up to three children. */
enum { REUNION_CHILDREN = 3 };

/* Ages and types: assumptions (share of families: a parameter). */
static wks_arrivals_profile draw(const wks_settings *settings, double u_type, double u_source, wks_rng *rng)
{
    wks_arrivals_profile out = wks_arrivals_profile_single(WKS_CAME_AS_STATUSHOUDER, WKS_PLACE_COA, WKS_INCOME_BENEFIT);
    const double families = settings->value[WKS_ARRIVALS_P_FAMILY_SHARE];
    (void)u_source;
    out.age = 20 + (int32_t)wks_rng_below(rng, 28);
    out.origin = WKS_ORIGIN_OUTSIDE_EUROPE;
    out.came_as = WKS_CAME_AS_STATUSHOUDER;
    if (u_type < families) {
        out.n_adults = 2;
        out.n_children = 1 + (int32_t)wks_rng_below(rng, 3);
        if (out.age < 25) out.age += 8;
    } else if (u_type < families + 0.06) {
        out.n_children = 1;
        if (out.age < 25) out.age += 8;
    }
    return out;
}

static const wks_arrivals_profile_kind kind = {"arrivals/statushouder", draw};

double wks_arrivals_statushouders_national(const wks_settings *settings, int32_t month)
{
    const double usual = settings->value[WKS_ARRIVALS_P_TAAKSTELLING];
    const double published =
        usual > 0 && settings->value[WKS_ARRIVALS_P_TAAKSTELLING_KNOWN] != 0 ? wks_law_statute_value("taakstelling", month) : NAN;
    return isnan(published) ? usual : published;
}

/* A single adult may have a family abroad: drawn once, by the household's key. A partner, and children (0 to 3, evenly): assumption. */
static void draw_reunion(wks_world *world, double share, int32_t row)
{
    wks_household_table *household = &world->household;
    wks_rng rng = wks_rng_open(&world->seed, household->key[row], 0, WKS_RNG_REUNION);
    const double u = wks_rng_u01(&rng);
    const uint32_t n_children = wks_rng_below(&rng, REUNION_CHILDREN + 1);

    household->reunion[row] = household->n_persons[row] == 1 && u < share ? (uint8_t)(1 + n_children) : 0;
}

static wks_status new_permits(wks_tick *tick, const wks_settings *settings, double persons, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_arrivals_profile_made made;

    world->coa_due += persons;
    for (int32_t n = 0; world->coa_due >= 1; n++) {
        WKS_TRY(wks_arrivals_profile_make(tick, settings, &kind, n, &made, err));
        world->coa_due -= made.who.n_adults + made.who.n_children;
        world->household.search_month[made.row] = WKS_NO_MONTH; /* waits for the link first */
        draw_reunion(world, settings->value[WKS_ARRIVALS_P_REUNION], made.row);
    }
out:
    return rc;
}

static int by_wait(const void *left, const void *right)
{
    const wks_tick_item *a = left, *b = right;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

static int32_t next_at_coa(const wks_household_table *household, int32_t from)
{
    return wks_tick_list_next_of(household->place, WKS_PLACE_COA, from, household->base.n_rows);
}

/* Households at COA that are linked or not, longest there first (kind: month since when). */
static wks_status at_coa(wks_tick *tick, bool linked, wks_tick_item **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_household_table *household = &tick->world->household;
    const int32_t n = household->base.n_rows;
    uint8_t *flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1);

    if (flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", n);
    memset(flag, 0, (size_t)n);
    for (int32_t i = next_at_coa(household, 0); i < n; i = next_at_coa(household, i + 1))
        flag[i] = household->key[i] != 0 && (household->referral[i] != WKS_REFERRAL_NONE) == linked;
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, flag, household->key, n, out, out_n, err));
    for (int32_t k = 0; k < *out_n; k++)
        (*out)[k].kind = household->since_month[(*out)[k].row];
    qsort(*out, (size_t)*out_n, sizeof **out, by_wait);
out:
    return rc;
}

static void link_household(wks_world *world, int32_t row, int32_t month)
{
    wks_household_table *household = &world->household;

    household->referral[row] = WKS_REFERRAL_STATUSHOUDER;
    household->came_as[row] = WKS_CAME_AS_STATUSHOUDER;
    wks_rare_set(&household->linked_month, row, wks_month_cell(month));
    household->search_month[row] = wks_month_cell(world->month);
}

/* COA links who waited longest until the persons that are owed are linked; what the queue does not hold stays owed. */
static wks_status link_by_wait(wks_tick *tick, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_tick_item *item = NULL;
    int32_t n = 0;

    if (world->taakstelling_backlog < 1) goto out;
    WKS_TRY(at_coa(tick, false, &item, &n, err));
    for (int32_t k = 0; k < n && world->taakstelling_backlog >= 1; k++) {
        link_household(world, item[k].row, world->month);
        world->taakstelling_backlog -= world->household.n_persons[item[k].row];
    }
out:
    return rc;
}

/* Persons linked in an earlier half-year and still at COA. */
static int64_t arrears(const wks_world *world)
{
    const wks_household_table *household = &world->household;
    int64_t persons = 0;

    for (int32_t i = next_at_coa(household, 0); i < household->base.n_rows; i = next_at_coa(household, i + 1)) {
        if (household->key[i] == 0 || wks_rare_i32(&household->linked_month, i) == WKS_NO_MONTH) continue;
        if (wks_rare_i32(&household->linked_month, i) / 6 < world->month / 6) persons += household->n_persons[i];
    }
    return persons;
}

static int32_t head_of(const wks_world *world, int32_t row)
{
    int32_t person = world->household.first_person_row[row];

    while (world->person.role[person] != WKS_ROLE_HEAD)
        person = world->person.next_row[person];
    return person;
}

/* Partner and children come to where the household is. On a benefit its income becomes that of a couple. */
static wks_status join(wks_tick *tick, int32_t row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_household_table *household = &world->household;
    const uint64_t key = household->key[row];
    const int32_t head = head_of(world, row), birth = world->person.birth_month[head], n = household->reunion[row];
    const wks_sex sex = (wks_sex)world->person.sex[head];
    const wks_origin origin = (wks_origin)world->person.origin[head];
    wks_rng rng = wks_rng_open(&world->seed, key, (uint32_t)world->tick, WKS_RNG_REUNION);
    int32_t person = WKS_NONE;

    for (int32_t i = 0; i < n; i++) {
        const uint64_t born = wks_rng_child_key(key, (uint32_t)world->tick, WKS_RNG_REUNION, (uint32_t)i);
        const uint32_t months = wks_rng_below(&rng, 12 * 16);
        const uint32_t child_sex = wks_rng_below(&rng, 2);
        const int32_t adult = world->month - 12 * 18;
        if (i == 0) {
            /* As old as the other, within four years (assumption), and of age. */
            const int32_t near = birth - 48 + (int32_t)months / 2;
            WKS_TRY(wks_relations_person_add(world, born, row, (wks_sex)(1 - sex), WKS_ROLE_PARTNER, origin, near < adult ? near : adult,
                                             &person, err));
        } else {
            WKS_TRY(wks_relations_person_add(world, born, row, (wks_sex)child_sex, WKS_ROLE_CHILD, origin, world->month - (int32_t)months,
                                             &person, err));
        }
    }
    household->reunion[row] = 0;
    if (household->income_source[row] == WKS_INCOME_BENEFIT) household->income_eur[row] *= (float)WKS_PROFILE_INCOME_COUPLE;
    world->ledger.persons_arrived += n;
    world->ledger.statushouders_joined += n;
    /* Before the link they are counted with it. */
    if (household->place[row] != WKS_PLACE_COA || household->referral[row] != WKS_REFERRAL_NONE) world->taakstelling_backlog -= n;
    world->coa_due -= n; /* their permits are among those counted */
out:
    return rc;
}

/* The right to reunion is used from the permit on, wherever he lives by then; it ends when he has a partner here. */
static wks_status reunion(wks_tick *tick, double months, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_household_table *household = &world->household;
    const int32_t n = household->base.n_rows;
    const double p = months > 0 ? 1 / months : 0;
    uint8_t *flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1);
    wks_tick_item *item = NULL;
    int32_t n_items = 0;

    if (flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", n);
    memset(flag, 0, (size_t)n);
    for (int32_t i = wks_tick_list_next(household->reunion, 0, n); i < n; i = wks_tick_list_next(household->reunion, i + 1, n)) {
        if (household->key[i] == 0) continue;
        if (household->n_adults[i] > 1) {
            household->reunion[i] = 0;
            continue;
        }
        flag[i] = wks_rng_once(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_STATUSHOUDER) < p;
    }
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, flag, household->key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++)
        WKS_TRY(join(tick, item[k].row, err));
out:
    return rc;
}

wks_status wks_arrivals_statushouders_run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const double *p = settings->value;
    const double national = wks_arrivals_statushouders_national(settings, world->month);

    world->taakstelling_owed = national / 6 * (double)world->start_persons / INHABITANTS;
    world->taakstelling_backlog += world->taakstelling_owed;
    WKS_TRY(new_permits(tick, settings, world->taakstelling_owed * p[WKS_ARRIVALS_P_GRANTED], err));
    WKS_TRY(link_by_wait(tick, err));
    WKS_TRY(reunion(tick, p[WKS_ARRIVALS_P_REUNION_MONTHS], err));
    world->ledger.taakstelling_arrears = arrears(world);
out:
    return rc;
}

wks_status wks_arrivals_statushouders_start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    wks_world *world = tick->world;
    wks_household_table *household = &world->household;
    wks_tick_item *item = NULL;
    int32_t n = 0;
    double persons = 0, linked = 0;

    if (!(p[WKS_ARRIVALS_P_TAAKSTELLING] > 0)) goto out;
    WKS_TRY(at_coa(tick, true, &item, &n, err));
    for (int32_t k = 0; k < n; k++)
        persons += household->n_persons[item[k].row];
    for (int32_t k = 0; k < n; k++) {
        const int32_t row = item[k].row;
        draw_reunion(world, p[WKS_ARRIVALS_P_REUNION], row);
        household->came_as[row] = WKS_CAME_AS_STATUSHOUDER;
        if (linked < p[WKS_ARRIVALS_P_COA_LINKED] * persons) {
            linked += household->n_persons[row];
            wks_rare_set(&household->linked_month, row, wks_month_cell(world->month / 6 * 6 - 1)); /* the half-year before */
            continue;
        }
        household->referral[row] = WKS_REFERRAL_NONE;
        household->search_month[row] = WKS_NO_MONTH;
        household->search[row] = WKS_SEARCH_STAY;
        household->urge[row] = WKS_URGE_NONE;
    }
out:
    return rc;
}
