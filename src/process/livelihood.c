#include "process/livelihood.h"

#include <string.h>

#include "base/month.h"
#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/livelihood_jobs.h"
#include "process/livelihood_rent.h"
#include "process/livelihood_sieve.h"
#include "process/livelihood_spells.h"
#include "process/livelihood_vulnerability.h"
#include "process/profile_income.h"
#include "process/tick_list.h"
#include "world/relations.h"

enum {
    P_JOB_LOSS,
    P_DISTANT_LOSS,
    P_TURNS_DISTANT,
    P_EXIT_NEAR,
    P_EXIT_SHORT,
    P_EXIT_LONG,
    P_EXIT_SCALE,
    P_LOW_LIMIT,
    P_SETBACK,
    P_RELAPSE,
    P_RECOVER_SHORT,
    P_RECOVER_LONG,
    P_RECOVER_SCALE,
    P_PENSION_AGE,
    P_GRADUATE,
    P_INDEX,
    P_RENT_INDEX,
    P_RENT_TO_CAP,
    P_RENT_EXTRA,
    P_OWN_BUSINESS,
    P_JOB_WAGE,
    P_JOB_ONWARD,
    P_JOB_KEEPS,
    P_NEWCOMER,
    P_NETWORK,
    P_PSYCHIATRIC,
    P_RECOVER_PSYCHIATRIC,
    P_ADDICTION,
    P_RECOVER_ADDICTION,
    P_DEBT,
    P_RECOVER_DEBT,
    P_FRAIL,
    P_NUISANCE,
    P_RECOVER_NUISANCE,
    P_NUISANCE_HELP,
    P_NUISANCE_BEHEER,
    P_DEBT_HELP,
    P_LOW_FACTOR,
    P_DEBT_SOCIAL,
    P_DEBT_OWNER,
    P_SHOCK_FACTOR,
    P_LONELY_FACTOR,
    P_CARRIED_FACTOR,
    P_BURDEN_LIMIT,
    P_ARREARS,
    P_ARREARS_END,
    P_EARLY_PLAN,
    P_PLAN,
    P_PLAN_BREAKS,
    P_EVICTION,
    P_AMORTISE,
    P_SAVINGS,
    N_PARAMS
};

static const wks_param params[N_PARAMS] = {
    [P_JOB_LOSS] = {"job_loss", WKS_PARAM_REAL, "1/yr", 0.035, 0, 1, NULL, false,
                    "fitted: keeps benefits near their share of the working ages; near 330,000 new WW a year (2019) [S120]",
                    "loss of work, mean over working households that are not far from work; twice as likely at low incomes"},
    [P_DISTANT_LOSS] =
        {"distant_loss", WKS_PARAM_REAL, "-", 5, 1, 20, NULL, false,
         "assumption: a year and a half after leaving bijstand for work 12 % lived on bijstand or WW, 28 % had no job [S119]; 3 to 8",
         "how many times as often who is far from work (afstand tot de arbeidsmarkt) loses it"},
    [P_TURNS_DISTANT] = {"turns_distant", WKS_PARAM_REAL, "share", 0.25, 0, 1, NULL, false,
                         "fitted with job_loss; near 4.6 % from WW to bijstand (2017) [S122] and 50,000 new disability benefits beside "
                         "330,000 WW [S120]; 0.1 to 0.3",
                         "of who loses work, the part that is far from work from then on: ill, or without work for long"},
    [P_EXIT_NEAR] = {"exit_near", WKS_PARAM_REAL, "1/yr", 1.7, 0, 20, NULL, false,
                     "369,300 WW benefits ended in 2019 over 223,500 running [S120]", "hazard of return to work of who is not far from it"},
    [P_EXIT_SHORT] = {"exit_short", WKS_PARAM_REAL, "1/yr", 0.4, 0, 20, NULL, false,
                      "assumption, near bijstand ended in 2023 by its length [S121]",
                      "far from work: hazard of return at the start of a spell without work, over the level of long spells"},
    [P_EXIT_LONG] = {"exit_long", WKS_PARAM_REAL, "1/yr", 0.03, 0, 1, NULL, false,
                     "assumption, near bijstand of five years and more ended in 2023 [S121], less for disability",
                     "far from work: hazard of return after a long spell"},
    [P_EXIT_SCALE] = {"exit_scale", WKS_PARAM_REAL, "yr", 2, 0.1, 20, NULL, false,
                      "assumption, near bijstand ended in 2023 by its length [S121]",
                      "far from work: how fast the chance falls with the length of the spell"},
    [P_LOW_LIMIT] = {"low_limit", WKS_PARAM_REAL, "-", 0.85, 0.7, 1.1, NULL, false,
                     "assumption: a tenth of the households is below it, as below CBS's lage-inkomensgrens [S85]; 0.8 to 1.0",
                     "low income: below this part of the social minimum of the year (minimum-inkomensijkpunt, one person or more)"},
    [P_SETBACK] = {"setback", WKS_PARAM_REAL, "1/yr", 0.14, 0, 1, NULL, false, "fitted to entrants of 40 % of the stock [S85]",
                   "households that work fall to a low income: fewer hours, a slack year of the self-employed; couples half as often"},
    [P_RELAPSE] = {"relapse", WKS_PARAM_REAL, "-", 1, 1, 20, NULL, false, "fitted to a relapse of 12 % within a year [S85]",
                   "factor on the hazard of setback in the year after a spell of low income"},
    [P_RECOVER_SHORT] = {"recover_short", WKS_PARAM_REAL, "1/yr", 1, 0, 20, NULL, false, "fitted to an exit of 41 % a year [S85]",
                         "hazard of leaving low income in work at the start of the spell, over the level of long spells"},
    [P_RECOVER_LONG] = {"recover_long", WKS_PARAM_REAL, "1/yr", 1.6, 0, 5, NULL, false, "fitted to an exit of 41 % a year [S85]",
                        "hazard of leaving low income in work after a long spell"},
    [P_RECOVER_SCALE] = {"recover_scale", WKS_PARAM_REAL, "yr", 1, 0.1, 20, NULL, false, "assumption: most spells are short [S85]",
                         "how fast that hazard falls with the length of the spell"},
    [P_PENSION_AGE] = {"pension_age", WKS_PARAM_INT, "yr", 0, 0, 75, NULL, false, "law table, aow_months",
                       "age at which AOW starts; 0: that of the year's law, 67 and three months from 2028"},
    [P_GRADUATE] = {"graduate", WKS_PARAM_REAL, "1/yr", 0.22, 0, 1, NULL, false, "assumption: studies of four to five years",
                    "students who end their study; times 0.2 below 20, 0.6 at 20-21, 1.5 at 22-23, 2.5 at 24-25, 3 later"},
    [P_INDEX] = {"income_index", WKS_PARAM_REAL, "1/yr", 0.025, -0.1, 0.2, NULL, false,
                 "assumption, equal to law_index so that limits stay in step", "growth of incomes each January"},
    [P_RENT_INDEX] = {"rent_index", WKS_PARAM_REAL, "1/yr", 0.025, -0.1, 0.2, NULL, false, "assumption, equal to income_index",
                      "increase of rents: sitting tenants each July, within the law's largest of the year; asked rents each January"},
    [P_RENT_TO_CAP] = {"rent_to_cap", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false,
                       "assumption: 0 keeps rents in step with incomes; 0 to 1",
                       "how far sitting tenants' rises go from rent_index towards the law's largest of the year; 1: all of it"},
    [P_RENT_EXTRA] = {"rent_extra", WKS_PARAM_REAL, "EUR/mo", 0, 0, 200, NULL, false, "off; the law allows 50 to 100",
                      "income-dependent rise: on top for social tenants with more than 1.15 of the income limit, each July"},
    [P_OWN_BUSINESS] = {"own_business", WKS_PARAM_REAL, "share", 0.15, 0, 1, NULL, false,
                        "assumption: near the share of self-employed among who works; 0.05 to 0.3",
                        "of those who return to work, the share that starts on its own: what cheap workspaces multiply"},
    [P_JOB_WAGE] = {"job_wage", WKS_PARAM_REAL, "-", 1.3, 1, 2, NULL, false,
                    "assumption: 36 hours at the minimum wage of 2025 with holiday pay is about 28,000 EUR (general knowledge)",
                    "income from a wijkbasisbaan over the social minimum of one person of the year"},
    [P_JOB_ONWARD] = {"job_onward", WKS_PARAM_REAL, "1/yr", 0.06, 0, 1, NULL, false,
                      "assumption, equal to exit_long: the job neither helps nor hinders; 0 to 0.2", "from a wijkbasisbaan to other work"},
    [P_JOB_KEEPS] = {"job_keeps", WKS_PARAM_REAL, "share", 0.2, 0, 1, NULL, false, "assumption; 0 to 0.5",
                     "of who is in a wijkbasisbaan when the programme ends, the share that goes on working; the others get a benefit"},
    [P_NEWCOMER] = {"newcomer_years", WKS_PARAM_REAL, "yr", 8, 0, 40, NULL, false, "assumption; 5 to 10",
                    "how long who came counts as a newcomer in an arrival neighbourhood"},
    [P_NETWORK] = {"network", WKS_PARAM_REAL, "1/yr", 0.1, 0, 1, NULL, false, "assumption; 0 to 0.3",
                   "newcomers without close kin in the city who find a network in an arrival neighbourhood, per (factor - 1)"},
    [P_PSYCHIATRIC] = {"psychiatric", WKS_PARAM_REAL, "1/yr", 0.00125, 0, 0.1, NULL, false,
                       "assumption, so that prevalence stays near 0.6-1.8 % [S21]", "onset of psychiatric problems in a household"},
    [P_RECOVER_PSYCHIATRIC] = {"recover_psychiatric", WKS_PARAM_REAL, "1/yr", 0.10, 0, 1, NULL, false, "assumption", "recovery"},
    [P_ADDICTION] = {"addiction", WKS_PARAM_REAL, "1/yr", 0.00095, 0, 0.1, NULL, false, "assumption", "onset of addiction"},
    [P_RECOVER_ADDICTION] = {"recover_addiction", WKS_PARAM_REAL, "1/yr", 0.10, 0, 1, NULL, false, "assumption", "recovery"},
    [P_DEBT] = {"debt", WKS_PARAM_REAL, "1/yr", 0.030, 0, 0.5, NULL, false, "assumption, so that prevalence stays near 8-9 % (UNVERIFIED)",
                "onset of problem debt"},
    [P_RECOVER_DEBT] = {"recover_debt", WKS_PARAM_REAL, "1/yr", 0.20, 0, 1, NULL, false, "assumption", "end of problem debt"},
    [P_FRAIL] = {"frail", WKS_PARAM_REAL, "1/yr", 0.024, 0, 1, NULL, false, "assumption",
                 "becoming frail at age 80; half at 74, double at 86; no recovery"},
    [P_NUISANCE] = {"nuisance", WKS_PARAM_REAL, "1/yr", 0.07, 0, 1, NULL, false,
                    "assumption, order of 7.8 reports per 1,000 dwellings [S55]",
                    "start of a nuisance file where there are psychiatric problems or addiction; a twentieth of it elsewhere"},
    [P_RECOVER_NUISANCE] = {"recover_nuisance", WKS_PARAM_REAL, "1/yr", 0.5, 0, 1, NULL, false, "assumption", "end of a nuisance file"},
    [P_NUISANCE_HELP] =
        {"nuisance_help", WKS_PARAM_REAL, "share", 0.4, 0, 0.8, NULL, false, "assumption, -40 % (0 to -80 %)",
         "fewer nuisance files of a household that support helps in full: half by later onset, half by an earlier end; 0: off"},
    [P_NUISANCE_BEHEER] = {"nuisance_beheer", WKS_PARAM_REAL, "share", 0.2, 0, 0.4, NULL, false,
                           "assumption, -20 % (0 to -40 %); the direction is supported [S24]",
                           "shorter nuisance files of tenants of corporaties where a beheerder is there in full; 0: off"},
    [P_DEBT_HELP] =
        {"debt_help", WKS_PARAM_REAL, "-", 0.25, 0, 1, NULL, false, "assumption, within the range of debt programmes (factor 1 to 1.5)",
         "for who support helps in full, the hazards of leaving debt and of a repayment plan are 1 + this times as large; 0: off"},
    [P_LOW_FACTOR] = {"low_factor", WKS_PARAM_REAL, "-", 3, 1, 10, NULL, false,
                      "assumption: vulnerability concentrates at low incomes [S21]",
                      "factor on every onset for households without work below pension age"},
    [P_DEBT_SOCIAL] = {"debt_social", WKS_PARAM_REAL, "-", 1.6, 1, 4, NULL, false,
                       "assumption; 1 to 2, so that prevalence by tenure stays near that of the start",
                       "factor on onset of problem debt of tenants of social homes against other tenants; 1: no difference"},
    [P_DEBT_OWNER] = {"debt_owner", WKS_PARAM_REAL, "-", 0.4, 0, 1, NULL, false,
                      "assumption; 0.25 to 1, so that prevalence by tenure stays near that of the start",
                      "factor on onset of problem debt of owner-occupiers against other households; 1: no difference"},
    [P_SHOCK_FACTOR] =
        {"shock_factor", WKS_PARAM_REAL, "-", 2, 1, 10, NULL, false, "assumption; 1 to 4",
         "factor on every onset in the year after loss of work, and in shelter or with an ex-partner in the first year there"},
    [P_LONELY_FACTOR] = {"lonely_factor", WKS_PARAM_REAL, "-", 1.5, 1, 5, NULL, false, "assumption; 1 to 3",
                         "onset of psychiatric problems in lonely households against others; the mean at the start stays; 1: no effect"},
    [P_CARRIED_FACTOR] = {"carried_factor", WKS_PARAM_REAL, "-", 0.7, 0, 1, NULL, false, "assumption; 0.4 to 1 [S38, S39]",
                          "start of a nuisance file of askers in gemengd wonen who see carriers as much as can be; 1: no effect"},
    [P_BURDEN_LIMIT] = {"burden_limit", WKS_PARAM_REAL, "share", 0.40, 0.1, 1, NULL, false, "assumption",
                        "net rent over income above which arrears arise"},
    [P_ARREARS] = {"arrears", WKS_PARAM_REAL, "1/mo", 0.03, 0, 1, NULL, false, "assumption",
                   "monthly chance of another month of arrears with debt or above the limit; with both twice the hazard"},
    [P_ARREARS_END] = {"arrears_end", WKS_PARAM_REAL, "1/mo", 0.1, 0, 1, NULL, false, "assumption", "a month of arrears is made up"},
    [P_EARLY_PLAN] = {"early_plan", WKS_PARAM_REAL, "1/mo", 0.05, 0, 1, NULL, false, "assumption; a lever, 0 to 0.5",
                      "vroegsignalering: with one or two months of arrears a repayment plan is agreed"},
    [P_PLAN] = {"plan", WKS_PARAM_REAL, "1/mo", 0.05, 0, 1, NULL, false, "assumption", "the same from three months of arrears"},
    [P_PLAN_BREAKS] = {"plan_breaks", WKS_PARAM_REAL, "1/mo", 0.05, 0, 1, NULL, false, "assumption",
                       "a repayment plan breaks; while it runs a month is paid back each month and nobody is evicted"},
    [P_EVICTION] = {"eviction", WKS_PARAM_REAL, "1/mo", 0.1, 0, 1, NULL, false,
                    "assumption, so that about 1,200 a year of 2.3 M social tenancies follow [S117]",
                    "eviction with three months of arrears or more and no plan"},
    [P_AMORTISE] = {"amortise", WKS_PARAM_REAL, "1/yr", 0.025, 0, 0.2, NULL, false, "assumption, near the synthetic population",
                    "part of the home's value that owners add to their equity each January, up to 0.95 of it"},
    [P_SAVINGS] = {"savings", WKS_PARAM_REAL, "yr", 0.25, 0, 5, NULL, false, "assumption, as in the synthetic population",
                   "savings in years of income that households who own no home move to, up or down, by a tenth of the gap each January"},
};

enum { EVICTED = 1, JOB_FREE = 2 };

typedef struct wks_livelihood_pass {
    wks_world *world;
    wks_livelihood_spells spells;
    wks_livelihood_vulnerability vulnerability;
    wks_livelihood_rent rent;
    wks_livelihood_jobs jobs;
    wks_livelihood_sieve sieve;
    uint8_t *flag; /* bits EVICTED, JOB_FREE */
    double index, amortise, savings, debt_help, own_business, network;
    int32_t newcomer_months;
    bool january, has_programme;
} pass;

/* Each January owners own a larger part of their home and others save towards a part of their income. */
static void save(const pass *self, int32_t i)
{
    wks_household_table *household = &self->world->household;
    const int32_t unit = household->unit_row[i];
    const int32_t dwelling = unit < 0 ? WKS_NONE : self->world->unit.dwelling_row[unit];
    const double equity = (double)household->equity_eur[i];

    if (dwelling >= 0 && self->world->dwelling.tenure[dwelling] == WKS_TENURE_OWNER) {
        const double value = (double)self->world->dwelling.value_eur[dwelling] * self->world->price_level, most = 0.95 * value;
        const double next = equity + self->amortise * value;
        if (equity < most) household->equity_eur[i] = (float)(next < most ? next : most);
    } else {
        /* Savings close a tenth of the gap a year: assumption. */
        const double gap = self->savings * (double)household->income_eur[i] - equity;
        household->equity_eur[i] = (float)(equity + 0.1 * gap);
    }
}

/* January: incomes and own money grow, then saving. Who looks from outside takes part in prices too. */
static void turn_of_year(const pass *self, int32_t i)
{
    wks_household_table *household = &self->world->household;

    if (self->index > 0 || self->index < 0) {
        household->income_eur[i] = (float)((double)household->income_eur[i] * (1 + self->index));
        household->usual_eur[i] = (float)((double)household->usual_eur[i] * (1 + self->index));
        if (wks_world_tenure_of(self->world, i) != WKS_TENURE_OWNER) /* a home gains with the price level (process market) */
            household->equity_eur[i] = (float)((double)household->equity_eur[i] * (1 + self->index));
    }
    save(self, i);
}

/* Came from abroad or by way of COA, or, of who lived here at tick 0, to the region later than born: how they came is not known. Origin is not looked at. */
static bool is_newcomer(const pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    const int32_t since = household->region_month[i];

    if (self->world->month - since >= self->newcomer_months) return false;
    switch ((wks_came_as)household->came_as[i]) {
    case WKS_CAME_AS_FOREIGN:
    case WKS_CAME_AS_LABOUR:
    case WKS_CAME_AS_STATUSHOUDER: return true;
    case WKS_CAME_AS_NONE: return since <= self->world->start_month && since > household->head_birth_month[i];
    case WKS_CAME_AS_REGION:
    case WKS_CAME_AS_STUDENT:
    case WKS_CAME_AS_CARE_LEAVER:
    case WKS_CAME_AS_EX_DETAINEE:
    case WKS_N_CAME_AS: break;
    }
    return false;
}

/* What programmes of the buurt, and support, do for one household. */
typedef struct help {
    wks_livelihood_spells_boost spells;
    wks_livelihood_vulnerability_boost vulnerability;
    double arrival;
} help;

static help help_of(const pass *self, int32_t i)
{
    const wks_buurt_table *buurt = &self->world->buurt;
    const int32_t b = self->has_programme ? wks_world_buurt_of(self->world, i) : WKS_NONE;
    help out = {{0, 0}, {self->debt_help * self->world->household.helped[i] / 10, 0}, 0};

    if (b < 0) return out;
    if (buurt->arrival_boost[b] != 0 && is_newcomer(self, i)) out.arrival = buurt->arrival_boost[b];
    out.spells.low_in_work = buurt->work_boost[b];
    out.spells.without_work = buurt->work_boost[b] + self->own_business * buurt->workspace_boost[b] + out.arrival;
    if (out.spells.without_work < -1) out.spells.without_work = -1;
    out.vulnerability.debt += buurt->debt_boost[b];
    out.vulnerability.nuisance = buurt->nuisance_boost[b];
    return out;
}

/* A network of one's own in the arrival neighbourhood counts as close kin do. */
static void find_network(const pass *self, int32_t i, double arrival)
{
    wks_household_table *household = &self->world->household;
    uint32_t word[4];

    if (!(arrival > 0) || household->kin_buurt_row[i] >= 0 || household->place[i] != WKS_PLACE_HOUSED) return;
    wks_rng_four(&self->world->seed, household->key[i], (uint32_t)self->world->tick, WKS_RNG_PROGRAMME, word);
    if (wks_rng_unit(word[2]) < 1 - wks_math_exp(-arrival * self->network / 12))
        household->kin_buurt_row[i] = wks_world_buurt_of(self->world, i);
}

static bool has_programme(const wks_buurt_table *buurt, int32_t b)
{
    const double boost[] = {buurt->work_boost[b], buurt->debt_boost[b], buurt->workspace_boost[b], buurt->arrival_boost[b],
                            buurt->nuisance_boost[b]};
    for (size_t k = 0; k < sizeof boost / sizeof boost[0]; k++) {
        if (boost[k] > 0 || boost[k] < 0) return true;
    }
    return false;
}

/* A programme runs where it lives: bounds of chances (livelihood_sieve.h) are those without. */
static bool is_in_programme(const pass *self, int32_t i)
{
    const int32_t b = self->has_programme ? wks_world_buurt_of(self->world, i) : WKS_NONE;
    return b >= 0 && has_programme(&self->world->buurt, b);
}

static void live_one(pass *self, int32_t i, wks_rng *rng)
{
    wks_world *world = self->world;
    const help programmes = help_of(self, i);
    const int32_t age = wks_month_age(world->household.head_birth_month[i], world->month);
    const bool has_job = wks_rare_u64(&world->household.job, i) != 0;

    find_network(self, i, programmes.arrival);
    const bool job_free = has_job && wks_livelihood_jobs_step(&self->jobs, &self->spells, world, i, age, rng);
    if (has_job) wks_livelihood_spells_career(&self->spells, world, i);
    wks_livelihood_spells_step(&self->spells, world, i, age, &programmes.spells, rng);
    wks_livelihood_vulnerability_step(&self->vulnerability, world, i, age, &programmes.vulnerability, rng);
    const bool evicted = wks_livelihood_rent_step(&self->rent, world, i, age, programmes.vulnerability.debt, rng);
    self->flag[i] = (uint8_t)((evicted ? EVICTED : 0) | (job_free ? JOB_FREE : 0));
}

/* Most households are told by their draw to have a quiet month; the others live it step by step. `k`: their words among those made together. */
static void live_month(pass *self, int32_t i, uint32_t word[4][WKS_SIEVE_ROWS], int32_t k)
{
    const wks_world *world = self->world;
    const uint32_t own[4] = {word[0][k], word[1][k], word[2][k], word[3][k]};
    wks_rng rng = wks_rng_resume(&world->seed, world->household.key[i], (uint32_t)world->tick, WKS_RNG_INCOME, own);

    live_one(self, i, &rng);
}

static void live_rows(pass *self, int32_t first, int32_t n)
{
    wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    uint32_t word[4][WKS_SIEVE_ROWS];
    uint32_t *const out[4] = {word[0], word[1], word[2], word[3]};
    bool quiet[WKS_SIEVE_ROWS];

    wks_rng_rows(&world->seed, &household->key[first], n, (uint32_t)world->tick, WKS_RNG_INCOME, out);
    for (int32_t i = first; self->january && i < first + n; i++) {
        if (household->key[i] != 0) turn_of_year(self, i);
    }
    wks_livelihood_spells_careers(&self->spells, world, first, first + n);
    wks_livelihood_sieve_rows(&self->sieve, world, first, n, word, quiet);
    for (int32_t k = 0; k < n; k++) {
        const int32_t i = first + k;
        if ((quiet[k] && wks_rare_u64(&household->job, i) == 0 && !is_in_programme(self, i)) || household->key[i] == 0) continue;
        if (household->place[i] != WKS_PLACE_OUTSIDE) live_month(self, i, word, k);
    }
    wks_livelihood_sieve_remember(&self->sieve, world, first, first + n);
}

static void live(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;

    (void)block;
    memset(&self->flag[begin], 0, (size_t)(end - begin));
    for (int64_t first = begin; first < end; first += WKS_SIEVE_ROWS)
        live_rows(self, (int32_t)first, (int32_t)(end - first < WKS_SIEVE_ROWS ? end - first : WKS_SIEVE_ROWS));
}

static wks_status evict(wks_tick *tick, int32_t row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const bool is_social = wks_world_tenure_of(world, row) == WKS_TENURE_SOCIAL;

    WKS_TRY(wks_relations_move_out(world, row, WKS_PLACE_SHELTER, WKS_NONE, err));
    world->household.arrears_months[row] = world->household.repays[row] = 0;
    world->ledger.evictions++;
    world->ledger.evictions_social += is_social;
out:
    return rc;
}

static wks_livelihood_spells_rates spell_rates(const double *p)
{
    return (wks_livelihood_spells_rates){
        .job_loss = p[P_JOB_LOSS],
        .distant_loss = p[P_DISTANT_LOSS],
        .turns_distant = p[P_TURNS_DISTANT],
        .between_jobs = p[P_EXIT_NEAR],
        .setback = p[P_SETBACK],
        .relapse = p[P_RELAPSE],
        .graduate = p[P_GRADUATE],
        .low_limit = p[P_LOW_LIMIT],
        .without_work = {p[P_EXIT_LONG], p[P_EXIT_SHORT], p[P_EXIT_SCALE]},
        .low_in_work = {p[P_RECOVER_LONG], p[P_RECOVER_SHORT], p[P_RECOVER_SCALE]},
        .pension_age = (int32_t)p[P_PENSION_AGE],
    };
}

static void make_rates(const double *p, const wks_law *law, const wks_world *world, pass *out)
{
    const wks_livelihood_spells_rates spells = spell_rates(p);
    const wks_livelihood_vulnerability_rates vulnerability = {
        .onset = {p[P_PSYCHIATRIC], p[P_ADDICTION], p[P_DEBT], p[P_NUISANCE]},
        .recover = {p[P_RECOVER_PSYCHIATRIC], p[P_RECOVER_ADDICTION], p[P_RECOVER_DEBT], p[P_RECOVER_NUISANCE]},
        .frail = p[P_FRAIL],
        .low_factor = p[P_LOW_FACTOR],
        .shock_factor = p[P_SHOCK_FACTOR],
        .debt_social = p[P_DEBT_SOCIAL],
        .debt_owner = p[P_DEBT_OWNER],
        .lonely_factor = p[P_LONELY_FACTOR],
        .lonely_start = world->balance.lonely,
        .carried_factor = p[P_CARRIED_FACTOR],
        .nuisance_help = p[P_NUISANCE_HELP],
        .nuisance_beheer = p[P_NUISANCE_BEHEER],
    };

    wks_livelihood_spells_make(&spells, law, &out->spells);
    wks_livelihood_vulnerability_make(&vulnerability, &out->vulnerability);
    out->rent = (wks_livelihood_rent){
        .law = law,
        .burden_limit = p[P_BURDEN_LIMIT],
        .arrears = p[P_ARREARS],
        .arrears_end = p[P_ARREARS_END],
        .plan = p[P_PLAN],
        .early_plan = p[P_EARLY_PLAN],
        .plan_breaks = p[P_PLAN_BREAKS],
        .eviction = p[P_EVICTION],
        .index = p[P_RENT_INDEX],
        .to_cap = p[P_RENT_TO_CAP],
        .extra_eur = p[P_RENT_EXTRA],
    };
    out->jobs = (wks_livelihood_jobs){
        .wage_eur = p[P_JOB_WAGE] * wks_law_social_minimum(law, 1),
        .onward = wks_math_monthly(p[P_JOB_ONWARD]),
        .keeps = p[P_JOB_KEEPS],
    };
}

static bool any_programme(const wks_buurt_table *buurt)
{
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        if (has_programme(buurt, b)) return true;
    }
    return false;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows, month = wks_month_of_year(world->month);
    pass self = {
        .world = world,
        .flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1),
        .index = p[P_INDEX],
        .amortise = p[P_AMORTISE],
        .savings = p[P_SAVINGS],
        .debt_help = p[P_DEBT_HELP],
        .own_business = p[P_OWN_BUSINESS],
        .network = p[P_NETWORK],
        .newcomer_months = (int32_t)(12 * p[P_NEWCOMER]),
        .january = month == 0,
        .has_programme = any_programme(&world->buurt),
    };
    wks_tick_item *item = NULL;
    int32_t n_items = 0;

    if (self.flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", n);
    make_rates(p, &tick->law, world, &self);
    wks_livelihood_sieve_make(&self.spells, &self.vulnerability, &self.rent, &self.sieve);
    wks_par_for(n, 0, world->threads, live, &self);
    if (month == 6) wks_livelihood_rent_july(&self.rent, world);
    if (self.january) {
        wks_livelihood_rent_january(&self.rent, world);
        world->income_growth *= 1 + p[P_INDEX];
    }
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, self.flag, world->household.key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++) {
        world->ledger.jobs_ended += (item[k].kind & JOB_FREE) != 0;
        if ((item[k].kind & EVICTED) != 0) WKS_TRY(evict(tick, item[k].row, err));
    }
out:
    return rc;
}

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    const wks_livelihood_spells_rates rates = spell_rates(settings->value);
    wks_livelihood_spells spells;

    (void)err;
    wks_profile_income_calibrate(tick->world, &tick->law);
    wks_livelihood_spells_make(&rates, &tick->law, &spells);
    wks_livelihood_spells_start(&spells, tick->world);
    tick->world->balance.distant = wks_livelihood_spells_distant(tick->world);
    return WKS_OK;
}

static const wks_process process = {run, start};
const wks_spec wks_livelihood_spec = {
    "livelihood",
    "process",
    "work and spells of low income, pension, indexation, rents, onset of and recovery from vulnerabilities, arrears and eviction",
    "",
    params,
    N_PARAMS,
    &process};
