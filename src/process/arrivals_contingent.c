#include "process/arrivals_contingent.h"

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
    wks_arrivals_profile out = wks_arrivals_profile_single(WKS_PLACE_SHELTER, WKS_INCOME_BENEFIT);
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
    household->referral[row] = WKS_REFERRAL_CARE_LEAVER;
    /* Why they were in care: assumption. */
    household->vulnerability[row] = u_trait < 0.6    ? WKS_VULNERABLE_PSYCHIATRIC
                                    : u_trait < 0.85 ? WKS_VULNERABLE_ADDICTION
                                                     : WKS_VULNERABLE_LVB;
    household->search_month[row] = world->month;
out:
    return rc;
}

wks_status wks_arrivals_contingent_ex_detainees(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    const double yearly = settings->value[WKS_ARRIVALS_P_EX_DETAINEES];
    return wks_arrivals_profile_make_many(tick, settings, &ex_detainee, yearly * ((double)tick->world->start_households / 12), err);
}

wks_status wks_arrivals_contingent_care_leavers(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->person.base.n_rows;
    const double p = wks_math_monthly(settings->value[WKS_ARRIVALS_P_CARE_EXIT]);
    uint8_t *flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1);
    wks_tick_item *item = NULL;
    int32_t n_items = 0;

    if (flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d persons", n);
    for (int32_t i = 0; i < n; i++) {
        flag[i] = 0;
        if (world->person.key[i] == 0 || world->person.institution_row[i] < 0) continue;
        const int32_t age = wks_month_age(world->person.birth_month[i], world->month);
        if (age >= 18 && age < 65)
            flag[i] = wks_rng_once(&world->seed, world->person.key[i], (uint32_t)world->tick, WKS_RNG_CARE_LEAVER) < p;
    }
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, flag, world->person.key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++)
        WKS_TRY(care_leaver(tick, &item[k], err));
out:
    return rc;
}
