/* The synthetic population: persons in households in units, residents of institutions, registrations, latent units, so that the margins
 * of every buurt are met. Steps: reconcile (fit.h of num), IPF, integers, assembly. Drawn once per population seed. */
#ifndef WKS_CITY_SYNTH_H
#define WKS_CITY_SYNTH_H

#include "city/folder.h"
#include "world/world.h"

/* Assumptions and sourced figures: X(name, unit, value, low, high, source). `low` and `high` bound what is defensible.
 * docs/population.md explains their use. Figures by age and the tables of seeds stand beside the code that uses them. */
/* clang-format off */
#define WKS_SYNTH_PARAMETERS(X)                                                                                                          \
    X(register_18_29,       "1/yr",  0.12,    0.05,   0.25,    "assumption: unregistered adults who register in a year, 18 to 29")       \
    X(register_30_49,       "1/yr",  0.05,    0.02,   0.12,    "assumption: idem, 30 to 49")                                             \
    X(register_50,          "1/yr",  0.02,    0.005,  0.06,    "assumption: idem, 50 and over")                                          \
    X(lapse,                "1/yr",  0.05,    0.02,   0.15,    "assumption: registrations that lapse in a year (fee not paid)")          \
    X(oldest_years,         "yr",    25.0,    10.0,   40.0,    "assumption: regional systems of the 1990s and later; longer durations do not exist") \
    X(latent_registered,    "share", 0.65,    0.4,    1.0,                                                                               \
      "assumption: latent units with a registration (not COA: they are referred)")                                                       \
    X(search_mean_months,   "month", 54.0,    12.0,   72.0,                                                                              \
      "assumption: mean time since the present search began; search times of 1 to 5 years [S57]")                                        \
    X(search_limit_months,  "month", 108.0,   48.0,   160.0,                                                                             \
      "inschrijfduur at letting in tight regions in 2018, almost 9 years [S57]: who has more would be housed")                           \
    X(search_beyond_limit,  "ratio", 0.15,    0.0,    1.0,     "assumption: how much less often those with more search")                 \
    X(wish_at_parents,      "share", 0.35,    0.2,    0.7,                                                                               \
      "assumption: of 18-29 at their parents, those who want a home of their own now")                                                   \
    X(wish_mean_months,     "month", 24.0,    6.0,    60.0,    "assumption: mean time since that wish arose")                            \
    X(ex_partner,           "share", 0.004,   0.0,    0.02,                                                                              \
      "assumption: couples with children that have separated and still share the home")                                                  \
    X(shelter_per_person,   "share", 0.0018,  0.0005, 0.004,   "32,000 homeless of 17.5 M on 1-1-2021 [S53]")                            \
    X(coa_national_persons, "count", 16000.0, 5000.0, 20000.0, "vergunninghouders waiting in reception: 12,000 to 18,720 in 2022-25 [S36]") \
    X(coa_national_base,    "count", 18e6,    17e6,   19e6,    "inhabitants of the Netherlands")                                         \
    X(coa_family_share,     "share", 0.33,    0.2,    0.5,     "couples with children: 32 % of moving status holders [S2d]")             \
    X(hosted_of_excess,     "share", 0.10,    0.0,    0.4,                                                                               \
      "assumption: of households beyond the occupied dwellings, those that stay with others")                                            \
    X(rooms_corporatie,     "share", 0.35,    0.0,    0.7,                                                                               \
      "assumption: of dwellings let in rooms, those of corporaties for students, where they own any")                                    \
    X(single_parent_base,   "share", 0.16,    0.1,    0.25,                                                                              \
      "assumption: single parents among households with children, without corporatie dwellings")                                         \
    X(single_parent_social, "share", 0.22,    0.0,    0.4,                                                                               \
      "assumption: rise of that share at 100 % corporatie; national result near 0.23 (CBS)")                                             \
    X(couple_same_sex,      "share", 0.03,    0.0,    0.06,    "assumption")                                                             \
    X(same_origin,          "share", 0.80,    0.5,    1.0,                                                                               \
      "assumption: partners, and parents and children, of the same origin where possible")                                               \
    X(social_income_noise,  "log",   0.70,    0.1,    1.5,                                                                               \
      "assumption: noise in sorting by income into tenures; gives about 16 % scheefwonen (475,000 households, 2018 [S43])")              \
    X(corporatie_free,      "share", 0.05,    0.0,    0.15,    "assumption: corporatie dwellings above the liberalisation limit")        \
    X(vacancy_social,       "ratio", 0.45,    0.1,    1.0,                                                                               \
      "assumption: share of corporatie dwellings that stand empty, relative to the other weights")                                       \
    X(vacancy_private,      "ratio", 1.8,     1.0,    3.0,     "assumption: idem, private rent")                                         \
    X(vacancy_owner,        "ratio", 0.9,     0.5,    1.5,     "assumption: idem, owner-occupied")                                       \
    X(friction_social,      "share", 0.006,   0.002,  0.015,                                                                             \
      "lettable vacancies: turnover 0.07 a year, frictieleegstand 17 days [S42] and the notice: one month")                              \
    X(friction_private,     "share", 0.015,   0.005,  0.03,    "assumption: idem of private rent; turnover about 0.2 a year, one month") \
    X(friction_owner,       "share", 0.010,   0.003,  0.03,                                                                              \
      "assumption: owner-occupied homes for sale and empty; turnover about 0.06 a year, two months")                                     \
    X(tenancy_short,        "share", 0.32,    0.1,    0.5,                                                                               \
      "fitted: new social tenancies of the short kind; 42 % leave within 5 years, mean 13 years [S112, S2, S3]")                         \
    X(tenancy_short_years,  "yr",    3.0,     1.0,    5.0,     "fitted: their mean length")                                              \
    X(tenancy_long_years,   "yr",    18.0,    12.0,   30.0,    "fitted: mean length of the others")                                      \
    X(sitting_long_years,   "yr",    50.0,    18.0,   100.0,                                                                             \
      "fitted: scale of the time so far of the long kind, cut at the adult years; a third came within 5 years")                          \
    X(tenure_owner_years,   "yr",    30.0,    8.0,    60.0,                                                                              \
      "assumption: scale of owners' time at the address, cut at the adult years; gives a mean of 11")                                    \
    X(tenure_private_years, "yr",    4.5,     2.0,    10.0,    "assumption: idem, private tenants")                                      \
    X(tenure_room_years,    "yr",    2.2,     1.0,    4.0,     "assumption: idem, rooms")                                                \
    X(kin_in_city,          "share", 0.55,    0.3,    0.8,     "assumption: households with close kin in the city")                      \
    X(kin_distance_m,       "m",     3000.0,  1000.0, 10000.0, "assumption: scale of the decay of kin with distance")                    \
    X(label_senior,         "share", 0.15,    0.0,    0.3,     "assumption: corporatie apartments labelled for seniors")                 \
    X(label_jongeren,       "share", 0.06,    0.0,    0.2,     "assumption: idem for the young")                                         \
    X(label_gemengd,        "share", 0.02,    0.0,    0.1,     "assumption: idem gemengd wonen")                                         \
    X(portiek,              "count", WKS_DWELLING_PORTIEK, 4.0, 16.0,                                                                    \
      "assumption: dwellings of a stairwell (two a landing, four storeys) or row of houses")
/* clang-format on */

typedef struct wks_synth_parameters {
#define WKS_SYNTH_FIELD(name, unit, value, low, high, source) double name;
    WKS_SYNTH_PARAMETERS(WKS_SYNTH_FIELD)
#undef WKS_SYNTH_FIELD
} wks_synth_parameters;
/** The values the population is made with; process/demography uses the same rates of registration. */
extern const wks_synth_parameters wks_synth_default;

typedef struct wks_synth_parameter_info {
    const char *name, *unit;
    double value, low, high;
    const char *source;
} wks_synth_parameter_info;
extern const wks_synth_parameter_info wks_synth_parameter_table[];
extern const int32_t wks_synth_parameter_count;

/* lettable_month of dwellings that stand empty for other reasons than between two occupants (second homes, awaiting renovation). */
#define WKS_SYNTH_NEVER_MONTH WKS_NEVER_MONTH

/** One margin cell: what was published, what it was reconciled to, what the population has. Counts only. */
typedef struct wks_fit_row {
    char level[12];     /* buurt, wijk, gemeente */
    const char *area;   /* code, borrowed from the city */
    const char *margin; /* persons, age, sex, origin, household_type, tenure, dwelling_type */
    const char *category;
    double published; /* as in buurten.csv (shares times dwellings for tenure and dwelling type); NaN where not published */
    int64_t reconciled, met;
    const char *origin; /* quality.csv's words; published when the city has no quality.csv */
} wks_fit_row;

typedef struct wks_synth_report {
    wks_fit_row *row;
    int32_t n_rows;
    int64_t rooms, room_dwellings, hosted_households, households_beyond_dwellings, institution_residents;
    int64_t own_dwellings, own_dwellings_left;                                        /* in the population; beyond the margins */
    int64_t own_seekers, own_seekers_active, own_seekers_left, own_seekers_elsewhere; /* matched; not; outside the own buurt */
    int64_t own_ages_used, synthetic_seekers; /* heads with the seeker's age; active seekers that the model had made */
    double max_gap;                           /* largest |published - reconciled| over buurt cells */
} wks_synth_report;
void wks_synth_report_free(wks_synth_report *report);

typedef struct wks_synth_options {
    uint64_t seed_population;
    int32_t start_month;
    int threads;
    int64_t batch_persons; /* buurten are made together until they have this many inhabitants; <= 0: WKS_SYNTH_BATCH_PERSONS */
} wks_synth_options;

/* Large enough to keep all threads busy, small beside the country's 18 million: about 100 bytes each, for two batches at a time. */
enum { WKS_SYNTH_BATCH_PERSONS = 1000000 };

/** Makes the population into an initialised world (month = start_month, tick 0). Keys come from buurt codes and indices inside the buurt:
 * the same people whatever the order of rows, for any number of threads and any size of batch. Buurten are made in batches, in order of code:
 * while one batch goes into the world the next is made, so that memory is the world's and that of two batches. People in shelter and at COA belong to no buurt and come on
 * top of the margin of persons. `report` may hold anything; free it with wks_synth_report_free. O(households log households
 * of a buurt), and O(buurten^2) where buurten have a place. Speed and memory: docs/performance.md. */
wks_status wks_synth_city(const wks_city *city, const wks_synth_options *options, wks_world *out, wks_synth_report *report, wks_err *err);

#endif
