/* N equal households without a home and seven homes of all kinds in two buurten, for the tests of process market. */
#ifndef WKS_TESTS_MARKET_CASE_H
#define WKS_TESTS_MARKET_CASE_H

#include "num/math.h"
#include "process/market_buurt.h"
#include "process/market_choice.h"
#include "process/market_look.h"
#include "process/market_means.h"
#include "process/process_registry.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

enum { MONTH = 2025 * 12, N = 4000 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_market_ring ring[WKS_MARKET_KINDS];
    wks_market_area *area;
    wks_permit permit;
    wks_region_map region;
    int64_t until[32]; /* of the map */
    wks_market_pass pass;
} stage;

static const char homes[] =
    "buurten 2\nunit o1 buurt=0 tenure=owner value=200000 rooms=3\nunit o2 buurt=1 tenure=owner value=260000 rooms=4 type=single_family\n"
    "unit p1 buurt=0 tenure=private_rent rent=950 rooms=3 points=200\nunit p2 buurt=1 tenure=private_rent rent=1150 rooms=4 points=200\n"
    "unit r1 buurt=1 tenure=private_rent rent=450 units=2\nunit far buurt=1 tenure=owner value=2000000 rooms=5\n"
    "unit s0 buurt=0 tenure=social rent=500\nhousehold h0 unit=s0 income=24000 members=50m\n";

/* N equal households without a home: each with its own tastes. */
static inline void open_stage(stage *s)
{
    wks_fixture_world_make(&s->world, homes);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    for (int32_t u = 0; u < s->world.unit.base.n_rows; u++) {
        const int32_t d = s->world.unit.dwelling_row[u];
        s->world.dwelling.x_m[d] = (float)(1000 * (u % 3));
        s->world.dwelling.y_m[d] = (float)(700 * (u % 2));
    }
    s->world.buurt.soc[1] = 0.1;
    s->world.buurt.contacts[1] = 4;
    for (int32_t i = 0; i < N; i++) {
        const int32_t row = wks_fixture_tick_household(&s->world, i, WKS_NONE, WKS_PLACE_SHELTER, WKS_NONE);
        (void)wks_fixture_tick_person(&s->world, i, row, WKS_ROLE_HEAD, WKS_SEX_MAN, 40);
        s->world.household.income_eur[row] = 60000;
        s->world.household.equity_eur[row] = 30000;
        s->world.household.kin_buurt_row[row] = 1;
    }
    wks_fixture_tick_set(&s->fixture, "market", "b_own_group", 0.5);
    wks_fixture_tick_set(&s->fixture, "market", "b_contacts", 0.3);
    wks_fixture_tick_set(&s->fixture, "market", "stay_latent", 2);
}

static inline double *params(stage *s)
{
    return s->fixture.process[wks_fixture_tick_index(&s->fixture, "market")].value;
}

static inline void look(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_market_buurt_areas(&s->fixture.tick, params(s), &s->area, &err), &err);
    assert_ok(wks_market_vacancy_rings(&s->fixture.tick, params(s), s->ring, NULL, &err), &err);
    s->permit.n = 0;
    assert_true(s->world.buurt.base.n_rows <= (int32_t)(sizeof s->until / sizeof *s->until));
    s->region = (wks_region_map){s->until, wks_fixture_tick_get(&s->fixture, "market", "elsewhere")};
    wks_region_map_fill(&s->world, &s->region);
    s->pass = (wks_market_pass){.world = &s->world,
                                .p = params(s),
                                .norms = wks_market_means_norms(&s->fixture.tick.law, params(s)),
                                .ring = s->ring,
                                .area = s->area,
                                .region = &s->region,
                                .permit = &s->permit};
    wks_market_look_bounds(&s->pass);
}

static inline void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* The utility as docs/odd.md has it, written again. False: not within means. */
static inline bool slow_utility(stage *s, int32_t household, int32_t kind, const wks_market_vacancy *v, double *out)
{
    const wks_world *w = &s->world;
    const wks_law *law = &s->fixture.tick.law;
    const double income = (double)w->household.income_eur[household], own = (double)w->household.equity_eur[household];
    const int32_t unit = v->unit_row, d = w->unit.dwelling_row[unit], buurt = w->dwelling.buurt_row[d];
    double cost;

#define P(name) wks_fixture_tick_get(&s->fixture, "market", name)
    if (kind == WKS_MARKET_OWNER) {
        const double monthly = P("interest") / 12, annuity = P("interest") / (1 - pow(1 + monthly, -360));
        const double price = (double)w->dwelling.value_eur[d], k = 0.02 + P("buyer_fees"); /* 40 years old: no starters' exemption */
        const double quote = law->loan_quote_middle +
                             (law->loan_quote_high - law->loan_quote_middle) * (income / law->income_single_eur - 1.2) / (2.2 - 1.2);
        const double most_by_income = (quote * income / annuity + own) / (1 + k), most_by_value = own / k;
        const double most = most_by_income < most_by_value ? most_by_income : most_by_value, paid = most < price ? most : price;
        if (most < 0.95 * price) return false;
        cost = (annuity - P("interest_relief") * P("interest")) * (paid * (1 + k) - own) + P("upkeep") * paid;
    } else {
        const double rent = (double)w->unit.rent_eur[unit];
        if (12 * rent > (kind == WKS_MARKET_ROOM ? 0.6 : 0.4) * income) return false;
        cost = 12 * rent; /* no huurtoeslag at this income */
    }
    const double rooms = kind == WKS_MARKET_ROOM ? 1 : w->dwelling.rooms[d] < 3 ? w->dwelling.rooms[d] : 3;
    double x = 0, y = 0, n = 0;
    for (int32_t i = 0; i < w->dwelling.base.n_rows; i++) {
        if (w->dwelling.buurt_row[i] != 1) continue;
        x += (double)w->dwelling.x_m[i], y += (double)w->dwelling.y_m[i], n++;
    }
    const double km = hypot(x / n - (double)w->dwelling.x_m[d], y / n - (double)w->dwelling.y_m[d]) / 1000;
    *out = P("b_cost") * cost / income + P("b_size") * rooms + P("b_leefbaarheid") * wks_world_leefbaarheid(w, buurt) / 0.14 +
           (buurt == 1 ? 2 * P("b_contacts") : 0) + P("b_kin") * (buurt == 1 ? 1 : P("kin_km") / (P("kin_km") + km)) +
           (kind == WKS_MARKET_OWNER ? P("b_owner") : 0);
    /* h0 lives alone in buurt 0 with 24,000; nobody in buurt 1. */
    if (buurt == 0) *out += P("b_income") * fabs(log(income / 24000)) + P("b_own_group") * 1;
    return true;
}

#endif
