/* Law as dated tables: limits per calendar year with source and status. Years beyond the last are indexed by a yearly factor. */
#ifndef WKS_SCENARIO_LAW_H
#define WKS_SCENARIO_LAW_H

#include <stdint.h>

/* X(name, unit, help): one row of limits a year. */
#define WKS_LAW_LIMITS(X)                                                                                          \
    X(income_single_eur,        "EUR/yr", "DAEB income limit, one person")                                         \
    X(income_multi_eur,         "EUR/yr", "DAEB income limit, more persons")                                       \
    X(rent_limit_eur,           "EUR/mo", "liberalisatiegrens")                                                    \
    X(rent_cap_low_eur,         "EUR/mo", "lage aftoppingsgrens (1-2 persons)")                                    \
    X(rent_cap_high_eur,        "EUR/mo", "hoge aftoppingsgrens (3 and more)")                                     \
    X(rent_quality_eur,         "EUR/mo", "kwaliteitskortingsgrens")                                               \
    X(passend_single_eur,       "EUR/yr", "low income for passend toewijzen, one person")                          \
    X(passend_multi_eur,        "EUR/yr", "idem, more persons")                                                    \
    X(passend_single_old_eur,   "EUR/yr", "idem, one person of pension age")                                       \
    X(passend_multi_old_eur,    "EUR/yr", "idem, more persons of pension age")                                     \
    X(middle_rent_limit_eur,    "EUR/mo", "upper limit of middenhuur (186 WWS points)")                            \
    X(wws_social_points,        "points", "highest WWS points of the social segment")                              \
    X(wws_middle_points,        "points", "highest WWS points of middenhuur")                                      \
    X(huurtoeslag_base_eur,     "EUR/mo", "basishuur: own part of the rent")

typedef struct wks_law {
    int32_t year;
#define WKS_LAW_FIELD(name, unit, help) double name;
    WKS_LAW_LIMITS(WKS_LAW_FIELD)
#undef WKS_LAW_FIELD
    const char *status;  /* in force, passed, bill, assumption, indexed */
    const char *source;
} wks_law;

/** The limits of a year; beyond the table the last (or first) year times (1 + index)^years. */
wks_law wks_law_of_year(int32_t year, double yearly_index);
/** Monthly huurtoeslag in EUR for a household (approximation documented in docs/odd.md). */
double wks_law_huurtoeslag(const wks_law *law, double income_eur, double rent_eur, int32_t n_persons, int32_t age_head);
/** Maximum monthly rent by WWS points in that year (linear between table points). */
double wks_law_wws_rent(const wks_law *law, double points);

extern const wks_law wks_law_table[];
extern const int32_t wks_law_table_size;

#endif
