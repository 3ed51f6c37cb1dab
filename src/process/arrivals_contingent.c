#include "process/arrivals_contingent.h"

#include <stdlib.h>
#include <string.h>

#include "base/month.h"
#include "num/math.h"
#include "process/arrivals_profile.h"
#include "process/buffer_slots.h"
#include "process/profile_income.h"
#include "process/tick_list.h"
#include "world/relations.h"

/* Ages, origins and benefit: assumptions. */
static wks_arrivals_profile draw_ex_detainee(const wks_settings *settings, double u_type, double u_source, wks_rng *rng)
{
    wks_arrivals_profile out = wks_arrivals_profile_single(WKS_CAME_AS_EX_DETAINEE, WKS_PLACE_SHELTER, WKS_INCOME_BENEFIT);
    (void)settings, (void)u_type, (void)u_source;
    out.age = 20 + (int32_t)wks_rng_below(rng, 35);
    out.origin = wks_arrivals_profile_origin(rng, 0.5, 0.12);
    out.referral = WKS_REFERRAL_EX_DETAINEE;
    return out;
}

static const wks_arrivals_profile_kind ex_detainee = {"arrivals/ex-detainee", draw_ex_detainee};

static wks_status care_leaver(wks_tick *tick, const wks_tick_item *item, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const uint64_t key = wks_rng_child_key(item->key, (uint32_t)world->tick, WKS_RNG_CARE_LEAVER, 0);
    wks_rng rng = wks_rng_open(&world->seed, key, (uint32_t)world->tick, WKS_RNG_CARE_LEAVER);
    const double income = wks_profile_income_draw(&rng, world, &tick->law, false, 40, WKS_INCOME_BENEFIT);
    const double u_trait = wks_rng_u01(&rng);
    int32_t row = WKS_NONE;

    WKS_TRY(wks_relations_person_from_institution(world, item->row, key, &row, err));
    wks_household_table *household = &world->household;
    household->income_eur[row] = (float)income;
    household->income_source[row] = WKS_INCOME_BENEFIT;
    household->is_distant[row] = 1;
    household->referral[row] = WKS_REFERRAL_CARE_LEAVER;
    household->came_as[row] = WKS_CAME_AS_CARE_LEAVER;
    /* Why they were in care: assumption. */
    household->vulnerability[row] = u_trait < 0.6    ? WKS_VULNERABLE_PSYCHIATRIC
                                    : u_trait < 0.85 ? WKS_VULNERABLE_ADDICTION
                                                     : WKS_VULNERABLE_LVB;
    household->search_month[row] = wks_month_cell(world->month);
out:
    return rc;
}

wks_status wks_arrivals_contingent_ex_detainees(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    const double yearly = settings->value[WKS_ARRIVALS_P_EX_DETAINEES];
    return wks_arrivals_profile_make_many(tick, settings, &ex_detainee, yearly * ((double)tick->world->start_households / 12), err);
}

static bool is_resident(const wks_world *world, int32_t i)
{
    const wks_person_table *person = &world->person;

    if (wks_rare_i32(&person->institution_row, i) < 0 || person->key[i] == 0) return false;
    const int32_t age = wks_month_age(person->birth_month[i], world->month);
    return age >= 18 && age < 65;
}

static int by_draw(const void *left, const void *right)
{
    const wks_tick_item *a = left, *b = right;
    if (a->value < b->value || a->value > b->value) return a->value < b->value ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

/* Residents of 18 to 64 in the order of this month's draw: who is ready to leave first. */
static wks_status residents(wks_tick *tick, wks_tick_item **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n = world->person.base.n_rows;
    uint8_t *flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1);

    if (flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d persons", n);
    memset(flag, 0, (size_t)n);
    for (int32_t i = 0; (i = wks_tick_list_next_of(world->person.role, WKS_ROLE_RESIDENT, i, n)) < n; i++)
        flag[i] = is_resident(world, i);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, flag, world->person.key, n, out, out_n, err));
    for (int32_t k = 0; k < *out_n; k++)
        (*out)[k].value = wks_rng_once(&world->seed, (*out)[k].key, (uint32_t)world->tick, WKS_RNG_CARE_LEAVER);
    qsort(*out, (size_t)*out_n, sizeof **out, by_draw);
out:
    return rc;
}

/* A whole number a month that adds up to the yearly one. */
static int32_t paced(double yearly, int32_t tick)
{
    const double before = (double)(tick - 1) * yearly / 12, now = (double)tick * yearly / 12;
    return (int32_t)((int64_t)now - (int64_t)before);
}

/* How many of n residents leave: those whose draw says so, or the contingent's number; more when there are not so many places. */
static int32_t how_many_leave(const wks_world *world, const double *p, const wks_tick_item *item, int32_t n)
{
    const double contingent = p[WKS_ARRIVALS_P_CARE_CONTINGENT] * (double)world->start_households / 1000;
    const double monthly = wks_math_monthly(p[WKS_ARRIVALS_P_CARE_EXIT]);
    const double places = p[WKS_ARRIVALS_P_CARE_PLACES] * (double)world->start_residents;
    int32_t leave = 0;

    if (contingent > 0) {
        leave = paced(contingent, world->tick);
    } else {
        while (leave < n && item[leave].value < monthly)
            leave++;
    }
    if (places > 0 && n - leave > (int32_t)places) leave = n - (int32_t)places;
    return leave < n ? leave : n;
}

wks_status wks_arrivals_contingent_care_leavers(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    wks_tick_item *item = NULL;
    int32_t n = 0;

    if (!(p[WKS_ARRIVALS_P_CARE_EXIT] > 0 || p[WKS_ARRIVALS_P_CARE_CONTINGENT] > 0 || p[WKS_ARRIVALS_P_CARE_PLACES] > 0)) return WKS_OK;
    WKS_TRY(residents(tick, &item, &n, err));
    const int32_t leave = how_many_leave(tick->world, p, item, n);
    for (int32_t k = 0; k < leave; k++)
        WKS_TRY(care_leaver(tick, &item[k], err));
out:
    return rc;
}

int64_t wks_arrivals_contingent_residents(const wks_world *world)
{
    int64_t n = 0;

    for (int32_t i = 0; i < world->person.base.n_rows; i++)
        n += is_resident(world, i);
    return n;
}
