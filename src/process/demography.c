#include "process/demography.h"

#include <string.h>

#include "base/marks.h"
#include "base/month.h"
#include "base/par.h"
#include "base/vector.h"
#include "num/draw.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/demography_balance.h"
#include "process/demography_couples.h"
#include "process/demography_rates.h"
#include "process/profile_income.h"
#include "process/sieve.h"
#include "process/tick_list.h"
#include "world/pace.h"
#include "world/relations.h"

static const wks_param params[WKS_DEMOGRAPHY_N_PARAMS] = {
    [WKS_DEMOGRAPHY_P_DEATH_LEVEL] = {"death_level", WKS_PARAM_REAL, "1/yr", 0.005, 0, 0.1, NULL, false,
                                      "assumption, near CBS life tables of 2022",
                                      "probability of death in a year at age 60; other ages follow Gompertz' law"},
    [WKS_DEMOGRAPHY_P_DEATH_GROWTH] = {"death_growth", WKS_PARAM_REAL, "1/yr", 0.111, 0, 0.3, NULL, false,
                                       "assumption, near CBS life tables of 2022", "growth of log mortality per year of age"},
    [WKS_DEMOGRAPHY_P_DEATH_CARE] = {"death_in_care", WKS_PARAM_REAL, "-", 2.5, 1, 10, NULL, false, "assumption",
                                     "factor on mortality of residents of institutions"},
    [WKS_DEMOGRAPHY_P_FERTILITY] = {"fertility", WKS_PARAM_REAL, "children", 1.49, 0, 5, NULL, false,
                                    "assumption, near the CBS figure for 2022", "children a woman would have over her life (TFR)"},
    [WKS_DEMOGRAPHY_P_FERTILITY_AGE] = {"fertility_age", WKS_PARAM_REAL, "yr", 31.6, 20, 45, NULL, false, "assumption",
                                        "mean age at birth"},
    [WKS_DEMOGRAPHY_P_FERTILITY_SD] = {"fertility_sd", WKS_PARAM_REAL, "yr", 5, 1, 10, NULL, false, "assumption",
                                       "spread of the age at birth"},
    [WKS_DEMOGRAPHY_P_FERTILITY_SINGLE] = {"fertility_single", WKS_PARAM_REAL, "-", 0.2, 0, 1, NULL, false, "assumption",
                                           "fertility of women without partner relative to women with one"},
    [WKS_DEMOGRAPHY_P_LEAVE_HOME] =
        {"leave_home", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, false, "assumption",
         "factor on the yearly wish to leave the parental home: 0.16 at 18-19, 0.26 at 20-24, 0.30 at 25-29, 0.15 later"},
    [WKS_DEMOGRAPHY_P_STUDENT_SHARE] = {"student_share", WKS_PARAM_REAL, "share", 0.3, 0, 1, NULL, false, "assumption",
                                        "of those who want to leave home below 24, the share that studies"},
    [WKS_DEMOGRAPHY_P_LVB_SHARE] = {"lvb_share", WKS_PARAM_REAL, "share", 0.09, 0, 1, NULL, false, "9 % nationally [S22]",
                                    "new households with a mild intellectual disability"},
    [WKS_DEMOGRAPHY_P_DISTANT_INHERITS] =
        {"distant_inherits", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false, "assumption; 0.2 to 0.8",
         "of who leaves home: is as far from work as the parents are; the others are so with the city's share of tick 0"},
    [WKS_DEMOGRAPHY_P_CARE_OLD] = {"care_old", WKS_PARAM_REAL, "1/yr", 0.027, 0, 1, NULL, false,
                                   "assumption (household loss of 6 % at 80+ includes it)",
                                   "moving into a care home at age 85; half at 78, double at 92"},
    [WKS_DEMOGRAPHY_P_CARE_PARTNER] = {"care_partner", WKS_PARAM_REAL, "-", 0.4, 0, 1, NULL, false, "assumption",
                                       "factor on care_old with a partner at home"},
    [WKS_DEMOGRAPHY_P_CARE_YOUNG] = {"care_young", WKS_PARAM_REAL, "1/yr", 0.035, 0, 1, NULL, false,
                                     "assumption, so that as many go in as come out (care_leavers)",
                                     "moving into beschermd wonen or opvang of singles below 65 with psychiatric problems or addiction"},
    [WKS_DEMOGRAPHY_P_REGISTER_YOUNG] = {"register_young", WKS_PARAM_REAL, "1/yr", 0.12, 0, 1, NULL, false, "assumption",
                                         "registering as woningzoekende, age 18-29"},
    [WKS_DEMOGRAPHY_P_REGISTER_MIDDLE] = {"register_middle", WKS_PARAM_REAL, "1/yr", 0.05, 0, 1, NULL, false, "assumption",
                                          "registering, age 30-49"},
    [WKS_DEMOGRAPHY_P_REGISTER_OLD] = {"register_old", WKS_PARAM_REAL, "1/yr", 0.02, 0, 1, NULL, false, "assumption",
                                       "registering, age 50 and over"},
    [WKS_DEMOGRAPHY_P_LAPSE] = {"lapse", WKS_PARAM_REAL, "1/yr", 0.05, 0, 1, NULL, false, "assumption", "letting a registration lapse"},
    [WKS_DEMOGRAPHY_P_COUPLE] = {"couple", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, false, "assumption",
                                 "factor on the yearly hazard of singles who do not study to look for a partner: that of the city by age "
                                 "(decision 0011), else 0.28 "
                                 "at 18-29, 0.18 at 30-44, 0.065 at 45-59, 0.02 later"},
    [WKS_DEMOGRAPHY_P_COUPLE_PARENT] = {"couple_parent", WKS_PARAM_REAL, "-", 0.8, 0, 2, NULL, false, "assumption",
                                        "the same hazard of single parents, relative to that of singles"},
    [WKS_DEMOGRAPHY_P_SEPARATE] = {"separate", WKS_PARAM_REAL, "1/yr", 0.018, 0, 0.5, NULL, false, "assumption",
                                   "separation of couples below 60; a quarter of it later"},
    [WKS_DEMOGRAPHY_P_MOTIVATED] =
        {"motivated", WKS_PARAM_REAL, "share", WKS_WORLD_MOTIVATED_SHARE, 0, 1, NULL, false,
         "assumption, 0.02 to 0.4: mixed complexes find enough residents, no share is published [S38]",
         "households that would state the motivation to carry in gemengd wonen; drawn once for each, from its key"},
};

enum { EVENT_NONE, EVENT_DEATH, EVENT_CARE, EVENT_BIRTH, EVENT_LEAVE_HOME, EVENT_REGISTER, EVENT_LAPSE };

typedef struct wks_demography_pass {
    const wks_world *world;
    const wks_demography_rates *rate;
    uint8_t *flag;
} pass;

/* At most one event a person a month: competing risks on separate words of one draw, the gravest first. */
static uint8_t event_of(const pass *self, int32_t i, const uint32_t word[4])
{
    const wks_world *world = self->world;
    const wks_person_table *person = &world->person;
    const wks_household_table *household = &world->household;
    const wks_demography_rates *rate = self->rate;
    const int32_t months = world->month - person->birth_month[i];
    const int32_t age = months / 12 < WKS_DEMOGRAPHY_AGES - 1 ? months / 12 : WKS_DEMOGRAPHY_AGES - 1;
    const int32_t home = person->household_row[i];
    const bool in_care = wks_rare_i32(&person->institution_row, i) >= 0;

    if (home >= 0 && household->place[home] == WKS_PLACE_OUTSIDE) return EVENT_NONE;
    if (wks_rng_unit(word[0]) < rate->death[person->sex[i]][age] * (in_care ? rate->death_care : 1)) return EVENT_DEATH;
    if (in_care) return EVENT_NONE;
    const bool has_partner = household->has_partner[home] != 0 && person->role[i] <= WKS_ROLE_PARTNER;
    if (age >= 70 && wks_rng_unit(word[2]) < rate->care_old[age] * (has_partner ? rate->care_partner : 1)) return EVENT_CARE;
    if (age >= 18 && age < 65 && household->n_persons[home] == 1 && household->n_guests[home] == 0 &&
        (household->vulnerability[home] & (WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION)) != 0 &&
        wks_rng_unit(word[2]) < rate->care_young) {
        return EVENT_CARE;
    }
    if (person->sex[i] == WKS_SEX_WOMAN && person->role[i] <= WKS_ROLE_PARTNER && household->n_persons[home] < 12 &&
        wks_rng_unit(word[1]) < rate->birth[age] * wks_demography_rates_birth_factor(
                                                       rate, has_partner, household->n_children[home] + household->n_home_children[home])) {
        return EVENT_BIRTH;
    }
    if (person->role[i] == WKS_ROLE_CHILD && age >= 18 && household->place[home] == WKS_PLACE_HOUSED &&
        wks_rng_unit(word[1]) < rate->leave_home[age]) {
        return EVENT_LEAVE_HOME;
    }
    if (age >= 18 && months % 12 == 0) { /* registering and lapsing, yearly */
        const double p = person->registration_row[i] >= 0 ? rate->lapse : wks_demography_rates_register(rate, age);
        /* Who is searching does not let it lapse. */
        if (person->registration_row[i] >= 0 && household->search_month[home] != WKS_NO_MONTH) return EVENT_NONE;
        if (wks_rng_unit(word[3]) < p) return person->registration_row[i] >= 0 ? EVENT_LAPSE : EVENT_REGISTER;
    }
    return EVENT_NONE;
}

/* Rows that may have an event by the bounds of all ages below that of the old, and the old: a few of a hundred, many rows at a time. */
WKS_VECTOR static void mark_persons(const wks_demography_rates *rate, const int16_t *birth_month, int32_t month,
                                    uint32_t word[4][WKS_SIEVE_ROWS], int64_t n, uint8_t *restrict mark)
{
    const wks_demography_bound most = rate->most;
    const int16_t now = (int16_t)month, old = (int16_t)(12 * WKS_DEMOGRAPHY_OLD);
    uint8_t yearly[WKS_SIEVE_ROWS];

    for (int64_t k = 0; k < n; k++)
        mark[k] = (word[0][k] <= most.death) | (word[1][k] <= most.family) | (word[2][k] <= most.care);
    for (int64_t k = 0; k < n; k++)
        yearly[k] = word[3][k] <= most.yearly;
    for (int64_t k = 0; k < n; k++) {
        const uint16_t months = (uint16_t)(now - birth_month[k]);
        mark[k] |= (uint8_t)((months >= old) | (yearly[k] & (months % 12 == 0)));
    }
}

/* Most people have no event whatever their household is: told from the person's own row, in order of memory. */
static void sift_persons(const pass *self, int32_t first, int32_t n, uint32_t word[4][WKS_SIEVE_ROWS])
{
    const wks_person_table *person = &self->world->person;
    const int32_t now = self->world->month;
    uint8_t mark[WKS_SIEVE_ROWS + WKS_MARKS_BEHIND];

    mark_persons(self->rate, &person->birth_month[first], now, word, n, mark);
    memset(mark + n, 0, WKS_MARKS_BEHIND);
    for (int64_t k = wks_marks_next(mark, n, 0); k < n; k = wks_marks_next(mark, n, k + 1)) {
        const int32_t i = first + (int32_t)k, months = now - person->birth_month[i], years = months / 12;
        const int32_t age = years < WKS_DEMOGRAPHY_AGES - 1 ? years : WKS_DEMOGRAPHY_AGES - 1;
        const wks_demography_bound *bound = &self->rate->bound[person->sex[i]][age];
        if (word[0][k] > bound->death && word[1][k] > bound->family && word[2][k] > bound->care &&
            (months != 12 * years || word[3][k] > bound->yearly))
            continue;
        if (person->key[i] == 0) continue;
        const uint32_t own[4] = {word[0][k], word[1][k], word[2][k], word[3][k]};
        self->flag[i] = event_of(self, i, own);
    }
}

static void look_at_persons(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const wks_world *world = self->world;
    uint32_t word[4][WKS_SIEVE_ROWS];
    uint32_t *const out[4] = {word[0], word[1], word[2], word[3]};

    (void)block;
    memset(&self->flag[begin], EVENT_NONE, (size_t)(end - begin));
    for (int64_t first = begin; first < end; first += WKS_SIEVE_ROWS) {
        const int32_t n = (int32_t)(end - first < WKS_SIEVE_ROWS ? end - first : WKS_SIEVE_ROWS);
        wks_rng_rows(&world->seed, &world->person.key[first], n, (uint32_t)world->tick, WKS_RNG_DEATH, out);
        sift_persons(self, (int32_t)first, n, word);
    }
}

static wks_status give_birth(wks_world *world, int32_t mother, wks_err *err)
{
    wks_status rc = WKS_OK;
    const uint64_t key = wks_rng_child_key(world->person.key[mother], (uint32_t)world->tick, WKS_RNG_BIRTH, 0);
    const double u = wks_rng_once(&world->seed, world->person.key[mother], (uint32_t)world->tick, WKS_RNG_BIRTH);
    int32_t child = WKS_NONE;

    WKS_TRY(wks_relations_person_add(world, key, world->person.household_row[mother], u < 0.512 ? WKS_SEX_MAN : WKS_SEX_WOMAN,
                                     WKS_ROLE_CHILD, (wks_origin)world->person.origin[mother], world->month, &child, err));
    world->ledger.persons_born++;
out:
    return rc;
}

/* A wish for a home of one's own: a latent unit at the parents, with income, study and traits of its own. */
static wks_status leave_home(wks_tick *tick, const wks_settings *settings, int32_t person, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const uint64_t person_key = world->person.key[person];
    const uint64_t key = wks_rng_child_key(person_key, (uint32_t)world->tick, WKS_RNG_LEAVE_HOME, 0);
    const int32_t parents = world->person.household_row[person];
    const int32_t age = wks_month_age(world->person.birth_month[person], world->month);
    int32_t row = WKS_NONE;
    wks_rng rng = wks_rng_open(&world->seed, person_key, (uint32_t)world->tick, WKS_RNG_LEAVE_HOME);

    WKS_TRY(wks_relations_split(world, parents, &person, 1, key, WKS_PLACE_AT_PARENTS, parents, &row, err));
    const double u_study = wks_rng_u01(&rng);
    const double u_lvb = wks_rng_u01(&rng);
    const double u_inherits = wks_rng_u01(&rng);
    const double u_distant = wks_rng_u01(&rng);
    const bool studies = age < 24 && u_study < settings->value[WKS_DEMOGRAPHY_P_STUDENT_SHARE];
    wks_household_table *household = &world->household;
    household->is_student[row] = studies;
    world->person.is_student[person] = studies;
    household->income_source[row] = studies ? WKS_INCOME_STUDY : WKS_INCOME_WORK;
    household->income_eur[row] =
        (float)wks_profile_income_draw(&rng, world, &tick->law, false, age, studies ? WKS_INCOME_STUDY : WKS_INCOME_WORK);
    household->equity_eur[row] = 0;
    household->vulnerability[row] = u_lvb < settings->value[WKS_DEMOGRAPHY_P_LVB_SHARE] ? WKS_VULNERABLE_LVB : 0;
    household->is_distant[row] = u_inherits < settings->value[WKS_DEMOGRAPHY_P_DISTANT_INHERITS] ? household->is_distant[parents]
                                                                                                 : u_distant < world->balance.distant;
    household->kin_buurt_row[row] = wks_world_buurt_of(world, parents);
    household->region_month[row] = household->region_month[parents];
out:
    return rc;
}

/* One of a couple dies or goes into care: the other keeps an income of one. */
static void lose_partner(wks_world *world, int32_t person)
{
    const int32_t home = world->person.household_row[person];
    if (home < 0 || world->household.has_partner[home] == 0 || world->person.role[person] > WKS_ROLE_PARTNER) return;
    world->household.income_eur[home] = (float)((double)world->household.income_eur[home] / WKS_PROFILE_INCOME_COUPLE);
}

static wks_status apply(wks_tick *tick, const wks_settings *settings, const wks_tick_item *item, wks_err *err)
{
    wks_world *world = tick->world;
    const int32_t i = item->row;

    if (world->person.key[i] != item->key) return WKS_OK; /* gone along with somebody earlier in the list */
    const int32_t home = world->person.household_row[i];
    switch (item->kind) {
    case EVENT_DEATH: lose_partner(world, i); return wks_relations_person_die(world, i, err);
    case EVENT_CARE: {
        const int32_t buurt = home < 0 ? WKS_NONE : wks_world_buurt_of(world, home);
        if (buurt >= 0) lose_partner(world, i);
        return buurt < 0 ? WKS_OK : wks_relations_person_to_institution(world, i, buurt, err);
    }
    case EVENT_BIRTH: return home < 0 ? WKS_OK : give_birth(world, i, err);
    case EVENT_LEAVE_HOME:
        /* Only when parents stay behind; a death this month may have made the child the head. */
        if (home < 0 || world->person.role[i] != WKS_ROLE_CHILD || world->household.n_adults[home] < 2) return WKS_OK;
        return leave_home(tick, settings, i, err);
    case EVENT_REGISTER:
        return home < 0 || world->person.registration_row[i] >= 0 ? WKS_OK : wks_relations_register(world, i, world->month, err);
    case EVENT_LAPSE:
        if (world->person.registration_row[i] < 0) return WKS_OK;
        world->ledger.registrations_lapsed++;
        return wks_relations_unregister(world, i, err);
    default: return WKS_OK;
    }
}

/* Each household has one draw for life: another share moves the line, not the draws. */
static void set_motivated(wks_world *world, double share)
{
    if (!(world->motivated_share < share) && !(world->motivated_share > share)) return;
    world->motivated_share = share;
    for (int32_t h = 0; h < world->household.base.n_rows; h++)
        world->household.motivated[h] = world->household.key[h] != 0 && wks_world_is_motivated(world->household.key[h], share);
}

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    set_motivated(tick->world, settings->value[WKS_DEMOGRAPHY_P_MOTIVATED]);
    return wks_demography_balance_start(tick, settings, err);
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = tick->world->person.base.n_rows;
    wks_demography_rates rate;
    wks_tick_item *item = NULL;
    int32_t n_items = 0;
    pass self = {tick->world, &rate, wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1)};

    if (self.flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d persons", n);
    set_motivated(tick->world, settings->value[WKS_DEMOGRAPHY_P_MOTIVATED]);
    wks_demography_rates_make(tick->world, settings, &rate);
    wks_par_for(n, 0, tick->world->threads, look_at_persons, &self);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, self.flag, tick->world->person.key, n, &item, &n_items, err));
    for (int32_t i = 0; i < n_items; i++) {
        wks_tick_list_ask_persons(tick->world, item, i, n_items);
        WKS_TRY(apply(tick, settings, &item[i], err));
    }
    WKS_TRY(wks_demography_couples(tick, settings->value[WKS_DEMOGRAPHY_P_COUPLE], settings->value[WKS_DEMOGRAPHY_P_COUPLE_PARENT],
                                   settings->value[WKS_DEMOGRAPHY_P_SEPARATE], err));
out:
    return rc;
}

static const wks_process process = {run, start};
const wks_spec wks_demography_spec = {
    "demography", "process", "ageing, births, deaths, couples forming and separating, care, the wish to leave home, registering",
    "",           params,    WKS_DEMOGRAPHY_N_PARAMS,
    &process};
