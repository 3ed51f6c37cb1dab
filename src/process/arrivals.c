#include "process/arrivals.h"

#include "process/arrivals_contingent.h"
#include "process/arrivals_profile.h"
#include "process/arrivals_region.h"
#include "process/arrivals_statushouders.h"
#include "process/arrivals_submarket.h"

static const wks_param params[WKS_ARRIVALS_N_PARAMS] = {
    [WKS_ARRIVALS_P_REGION] = {"region", WKS_PARAM_REAL, "1/yr", 0.10, 0, 0.5, NULL, false,
                               "assumption, near the yearly moves between gemeenten [S87]",
                               "households from elsewhere in the country that come looking, per household at the start"},
    [WKS_ARRIVALS_P_SOCIAL_SHARE] = {"region_social", WKS_PARAM_REAL, "share", 0.18, 0, 1, NULL, false,
                                     "assumption: 26 % of Breda's lettings went to others [S62]",
                                     "of those, the share that looks for a social dwelling with a registration in the region"},
    [WKS_ARRIVALS_P_LEAVES_HOME] =
        {"region_leaves_home", WKS_PARAM_REAL, "-", 1, 0, 2, NULL, false,
         "assumption, 0.7 to 1.3: about half of all movers leave no home behind [S113]",
         "factor on the share of movers from the region who leave a self-contained home behind elsewhere: alone 0.15 below 25, 0.40 below "
         "35, 0.55 below 60, 0.85; couples and families 0.40, 0.70, 0.90, 0.90. Counted in chain_moves only"},
    [WKS_ARRIVALS_P_BALANCE] =
        {"balance", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "by decision 0011",
         "of what life alone would change in a year at tick 0, by type and age of household, the share that the exchange with the "
         "region makes good: 1 keeps the city as it is, 0 lets it age"},
    [WKS_ARRIVALS_P_POOL] = {"pool", WKS_PARAM_REAL, "months", 27, 0, 60, NULL, false,
                             "assumption, fitted: the vacancy of the start is kept",
                             "seekers on the market from the region at any time, in months of the households that should come"},
    [WKS_ARRIVALS_P_FOREIGN] = {"foreign", WKS_PARAM_REAL, "1/yr", 0.008, 0, 0.2, NULL, false, "assumption",
                                "households from abroad that come looking, asylum and labour left out"},
    [WKS_ARRIVALS_P_LABOUR] = {"labour", WKS_PARAM_REAL, "1/yr", 0.004, 0, 0.2, NULL, false,
                               "assumption; they mostly share private homes [S56]",
                               "labour migrants who look for rooms and private rent, per household at the start"},
    [WKS_ARRIVALS_P_LABOUR_START] =
        {"labour_start", WKS_PARAM_REAL, "share", 0.003, 0, 0.2, NULL, false, "assumption: what `labour` keeps up; not published by home",
         "labour migrants at tick 0 over households: singles of 20 to 54 from Europe who work and rent privately"},
    [WKS_ARRIVALS_P_STUDENTS] =
        {"students", WKS_PARAM_REAL, "1/yr", 0.60, 0, 2, NULL, false,
         "assumption, fitted to persons of 15 to 25 staying: more than end their study, so that rooms are what limits them",
         "students who come looking, per student household at the start"},
    [WKS_ARRIVALS_P_STUDENT_MONTH] = {"student_month", WKS_PARAM_INT, "month", 8, 1, 12, NULL, false, "start of the academic year",
                                      "month in which students come"},
    [WKS_ARRIVALS_P_TAAKSTELLING] =
        {"taakstelling", WKS_PARAM_REAL, "persons/half-year", 13000, 0, 100000, NULL, false, "13,000 in H2 2025 [S36]",
         "statushouders to be housed nationally in half a year; the city's part is by inhabitants over 18 million; 0: none"},
    [WKS_ARRIVALS_P_TAAKSTELLING_KNOWN] = {"taakstelling_known", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false,
                                           "half-years as published: law, taakstelling",
                                           "in half-years for which a number was published that number holds, else `taakstelling`"},
    [WKS_ARRIVALS_P_GRANTED] = {"permits", WKS_PARAM_REAL, "ratio", 1, 0, 5, NULL, false,
                                "assumption: the queue at COA neither grows nor shrinks",
                                "persons who get a permit and join the queue at COA, over the taakstelling of the same half-year"},
    [WKS_ARRIVALS_P_COA_LINKED] = {"coa_linked", WKS_PARAM_REAL, "share", 0.27, 0, 1, NULL, false,
                                   "assumption: arrears of 3,728 among the 14,000 who waited in mid-2022 [S33]",
                                   "of the persons at COA at tick 0, those linked to the city in an earlier half-year"},
    [WKS_ARRIVALS_P_FAMILY_SHARE] = {"statushouder_families", WKS_PARAM_REAL, "share", 0.32, 0, 1, NULL, false,
                                     "couples with children 32 % of movers [S2d]",
                                     "share of statushouder households that are couples with children"},
    [WKS_ARRIVALS_P_REUNION] = {"reunion", WKS_PARAM_REAL, "share", 0.25, 0, 1, NULL, false, "assumption, within 0.1 to 0.5",
                                "singles at COA whose partner and children (0 to 3) follow later (nareis)"},
    [WKS_ARRIVALS_P_REUNION_MONTHS] = {"reunion_months", WKS_PARAM_REAL, "months", 15, 1, 120, NULL, false, "assumption, within 6 to 36",
                                       "mean time from the permit until they come"},
    [WKS_ARRIVALS_P_CARE_EXIT] =
        {"care_leavers", WKS_PARAM_REAL, "1/yr", 0.15, 0, 1, NULL, false, "assumption",
         "residents of institutions of 18 to 64 who leave for a home of their own (uitstroom beschermd wonen and opvang)"},
    [WKS_ARRIVALS_P_CARE_CONTINGENT] =
        {"care_contingent", WKS_PARAM_REAL, "persons/yr per 1,000 households", 0, 0, 100, NULL, false,
         "regional agreement; none is assumed",
         "number who leave institutions by the region's contingent, in place of `care_leavers`; 0: none agreed"},
    [WKS_ARRIVALS_P_CARE_PLACES] = {"care_places", WKS_PARAM_REAL, "ratio", 0, 0, 10, NULL, false,
                                    "assumption: places follow the residents",
                                    "places in institutions for 18 to 64 over the residents at tick 0; who is above it leaves for a home "
                                    "(extramuralisering: lower it by events of the timeline); 0: no bound"},
    [WKS_ARRIVALS_P_EX_DETAINEES] = {"ex_detainees", WKS_PARAM_REAL, "1/yr", 0.0004, 0, 0.01, NULL, false,
                                     "assumption: about 0.5 % of lettings",
                                     "persons who leave detention for this city, per household at the start"},
    [WKS_ARRIVALS_P_STAY_OUTSIDE] =
        {"stay_outside", WKS_PARAM_REAL, "months", 24, 0, 240, NULL, false, "assumption, near what the model settles at",
         "mean time that seekers from the region have been looking at tick 0, for the queue to be full from the start"},
    [WKS_ARRIVALS_P_WAIT_OUTSIDE] = {"wait_outside", WKS_PARAM_REAL, "months", 60, 1, 600, NULL, false, "assumption",
                                     "mean inschrijfduur of seekers from the region when they begin to look here"},
};

/* Types of household from abroad: assumptions. */
static wks_arrivals_profile draw_foreign(const wks_settings *settings, double u_type, double u_source, wks_rng *rng)
{
    wks_arrivals_profile out = wks_arrivals_profile_single(WKS_CAME_AS_FOREIGN, WKS_PLACE_OUTSIDE, WKS_INCOME_WORK);
    (void)settings, (void)u_source;
    out.age = wks_arrivals_profile_age_of_mover(rng);
    out.origin = wks_arrivals_profile_origin(rng, 0.10, 0.40);
    if (u_type > 0.6) out.n_adults = 2;
    if (u_type > 0.85) out.n_children = 1;
    return out;
}

static const wks_arrivals_profile_kind foreign = {"arrivals/foreign", draw_foreign};

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;

    world->start_households = world->start_persons = world->start_students = 0;
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (world->household.key[i] == 0 || world->household.place[i] == WKS_PLACE_OUTSIDE || world->household.place[i] == WKS_PLACE_COA)
            continue;
        world->start_households++;
        world->start_persons += world->household.n_persons[i];
        world->start_students += world->household.is_student[i] && world->household.place[i] == WKS_PLACE_HOUSED;
    }
    world->start_residents = wks_arrivals_contingent_residents(world);
    WKS_TRY(wks_arrivals_statushouders_start(tick, settings, err));
    WKS_TRY(wks_arrivals_submarket_start(tick, settings, err));
    WKS_TRY(wks_arrivals_region_start(tick, settings, err));
out:
    return rc;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    const double monthly = (double)tick->world->start_households / 12;

    WKS_TRY(wks_arrivals_region_run(tick, settings, err));
    WKS_TRY(wks_arrivals_profile_make_many(tick, settings, &foreign, p[WKS_ARRIVALS_P_FOREIGN] * monthly, err));
    WKS_TRY(wks_arrivals_submarket_run(tick, settings, err));
    WKS_TRY(wks_arrivals_contingent_ex_detainees(tick, settings, err));
    WKS_TRY(wks_arrivals_statushouders_run(tick, settings, err));
    WKS_TRY(wks_arrivals_contingent_care_leavers(tick, settings, err));
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
    WKS_ARRIVALS_N_PARAMS,
    &process};
