/* The models behind estimate_buurten.h: what a buurt's people, density and Leefbaarometer say about its stock and households, relative to the
 * other buurten of its gemeente. Coefficients and measured errors are made by scripts/fit-estimates.py (estimate_table.inc). */
#ifndef WKS_IMPORT_ESTIMATE_MODEL_H
#define WKS_IMPORT_ESTIMATE_MODEL_H

#include "import/draft.h"

/* What a buurt is described with; shares are of inhabitants, logs are of the share + 0.02, density is in inhabitants per ha. */
#define WKS_ESTIMATE_FEATURES(X)  \
    X(age_00_14)                  \
    X(age_15_24)                  \
    X(age_45_64)                  \
    X(age_65_plus)                \
    X(log_age_00_14)              \
    X(log_age_15_24)              \
    X(log_age_65_plus)            \
    X(square_age_15_24)           \
    X(square_age_45_64)           \
    X(square_age_65_plus)         \
    X(men)                        \
    X(log_density)                \
    X(square_log_density)         \
    X(europe)                     \
    X(outside_europe)             \
    X(log_outside_europe)         \
    X(square_outside_europe)      \
    X(lbm_won)                    \
    X(lbm_fys)                    \
    X(lbm_vrz)                    \
    X(lbm_soc)                    \
    X(lbm_onv)                    \
    X(log_woz)                    \
    X(square_log_woz)             \
    X(log_bijstand)               \
    X(stock_owner)                \
    X(stock_corporatie)           \
    X(stock_single_family)        \
    X(stock_square_single_family) \
    X(stock_new)                  \
    X(stock_one_person)           \
    X(stock_log_addresses)
typedef enum wks_estimate_feature {
#define WKS_ESTIMATE_ENUM(name) WKS_ESTIMATE_FEATURE_##name,
    WKS_ESTIMATE_FEATURES(WKS_ESTIMATE_ENUM)
#undef WKS_ESTIMATE_ENUM
        WKS_ESTIMATE_N_FEATURES
} wks_estimate_feature;

/* What is modelled:  X(name, link is the logarithm (else the logit), what per what) */
#define WKS_ESTIMATE_MODELS(X)                                                \
    X(households, false, "households per inhabitant of 15 and over")          \
    X(one_person, false, "one-person households per household")               \
    X(with_children, false, "with children per household of several persons") \
    X(dwellings, false, "dwellings per inhabitant of 15 and over")            \
    X(share_vacant, false, "share of dwellings")                              \
    X(share_single_family, false, "share of dwellings")                       \
    X(share_owner, false, "share of dwellings")                               \
    X(corporatie_of_rent, false, "corporatie dwellings per rented dwelling")  \
    X(share_built_since_2000, false, "share of dwellings")                    \
    X(woz_eur, true, "mean of dwellings")                                     \
    X(bijstand, true, "persons per inhabitant of 15 and over")                \
    X(ao, true, "persons per inhabitant of 15 to 64")                         \
    X(ww, true, "persons per inhabitant of 15 to 64")                         \
    X(income_per_person_eur, true, "mean of inhabitants")                     \
    X(address_density, true, "mean of dwellings")
typedef enum wks_estimate_model {
#define WKS_ESTIMATE_ENUM(name, is_log, what) WKS_ESTIMATE_MODEL_##name,
    WKS_ESTIMATE_MODELS(WKS_ESTIMATE_ENUM)
#undef WKS_ESTIMATE_ENUM
        WKS_ESTIMATE_N_MODELS
} wks_estimate_model;

/* Which features a gemeente has: bit 0 the Leefbaarometer, bit 1 origin; each has coefficients of its own. WOZ without the Leefbaarometer has two
 * more, with the published stock of the buurten: 4, and 5 with origin. */
enum { WKS_ESTIMATE_MODEL_HAS_LBM = 1, WKS_ESTIMATE_MODEL_HAS_ORIGIN = 2, WKS_ESTIMATE_MODEL_STOCK = 4, WKS_ESTIMATE_N_VARIANTS = 6 };

/** Measured error of one column where the truth is known; counts: sum of absolute errors in % of the sum; shares: mean absolute error in
 *  percentage points, weighted with dwellings; euro and addresses: mean absolute error weighted with dwellings, income with inhabitants. */
typedef struct wks_estimate_measured {
    const char *place; /* where, and what the coefficients were fitted without */
    wks_city_column column;
    const char *unit;
    bool is_choice, with_lbm;          /* measured both with and without the Leefbaarometer: which of the two */
    double naive_gemeente, naive_wijk; /* the figure of the gemeente or wijk everywhere */
    double gemeente, wijk; /* the estimate, constrained to the figure of the gemeente only, or to those of the wijken; NaN: not measured */
} wks_estimate_measured;
extern const wks_estimate_measured *const wks_estimate_model_measured;
extern const int32_t wks_estimate_model_n_measured;

/** The features the buurten of a gemeente have: those of nine in ten inhabitants or more. */
int32_t wks_estimate_model_variant(const wks_draft *draft, const int32_t *row, int32_t n);

/** Features of n buurten (rows of the draft) of one gemeente, out[k * WKS_ESTIMATE_N_FEATURES + feature]; those of stock and income are 0. Shares get 20 persons
 *  of the gemeente's mix added; an unknown surface or score takes the mean of the gemeente. Inhabitants, ages, sexes and origins must be there. */
void wks_estimate_model_features(const wks_draft *draft, const int32_t *row, int32_t n, double *out);

/** Sum of coefficient times feature: the link of the ratio, up to a constant of the gemeente. */
double wks_estimate_model_eta(wks_estimate_model model, int32_t variant, const double *feature);

/** How much the link of a gemeente's ratio deviates from the country's, for a buurt of these features: 0 where measuring showed that the
 *  country's ratio itself is better. */
double wks_estimate_model_level(wks_estimate_model model, int32_t variant, const double *feature);

/** What a column is modelled as, in words; "" when it is not. */
const char *wks_estimate_model_of(wks_city_column column);

/** True: link is the logarithm; false: the logit. */
bool wks_estimate_model_is_log(wks_estimate_model model);

/** True when measuring showed no gain over the same share everywhere in a wijk whose figure is known. */
bool wks_estimate_model_is_flat_in_wijk(wks_estimate_model model);

#endif
