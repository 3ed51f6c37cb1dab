#include "process/encounter.h"

#include <string.h>

#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/encounter_contacts.h"
#include "process/encounter_gemengd.h"
#include "process/encounter_lonely.h"

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

/* Light contacts of adults beyond those in public, in ten thousandths: whole numbers, so that no order matters. */
typedef struct wks_encounter_sums {
    int64_t adults, beyond;
    int64_t households, lonely;
} sums;

typedef struct wks_encounter_pass {
    wks_world *world;
    wks_encounter_gemengd_rates rates;
    wks_encounter_gemengd mix;
    wks_encounter_lonely lonely;
    bool has_lonely, is_start;
    sums *block; /* n_blocks * n_buurten */
} pass;

enum { BLOCK = 16384, STEPS = 10000 };

/* Who had no light contacts before (above 0 once counted) is new: formed, or come to the city. */
static void live_one(const pass *self, int32_t i, double contacts)
{
    wks_household_table *household = &self->world->household;
    const bool is_new = self->is_start || !(household->contacts[i] > 0);

    household->contacts[i] = (float)contacts;
    if (self->has_lonely)
        wks_encounter_lonely_step(&self->lonely, self->world, i, contacts, is_new);
    else
        household->lonely[i] = 0;
}

/* Rate in public of a buurt, per adult per week. */
static double public_of(const wks_world *world, int32_t buurt)
{
    return world->buurt.contacts_start[buurt] * world->buurt.contacts_public[buurt];
}

/* Who has no neighbours of its own is not in `sums`: a guest has those of its host, in shelter the mean of the city counts. */
static void live_without_home(const pass *self, int32_t i)
{
    wks_world *world = self->world;
    const int32_t buurt = wks_world_buurt_of(world, i);

    world->household.mixed[i] = 0;
    if (world->household.place[i] == WKS_PLACE_OUTSIDE || world->household.place[i] == WKS_PLACE_COA) {
        world->household.contacts[i] = 0;
        world->household.lonely[i] = 0;
        return;
    }
    live_one(self, i, buurt >= 0 ? public_of(world, buurt) : self->lonely.base);
}

static void live(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    wks_world *world = self->world;
    wks_household_table *household = &world->household;
    sums *sum = self->block + block * world->buurt.base.n_rows;

    memset(sum, 0, (size_t)world->buurt.base.n_rows * sizeof *sum);
    for (int64_t k = begin; k < end; k++) {
        const int32_t i = (int32_t)k;
        if (household->key[i] == 0) continue;
        if (household->place[i] != WKS_PLACE_HOUSED) {
            live_without_home(self, i);
            continue;
        }
        const int32_t buurt = world->dwelling.buurt_row[world->unit.dwelling_row[household->unit_row[i]]];
        const double factor = wks_encounter_gemengd_factor(world, &self->rates, &self->mix, i, &household->mixed[i]);
        live_one(self, i, public_of(world, buurt) * factor);
        sum[buurt].adults += household->n_adults[i];
        sum[buurt].beyond += household->n_adults[i] * (int64_t)((factor - 1) * STEPS + (factor < 1 ? -0.5 : 0.5));
        sum[buurt].households++;
        sum[buurt].lonely += household->lonely[i];
    }
}

static void add_up(wks_world *world, const sums *block, int64_t n_blocks, bool is_start)
{
    const int32_t n_buurten = world->buurt.base.n_rows;
    sums city = {0};

    for (int32_t b = 0; b < n_buurten; b++) {
        sums here = {0};
        for (int64_t k = 0; k < n_blocks; k++) {
            const sums *part = &block[k * n_buurten + b];
            here.adults += part->adults;
            here.beyond += part->beyond;
            city.households += part->households;
            city.lonely += part->lonely;
        }
        const double inside = here.adults > 0 ? 1 + (double)here.beyond / ((double)here.adults * STEPS) : 1;
        if (is_start) world->buurt.inside_start[b] = inside;
        const double change = world->buurt.inside_start[b] > 0 ? inside / world->buurt.inside_start[b] : inside;
        world->buurt.contacts[b] =
            wks_math_clamp(world->buurt.contacts_public[b] * change, WKS_ENCOUNTER_CONTACTS_LEAST, WKS_ENCOUNTER_CONTACTS_MOST);
    }
    if (is_start) world->balance.lonely = city.households > 0 ? (double)city.lonely / (double)city.households : 0;
}

static wks_status households(wks_tick *tick, pass *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows, n_buurten = world->buurt.base.n_rows;
    const int64_t size = wks_par_block_size(n, BLOCK), n_blocks = wks_par_blocks(n, size);

    self->block = wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)n_blocks * (size_t)n_buurten, sizeof *self->block);
    if (self->block == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for sums of %d buurten", n_buurten);
    wks_par_for(n, size, world->threads, live, self);
    add_up(world, self->block, n_blocks, self->is_start);
out:
    return rc;
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

static void make_pass(const double *p, wks_world *world, pass *out)
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

    *out = (pass){.world = world, .has_lonely = p[P_LONELY] != 0};
    out->rates = (wks_encounter_gemengd_rates){
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
    const wks_encounter_contacts_rates rates = contact_rates(settings->value);
    wks_encounter_contacts_sums *sum = wks_tick_buffer(tick, WKS_SLOT_BUURT_D, (size_t)world->buurt.base.n_rows, sizeof *sum);
    pass self;

    if (sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", world->buurt.base.n_rows);
    make_pass(settings->value, world, &self);
    self.is_start = is_start;
    WKS_TRY(wks_encounter_contacts_count(tick, sum, err));
    WKS_TRY(wks_encounter_gemengd_take(tick, &self.mix, err));
    if (is_start) {
        wks_encounter_contacts_start(world, &rates, sum);
        wks_encounter_gemengd_start(world, &self.rates, &self.mix);
    } else {
        wks_encounter_contacts_step(world, &rates, sum);
        wks_encounter_gemengd_step(world, &self.rates, &self.mix);
    }
    WKS_TRY(households(tick, &self, err));
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
