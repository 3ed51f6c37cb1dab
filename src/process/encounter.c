#include "process/encounter.h"

#include "num/math.h"
#include "process/encounter_contacts.h"
#include "process/encounter_live.h"

enum {
    P_BASE,
    P_BY_SETTLED,
    P_BY_CHILDREN,
    P_RISE,
    P_FALL,
    P_SETTLED,
    P_MIX_GAIN,
    P_MIX_RESIDUAL,
    P_MIX_FADE,
    P_MIX_GROW,
    P_SCATTER,
    P_CARRIED,
    P_LONELY,
    P_LONELY_ODDS,
    P_LONELY_ALONE,
    P_LONELY_OLD,
    P_LONELY_HEALTH,
    P_LONELY_RECOVER,
    P_LONELY_CONTACTS,
    N_PARAMS
};

static const wks_param params[N_PARAMS] = {
    [P_BASE] = {"base", WKS_PARAM_REAL, "1/adult/week", 5, 0.1, 50, NULL, false, "assumption; 1 to 20",
                "light contacts with neighbours, mean of the city at the start: greeting, a chat, help with something small"},
    [P_BY_SETTLED] = {"by_settled", WKS_PARAM_REAL, "-", 0.5, 0, 2, NULL, false, "assumption",
                      "at the start: more of them where more households live for a year or more, per share above the city's"},
    [P_BY_CHILDREN] = {"by_children", WKS_PARAM_REAL, "-", 0.5, 0, 2, NULL, false, "assumption",
                       "at the start: the same for households with children"},
    [P_RISE] = {"rise", WKS_PARAM_REAL, "1/mo", 0.1, 0, 1, NULL, false, "assumption: half in seven months",
                "how fast contacts follow new opportunities"},
    [P_FALL] = {"fall", WKS_PARAM_REAL, "1/mo", 0.1, 0, 1, NULL, false, "assumption: half in seven months",
                "how fast they fall when opportunities end"},
    [P_SETTLED] = {"settled", WKS_PARAM_REAL, "-", 0.5, 0, 1, NULL, false, "assumption: who stays knows the others",
                   "elasticity of contacts to the share of settled households against the start; 0: turnover does not count"},
    [P_MIX_GAIN] =
        {"mix_gain", WKS_PARAM_REAL, "-", 1, 0, 2, NULL, false, "assumption: factors of 1 to 2 [S38, S39]",
         "gemengd wonen: light contacts of an asker with only carriers around (or the reverse), frequent as at the start, above others'"},
    [P_MIX_RESIDUAL] = {"mix_residual", WKS_PARAM_REAL, "share", 0.2, 0, 1, NULL, false,
                        "assumption: contacts fade without support [S38, S39]", "what is left of that without guidance; 1: nothing fades"},
    [P_MIX_FADE] = {"mix_fade", WKS_PARAM_REAL, "1/mo", 0.05, 0, 1, NULL, false, "assumption: half of the gap in fourteen months",
                    "how fast it fades"},
    [P_MIX_GROW] = {"mix_grow", WKS_PARAM_REAL, "1/mo", 0.1, 0, 1, NULL, false, "assumption", "how fast guidance brings it back"},
    [P_SCATTER] =
        {"scatter", WKS_PARAM_REAL, "-", 0.25, 0, 1, NULL, false, "assumption: scattered placement eases contact [S39]",
         "weight of the own portiek against the complex in gemengd wonen; elsewhere what a referred household loses with only referred "
         "neighbours in its portiek; 0: where one lives does not count"},
    [P_CARRIED] = {"carried", WKS_PARAM_REAL, "hours/week", 0.5, 0, 3, NULL, false, "assumption",
                   "informal help of a carrier in a complex with askers, frequent as at the start"},
    [P_LONELY] = {"lonely", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, "a switch", "loneliness is followed; 0: nobody is lonely"},
    [P_LONELY_ODDS] = {"lonely_odds", WKS_PARAM_REAL, "-", 0.06, 0, 1, NULL, false, "assumption; 0.03 to 0.12",
                       "lonely against not lonely, of households of two or more below 75 without a vulnerability, in the long run"},
    [P_LONELY_ALONE] = {"lonely_alone", WKS_PARAM_REAL, "-", 2.5, 1, 10, NULL, false, "assumption", "factor on these odds: lives alone"},
    [P_LONELY_OLD] = {"lonely_old", WKS_PARAM_REAL, "-", 1.5, 1, 10, NULL, false, "assumption", "the same: 75 and over"},
    [P_LONELY_HEALTH] = {"lonely_health", WKS_PARAM_REAL, "-", 2, 1, 10, NULL, false, "assumption",
                         "the same: frail, or another vulnerability"},
    [P_LONELY_RECOVER] = {"lonely_recover", WKS_PARAM_REAL, "1/yr", 0.35, 0, 1, NULL, false, "assumption",
                          "spells of loneliness that end within a year"},
    [P_LONELY_CONTACTS] =
        {"lonely_contacts", WKS_PARAM_REAL, "-", 0.5, 0, 1, NULL, false, "assumption",
         "how many % the odds fall per % more light contacts, in the long run; 0: contacts do not help against loneliness"},
};

typedef struct wks_encounter_rates {
    wks_encounter_contacts_rates contacts;
    wks_encounter_gemengd_rates gemengd;
    wks_encounter_lonely lonely;
    bool has_lonely;
} rates;

/* What became of the buurten's contacts. */
static void add_up(wks_world *world, const wks_encounter_homes_sums *sum, bool is_start)
{
    wks_buurt_table *buurt = &world->buurt;

    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double adults = (double)sum[b].adults * WKS_ENCOUNTER_LIVE_STEPS;
        const double inside = adults > 0 ? 1 + (double)sum[b].beyond / adults : 1;
        if (is_start) buurt->inside_start[b] = inside;
        const double change = buurt->inside_start[b] > 0 ? inside / buurt->inside_start[b] : inside;
        buurt->contacts[b] = wks_math_clamp(buurt->contacts_public[b] * change, WKS_ENCOUNTER_CONTACTS_LEAST, WKS_ENCOUNTER_CONTACTS_MOST);
    }
}

/* Of the households with a home. */
static double lonely_share(const wks_world *world)
{
    const wks_household_table *household = &world->household;
    int64_t n = 0, lonely = 0;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED) continue;
        n++;
        lonely += household->lonely[i];
    }
    return n > 0 ? (double)lonely / (double)n : 0;
}

static wks_encounter_contacts_rates contact_rates(const double *p)
{
    return (wks_encounter_contacts_rates){
        .base = p[P_BASE],
        .by_settled = p[P_BY_SETTLED],
        .by_children = p[P_BY_CHILDREN],
        .rise = p[P_RISE],
        .fall = p[P_FALL],
        .settled = p[P_SETTLED],
    };
}

static void make_rates(const double *p, rates *out)
{
    const wks_encounter_lonely_rates lonely = {
        .odds = p[P_LONELY_ODDS],
        .alone = p[P_LONELY_ALONE],
        .old = p[P_LONELY_OLD],
        .health = p[P_LONELY_HEALTH],
        .recover = p[P_LONELY_RECOVER],
        .contacts = p[P_LONELY_CONTACTS],
        .base = p[P_BASE],
    };

    out->contacts = contact_rates(p);
    out->has_lonely = p[P_LONELY] != 0;
    out->gemengd = (wks_encounter_gemengd_rates){
        .gain = p[P_MIX_GAIN],
        .residual = p[P_MIX_RESIDUAL],
        .fade = p[P_MIX_FADE],
        .grow = p[P_MIX_GROW],
        .scatter = p[P_SCATTER],
        .hours = p[P_CARRIED],
        .rise = p[P_RISE],
        .fall = p[P_FALL],
    };
    wks_encounter_lonely_make(&lonely, &out->lonely);
}

static wks_status month(wks_tick *tick, const wks_settings *settings, bool is_start, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    rates with;
    wks_encounter_homes homes;
    wks_encounter_gemengd mix;

    make_rates(settings->value, &with);
    WKS_TRY(wks_encounter_homes_take(tick, &homes, err));
    WKS_TRY(wks_encounter_gemengd_take(tick, &homes, &mix, err));
    if (is_start) {
        WKS_TRY(wks_encounter_contacts_start(tick, &with.contacts, homes.sum, err));
        wks_encounter_gemengd_start(world, &with.gemengd, &mix);
    } else {
        wks_encounter_contacts_step(world, &with.contacts, homes.sum);
        wks_encounter_gemengd_step(world, &with.gemengd, &mix);
    }
    const wks_encounter_live live = {&with.gemengd, &mix, &with.lonely, &homes, with.has_lonely, is_start};
    WKS_TRY(wks_encounter_live_month(tick, &live, err));
    add_up(world, homes.sum, is_start);
    if (is_start) world->balance.lonely = lonely_share(world);
out:
    return rc;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    return month(tick, settings, false, err);
}

/* What nobody has while the process is off: what is left are the rates of the start, which do nothing by themselves. */
static void clear(wks_world *world)
{
    wks_household_table *household = &world->household;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        household->contacts[i] = 0;
        household->lonely[i] = household->mixed[i] = 0;
    }
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        world->buurt.carried[b] = 0;
    world->balance.lonely = 0;
}

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(month(tick, settings, true, err));
    if (!wks_tick_is_on(tick, &wks_encounter_spec)) clear(tick->world);
out:
    return rc;
}

static const wks_process process = {run, start};
const wks_spec wks_encounter_spec = {
    "encounter", "process", "light contacts between neighbours, in gemengd wonen too, and loneliness", "", params, N_PARAMS, &process};
