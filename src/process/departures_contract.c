#include "process/departures_contract.h"

#include "world/relations.h"

enum { FULL_SUPPORT = 10 };

static bool once(const wks_world *world, int32_t i, wks_rng_purpose purpose, double p)
{
    return p > 0 && wks_rng_once(&world->seed, world->household.key[i], (uint32_t)world->tick, purpose) < p;
}

/* A room or campus contract of somebody who no longer studies. */
static wks_departures_event study(const wks_world *world, const double *p, int32_t i)
{
    const wks_household_table *household = &world->household;
    const int32_t since_study = world->month - household->spell_month[i];

    if (household->is_student[i] || household->income_source[i] == WKS_INCOME_STUDY) return WKS_DEPARTURES_NONE;
    if (since_study == 1)
        return once(world, i, WKS_RNG_DEPARTURE, p[WKS_DEPARTURES_P_GRADUATE]) ? WKS_DEPARTURES_DEPART : WKS_DEPARTURES_NONE;
    if (since_study <= (int32_t)p[WKS_DEPARTURES_P_CAMPUS_MONTHS]) return WKS_DEPARTURES_NONE;
    return once(world, i, WKS_RNG_DEPARTURE, p[WKS_DEPARTURES_P_CAMPUS_LEAVES]) ? WKS_DEPARTURES_DEPART : WKS_DEPARTURES_STUDY_ENDS;
}

/* Who came into a social home from care or detention this month, by the landlord's proposal or as urgent. */
static bool may_have_care(const wks_world *world, int32_t i)
{
    const wks_household_table *household = &world->household;
    const uint8_t referral = household->referral[i];

    return household->since_month[i] == world->month && (referral == WKS_REFERRAL_CARE_LEAVER || referral == WKS_REFERRAL_EX_DETAINEE) &&
           wks_world_tenure_of(world, i) == WKS_TENURE_SOCIAL;
}

wks_departures_event wks_departures_contract_event(const wks_world *world, const double *p, int32_t i)
{
    switch ((wks_contract)world->household.temporary[i]) {
    case WKS_CONTRACT_STUDY: return study(world, p, i);
    case WKS_CONTRACT_CARE:
        if (world->month < wks_rare_i32(&world->household.contract_month, i)) return WKS_DEPARTURES_NONE;
        return once(world, i, WKS_RNG_CARE_CONTRACT_END, p[WKS_DEPARTURES_P_CARE_OWN]) ? WKS_DEPARTURES_CARE_OWN : WKS_DEPARTURES_CARE_ENDS;
    case WKS_CONTRACT_OWN: break;
    }
    return may_have_care(world, i) && once(world, i, WKS_RNG_CARE_CONTRACT, p[WKS_DEPARTURES_P_CARE_CONTRACT]) ? WKS_DEPARTURES_CARE_BEGINS
                                                                                                               : WKS_DEPARTURES_NONE;
}

static void begin(wks_world *world, const double *p, int32_t i)
{
    wks_household_table *household = &world->household;

    household->temporary[i] = WKS_CONTRACT_CARE;
    wks_rare_set(&household->contract_month, i, wks_month_cell(world->month + (int32_t)p[WKS_DEPARTURES_P_CARE_MONTHS]));
    household->support[i] = FULL_SUPPORT;
    world->ledger.care_contracts++;
}

/* Who lives alone may go back to where they came from; the others, and those with guests, to shelter. The way in by referral is used up. */
static wks_status end(wks_world *world, const double *p, int32_t i, wks_err *err)
{
    wks_household_table *household = &world->household;
    const bool is_alone = household->n_persons[i] == 1 && household->n_guests[i] == 0;

    world->ledger.care_contracts_ended++;
    household->referral[i] = WKS_REFERRAL_NONE;
    if (is_alone && once(world, i, WKS_RNG_INSTITUTION, p[WKS_DEPARTURES_P_CARE_BACK]))
        return wks_relations_person_to_institution(world, household->first_person_row[i], wks_world_buurt_of(world, i), err);
    return wks_relations_move_out(world, i, WKS_PLACE_SHELTER, WKS_NONE, err);
}

wks_status wks_departures_contract_apply(wks_world *world, const double *p, wks_departures_event event, int32_t household_row, wks_err *err)
{
    wks_household_table *household = &world->household;

    if (event == WKS_DEPARTURES_CARE_BEGINS) begin(world, p, household_row);
    if (event == WKS_DEPARTURES_CARE_ENDS) return end(world, p, household_row, err);
    if (event == WKS_DEPARTURES_CARE_OWN) {
        household->temporary[household_row] = WKS_CONTRACT_OWN;
        wks_rare_set(&household->contract_month, household_row, WKS_NO_MONTH);
        household->support[household_row] = 0;
        world->ledger.care_contracts_own++;
    }
    return WKS_OK;
}
