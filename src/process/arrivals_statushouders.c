#include "process/arrivals_statushouders.h"

#include "process/arrivals_profile.h"

/* Ages and types: assumptions (share of families: a parameter). */
static wks_arrivals_profile draw(const wks_settings *settings, double u_type, double u_source, wks_rng *rng)
{
    wks_arrivals_profile out = wks_arrivals_profile_single(WKS_PLACE_COA, WKS_INCOME_BENEFIT);
    const double families = settings->value[WKS_ARRIVALS_P_FAMILY_SHARE];
    (void)u_source;
    out.age = 20 + (int32_t)wks_rng_below(rng, 28);
    out.origin = WKS_ORIGIN_OUTSIDE_EUROPE;
    out.referral = WKS_REFERRAL_STATUSHOUDER;
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

/* Statushouders who have been at COA for longer than the half-year in which they were owed a home, persons. */
static int64_t arrears(const wks_world *world)
{
    const wks_household_table *household = &world->household;
    int64_t persons = 0;
    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] != 0 && household->place[i] == WKS_PLACE_COA && world->month - household->since_month[i] >= 6)
            persons += household->n_persons[i];
    }
    return persons;
}

/* Persons are owed by the taakstelling; households come to COA until the debt is paid, so the backlog stays below one family. */
wks_status wks_arrivals_statushouders_run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_arrivals_profile_made made;

    world->taakstelling_owed = settings->value[WKS_ARRIVALS_P_TAAKSTELLING] / 6 * (double)world->start_persons / 18e6;
    world->taakstelling_backlog += world->taakstelling_owed;
    for (int32_t n = 0; world->taakstelling_backlog >= 1; n++) {
        WKS_TRY(wks_arrivals_profile_make(tick, settings, &kind, n, &made, err));
        world->taakstelling_backlog -= made.who.n_adults + made.who.n_children;
    }
    world->ledger.taakstelling_arrears = arrears(world);
out:
    return rc;
}
