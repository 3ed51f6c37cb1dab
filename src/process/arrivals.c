#include "process/arrivals.h"

#include "base/month.h"
#include "base/text.h"
#include "num/draw.h"
#include "num/math.h"
#include "process/arrivals_came.h"
#include "process/buffer_slots.h"
#include "process/profile_income.h"
#include "process/tick_list.h"
#include "world/pace.h"
#include "world/relations.h"

enum {
    P_REGION,
    P_SOCIAL_SHARE,
    P_LEAVES_HOME,
    P_FOREIGN,
    P_LABOUR,
    P_STUDENTS,
    P_STUDENT_MONTH,
    P_TAAKSTELLING,
    P_FAMILY_SHARE,
    P_CARE_EXIT,
    P_EX_DETAINEES,
    P_STAY_OUTSIDE,
    P_WAIT_OUTSIDE,
    N_PARAMS
};

static const wks_param params[N_PARAMS] = {
    [P_REGION] = {"region", WKS_PARAM_REAL, "1/yr", 0.10, 0, 0.5, NULL, false, "assumption, near the yearly moves between gemeenten [S87]",
                  "households from elsewhere in the country that come looking, per household at the start"},
    [P_SOCIAL_SHARE] = {"region_social", WKS_PARAM_REAL, "share", 0.18, 0, 1, NULL, false,
                        "assumption: 26 % of Breda's lettings went to others [S62]",
                        "of those, the share that looks for a social dwelling with a registration in the region"},
    [P_LEAVES_HOME] =
        {"region_leaves_home", WKS_PARAM_REAL, "-", 1, 0, 2, NULL, false,
         "assumption, 0.7 to 1.3: about half of all movers leave no home behind [S113]",
         "factor on the share of movers from the region who leave a self-contained home behind elsewhere: alone 0.15 below 25, 0.40 below "
         "35, 0.55 below 60, 0.85; couples and families 0.40, 0.70, 0.90, 0.90. Counted in chain_moves only"},
    [P_FOREIGN] = {"foreign", WKS_PARAM_REAL, "1/yr", 0.008, 0, 0.2, NULL, false, "assumption",
                   "households from abroad that come looking, asylum and labour left out"},
    [P_LABOUR] = {"labour", WKS_PARAM_REAL, "1/yr", 0.004, 0, 0.2, NULL, false, "assumption; they mostly share private homes [S56]",
                  "labour migrants who look for rooms and private rent, per household at the start"},
    [P_STUDENTS] = {"students", WKS_PARAM_REAL, "1/yr", 0.40, 0, 2, NULL, false,
                    "assumption: more than end their study, so that rooms are what limits them",
                    "students who come looking, per student household at the start"},
    [P_STUDENT_MONTH] = {"student_month", WKS_PARAM_INT, "month", 8, 1, 12, NULL, false, "start of the academic year",
                         "month in which students come"},
    [P_TAAKSTELLING] = {"taakstelling", WKS_PARAM_REAL, "persons/half-year", 13000, 0, 100000, NULL, false, "13,000 in H2 2025 [S36]",
                        "statushouders to be housed nationally in half a year; the city's part is by inhabitants over 18 million"},
    [P_FAMILY_SHARE] = {"statushouder_families", WKS_PARAM_REAL, "share", 0.32, 0, 1, NULL, false,
                        "couples with children 32 % of movers [S2d]", "share of statushouder households that are couples with children"},
    [P_CARE_EXIT] = {"care_leavers", WKS_PARAM_REAL, "1/yr", 0.15, 0, 1, NULL, false, "assumption",
                     "residents of institutions of 18 to 64 who leave for a home of their own (uitstroom beschermd wonen and opvang)"},
    [P_EX_DETAINEES] = {"ex_detainees", WKS_PARAM_REAL, "1/yr", 0.0004, 0, 0.01, NULL, false, "assumption: about 0.5 % of lettings",
                        "persons who leave detention for this city, per household at the start"},
    [P_STAY_OUTSIDE] = {"stay_outside", WKS_PARAM_REAL, "months", 24, 0, 240, NULL, false, "assumption, near what the model settles at",
                        "mean time that seekers from the region have been looking at tick 0, for the queue to be full from the start"},
    [P_WAIT_OUTSIDE] = {"wait_outside", WKS_PARAM_REAL, "months", 60, 1, 600, NULL, false, "assumption",
                        "mean inschrijfduur of seekers from the region when they begin to look here"},
};

/* Who comes: composition, ages, income source. Kinds in one place so that draws of one kind never shift those of another. */
typedef enum wks_arrivals_kind { KIND_REGION, KIND_FOREIGN, KIND_LABOUR, KIND_STUDENT, KIND_STATUSHOUDER, KIND_EX_DETAINEE } kind;

static uint64_t stream_key(kind what)
{
    static const char *const names[] = {"arrivals/region",  "arrivals/foreign",      "arrivals/labour",
                                        "arrivals/student", "arrivals/statushouder", "arrivals/ex-detainee"};
    return wks_text_hash(names[what]);
}

/* Arrivals of a kind this month: Poisson around the mean. */
static int32_t how_many(const wks_world *world, kind what, double mean)
{
    wks_rng rng = wks_rng_open(&world->seed, stream_key(what), (uint32_t)world->tick, WKS_RNG_ARRIVAL);
    return mean > 0 ? (int32_t)wks_draw_poisson(&rng, mean) : 0;
}

static int32_t age_of_mover(wks_rng *rng)
{
    /* Ages of movers between gemeenten: assumption, near CBS 2017 [S87] times the age's share. */
    static const double weight[] = {5, 12, 22, 20, 12, 8, 6, 5, 4, 6};
    static const int32_t from[] = {18, 20, 23, 27, 31, 36, 42, 50, 58, 66}, until[] = {20, 23, 27, 31, 36, 42, 50, 58, 66, 82};
    const int32_t i = wks_draw_weighted(rng, weight, 10);
    const uint32_t within = wks_rng_below(rng, (uint32_t)(until[i] - from[i]));
    return from[i] + (int32_t)within;
}

typedef struct wks_arrivals_profile {
    int32_t age, n_adults, n_children;
    wks_origin origin;
    wks_income_source source;
    wks_place place;
    wks_referral referral;
    bool student;
} profile;

static wks_origin draw_origin(wks_rng *rng, double nl, double europe)
{
    const double u = wks_rng_u01(rng);
    return u < nl ? WKS_ORIGIN_NL : u < nl + europe ? WKS_ORIGIN_EUROPE : WKS_ORIGIN_OUTSIDE_EUROPE;
}

/* Ages, origins, types of household and benefits by kind: assumptions, all of them (families of statushouders: a parameter). */
static profile draw_profile(kind what, const wks_settings *settings, wks_rng *rng)
{
    const double u_type = wks_rng_u01(rng);
    const double u_source = wks_rng_u01(rng);
    profile out = {.n_adults = 1, .place = WKS_PLACE_OUTSIDE, .source = WKS_INCOME_WORK};

    switch (what) {
    case KIND_REGION:
        out.age = age_of_mover(rng);
        out.origin = draw_origin(rng, 0.72, 0.10);
        if (u_type > 0.58) out.n_adults = 2;
        if (u_type > 0.84 && out.age >= 25) out.n_children = u_type > 0.92 ? 2 : 1;
        if (u_type <= 0.05 && out.age >= 25) out.n_children = 1;
        out.source = out.age >= 67 ? WKS_INCOME_PENSION : u_source < 0.12 ? WKS_INCOME_BENEFIT : WKS_INCOME_WORK;
        break;
    case KIND_FOREIGN:
        out.age = age_of_mover(rng);
        out.origin = draw_origin(rng, 0.10, 0.40);
        if (u_type > 0.6) out.n_adults = 2;
        if (u_type > 0.85) out.n_children = 1;
        break;
    case KIND_LABOUR:
        out.age = 20 + (int32_t)wks_rng_below(rng, 30);
        out.origin = WKS_ORIGIN_EUROPE;
        break;
    case KIND_STUDENT:
        out.age = 18 + (int32_t)wks_rng_below(rng, 5);
        out.origin = draw_origin(rng, 0.74, 0.13);
        out.source = WKS_INCOME_STUDY;
        out.student = true;
        break;
    case KIND_STATUSHOUDER:
        out.age = 20 + (int32_t)wks_rng_below(rng, 28);
        out.origin = WKS_ORIGIN_OUTSIDE_EUROPE;
        out.source = WKS_INCOME_BENEFIT;
        out.place = WKS_PLACE_COA;
        out.referral = WKS_REFERRAL_STATUSHOUDER;
        if (u_type < settings->value[P_FAMILY_SHARE]) {
            out.n_adults = 2;
            out.n_children = 1 + (int32_t)wks_rng_below(rng, 3);
            if (out.age < 25) out.age += 8;
        } else if (u_type < settings->value[P_FAMILY_SHARE] + 0.06) {
            out.n_children = 1;
            if (out.age < 25) out.age += 8;
        }
        break;
    case KIND_EX_DETAINEE:
        out.age = 20 + (int32_t)wks_rng_below(rng, 35);
        out.origin = draw_origin(rng, 0.5, 0.12);
        out.source = WKS_INCOME_BENEFIT;
        out.place = WKS_PLACE_SHELTER;
        out.referral = WKS_REFERRAL_EX_DETAINEE;
        break;
    }
    return out;
}

static wks_status add_members(wks_world *world, uint64_t key, int32_t row, const profile *who, wks_rng *rng, wks_err *err)
{
    wks_status rc = WKS_OK;
    const uint32_t tick = (uint32_t)world->tick;
    const uint32_t sex = wks_rng_below(rng, 2);
    int32_t person = WKS_NONE;

    for (int32_t i = 0; i < who->n_adults + who->n_children; i++) {
        const bool child = i >= who->n_adults;
        const uint32_t months = wks_rng_below(rng, 12);
        const uint32_t child_sex = wks_rng_below(rng, 2);
        const uint32_t child_age = wks_rng_below(rng, (uint32_t)(who->age - 18 < 16 ? (who->age - 18 > 0 ? who->age - 18 : 1) : 16));
        const int32_t age = child ? (int32_t)child_age : who->age;
        const wks_role role = child ? WKS_ROLE_CHILD : i == 0 ? WKS_ROLE_HEAD : WKS_ROLE_PARTNER;
        const wks_sex own = child ? (wks_sex)child_sex : (wks_sex)(i == 0 ? sex : 1 - sex);
        WKS_TRY(wks_relations_person_add(world, wks_rng_child_key(key, tick, WKS_RNG_ARRIVAL_PROFILE, (uint32_t)i), row, own, role,
                                         who->origin, world->month - 12 * age - (int32_t)months, &person, err));
        if (who->student && !child) world->person.is_student[person] = 1;
        world->ledger.persons_arrived++;
    }
out:
    return rc;
}

/* `earlier`: months since a seeker from the region began to look here, for the queue at tick 0; -1 for who arrives now. */
static wks_status arrive(wks_tick *tick, const wks_settings *settings, kind what, int32_t number, int32_t earlier, int32_t *out_persons,
                         wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const uint64_t key = wks_rng_child_key(stream_key(what), (uint32_t)world->tick, WKS_RNG_ARRIVAL, (uint32_t)number);
    wks_rng rng = wks_rng_open(&world->seed, key, (uint32_t)world->tick, WKS_RNG_ARRIVAL_PROFILE);
    const profile who = draw_profile(what, settings, &rng);
    const double income = wks_profile_income_draw(&rng, world, &tick->law, who.n_adults > 1, who.age, who.source);
    const double u_social = wks_rng_u01(&rng);
    const double u_trait = wks_rng_u01(&rng);
    const double u_equity = wks_rng_u01(&rng);
    const double waited = wks_draw_exponential(&rng, wks_pace_of(world->inschrijfduur_years).outside * settings->value[P_WAIT_OUTSIDE]);
    int32_t row = WKS_NONE;

    WKS_TRY(wks_relations_household_add(world, key, who.place, WKS_NONE, &row, err));
    world->household.came_from[row] = (uint8_t)wks_arrivals_came_from(key, what == KIND_REGION, what == KIND_FOREIGN || what == KIND_LABOUR,
                                                                      who.age, who.n_adults, settings->value[P_LEAVES_HOME]);
    WKS_TRY(add_members(world, key, row, &who, &rng, err));
    wks_household_table *household = &world->household;
    household->income_eur[row] = (float)income;
    household->income_source[row] = (uint8_t)who.source;
    household->referral[row] = (uint8_t)who.referral;
    household->is_student[row] = who.student;
    /* Own money and vulnerability of who arrives: assumptions. */
    household->equity_eur[row] = (float)(who.age > 35 && u_equity > 0.5 ? 2.5 * income * u_equity : 0.1 * income * u_equity);
    household->kin_buurt_row[row] = WKS_NONE;
    household->vulnerability[row] = u_trait < 0.05                                              ? WKS_VULNERABLE_LVB
                                    : who.referral == WKS_REFERRAL_EX_DETAINEE && u_trait < 0.4 ? WKS_VULNERABLE_ADDICTION
                                                                                                : 0;
    household->search_month[row] = world->month - (earlier > 0 ? earlier : 0);
    if (what == KIND_REGION && (earlier >= 0 || u_social < settings->value[P_SOCIAL_SHARE])) {
        /* Registered in the region already; cannot be longer than since the 18th birthday. */
        const int32_t most = 12 * (who.age - 18);
        const int32_t wanted = (int32_t)waited + (earlier > 0 ? earlier : 0);
        const int32_t months = wanted < most ? wanted : most;
        WKS_TRY(wks_relations_register(world, household->first_person_row[row], world->month - months, err));
    }
    world->ledger.households_arrived++;
    if (out_persons != NULL) *out_persons += who.n_adults + who.n_children;
out:
    return rc;
}

static wks_status arrive_many(wks_tick *tick, const wks_settings *settings, kind what, double mean, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = how_many(tick->world, what, mean);
    for (int32_t i = 0; i < n; i++)
        WKS_TRY(arrive(tick, settings, what, i, -1, NULL, err));
out:
    return rc;
}

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
static wks_status statushouders(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    int32_t n = 0, persons = 0;

    world->taakstelling_owed = settings->value[P_TAAKSTELLING] / 6 * (double)world->start_persons / 18e6;
    world->taakstelling_backlog += world->taakstelling_owed;
    while (world->taakstelling_backlog >= 1) {
        persons = 0;
        WKS_TRY(arrive(tick, settings, KIND_STATUSHOUDER, n++, -1, &persons, err));
        world->taakstelling_backlog -= persons;
    }
    world->ledger.taakstelling_arrears = arrears(world);
out:
    return rc;
}

static wks_status care_leavers(wks_tick *tick, double yearly, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->person.base.n_rows;
    const double p = wks_math_monthly(yearly);
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
    for (int32_t k = 0; k < n_items; k++) {
        const uint64_t key = wks_rng_child_key(item[k].key, (uint32_t)world->tick, WKS_RNG_CARE_LEAVER, 0);
        wks_rng rng = wks_rng_open(&world->seed, key, (uint32_t)world->tick, WKS_RNG_CARE_LEAVER);
        const double income = wks_profile_income_draw(&rng, world, &tick->law, false, 40, WKS_INCOME_BENEFIT);
        const double u_trait = wks_rng_u01(&rng);
        int32_t row = WKS_NONE;
        WKS_TRY(wks_relations_person_from_institution(world, item[k].row, key, &row, err));
        wks_household_table *household = &world->household;
        household->income_eur[row] = (float)income;
        household->income_source[row] = WKS_INCOME_BENEFIT;
        household->referral[row] = WKS_REFERRAL_CARE_LEAVER;
        /* Why they were in care: assumption. */
        household->vulnerability[row] = u_trait < 0.6    ? WKS_VULNERABLE_PSYCHIATRIC
                                        : u_trait < 0.85 ? WKS_VULNERABLE_ADDICTION
                                                         : WKS_VULNERABLE_LVB;
        household->search_month[row] = world->month;
    }
out:
    return rc;
}

/* Seekers from the region who look for a social home: as many as come in the mean time they stay, so that the first months are like the later ones. */
static wks_status fill_outside(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    wks_world *world = tick->world;
    const double mean = p[P_REGION] * p[P_SOCIAL_SHARE] * (double)world->start_households / 12 * p[P_STAY_OUTSIDE];
    const int32_t n = (int32_t)(mean + 0.5);

    for (int32_t i = 0; i < n; i++) {
        const uint64_t key = wks_rng_child_key(stream_key(KIND_REGION), 0, WKS_RNG_ARRIVAL, (uint32_t)i);
        wks_rng rng = wks_rng_open(&world->seed, key, 0, WKS_RNG_ARRIVAL);
        const double earlier = wks_draw_exponential(&rng, p[P_STAY_OUTSIDE]);
        WKS_TRY(arrive(tick, settings, KIND_REGION, i, (int32_t)earlier, NULL, err));
    }
    wks_world_clear_flows(world);
out:
    return rc;
}

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_world *world = tick->world;

    world->start_households = world->start_persons = world->start_students = 0;
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (world->household.key[i] == 0 || world->household.place[i] == WKS_PLACE_OUTSIDE || world->household.place[i] == WKS_PLACE_COA)
            continue;
        world->start_households++;
        world->start_persons += world->household.n_persons[i];
        world->start_students += world->household.is_student[i] && world->household.place[i] == WKS_PLACE_HOUSED;
    }
    return fill_outside(tick, settings, err);
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    const double monthly = (double)tick->world->start_households / 12;
    const bool is_student_month = wks_month_of_year(tick->world->month) + 1 == (int32_t)p[P_STUDENT_MONTH];

    WKS_TRY(arrive_many(tick, settings, KIND_REGION, p[P_REGION] * monthly, err));
    WKS_TRY(arrive_many(tick, settings, KIND_FOREIGN, p[P_FOREIGN] * monthly, err));
    WKS_TRY(arrive_many(tick, settings, KIND_LABOUR, p[P_LABOUR] * monthly, err));
    if (is_student_month) WKS_TRY(arrive_many(tick, settings, KIND_STUDENT, p[P_STUDENTS] * (double)tick->world->start_students, err));
    WKS_TRY(arrive_many(tick, settings, KIND_EX_DETAINEE, p[P_EX_DETAINEES] * monthly, err));
    WKS_TRY(statushouders(tick, settings, err));
    WKS_TRY(care_leavers(tick, p[P_CARE_EXIT], err));
out:
    return rc;
}

static const wks_process process = {run, start};
const wks_spec wks_arrivals_spec = {
    "arrivals",
    "process",
    "people from the region and abroad, students, labour migrants, statushouders by taakstelling, care leavers and ex-detainees",
    "",
    params,
    N_PARAMS,
    &process};
